"""The rules of the gates, one source at a time. Pure: rows in, verdicts out.

The bounds are wide on purpose: they catch a site that answers with one page to everything, or a page object that lost
its hold, and not a ministry that had a busy day."""

from __future__ import annotations

import json
import statistics
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from crawler.ids import text_sha256
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


_JUDGED = frozenset({
    "article_id", "source_id", "run_id", "language", "text_sha256", "published_at", "published_date", "published_raw",
    "published_precision", "seen_at", "dropped_share", "change_kind", *USUAL,
})  # fmt: skip
_WORDS = ("markup", "lost", "length")  # what the rules look at of the words, as cells of a row


def judged(row: Row) -> Row:
    """What the rules look at of a row of articles or revisions: of its words and of other columns, whether they are
    filled."""
    if "length" in row:
        return row
    text = row["text"]
    marks = ("1" if MARKUP.search(text) else "", "1" if "\ufffd" in text + row["title"] else "", str(len(text)))
    cells = {column: cell if column in _JUDGED else "1" for column, cell in row.items() if is_filled(cell)}
    return dict.fromkeys(_JUDGED, "") | cells | dict(zip(_WORDS, marks, strict=True))


_NO_TEXT = text_sha256("")  # of articles of nothing but files


class Faults:
    """What rows of new words say of themselves."""

    def __init__(self) -> None:
        self.rows = 0
        self._texts: dict[str, array[int]] = {}  # by language: hashes of texts, shortened to 64 bits
        self._counts: Counter[str] = Counter()

    def take(self, row: Row) -> None:
        its = judged(row)
        self.rows += 1
        if its["length"] != "0":  # an article of nothing but files
            self._texts.setdefault(its["language"], array("Q")).append(_number(its["text_sha256"]))
        if its["markup"] or its["lost"] or its["published_at"] or its["published_date"]:
            told = (("markup", its["markup"]), ("lost-characters", its["lost"]), ("future", _ahead(its)))
            self._counts.update(gate for gate, is_so in told if is_so)

    def verdicts(self, source: str) -> list[Verdict]:
        same = max((_most_equal(its) for its in self._texts.values()), default=0)
        words = {
            "same-text": "have one and the same text",
            "markup": "have markup in the text",
            "lost-characters": "have U+FFFD, lost in decoding, in the text",
            "future": "are dated in the future",
        }
        counts = self._counts | {"same-text": same if same > 1 else 0}
        found: list[Verdict] = []
        for gate, told in words.items():
            count = counts.get(gate, 0)
            refuses = self.rows >= FEWEST and count > _SHARE * self.rows
            if refuses or (count and gate != "same-text"):
                found.append(Verdict(gate, source, f"{count} of {self.rows} new or edited articles {told}", refuses))
        return found


def of_words(source: str, rows: Iterable[Row]) -> list[Verdict]:
    """What new words of a source, of new articles and of edited ones, say of themselves."""
    faults = Faults()
    for row in rows:
        faults.take(row)
    return faults.verdicts(source)


def _number(text_sha256: str) -> int:
    return int(text_sha256[:16], 16)


def _most_equal(values: array[int]) -> int:
    return max(sum(1 for _ in its) for _, its in groupby(sorted(values)))


def of_replaced(source: str, revisions: Collection[Row]) -> list[Verdict]:
    """Whether wordings that have been replaced since look like one page that was sent for all: it is what the pages
    said, so it stands in revisions, and is told."""
    said = Counter(
        (row["language"], row["text_sha256"])
        for row in revisions
        if row["change_kind"] in ("edited", "metadata") and row["text_sha256"] != _NO_TEXT
    )
    same = max(said.values(), default=0)
    words = f"{same} of {len(revisions)} wordings that were replaced have one and the same text, and stand in revisions"
    return [Verdict("same-text", source, words, False)] if same >= FEWEST else []


def of_filling(
    source: str, new: Collection[Row], expected: Mapping[str, float], usual: Collection[Row]
) -> list[Verdict]:
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


@dataclass(slots=True)
class Reread:
    """Published articles of a source, read again by another code or seed."""

    articles: int = 0
    before: Counter[str] = field(default_factory=Counter)  # in how many of them each of the usual columns was filled
    now: Counter[str] = field(default_factory=Counter)

    def take(self, filled: Iterable[str], row: Row) -> None:
        """Takes in one: the columns that were filled, and the row as it is read now."""
        self.articles += 1
        self.before.update(filled)
        self.now.update(column for column in USUAL if is_filled(row.get(column, "")))


def of_reading(source: str, its: Reread) -> list[Verdict]:
    """Whether published articles, read again, lose a column."""
    found: list[Verdict] = []
    for column in USUAL if its.articles >= FEWEST else ():
        before, share = its.before[column] / its.articles, its.now[column] / its.articles
        if share < _FEWER * before:
            where = f"{its.articles} published articles read again"
            words = f"{column} is filled in {share:.0%} of {where}, {before:.0%} before"
            found.append(Verdict("filled", source, words, before >= _FEWER and share < _LOST * before))
    return found


def of_length(source: str, new: Collection[Row], usual: Collection[Row]) -> list[Verdict]:
    """Whether new texts are of the usual length: half or twice of it is told."""
    if min(len(new), len(usual)) < FEWEST:
        return []
    now, before = (statistics.median(int(judged(row)["length"]) for row in rows) for rows in (new, usual))
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


def _share(rows: Collection[Row], column: str) -> float:
    return sum(is_filled(row.get(column, "")) for row in rows) / len(rows)


def _ahead(row: Row) -> bool:
    day = row["published_at"] or (row["published_date"] and f"{row['published_date']}T00:00:00+00:00")
    return bool(day) and datetime.fromisoformat(day) > cell_format.parse_utc(row["seen_at"]) + _AHEAD
