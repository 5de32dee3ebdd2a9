"""`status` for programs and browsers: what Prometheus reads, a page that runs nothing, whole files."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.app.status.status_formats import as_html, as_json
from crawler.app.status.status_metrics import prometheus
from crawler.errors import PackageInvalid
from crawler.package.exports.health import Absent, Health, SourceHealth
from crawler.package.publication.quarantine import Refusal, Verdict
from crawler.package.tables import cell_format
from crawler.package.tables.tables import table
from tests.browser import browser, needs_browser

NOW = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
HOSTILE = '</td><script>alert(1)</script> "q" \\ \n# HELP x y\nx 1 \u202e'


def at(hours: float) -> str:
    return cell_format.utc(NOW - timedelta(hours=hours))


def source(name: str, **told: object) -> SourceHealth:
    values: dict[str, object] = {
        "source_id": name, "title": name.title(), "live": 10, "withdrawn": 2, "is_published": True, "runs": 5,
        "last_run": at(1), "last_outcome": "complete", "last_seen": at(1), "last_complete": at(1), "last_new": at(30),
        "late_since": "", "quiet_since": "", "failing_since": "", "failing_runs": 0, "reason": "", "pending": 0,
        "unmet": (), "absent": None, "held_since": "",
    }  # fmt: skip
    return SourceHealth(**(values | told))  # type: ignore[arg-type]


def health(**told: object) -> Health:
    sources = (
        source("xx.good"),
        source("xx.late", late_since=at(5), absent=Absent(3, at(9), at(-9))),
        source("xx.fails", failing_since=at(7), failing_runs=4, reason=HOSTILE, title=HOSTILE, last_outcome="empty"),
        source("xx.held", held_since=at(3)),
        source("xx.odd", unmet=("title: 1 of 10 [filled]",)),
        source(
            "xx.never", is_published=False, runs=0, last_run="", last_seen="", last_complete="", last_new="",
            last_outcome="never",
        ),
    )  # fmt: skip
    refusal = Refusal(at(3), (Verdict("shrunk", "xx.held", f"5 of 10 {HOSTILE}", True, at(3)),), "1.20261128.1")
    values: dict[str, object] = {
        "now": at(0), "version": "1.20261128.1", "created": "2026-11-28T20:15:00Z", "looked_back_to": "",
        "sources": sources, "pending": ("archive/a.warc.gz",), "refused": refusal,
    }  # fmt: skip
    return Health(**(values | told))  # type: ignore[arg-type]


def metrics(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    families = list(text_string_to_metric_families(text))
    assert all(family.documentation for family in families)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for f in families for s in f.samples}


def test_prometheus_reads_the_metrics() -> None:
    told = metrics(prometheus(health()))

    def of(name: str, **labels: str) -> float | None:
        return told.get((f"ministry_news_{name}", tuple(sorted(labels.items()))))

    assert of("status_timestamp_seconds") == NOW.timestamp()
    assert of("package_last_capture_timestamp_seconds") == datetime(2026, 11, 28, 20, 15, tzinfo=UTC).timestamp()
    assert of("package_info", version="1.20261128.1", created="2026-11-28T20:15:00Z") == 1
    assert of("pending_files") == 1 and of("refused_verdicts") == 1
    state = "ministry_news_source_state"
    assert of("source_state", source="xx.late", **{state: "late"}) == 1
    assert of("source_state", source="xx.good", **{state: "late"}) == 0
    assert of("source_state", source="xx.held", **{state: "held back"}) == 1
    assert of("source_failing_runs", source="xx.fails") == 4
    assert of("source_articles", source="xx.good", status="withdrawn") == 2
    assert of("source_absent_articles", source="xx.late") == 3
    assert of("source_last_run_timestamp_seconds", source="xx.good") == (NOW - timedelta(hours=1)).timestamp()
    assert of("source_last_run_timestamp_seconds", source="xx.never") is None
    outcome = {"ministry_news_source_last_outcome": "empty"}
    assert of("source_last_outcome", source="xx.fails", **outcome) == 1


def test_every_outcome_is_a_state() -> None:
    field = next(f for f in table("runs").schema["fields"] if f["name"] == "outcome")
    told = metrics(prometheus(health()))
    for value in field["constraints"]["enum"]:
        labels = (("ministry_news_source_last_outcome", value), ("source", "xx.good"))
        assert ("ministry_news_source_last_outcome", labels) in told


def test_no_word_of_a_package_forges_a_metric() -> None:
    sources = (source(HOSTILE),)
    told = metrics(prometheus(health(sources=sources, version=HOSTILE)))
    assert {name for name, _ in told if not name.startswith("ministry_news_")} == set()
    assert ("ministry_news_source_failing_runs", (("source", HOSTILE),)) in told


def test_a_package_without_a_version_has_metrics() -> None:
    told = metrics(prometheus(health(version="", created="", sources=(), refused=None, pending=())))
    assert ("ministry_news_package_last_capture_timestamp_seconds", ()) not in told


def test_a_time_that_is_none_is_told() -> None:
    with pytest.raises(PackageInvalid, match="created"):
        prometheus(health(created="2026-99-99T20:15:00Z"))


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_tells_the_bad_ones_first_and_runs_nothing() -> None:
    text = as_html(health(), "news")
    page = Page(text)
    assert "script" not in page.tags and "alert(1)" in text
    assert "\u202e" not in text and "\\u202e" in text, "no word turns those behind it"
    rows = [text.index(f'<th scope="row">xx.{name}') for name in ("fails", "held", "late", "never", "odd", "good")]
    assert rows == sorted(rows)
    said = " ".join("".join(page.words).split())
    assert "5 of 6 sources need attention" in said and "1 WARC files wait" in said
    assert "--accept shrunk:xx.held" in said and "3 articles absent since" in said
    assert "http" not in text.replace("http-equiv", "")


def test_a_page_of_nothing() -> None:
    text = as_html(health(version="", created="", sources=(), refused=None, pending=()), "news")
    assert "No version was published yet" in text and "Held back by gates" not in text


@needs_browser
def test_everybody_can_read_the_page() -> None:
    from axe_playwright_python.sync_playwright import Axe

    with browser() as found:
        for scheme in ("light", "dark"):
            page = found.new_page(color_scheme=scheme, viewport={"width": 390, "height": 800})
            page.set_content(as_html(health(), "news"))
            bad = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
            assert bad == [], scheme
            assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_json_is_the_same_as_before() -> None:
    assert json.loads(as_json(health())) == json.loads(json.dumps(health().as_dict()))


@pytest.mark.parametrize("form", ["json", "html", "prometheus"])
def test_a_file_is_written_whole(
    ministry, make_page, invoke, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crawler.package.build.build import build

    run = ministry.run()
    run.get("/n/1", make_page("A title", "water"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    root = ministry.workspace.root
    output = tmp_path / "out"
    assert invoke("status", root, "--format", form, "--output", output).stdout == ""
    printed = invoke("status", root, "--format", form).stdout
    assert "xx.tests" in printed and "xx.tests" in output.read_text("utf-8")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    before = output.read_bytes()
    done = invoke("status", root, "--format", form, "--output", output)
    assert done.returncode == 7 and "No space left" in done.stderr and output.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["out"]


def test_text_goes_to_no_file(invoke, tmp_path: Path, ministry) -> None:
    run = ministry.run()
    run.done()
    done = invoke("status", ministry.workspace.root, "--output", tmp_path / "x")
    assert done.returncode == 2 and "--format" in done.stderr
