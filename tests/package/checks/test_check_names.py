"""Each check that `validate` may name is described, and no other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import crawler.package.checks
from crawler.package.checks.check_names import CHECKS

ROOM = Path(crawler.package.checks.__file__).parent
TELLING = {"error", "cause", "warning", "unproved", "_weigh", "told", "_add"}


def named() -> Iterator[str]:
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                words = [a.value for a in node.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                if name in TELLING and words:
                    yield words[0]


def test_every_check_is_described() -> None:
    assert sorted(set(named())) == sorted(CHECKS)


def test_descriptions_are_sentences() -> None:
    assert [words for words in CHECKS.values() if not words[0].isupper() or words[-1] != "."] == []
