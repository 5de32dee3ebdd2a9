"""When a listing that an earlier run has read to its end is left early, and when it is read to its end again."""

from __future__ import annotations

import pytest

from crawler.crawl.scheduling.listings import Listings, Relist
from crawler.discovery import Listing
from crawler.model import Entry, EntryKind

NEWS = Listing(Entry(EntryKind.LISTING, "https://ministry.example/news"), "https://ministry.example/news")
NAME = "https://ministry.example/news"


def after(read_on: dict[str, str], days: tuple[str | None, ...]) -> Listings:
    relist = Relist(read_on, today="2026-11-20", due_until="2026-11-13")
    listings = Listings({NAME: ""}, relist=relist)
    for page, day in enumerate(days):
        listings.take(NEWS, [f"{NAME}/{page}"], news=False, newest=day)
    return listings


@pytest.mark.parametrize(
    ("read_on", "days", "is_left"),
    [
        ({NAME: "2026-11-14"}, ("2026-11-19", "2026-11-10", "2026-11-01"), True),
        ({NAME: "2026-11-14"}, (None, None, None), True),
        ({NAME: "2026-11-13"}, ("2026-11-19", "2026-11-10", "2026-11-01"), False),  # a week is over
        ({}, ("2026-11-19", "2026-11-10", "2026-11-01"), False),  # nobody has written when
        ({NAME: "2026-11-14"}, ("2015-01-19", "2015-03-10", "2015-05-01"), False),  # its news are on its last page
        ({NAME: "2026-11-14"}, ("2026-11-19", "2026-11-10", "2026-11-11"), True),  # one page out of order
        ({NAME: "2026-11-14"}, ("2026-11-19", "2026-11-10"), False),  # two known pages are too few
    ],
)
def test_when_known_pages_are_enough(read_on: dict[str, str], days: tuple[str | None, ...], is_left: bool) -> None:
    assert after(read_on, days).is_known(NEWS, 3) is is_left


@pytest.mark.parametrize(("end", "day"), [("end", "2026-11-20"), ("known", "2026-11-14"), ("fault", "2026-11-14")])
def test_the_day_is_that_of_the_last_reading_to_the_end(end: str, day: str) -> None:
    listings = after({NAME: "2026-11-14"}, ("2026-11-19",))
    listings.ended(NEWS, end)
    assert listings.read_on(listings.settled(sound=True)) == {NAME: day}


def test_what_is_not_settled_has_no_day() -> None:
    assert after({NAME: "2026-11-14"}, ("2026-11-19",)).read_on({}) == {}
