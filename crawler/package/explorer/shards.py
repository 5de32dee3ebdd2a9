"""The explorer's data of one part of a table: a function of its rows alone, so that a part that stays keeps its files.

Of articles and revisions there are indexes, which the page loads all, the newest part first, and the words, which it
loads when they are read. Media and confirmations are cut by article id. Of runs, the page draws days."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from crawler.package.explorer.form import Shard, shard
from crawler.package.tables import cell_format
from crawler.package.tables.tables import Row

Rows = Callable[[], Iterator[Row]]  # from the first row on, each time it is called

INDEXED = 16_384  # articles of an index
CHUNK = 128  # rows of words in a file: some 100 kB of packed text
LONG = 1 << 20  # characters of text after which a file ends before that
BUCKET = {"media": 512, "confirmations": 8192}  # rows of a file, on average
HELD = 65_536  # rows of media or confirmations in memory
_EPOCH = date(1970, 1, 1).toordinal()
STATES = {"live": 0, "withdrawn": 1}

_WORDS = (
    "article_id source_id story_id url language title published_at published_date published_raw modified_at category "
    "summary text text_sha256 capture_id warc_file warc_offset warc_length"
).split()
_ARTICLE = [*_WORDS, *"status withdrawn_at first_seen_at seen_at".split()]
_REVISION = [*_WORDS, *"change_kind valid_from valid_to".split()]
_FACT = "article_id change_kind valid_from valid_to capture_id warc_file warc_offset warc_length".split()
_MEDIA = "url kind caption media_type".split()
_LISTS = ("authors", "tags")
_INDEX = (  # columns that an index is made of
    "article_id story_id source_id language status published_date published_at first_seen_at title change_kind valid_to"
).split()


def shards_of(name: str, part: str, rows: Rows) -> Iterator[Shard]:
    """The files for the part `part` of the table `name`, one by one. Whatever the size of the part, some thousand rows
    are in memory. Raises ValueError where a cell is not what its column has."""
    if name == "articles":
        yield from _indexed(name, "texts", part, rows(), _article, _articles)
    elif name == "revisions":
        yield from _indexed(name, "wordings", part, rows(), _revision, _revisions)
    elif name == "runs":
        yield shard(name, part, 0, _days(rows()))
    elif name in BUCKET:
        yield from _buckets(name, part, rows)


def _indexed(
    name: str,
    words: str,
    part: str,
    rows: Iterator[Row],
    record: Callable[[Row], dict[str, Any]],
    index: Callable[[list[Row]], dict[str, Any]],
) -> Iterator[Shard]:
    """Files of words, and after each stretch of them the index that names them."""
    number, count = 0, 0
    while True:
        kept: list[Row] = []
        chunks: list[tuple[str, int]] = []  # (tag, rows)
        while len(kept) < INDEXED and (chunk := list(_chunk(rows))):
            its = shard(words, part, number, [record(row) for row in chunk])
            chunks.append((its.tag, len(chunk)))
            number += 1
            kept += [{column: row[column] for column in _INDEX if column in row} for row in chunk]
            yield its
        if not kept:
            return
        yield shard(name, part, count, {**index(kept), "chunks": chunks, "first_chunk": number - len(chunks)})
        count += 1


def _chunk(rows: Iterator[Row]) -> Iterator[Row]:
    length = 0
    for row in islice(rows, CHUNK):
        yield row
        length += len(row["text"])
        if length > LONG:
            return


def _articles(rows: list[Row]) -> dict[str, Any]:
    """Columns of an index; days and minutes are counted from 1970-01-01 UTC."""
    return {
        "ids": "".join(row["article_id"] for row in rows),
        "stories": [int(row["story_id"][:8], 16) for row in rows],
        **_named("source", [row["source_id"] for row in rows]),
        **_named("language", [row["language"] for row in rows]),
        "states": "".join(str(STATES[row["status"]]) for row in rows),
        "days": [_day(row["published_date"]) for row in rows],
        "minutes": [_minutes(row["published_at"]) for row in rows],
        "first": [_minutes(row["first_seen_at"]) for row in rows],
        "titles": [row["title"] for row in rows],
    }


def _revisions(rows: list[Row]) -> dict[str, Any]:
    # Of a wording, the row is written when it ends; of a withdrawal or a return, when it is seen.
    return {
        "ids": "".join(row["article_id"] for row in rows),
        **_named("kind", [row["change_kind"] for row in rows]),
        **_named("source", [row["source_id"] for row in rows]),
        "when": [_minutes(row["valid_to"]) for row in rows],
    }


def _named(name: str, values: list[str]) -> dict[str, Any]:
    """A column of few values: the values, and for each row the number of its own."""
    names = sorted(set(values))
    places = {value: place for place, value in enumerate(names)}
    return {f"{name}s": names, name: [places[value] for value in values]}


def _day(cell: str) -> int | None:
    return date.fromisoformat(cell).toordinal() - _EPOCH if cell else None


def _minutes(cell: str) -> int | None:
    return int(cell_format.parse_utc(cell).timestamp() // 60) if cell else None


def _article(row: Row) -> dict[str, Any]:
    return _brief(row, _ARTICLE)


def _revision(row: Row) -> dict[str, Any]:
    """An older wording; of a withdrawal or a return only the fact, since its words are another row's."""
    return _brief(row, _FACT if row["change_kind"] in ("withdrawn", "restored") else _REVISION)


def _brief(row: Mapping[str, str], columns: Iterable[str]) -> dict[str, Any]:
    """The cells that are told; only addresses of the web are addresses."""
    item: dict[str, Any] = {column: row[column] for column in columns if row[column]}
    for column in _LISTS if "text" in columns else ():
        if values := cell_format.parse_array(row[column]):
            item[column] = list(values)
    if not str(item.get("url", "https:")).startswith(("https:", "http:")):
        del item["url"]
    return item


def _days(rows: Iterable[Row]) -> list[list[Any]]:
    """[source, day, outcome, runs, requests, faults] for each day, source and outcome."""
    sums: dict[tuple[str, int, str], Counter[str]] = {}
    for row in rows:
        day = _day(row["started_at"][:10])
        its = sums.setdefault((row["source_id"], day or 0, row["outcome"]), Counter())
        its["runs"] += 1
        its["requests"] += int(row["requests"] or 0)
        its["faults"] += sum(json.loads(row["faults"] or "{}").values())
    return [[*key, its["runs"], its["requests"], its["faults"]] for key, its in sorted(sums.items())]


def _buckets(name: str, part: str, rows: Rows) -> Iterator[Shard]:
    """Files by article id: of `count` buckets, an article is in the one that the first 16 bits of its id tell."""
    total = sum(1 for _ in rows())
    count = -(-total // BUCKET[name])
    step = max(1, HELD // BUCKET[name])
    for first in range(0, count, step):  # as many at once as memory is granted for
        held: dict[int, dict[str, Any]] = {number: {} for number in range(first, min(count, first + step))}
        for row in rows():
            number = int(row["article_id"][:4], 16) * count >> 16
            if number in held and name == "media":
                held[number].setdefault(row["article_id"], []).append(_media(row))
            elif number in held:
                held[number][row["article_id"]] = row["last_confirmed_at"]
        for number, value in held.items():
            yield shard(name, part, number, value)


def _media(row: Row) -> dict[str, Any]:
    return _brief(row, _MEDIA)
