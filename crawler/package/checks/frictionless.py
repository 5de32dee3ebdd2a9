"""Frictionless on parts, one by one, and on the whole. The only home of frictionless.

It is loaded when the first check runs: it takes a third of a second, which `--help` and `status` should not pay. Files
of a package are opened for it as we open them ourselves, through no link."""

from __future__ import annotations

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
from crawler.package.tables.partitions import part_of_file
from crawler.package.tables.tables import tables
from crawler.workspace import Workspace
from crawler.workspace.files import open_read

VERSION = version("frictionless")
_root: ContextVar[Path | None] = ContextVar("root", default=None)  # of the package that is being checked


def check_part(workspace: Workspace, path: str, findings: Findings) -> bool:
    """Whether Frictionless finds nothing wrong with one part by itself. Keys between tables are left to the checks of
    rows: Frictionless would read the other table again for each part."""
    from frictionless import Resource  # noqa: PLC0415

    schema = dict(tables()[part_of_file(path)[0]].schema)
    schema.pop("foreignKeys", None)
    for needless in ("title", "description", "name", "$schema"):
        schema.pop(needless, None)
    described = {"name": "part", "type": "table", "path": path, "format": "csv", "encoding": "utf-8", "schema": schema}
    resource = Resource.from_descriptor(described, basepath=str(workspace.root))
    with _opened_safely(workspace.root):
        return _take(lambda: resource.validate(limit_errors=findings.limit), findings, path)


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
    token = _root.set(root)
    try:
        yield
    finally:
        _root.reset(token)


@cache
def _teach() -> None:
    """Adds to Frictionless, once in a process, a loader for the files of a package that is being checked here."""
    from frictionless import Loader, Plugin, system  # noqa: PLC0415

    class PackageLoader(Loader):
        def read_byte_stream_create(self) -> Any:
            return open_read(Path(str(self.resource.normpath)))

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
        findings.error("frictionless", f"ends with {type(error).__name__}: {error}", path)
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
