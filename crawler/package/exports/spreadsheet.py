"""Tables as CSV for spreadsheets: a BOM, so that Excel takes it for UTF-8; no cell that could run as a formula; long
texts cut at what a cell holds. Programs read the CSV of the package itself, which has every cell as it is."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from crawler.package.exports.content import Content
from crawler.package.tables.tables import Table

_CELL = 32_767  # characters that a cell of a spreadsheet can hold
# OWASP's list for CSV injection; the wide forms run in East Asian editions, the bar in LibreOffice's DDE.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip can tell: the same package gives the same bytes


def write_articles(content: Content, output: Path) -> None:
    """Articles as one file, without the columns that lead into WARC files."""
    its = next(one for one in content.tables if one.name == "articles")
    with output.open("wb") as file:
        _write(content, its, [c for c in its.columns if not c.startswith(("warc_", "language_conf"))], file)


def write_archive(content: Content, output: Path) -> None:
    """All tables, each as a file of a zip."""
    with output.open("wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for its in content.tables:
            entry = zipfile.ZipInfo(f"{its.name}.csv", _MOMENT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as member:
                _write(content, its, its.columns, member)


def write_tables(content: Content, folder: Path) -> None:
    """All tables, each as a file of `folder`."""
    for its in content.tables:
        with (folder / f"{its.name}.csv").open("wb") as file:
            _write(content, its, its.columns, file)


def _write(content: Content, its: Table, names: Iterable[str], binary: IO[bytes]) -> None:
    names = list(names)
    text = io.TextIOWrapper(binary, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for row in content.read(its):
        writer.writerow([harmless(row[name]) for name in names])
    text.detach()  # flushed; who opened the file closes it


def harmless(cell: str) -> str:
    """`cell` as a spreadsheet shows it and never runs it: with an apostrophe before what begins a formula."""
    guarded = f"'{cell}" if cell.lstrip(" \n").startswith(_FORMULA) or cell.startswith(_FORMULA) else cell
    return guarded if len(guarded) <= _CELL else guarded[: _CELL - 1] + "…"
