"""A folder of Parquet that says itself what it is: to people, to catalogues, to the Hugging Face Hub, and to tools that
know Croissant or RO-Crate."""

from __future__ import annotations

from pathlib import Path

from crawler.package.exports import parquet
from crawler.package.exports.content import Content
from crawler.package.exports.metadata import dcat, ro_crate
from crawler.package.exports.metadata.about import about
from crawler.package.exports.metadata.croissant import croissant
from crawler.package.exports.metadata.data_file import DataFile
from crawler.package.exports.metadata.dataset_card import dataset_card
from crawler.package.tables.partitions import hash_file

CARD, CROISSANT, SUMS = "README.md", "croissant.json", "SHA256SUMS"
_WORDS = {
    CARD: "What the data set is, for people and for the Hugging Face Hub.",
    CROISSANT: "Every table and column, as Croissant 1.1.",
    dcat.NAME: "The data set for catalogues, as DCAT-AP 3.",
}


def write_dataset(content: Content, folder: Path) -> None:
    """Every table in Parquet, README.md (a dataset card), metadata as Croissant, DCAT-AP and RO-Crate, and SHA256SUMS.
    Raises as `write_tables`."""
    rows = parquet.write_tables(content, folder)
    its = about(content.head)
    tables = _files(folder)
    (folder / CARD).write_bytes(dataset_card(its, content.tables, rows))
    (folder / CROISSANT).write_bytes(croissant(its, content.tables))
    (folder / dcat.NAME).write_bytes(dcat.dcat(its, tables))
    files = tables + _files(folder, "*")
    (folder / ro_crate.NAME).write_bytes(ro_crate.ro_crate(its, files, _WORDS))
    (folder / SUMS).write_text(check_sums([*files, *_files(folder, ro_crate.NAME)]), encoding="utf-8")


def check_sums(files: list[DataFile]) -> str:
    """A line for each file, as `sha256sum` writes and checks it. The paths are our own, without line ends."""
    return "".join(f"{its.sha256}  {its.path}\n" for its in sorted(files, key=lambda its: its.path))


def _files(folder: Path, pattern: str = "**/*.parquet") -> list[DataFile]:
    found = []
    for path in sorted(path for path in folder.glob(pattern) if path.is_file()):
        sha256, size = hash_file(path)
        found.append(DataFile(path.relative_to(folder).as_posix(), size, sha256))
    return found
