"""Frictionless on the descriptor, on samples, on parts one by one, and on the whole. The only home of frictionless.

It is loaded when the first check runs: it takes a third of a second, which `--help` and `status` should not pay. Files
of a package are opened for it as we open them ourselves, through no link."""

from __future__ import annotations

import csv
import io
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from crawler.package.checks.findings import Findings
from crawler.package.tables.partitions import header_line, part_of_file
from crawler.package.tables.tables import tables
from crawler.workspace import Workspace
from crawler.workspace.files import open_read

VERSION = version("frictionless")
_root: ContextVar[Path | None] = ContextVar("root", default=None)  # of the package that is being checked
_opened: ContextVar[str] = ContextVar("opened", default="")  # the file of it that was opened last


def check_descriptor(workspace: Workspace, descriptor: Mapping[str, Any], findings: Findings) -> bool:
    """Whether Frictionless takes the descriptor, with the schemas in it, for one. No other file is opened."""
    from frictionless import FrictionlessException, Package  # noqa: PLC0415

    try:
        Package.from_descriptor(json.loads(json.dumps(descriptor)), basepath=str(workspace.root))
    except FrictionlessException as error:
        for one in error.reasons or [error.error]:
            findings.error("frictionless", f"{one.type}: {one.note}", "datapackage.json")
        return False
    return True


def faulty_in_sample(name: str, heads: Mapping[str, bytes]) -> list[str]:
    """The parts of a table in whose first rows Frictionless finds a fault. `heads` are the bytes of these rows, by the
    path of the part. All are read in one go: Frictionless takes a twentieth of a second to begin."""
    from frictionless import Resource, Schema  # noqa: PLC0415

    places: list[str] = []
    for path, head in heads.items():
        places += [path] * sum(1 for _ in csv.reader(io.StringIO(head.decode("utf-8", "replace"), newline="")))
    header = header_line(tables()[name].columns).encode()
    schema = Schema.from_descriptor(_schema(name))
    resource = Resource(data=header + b"".join(heads.values()), format="csv", encoding="utf-8", schema=schema)
    report = resource.validate(limit_errors=len(places) + 1)
    rows = [getattr(error, "row_number", 0) for task in report.tasks for error in task.errors]
    if report.valid:
        return []
    if report.errors or any(not 1 < row <= len(places) + 1 for row in rows):
        return list(heads)
    return sorted({places[row - 2] for row in rows})  # it counts the header as a row


def check_part(workspace: Workspace, path: str, findings: Findings) -> bool:
    """Whether Frictionless finds nothing wrong with one part by itself. Keys between tables are left to the checks of
    rows: Frictionless would read the other table again for each part."""
    from frictionless import Resource  # noqa: PLC0415

    described: dict[str, Any] = {"name": "part", "type": "table", "path": path, "format": "csv", "encoding": "utf-8"}
    described["schema"] = _schema(part_of_file(path)[0])
    resource = Resource.from_descriptor(described, basepath=str(workspace.root))
    with _opened_safely(workspace.root):
        return _take(lambda: resource.validate(limit_errors=findings.limit), findings, path)


def _schema(name: str) -> dict[str, Any]:
    """The schema of a table, for one part of it."""
    needless = ("foreignKeys", "title", "description", "name", "$schema")
    return {key: value for key, value in tables()[name].schema.items() if key not in needless}


def check_package(workspace: Workspace, descriptor: Mapping[str, Any], findings: Findings) -> bool:
    """Whether `frictionless validate datapackage.json` would pass. The descriptor must have passed our own checks."""
    from frictionless import Package  # noqa: PLC0415

    value = json.loads(json.dumps(descriptor))
    package = Package.from_descriptor(value, basepath=str(workspace.root))
    with _opened_safely(workspace.root):
        return _take(lambda: package.validate(limit_errors=findings.limit), findings, "")


@contextmanager
def _opened_safely(root: Path) -> Iterator[None]:
    """Within it Frictionless opens what lies under `root` through `workspace.files`, which raises UnsafeFile."""
    _teach()
    token, before = _root.set(root), _opened.set("")
    try:
        yield
    finally:
        _root.reset(token)
        _opened.reset(before)


@cache
def _teach() -> None:
    """Adds to Frictionless, once in a process, a loader for the files of a package that is being checked here."""
    from frictionless import Loader, Plugin, system  # noqa: PLC0415

    class PackageLoader(Loader):
        def read_byte_stream_create(self) -> Any:
            path, root = Path(str(self.resource.normpath)), _root.get()
            _opened.set(path.relative_to(root).as_posix() if root else "")
            return open_read(path)

    class PackagePlugin(Plugin):
        def create_loader(self, resource: Any) -> Loader | None:
            root = _root.get()
            is_ours = root is not None and resource.scheme == "file" and Path(resource.normpath).is_relative_to(root)
            return PackageLoader(resource) if is_ours else None

    system.register("package_of_news", PackagePlugin())


def _take(validated: Callable[[], Any], findings: Findings, path: str) -> bool:
    try:
        report = validated()
    except (OSError, EOFError, zlib.error, ValueError, TypeError) as error:
        # It lets go what it meets while it unpacks a file, and compares a time with an offset with one that has none.
        findings.error("frictionless", f"ends with {type(error).__name__}: {error}", path or _opened.get())
        return False
    told = {finding.path for finding in findings.errors}  # what we have said of a part is not said twice
    for one in report.errors:
        findings.error("frictionless", f"{one.type}: {one.note}", path)
    for task in report.tasks:
        for one in task.errors:
            # The note may quote a cell; the row itself, which the error carries too, never leaves here.
            row = getattr(one, "row_number", None)
            field = getattr(one, "field_name", "")
            words = f"{one.type}: {field + ': ' if field else ''}{one.note}"
            words += f" (row {row} of the table)" if row is not None else ""  # it counts rows, not lines
            part = path or str(task.place)
            if part in told:
                findings.broken.setdefault(part, part)
            findings.error("frictionless", words, part, because=(part,))
    return bool(report.valid)
