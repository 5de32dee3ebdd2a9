"""What a build finds before it begins: the WARC files of the published version as they stand on disk, its tables, and
how its pages were read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from crawler.batch.extraction_fingerprint import extraction_version, seed_fingerprint
from crawler.errors import PackageInvalid
from crawler.model import Seed
from crawler.package.descriptor.descriptor import File
from crawler.package.descriptor.published import Published
from crawler.package.publication.joined_copies import news_among
from crawler.package.tables.tables import tables
from crawler.workspace import Workspace
from crawler.workspace.files import is_file, matching, size_of, sizes_in


def check_listed(workspace: Workspace, listed: Mapping[str, File]) -> None:
    """Raises PackageInvalid where a published WARC file is gone, or of another size."""
    # One look at the folder: of ten years of hourly runs, each file by itself would cost more than the rest of a build.
    sizes = {f"archive/{name}": size for name, size in sizes_in(workspace.archive).items()}
    for path, file in listed.items():
        if sizes.get(path) == file.bytes:
            continue
        where = workspace.resolve(path)
        if not is_file(where):
            raise PackageInvalid(f"{path}: listed in datapackage.json, but not there; put it back before building")
        raise PackageInvalid(f"{path}: {size_of(where)} bytes, not the published {file.bytes}")


def files_on_disk(workspace: Workspace, listed: Mapping[str, File]) -> tuple[list[Path], list[Path]]:
    """The WARC files of archive/, by name: those that are `listed`, and those that wait, without copies of others."""
    paths = matching(workspace.archive, "*.warc.gz")
    known: list[Path] = []
    fresh: list[Path] = []
    for path in paths:
        (known if f"archive/{path.name}" in listed else fresh).append(path)
    return known, news_among(fresh, known)


def outdated_tables(before: Published | None) -> frozenset[str]:
    """The published tables whose columns are not those of this program."""
    if before is None:
        return frozenset()
    described = {r["name"]: r.get("schema") for r in before.descriptor["resources"] if r.get("type") == "table"}
    columns = {
        name: tuple(field.get("name") for field in schema.get("fields", ())) if isinstance(schema, dict) else ()
        for name, schema in described.items()
    }
    return frozenset(name for name, its in tables().items() if columns.get(name) != its.columns)


def reading_by(seed: Seed) -> tuple[str, str]:
    """The code that reads a source's pages now, and what its seed says of reading."""
    return extraction_version(), seed_fingerprint(seed)


def read_before(before: Published | None, source: str) -> tuple[str, str] | None:
    """As `reading_by`, for the published version; None where it says nothing of a source."""
    reading = before.descriptor.get("extraction") if before else None
    if not isinstance(reading, dict) or source not in reading.get("sources", {}):
        return None
    return str(reading.get("version")), str(reading["sources"][source])
