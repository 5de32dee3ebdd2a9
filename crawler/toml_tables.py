"""Tables of this package that people write in TOML, and their copies in JSON, which a process reads in a tenth of the
time: `python -m crawler.toml_tables` writes the copies anew, which every change of such a table asks for.

A copy that is of other bytes than the table is not read, so that it can be late and never wrong."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def read_toml(path: Path) -> dict[str, Any]:
    """The table in a TOML file, from the copy beside it where there is one of the same bytes."""
    content = path.read_bytes()
    try:
        copy = json.loads(path.with_suffix(".json").read_bytes())
    except (OSError, ValueError):
        copy = {}
    if copy.get("digest") == _digest(content):
        return dict(copy["table"])
    return _parsed(content)


def copied() -> list[Path]:
    """The tables that are read by way of copies."""
    folder = Path(__file__).parent / "extraction"
    return sorted(path for path in folder.rglob("*.toml") if path.parent.name != "words")  # these have an index


def copy_of(path: Path) -> str:
    """The copy of a table, as its file has it."""
    content = path.read_bytes()
    kept = {"digest": _digest(content), "table": _parsed(content)}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _parsed(content: bytes) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - takes a page's time to load, and is needed where a copy is late

    return tomllib.loads(content.decode("utf-8"))


if __name__ == "__main__":
    for table in copied():
        table.with_suffix(".json").write_text(copy_of(table), "utf-8")
