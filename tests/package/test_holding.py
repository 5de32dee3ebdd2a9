"""A source that a gate refuses stays as it is published, and the others are published without it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.app import open_package
from crawler.app.status.source_status import status_notes, status_rows
from crawler.archive.index.memory import load_memory
from crawler.crawl.scheduling.policy import due
from crawler.errors import NotFound, Refused
from crawler.package.build.build import build
from crawler.package.checks.archive.rebuild import reproduce
from crawler.package.checks.validate import validate
from crawler.package.exports import query
from crawler.package.exports.health import health
from crawler.package.gates import build_plan, published_state
from crawler.package.history import history
from crawler.package.publication.quarantine import last_refusal
from crawler.package.publication.sidecar_files import package_seeds
from crawler.package.publication.unpublished_captures import index_waiting
from crawler.seeds import parse_seed
from crawler.workspace import Workspace


@pytest.fixture
def pair(ministry, make_ministry):
    """Two sources of one package, each with six published articles."""
    other = make_ministry(ministry.workspace.root)
    other.seed = parse_seed(
        other.seed.toml.replace("Ministry of", "Others of"), seed_id="xx.others", path="others.toml"
    )
    return ministry, other


def crawl(ministry, make_page, name: str, *, same: bool = False, count: int = 6) -> None:
    run = ministry.run()
    for i in range(count):
        run.get(f"/{name}/{i}", make_page("Sorry" if same else f"{name} {i}", "x" if same else f"{name} {i}"))
    run.done()


def build_now(pair, **options):
    return build(pair[0].workspace, seeds={m.seed.id: m.seed for m in pair}, engine="serial", **options)


def rows_of(space: Workspace, source: str) -> dict[str, list[dict[str, str]]]:
    """All that is published of a source."""
    names = ("sources", "runs", "captures", "articles", "revisions", "rejections", "changes")
    found = {name: [row for row in query.rows(space, name) if row["source_id"] == source] for name in names}
    return found | {"seed": [{"toml": (space.seeds / f"{source}.toml").read_text()}]}


@pytest.fixture
def held(pair, make_page):
    """The first source sends one page for everything, the second has news."""
    for ministry in pair:
        crawl(ministry, make_page, "first")
    build_now(pair)
    before = rows_of(pair[0].workspace, "xx.tests")
    crawl(pair[0], make_page, "first", same=True)
    crawl(pair[1], make_page, "news", count=3)
    return pair, before


def is_sound(space: Workspace) -> None:
    report = validate(space, full=True, reextract=True, engine="serial")
    assert report.valid, report.errors
    assert reproduce(space, engine="serial").same
    proved = validate(space, full=True, reextract=True, engine="serial")
    assert proved.verdict == "valid", proved.lines()


def test_the_others_are_published_and_the_refused_one_stays_as_it_was(held) -> None:
    pair, before = held
    space = pair[0].workspace
    version = json.loads(space.descriptor.read_bytes())["version"]
    report = build_now(pair)
    assert report.version != version
    (words,) = report.refused
    assert words.startswith("xx.tests: 6 of 6 new or edited articles have one and the same text")
    assert report.changed["new"] == tuple(sorted(r["article_id"] for r in rows_of(space, "xx.others")["articles"][6:]))
    assert rows_of(space, "xx.tests") == before
    listed = {r["path"] for r in json.loads(space.descriptor.read_bytes())["resources"] if r.get("type") != "table"}
    assert len([path for path in listed if path.startswith("archive/")]) == 3
    assert len(list(space.archive.iterdir())) == 4
    is_sound(space)


def test_the_news_of_one_source_alone_are_published(held, make_page) -> None:
    pair, before = held
    space, others = pair[0].workspace, rows_of(pair[0].workspace, "xx.others")
    with pytest.raises(Refused):
        build_now(pair, source="xx.tests")
    record = (space.root / "refused.json").read_bytes()
    report = build_now(pair, source="xx.others")
    assert [words.partition(":")[0] for words in report.refused] == ["xx.tests"], "what was refused before still is"
    assert json.loads(record)["refused"] == json.loads((space.root / "refused.json").read_bytes())["refused"]
    assert (rows_of(space, "xx.tests"), len(rows_of(space, "xx.others")["articles"])) == (before, 9)
    crawl(pair[1], make_page, "later", count=1)
    report = build_now(pair, source="xx.tests", accept=["same-text"])
    assert (report.refused, len(rows_of(space, "xx.others")["articles"])) == ((), 9), "its news wait"
    assert rows_of(space, "xx.tests") != before
    build_now(pair)
    assert len(rows_of(space, "xx.others")["articles"]) == 10 > len(others["articles"])
    with pytest.raises(NotFound, match="no source yy"):
        build_now(pair, source="yy")
    is_sound(space)


def test_the_record_says_gate_numbers_since_when_and_how_to_accept(held, make_page) -> None:
    pair, _ = held
    space = pair[0].workspace
    report = build_now(pair)
    value = json.loads((space.root / "refused.json").read_bytes())
    (told,) = value["refused"]
    assert (told["gate"], told["source"], value["version"]) == ("same-text", "xx.tests", report.version)
    assert told["words"].startswith("6 of 6")
    assert told["accept"] == "ministry-news build --accept same-text:xx.tests"
    crawl(pair[0], make_page, "more", same=True)
    crawl(pair[1], make_page, "more", count=1)
    assert build_now(pair).refused[0].startswith("xx.tests: 12 of 12"), "tried again with what came since"
    refusal = last_refusal(space)
    assert refusal
    assert refusal.verdicts[0].since == told["since"] < refusal.captured_until
    shutil.rmtree(space.work)  # as on a fresh machine
    found = health(space, package_seeds(space), named={}, now=pair[0].now)
    assert [(row[0], row[1], row[-1]) for row in status_rows(found)] == [
        ("xx.others", "ok", 0), ("xx.tests", "held back", 2),
    ]  # fmt: skip
    notes = "\n".join(status_notes(found))
    assert f"; the version without it is {refusal.version}:" in notes
    assert "if it really is so: ministry-news build --accept same-text:xx.tests" in notes


@pytest.mark.parametrize(
    "change",
    [
        {"source": "$(reboot)"},
        {"gate": "same-text; reboot"},
        {"source": "a b"},
        {"gate": ""},
        {"source": None, "gate": 1},
    ],
)
def test_a_record_of_another_makes_no_command(held, invoke, change: dict[str, object]) -> None:
    """A package may come from anywhere, and a person may copy what `status` says."""
    pair, _ = held
    build_now(pair)
    path = pair[0].workspace.root / "refused.json"
    value = json.loads(path.read_bytes())
    value["refused"][0] |= change
    path.write_text(json.dumps(value))
    assert last_refusal(pair[0].workspace) is None
    said = invoke("status", "--package", pair[0].workspace.root)
    assert said.returncode == 0
    assert "reboot" not in said.stdout
    assert "--accept" not in said.stdout


def test_what_is_accepted_comes_in_and_the_tables_are_those_of_a_build_of_all(held, make_page, tmp_path) -> None:
    pair, _ = held
    space = pair[0].workspace
    build_now(pair)
    crawl(pair[1], make_page, "later", count=2)
    build_now(pair)
    report = build_now(pair, accept=["same-text:xx.tests"])
    assert (report.full, report.refused) == (False, ())
    assert report.sources["xx.tests"]["edited"] == 6
    assert not (space.root / "refused.json").exists()
    is_sound(space)
    assert health(space, {}, named={}, now=pair[0].now).pending == ()


def test_a_site_that_is_well_again_mends_it(held, make_page) -> None:
    pair, _ = held
    build_now(pair)
    crawl(pair[0], make_page, "first")
    report = build_now(pair)
    assert report.refused == ()
    assert report.sources["xx.tests"] == {"edited": 12}
    is_sound(pair[0].workspace)


def test_a_source_that_is_refused_from_its_first_run_is_in_no_table(pair, make_page) -> None:
    crawl(pair[0], make_page, "first", same=True)
    crawl(pair[1], make_page, "first")
    space = pair[0].workspace
    assert build_now(pair).refused
    assert {row["source_id"] for row in query.rows(space, "sources")} == {"xx.others"}
    assert not (space.seeds / "xx.tests.toml").exists()
    is_sound(space)
    build_now(pair, accept=["same-text"])
    assert {row["source_id"] for row in query.rows(space, "sources")} == {"xx.others", "xx.tests"}
    is_sound(space)


def test_a_rebuild_keeps_what_is_published_of_a_refused_source(held) -> None:
    pair, before = held
    report = build_now(pair, full=True)
    assert (report.full, len(report.refused)) == (True, 1)
    assert rows_of(pair[0].workspace, "xx.tests") == before
    is_sound(pair[0].workspace)


def test_another_seed_of_a_refused_source_waits_with_its_captures(held) -> None:
    pair, before = held
    pair[0].seed = replace(pair[0].seed, toml=pair[0].seed.toml + "\n[selectors]\ntitle = 'h1'\n")
    report = build_now(pair)
    assert (report.full, len(report.refused)) == (False, 1)
    assert rows_of(pair[0].workspace, "xx.tests") == before


def test_code_that_spoils_what_is_published_is_refused_whatever_else_is_new(pair, make_page, monkeypatch) -> None:
    """A package is read by one program: to hold back the news of a source would not help."""
    for ministry in pair:
        crawl(ministry, make_page, "first")
    build_now(pair)
    crawl(pair[1], make_page, "news", count=1)
    descriptor = pair[0].workspace.descriptor.read_bytes()
    real = history.article_row
    for module in (build_plan, published_state):
        monkeypatch.setattr(module, "extraction_version", lambda: "another")
    monkeypatch.setattr(build_plan, "extraction_code", lambda: "another")
    monkeypatch.setattr(history, "article_row", lambda *a: real(*a) | {"published_date": "", "published_at": ""})
    words = r"xx\.tests: published_date is filled in 0% of 6 published articles read again, 100% before \[filled\]"
    with pytest.raises(Refused, match=words):
        build_now(pair, use_cache=False)
    assert pair[0].workspace.descriptor.read_bytes() == descriptor
    report = build_now(pair, use_cache=False, accept=["filled"])
    assert (report.full, report.extractor) == (True, 12)


def test_many_files_that_wait_are_one_warning(held, make_page) -> None:
    pair, _ = held
    build_now(pair)
    crawl(pair[0], make_page, "first", same=True)
    report = validate(pair[0].workspace, engine="serial")
    told = [finding for finding in report.warnings if finding.check == "waiting"]
    assert [finding.message for finding in told] == ["waits for the next build, with 1 other WARC files"]


def test_all_is_refused_when_no_other_source_has_news(pair, make_page) -> None:
    for ministry in pair:
        crawl(ministry, make_page, "first")
    build_now(pair)
    descriptor = pair[0].workspace.descriptor.read_bytes()
    for ministry in pair:
        crawl(ministry, make_page, "first", same=True)
    with pytest.raises(Refused, match=r"xx\.others: 6 of 6.*xx\.tests: 6 of 6"):
        build_now(pair)
    with pytest.raises(Refused):
        build_now(pair, accept=["same-text:xx.none"])
    assert pair[0].workspace.descriptor.read_bytes() == descriptor
    assert build_now(pair, accept=["same-text:xx.others"]).refused[0].startswith("xx.tests")


def test_what_waits_is_indexed_once_and_known_to_the_next_crawl(held) -> None:
    pair, _ = held
    space = pair[0].workspace
    build_now(pair)
    with open_package.opened(space) as repairs:
        (done,) = repairs
    assert "indexed, and waits" in done
    assert space.waiting.read_bytes().count(b"xx.tests") >= 6
    assert b"xx.others" not in space.waiting.read_bytes()
    with open_package.opened(space) as repairs:
        assert repairs == []
    build_now(pair, accept=["same-text"])
    with open_package.opened(space) as repairs:
        assert repairs == []
    assert not space.waiting.exists()


def test_what_a_refused_source_sent_is_asked_for_again_after_a_day(held) -> None:
    """Known documents were due and answered, so nobody would ask for a month; new ones as well."""
    pair, _ = held
    space, seed, now = pair[0].workspace, pair[0].seed, pair[0].now
    build_now(pair)
    document = "https://ministry.example/first/3"
    counts = []
    for hours in (1, 25, 49):
        index_waiting(space, now + timedelta(hours=hours))
        paths = [*sorted(space.indexes.glob("*.cdx")), space.waiting]
        memory = load_memory(paths, cache=space.cache, source_id=seed.id)
        seen = memory.sightings(seed.id, document)
        counts.append((len(seen), due(seen, None, now + timedelta(hours=hours - 0.9), seed.crawl)))
        memory.close()
    assert counts == [(2, False), (2, True), (2, True)]
    build_now(pair, accept=["same-text"])
    index_waiting(space, now)
    memory = load_memory(sorted(space.indexes.glob("*.cdx")), cache=space.cache, source_id=seed.id)
    assert [s.status for s in memory.sightings(seed.id, document)] == [200, 200]
    memory.close()


def test_doctor_says_what_is_held_back(held, invoke) -> None:
    pair, _ = held
    done = invoke("doctor", "--package", pair[0].workspace.root)
    assert done.returncode == 5
    assert "xx.others" in done.stdout
    assert "taken into version" in done.stdout
    assert done.stdout.count("taken into") == 1
    assert "held back, its captures wait for a build: xx.tests: 6 of 6" in done.stderr


def test_build_ends_with_nine_and_says_so(held, invoke) -> None:
    pair, _ = held
    root = pair[0].workspace.root
    done = invoke("build", "--package", root)
    assert done.returncode == 9
    assert "what gates refused is held back" in done.stdout
    assert invoke("status", "--package", root, "--fail-late").returncode == 9
    assert invoke("build", "--package", root, "--accept", "same-text:xx.tests").returncode == 0
