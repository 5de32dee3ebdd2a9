"""A folder of Parquet that says itself what it is: to people, to the Hugging Face Hub, to tools that know Croissant."""

from __future__ import annotations

from pathlib import Path

from crawler.package.exports import parquet
from crawler.package.exports.content import Content
from crawler.package.exports.metadata.about import about
from crawler.package.exports.metadata.croissant import croissant
from crawler.package.exports.metadata.dataset_card import dataset_card
from crawler.package.tables.partitions import hash_file

CARD, CROISSANT, SUMS = "README.md", "croissant.json", "SHA256SUMS"


def write_dataset(content: Content, folder: Path) -> None:
    """Every table in Parquet, README.md (a dataset card), croissant.json and SHA256SUMS. Raises as `write_tables`."""
    rows = parquet.write_tables(content, folder)
    its = about(content.head)
    (folder / CARD).write_bytes(dataset_card(its, content.tables, rows))
    (folder / CROISSANT).write_bytes(croissant(its, content.tables))
    (folder / SUMS).write_text(check_sums(folder), encoding="ascii")


def check_sums(folder: Path) -> str:
    """A line for each file, as `sha256sum` writes and checks it. The paths are our own: ASCII, without line ends."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(f"{hash_file(path)[0]}  {path.relative_to(folder).as_posix()}\n" for path in files)
