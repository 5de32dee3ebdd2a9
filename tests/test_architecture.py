"""The house's law of imports (arrows go down only; each library has one home), checked on the code itself."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "crawler"

# A room may import rooms with a smaller number, and itself.
LEVEL = {
    "__main__": 9, "cli": 8, "app": 7, "library": 7, "console": 1,
    "crawl": 6, "package": 6, "demo": 6, "serve": 6,
    "batch": 5, "extraction": 4, "pages": 3, "discovery": 3,
    "archive": 2, "seeds": 2, "workspace": 1, "ids": 1, "json_paths": 1, "model": 0, "errors": 0, "clock": 0,
    "addresses": 0, "address_patterns": 0, "normal_forms": 0, "timezones": 0, "interruption": 0, "toml_tables": 0,
    "__init__": 0,
}  # fmt: skip

HOMES = {
    "scrapy": ("crawl",),
    "twisted": ("crawl",),
    "warcio": ("archive",),
    "trafilatura": ("extraction",),
    "langdetect": ("extraction",),
    "frictionless": ("package",),
    "duckdb": ("package",),
    "jinja2": ("package", "serve"),
    "typer": ("cli",),
    "rich": ("cli", "console"),
    "urllib3": ("app",),
}


# The rooms of crawler/package, lowest first: a room imports those before it, and itself. What stands beside them
# (takedown, join) may use them all, and none of them uses it.
PACKAGE_ROOMS = (
    "tables", "descriptor", "publication", "explorer", "feed", "history", "gates", "build", "exports", "checks",
)  # fmt: skip

# The rooms of crawler/archive, lowest first, by the same law. `limits`, `sqlite_cache` and `parts`, beside them, know
# none of them; `answers`, `blank` and `joining` may use them all.
ARCHIVE_ROOMS = ("limits", "sqlite_cache", "parts", "http", "warc", "containers", "scanning", "index", "foreign")


# The rooms of crawler/extraction, lowest first, by the same law. `extract_page`, beside them, may use them all.
EXTRACTION_ROOMS = (
    "markup", "words", "dates", "lines", "language", "structured", "page", "page_type",
    "labels", "boilerplate", "article_text", "titles", "publication", "fields",
)  # fmt: skip
MOST_MODULES = 15  # of a room


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> set[str]:
    """Every absolute module that `tree` names, at the top or inside a function; typing-only imports count too."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import at line {node.lineno}: the arrows should be readable"
            module = node.module or ""
            found.update(
                {f"{module}.{alias.name}" for alias in node.names}
                if module in ("crawler", "crawler.package")
                else {module}
            )
    return found


def wrong_arrows(path: Path, names: set[str]) -> list[str]:
    here, wrong = room(path), []
    for name in names:
        top, _, rest = name.partition(".")
        there = rest.split(".")[0]
        if top == "crawler" and there in LEVEL and there != here and LEVEL[there] >= LEVEL[here]:
            wrong.append(f"{path.name}: {here} must not import {there}")
        if top in HOMES and here not in HOMES[top]:
            wrong.append(f"{path.name}: {top} belongs to {', '.join(HOMES[top])}, not to {here}")
    return wrong


def arrows_up(path: Path, names: set[str], top: str = "package", rooms: tuple[str, ...] = PACKAGE_ROOMS) -> list[str]:
    """What a module of crawler/`top` imports of `rooms` above its own, or of what stands beside the rooms."""
    here = path.relative_to(PACKAGE / top).parts[0].removesuffix(".py")
    if here not in rooms:
        return []
    inner = {name.split(".")[2] for name in names if name.startswith(f"crawler.{top}.")}
    allowed = set(rooms[: rooms.index(here) + 1])
    return [f"{top}/{here}/{path.name} must not import {top}/{there}" for there in sorted(inner - allowed)]


MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py" and "_schema" not in p.parts)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_down_only(path: Path) -> None:
    assert room(path) in LEVEL, f"{path} is a room that the design does not know"
    assert wrong_arrows(path, imports(ast.parse(path.read_bytes()))) == []


PACKAGE_MODULES = sorted(p for p in (PACKAGE / "package").rglob("*.py"))


@pytest.mark.parametrize("path", PACKAGE_MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_the_rooms_of_the_package_import_only_rooms_below(path: Path) -> None:
    assert arrows_up(path, imports(ast.parse(path.read_bytes()))) == []


ARCHIVE_MODULES = sorted((PACKAGE / "archive").rglob("*.py"))


@pytest.mark.parametrize("path", ARCHIVE_MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_the_rooms_of_the_archive_import_only_rooms_below(path: Path) -> None:
    assert arrows_up(path, imports(ast.parse(path.read_bytes())), "archive", ARCHIVE_ROOMS) == []


EXTRACTION_MODULES = sorted((PACKAGE / "extraction").rglob("*.py"))


@pytest.mark.parametrize("path", EXTRACTION_MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_the_rooms_of_extraction_import_only_rooms_below(path: Path) -> None:
    assert arrows_up(path, imports(ast.parse(path.read_bytes())), "extraction", EXTRACTION_ROOMS) == []


def test_the_rooms_of_extraction_are_known() -> None:
    folders = {p.parent.relative_to(PACKAGE / "extraction").as_posix() for p in EXTRACTION_MODULES}
    assert {name.partition("/")[0] for name in folders} - {"."} == set(EXTRACTION_ROOMS)


def test_no_room_is_large() -> None:
    """A folder of more modules than a reader keeps in mind is usually two rooms."""
    folders = Counter(p.parent.relative_to(PACKAGE).as_posix() for p in MODULES if p.name != "__init__.py")
    assert {name: n for name, n in folders.items() if n > MOST_MODULES} == {}


def test_an_arrow_up_between_rooms_of_extraction_is_seen() -> None:
    tree = ast.parse("from crawler.extraction.fields.tags import tags\nfrom crawler.extraction.markup import dom\n")
    path = PACKAGE / "extraction" / "page" / "page.py"
    assert len(arrows_up(path, imports(tree), "extraction", EXTRACTION_ROOMS)) == 1


def test_an_arrow_up_between_rooms_of_the_package_is_seen() -> None:
    tree = ast.parse("from crawler.package.checks.rows import Judge\nfrom crawler.package import takedown\n")
    assert len(arrows_up(PACKAGE / "package" / "gates" / "decide.py", imports(tree))) == 2
    tree = ast.parse("from crawler.package.takedown import withdraw\n")
    assert len(arrows_up(PACKAGE / "package" / "checks" / "rows.py", imports(tree))) == 1


def test_a_wrong_arrow_is_seen() -> None:
    tree = ast.parse("import scrapy\nfrom crawler.package import build\nfrom crawler import cli\n")
    assert len(wrong_arrows(PACKAGE / "crawl" / "spider.py", imports(tree))) == 2
    assert (
        len(
            wrong_arrows(
                PACKAGE / "extraction" / "body" / "trafilatura_text.py", imports(ast.parse("import twisted.web"))
            )
        )
        == 1
    )


MODULE_HOMES = {
    "trafilatura": "extraction/article_text/voice.py",
    "langdetect": "extraction/language/ngrams.py",
    "ftfy": "extraction/markup/charsets/mojibake.py",
}


@pytest.mark.parametrize(("library", "home"), MODULE_HOMES.items(), ids=str)
def test_a_library_of_extraction_stays_in_one_module(library: str, home: str) -> None:
    users = [p for p in MODULES if any(n.split(".")[0] == library for n in imports(ast.parse(p.read_bytes())))]
    assert {p.relative_to(PACKAGE).as_posix() for p in users} == {home}
