"""The record of what gates refused: `refused.json` beside datapackage.json.

It is no part of a published version (it does not follow from the archive), and travels with the folder, so that a fresh
machine sees it. The next version without a refusal takes it away."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.errors import PackageInvalid
from crawler.package.tables import cell_format
from crawler.workspace import Workspace
from crawler.workspace.files import move, sync_folder, write_synced
from crawler.workspace.safe_json import read_json

FILE = "refused.json"
_MAX_BYTES = 4 << 20
_GATE = re.compile(r"[a-z][a-z-]{0,40}")  # same-text
_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,100}|")  # uz.eco; empty: the package


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate says of a source, or of the package where `source` is empty."""

    gate: str
    source: str
    words: str
    refuses: bool
    since: str = ""  # in a record: the end of the last run that this gate refused first

    def __str__(self) -> str:
        return f"{self.source}: {self.words} [{self.gate}]" if self.source else f"{self.words} [{self.gate}]"

    @property
    def name(self) -> str:
        """What `--accept` calls it."""
        return f"{self.gate}:{self.source}" if self.source else self.gate


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused in one build."""

    captured_until: str  # the end of the last run that was held back
    verdicts: tuple[Verdict, ...]
    version: str = ""  # that is published, without what was refused; empty: there is none


def record_refusal(workspace: Workspace, refusal: Refusal) -> None:
    """Writes the record, in one step. Raises OSError."""
    draft = workspace.work / f"{FILE}.new"
    write_synced(draft, dump_refusal(workspace, refusal))
    move(draft, workspace.root / FILE)
    sync_folder(workspace.root)


def dump_refusal(workspace: Workspace, refusal: Refusal) -> bytes:
    """The bytes of the record; a copy stays in `.work/reports`, since the one beside the package is of the last build
    only. A gate that refused a source before keeps the time at which it began to. Raises OSError."""
    before = last_refusal(workspace)
    since = {verdict.name: verdict.since for verdict in before.verdicts} if before else {}
    said = [
        {
            "gate": verdict.gate,
            "source": verdict.source,
            "words": cell_format.line(verdict.words),
            "since": since.get(verdict.name) or refusal.captured_until,
            "accept": advice([verdict]),
        }
        for verdict in refusal.verdicts
    ]
    value = {"captured_until": refusal.captured_until, "version": refusal.version, "refused": said}
    content = json.dumps(value, ensure_ascii=False, indent=1).encode()
    name = "refused-" + refusal.captured_until[:19].replace(":", "").replace("-", "") + "Z.json"
    write_synced(workspace.reports / name, content)
    return content


def advice(verdicts: Sequence[Verdict]) -> str:
    """The command that publishes all the same."""
    names = dict.fromkeys(verdict.name for verdict in verdicts)
    return f"ministry-news build {' '.join(f'--accept {name}' for name in names)}"


def last_refusal(workspace: Workspace) -> Refusal | None:
    """The refusal that no later version has settled; None when there is none, or none of ours."""
    try:
        value: Any = read_json(workspace.root / FILE, limit=_MAX_BYTES)
        return Refusal(
            str(value["captured_until"]), tuple(map(_verdict, value["refused"])), str(value.get("version", ""))
        )
    except (OSError, PackageInvalid, ValueError, KeyError, TypeError, AttributeError):
        return None


def _verdict(value: Any) -> Verdict:
    # They become part of a command that a person may copy: a package may come from anywhere.
    gate, source = str(value["gate"]), str(value["source"])
    if not _GATE.fullmatch(gate) or not _SOURCE.fullmatch(source):
        raise ValueError(f"no gate or no source: {gate!r}, {source!r}")
    return Verdict(gate, source, str(value["words"]), True, str(value.get("since", "")))
