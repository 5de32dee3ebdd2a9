"""An article as it stood at a moment of the past: its words then, and whether it was at its source."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from crawler.app.status.source_status import minute
from crawler.errors import NotFound, UsageError
from crawler.package.exports import query
from crawler.package.exports.past import then_of
from crawler.package.tables import cell_format
from crawler.package.tables.typed import typed
from crawler.workspace import Workspace


def moment_of(text: str) -> datetime:
    """The moment that is meant: the end of a day (2026-03-01, UTC), or a time with its offset
    (2026-03-01T12:00:00+05:00; RFC 3339). Raises UsageError for anything else."""
    try:
        if len(text) == len("2026-03-01"):
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--at {text!r}: neither a day (2026-03-01) nor a time ({error})") from error
    if moment.tzinfo is None:
        raise UsageError(f"--at {text!r}: a time needs its offset, such as {text}Z or {text}+05:00")
    return moment.astimezone(UTC)


def show_at(package: Path, article: str, moment: datetime) -> dict[str, Any]:
    """The wording that an article had at `moment` as typed values, by what the captures prove, with `at`, `status` and
    `withdrawn_at` as they were then, and `replaced_at`: when the next wording was seen, or null.

    Raises NotFound, also where nothing of it had been seen yet; UsageError where several articles are meant."""
    found = query.find(Workspace(package), article)
    at = cell_format.utc(moment)
    then = then_of(found.article, found.revisions, at)
    if then is None:
        seen = minute(found.article["first_seen_at"])
        raise NotFound(f"article {found.article['article_id']} was first seen at {seen} UTC: nothing shows it before")
    return {
        **typed(then.row, "articles" if then.is_latest else "revisions"),
        "at": at,
        "status": "withdrawn" if then.withdrawn_at else "live",
        "withdrawn_at": then.withdrawn_at or None,
        "replaced_at": None if then.is_latest else then.row["valid_to"],
    }


def heading(row: dict[str, Any]) -> str:
    """One line above the words: of when they are, and until when they stood."""
    until = (
        f", other words since {minute(row['replaced_at'])} UTC" if row["replaced_at"] else ", the newest words known"
    )
    return f"[as it stood at {minute(row['at'])} UTC{until}]"
