"""Reports of a run: what hostile titles cannot do in them, and where they are written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from markdown_it import MarkdownIt

from crawler.app.markdown import code, markdown, words
from crawler.app.summary import Summary
from crawler.cli.outcome import finish
from crawler.crawl.report import CrawlReport, Fault
from crawler.errors import Refused
from crawler.package.tables.change_rows import KINDS

HOSTILE = (
    "<img src=x onerror=alert(1)> | `a` **b** [c](javascript:d) # https://evil.example \u202e\n| x | @all <!-- _e_"
)


def summary(**values: object) -> Summary:
    crawl = CrawlReport(
        "xx.tests", "run", "", "", "partial", {"requests": 9, "fault:server-error": 2},
        (Fault("https://m.example/`|<b>", "server-error", HOSTILE),), {"max_pages": 1},
    )  # fmt: skip
    told: dict[str, object] = {
        "package": "p",
        "version": "1.20261123.4",
        "fetched": 7,
        "found": dict.fromkeys(KINDS, 0) | {"new": 30},
        "rejected": {"unchanged": 3},
        "rows": {"articles": 40},
        "crawls": (crawl,),
        "valid": True,
        "errors": (),
        "warnings": ("w",),
        "repairs": (),
        "news": {"new": [("0" * 16, HOSTILE, "https://m.example/1")] * 25},
    }
    return Summary(**{**told, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize("before", ["", "- ", "| ", "## "])
@pytest.mark.parametrize(
    "title",
    [HOSTILE, "# a", "- a", "--- ", "+ a", "1. a", "12) a", "> a", "=== ", "**a** _b_ ~~c~~", "![a](b)", "[a]: b",
     "a|b", "<b>a</b>", "&lt;b&gt;", "<https://a.example>", "\\*a", "`a`"],
)  # fmt: skip
def test_words_from_the_web_are_only_words(before: str, title: str) -> None:
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    tokens = parser.parse(f"{before}{words(title)}")
    kinds = {child.type for token in tokens for child in token.children or [token]}
    blocks = {"- ": {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"},
              "## ": {"heading_open", "heading_close"}}  # fmt: skip
    allowed = {"text", "text_special", "paragraph_open", "paragraph_close"} | blocks.get(before, set())
    assert kinds <= allowed, words(title)


@pytest.mark.parametrize("sign", ["@all", "#12", "https://evil.example", "www.evil.example", ":smile:", "$a$", "<!--"])
def test_what_a_forge_would_act_on_stands_as_a_reference(sign: str) -> None:
    assert sign not in words(f"a {sign} b")


@pytest.mark.parametrize(
    "title", ["It's here: a 10.5 % rise, at 10:05 (Monday) - really!", "Сув сатҳи: 2.5 метр", "Toʻqay; gʻalla?", "U.S."]
)
def test_words_read_as_they_are_written(title: str) -> None:
    assert words(title) == title


def test_a_code_span_ends_where_it_should() -> None:
    assert code("a`b|c\nd") == "`a'b\\|c d`"
    assert len(code("x" * 5000)) < 210


def test_the_report_says_what_came_what_did_not_and_why() -> None:
    text = markdown(summary())
    assert text.startswith("## Package 1.20261123.4: valid")
    assert "| xx.tests | partial | 9 | 2 server-error |" in text
    assert "exit code 4" in text
    assert text.count("&#60;img") == 20
    assert "- and 10 more" in text
    assert "<img" not in text.replace("`xx.tests: server-error", "").split("### What could not be had")[0]
    assert "xx.tests: the limit max_pages bit 1 times" in text
    assert all(line.count("`") in (0, 2) for line in text.splitlines())


def test_a_refusal_names_the_gate_and_the_version_that_stands(tmp_path: Path) -> None:
    error = Refused(["xx.tests: 6 of 6 have one text [same-text]"], "Look.")
    told = Summary.refusal(tmp_path, summary().crawls, error, [])
    assert (int(told.exit_code), told.refused) == (9, error.verdicts)
    assert "refused by a gate" in markdown(told)
    assert "### Refused\n\n- `xx.tests: 6 of 6 have one text [same-text]`" in markdown(told)
    assert list(told.lines())[-1].endswith("stands, the new one was refused")


def test_reports_are_written_where_they_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, other, values = tmp_path / "page", tmp_path / "report.md", tmp_path / "report.json"
    page.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    for _ in range(2):
        with pytest.raises(typer.Exit) as left:
            finish(summary(), as_json=True, report=[other, values, page])
        assert left.value.exit_code == 4
    assert page.read_text() == "before\n" + markdown(summary()) * 2
    assert other.read_text() == markdown(summary()) * 2
    told = json.loads(values.read_text())
    assert (told["exit_code"], told["version"], told["news"]["new"][0][1]) == (4, "1.20261123.4", HOSTILE)
    assert told["crawls"][0]["faults"][0]["reason"] == "server-error"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["page", "report.json", "report.md"]
