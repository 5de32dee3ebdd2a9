"""The same captures give the same tables in whatever files, order and number of commands they are taken in."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crawler.archive.foreign import ingest
from crawler.archive.index.snapshots import Snapshots
from crawler.model import Seed
from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.tables.partitions import part_of_file, read_part
from crawler.package.tables.tables import table
from crawler.pages import page_object
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
from crawler.workspace.files import matching
from tests.seed_texts import MINISTRY

SEED = MINISTRY
PLACES = {"warc_file", "warc_offset", "warc_length", "warc_files"}  # where the bytes lie, which differs
HEAD = "HTTP/1.1 {} X\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def page(words: str, canonical: str = "") -> str:
    text = "".join(
        f"<p>The ministry says that {words} is open to all who live by the river, for {n} days.</p>" for n in "345"
    )
    title = f"<title>{words}</title>"
    if canonical:
        title += f'<link rel="canonical" href="https://ministry.example{canonical}">'
    return f'<!doctype html><html lang="en"><head>{title}</head><body><main><article><h1>{words}</h1>{text}</article>'


def record(kind: str, path: str, date: str, block: str, number: int, **fields: str) -> bytes:
    its = {
        "WARC-Type": kind,
        "WARC-Target-URI": f"https://ministry.example{path}",
        "WARC-Date": date,
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        "Content-Type": "application/http",
        "Content-Length": str(len(block.encode())),
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in its.items())
    return gzip.compress(f"WARC/1.1\r\n{head}\r\n{block}\r\n\r\n".encode(), mtime=0)


def response(path: str, date: str, words: str, number: int, status: int = 200, canonical: str = "") -> bytes:
    body = page(words, canonical) if status == 200 else ""
    return record("response", path, date, HEAD.format(status) + body, number)


CAPTURES = [
    response("/news/1", "2026-01-01T10:00:00.25Z", "The old bridge", 1),
    response("/news/1", "2026-01-03T10:00:00Z", "The new bridge", 2),
    record("revisit", "/news/1", "2026-01-05T10:00:00Z", HEAD.format(200), 3,
           WARC_Refers_To_Date="2026-01-01T10:00:00Z"),
    record("revisit", "/news/1", "2026-01-07T10:00:00Z", HEAD.format(200), 4,
           WARC_Refers_To="<urn:uuid:00000000-0000-4000-8000-000000000003>"),
    response("/news/2", "2026-01-01T10:00:02Z", "The harbour", 5),
    response("/news/2", "2026-01-03T10:00:02Z", "", 6, status=404),
    response("/news/2", "2026-01-09T10:00:02Z", "", 7, status=404),
    response("/news/3", "2026-01-01T10:00:00.5Z", "The lock of the canal", 1),  # under the id of another
    response("/news/3", "2026-01-01T15:00:00Z", "The lock of the canal", 9),
]  # fmt: skip
ADDRESSES = [
    response("/news/c1?from=rss", "2026-01-01T10:00:00Z", "The weir", 1, canonical="/news/c1"),
    response("/news/c1", "2026-01-03T10:00:00Z", "The weir", 2, canonical="/news/c1"),
    response("/news/c1?from=feed", "2026-01-05T10:00:00Z", "The weir", 3, canonical="/news/c1"),
    response("/news/c1", "2026-01-07T10:00:00Z", "", 4, status=404),
    response("/news/c1", "2026-01-17T10:00:00Z", "", 5, status=404),
    response("/m/44", "2026-01-01T10:00:01Z", "The dam", 6, canonical="/news/44"),
    response("/print/44", "2026-01-03T10:00:01Z", "The dam", 7, canonical="/news/44"),
    response("/news/x", "2026-01-01T10:00:02Z", "The dredger", 8, canonical="/rubric/river"),
    response("/news/y", "2026-01-03T10:00:02Z", "The ferry", 9, canonical="/rubric/river"),
]


def tables(parts: Sequence[Sequence[int]], seed: Seed, captures: Sequence[bytes] = CAPTURES) -> dict[str, list[str]]:
    """The rows of each table in order, but for the places of records, after one ingest and build for each part."""
    with TemporaryDirectory() as scratch:
        workspace = Workspace(Path(scratch) / "package")
        for number, part in enumerate(parts):
            path = Path(scratch) / f"{number}.warc.gz"
            path.write_bytes(b"".join(captures[n] for n in part))
            ingest([path], {seed.id: (seed, page_object(seed).owns)}, workspace)
            build(workspace, seeds={seed.id: seed}, engine="serial", use_cache=False)
        found: dict[str, list[str]] = {}
        for path in matching(workspace.data, "*"):
            name = part_of_file(path.name)[0]
            rows = read_part(table(name), path)
            kept = (dict(sorted((k, v) for k, v in row.items() if k not in PLACES)) for row in rows)
            found.setdefault(name, []).extend(map(json.dumps, kept))
        return found


def _parts(order: list[int], cuts: list[bool], again: list[int]) -> list[list[int]]:
    parts: list[list[int]] = [[]]
    for number, cut in zip(order, cuts, strict=True):
        if cut and parts[-1]:
            parts.append([])
        parts[-1].append(number)
    return [*parts, again] if again else parts


PARTITIONS = st.builds(
    _parts,
    st.permutations(range(len(CAPTURES))),
    st.lists(st.booleans(), min_size=len(CAPTURES), max_size=len(CAPTURES)),
    st.lists(st.sampled_from(range(len(CAPTURES))), max_size=4),
)
ONCE: dict[str, dict[str, list[str]]] = {}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
@given(PARTITIONS)
def test_the_same_captures_give_the_same_tables(parts: list[list[int]]) -> None:
    seed = parse_seed(SEED, seed_id="xx.tests", path="seeds/xx/tests.toml")
    if not ONCE:
        ONCE["all"] = tables([range(len(CAPTURES))], seed)
        assert '"status": "withdrawn"' in str(ONCE["all"]["articles"])
        assert len(ONCE["all"]["revisions"]) == 3  # two edits of the bridge, and the harbour withdrawn
    assert tables(parts, seed) == ONCE["all"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
@given(PARTITIONS)
def test_a_document_is_one_article_in_whatever_order_its_addresses_come(parts: list[list[int]]) -> None:
    seed = parse_seed(SEED, seed_id="xx.tests", path="seeds/xx/tests.toml")
    if "addresses" not in ONCE:
        ONCE["addresses"] = tables([range(len(ADDRESSES))], seed, ADDRESSES)
        found = {row["url"]: row["status"] for row in map(json.loads, ONCE["addresses"]["articles"])}
        paths = {"/news/c1": "withdrawn", "/news/44": "live", "/news/x": "live", "/news/y": "live"}
        assert found == {f"https://ministry.example{path}": status for path, status in paths.items()}
    assert tables(parts, seed, ADDRESSES) == ONCE["addresses"]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("taken")
    workspace = Workspace(folder / "package")
    seed = parse_seed(SEED, seed_id="xx.tests", path="seeds/xx/tests.toml")
    for number, capture in enumerate(CAPTURES):
        path = folder / f"{number}.warc.gz"
        path.write_bytes(capture)
        ingest([path], {seed.id: (seed, page_object(seed).owns)}, workspace)
        build(workspace, seeds={seed.id: seed}, engine="serial", use_cache=False)
    return workspace


def test_what_was_taken_in_bit_by_bit_is_valid(package: Workspace) -> None:
    report = validate(package, full=True)
    assert report.valid, [finding.line() for finding in report.errors]


@pytest.mark.parametrize(("day", "words"), [(1, b"The old bridge"), (3, b"The new bridge"), (5, b"The old bridge")])
def test_a_revisit_is_served_as_what_it_repeats(day: int, words: bytes, package: Workspace) -> None:
    moment = datetime(2026, 1, day, 10, tzinfo=UTC)
    assert words in Snapshots(package).find("https://ministry.example/news/1", moment).body
