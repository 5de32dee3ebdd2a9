"""A release: one version of a package in a folder of its own, checked, with what is needed to cite and to verify it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.app.release.files import (
    CHECKSUMS,
    STATE,
    Listed,
    Release,
    check_release,
    checksum_bytes,
    listed,
    read_release,
    release_before,
    state_bytes,
)
from crawler.app.release.notes import Changes, changes_since, notes
from crawler.app.release.readme import readme, what
from crawler.app.settings_file import settings_of
from crawler.errors import EnvironmentFault, NotFound, PackageInvalid, SettingsError, UsageError
from crawler.package.checks.validate import validate
from crawler.package.descriptor.descriptor_shape import DOCUMENTS
from crawler.package.descriptor.settings import Settings, load_kept
from crawler.package.exports import parquet
from crawler.package.exports.content import current
from crawler.package.exports.dataset_folder import CROISSANT
from crawler.package.exports.export import export
from crawler.package.exports.metadata import ro_crate
from crawler.package.exports.metadata.about import About, about
from crawler.package.exports.metadata.croissant import croissant
from crawler.package.exports.metadata.data_file import DataFile
from crawler.package.exports.metadata.datacite import datacite
from crawler.package.exports.metadata.zenodo import zenodo
from crawler.package.publication.consistent_read import steadily
from crawler.seeds.catalogue import SETTINGS
from crawler.workspace import Workspace
from crawler.workspace.drafts import draft_folder
from crawler.workspace.files import read_bytes

README, LICENCE, CITATION = DOCUMENTS[:3]
NOTES, WACZ, DATACITE, ZENODO = "NOTES.md", "package.wacz", "datacite.json", "zenodo.json"
_WARNINGS = 20  # told in the notes

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A release that was written, or was there already."""

    release: Release
    files: tuple[Listed, ...]  # with release.json and SHA256SUMS
    changes: Changes | None = None  # since the one before; None where it was there already

    def as_dict(self) -> dict[str, Any]:
        """What is told of it as values that JSON knows."""
        its = self.release
        return {
            "folder": str(its.folder),
            "version": its.version,
            "since": its.since,
            "files": len(self.files),
            "bytes": sum(one.bytes for one in self.files),
            "changes": {source: dict(counts) for source, counts in sorted(self.changes.counts.items())}
            if self.changes
            else None,
        }


def make_release(package: Path, folder: Path, *, since: Path | None, progress: Callable[..., None]) -> Made:
    """Writes the version of a package as `folder`/<package>-<version>, whole or not at all. The same version and the
    same release before (`since`, or the newest of the package in `folder`) give the same bytes.

    Raises PackageInvalid where `validate --full` finds the package not valid, SettingsError where nobody is said to
    have made it, UsageError where the release is there already, NotFound, EnvironmentFault."""
    workspace = Workspace(package)
    if not workspace.descriptor.exists():
        raise NotFound(f"{package}: no datapackage.json here")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with draft_folder(folder) as draft:

            def attempt() -> Made:
                shutil.rmtree(draft)
                draft.mkdir()
                return _written(workspace, folder, draft, since, progress)

            made = steadily(workspace, attempt)
            _sync(draft)
            draft.replace(made.release.folder)
            return made
    except OSError as error:
        raise EnvironmentFault(f"{error.filename or folder}: {error.strerror or error}") from error


def made_before(folder: Path) -> Made:
    """A release that was written earlier, held against its checksums. Raises PackageInvalid."""
    release = read_release(folder)
    return Made(release, check_release(release))


def folder_of(package: Path, folder: Path) -> Path:
    """Where the release of the version that stands now is written. Raises NotFound where there is no package."""
    head = current(Workspace(package)).head
    return folder / f"{package.resolve().name}-{head['version']}"


def _written(
    workspace: Workspace, folder: Path, draft: Path, since: Path | None, progress: Callable[..., None]
) -> Made:
    content, name = current(workspace), workspace.root.resolve().name
    version = str(content.head["version"])
    target = folder / f"{name}-{version}"
    if target.exists():
        raise UsageError(f"{target}: this version is released already, and a release is frozen")
    settings = _settings(workspace)
    before = _before(folder, name, version, since)
    checks = _checked(workspace, progress)
    changes = changes_since(workspace, before)
    its = about(content.head)
    for path in (LICENCE, CITATION):
        (draft / path).write_bytes(read_bytes(workspace.root / path))
    progress("release", 0, None, "Parquet")
    parquet.write_flat(content, draft)
    progress("release", 0, None, "WACZ")
    export(workspace, "wacz", draft / WACZ)
    (draft / NOTES).write_text(notes(its.title, version, before, changes, workspace, checks), "utf-8")
    files = _Files(draft)
    _describe(draft, its, settings, sum(one.bytes for one in files.all() if one.name.endswith((".parquet", ".wacz"))))
    (draft / CROISSANT).write_bytes(croissant(its, content.tables, is_flat=True))
    (draft / README).write_text(readme(its, settings, files.all()), "utf-8")
    crate = [DataFile(one.name, one.bytes, one.sha256) for one in files.all()]
    words = {one.path: what(one.path) for one in crate}
    (draft / ro_crate.NAME).write_bytes(ro_crate.ro_crate(its, crate, words))
    release = Release(target, name, version, before.version if before else "", files.all())
    (draft / STATE).write_bytes(state_bytes(release))
    (draft / CHECKSUMS).write_bytes(checksum_bytes(files.all()))
    return Made(release, files.all(), changes)


class _Files:
    """The files of a draft. Each is written once, and hashed once: it may have gigabytes."""

    def __init__(self, draft: Path) -> None:
        self._draft = draft
        self._known: dict[str, Listed] = {}

    def all(self) -> tuple[Listed, ...]:
        """Those that are there now, by name."""
        for path in self._draft.iterdir():
            if path.name not in self._known:
                self._known[path.name] = listed(path)
        return tuple(its for _, its in sorted(self._known.items()))


def _settings(workspace: Workspace) -> Settings:
    kept = load_kept(workspace)
    if kept is None or not kept.settings.creators:
        raise SettingsError(
            "a release is cited by who made it: write [[creators]] into ministry-news.toml (`ministry-news init`), and "
            "`ministry-news build`",
            key="creators",
        )
    beside = settings_of(workspace.root)
    if beside is not None and beside != kept.settings:
        raise SettingsError(
            f"{SETTINGS} beside the package says other things than the version that stands: `ministry-news build` first"
        )
    return kept.settings


def _before(folder: Path, name: str, version: str, since: Path | None) -> Release | None:
    if since is None:
        return release_before(folder, name, version)
    before = read_release(since)
    if before.key >= tuple(int(part) for part in version.split(".")):
        raise UsageError(f"{since}: is version {before.version}, and no earlier one than {version}")
    return before


def _checked(workspace: Workspace, progress: Callable[..., None]) -> Sequence[str]:
    """What the notes say of the checks. Raises PackageInvalid unless the package is valid."""
    progress("validate", 0, None)
    report = validate(workspace, full=True, progress=progress)
    if not report.valid:
        first = "; ".join(finding.line() for finding in (*report.errors, *report.unproved)[:3])
        raise PackageInvalid(f"{workspace.root}: is {report.verdict}, and is not released: {first}")
    expected = "" if report.is_as_expected else ", not as expected of its sources"
    warnings = [finding.line() for finding in report.warnings[:_WARNINGS]]
    more = sum(report.counts.values()) - len(warnings)
    told = [f"`validate --full`: valid{expected}", *(f"warning: {line}" for line in warnings)]
    return [*told, *([f"and {more} more warnings"] if more > 0 else [])]


def _describe(draft: Path, its: About, settings: Settings, size: int) -> None:
    _json(draft / ZENODO, zenodo(its, settings))
    _json(draft / DATACITE, datacite(its, settings, size))


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _sync(draft: Path) -> None:
    for path in (*draft.iterdir(), draft):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
