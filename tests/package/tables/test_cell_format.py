"""One spelling for each value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from crawler.package.tables.cell_format import clean, line, utc


@pytest.mark.parametrize(
    ("text", "one_line"),
    [
        (None, ""),
        ("as it is", "as it is"),
        ("  two  words ", "two words"),
        ("a\tb\nc\r\nd", "a b c d"),
        ("e\u0301", "é"),
        ("a\x00b\x7f", "ab"),
        ("a\u2028b\ud800", "ab"),
    ],
)
def test_text_on_one_line(text: str | None, one_line: str) -> None:
    assert line(text) == one_line


def test_white_space_stays_where_a_cell_may_have_lines() -> None:
    assert clean(" a \r\n\tb\r") == " a \n\tb\n"
    assert clean(" a  b ") == " a  b "


def test_times_have_one_length() -> None:
    moment = datetime(2026, 3, 5, 1, 2, 3, tzinfo=timezone(timedelta(hours=5)))
    assert utc(moment) == "2026-03-04T20:02:03.000000Z"
    assert utc(datetime(2026, 3, 5, 1, 2, 3, 42, tzinfo=UTC)) == "2026-03-05T01:02:03.000042Z"
