"""What a WARC file of a package says, from one reading of it: what is compared with tables and index, in numbers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from crawler.archive.index.cdxj import cdxj_line
from crawler.archive.warc.verify import Mismatch, Verification
from crawler.batch.outcome_json import pack_capture
from crawler.model import Capture
from crawler.package.checks.archive.unreadable import UNREADABLE
from crawler.package.checks.columns.columns import row_digest
from crawler.package.tables.row_builders import capture_row
from crawler.workspace import Workspace
from crawler.workspace.files import open_write

FACTS = (
    "file INTEGER, place BIGINT, row_digest VARCHAR, line BIGINT, id BIGINT, original BIGINT, repeats BIGINT, "
    "payload BIGINT"
)
"""Of each capture: the number of its file, its offset, the digest of its row, and the hashes of its line in the index
and of its id; of a response that others may repeat the hash of its payload's digest; of a revisit those of the id of
what it repeats, and of the digest that it states."""

_MOST = 1000  # mismatches of one file that are told one by one


@dataclass(slots=True)
class FileFacts:
    """What is told of a file beside its captures."""

    is_read: bool = True  # to its end
    whole: int = 0  # bytes at its beginning that are whole records
    wrong: list[Mismatch] = field(default_factory=list)
    more: int = 0  # further ones
    doubted: int = 0  # those that were written down when a record was taken in
    first: int = -1  # offset of the first of these

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def parse_facts(line: bytes) -> FileFacts:
    """What `as_json` wrote. Raises ValueError or TypeError for anything else."""
    value = json.loads(line)
    return FileFacts(**{**value, "wrong": [Mismatch(**its) for its in value["wrong"]]})


@dataclass(frozen=True, slots=True)
class Target:
    """Where the facts of the captures of one file go: a CSV without a header, with the `number` of the file."""

    path: Path
    number: int
    key: bytes  # a secret of this validation: nobody can make a line that has the hash of another

    @property
    def in_full(self) -> Path:
        """Where the captures stand in full, if they are settled."""
        return self.path.with_suffix(".captures")


def read_facts(workspace: Workspace, path: str, target: Target, *, settles: bool) -> FileFacts:
    """Reads the file at `path` of a package, and writes `FACTS` of its captures.

    Where captures of other tools are in the package (`settles`), all are written in full, too, since it depends on all
    what such a one repeats, and of which run it is; of these no facts are written yet."""
    facts = FileFacts()
    verification = Verification(workspace.resolve(path), path)
    with open_write(target.path) as lines, open_write(target.in_full) as full:
        try:
            for capture, digest in verification.captures(lambda wrong: _note(facts, wrong)):
                if settles:
                    full.write(json.dumps(pack_capture(capture)).encode() + b"\n")
                if capture.foreign is None:
                    write_fact(lines, target, capture, digest)
            facts.whole = verification.whole
        except UNREADABLE:
            facts.is_read = False
    return facts


def write_fact(lines: IO[bytes], target: Target, capture: Capture, digest: str | None) -> None:
    """Writes a line of `FACTS`. `digest` is that of the capture's payload, as `Verification` gives it."""
    key = target.key
    original = repeats = payload = ""
    if digest and capture.kind == "response" and capture.status == 200 and not capture.revisit_of:
        original = _hash(digest, key)
    elif digest and capture.revisit_of and not capture.foreign:
        repeats, payload = _hash(capture.revisit_of, key), _hash(digest, key)
    cells = (
        str(target.number),
        str(capture.locator.offset),
        row_digest(capture_row(capture)),
        _hash(cdxj_line(capture), key),
        _hash(capture.capture_id, key),
        original,
        repeats,
        payload,
    )
    lines.write(",".join(cells).encode() + b"\n")


def hash_of(line: bytes, key: bytes) -> int:
    """Eight bytes of a keyed BLAKE2b, as a signed number."""
    return int.from_bytes(hashlib.blake2b(line, digest_size=8, key=key).digest(), "big", signed=True)


def _hash(text: str, key: bytes) -> str:
    return str(hash_of(text.encode("utf-8", "surrogatepass"), key))


def _note(facts: FileFacts, wrong: Mismatch) -> None:
    if wrong.is_known:
        facts.doubted += 1
        facts.first = wrong.offset if facts.first < 0 else facts.first
    elif len(facts.wrong) < _MOST:
        facts.wrong.append(wrong)
    else:
        facts.more += 1
