"""The rules of the gates, one source at a time. Pure: rows in, verdicts out.

The bounds are wide on purpose: they catch a site that answers with one page to everything, or a page object that lost
its hold, and not a ministry that had a busy day."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from crawler.model import Reason
from crawler.package.descriptor.run_rows import NO_ARTICLE
from crawler.package.publication.quarantine import Verdict
from crawler.package.tables import cell_format
from crawler.package.tables.cell_format import MARKUP
from crawler.package.tables.tables import COLUMN, Row, is_filled

FEWEST = 5  # rows of a source below which shares say nothing
_SHARE = 0.5  # of the rows of a source: more of one fault is no accident
_LOST_HOLD = 0.8  # of the share that a seed expects to be filled
USUAL = ("published_date", "published_at", "category", "summary", "authors")  # columns compared with earlier articles
_FEWER, _LOST = 0.9, 0.5  # of the usual share: warned of, refused
_AHEAD = timedelta(hours=36)
_BUSY = 5.0  # times the median of new articles per run
_BUSY_LEAST = 200
_MASS = 20  # articles gone at once below which nobody worries
_UNREADABLE = 0.8  # of the pages of a source: so many without an article, where fewer than half are usual, is a loss
_MORE_UNREAD = 5.0  # times the median of pages without an article per run
_UNREAD = {reason.value for reason in NO_ARTICLE | {Reason.SHELL}}  # a page came, and nothing could be made of it


def of_words(source: str, rows: Sequence[Row]) -> list[Verdict]:
    """What new words of a source, of new articles and of edited ones, say of themselves."""
    found: list[Verdict] = []
    same = max(Counter((row["language"], row["text_sha256"]) for row in rows).values(), default=0)
    faults = {
        "same-text": (same if same > 1 else 0, "have one and the same text"),
        "markup": (sum(bool(MARKUP.search(row["text"])) for row in rows), "have markup in the text"),
        "lost-characters": (
            sum("\ufffd" in row["text"] + row["title"] for row in rows), "have U+FFFD, lost in decoding, in the text",
        ),
        "future": (sum(map(_ahead, rows)), "are dated in the future"),
    }  # fmt: skip
    for gate, (count, words) in faults.items():
        refuses = len(rows) >= FEWEST and count > _SHARE * len(rows)
        if refuses or (count and gate != "same-text"):
            found.append(Verdict(gate, source, f"{count} of {len(rows)} new or edited articles {words}", refuses))
    return found


def of_replaced(source: str, revisions: Sequence[Row]) -> list[Verdict]:
    """Whether wordings that have been replaced since look like one page that was sent for all: it is what the pages
    said, so it stands in revisions, and is told."""
    said = Counter(
        (row["language"], row["text_sha256"]) for row in revisions if row["change_kind"] in ("edited", "metadata")
    )
    same = max(said.values(), default=0)
    words = f"{same} of {len(revisions)} wordings that were replaced have one and the same text, and stand in revisions"
    return [Verdict("same-text", source, words, False)] if same >= FEWEST else []


def of_filling(source: str, new: Sequence[Row], expected: Mapping[str, float], usual: Sequence[Row]) -> list[Verdict]:
    """Whether columns of new articles are filled as the seed expects, and as in the articles before, `usual`."""
    found: list[Verdict] = []
    for name, least in sorted(expected.items()):
        share = _share(new, COLUMN.get(name, name))
        if share < least:
            words = f"{name} is filled in {share:.0%} of {len(new)} new articles, expected {least:.0%}"
            found.append(Verdict("filled", source, words, len(new) >= FEWEST and share < _LOST_HOLD * least))
    told = {COLUMN.get(name, name) for name in expected}
    for column in USUAL if min(len(new), len(usual)) >= FEWEST else ():
        share, before = _share(new, column), _share(usual, column)
        if column not in told and share < _FEWER * before:
            words = f"{column} is filled in {share:.0%} of {len(new)} new articles, where {before:.0%} are usual"
            found.append(Verdict("filled", source, words, before >= _FEWER and share < _LOST * before))
    return found


def of_reading(source: str, pairs: Sequence[tuple[frozenset[str], Row]]) -> list[Verdict]:
    """Whether published articles, read again by another code or seed, lose a column; `pairs` are the columns that were
    filled and the row as it is read now."""
    found: list[Verdict] = []
    for column in USUAL if len(pairs) >= FEWEST else ():
        before = sum(column in filled for filled, _ in pairs) / len(pairs)
        share = _share([row for _, row in pairs], column)
        if share < _FEWER * before:
            words = (
                f"{column} is filled in {share:.0%} of {len(pairs)} published articles read again, {before:.0%} before"
            )
            found.append(Verdict("filled", source, words, before >= _FEWER and share < _LOST * before))
    return found


def of_length(source: str, new: Sequence[Row], usual: Sequence[Row]) -> list[Verdict]:
    """Whether new texts are of the usual length: half or twice of it is told."""
    if min(len(new), len(usual)) < FEWEST:
        return []
    now, before = (statistics.median(len(row["text"]) for row in rows) for rows in (new, usual))
    if before / 2 <= now <= before * 2:
        return []
    words = f"the median text of {len(new)} new articles has {now:g} characters, where {before:g} are usual"
    return [Verdict("length", source, words, False)]


def of_count(source: str, fresh: Sequence[Row], runs: Sequence[Row]) -> list[Verdict]:
    """Whether the number of new articles of a run is that of a runaway, measured by the complete runs of the source
    before; `fresh` are the rows of the runs to publish."""
    before = [int(row["new"]) for row in runs if row["outcome"] == "complete"][-30:]
    count = max((int(row["new"]) for row in fresh), default=0)
    if len(before) < FEWEST or count < _BUSY_LEAST or count <= _BUSY * max(statistics.median(before), 1):
        return []
    words = f"{count} new articles, where {statistics.median(before):g} are usual and {max(before)} were the most"
    return [Verdict("runaway", source, words, count > 2 * max(before))]


def of_runs(source: str, fresh: Sequence[Row], before: Sequence[Row]) -> list[Verdict]:
    """Whether a source that had articles gives none any more, or loses most of them at once; `fresh` are the rows of
    the runs to publish, `before` those of earlier runs."""
    return [*_of_unread(source, fresh, before), *_of_gone(source, fresh), *_of_blocked(source, fresh)]


def _of_unread(source: str, fresh: Sequence[Row], before: Sequence[Row]) -> list[Verdict]:
    counts, earlier = [_pages(row) for row in fresh], [_pages(row) for row in before]
    read, unread = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
    had, not_had = (sum(column) for column in zip(*earlier, strict=True)) if earlier else (0, 0)
    if unread < FEWEST or not had:
        return []
    if not read:
        words = f"none of {unread} pages could be read as an article, and the source had some before"
        return [Verdict("none", source, words, True)]
    usual = not_had / (had + not_had)
    words = f"{unread} of {read + unread} pages could not be read as an article, where {usual:.0%} are usual"
    if unread > _UNREADABLE * (read + unread) and usual < _SHARE:
        return [Verdict("none", source, words, True)]
    median = statistics.median(not_read for _, not_read in earlier)
    return [Verdict("none", source, words, False)] if unread > _MORE_UNREAD * max(1, median) * len(fresh) else []


def _of_blocked(source: str, fresh: Sequence[Row]) -> list[Verdict]:
    # No reason to hold anything back: a blocked answer changes no row of an article.
    asked = sum(int(row["article_captures"]) for row in fresh)
    blocked = sum(int(json.loads(row["rejected"]).get(Reason.BLOCKED.value, 0)) for row in fresh)
    words = f"{blocked} of {asked} pages that were asked for were blocked"
    return [Verdict("blocked", source, words, False)] if blocked >= FEWEST and blocked > _SHARE * asked else []


def _of_gone(source: str, fresh: Sequence[Row]) -> list[Verdict]:
    # Runs that wait together are judged together: what came back is not gone, and what later runs asked for hides none.
    gone = sum(int(row["withdrawn"]) - int(row["restored"]) for row in fresh)
    asked = sum(int(row["article_captures"]) for row in fresh if row["withdrawn"] != "0")
    if gone < FEWEST or gone <= _SHARE * asked:
        return []
    words = f"{gone} articles gone at once, of {asked} that were asked for"
    return [Verdict("gone", source, words, gone >= _MASS)]


def _pages(run: Row) -> tuple[int, int]:
    """How many pages of a run were read as an article, and of how many nothing could be made."""
    reasons = {str(reason): int(n) for reason, n in json.loads(run["rejected"]).items()}
    unread = sum(n for reason, n in reasons.items() if reason in _UNREAD or reason.startswith("extraction-"))
    read = sum(int(run[kind]) for kind in ("new", "edited", "metadata", "restored"))
    return read + reasons.get(Reason.UNCHANGED.value, 0) + reasons.get(Reason.ALTERNATE.value, 0), unread


def _share(rows: Sequence[Row], column: str) -> float:
    return sum(is_filled(row.get(column, "")) for row in rows) / len(rows)


def _ahead(row: Row) -> bool:
    day = row["published_at"] or (row["published_date"] and f"{row['published_date']}T00:00:00+00:00")
    return bool(day) and datetime.fromisoformat(day) > cell_format.parse_utc(row["seen_at"]) + _AHEAD
