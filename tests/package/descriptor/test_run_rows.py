"""What reading its pages makes of the outcome of a run."""

from __future__ import annotations

import pytest

from crawler.package.descriptor.run_rows import as_read


@pytest.mark.parametrize(
    ("counts", "missing", "is_known", "expected"),
    [
        ({"new": 20}, 0, False, None),
        ({"new": 60, "alternate": 9, "no-version": 7, "redirect": 2, "not-found": 3, "listing": 2}, 3, False, None),
        ({"new": 20, "no-text": 4, "not-html": 3, "no-title": 1}, 0, True, None),  # photographs and files among news
        ({"unchanged": 4, "not-found": 6}, 0, True, None),  # what was withdrawn is told as such
        ({"new": 20, "blocked": 1}, 0, True, "partial"),  # a challenge or a log-in form with status 200
        ({"new": 20, "shell": 1}, 0, True, "partial"),
        ({"new": 9, "no-text": 12}, 0, True, "partial"),
        ({"new": 9, "not-found": 12}, 12, False, "partial"),
        ({"new": 10, "not-found": 5}, 5, True, "partial"),  # dead links among the news
        ({"new": 5, "no-version": 5}, 5, False, "partial"),  # "not found", with status 200
        ({"new": 200, "not-found": 5}, 5, False, None),  # old ones, in a sitemap
        ({"unchanged": 7, "not-found": 1}, 1, True, "partial"),  # all that was new
        ({"blocked": 23}, 0, False, "partial"),
        ({"not-found": 23}, 23, False, "empty"),
        ({"redirect": 3}, 0, False, "empty"),  # all lead elsewhere, and nobody went there
        ({"no-version": 9}, 0, False, "empty"),
        ({"redirect": 9}, 0, True, None),
        ({"unchanged": 9, "unconfirmed": 1}, 0, True, None),  # an editor who wrote one anew
        ({"unchanged": 9, "unconfirmed": 2}, 0, True, "partial"),
        ({"no-version": 3}, 0, True, "partial"),  # all that was asked for says in words that it is gone
        ({"no-version": 3, "unchanged": 1}, 0, True, None),
        ({"shell": 1}, 0, False, "empty"),
        ({"shell": 5}, 0, True, "empty"),
    ],
)
def test_a_run_is_complete_if_its_pages_could_be_read(
    counts: dict[str, int], missing: int, is_known: bool, expected: str | None
) -> None:
    found = as_read("complete", counts, [], missing=missing, is_known=is_known)
    assert (found[0] if found else None) == expected


@pytest.mark.parametrize(
    ("new", "missing", "others", "expected"),
    [
        (5, 0, 4, "partial"),  # a site that shows its list in the place of articles
        (5, 4, 0, "partial"),  # or its front page
        (7, 2, 1, "partial"),
        (9, 0, 2, None),  # links to sections, which the selector takes along
        (20, 0, 6, None),
        (200, 4, 0, None),
    ],
)
def test_new_addresses_of_which_many_are_no_articles_are_told(
    new: int, missing: int, others: int, expected: str | None
) -> None:
    counts = {"new": new, "listing": others, "not-found": missing}
    found = as_read("complete", counts, [], missing=missing, others=others, is_known=False)
    assert (found[0] if found else None) == expected


def test_how_many_and_which_is_said() -> None:
    rows = [{"reason": "shell", "url": "https://m.example/7"}, {"reason": "blocked", "url": "https://m.example/8"}]
    told = as_read("complete", {"new": 9, "shell": 2, "blocked": 1}, rows, missing=0, is_known=True)
    assert told == ("partial", "unread: https://m.example/7: 3 of 12 pages could not be read, 2 of them: shell")
    assert as_read("failed", {"shell": 9}, rows, missing=0, is_known=True) is None
