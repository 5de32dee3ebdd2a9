"""What other programs say of a package: one line for each validator that is installed.

    ministry-news demo --runs 2 --package demo
    python tests/benchmarks/other_validators.py demo [--bin OTHER/bin ...]

warcio, fastwarc and frictionless come with this project's environment. The others want environments of their own, whose
`bin` folders are given: `pip install warcat`; `pip install wacz` (its command is `wacz`); jwarc
(https://github.com/iipc/jwarc) as a command of that name. What is not found is told, and is no failure. Exit code 1
when one of them finds a fault."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.containers.wacz import export_wacz
from crawler.archive.warc.reader import records
from crawler.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Validator:
    """`words` of its command line; it gets each WARC file, or the one file that `over` names."""

    words: tuple[str, ...]
    over: str = "warc"  # warc (one by one) | archive (all together) | wacz | descriptor
    module: str = ""  # of Python, where it has no command
    faults: str = "ERROR"  # a line with this word in its output is a fault, whatever its exit code


VALIDATORS = (
    Validator(("warcio", "check", "-v")),
    Validator(("fastwarc", "check")),
    Validator(("python", "-m", "warcat", "verify"), "archive", module="warcat"),
    Validator(("jwarc", "validate")),
    Validator(("gunzip", "-t")),
    Validator(("wacz", "validate", "-f"), "wacz"),
    Validator(("frictionless", "validate"), "descriptor"),
)


def found(validator: Validator, folders: Sequence[str]) -> str | None:
    """Its command: in the folders given, beside this interpreter, on PATH."""
    places = [*folders, str(Path(sys.executable).parent)]
    if validator.module:
        pythons = [Path(place, "python") for place in places]
        return next((str(python) for python in pythons if _imports(python, validator.module)), None)
    return shutil.which(validator.words[0], path=os.pathsep.join([*places, os.environ.get("PATH", "")]))


def _imports(python: Path, module: str) -> bool:
    return (
        python.exists()
        and not subprocess.run([python, "-c", f"import {module}"], check=False, capture_output=True).returncode
    )


def version(validator: Validator, command: str) -> str:
    """What a command's own environment says of its version, or else the command."""
    name, python = validator.module or Path(command).name, Path(command).with_name("python")
    asked = [[str(python), "-c", f"import importlib.metadata as m; print(m.version({name!r}))"], [command, "--version"]]
    for words in asked if python.exists() and name != "gunzip" else asked[1:]:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode == 0 and done.stdout.strip():
            return done.stdout.split("\n", 1)[0].strip()[:30]
    return "?"


def verdict(validator: Validator, command: str, files: Sequence[Path]) -> str:
    """`passes`, or what it found first."""
    for group in [files] if validator.over == "archive" else [[file] for file in files]:
        done = subprocess.run([command, *validator.words[1:], *group], capture_output=True, text=True, check=False)
        lines = (done.stdout + done.stderr).splitlines()
        if validator.module == "warcat":
            return of_warcat(lines, files)
        wrong = [line for line in lines if validator.faults in line]
        if done.returncode or wrong:
            return f"FAULT in {group[0].name}: {(wrong or lines[-1:] or ['?'])[0].strip()[:200]}"
    return f"passes ({len(files)} file{'s' * (len(files) != 1)})"


def of_warcat(lines: Sequence[str], files: Sequence[Path]) -> str:
    """What warcat found. It takes the digest of the payload that a revisit record leaves out, and that WARC 1.1
    requires there (6.7.2), for one of the empty block; so it does with those of every tool."""
    revisits = {record["warc-record-id"] for file in files for record in records(file) if record.kind == "revisit"}
    problems, record, excused = [], "", 0
    for line in lines:
        if line.startswith("Record ") and line.endswith(" failed validation"):
            record = line.split()[1]
        elif "VerifyProblem: " in line:
            if "Bad payload digest" in line and record in revisits:
                excused += 1
            else:
                problems.append(f"{record} {line.partition(': ')[2]}")
    if problems:
        return f"FAULT: {len(problems)} problems, the first {problems[0]}"
    return f"passes ({len(files)} files), but for the digests of {excused} revisits: see of_warcat"


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("package", type=Path)
    options.add_argument("--bin", action="append", default=[], metavar="FOLDER")
    chosen = options.parse_args()
    workspace = Workspace(chosen.package)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        wacz = Path(folder) / "package.wacz"
        export_wacz(workspace, wacz)
        over = {
            "warc": sorted(workspace.archive.glob("*.warc.gz")),
            "archive": sorted(workspace.archive.glob("*.warc.gz")),
            "wacz": [wacz],
            "descriptor": [workspace.descriptor],
        }
        for validator in VALIDATORS:
            command = found(validator, chosen.bin)
            result = verdict(validator, command, over[validator.over]) if command else "not installed"
            told = version(validator, command) if command else "-"
            print(f"{' '.join(validator.words).removeprefix('python -m '):22} {told:18} {result}")
            failed |= result.startswith("FAULT")
    sys.exit(failed)


if __name__ == "__main__":
    main()
