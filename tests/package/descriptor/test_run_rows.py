"""What reading its pages makes of the outcome of a run."""

from __future__ import annotations

import pytest

from crawler.package.descriptor.run_rows import as_read


@pytest.mark.parametrize(
    ("counts", "is_known", "expected"),
    [
        ({"new": 20}, False, None),
        ({"new": 20, "alternate": 9, "no-version": 7, "redirect": 2, "not-found": 3, "listing": 2}, False, None),
        ({"new": 20, "no-text": 4, "not-html": 3, "no-title": 1}, True, None),  # photographs and files among news
        ({"unchanged": 4, "not-found": 6}, True, None),  # what was withdrawn is told as such
        ({"new": 20, "blocked": 1}, True, "partial"),  # a challenge or a log-in form with status 200
        ({"new": 20, "shell": 1}, True, "partial"),
        ({"new": 9, "no-text": 12}, True, "partial"),
        ({"new": 9, "not-found": 12}, False, "partial"),
        ({"blocked": 23}, False, "partial"),
        ({"not-found": 23}, False, "empty"),
        ({"shell": 1}, False, "empty"),
        ({"shell": 5}, True, "empty"),
    ],
)
def test_a_run_is_complete_if_its_pages_could_be_read(
    counts: dict[str, int], is_known: bool, expected: str | None
) -> None:
    found = as_read("complete", counts, [], is_known=is_known)
    assert (found[0] if found else None) == expected


def test_how_many_and_which_is_said() -> None:
    rows = [{"reason": "shell", "url": "https://m.example/7"}, {"reason": "blocked", "url": "https://m.example/8"}]
    told = as_read("complete", {"new": 9, "shell": 2, "blocked": 1}, rows, is_known=True)
    assert told == ("partial", "unread: https://m.example/7: 3 of 12 pages could not be read, 2 of them: shell")
    assert as_read("failed", {"shell": 9}, rows, is_known=True) is None
