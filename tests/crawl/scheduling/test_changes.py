"""Whether a list has moved on by more than it holds."""

from __future__ import annotations

import pytest

from crawler.crawl.scheduling.changes import _pinned


@pytest.mark.parametrize(
    ("before", "now", "pinned"),
    [
        ("987654321", "dcba98765", None),  # it meets the one before
        ("987654321", "rqponmlkj", 0),
        ("19876543", "1rqponml", 1),
        ("219876543", "21rqponml", 2),
        ("19876543", "r1qponml", None),  # not at the top: what orders such a list nobody knows
        ("1234", "1234567", None),  # the oldest first: it has grown
        ("12345", "56789", None),  # the oldest first: it slides
        ("12", "1r", None),  # too short to say
        ("4321987", "4321rqp", None),  # more than is ever pinned
    ],
)
def test_what_is_pinned_hides_no_gap(before: str, now: str, pinned: int | None) -> None:
    assert _pinned(list(before), list(now)) == pinned
