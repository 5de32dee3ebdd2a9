"""`export`: where a copy of a package goes."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO

from crawler.errors import EnvironmentFault, NotFound
from crawler.package.exports.export import WHOLE, check_output, check_stream
from crawler.package.exports.export import export as write
from crawler.package.tables import cell_format
from crawler.workspace import Workspace


def export(form: str, package: Path, output: Path, *, is_folder: bool = False, at: datetime | None = None) -> int:
    """Writes the package in another form, and makes the folders on the way; the bytes of what stands there then. Where
    `output` `is_folder`, it is made too. `at` is the moment whose tables are meant. Raises UsageError for a folder
    where the form is one file, or the other way about, and what `exports.export` does."""
    workspace = _existing(package)
    check_output(form, output, is_folder=is_folder)
    try:
        (output if is_folder else output.parent).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentFault(f"{output}: {error.strerror}") from error
    _write(workspace, form, output, at)
    return sum(path.stat().st_size for path in output.rglob("*")) if output.is_dir() else output.stat().st_size


def export_stream(form: str, package: Path, output: IO[bytes], *, at: datetime | None = None) -> int:
    """Writes a form that is one file to `output`, when it is whole; how many bytes. Raises UsageError for a form that
    is a folder."""
    check_stream(form)
    workspace = _existing(package)
    with tempfile.TemporaryDirectory(prefix="ministry-news-") as folder:
        path = Path(folder) / "export"
        _write(workspace, form, path, at)
        with path.open("rb") as file:
            shutil.copyfileobj(file, output, 1 << 20)
        output.flush()
        return path.stat().st_size


def _write(workspace: Workspace, form: str, output: Path, at: datetime | None) -> None:
    moment = cell_format.utc(at) if at else ""
    if at is None or form not in WHOLE:
        write(workspace, form, output, at=moment)
        return
    from crawler.app.past_package import past_package  # noqa: PLC0415 - what builds is loaded by who builds

    with past_package(workspace.root, moment) as past:
        write(past, form, output)


def _existing(package: Path) -> Workspace:
    workspace = Workspace(package)
    if not workspace.descriptor.exists():
        raise NotFound(f"{package}: no datapackage.json here")
    return workspace
