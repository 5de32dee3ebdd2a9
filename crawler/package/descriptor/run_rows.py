"""The rows of `runs`: what a run did, from its records and from its own report in the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.archive.warc.reader import RunRecord
from crawler.model import Capture, Reason, Role
from crawler.package.descriptor.published import seed_sha256
from crawler.package.tables import cell_format
from crawler.package.tables.change_rows import KINDS
from crawler.package.tables.tables import Row

_OUTCOMES = ("complete", "partial", "failed", "postponed", "interrupted", "empty", "ingested")
_READ = (*KINDS, Reason.UNCHANGED.value, Reason.ALTERNATE.value)  # an article was there to be read
# Something is there that readers see, and it could not be read.
LOST = frozenset((
    Reason.BLOCKED, Reason.SERVER_ERROR, Reason.SHELL, Reason.TOO_LARGE, Reason.TIMEOUT, Reason.MEMORY, Reason.ERROR,
))  # fmt: skip
# A page came, and no article was found on it: one may be none; most of a source are not.
NO_ARTICLE = frozenset((Reason.NO_TITLE, Reason.NO_TEXT, Reason.NOT_HTML, Reason.LISTING))
_UNREAD = LOST - {Reason.BLOCKED, Reason.SERVER_ERROR} | NO_ARTICLE | {Reason.UNCONFIRMED}  # a whole answer came
# Nothing to read for itself; where a run gave nothing else, it gave nothing.
_ELSEWHERE = frozenset((Reason.REDIRECT, Reason.NO_VERSION))
_ALL_SOFT = 3  # pages, and none that was read beside them: what says so may say it to whoever asks
_REPLACED = 2  # pages of which a run shows wholly other words: an editor rewrites one at a time
_FEW = 0.05  # of the new pages: so many dead links stand in many a sitemap
_SOME, _MANY = 3, 0.25  # pages, and share of the new ones: more than the links to sections that selectors take along
_NO_ACCIDENT = 5  # pages of a source that had articles: one odd page alone is no alarm
_LONGEST = 500  # characters of a fault in words


@dataclass(slots=True)
class Captured:
    """What is counted of the captures of a run."""

    first: datetime | None = None
    last: datetime | None = None
    captures: int = 0
    articles: int = 0  # captures that were made for an article

    def take(self, capture: Capture) -> None:
        moment = capture.fetched_at
        self.first, self.last = min(self.first or moment, moment), max(self.last or moment, moment)
        self.captures += 1
        self.articles += capture.role is Role.ARTICLE


def run_row(run: RunRecord, captured: Captured, counts: Mapping[str, int], files: Sequence[str]) -> Row:
    """The row of a run; `counts` are its new, edited ... and the reasons of its rejections."""
    report = run.report or {}
    result = str(report.get("result", "killed"))
    return {
        "run_id": run.run_id,
        "source_id": run.source_id,
        "started_at": cell_format.utc(min(run.started_at, captured.first or run.started_at)),
        "ended_at": cell_format.utc(captured.last or run.started_at),
        "outcome": result if result in _OUTCOMES else "killed",
        "software": cell_format.line(run.software),
        "requests": _requests(report),
        "faults": cell_format.mapping(_faults(report)),
        "first_fault": _first_fault(report),
        "captures": str(captured.captures),
        "article_captures": str(captured.articles),
        **{kind: str(counts.get(kind, 0)) for kind in KINDS},
        "rejected": cell_format.mapping({k: n for k, n in counts.items() if k not in KINDS}),
        "warc_files": cell_format.array(sorted(files)),
        "seed_sha256": seed_sha256(run.seed_toml) if run.seed_toml else "",
    }


def as_read(
    outcome: str, counts: Mapping[str, int], rejected: Sequence[Row], *, missing: int, others: int = 0, is_known: bool
) -> tuple[str, str] | None:
    """What reading its pages makes of the outcome of a run, and why, in words; None where it stands. `counts` are as
    for `run_row`, `rejected` the rows of its rejections, `missing` the pages that listings show, that nobody has ever
    read, and that are not there, `others` those of them that are listings, and `is_known` says whether the source had
    articles before.

    A run is empty that came to its end and gave no article, where that is no accident; and not complete is one of which
    pages could not be read: what a challenge, a log-in form or a script hides (with status 200) was missed as surely as
    what is forbidden or led to the front page, and where most pages are no article, it is the seed that does not fit.
    What is gone that was there before is a withdrawal, and told as such."""
    read = sum(counts.get(name, 0) for name in _READ)
    absent = Reason.NOT_FOUND if counts.get(Reason.NOT_FOUND.value) else Reason.NO_VERSION
    gone = {absent.value: missing} if missing else {}
    unread = _of(counts, _UNREAD if is_known else _UNREAD | _ELSEWHERE) | gone
    is_no_accident = sum(unread.values()) >= (_NO_ACCIDENT if is_known else 1)
    if outcome in ("complete", "partial", "postponed", "ingested") and not read and is_no_accident:
        return "empty", _words("empty", unread, 0, rejected)
    lost, no_article = _of(counts, LOST) | _doubtful(counts, read), _of(counts, NO_ARTICLE) | gone
    every = lost | no_article
    of_most = sum(no_article.values()) >= _NO_ACCIDENT and sum(every.values()) > read
    new = counts.get("new", 0)
    are_missing = missing > new or (missing >= _NO_ACCIDENT and missing >= _FEW * (new + missing))
    are_many = missing + others >= _SOME and missing + others >= _MANY * (new + missing + others)
    told = lost | gone if are_missing or are_many else lost
    if of_most or (are_many and others):
        told = every
    return ("partial", _words("unread", told, read, rejected)) if outcome == "complete" and told else None


def as_waiting(waiting: Sequence[Row]) -> tuple[str, str] | None:
    """The outcome of a run that is complete but for pages that earlier runs could not read, and why, in words;
    `waiting` are their rejections."""
    if not waiting:
        return None
    first, count = min(waiting, key=lambda row: row["url"]), len(waiting)
    words = f"{_number(count, 'page')} that earlier runs could not read wait to be asked for again"
    return "partial", cell_format.line(f"waiting: {first['url']}: {words}, this one: {first['reason']}")[:_LONGEST]


def as_in_part(count: int, first: str) -> tuple[str, str] | None:
    """The outcome of a run that is complete but for so many articles of which it read the first part, and
    why, in words; `first` is the address of one of them."""
    if not count:
        return None
    words = f"of {_number(count, 'article')} only the first part was read"
    return "partial", cell_format.line(f"in part: {first}: {words}")[:_LONGEST]


def as_never_read(run: RunRecord) -> tuple[str, str] | None:
    """The outcome of a complete run of a source of which nobody has ever read an article, where its listings show
    some that it knows."""
    known = listed(run, "known") or 0
    words = f"its listings show {known} items, and no article of the source was ever read"
    return ("empty", cell_format.line(f"empty: {run.source_id}: {words}")) if known else None


def as_repeating(count: int, first: str) -> tuple[str, str] | None:
    """The outcome of a run that is complete but for so many new articles that say the same, as what answers in the
    place of articles does, and why, in words; `first` is the address of one of them."""
    if not count:
        return None
    words = f"{count} new articles say the same in a few words, as a page that stands in their place does"
    return "partial", cell_format.line(f"unread: {first}: {words}")[:_LONGEST]


def as_unread_again(count: int, first: str) -> tuple[str, str] | None:
    """The outcome of a run that is complete but for so many known articles whose pages have no headline or text any
    more, and why, in words; `first` is the address of one of them."""
    if not count:
        return None
    words = f"the page of {_number(count, 'known article')} has no headline or no text any more"
    return "partial", cell_format.line(f"unread: {first}: {words}")[:_LONGEST]


def as_led_away(count: int, first: str) -> tuple[str, str] | None:
    """The outcome of a run that is complete but for so many known articles that lead to a page that is none, and why,
    in words; `first` is the address of one of them."""
    if not count:
        return None
    words = f"{_number(count, 'known article')} led to a page that is no article"
    return "partial", cell_format.line(f"unread: {first}: {words}")[:_LONGEST]


def _doubtful(counts: Mapping[str, int], read: int) -> dict[str, int]:
    """Answers that may hide the pages: other words for several at once, or "not there" from all that was asked for,
    which no status says."""
    least = {Reason.UNCONFIRMED: _REPLACED} | ({} if read else {Reason.NO_VERSION: _ALL_SOFT})
    return {reason.value: n for reason, at in least.items() if (n := counts.get(reason.value, 0)) >= at}


def _number(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"


def _of(counts: Mapping[str, int], reasons: Iterable[Reason]) -> dict[str, int]:
    return {reason.value: n for reason in reasons if (n := counts.get(reason.value, 0))}


def _words(name: str, unread: Mapping[str, int], read: int, rejected: Sequence[Row]) -> str:
    """That so many pages could not be read, the commonest reason, and an example's address."""
    commonest, often = max(sorted(unread.items()), key=lambda pair: pair[1])
    example = next((row["url"] for row in rejected if row["reason"] == commonest), "")
    count = sum(unread.values())
    of_all = f"0 of {count} pages could be read"
    told = of_all if name == "empty" else f"{count} of {read + count} pages could not be read"
    return cell_format.line(f"{name}: {example}: {told}, {often} of them: {commonest}")[:_LONGEST]


# The report stands in a WARC file, which may come from anywhere: whatever has another form than ours is not told.


def _counts(report: Mapping[str, Any]) -> dict[str, int]:
    counts = report.get("counts")
    items = counts.items() if isinstance(counts, dict) else ()
    return {str(name): n for name, n in items if isinstance(n, int) and not isinstance(n, bool) and n >= 0}


def listed(run: RunRecord, what: str) -> int | None:
    """How many items a run's listings showed that were `new` or `known`, as it tells; None where it tells nothing."""
    counts = _counts(run.report or {})
    return counts.get(f"items {what}", 0) if counts else None


def _requests(report: Mapping[str, Any]) -> str:
    counts = _counts(report)
    return str(counts.get("requests", 0)) if counts else ""


def _faults(report: Mapping[str, Any]) -> dict[str, int]:
    found = ((name.partition(":"), n) for name, n in _counts(report).items())
    return {cell_format.line(reason)[:80]: n for (kind, _, reason), n in found if kind == "fault" and n}


def _first_fault(report: Mapping[str, Any]) -> str:
    faults = report.get("faults")
    first = faults[0] if isinstance(faults, list) and faults else None
    if not isinstance(first, dict):
        return ""
    told = [cell_format.line(str(first.get(key) or ""))[:_LONGEST] for key in ("reason", "url", "detail")]
    return ": ".join(part for part in told if part)[:_LONGEST]
