"""The forms of `status` for programs and browsers: JSON, Prometheus, HTML; on standard output or in a file."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.app.status.source_status import minute, moment_of, source_notes, state_words, states_of
from crawler.console import printable
from crawler.errors import EnvironmentFault
from crawler.package.exports.health import Health, SourceHealth
from crawler.package.exports.status_page import status_html
from crawler.package.publication.quarantine import advice

_BAD = ("held back", "failing", "late")
_ODD = ("not as expected", "quiet")


def as_json(health: Health) -> str:
    """One JSON object, described in docs/operations.md."""
    return json.dumps(health.as_dict(), ensure_ascii=False, indent=2, default=str) + "\n"


def as_html(health: Health, title: str) -> str:
    """A page with a line for each source, those that need attention first."""
    sources = sorted(health.sources, key=lambda s: (-_severity(health, s), s.source_id))
    states = Counter(word for source in sources for word in state_words(health, source).split(", "))
    values: dict[str, Any] = _shown(
        {
            "title": title,
            "now": minute(health.now),
            "version": health.version,
            "created": minute(health.created),
            "looked_back_to": health.looked_back_to,
            "pending": len(health.pending),
            "counts": {
                "bad": sum(_severity(health, source) > 0 for source in sources),
                "states": [*states.most_common()],
            },
            "gates": list(_gates(health)),
            "sources": [_line(health, source) for source in sources],
        }
    )
    return status_html(values)


def _shown(value: Any) -> Any:
    """`value` with each text in it as a person may see it: no mark in a title turns what stands behind it."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _shown(one) for name, one in value.items()}
    return [_shown(one) for one in value] if isinstance(value, list | tuple) else value


def _gates(health: Health) -> Iterator[dict[str, Any]]:
    for verdict in health.refused.verdicts if health.refused else ():
        yield {
            "source": verdict.source,
            "words": f"{verdict.words} [{verdict.gate}]",
            "since": minute(verdict.since),
            "advice": f"If it really is so: {advice([verdict])}",
        }


def _severity(health: Health, source: SourceHealth) -> int:
    its = states_of(health, source)
    return 2 if any(its[name] for name in _BAD) else 1 if any(its[name] for name in _ODD) or not source.runs else 0


def _line(health: Health, source: SourceHealth) -> dict[str, Any]:
    return {
        "id": source.source_id,
        "title": source.title,
        "state": state_words(health, source),
        "class": ("good", "odd", "bad")[_severity(health, source)],
        "last_good": moment_of(health, source, source.last_complete),
        "last_run": moment_of(health, source, source.last_run),
        "last_outcome": source.last_outcome,
        "last_new": moment_of(health, source, source.last_new),
        "live": source.live,
        "withdrawn": source.withdrawn,
        "pending": source.pending,
        "notes": list(source_notes(health, source)),
    }


def write_whole(path: Path, text: str) -> None:
    """Writes `text` to a file in one step, so that no reader sees half of it. Raises EnvironmentFault."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        draft.write_text(text, "utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise EnvironmentFault(f"{path}: {error.strerror or error}") from error
