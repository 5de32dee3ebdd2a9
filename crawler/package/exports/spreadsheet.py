"""Tables as CSV for spreadsheets."""

from __future__ import annotations

import csv
from pathlib import Path

from crawler.package.exports.content import Content

_CELL = 32_767  # characters that a cell of a spreadsheet can hold
# OWASP's list for CSV injection; the wide forms run in East Asian editions, the bar in LibreOffice's DDE.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_articles(content: Content, output: Path) -> None:
    """Articles as CSV for spreadsheets: a BOM, so that Excel takes it for UTF-8; no cell that could run as a formula;
    long texts cut at what a cell holds."""
    its = next(one for one in content.tables if one.name == "articles")
    names = [name for name in its.columns if not name.startswith(("warc_", "language_conf"))]
    with output.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(names)
        for row in content.read(its):
            writer.writerow([harmless(row[name]) for name in names])


def harmless(cell: str) -> str:
    """`cell` as a spreadsheet shows it and never runs it: with an apostrophe before what begins a formula."""
    guarded = f"'{cell}" if cell.lstrip(" \n").startswith(_FORMULA) or cell.startswith(_FORMULA) else cell
    return guarded if len(guarded) <= _CELL else guarded[: _CELL - 1] + "…"
