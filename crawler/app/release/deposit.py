"""A release as a draft at Zenodo: metadata, and every file with its checksum compared. It is never published here: a
person looks at the draft first."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from crawler.app.release.files import Listed
from crawler.app.release.make import ZENODO, Made
from crawler.app.release.zenodo_api import Api, Refused, UploadIncomplete
from crawler.errors import PackageInvalid, UsageError
from crawler.workspace.safe_json import read_json

MAX_FILES = 100  # of a record (https://help.zenodo.org/docs/deposit/manage-files/)
MAX_BYTES = 50_000_000_000
_TRIES = 3  # of a file whose checksum is not ours
_STATE = 1 << 20
_NEXT = re.compile(r"/api/deposit/depositions/(\d{1,18})$")

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that has every file of a release."""

    id: int
    page: str  # where a person looks at it, and publishes it
    doi: str  # that it will have; empty where none was told
    sent: int  # files that were sent now
    kept: int  # files that were there already


def deposit(made: Made, api: Api, *, version_of: int | None = None, tell: Tell, progress: Callable[..., None]) -> Draft:
    """Makes or completes the draft of a release, and says what is there. Which draft it is stands in a file beside the
    release, so that a second call goes on where the first was cut. `version_of` is the number of a published deposition
    of which the release is the next version: what its draft inherits and the release has not is taken out of the draft.

    Raises UsageError for what is too large and for a deposition that is published, EnvironmentFault where the token is
    refused, UploadIncomplete."""
    check_limits(made)
    try:
        return _Deposition(made, api, version_of, tell, progress).fill()
    except Refused as error:
        raise UploadIncomplete(str(error)) from error


def check_limits(made: Made) -> None:
    """Raises UsageError where a release is larger than a record of Zenodo can be."""
    size = sum(its.bytes for its in made.files)
    if len(made.files) > MAX_FILES or size > MAX_BYTES:
        raise UsageError(
            f"{made.release.folder}: {len(made.files)} files with {size:,} bytes; a record of Zenodo has at most "
            f"{MAX_FILES} files with {MAX_BYTES:,} bytes. Ask Zenodo for more, or put package.wacz elsewhere"
        )


def state_file(made: Made) -> Path:
    """Where it stands which draft is of a release: beside the release, which is frozen."""
    folder = made.release.folder
    return folder.with_name(f"{folder.name}.zenodo.json")


class _Deposition:
    def __init__(self, made: Made, api: Api, version_of: int | None, tell: Tell, progress: Callable[..., None]) -> None:
        self.made, self.api, self.version_of, self.tell, self.progress = made, api, version_of, tell, progress
        self.digests: dict[str, str] = {}  # of files that were read: they may be large

    def fill(self) -> Draft:
        """Everything that is missing is sent, and all is compared at the end."""
        draft = self._known() or self._begun()
        number, bucket = _number(draft), _bucket(draft)
        address = f"/api/deposit/depositions/{number}"
        metadata = json.loads((self.made.release.folder / ZENODO).read_bytes())
        self.api.ask("PUT", address, value={"metadata": metadata})
        if self.version_of is not None:
            self._remove_inherited(draft, address)
        there, sent = _files(draft), 0
        for done, its in enumerate(self.made.files):
            self.progress("zenodo", done, len(self.made.files), its.name)
            path = self.made.release.folder / its.name
            if there.get(its.name) != (its.bytes, self._md5(its)):
                self._send(bucket, path, its)
                sent += 1
        self.progress("zenodo", len(self.made.files), len(self.made.files), "")
        draft = self.api.ask("GET", address)
        self._compare(draft)
        links = draft.get("links", {}) if isinstance(draft, dict) else {}
        page = str(links.get("html", "")) or f"{self.api.base}/deposit/{number}"
        return Draft(number, page, _doi(draft), sent, len(self.made.files) - sent)

    def _known(self) -> Mapping[str, Any] | None:
        """The draft of an earlier call, as it is now; None where there is none, or it was removed."""
        known = self._remembered().get(self.api.base)
        if known is None:
            return None
        try:
            number, version_of = int(known["draft"]), known["version_of"]
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError(f"{state_file(self.made)}: names no draft of {self.api.base}") from error
        if version_of != self.version_of:
            before = f"of {version_of}" if version_of else "of nothing"
            raise UsageError(
                f"{self.made.release.folder}: its draft {number} is there, and was made as the next version {before}"
            )
        try:
            draft = self.api.ask("GET", f"/api/deposit/depositions/{number}")
        except Refused as error:
            if error.status not in (404, 410):
                raise
            self.tell(f"draft {number} is gone from {self.api.base}: a new one is made")
            return None
        if not isinstance(draft, dict):
            raise UploadIncomplete(f"{self.api.base}: says nothing of deposition {number}")
        if draft.get("submitted") is True:
            raise UsageError(f"{self.made.release.folder}: deposition {number} is published; nothing is changed in it")
        return draft

    def _begun(self) -> Mapping[str, Any]:
        base = "/api/deposit/depositions"
        if self.version_of is None:
            draft = self.api.ask("POST", base, value={}, is_repeatable=False)
        else:
            answer = self.api.ask("POST", f"{base}/{self.version_of}/actions/newversion", is_repeatable=False)
            links = answer.get("links") if isinstance(answer, dict) else None
            told = _NEXT.search(str(links.get("latest_draft", ""))) if isinstance(links, dict) else None
            if told is None:
                raise UploadIncomplete(f"{self.api.base}: says nothing of a next version of {self.version_of}")
            draft = self.api.ask("GET", f"{base}/{told[1]}")
        self._remember(_number(draft))
        return draft if isinstance(draft, dict) else {}

    def _remove_inherited(self, draft: Mapping[str, Any], address: str) -> None:
        """Takes the files of the version before out of the draft that are none of this one's."""
        mine = {its.name for its in self.made.files}
        for its in filter(_is_map, draft.get("files") or ()):
            if its.get("filename") not in mine:
                self.api.ask("DELETE", f"{address}/files/{quote(str(its.get('id')), safe='')}")

    def _remembered(self) -> dict[str, Any]:
        """By address of a Zenodo: the draft there, and of what it is the next version. Raises UsageError."""
        path = state_file(self.made)
        try:
            value = read_json(path, limit=_STATE)
        except FileNotFoundError:
            return {}
        except (OSError, PackageInvalid) as error:
            raise UsageError(
                f"{error}; it names the draft of the release: mend it, or remove it for a new one"
            ) from error
        if not isinstance(value, dict):
            raise UsageError(f"{path}: is none of this program")
        return value

    def _remember(self, number: int) -> None:
        path = state_file(self.made)
        known = {**self._remembered(), self.api.base: {"draft": number, "version_of": self.version_of}}
        new = path.with_name(f"{path.name}.new")
        new.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
        new.replace(path)

    def _send(self, bucket: str, path: Path, its: Listed) -> None:
        """Sends a file until its checksum is ours. Raises UploadIncomplete."""
        for _ in range(_TRIES):
            answer = self.api.ask("PUT", f"{bucket}/{quote(its.name)}", file=path)
            found = answer if isinstance(answer, dict) else {}
            if (found.get("size", its.bytes), _hex(found.get("checksum"))) == (its.bytes, self._md5(its)):
                return
            self.tell(f"{its.name}: came to {self.api.base} with other bytes, and is sent again")
        raise UploadIncomplete(f"{its.name}: came to {self.api.base} with other bytes, {_TRIES} times")

    def _compare(self, draft: Any) -> None:
        there = _files(draft)
        wrong = [its.name for its in self.made.files if there.get(its.name) != (its.bytes, self._md5(its))]
        if wrong:
            raise UploadIncomplete(f"{self.api.base}: the draft has not, or with other bytes: {', '.join(wrong)}")
        if strange := sorted(there.keys() - {its.name for its in self.made.files}):
            self.tell(f"the draft has files that are not of the release: {', '.join(strange[:5])}")

    def _md5(self, its: Listed) -> str:
        """What Zenodo compares by; SHA256SUMS has digests that prove something."""
        if its.name not in self.digests:
            with (self.made.release.folder / its.name).open("rb") as file:
                self.digests[its.name] = hashlib.file_digest(
                    file, lambda: hashlib.md5(usedforsecurity=False)
                ).hexdigest()
        return self.digests[its.name]


def _number(draft: Any) -> int:
    number = draft.get("id") if isinstance(draft, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        raise UploadIncomplete("Zenodo answered without the id of a deposition")
    return number


def _bucket(draft: Mapping[str, Any]) -> str:
    """Where files are sent to: checked to be of the same host when something is."""
    links = draft.get("links")
    bucket = links.get("bucket") if isinstance(links, dict) else None
    if not isinstance(bucket, str) or not urlsplit(bucket).path.startswith("/api/files/"):
        raise UploadIncomplete("Zenodo answered without the address of a bucket for files")
    return bucket.rstrip("/")


def _files(draft: Any) -> dict[str, tuple[Any, str]]:
    """Size and MD5 of the files of a draft, by name."""
    found = draft.get("files") if isinstance(draft, dict) else None
    items: Sequence[Any] = found if isinstance(found, list) else ()
    return {str(its.get("filename")): (its.get("filesize"), _hex(its.get("checksum"))) for its in items if _is_map(its)}


def _is_map(value: object) -> bool:
    return isinstance(value, dict)


def _doi(draft: Any) -> str:
    metadata = draft.get("metadata") if isinstance(draft, dict) else None
    told = metadata.get("prereserve_doi") if isinstance(metadata, dict) else None
    return str(told.get("doi", "")) if isinstance(told, dict) else ""


def _hex(checksum: object) -> str:
    """The digest of "md5:0cc1..." or "0cc1..."."""
    return str(checksum or "").removeprefix("md5:").lower()
