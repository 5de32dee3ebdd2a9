"""Values as cells and back. One spelling for each value, so that equal rows have equal bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from crawler.normal_forms import nfc

# C0, DEL, C1, the line separators that some readers take for an end of line, lone surrogates, noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

# Elements that no text has; a residue of markup.
MARKUP = re.compile(
    r"</?(?:p|div|span|a|br|img|script|style|table|t[rdh]|[uo]l|li|h[1-6]|strong|iframe)\b[^<>]{0,300}>", re.I
)


def clean(text: str | None) -> str:
    """`text` as one can store it in CSV and read it back the same everywhere: without control characters but tab
    and line feed, Unicode NFC. NUL makes readers guess another encoding; CR ends rows for some."""
    if not text:
        return ""
    if text.isascii() and text.isprintable():  # most cells
        return text
    return nfc(_UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def line(text: str | None) -> str:
    """`text` cleaned and on one line."""
    return " ".join(clean(text).split())


def utc(moment: datetime) -> str:
    """A technical time: UTC with six digits of a second, as WARC-Date has them. All have one length, so that
    the order of the strings is the order of the times."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def parse_utc(cell: str) -> datetime:
    """The time that `utc` printed. Raises ValueError."""
    return datetime.fromisoformat(cell)


def parse_day(cell: str) -> date:
    """The day in a cell. Raises ValueError."""
    return date.fromisoformat(cell)


def stamp(moment: datetime | date | None) -> str:
    """A time as a page tells it: RFC 3339, seconds, with its own offset. Empty for a day without a time and for
    a time whose offset nobody knows: such a time would name no moment."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return ""
    return moment.replace(microsecond=0).isoformat()


def array(values: Iterable[str]) -> str:
    """A JSON array of cleaned strings."""
    items = [cleaned for value in values if (cleaned := line(value))]
    return json.dumps(items, ensure_ascii=False, separators=(",", ":"))


def parse_array(cell: str) -> tuple[str, ...]:
    """The strings of such a cell; none of an empty one. Raises ValueError when it holds something else."""
    if not cell:
        return ()
    items = json.loads(cell)
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ValueError(f"not a JSON array of strings: {cell[:80]!r}")
    return tuple(items)


def mapping(pairs: dict[str, str] | dict[str, int]) -> str:
    """A JSON object with sorted names."""
    return json.dumps(pairs, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
