"""The descriptor: ten years of daily runs fit, and names are such as the validators want."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from crawler.package.descriptor.descriptor import Facts, File, describe
from crawler.package.publication.transaction import Publication
from crawler.package.publication.warc_manifest import stage_lists
from crawler.package.tables.tables import Table, tables
from crawler.workspace import Workspace


def facts() -> Facts:
    moment = datetime(2036, 11, 23, 20, 15, tzinfo=UTC)
    source = {"title": "A ministry", "homepage": "https://ministry.example/", "languages": '["ru","uz-Latn"]'}
    reading, rows = {"version": "1", "sources": {}}, dict.fromkeys(tables(), 1)
    return Facts(moment, 1, 2, moment, [source], reading, rows, {}, {}, {}, {})


def test_ten_years_of_daily_runs_stay_below_half_a_megabyte(workspace: Workspace) -> None:
    start = datetime(2026, 11, 23, 20, 15, 0, 123456, tzinfo=UTC)
    paths = [f"archive/uz.eco-{start + timedelta(days=d):%Y%m%dT%H%M%S%f}Z-00000.warc.gz" for d in range(3653)]
    months = sorted({f"{start + timedelta(days=d):%Y-%m}" for d in range(3653)})
    # The newest month has a part a day in the tables that every run adds to, and its newest day one an hour.
    steps = [
        *months[:-1],
        *(f"{months[-1]}-{day:02}" for day in range(1, 31)),
        *(f"{months[-1]}-31t{h:02}" for h in range(24)),
    ]
    parts = {
        n: [f"data/{n}-{m}.0123abcd.csv.gz" for m in (_stepped(t, steps) if t.stepped else months)]
        for n, t in tables().items()
    }
    parts["sources"] = ["data/sources.0123abcd.csv"]
    paths += [path for its in parts.values() for path in its] + [f"indexes/{step}.0123abcd.cdx" for step in steps]
    digest = hashlib.sha256(b"").hexdigest()
    files = {path: File(path, 123_456_789, digest) for path in paths}
    publication = Publication(workspace)
    apart = stage_lists(publication, files, (), steps[-1].upper())
    files |= {path: File(path, 99_999, digest) for path in publication.moves}
    descriptor = describe([file for path, file in files.items() if path not in apart], parts, facts())
    assert len(apart) > 3600
    assert len(descriptor) < 500_000
    names = [resource["name"] for resource in json.loads(descriptor)["resources"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[-a-z0-9._]+", name) for name in names)


def _stepped(its: Table, steps: Sequence[str]) -> list[str]:
    return sorted({its.step(step, steps[-1]) for step in steps})


def test_version_and_created_come_from_the_captures() -> None:
    value = json.loads(describe([], {}, facts()))
    assert (value["version"], value["created"]) == ("1.20361123.2", "2036-11-23T20:15:00Z")
