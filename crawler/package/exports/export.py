"""The package in other forms: derived copies, never the truth."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from crawler.archive.containers.wacz import export_wacz
from crawler.errors import EnvironmentFault, NotFound, UsageError
from crawler.package.descriptor.descriptor import file_resource, files_of, read_descriptor
from crawler.package.descriptor.file_lists import listed_files
from crawler.package.exports import dataset_folder, parquet, spreadsheet, sqlite
from crawler.package.exports.content import Content, current
from crawler.package.exports.explorer import copy_explorer
from crawler.package.exports.folder import refuse_strange, write_folder
from crawler.package.exports.past import as_of
from crawler.package.publication.consistent_read import steadily
from crawler.workspace import Workspace
from crawler.workspace.drafts import draft_folder

_Write = Callable[[Content, Path], None]
_FILES: dict[str, _Write] = {
    "parquet": parquet.write_articles,
    "sqlite": sqlite.write_database,
    "csv": spreadsheet.write_articles,
}
"""Forms that are one file."""
_FOLDERS: dict[str, _Write] = {
    "parquet": dataset_folder.write_dataset,
    "sqlite": sqlite.write_folder,
    "csv": spreadsheet.write_tables,
}
"""What the same forms are where the output is a folder."""
_IN_PARQUET = ("croissant", "ro-crate", "dcat", "dcat-ap", "huggingface")
"""What people look for under a name of its own."""


WHOLE = ("wacz", "explorer")
"""Forms that are files of the package itself."""


def check_stream(form: str) -> None:
    """Raises UsageError for a form that is no single file, which cannot go to standard output."""
    if form not in (*_FILES, "wacz"):
        raise UsageError(f"{form}: is a folder of files, and not for standard output; name a folder with --output DIR/")


def check_output(form: str, output: Path, *, is_folder: bool) -> None:
    """Raises UsageError where a form that is one file was to be a folder, or one that is a folder a file; `is_folder`
    tells that a folder is meant, though none stands there."""
    if form == "wacz" and (is_folder or output.is_dir()):
        raise UsageError(f"wacz: is one file; name it, such as {output / 'news.wacz'}")
    if form == "explorer" and output.is_file():
        raise UsageError(f"explorer: is a folder of files, and {output} is a file; name a folder with --output DIR/")


def export(workspace: Workspace, form: str, output: Path, *, at: str = "") -> None:
    """Writes the package to `output` as wacz, parquet, sqlite, csv or explorer; an older file is replaced at the end.

    parquet and csv write the table articles to a file, or every table into `output` when that is a folder, where older
    files are replaced and nothing else is touched; csv all tables to a file whose name ends in ".zip". sqlite writes
    all tables to a file, or with metadata for Datasette into a folder.
    explorer copies the package's page and its data into the folder `output`. `at`, a cell of `cell_format.utc`, names
    the moment whose tables are meant; wacz and explorer are files of a package, which has to be one of then.
    Raises UsageError for an unknown form or a missing extra, NotFound without a package, EnvironmentFault.
    """
    if form not in (*_FILES, *WHOLE):
        more = f"; {form} is in the folder of parquet: parquet --output DIR/" if form in _IN_PARQUET else ""
        raise UsageError(f"unknown format {form!r}; there are wacz, explorer, {', '.join(_FILES)}{more}")
    if read_descriptor(workspace) is None:
        raise NotFound(f"{workspace.root}: no package here; run `crawl` or `demo` first")
    if at and form in WHOLE:
        raise UsageError(f"{form}: has the files of a package; of another moment they are those of a package of then")
    content = partial(as_of, workspace, at) if at else partial(current, workspace)
    try:
        if form == "wacz":
            steadily(workspace, lambda: export_wacz(workspace, output, further=_apart(workspace)))
        elif form == "explorer":
            steadily(workspace, lambda: copy_explorer(workspace, output))
        elif form in _FOLDERS and output.is_dir():
            if form == "parquet":  # the only one whose tables are folders
                refuse_strange(output)
            steadily(workspace, lambda: write_folder(lambda to: _FOLDERS[form](content(), to), output))
        else:
            is_zip = form == "csv" and output.suffix.lower() == ".zip"
            _replace(workspace, content, spreadsheet.write_archive if is_zip else _FILES[form], output)
    except OSError as error:
        raise EnvironmentFault(f"{output}: {error.strerror or error}") from error


def _replace(workspace: Workspace, content: Callable[[], Content], write: _Write, output: Path) -> None:
    """Writes one file beside `output`, which it then replaces."""
    with draft_folder(output.parent) as folder:
        draft = folder / output.name

        def attempt() -> None:
            draft.unlink(missing_ok=True)
            write(content(), draft)

        steadily(workspace, attempt)
        draft.replace(output)


def _apart(workspace: Workspace) -> list[dict[str, Any]]:
    """Resources of the WARC files that stand in lists of their own."""
    descriptor = read_descriptor(workspace) or {"resources": []}
    own = files_of(descriptor)
    return [file_resource(f) for path, f in sorted(listed_files(workspace, descriptor).items()) if path not in own]
