"""`--log-format json`: each line of standard error is one object, whatever titles say."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import typer

from crawler import console
from crawler.cli import app
from crawler.package.build.build import build
from tests.package.conftest import make_ministry, make_page, ministry, seed, workspace

__all__ = ["make_ministry", "make_page", "ministry", "seed", "workspace"]

LONG = ("crawl", "demo", "ingest", "merge", "extract", "build", "validate", "status", "doctor", "export")


def events(text: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in text.splitlines()]
    for event in found:
        assert datetime.fromisoformat(event["time"]).utcoffset() is not None
        assert event["level"] in ("info", "warning", "error") and event["event"]
    return found


@pytest.fixture(autouse=True)
def _text_again() -> Any:
    yield
    console.log_as(console.LogFormat.TEXT)


@pytest.mark.parametrize("verb", LONG)
def test_every_long_verb_has_it(verb: str) -> None:
    group: Any = typer.main.get_command(app)
    names = {name for parameter in group.commands[verb].params for name in parameter.opts}
    assert "--log-format" in names


def test_an_error_is_an_event(invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = invoke("validate", tmp_path, "--log-format", "json")
    event, end = events(done.stderr)
    assert (done.returncode, event["level"], event["event"]) == (8, "error", "error")
    assert (end["event"], end["command"], end["exit_code"], end["level"]) == ("end", "validate", 8, "error")
    assert "no datapackage.json" in event["message"]
    monkeypatch.setenv("MINISTRY_NEWS_LOG_FORMAT", "json")
    assert [e["event"] for e in events(invoke("build", "--package", tmp_path / "none").stderr)] == ["error", "end"]
    monkeypatch.delenv("MINISTRY_NEWS_LOG_FORMAT")
    assert invoke("build", "--package", tmp_path / "none").stderr.startswith("error: ")


def test_progress_is_an_event(capsys: pytest.CaptureFixture[str]) -> None:
    console.log_as(console.LogFormat.JSON)
    with console.Display() as display:
        display.update("crawl xx.tests", 3, None, "2 new\n{\u202e\u2028")
        display.update("crawl xx.tests", 4, None)  # within ten seconds
        display.update("build", 5, 5)
        display.tell("user:secret@ in https://user:secret@site.example/")
    printed = capsys.readouterr().err
    assert printed.isascii()
    first, second, third = events(printed)
    assert (first["event"], first["task"], first["done"], first["total"]) == ("progress", "crawl xx.tests", 3, None)
    assert (second["task"], second["done"], second["total"]) == ("build", 5, 5)
    assert third["event"] == "note" and third["level"] == "info" and "secret@site" not in third["message"]


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    console.log_as(console.LogFormat.JSON)
    with console.Display(quiet=True) as display:
        display.update("build", 5, 5)
    assert capsys.readouterr().err == ""


def test_what_is_printed_stays(invoke, ministry, make_page) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("A title", "water"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    for verb in (["validate"], ["build", "--package"]):
        done = invoke(*verb, ministry.workspace.root, "--json", "--log-format", "json")
        assert done.returncode == 0 and json.loads(done.stdout)["valid"] in (True, None)
        end = events(done.stderr)[-1]
        assert (end["event"], end["exit_code"], end["level"]) == ("end", 0, "info") and end["seconds"] > 0


def test_text_has_no_events(invoke, tmp_path: Path) -> None:
    done = invoke("validate", tmp_path)
    assert done.stderr.startswith("error: ") and "end" not in done.stderr.split()


def test_a_defect_is_told_in_lines_of_their_own(invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("made\nto break")

    monkeypatch.setattr("crawler.app.commands.build", broken)
    done = invoke("build", "--package", tmp_path, "--log-format", "json")
    where, error, end = events(done.stderr)
    assert (done.returncode, end["exit_code"], where["event"]) == (1, 1, "traceback")
    assert "ZeroDivisionError" in where["message"] and "please report it" in error["message"]
    assert "Traceback" in invoke("build", "--package", tmp_path).stderr
