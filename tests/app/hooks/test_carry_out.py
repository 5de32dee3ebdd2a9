"""Hooks after a run: which are called, with what, and from whose files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.app.hooks import carry_out as carrying
from crawler.app.hooks.carry_out import Asked, hooks_for, with_hooks
from crawler.app.hooks.settings import Hook, On
from crawler.app.settings_file import NAME, settings_beside
from crawler.app.summary import Summary
from crawler.errors import EnvironmentFault, ExitCode, SettingsError
from crawler.model import Role
from crawler.package.build.build import build
from crawler.package.exports import query
from tests.app.hooks.conftest import Receiver, receiver
from tests.package.conftest import make_page, ministry, seed, workspace

__all__ = ["make_page", "ministry", "receiver", "seed", "workspace"]
COPY = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"


def built(ministry: Any) -> Callable[[], Summary]:
    def work() -> Summary:
        report = build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
        return Summary.of(ministry.workspace.root, [], report, None, [])

    return work


def to_file(path: Path, *on: On) -> Hook:
    return Hook("copy", frozenset(on) or frozenset({On.CHANGE}), command=(sys.executable, "-c", COPY, str(path)))


def test_what_a_hook_is_told_of_runs_that_add_change_and_withdraw(
    ministry: Any, make_page: Callable[..., bytes], tmp_path: Path
) -> None:
    out, root = tmp_path / "told.json", ministry.workspace.root
    answers = [{"body": make_page("Title", "water")}, {"body": make_page("Other title", "wind")}, {}, {"status": 404}]
    answers.append({"status": 404})
    told = []
    for number, answer in enumerate(answers):
        run = ministry.run(number)
        run.get("/news/1", **answer) if answer else run.get("/feed.xml", b"<rss/>", mime="text/xml", role=Role.LISTING)
        run.done()
        out.unlink(missing_ok=True)
        summary = with_hooks(built(ministry), root, [to_file(out)], verb="build", tell=pytest.fail)
        assert (summary.hooks, summary.exit_code) == ((), ExitCode.OK)
        told.append(json.loads(out.read_bytes()) if out.exists() else None)
    assert [its and its["changes"] for its in told] == [
        {"xx.tests": {"new": 1}}, {"xx.tests": {"edited": 1}}, None, None, {"xx.tests": {"withdrawn": 1}},
    ]  # fmt: skip
    first, second = told[0], told[1]
    assert first["format"] == "ministry-news-run/1"
    assert first["events"] == ["change", "run"]
    assert first["package"]["feed"] == "changes.atom"
    assert (first["package"]["previous_version"], second["package"]["previous_version"]) == (
        "",
        first["package"]["version"],
    )
    assert second["newest"][0] | {"change_id": "", "changed_at": "", "article_id": ""} == {
        "change_id": "", "changed_at": "", "article_id": "", "change_kind": "edited", "source_id": "xx.tests",
        "title": "Other title", "url": "https://ministry.example/news/1", "language": "en",
        "published_date": "2026-03-12",
    }  # fmt: skip


def test_a_full_build_tells_only_what_was_not_published(
    ministry: Any, make_page: Callable[..., bytes], tmp_path: Path
) -> None:
    for number in (1, 2):
        run = ministry.run()
        run.get(f"/news/{number}", make_page(f"Title {number}", "water"))
        run.done()
        report = build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial", full=number == 2)
        assert [row["title"] for row in report.newest] == [f"Title {number}"]
        assert report.changes == {"xx.tests": {"new": 1}}
    again = build(ministry.workspace, seeds={}, engine="serial", full=True)
    assert (again.changes, again.newest) == ({}, ())


def test_a_hook_that_fails_is_told_and_undoes_nothing(ministry: Any, make_page: Callable[..., bytes]) -> None:
    run = ministry.run()
    run.get("/news/1", make_page("Title", "water"))
    run.done()
    fails = Hook("publish", command=("sh", "-c", "echo no room >&2; exit 9"))
    summary = with_hooks(built(ministry), ministry.workspace.root, [fails], verb="build", tell=pytest.fail)
    assert summary.hooks == ("hook publish: ended with 9: no room",)
    assert summary.exit_code == ExitCode.HOOK_FAILED
    assert summary.hooks[0] in summary.problems
    assert json.loads(ministry.workspace.descriptor.read_bytes())["version"] == summary.version


def test_a_machine_that_refuses_loses_nothing_of_the_run(
    ministry: Any, make_page: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ministry.run()
    run.get("/news/1", make_page("Title", "water"))
    run.done()

    def full(*_: object) -> str:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("crawler.app.hooks.command.carry_out", full)
    hook = Hook("publish", command=("true",))
    summary = with_hooks(built(ministry), ministry.workspace.root, [hook], verb="build", tell=pytest.fail)
    assert summary.hooks == ("hook publish: cannot be carried out: No space left on device",)
    assert summary.found["new"] == 1


def test_a_run_that_an_error_ends_is_a_problem_and_the_error_stands(tmp_path: Path) -> None:
    out = tmp_path / "told.json"

    def work() -> Summary:
        raise EnvironmentFault("no space on https://me:secret@site.example/")

    notes: list[str] = []
    hooks = [to_file(out, On.PROBLEM), Hook("fails", frozenset({On.RUN}), command=("false",)), to_file(tmp_path / "no")]
    with pytest.raises(EnvironmentFault):
        with_hooks(work, tmp_path / "package", hooks, verb="crawl", tell=notes.append)
    told = json.loads(out.read_bytes())
    assert (told["events"], told["run"]["exit_code"], told["package"]["version"]) == (["problem", "run"], 7, "")
    assert "secret" not in told["problems"][0]
    assert notes == ["hook fails: ended with 1"]
    assert not (tmp_path / "no").exists()


def test_secrets_are_taken_from_the_environment_and_reach_nothing_else(
    ministry: Any, make_page: Callable[..., bytes], receiver: Receiver, tmp_path: Path
) -> None:
    run = ministry.run()
    run.get("/news/1", make_page("Title", "water"))
    run.done()
    out, secret = tmp_path / "env", "c2VjcmV0IG9mIG1pbmlzdHJ5IGhvb2tz"
    chat = Hook("chat", webhook_env="CHAT", secret_env="KEY", allow_private=("127.0.0.1",))
    show = Hook("show", command=("sh", "-c", f"env > {out}"))
    environment = {"PATH": os.environ["PATH"], "CHAT": receiver.url, "KEY": secret}
    summary = with_hooks(
        built(ministry), ministry.workspace.root, [chat, show], verb="build", tell=pytest.fail, environment=environment
    )
    assert summary.hooks == ()
    assert receiver.got[0][1]["webhook-signature"].startswith("v1,")
    printed = out.read_text()
    assert f"MINISTRY_NEWS_PACKAGE={ministry.workspace.root.resolve()}\n" in printed
    assert f"MINISTRY_NEWS_VERSION={summary.version}\n" in printed
    assert "MINISTRY_NEWS_EVENTS=change,run\n" in printed
    assert secret not in printed
    assert receiver.url not in printed
    whole = b"".join(path.read_bytes() for path in ministry.workspace.root.rglob("*") if path.is_file())
    assert secret.encode() not in whole
    assert b"127.0.0.1" not in whole
    for environment in ({}, {"CHAT": receiver.url}, {"CHAT": receiver.url, "KEY": "short"}):
        (why,) = carrying.carried_out([chat], _event(summary), ministry.workspace.root, environment)
        assert why.startswith("hook chat: the variable ")
    assert len(receiver.got) == 1  # nothing is sent unsigned where a key is asked for


def _event(summary: Summary) -> Any:
    from crawler.app.hooks.event import of_summary
    from crawler.clock import now

    return of_summary(summary, "build", now(), now(), "")


# ---------------------------------------------------------------- whose files

HOOK = '[hooks.mine]\ncommand = "touch done"\n'


def test_hooks_are_those_of_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert hooks_for(Path("datapackage"), Asked({}), pytest.fail) == ()
    (tmp_path / NAME).write_text(HOOK)
    mine = (Hook("mine", command=("touch", "done")),)
    assert hooks_for(Path("datapackage"), Asked({}), pytest.fail) == mine
    assert hooks_for(tmp_path / "elsewhere" / "uz", Asked({}), pytest.fail) == mine
    (tmp_path / NAME).write_text(f'package = "uz"\n{HOOK}')
    assert hooks_for(Path("datapackage"), Asked({}), pytest.fail) == ()


def test_hooks_that_came_along_with_a_package_are_told_and_never_carried_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's folder, with settings beside the package, in it, or in a package that the user stands in."""
    package = tmp_path / "got" / "datapackage"
    package.mkdir(parents=True)
    (tmp_path / "own").mkdir()
    for place, stand in ((package.parent, tmp_path / "own"), (package, package), (package / "data", package / "data")):
        place.mkdir(exist_ok=True)
        (place / NAME).write_text(HOOK)
        monkeypatch.chdir(stand)
        notes: list[str] = []
        assert hooks_for(package, Asked({}), notes.append) == ()
        assert any("hooks are not carried out" in note for note in notes)
        (place / NAME).unlink()
    (tmp_path / "own" / "datapackage.json").write_text("{}")
    (tmp_path / "own" / NAME).write_text(HOOK)
    monkeypatch.chdir(tmp_path / "own")
    assert hooks_for(package, Asked({}), lambda _: None) == ()
    found = hooks_for(package, Asked({}, Path(NAME)), lambda _: None)  # who trusts it, names it
    assert [hook.name for hook in found] == ["mine"]


def test_a_file_that_others_may_write_is_not_carried_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / NAME).write_text(HOOK)
    (tmp_path / NAME).chmod(0o666)
    notes: list[str] = []
    assert hooks_for(Path("datapackage"), Asked({}), notes.append) == ()
    assert "everybody may write it" in notes[0]


@pytest.mark.parametrize(("text", "words"), [(None, "no such file"), ("title = 'x'", r"hooks: states none")])
def test_a_file_that_is_named_and_has_none_is_an_error(tmp_path: Path, text: str | None, words: str) -> None:
    if text:
        (tmp_path / "my.toml").write_text(text)
    with pytest.raises(SettingsError, match=words):
        hooks_for(tmp_path / "datapackage", Asked({}, tmp_path / "my.toml"), pytest.fail)


def test_hooks_are_no_settings_of_the_package(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(f'title = "News"\n{HOOK}')
    found = settings_beside(tmp_path / "datapackage")
    assert found is not None
    assert found.package.as_dict() == {"title": "News"}
    (tmp_path / NAME).write_text('[hooks.mine]\ncomand = "x"\n')
    with pytest.raises(SettingsError, match="hooks"):
        settings_beside(tmp_path / "datapackage")


def test_the_command_line_carries_them_out(
    ministry: Any, make_page: Callable[..., bytes], invoke: Callable[..., Any], tmp_path: Path
) -> None:
    for number in (1, 2):
        run = ministry.run()
        run.get(f"/news/{number}", make_page(f"Title {number}", "water"))
        run.done()
        if number == 1:
            built(ministry)()
    (tmp_path / NAME).write_text('[hooks.mine]\ncommand = ["sh", "-c", "cat > told"]\n')
    arguments = ("build", "--package", ministry.workspace.root, "--engine", "serial", "--quiet")
    done = invoke(*arguments, "--on-run", "false", cwd=tmp_path)
    assert done.returncode == ExitCode.HOOK_FAILED, done.stderr
    assert "warning: hook --on-run: ended with 1" in done.stderr
    told = json.loads((tmp_path / "told").read_bytes())
    assert (told["run"]["verb"], told["changes"]) == ("build", {"xx.tests": {"new": 1}})
    version = json.loads(ministry.workspace.descriptor.read_bytes())["version"]
    (tmp_path / NAME).write_text('[hooks.other]\ncommand = "true"\n')
    assert invoke(*arguments, cwd=tmp_path).returncode == 0
    assert json.loads(ministry.workspace.descriptor.read_bytes())["version"] == version  # hooks are no content


def test_a_crawl_that_could_not_begin_is_told_too(invoke: Callable[..., Any], tmp_path: Path) -> None:
    tell = f"{sys.executable} -c '{COPY}' told"
    done = invoke("crawl", "xx.nowhere", "--package", "uz", "--notify", tell, cwd=tmp_path)
    assert done.returncode == ExitCode.BAD_SEED
    told = json.loads((tmp_path / "told").read_bytes())
    assert (told["run"]["verb"], told["run"]["exit_code"], told["events"]) == ("crawl", 3, ["problem", "run"])
    assert "xx.nowhere" in told["problems"][0]


def test_who_follows_is_told_what_was_taken_out_on_request(
    ministry: Any, make_page: Callable[..., bytes], invoke: Callable[..., Any], tmp_path: Path
) -> None:
    run = ministry.run()
    run.get("/news/1", make_page("A name", "water"))
    run.get("/news/2", make_page("Another", "wind"))
    run.done()
    built(ministry)()
    tell = f"{sys.executable} -c '{COPY}' told"
    words = ("withdraw", "https://ministry.example/news/1", "--reason", "asked for", "--on-change", tell)
    done = invoke(*words, "--package", ministry.workspace.root, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "words taken out of the tables" in done.stdout
    told = (tmp_path / "told").read_bytes()
    event = json.loads(told)
    assert (event["run"]["verb"], event["changes"]) == ("withdraw", {"xx.tests": {"erased": 1}})
    (row,) = [its for its in query.rows(ministry.workspace, "changes") if its["change_kind"] == "erased"]
    assert event["newest"][0]["change_id"] == row["change_id"]
    assert event["package"]["version"].startswith("3.")
    assert b"A name" not in told
    assert invoke(*words, "--package", ministry.workspace.root, cwd=tmp_path).returncode == 2  # it is gone already
