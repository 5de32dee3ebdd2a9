"""What a hook is told of a run: one JSON object, described in docs/follow.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.addresses import mask_text, mask_url
from crawler.app.hooks.settings import On
from crawler.app.summary import Summary
from crawler.errors import ExitCode, MinistryNewsError, PackageInvalid
from crawler.package.descriptor.descriptor import read_descriptor
from crawler.package.descriptor.descriptor_shape import FEED
from crawler.workspace import Workspace

FORMAT = "ministry-news-run/1"
_NEWEST = 50  # changes told one by one
_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Event:
    """How a run ended, of which `content` tells."""

    kinds: frozenset[On]
    content: Mapping[str, Any]

    def body(self, feed: str = "") -> bytes:
        """The JSON text, in UTF-8. `feed` is where the package's changes.atom is published, if anywhere."""
        content = {**self.content, "package": {**self.content["package"], "feed": feed or FEED}}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def of_summary(summary: Summary, verb: str, begun: datetime, ended: datetime, before: str) -> Event:
    """The event of a run that came to its end. `before` is the version that stood when it began."""
    changes = {source: dict(its) for source, its in summary.changes.items()}
    newest = [{**row, "url": mask_url(row["url"])} for row in summary.newest[:_NEWEST]]
    problems = [*summary.told_errors, *summary.problems]
    sources = {crawl.source_id: {"result": crawl.result, "run_id": crawl.run_id} for crawl in summary.crawls}
    return _event(
        Path(summary.package), verb, begun, ended, before, summary.exit_code, sources, changes, newest, problems
    )


def of_error(error: Exception, package: Path, verb: str, begun: datetime, ended: datetime, before: str) -> Event:
    """The event of a run that an error ended."""
    code = error.exit_code if isinstance(error, MinistryNewsError) else ExitCode.INTERNAL
    if isinstance(error, OSError):
        code = ExitCode.ENVIRONMENT
    words = str(error) if isinstance(error, (MinistryNewsError, OSError)) else f"{type(error).__name__}: {error}"
    return _event(package, verb, begun, ended, before, code, {}, {}, [], [words])


def version_of(package: Path) -> str:
    """The version that is published; empty where there is none, or none that can be read."""
    return str(_head(package).get("version", ""))


def _head(package: Path) -> Mapping[str, Any]:
    try:
        return read_descriptor(Workspace(package)) or {}
    except (PackageInvalid, OSError):
        return {}  # whatever the verb itself says of it is told


def _event(
    package: Path,
    verb: str,
    begun: datetime,
    ended: datetime,
    before: str,
    code: ExitCode,
    sources: Mapping[str, Mapping[str, str]],
    changes: Mapping[str, Mapping[str, int]],
    newest: list[dict[str, str]],
    problems: list[str],
) -> Event:
    head = _head(package)
    kinds = {On.RUN} | ({On.CHANGE} if changes else set()) | ({On.PROBLEM} if code is not ExitCode.OK else set())
    content = {
        "format": FORMAT,
        "events": sorted(kind.value for kind in kinds),
        "package": {
            "name": package.resolve().name,
            "title": head.get("title", ""),
            "version": head.get("version", ""),
            "previous_version": before,
        },
        "run": {
            "verb": verb,
            "started_at": _utc(begun),
            "ended_at": _utc(ended),
            "exit_code": int(code),
            "sources": dict(sources),
        },
        "changes": dict(changes),
        "newest": newest,
        "problems": [mask_text(words)[:1000] for words in problems[:_PROBLEMS]],
    }
    return Event(frozenset(kinds), content)


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
