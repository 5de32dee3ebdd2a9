"""What a list of the source and a page say against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.model import Article, Capture, Locator, Reason, Rejection, Role, Seed
from crawler.package.history.absences import contradiction
from crawler.package.history.history import Folded, Known, fold
from crawler.package.tables.row_builders import Sight
from crawler.seeds import parse_seed
from tests.seed_texts import MINISTRY

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
URL, LIST = "https://ministry.example/n/1", "https://ministry.example/news?page=2"
FEED = parse_seed(MINISTRY, seed_id="xx.x", path="x.toml")
MAP = parse_seed(MINISTRY.replace('"feed"', '"sitemap"'), seed_id="xx.x", path="x.toml")
GOVUZ = parse_seed(
    MINISTRY.partition("[[entries]]")[0].replace("generic", "govuz") + '[options]\nauthority = "eco"\n',
    seed_id="xx.x",
    path="x.toml",
)
SOFT = Rejection(Reason.NO_VERSION, "says it is not there: 'This page cannot be shown'", URL, URL)
HOME = Rejection(Reason.NOT_FOUND, "leads to https://ministry.example/, an entrance of the site", URL, URL)
HARD = Rejection(Reason.NOT_FOUND, "status 404", URL, URL)


def sight(day: int, outcome: Article | Rejection, *, via: str | None = LIST, status: int = 200) -> Sight:
    where = Locator("archive/r.warc.gz", day, 10)
    moment = START + timedelta(days=day)
    capture = Capture(f"{day:08d}", "xx.x", f"run-{day}", URL, moment, Role.ARTICLE, where, mime="text/html")
    return Sight(replace(capture, via=via, status=status), outcome)


@pytest.mark.parametrize(
    ("its", "seed", "expected"),
    [
        (sight(1, SOFT), FEED, True),
        (sight(1, HOME, status=302), FEED, True),
        (sight(1, HARD, status=404), FEED, False),  # the server's own word
        (sight(1, SOFT, via=None), FEED, False),  # a re-check: no list shows it
        (sight(1, SOFT), MAP, True),
        (sight(1, SOFT, via="https://ministry.example/sitemap-2.xml.gz"), MAP, False),  # which may be years old
        (sight(1, SOFT), GOVUZ, False),  # asked for in all languages, whichever lists it
        (sight(1, Rejection(Reason.SHELL, "", URL, URL)), FEED, False),
    ],
)
def test_only_a_guess_is_contradicted_and_only_by_what_lists_it_now(its: Sight, seed: Seed, expected: bool) -> None:
    assert (contradiction(its, seed) is not None) == expected


def folded(*sights: Sight) -> Folded:
    article = Article(url=URL, title="Title", text="One paragraph.", language="en", document=URL)
    return fold(Known(), [sight(0, article), *sights], lambda _: FEED, UTC)


def test_what_the_list_still_shows_is_never_gone_by_a_guess() -> None:
    found = folded(sight(2, SOFT), sight(4, HOME, status=302), sight(6, SOFT))
    assert found.row and found.row["status"] == "live"
    assert [row["reason"] for row in found.rejections] == ["blocked"] * 3
    assert found.rejections[0]["detail"] == f"{LIST} lists it; {SOFT.detail}"
    assert not found.absences


def test_what_no_list_shows_or_the_server_states_is_gone() -> None:
    for sights in (
        (sight(2, SOFT, via=None), sight(4, SOFT, via=None)),
        (sight(2, HARD, status=404), sight(4, HARD, status=404)),
        (sight(2, SOFT), sight(4, SOFT, via=None), sight(6, SOFT, via=None)),
    ):
        found = folded(*sights)
        assert found.row and found.row["status"] == "withdrawn"
