"""The action, its reusable workflow and the hooks for pre-commit: their steps are run here as a runner would."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from crawler.package.build.build import build
from tests.package.conftest import make_ministry, make_page, seed

__all__ = ["make_ministry", "make_page", "seed"]

TOP = Path(__file__).resolve().parent.parent
FOLDER = TOP / ".github/actions/validate"
ACTION: Any = YAML(typ="safe").load(FOLDER / "action.yml")
UV = os.environ.get("UV") or shutil.which("uv") or str(TOP / ".uv/bin/uv")
TOOLS = Path(sys.executable).parent

needs_uv = pytest.mark.skipif(not Path(UV).is_file(), reason="uv is not on this machine")


@pytest.fixture(scope="module")
def made(tmp_path_factory, make_ministry, make_page) -> Path:
    ministry = make_ministry(tmp_path_factory.mktemp("action") / "news")
    run = ministry.run()
    run.get("/n/1", make_page("A title", "water"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return Path(ministry.workspace.root)


@pytest.fixture
def package(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "repository/news"))


class Step:
    """What the runner has after the steps of the action."""

    def __init__(self, package: Path, folder: Path, **inputs: str) -> None:
        given = {name: str(its["default"]) for name, its in ACTION["inputs"].items()} | inputs
        files = {name: folder / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            path.touch()
        environment = {
            **{name: os.environ[name] for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "HOME") if name in os.environ},
            "PATH": f"{Path(UV).parent}:{os.environ['PATH']}", "GITHUB_ACTION_PATH": str(FOLDER),
            "RUNNER_TEMP": str(folder), "UV_NO_SYNC": "1", "UV_PROJECT_ENVIRONMENT": sys.prefix, "UV_OFFLINE": "1",
            **{name: str(path) for name, path in files.items()},
        }  # fmt: skip
        self.out = ""
        for step in ACTION["runs"]["steps"]:
            if "run" not in step:
                continue
            values = {
                k: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda m: given[m[1]], v) for k, v in step["env"].items()
            }
            shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]  # as `shell: bash` is run
            done = subprocess.run(
                shell,
                cwd=package.parent,
                env=environment | values,
                capture_output=True,
                text=True,
                timeout=180,
                check=False,
            )
            self.code, self.out, self.err = done.returncode, self.out + done.stdout, done.stderr
        self.outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        self.page = files["GITHUB_STEP_SUMMARY"].read_text()

    @property
    def commands(self) -> list[str]:
        """The lines that the runner obeys."""
        found, stopped = [], ""
        for line in self.out.splitlines():
            if stopped:
                stopped = "" if line == f"::{stopped}::" else stopped
            elif line.startswith("::stop-commands::"):
                stopped = line.removeprefix("::stop-commands::")
            elif line.lstrip().startswith(("::", "##[")):
                found.append(line)
        return found


def broken(package: Path) -> None:
    path = next((package / "data").glob("articles-*.csv.gz"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@needs_uv
def test_a_good_package_passes(package: Path, tmp_path: Path) -> None:
    step = Step(package, tmp_path, path="news", level="all")
    assert (step.code, step.commands) == (0, []), step.out + step.err
    assert step.outputs.keys() == ACTION["outputs"].keys()
    assert (step.outputs["verdict"], step.outputs["errors"], step.outputs["exit-code"]) == ("valid", "0", "0")
    assert "valid" in step.page and "all tables made again" in step.page
    assert json.loads(Path(step.outputs["sarif"]).read_bytes())["runs"][0]["results"] == []


@needs_uv
def test_a_broken_package_fails_and_says_where(package: Path, tmp_path: Path) -> None:
    broken(package)
    step = Step(package, tmp_path, path="news")
    assert step.code == 5 and step.outputs["verdict"] == "NOT VALID" and step.outputs["exit-code"] == "5"
    assert any(re.match(r"::error file=data/articles-.*\[hash\]", line) for line in step.commands), step.out
    assert "NOT VALID" in step.page
    assert len(json.loads(Path(step.outputs["report"]).read_bytes())["errors"]) == int(step.outputs["errors"])
    results = json.loads(Path(step.outputs["sarif"]).read_bytes())["runs"][0]["results"]
    assert results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("news/data/articles-")


STUB = """#!/usr/bin/env bash
while [ $# -gt 0 ]; do
    case "$1" in
        --report=*.json) echo '{"verdict": "as told", "errors": [], "warnings": WARNINGS}' >"${1#--report=}" ;;
        python) shift; exec PYTHON "$@" ;;
    esac
    shift
done
exit CODE
"""


@pytest.mark.parametrize(
    ("fail_on", "passes"),
    [("never", {0, 4, 5, 10}), ("error", {0, 4, 10}), ("unproved", {0, 4}), ("warning", {0})],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_fails_the_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fail_on: str, passes: set[int]) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr("tests.test_validate_action.UV", str(tmp_path / "uv"))
    for code, warnings in ((0, 0), (0, 2), (4, 1), (5, 0), (10, 0), (1, 0), (7, 0)):
        uv = tmp_path / "uv"
        text = STUB.replace("CODE", str(code)).replace("WARNINGS", json.dumps(["w"] * warnings))
        uv.write_text(text.replace("PYTHON", sys.executable))
        uv.chmod(0o755)
        step = Step(tmp_path / "package", tmp_path, **{"fail-on": fail_on})
        expected = 0 if code in passes else code
        assert step.code == (4 if fail_on == "warning" and warnings and not expected else expected), (code, warnings)
        assert step.outputs["exit-code"] == str(code) and step.outputs["warnings"] == str(warnings)


@needs_uv
def test_what_a_package_is_called_and_says_is_no_command(package: Path, tmp_path: Path) -> None:
    (package / "data" / "x\n::set-env name=A::b\n::error::c.csv").write_text("x")
    (package / ".work").mkdir(exist_ok=True)
    (package / ".work" / "journal.json").write_text('{"::warning::\\n::error::x": 1}')
    for name in ("news", "no\n::error::such"):
        (tmp_path / name[:2]).mkdir()
        step = Step(package, tmp_path / name[:2], path=name)
        assert step.code != 0
        assert all(re.match(r"::error (file=[^\n:]+)?.*::", line) for line in step.commands), step.commands
        assert not any("set-env" in line.partition("::error")[0] for line in step.commands)
        assert set(step.outputs) <= ACTION["outputs"].keys()


@needs_uv
@pytest.mark.parametrize(
    ("inputs", "code", "told"),
    [
        ({"path": "-x; touch harm"}, 8, "no datapackage.json"),
        ({"level": "deep"}, 2, "level:"),
        ({"fail-on": "luck"}, 2, "fail-on:"),
    ],
    ids=str,
)
def test_what_cannot_be_done_fails_always(
    package: Path, tmp_path: Path, inputs: dict[str, str], code: int, told: str
) -> None:
    step = Step(package, tmp_path, **({"path": "news", "fail-on": "never"} | inputs))
    assert step.code == code and told in step.out + step.err
    assert not (package.parent / "harm").exists()


def test_the_shell_is_linted() -> None:
    scripts = [str(path) for path in (FOLDER / "validate.sh", TOP / ".github/release.sh", TOP / ".ci/run")]
    assert subprocess.run([TOOLS / "shellcheck", "--severity=style", *scripts], check=False).returncode == 0


def test_action_and_workflows_follow_their_published_schemas() -> None:
    for schema, paths in (
        ("vendor.github-actions", [FOLDER / "action.yml"]),
        ("vendor.github-workflows", sorted((TOP / ".github/workflows").glob("*.yml"))),
    ):
        check = [str(TOOLS / "check-jsonschema"), "--builtin-schema", schema, *map(str, paths)]
        done = subprocess.run(check, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_the_reusable_workflow_passes_on_what_the_action_takes() -> None:
    workflow = YAML(typ="safe").load(TOP / ".github/workflows/validate-package.yml")
    (step,) = [s for s in workflow["jobs"]["validate"]["steps"] if s.get("uses", "").endswith("actions/validate")]
    assert step["with"].keys() == ACTION["inputs"].keys()
    called = workflow["on"]["workflow_call"]["inputs"]
    assert {name: called[name]["default"] for name in step["with"]} == {
        n: i["default"] for n, i in ACTION["inputs"].items()
    }


def test_hooks_for_pre_commit_are_right_and_run(package: Path, invoke) -> None:
    manifest = TOP / ".pre-commit-hooks.yaml"
    assert subprocess.run([TOOLS / "pre-commit", "validate-manifest", manifest], check=False).returncode == 0
    hooks = {hook["id"]: hook for hook in YAML(typ="safe").load(manifest)}
    assert re.search(hooks["ministry-news-seeds"]["files"], "seeds/uz/eco.toml")
    assert not re.search(hooks["ministry-news-seeds"]["files"], "seeds/README.md")
    program, *words = shlex.split(hooks["ministry-news-seeds"]["entry"])
    assert (program, invoke(*words, TOP / "seeds/uz/eco.toml").returncode) == ("ministry-news", 0)
    program, *words = shlex.split(hooks["ministry-news-validate"]["entry"])
    assert (program, invoke(*words, package).returncode) == ("ministry-news", 0)
    broken(package)
    assert invoke(*words, package).returncode == 5
