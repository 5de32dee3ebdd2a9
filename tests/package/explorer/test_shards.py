"""The explorer's data: rows come out as they went in, from files of bounded size, which hold data and nothing else."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import pytest

from crawler.package.explorer import shards
from crawler.package.explorer.form import shard, unpacked
from crawler.package.explorer.shards import shards_of
from crawler.package.tables.tables import table

HOSTILE = '</script><script>alert(1)</script>");alert(2);(" \u2028 \\'


def row(name: str, number: int, **cells: str) -> dict[str, str]:
    its = dict.fromkeys(table(name).columns, "") | {
        "article_id": f"{number * 7919 % 65536:04x}{number:012x}",
        "story_id": f"{number:016x}",
        "source_id": "xx.tests",
        "language": "en",
        "title": f"Title {number}",
        "text": f"Text {number}",
        "status": "live",
        "published_date": "2026-03-12",
        "published_at": "2026-03-12T10:00:00+05:00",
        "first_seen_at": "2026-11-23T10:00:00.000000Z",
        "valid_from": "2026-11-23T10:00:00.000000Z",
        "valid_to": "2026-11-24T10:00:00.000000Z",
        "last_confirmed_at": "2026-11-25T10:00:00.000000Z",
        "change_kind": "edited",
        "url": f"https://ministry.example/{number}",
        "tags": '["water"]',
    }
    return {column: cell for column, cell in (its | cells).items() if column in table(name).columns}


def read(name: str, rows: list[dict[str, str]]) -> dict[str, Any]:
    """The values by the name of their file."""
    made = list(shards_of(name, "2026-11", lambda: iter(rows)))
    values = {one.stem: json.loads(unpacked(one.packed())[1]) for one in made}
    assert len(values) == len(made)
    return values


@pytest.mark.parametrize("column", ["title", "text", "category", "summary", "published_raw"])
def test_hostile_cells_come_out_as_they_went_in(column: str) -> None:
    made = list(shards_of("articles", "2026-11", lambda: iter([row("articles", 1, **{column: HOSTILE})])))
    for one in made:
        assert b"script" not in one.packed()
        assert b"alert" not in one.packed()
    texts = json.loads(unpacked(made[0].packed())[1])
    assert texts[0][column] == HOSTILE


def test_the_index_leads_to_every_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "INDEXED", 10)
    monkeypatch.setattr(shards, "CHUNK", 4)
    rows = [row("articles", number) for number in range(23)]
    values = read("articles", rows)
    found = []
    for number in range(2):  # of three chunks each
        index = values[f"articles-2026-11-{number}"]
        chunks = [
            one
            for place, (_, size) in enumerate(index["chunks"])
            for one in _sized(values[f"texts-2026-11-{index['first_chunk'] + place}"], size)
        ]
        assert [one["title"] for one in chunks] == index["titles"]
        assert "".join(one["article_id"] for one in chunks) == index["ids"]
        found += [one["text"] for one in chunks]
    assert found == [its["text"] for its in rows]


def _sized(rows: list[Any], size: int) -> list[Any]:
    assert len(rows) == size
    return rows


def test_long_texts_make_short_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "LONG", 100)
    values = read("articles", [row("articles", number, text="x" * 60) for number in range(6)])
    assert [size for _, size in values["articles-2026-11-0"]["chunks"]] == [2, 2, 2]


def test_times_are_minutes_in_utc_and_what_is_not_told_is_null() -> None:
    index = read("articles", [row("articles", 1), row("articles", 2, published_at="", published_date="")])
    index = index["articles-2026-11-0"]
    assert index["days"] == [20524, None]
    assert index["minutes"] == [20524 * 1440 + 5 * 60, None]


def test_a_withdrawal_carries_no_words() -> None:
    [event] = read("revisions", [row("revisions", 1, change_kind="withdrawn")])["wordings-2026-11-0"]
    assert event.keys() == {"article_id", "change_kind", "valid_from", "valid_to"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " https://x"])
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert "url" not in read("articles", [row("articles", 1, url=url)])["texts-2026-11-0"][0]


@pytest.mark.parametrize("name", ["media", "confirmations"])
def test_every_article_is_in_the_bucket_of_its_id(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(shards.BUCKET, name, 8)
    monkeypatch.setattr(shards, "HELD", 16)  # two buckets at a time
    rows = [row(name, number) for number in range(100)]
    values = read(name, rows)
    assert len(values) == 13
    for its in rows:
        number = int(its["article_id"][:4], 16) * 13 >> 16
        assert its["article_id"] in values[f"{name}-2026-11-{number}"]


def test_a_table_without_rows_has_no_files() -> None:
    assert read("articles", []) == read("media", []) == {}


def test_runs_are_days() -> None:
    cells = {"started_at": "2026-11-23T10:00:00.000000Z", "requests": "3", "faults": '{"server-error":2}'}
    rows = [row("runs", n, outcome=outcome, **cells) for n, outcome in enumerate(["complete", "failed", "complete"])]
    assert read("runs", rows) == {
        "runs-2026-11-0": [["xx.tests", 20780, "complete", 2, 6, 4], ["xx.tests", 20780, "failed", 1, 3, 2]]
    }


def _call(data: bytes) -> bytes:
    return b'ministryNews("a-0","' + base64.b64encode(data) + b'");\n'


@pytest.mark.parametrize(
    "content",
    [
        b"alert(1)",
        b'ministryNews("a-0","AAAA");alert(1);\n',
        b'ministryNews("a-0",alert(1));\n',
        _call(b"no packing"),
        _call(zlib.compress(b"[]")[:-2]),
        _call(zlib.compress(b"[]") + b"more"),
        _call(zlib.compress(b"0" * (65 << 20))),
    ],
)
def test_a_file_that_is_anything_else_than_data_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"data|unpacked|cut short"):
        unpacked(content)


def test_a_file_is_named_after_its_value() -> None:
    one, other = shard("texts", "2026-11", 0, [1]), shard("texts", "2026-11", 0, [2])
    assert one.path != other.path
    assert one.path == shard("texts", "2026-11", 0, [1]).path
