"""The list of parts of a joined file: hostile ones are told, and never read as something else."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from crawler.archive.parts import TARGET, PartStarts, is_joined, list_of, name_of, parts_in, place_in_time, weight
from crawler.errors import ArchiveError

NAME = "uz.eco-20261031T230012123456Z-00000.warc.gz"
SHA = "0" * 64


@dataclass
class Head:
    block: bytes = b""
    offset: int = 0
    length: int = 100
    kind: str = "resource"
    headers: dict[str, str] = field(default_factory=lambda: {"warc-target-uri": f"{TARGET}uz.eco"})


def test_names_tell_source_month_and_number_of_parts() -> None:
    name = name_of(NAME, 744, b"content")
    assert is_joined(f"archive/{name}") and not is_joined(NAME)
    assert name.startswith("uz.eco-20261031T230012123456Z-00744.")
    assert place_in_time(name) == place_in_time(NAME) == ("uz.eco", "2026-10", "uz.eco-20261031T230012123456Z")
    assert (weight(name), weight(NAME), place_in_time("other.warc.gz")) == (745, 1, None)


def test_parts_follow_each_other_behind_the_list() -> None:
    other = NAME.replace("1031", "1030")
    parts = parts_in(Head(list_of([(other, 7, SHA), (NAME, 5, SHA)]), offset=50))
    assert [(part.name, part.offset, part.bytes) for part in parts] == [(other, 150, 7), (NAME, 157, 5)]


@pytest.mark.parametrize(
    "rows",
    [
        [("../x.warc.gz", 7, SHA)],
        [("uz..eco-20261031T230012123456Z-00000.warc.gz", 7, SHA)],
        [(NAME, 7, SHA), (NAME, 7, SHA)],
        [(NAME, -7, SHA)],
        [(NAME, 10**16, SHA)],
        [(NAME, 7, "x")],
        [],
    ],
)
def test_a_list_that_is_none_is_refused(rows: list[tuple[str, int, str]]) -> None:
    starts = PartStarts("x")
    starts.begins(Head(kind="warcinfo"))
    with pytest.raises(ArchiveError):
        starts.begins(Head(list_of(rows)))


def test_parts_begin_where_they_are_listed_or_the_file_is_refused() -> None:
    content = list_of([(NAME, 300, SHA), (NAME.replace("1031", "1030"), 200, SHA)])

    def begun(*then: tuple[int, str]) -> list[bool]:
        starts = PartStarts("x")
        assert not starts.begins(Head(kind="warcinfo", length=50))
        assert not starts.begins(Head(content, offset=50))
        found = [starts.begins(Head(kind=kind, offset=offset)) for offset, kind in then]
        starts.check_end()
        return found

    assert begun((150, "warcinfo"), (250, "response"), (450, "warcinfo")) == [True, False, True]
    for then in ([(150, "response")], [(150, "warcinfo"), (500, "warcinfo")], [(150, "warcinfo"), (250, "response")]):
        with pytest.raises(ArchiveError):
            begun(*then)


def test_a_list_that_is_not_the_second_record_is_none() -> None:
    starts = PartStarts("x")
    assert [starts.begins(Head(kind=kind, offset=n)) for n, kind in enumerate(("warcinfo", "response"))] == [False] * 2
    assert not starts.begins(Head(list_of([(NAME, 300, SHA)]), offset=50))
    starts.check_end()
