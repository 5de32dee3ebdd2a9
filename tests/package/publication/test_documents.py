"""The files for people at the top of a package: what they say, and that what they show works."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.descriptor.descriptor import Facts
from crawler.package.descriptor.settings import Settings
from crawler.package.publication.documents import documents
from crawler.package.tables.tables import tables
from crawler.seeds import parse_seed
from tests.package.conftest import SEED, Ministry

MARKUP = "Ministry | of <script>alert(1)</script> [tests](javascript:x) \\u0022 `rm`"
TYPED = ("007", "1e5", "NA", "null", "-", "2026-11-28", "TRUE", " 5")


@pytest.fixture
def package(ministry: Ministry, make_page: Any) -> Path:
    run = ministry.run()
    for number, title in enumerate(TYPED):
        run.get(f"/n/{number}", make_page(f'He said "{title}", and left', f"water {number}"))
    run.done()
    publish(ministry)
    return ministry.workspace.root


def publish(ministry: Ministry) -> None:
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")


def test_each_is_listed_with_its_hash(package: Path) -> None:
    listed = {
        r["path"]: r for r in json.loads((package / "datapackage.json").read_text())["resources"][:20] if "hash" in r
    }
    for name in ("README.md", "LICENSE.md", "CITATION.cff"):
        assert listed[name]["hash"] == f"sha256:{hashlib.sha256((package / name).read_bytes()).hexdigest()}"


def test_the_package_with_them_is_valid(package: Path, ministry: Ministry) -> None:
    assert validate(ministry.workspace, full=True).errors == ()


def test_they_tell_version_and_counts_of_the_descriptor(package: Path) -> None:
    version = json.loads((package / "datapackage.json").read_text())["version"]
    text = (package / "README.md").read_text("utf-8")
    assert f"Version {version}," in text
    assert f"| documents | {len(TYPED)}: {len(TYPED)} live, 0 withdrawn |" in text
    assert f"| {'xx.tests'} | Ministry of Tests | {len(TYPED)} | 0 |" in text
    cited = YAML(typ="safe").load((package / "CITATION.cff").read_text("utf-8"))
    assert (cited["cff-version"], cited["type"], cited["version"]) == ("1.2.0", "dataset", version)
    assert cited["authors"]


def test_they_tell_how_sure_it_is(ministry: Ministry, make_page: Any) -> None:
    """What the last run could not have, what gave no row, and how many times have an offset that no page states."""
    run = ministry.run()
    for number, zone in enumerate(("+05:00", "", "")):
        run.get(f"/n/{number}", make_page(f"Title {number}", "water", date=f"2026-03-12T10:00:00{zone}"))
    run.get("/n/8", b"Not found", status=404)
    run.done()
    build(
        ministry.workspace,
        seeds={ministry.seed.id: ministry.seed},
        engine="serial",
        settings=Settings(description="What it is.", retention="All captures, for *ten* years."),
    )
    text = (ministry.workspace.root / "README.md").read_text("utf-8")
    assert "The offset from UTC of 2 of 3 live documents with `published_at` is assumed" in text
    assert "- 1 capture of pages that could have been documents gave no row" in text
    assert ", complete | 0 | 1 | " in text
    assert r"What is kept how long: All captures, for \*ten\* years." in text
    descriptor = json.loads(ministry.workspace.descriptor.read_text("utf-8"))
    assert descriptor["description"].endswith("Retention: All captures, for *ten* years.")
    cited = YAML(typ="safe").load((ministry.workspace.root / "CITATION.cff").read_text("utf-8"))
    assert cited["abstract"] == "What it is."
    assert validate(ministry.workspace, full=True).errors == ()


def test_a_build_without_news_changes_none(package: Path, ministry: Ministry) -> None:
    before = (package / "README.md").read_bytes()
    publish(ministry)
    assert (package / "README.md").read_bytes() == before


def test_words_of_a_seed_are_no_markup(ministry: Ministry, make_page: Any) -> None:
    toml = SEED.replace('en = "Ministry of Tests"', f"en = {json.dumps(MARKUP)}")
    ministry.seed = parse_seed(toml, seed_id="xx.tests", path="x")
    run = ministry.run()
    run.get("/n/1", make_page("A title", "water"))
    run.done()
    publish(ministry)
    text = (ministry.workspace.root / "README.md").read_text("utf-8")
    assert "<script" not in text
    assert not re.search(r"(?<!\\)\]\(javascript", text)
    assert re.search(r"\| xx\.tests \| [^\n]*\\\|[^\n]* \| 1 \| 0 \|", text)
    cited = YAML(typ="safe").load((ministry.workspace.root / "CITATION.cff").read_text("utf-8"))
    assert cited["title"] == f"News of {MARKUP}"


def test_words_of_rows_that_no_seed_has_are_no_markup_either() -> None:
    """The rows of a package of others are in the next build's facts as they stand in its table."""
    words = "<b>|\x85\u2028\ufffe\x7f`x` [a](b)"
    row = dict.fromkeys(tables()["sources"].columns, words)
    moment = datetime(2026, 11, 28, tzinfo=UTC)
    facts = Facts(moment, 1, 0, moment, [row], {}, {}, {}, {}, {}, {})
    made = {name: content.decode() for name, content in documents(facts).items()}
    for name in ("README.md", "LICENSE.md"):
        lines = [line for line in made[name].split("\n") if "&lt;b&gt;" in line]
        assert lines
        assert "<b>" not in made[name]
        assert all(r"\|" in line and r"\`x\`" in line and r"\[a\]" in line for line in lines)
        assert not re.search("[\x85\u2028]", made[name])
    assert YAML(typ="safe").load(made["CITATION.cff"])["title"] == f"News of {words}"
