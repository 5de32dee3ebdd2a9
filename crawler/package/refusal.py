"""The record that a gate leaves when it refuses a version: `refused.json` beside datapackage.json.

It is no part of a published version (it does not follow from the archive), and travels with the folder, so that a fresh
machine sees it. The next version that is published takes it away."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.package import cells
from crawler.package.publish import sync_folder, write_synced
from crawler.workspace import Workspace

FILE = "refused.json"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate says of a source, or of the package where `source` is empty."""

    gate: str
    source: str
    words: str
    refuses: bool

    def __str__(self) -> str:
        return f"{self.source}: {self.words} [{self.gate}]" if self.source else f"{self.words} [{self.gate}]"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused version."""

    captured_until: str  # the end of the last run that it would have held
    verdicts: tuple[Verdict, ...]


def record_refusal(workspace: Workspace, refused: Sequence[Verdict], captured_until: str) -> None:
    """Writes the record, in one step. Raises OSError."""
    said = [{"gate": v.gate, "source": v.source, "words": cells.line(v.words)} for v in refused]
    content = json.dumps({"captured_until": captured_until, "refused": said}, ensure_ascii=False, indent=1).encode()
    name = "refused-" + captured_until[:19].replace(":", "").replace("-", "") + "Z.json"
    write_synced(workspace.reports / name, content)  # the record beside the package is of the last one only
    draft = workspace.work / f"{FILE}.new"
    write_synced(draft, content)
    os.replace(draft, workspace.root / FILE)  # noqa: PTH105 - says what it does
    sync_folder(workspace.root)


def last_refusal(workspace: Workspace) -> Refusal | None:
    """The refusal that no later version has settled; None when there is none, or none that can be read."""
    try:
        value: Any = json.loads((workspace.root / FILE).read_bytes())
        verdicts = tuple(Verdict(str(v["gate"]), str(v["source"]), str(v["words"]), True) for v in value["refused"])
        return Refusal(str(value["captured_until"]), verdicts)
    except (OSError, ValueError, KeyError, TypeError):
        return None
