"""One module does all access to the files of a package; what opens, writes or removes a file elsewhere has a reason."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "crawler"
ROOMS = ("package", "archive", "app", "library", "serve", "crawl", "batch", "workspace", "seeds")
HOME = ("workspace/files.py", "workspace/path_walk.py")

# Methods of a Path, whatever the name before the dot.
METHODS = frozenset(
    "read_bytes read_text write_bytes write_text unlink rmdir mkdir touch rename symlink_to hardlink_to chmod".split()
)
FUNCTIONS = frozenset(
    [f"os.{name}" for name in "open link rename replace remove unlink mkdir makedirs rmdir truncate symlink".split()]
    + ["gzip.open", "bz2.open", "lzma.open", "io.open", "sqlite3.connect", "tarfile.open", "open"]
)
MODULES = frozenset({"shutil", "tempfile"})
HARMLESS = frozenset({"shutil.disk_usage", "shutil.copyfileobj", "shutil.which"})

# By module and function: why it may. Everything else goes through `workspace.files`.
ALLOWED = {
    ("workspace/user_folders.py", "_stored_key"): "the user's own state folder, no part of a package",
    ("workspace/user_folders.py", "_made"): "the user's own folders",
    ("workspace/drafts.py", "draft_folder"): "beside the output that the user names",
    ("archive/sqlite_cache.py", "open_cache"): "a database in the user's cache, or in memory",
    ("archive/sqlite_cache.py", "_opened"): "a database in the user's cache",
    ("archive/containers/wacz.py", "export_wacz"): "the output that the user names",
    ("package/exports/export.py", "_replace"): "the output that the user names",
    ("package/exports/export.py", "attempt"): "the output that the user names",
    ("package/exports/folder.py", "write_folder"): "the output that the user names",
    ("package/exports/dataset_folder.py", "write_dataset"): "the output that the user names",
    ("package/exports/parquet.py", "write"): "the output that the user names",
    ("package/exports/spreadsheet.py", "write_articles"): "the output that the user names",
    ("package/exports/spreadsheet.py", "write_archive"): "the output that the user names",
    ("package/exports/spreadsheet.py", "write_tables"): "the output that the user names",
    ("package/exports/sqlite.py", "write_folder"): "the output that the user names",
    ("package/exports/sqlite.py", "write_database"): "the output that the user names",
    ("package/exports/explorer.py", "copy_explorer"): "the output that the user names",
    ("package/explorer/page.py", "_file"): "templates of this program",
    ("app/new_seed/__init__.py", "write_seed"): "the seed file that the user names",
    ("app/new_seed/__init__.py", "new_seed"): "a package of its own that lasts as long as the command",
    ("app/show/explain_labels.py", "write_html"): "the output that the user names",
    ("app/validation/validation_files.py", "write_reports"): "the output that the user names",
    ("app/status/status_formats.py", "write_whole"): "the output that the user names",
    ("package/checks/columns/engine.py", "opened_engine"): "a private temporary folder of its own",
    ("app/settings_file.py", "make_settings"): "the user's own settings, beside a package",
    ("app/hooks/command.py", "carry_out"): "temporary files without a name",
    ("app/past_package.py", "past_package"): "a private temporary folder of its own",
    ("app/release/files.py", "listed"): "a release, in a folder that the user names",
    ("app/release/files.py", "check_release"): "a release, in a folder that the user names",
    ("app/release/make.py", "make_release"): "a release, in a folder that the user names",
    ("app/release/make.py", "attempt"): "a release, in a folder that the user names",
    ("app/release/make.py", "_written"): "a release, in a folder that the user names",
    ("app/release/make.py", "_json"): "a release, in a folder that the user names",
    ("app/release/make.py", "_sync"): "a release, in a folder that the user names",
    ("app/release/deposit.py", "_md5"): "a release, in a folder that the user names",
    ("app/release/deposit.py", "fill"): "a release, in a folder that the user names",
    ("app/release/deposit.py", "_remember"): "beside a release, in a folder that the user names",
    ("app/release/zenodo_api.py", "_once"): "a release, in a folder that the user names",
    ("app/export_files.py", "export"): "the folder of the output that the user names",
    ("app/export_files.py", "export_stream"): "a private temporary folder of its own",
    ("workspace/spool.py", "temporary_database"): "a private temporary database without a name",
    ("package/exports/past.py", "_articles"): "a private temporary database without a name",
    ("package/tables/tables.py", "_table"): "schemas of this program",
    ("package/checks/files.py", "_profile"): "a profile of this program",
    ("seeds/parse.py", "_validator"): "a schema of this program",
    ("seeds/catalogue.py", "_codes"): "a table of a library",
    ("seeds/catalogue.py", "_of_settings"): "the user's own settings",
    ("seeds/catalogue.py", "_id_in"): "the user's own seeds",
    ("seeds/catalogue.py", "_text"): "the user's own seeds",
    ("app/show/browse.py", "_replayed"): "a private temporary folder of its own",
    ("serve/replay/component.py", "component"): "a tool in the user's cache",
    ("serve/replay/component.py", "fetch"): "a tool in the user's cache",
    ("serve/replay/server.py", "replay_server"): "the private temporary file of its caller",
    ("serve/replay/server.py", "_worker"): "a script of this program",
    ("serve/library.py", "__init__"): "a private temporary database without a name",
    ("app/limited.py", "_answer"): "what the kernel says of this process",
    ("app/show/inspect.py", "extract_page"): "a page that the user names",
    ("crawl/source_run.py", "emit"): "/dev/null",
    ("crawl/reading.py", "run"): "/dev/null",
    ("crawl/reading.py", "_read_pages"): "what the kernel says of this process",
    ("crawl/transport/tls.py", "read_bundle"): "a bundle of certificates that the user's seed names",
    ("batch/extraction_fingerprint.py", "_add_files"): "modules of this program",
}


def dotted(node: ast.expr) -> str:
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else f"?.{'.'.join(reversed(parts))}"


def touches_files(call: ast.Call) -> bool:
    """Whether a call opens, writes, moves or removes a file by its name."""
    name = dotted(call.func)
    if name in HARMLESS:
        return False
    if name in FUNCTIONS or name.split(".")[0] in MODULES:
        return True
    if not isinstance(call.func, ast.Attribute):
        return False
    attribute, given = call.func.attr, len(call.args)
    if attribute in METHODS:
        return name.split(".")[0] != "files"  # the module itself, by its name
    if attribute == "replace":  # of str it has two values, of a dataclass it is no method
        return given == 1 and not call.keywords
    if attribute == "open":  # of a Path the first value is a mode, if there is one
        return not call.args or (isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
    if attribute in ("ZipFile", "GzipFile", "TarFile"):  # a name, unless a file object is given
        of_name = [a for a in call.args[:1] if not (isinstance(a, ast.Name) or is_empty(a))]
        return bool(of_name)
    return False


def is_empty(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == ""


def accesses(path: Path) -> list[tuple[str, int, str]]:
    """(function, line, call) of each call of a module that touches files."""
    found: list[tuple[str, int, str]] = []

    def walk(node: ast.AST, function: str) -> None:
        for child in ast.iter_child_nodes(node):
            inner = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else function
            if isinstance(child, ast.Call) and touches_files(child):
                found.append((inner, child.lineno, dotted(child.func)))
            walk(child, inner)

    walk(ast.parse(path.read_bytes()), "")
    return found


FILES = sorted(p for room in ROOMS for p in (PACKAGE / room).rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_files_of_a_package_are_opened_by_one_module(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    strange = [a for a in accesses(path) if (name, a[0]) not in ALLOWED]
    assert name in HOME or strange == []


def test_every_exception_is_one_that_is_needed() -> None:
    used = {(path.relative_to(PACKAGE).as_posix(), a[0]) for path in FILES for a in accesses(path)}
    assert ALLOWED.keys() - used == set()


@pytest.mark.parametrize(
    ("code", "is_access"),
    [
        ("path.open('rb')", True), ("path.open()", True), ("package.open(info)", False), ("open(name)", True),
        ("a.replace(b)", True), ("'x'.replace('a', 'b')", False), ("replace(value, name=1)", False),
        ("shutil.rmtree(x)", True), ("shutil.disk_usage(x)", False), ("gzip.open(p)", True),
        ("gzip.GzipFile(fileobj=raw)", False), ("gzip.GzipFile(str(path), 'wb')", True), ("sqlite3.connect(p)", True),
        ("path.read_bytes()", True), ("read_bytes(path)", False), ("(a / b).unlink(missing_ok=True)", True),
        ("tempfile.mkdtemp()", True), ("os.replace(a, b)", True), ("zipfile.ZipFile(path.name)", True),
    ],
)  # fmt: skip
def test_what_counts_as_access(code: str, is_access: bool) -> None:
    (call,) = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)][:1]
    assert touches_files(call) is is_access
