"""Laws of the code that a reader of one module cannot see: how lines are split, and what patterns may cost."""

from __future__ import annotations

import ast
import importlib
import re
import types
from collections.abc import Iterator, Sequence
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "crawler"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__main__.py" and "_schema" not in p.parts)

# ---------------------------------------------------------------- lines


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_line_of_a_protocol_ends_where_its_standard_says(path: Path) -> None:
    """`str.splitlines` also splits at U+2028, U+0085 and five others, which a server can put into any value."""
    calls = [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Attribute)]
    assert not [node.lineno for node in calls if node.attr == "splitlines"]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_normal_forms_of_unicode_have_one_home(path: Path) -> None:
    """`unicodedata.normalize` takes a time that grows with the square of a run of combining marks."""
    names = [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Attribute)]
    found = [node.lineno for node in names if ast.unparse(node).startswith(("unicodedata.norm", "unicodedata.is_norm"))]
    assert not found or path.relative_to(PACKAGE).as_posix() == "normal_forms.py"


# ---------------------------------------------------------------- patterns

_MANY = 200  # so many repeats count as any number
_SAMPLE = [chr(n) for n in range(0x180)] + list("бщЖґ中の한ปा٣۵ʻ’“”—–…№\u00a0\u2009\u200b\u2028\ufeff\U0001f600")
_FUNCTIONS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT)


def first(items: Sequence[Any], flags: int) -> frozenset[str]:
    """The sample characters with which a match of `items` may begin."""
    found: set[str] = set()
    for op, argument in items:
        found |= first_of(op, argument, flags)
        if not is_empty(op, argument):
            break
    return frozenset(found)


def first_of(op: Any, argument: Any, flags: int) -> set[str]:
    if op in (*_REPEATS, ops.POSSESSIVE_REPEAT):
        return set(first(argument[2], flags))
    if op is ops.SUBPATTERN:
        return set(first(argument[3], (flags | argument[1]) & ~argument[2]))
    if op is ops.ATOMIC_GROUP:
        return set(first(argument, flags))
    if op is ops.BRANCH:
        return {c for branch in argument[1] for c in first(branch, flags)}
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT, ops.GROUPREF, ops.GROUPREF_EXISTS):
        return set(_SAMPLE) if op in (ops.GROUPREF, ops.GROUPREF_EXISTS) else set()
    state = parser.State()
    state.str = ""
    one = re._compiler.compile(parser.SubPattern(state, [(op, argument)]), flags)  # type: ignore[attr-defined]
    return {c for c in _SAMPLE if one.match(c)}


def is_empty(op: Any, argument: Any) -> bool:
    """Whether an item may match nothing."""
    if op in (*_REPEATS, ops.POSSESSIVE_REPEAT):
        return argument[0] == 0 or all(is_empty(*item) for item in argument[2])
    if op is ops.SUBPATTERN:
        return all(is_empty(*item) for item in argument[3])
    if op is ops.ATOMIC_GROUP:
        return all(is_empty(*item) for item in argument)
    if op is ops.BRANCH:
        return any(all(is_empty(*item) for item in branch) for branch in argument[1])
    return op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT, ops.GROUPREF, ops.GROUPREF_EXISTS)


def is_endless(op: Any, argument: Any) -> bool:
    return op in _REPEATS and argument[1] >= _MANY


def heads(items: Sequence[Any], flags: int) -> Iterator[frozenset[str]]:
    """What the endless repeats at the beginning of `items`, before anything that must match, can match."""
    for op, argument in items:
        if is_endless(op, argument):
            yield first(argument[2], flags)
        if op is ops.SUBPATTERN:
            yield from heads(argument[3], (flags | argument[1]) & ~argument[2])
        elif op is ops.BRANCH:
            for branch in argument[1]:
                yield from heads(branch, flags)
        elif op in _REPEATS:
            yield from heads(argument[2], flags)
        if not is_empty(op, argument):
            return


def tails(items: Sequence[Any], flags: int) -> Iterator[frozenset[str]]:
    """As `heads`, at the end."""
    for op, argument in reversed(items):
        if is_endless(op, argument):
            yield first(argument[2], flags)
        if op is ops.SUBPATTERN:
            yield from tails(argument[3], (flags | argument[1]) & ~argument[2])
        elif op is ops.BRANCH:
            for branch in argument[1]:
                yield from tails(branch, flags)
        elif op in _REPEATS:
            yield from tails(argument[2], flags)
        if not is_empty(op, argument):
            return


def ambiguities(items: Sequence[Any], flags: int) -> Iterator[str]:
    """The characters for which two neighbouring endless repeats compete, by place."""
    items = list(items)
    for n, (op, argument) in enumerate(items):
        for left in tails([items[n]], flags):
            for right in heads(items[n + 1 :], flags):
                if left & right:
                    yield min(left & right)
        if is_endless(op, argument):  # what ends one turn and what begins the next are neighbours, too
            for left in tails(argument[2], flags):
                for right in heads(argument[2], flags):
                    if left & right:
                        yield min(left & right)
        for part in inner(op, argument):
            yield from ambiguities(part, flags)


def inner(op: Any, argument: Any) -> list[Any]:
    if op in (*_REPEATS, ops.POSSESSIVE_REPEAT):
        return [argument[2]]
    if op is ops.SUBPATTERN:
        return [argument[3]]
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [argument[1]]
    if op is ops.ATOMIC_GROUP:
        return [argument]
    return list(argument[1]) if op is ops.BRANCH else []


def competing(pattern: str | bytes, flags: int = 0) -> list[str]:
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    parsed = parser.parse(text, flags & ~(re.UNICODE if isinstance(pattern, bytes) else 0))
    return sorted(set(ambiguities(parsed, parsed.state.flags)))


def compiled(value: object, depth: int = 3) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        for one in value.values():
            yield from compiled(one, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from compiled(one, depth - 1)
    elif depth and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from compiled(getattr(value, name, None), depth - 1)


def is_maker(value: Any) -> bool:
    """Whether `value` is a function that compiles one pattern, when it is first needed."""
    said = getattr(value, "__annotations__", None)
    return callable(value) and isinstance(said, dict) and said.keys() == {"return"} and "re.Pattern[" in said["return"]


def patterns(path: Path) -> Iterator[tuple[str | bytes, int]]:
    """The patterns that a module has compiled, those that its functions without arguments make, and those that stand as
    words in its calls of `re`."""
    name = ".".join(("crawler", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    for value in vars(importlib.import_module(name)).values():
        made = value() if is_maker(value) else value
        if not isinstance(made, types.ModuleType):
            yield from ((p.pattern, p.flags) for p in compiled(made))
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FUNCTIONS:
            said = node.args[0] if node.args else None
            is_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            if is_re and isinstance(said, ast.Constant) and isinstance(said.value, str | bytes):
                yield said.value, 0


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_no_neighbouring_repeats_compete(path: Path) -> None:
    """Two endless repeats beside each other that match the same character try all divisions of a run of it: time grows
    with the square of its length. Bound one, or let it give nothing back (`*+`, `(?>...)`)."""
    found = {p: competing(p, flags) for p, flags in patterns(path)}
    assert {p: chars for p, chars in found.items() if chars} == {}


def test_the_lint_sees_what_competes() -> None:
    bad = [r"\s*\s*x", r"a+(?:\s*)[ \t]*", r"(?:a+)+b", r"x*?[a-z]*", r"(\w+)(?:-?)([\d]+)", r"(?:,\s*|\s+)*", r".*.*="]
    bad += [r"url\(\s*(?:([^)]*))\s*\)", r"(?i:[A-Z]*)k*", r"\d+(?=x)?\w+"]
    assert [p for p in bad if not competing(p)] == []
    good = [r"\s*x\s*", r"\s*+\s*", r"(?>\s*)\s*", r"[a-z]+\d+", r"(?:a+b)+", r"\s{0,20}\s*", r'"[^"]*"\s*']
    assert [p for p in good if competing(p)] == []


_OF_SEEDS = frozenset({"match", "article", "detail"})  # patterns and templates that a seed brings


def run_by_python(tree: ast.AST) -> list[int]:
    """The lines on which a pattern of a seed is given to Python's engine, itself or in a part of an expression."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in _FUNCTIONS
        and node.args
        and any(isinstance(part, ast.Attribute) and part.attr in _OF_SEEDS for part in ast.walk(node.args[0]))
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_patterns_of_seeds_are_matched_in_linear_time(path: Path) -> None:
    """A seed may be another's: `crawler.address_patterns` has an engine that does not go back."""
    assert run_by_python(ast.parse(path.read_bytes())) == []


def test_a_pattern_of_a_seed_in_the_wrong_engine_is_seen() -> None:
    assert run_by_python(ast.parse("found = [re.compile(entry.match) for entry in entries]\nre.search(x.match, url)"))
    assert not run_by_python(ast.parse("re.compile(r'a')\nis_match(entry.match, url)\nre.escape(name)"))
