"""The index: lines that replay tools read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from crawler.archive.http.exchange import Exchange
from crawler.archive.index.cdxj import cdxj, cdxj_line
from crawler.model import Capture

Make = Callable[..., Exchange]


def test_lines(captures: list[Capture]) -> None:
    key, stamp, packed = cdxj_line(captures[0]).split(" ", 2)
    fields = json.loads(packed)
    assert (key, stamp) == ("example,ministry)/news/1", "20261123201507")
    assert fields["url"] == "https://ministry.example/news/1"
    assert (fields["status"], fields["mime"]) == ("200", "text/html")
    assert fields["offset"] == str(captures[0].locator.offset)
    assert fields["filename"] == captures[0].locator.warc_file.removeprefix("archive/")
    assert json.loads(cdxj_line(captures[1]).split(" ", 2)[2])["mime"] == "warc/revisit"


def test_an_index_is_sorted_by_bytes(captures: list[Capture]) -> None:
    odd = [replace(captures[0], url=f"https://ministry.example/{word}") for word in ("я", "b", "A b", "ў")]
    lines = cdxj(captures + odd).splitlines()
    assert lines == sorted(lines)
    assert all(line.count(b" ") >= 2 for line in lines)


def test_fields_are_spelt_as_json_spells_them(captures: list[Capture]) -> None:
    etag = 'W/"a\\b"\u2028\x00\x1f\x7f ў \U0001f30a'
    packed = cdxj_line(replace(captures[0], etag=etag)).split(" ", 2)[2]
    assert json.loads(packed)["etag"] == etag
    assert packed == json.dumps(json.loads(packed), ensure_ascii=False)
