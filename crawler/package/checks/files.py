"""Checks of the descriptor and of files as bytes. Nothing here follows a link, fetches, or unpacks to disk."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from crawler.errors import PackageInvalid, UnsafeFile
from crawler.package.checks.descriptor_form import form_of
from crawler.package.checks.findings import Findings
from crawler.package.descriptor.descriptor import MAX_DESCRIPTOR, NAME, SCHEMA_URL, File, files_of
from crawler.package.descriptor.descriptor_shape import FORMS, is_path
from crawler.package.descriptor.file_lists import is_list, read_list
from crawler.package.publication.quarantine import FILE as REFUSAL
from crawler.package.tables.partitions import hash_file, part_of_file
from crawler.package.tables.tables import tables
from crawler.workspace import Workspace
from crawler.workspace.path_walk import status_of
from crawler.workspace.safe_json import read_json

_TABLE_KEYS = frozenset(
    "name type title description path format mediatype encoding rows licenses schema".split(),
)
_MAX_DIGEST = 64 << 10  # bytes; a signature may stand there
_UNLISTED = frozenset({"datapackage.json", "datapackage-digest.json"})


def load(workspace: Workspace, findings: Findings, passed: str = "") -> dict[str, Any] | None:
    """The descriptor, if it is one that can be trusted to name only files of this package; else None, and errors.
    A form that has `passed` before (see `form_of`) is not held against the profile again."""
    path = workspace.descriptor
    try:
        value = read_json(path, limit=MAX_DESCRIPTOR)
    except (OSError, PackageInvalid) as error:
        findings.error("descriptor", f"cannot be read: {error}", "datapackage.json")
        return None
    if not isinstance(value, dict) or not isinstance(value.get("resources"), list):
        findings.error("descriptor", "is not the descriptor of a data package", "datapackage.json")
        return None
    before = len(findings.errors)
    if not passed or form_of(value) != passed:
        _check_profile(value, findings)
    _check_head(value, findings)
    for resource in value["resources"]:
        _check_resource(resource, findings)
    _check_names(value["resources"], findings)
    return value if len(findings.errors) == before else None


def _check_profile(value: Mapping[str, Any], findings: Findings) -> None:
    for error in _profile().iter_errors(value):
        where = "/".join(str(part) for part in error.absolute_path)
        findings.error("profile", f"{where}: {error.message[:200]} (Data Package 2.0)", "datapackage.json")


@cache
def _profile() -> Draft7Validator:
    text = package_files("crawler.package.checks").joinpath("profiles", "datapackage-2.0.json").read_text("utf-8")
    return Draft7Validator(json.loads(text))


def _check_head(value: Mapping[str, Any], findings: Findings) -> None:
    # Addresses that a reader would fetch, and values that decide how the rest is read, have one form each.
    wanted = {"$schema": SCHEMA_URL, "profile": "data-package", "wacz_version": "1.1.1", "name": NAME}
    for key, only in wanted.items():
        if value.get(key) != only:
            findings.error("descriptor", f"{key} is {value.get(key)!r}, not {only!r}", "datapackage.json")
    for key, form in FORMS.items():
        if not form.fullmatch(str(value.get(key))):
            findings.error("descriptor", f"{key} is {value.get(key)!r}", "datapackage.json")


def _check_resource(resource: Any, findings: Findings) -> None:
    if not isinstance(resource, dict):
        findings.error("descriptor", "a resource is not an object", "datapackage.json")
        return
    name = str(resource.get("name"))
    is_table = resource.get("type") == "table"
    paths = resource.get("path")
    for path in paths if is_table and isinstance(paths, list) else [paths]:
        if not is_path(path):
            findings.error("unsafe-path", f"resource {name}: {path!r} is no path of this package", "datapackage.json")
    if is_table:
        _check_table(resource, name, findings)
    elif resource.keys() & {"schema", "dialect", "encoding", "type", "data"} or _looks_like_a_table(resource):
        findings.error("descriptor", f"resource {name}: a file is described as something else", "datapackage.json")


def _looks_like_a_table(resource: Mapping[str, Any]) -> bool:
    warc = str(resource.get("path")).startswith("archive/")
    return bool(resource.get("format", "bin" if warc else None) != "bin")


def _check_table(resource: Mapping[str, Any], name: str, findings: Findings) -> None:
    if name not in tables():
        findings.error("descriptor", f"{name!r} is no table of this package", "datapackage.json")
        return
    strange = resource.keys() - _TABLE_KEYS
    if strange:
        findings.error("descriptor", f"table {name}: unknown {', '.join(sorted(strange))}", "datapackage.json")
    if resource.get("format") != "csv" or resource.get("encoding") != "utf-8":
        findings.error("descriptor", f"table {name}: format and encoding must be csv and utf-8", "datapackage.json")
    ours = {k: v for k, v in tables()[name].schema.items() if k not in ("title", "description", "name")}
    if resource.get("schema") != ours:
        findings.error(
            "schema", f"table {name}: its schema is not that of schema/{name}.schema.json", "datapackage.json"
        )
    paths = resource.get("path")
    for path in paths if isinstance(paths, list) else ():
        try:
            other = part_of_file(str(path))[0] != name
        except ValueError:
            other = True
        if other:
            findings.error("descriptor", f"table {name}: {path!r} is none of its parts", "datapackage.json")


def _check_names(resources: list[Any], findings: Findings) -> None:
    names = [str(r.get("name")) for r in resources if isinstance(r, dict)]
    for name in sorted({name for name in names if names.count(name) > 1}) if len(set(names)) != len(names) else ():
        findings.error("descriptor", f"two resources are named {name!r}", "datapackage.json")
    missing = tables().keys() - set(names)
    if missing:
        findings.error("descriptor", f"no table {', '.join(sorted(missing))}", "datapackage.json")


def check_files(
    workspace: Workspace,
    descriptor: Mapping[str, Any],
    findings: Findings,
    *,
    stamps: Mapping[str, str] | None = None,
    written: Collection[str] = (),
) -> dict[str, str]:
    """SHA-256 of each listed file that is as listed. With `stamps`, by path the size and time under which files were
    hashed before, only those are hashed whose stamp is another now, and those that were `written` since."""

    def is_as_before(path: str, sha256: str) -> bool:
        if stamps is None or path in written:
            return False
        return stamps.get(path) in (None, stamp(workspace.root / path, sha256))

    try:
        listed = files_of(descriptor)
    except PackageInvalid as error:
        findings.error("descriptor", str(error), "datapackage.json")
        return {}
    good = _as_listed(workspace, listed, findings, is_as_before)
    for path in [path for path in good if is_list(path)]:
        try:
            further = read_list(workspace, path)
        except PackageInvalid as error:
            findings.error("descriptor", str(error), path)
            continue
        for other in sorted(listed.keys() & further.keys()):
            findings.error("descriptor", f"{other} is listed twice", path)
        good |= _as_listed(workspace, further, findings, is_as_before)
        listed |= further
    _check_rest(workspace, descriptor, listed.keys(), findings)
    return good


def _as_listed(
    workspace: Workspace, listed: Mapping[str, File], findings: Findings, is_as_before: Callable[[str, str], bool]
) -> dict[str, str]:
    good: dict[str, str] = {}
    for path, file in listed.items():
        where = workspace.root / path
        try:
            its = status_of(where)
        except UnsafeFile:
            its = None
        if where.is_symlink() or where.parent.is_symlink():
            findings.cause("link", "is a link", path)
        elif its is None or not stat.S_ISREG(its.st_mode):
            findings.cause("missing", "is listed, but not there", path)
        elif its.st_size != file.bytes:
            findings.cause("bytes", f"has {its.st_size} bytes, not {file.bytes}", path)
        elif not is_as_before(path, file.sha256) and hash_file(where)[0] != file.sha256:
            findings.cause("hash", "its SHA-256 is not the listed one", path)
        else:
            good[path] = file.sha256
    return good


def _check_rest(workspace: Workspace, descriptor: Mapping[str, Any], listed: Any, findings: Findings) -> None:
    for table_parts in (r["path"] for r in descriptor["resources"] if r.get("type") == "table"):
        for path in table_parts:
            if path not in listed:
                findings.error("missing", "is a part of a table, but not listed as a file", path)
    waiting = []
    for path in _unlisted(workspace, listed):
        if path.startswith("archive/") and path.endswith(".warc.gz"):
            waiting.append(path)
        elif path == REFUSAL:
            findings.warning("refused", "a gate refused the last build; see `ministry-news status`", path)
        else:
            findings.error("unlisted", "is not listed in datapackage.json", path)
    if waiting:  # a crawl ended, and its build did not; or a gate refused its source, perhaps for weeks
        findings.warning("waiting", f"waits for the next build, with {len(waiting) - 1} other WARC files", waiting[0])
    _check_digest(workspace, findings)


def stamp(path: Path, sha256: str) -> str:
    """Under what size and time a file had this hash."""
    status = path.stat()
    return f"{sha256} {status.st_size} {status.st_mtime_ns}"


def _unlisted(workspace: Workspace, listed: Any) -> Iterator[str]:
    for top in sorted(workspace.root.iterdir()):
        # Hidden files are no part of a package, nor is another package that stands inside this folder.
        if top.name.startswith(".") or (top / "datapackage.json").exists():
            continue
        for path in (top, *sorted(top.rglob("*"))) if top.is_dir() and not top.is_symlink() else (top,):
            relative = workspace.relative(path)
            if path.is_symlink() or (not path.is_dir() and relative not in listed and relative not in _UNLISTED):
                yield relative


def _check_digest(workspace: Workspace, findings: Findings) -> None:
    name = workspace.digest.name
    try:
        value = read_json(workspace.digest, limit=_MAX_DIGEST)
        stated = value["hash"]
    except (OSError, PackageInvalid, KeyError, TypeError):
        findings.error("digest", "cannot be read", name)
        return
    if stated != f"sha256:{hash_file(workspace.descriptor)[0]}":
        findings.error("digest", "is not the hash of datapackage.json", name)
