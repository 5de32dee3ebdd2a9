"""What documents say, said, and when they went: a fold over the captures of one document. Pure.

Every capture made for an article ends in exactly one row of articles, revisions or rejections (the third law).
A row of articles stands at the first capture that showed its wording, so that a re-check without news touches
nothing. When a wording is replaced, its row moves to revisions, with its capture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import groupby

from crawler.model import Article, CrawlPolicy, Reason, Seed
from crawler.package.history.absences import ABSENT, Absence, prove, unproved
from crawler.package.history.doubt import Doubt
from crawler.package.history.forms import address_cell, form, is_copy
from crawler.package.history.same_bytes import Shown, shown_by, stood_on
from crawler.package.tables import cell_format
from crawler.package.tables.canonical_claims import claim_of, without_claim
from crawler.package.tables.change_rows import change_row
from crawler.package.tables.row_builders import (
    Sight,
    article_row,
    confirmation_row,
    event_row,
    is_page,
    media_rows,
    rejection_row,
    revision_row,
)
from crawler.package.tables.tables import Row, is_filled

WORDS = ("title", "text", "summary")
OTHERS = ("published_at", "published_date", "category", "authors", "tags", "language", "url", "story_id")
"""Columns that make a new wording when they change. Left out on purpose: modified_at, since many sites print the
time of the request there; published_raw ("two hours ago"); and what only says how sure extraction is."""

PRESENT = frozenset({Reason.UNCHANGED.value, Reason.ALTERNATE.value})
"""Reasons of rejections that show the article itself."""


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier runs left of one document."""

    row: Row | None = None  # of articles
    absences: tuple[Absence, ...] = ()  # since it was last seen, oldest first; not yet proved
    doubted: str = ""  # since when its page shows something wholly else, which waits for a second look; as a cell
    shown: Shown | None = None  # by the capture that the row stands on


@dataclass(slots=True)
class Folded:
    """What is new of one document."""

    row: Row | None = None  # of articles; None: there is no article
    changed: bool = False  # whether `row` differs from what was known
    revisions: list[Row] = field(default_factory=list)
    rejections: list[Row] = field(default_factory=list)
    confirmations: list[Row] = field(default_factory=list)
    media: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)  # (run, new | edited | ...) -> captures
    covered: Counter[tuple[str, str]] = field(
        default_factory=Counter
    )  # of these, rejected where another capture was read
    absences: tuple[Absence, ...] | None = None  # unproved ones, oldest first; None: nothing was learned of it


def fold(known: Known, sights: Iterable[Sight], seed_of: Callable[[str], Seed], zone: tzinfo) -> Folded:
    """What `sights` of one document add to what was known of it. `seed_of` gives the seed that a run used.

    Sights of one run are judged together: the page itself outranks an API's answer, whichever came first.
    """
    document = _Document(known, zone)
    ordered = sorted(sights, key=lambda s: (s.capture.fetched_at, s.capture.capture_id))
    first = {s.capture.run_id: s.capture.fetched_at for s in reversed(ordered)}
    ordered.sort(key=lambda s: (first[s.capture.run_id], s.capture.run_id))  # stable: keeps the order in a run
    for run_id, group in groupby(ordered, key=lambda s: s.capture.run_id):
        document.take_run(list(group), seed_of(run_id))
    document.folded.absences = tuple(document.absences) if document.is_heard_of else None
    return document.folded


def difference(old: Row, new: Row) -> tuple[str, ...]:
    """The columns that make `new` another wording than `old`; empty when both say the same."""
    return tuple(column for column in (*WORDS, *OTHERS) if old[column] != new[column])


def kind_of(columns: Sequence[str]) -> str:
    """The change kind that a difference makes."""
    return "edited" if any(column in WORDS for column in columns) else "metadata"


class _Document:
    """The state of one document while its captures are taken in, in the order of time."""

    def __init__(self, known: Known, zone: tzinfo) -> None:
        self.folded = Folded(row=known.row)
        self.zone = zone
        self.absences = list(known.absences)
        self.doubt = Doubt(known.doubted)
        self._shown = known.shown
        self.is_heard_of = False  # whether a capture showed it, or that it is not there

    def take_run(self, sights: list[Sight], seed: Seed) -> None:
        readings = [s for s in sights if isinstance(s.outcome, Article)]
        pages = [s for s in readings if s.from_page]
        same = [s for s in sights if _reason(s) is Reason.UNCHANGED]
        if readings or same:
            self.absences.clear()
        shown = [s for s in (*pages, *same) if s.from_page]
        known = self.folded.row
        shown.sort(key=lambda s: (form(s, known), s.capture.fetched_at, s.capture.capture_id))
        done: list[Sight] = []
        for sight in shown or readings:
            if isinstance(sight.outcome, Article):
                self._read(sight, done)
            else:
                self._same(sight, alternate=bool(done))
            done.append(sight)
        for sight in readings if shown else ():
            if not sight.from_page:
                self._alternate(sight)
        self._note_addresses(sights)
        for sight in same:
            if not sight.from_page:
                self._same(sight)
        self._settle(sights[0].capture.run_id)
        row = self.folded.row
        told = {s.capture.capture_id: words for s in sights if (words := unproved(s, row, self._shown, seed))}
        absent = [s for s in sights if _reason(s) in ABSENT and s.capture.capture_id not in told]
        self.is_heard_of |= bool(absent or readings or same)
        if absent and not readings and not same:
            absent = self._absent(absent, seed.crawl)
        for sight in sights:
            reason, why = told.get(sight.capture.capture_id, (_reason(sight), None))
            if reason and reason is not Reason.UNCHANGED and (reason not in ABSENT or sight in absent):
                self._reject(sight, reason, why)
                self.folded.covered[sight.capture.run_id, reason.value] += bool(readings or same)

    # ------------------------------------------------------------ readings

    def _read(self, sight: Sight, done: list[Sight]) -> None:
        """Takes in a reading of the document; `done` are those of the same run."""
        assert isinstance(sight.outcome, Article)  # noqa: S101 - take_run passes nothing else
        new, old = article_row(sight, sight.outcome, self.zone), self.folded.row
        if old is None:
            self._put(sight, new, "new")
            return
        old = self._stand_at(sight, old)
        # Equal bytes are no edit, though they may read otherwise: a date is not believed before it comes.
        columns = () if self._shown and self._shown == shown_by(sight) else difference(old, new)
        if not columns:
            self._same(sight, alternate=bool(done))
        elif self._is_other_form(sight, old, done):
            self._alternate(sight, columns)
        elif self.doubt.defers(old, new):
            self._reject(sight, Reason.UNCONFIRMED, "it has nothing of what the article said")
        else:
            self._replace(sight, old, new, kind_of(columns))

    def _stand_at(self, sight: Sight, old: Row) -> Row:
        """The row, at the address of `sight` where that shows the page that its own page names: no news of the site."""
        where = address_cell(sight.capture.url)
        assert isinstance(sight.outcome, Article)  # noqa: S101 - only readings come here
        if where != address_cell(sight.outcome.url) or where in (old["url"], old["document"]) or where != claim_of(old):
            return old
        aliases = {*cell_format.parse_array(old["aliases"]), old["url"]} - {where}
        new = old | {"url": where, "aliases": cell_format.array(sorted(aliases)), "warnings": without_claim(old, where)}
        self.folded.row, self.folded.changed = new, True
        return new

    def _settle(self, run_id: str) -> None:
        """Ends a doubt when a run has shown the article, or has shown for the second time what replaced it."""
        row = self.folded.row
        its = {rejection["reason"] for rejection in self.folded.rejections if rejection["run_id"] == run_id}
        is_back = bool(self.folded.counts[run_id, "restored"])
        if its & PRESENT or is_back or (row and self.doubt.since <= row["seen_at"]):
            self.doubt = Doubt()

    def _is_other_form(self, sight: Sight, old: Row, done: list[Sight]) -> bool:
        # Two forms of one document may differ in spacing or detail for ever. Only the page speaks against the page,
        # and within one run only the same address against itself; else each run would bring a false edit.
        if done:
            return all(sight.capture.url != other.capture.url for other in done)
        if is_copy(sight):
            return True
        return is_page(old["media_type"]) and not sight.from_page

    def _replace(self, sight: Sight, old: Row, new: Row, kind: str) -> None:
        self._keep(old, kind, new["seen_at"])
        aliases = {*cell_format.parse_array(old["aliases"]), *cell_format.parse_array(new["aliases"])} - {new["url"]}
        new |= {"first_seen_at": old["first_seen_at"], "aliases": cell_format.array(sorted(aliases))}
        self._put(sight, new, kind)

    def _put(self, sight: Sight, row: Row, kind: str) -> None:
        self.folded.changes.append(change_row(kind, sight.capture, self.folded.row, row))
        self.folded.row, self.folded.changed = row, True
        self._shown = stood_on(sight)
        self.folded.counts[sight.capture.run_id, kind] += 1
        if isinstance(sight.outcome, Article):
            named = {media["media_id"] for media in self.folded.media}
            for media in media_rows(row["article_id"], sight.capture, sight.outcome):
                if media["media_id"] not in named:
                    self.folded.media.append(media)

    def _keep(self, old: Row, kind: str, until: str) -> None:
        self.folded.revisions.append(revision_row(kind, old, since=old["seen_at"], until=until))

    def _alternate(self, sight: Sight, columns: Sequence[str] | None = None) -> None:
        assert isinstance(sight.outcome, Article)  # noqa: S101 - only readings come here
        if columns is None and self.folded.row:
            columns = difference(self.folded.row, article_row(sight, sight.outcome, self.zone))
        told = [column for column in columns or () if column not in ("url", "story_id")]  # forms have their own
        self._warn(sight, told)
        self._reject(sight, Reason.ALTERNATE, f"differs in {', '.join(told)}" if told else "")

    def _note_addresses(self, sights: Sequence[Sight]) -> None:
        """Adds the addresses under which a run met this document to its aliases. Each is news once."""
        row = self.folded.row
        if row is None:
            return
        led = {s.capture.url for s in sights if _reason(s) is Reason.REDIRECT and s.document == row["document"]}
        met = {address_cell(url) for url in (*led, *(s.capture.url for s in sights if is_copy(s)))}
        aliases = set(cell_format.parse_array(row["aliases"]))
        if met - aliases - {row["url"]}:
            self.folded.row = row | {"aliases": cell_format.array(sorted((aliases | met) - {row["url"]}))}
            self.folded.changed = True

    def _warn(self, sight: Sight, columns: Sequence[str]) -> None:
        """Says in the article's own row that another form, captured with it, contradicts it. A form that is silent of
        a column contradicts nothing; a later run's only has its rejection, or each re-check would write rows anew."""
        row = self.folded.row
        if row is None or not isinstance(sight.outcome, Article) or row["run_id"] != sight.capture.run_id:
            return
        other = article_row(sight, sight.outcome, self.zone)
        against = [name for name in columns if is_filled(row[name]) and is_filled(other[name])]
        if against:
            form = "the page at another address" if sight.from_page else "the API's answer"
            warning = f"forms: {form} differs in {', '.join(against)}"
            warnings = dict.fromkeys([*cell_format.parse_array(row["warnings"]), warning])
            self.folded.row, self.folded.changed = row | {"warnings": cell_format.array(warnings)}, True

    # ------------------------------------------------------------ sameness and absence

    def _same(self, sight: Sight, *, alternate: bool = False) -> None:
        """Takes in a capture that says what an earlier one said."""
        row = self.folded.row
        if row and (row["status"] == "withdrawn" or not alternate):
            self.folded.confirmations.append(confirmation_row(row["article_id"], sight.capture))
        if row and row["status"] == "withdrawn":
            self.folded.revisions.append(event_row("restored", row, sight.capture))
            self.folded.row = row | {"status": "live", "withdrawn_at": ""}
            self.folded.changed = True
            self.folded.changes.append(change_row("restored", sight.capture, row, row))
            self.folded.counts[sight.capture.run_id, "restored"] += 1
        else:
            self._reject(sight, Reason.ALTERNATE if alternate else Reason.UNCHANGED)

    def _absent(self, absent: list[Sight], policy: CrawlPolicy) -> list[Sight]:
        """Takes in the absences of one run; returns those that still need a rejection."""
        row = self.folded.row
        if row is None or row["status"] == "withdrawn":
            return absent
        proof = next((s for s in absent if s.from_page), absent[0])
        self.absences.append(Absence(proof.capture.run_id, cell_format.utc(proof.capture.fetched_at)))
        if not prove(self.absences, policy):
            return absent
        event = event_row("withdrawn", row, proof.capture)
        self.folded.revisions.append(event)
        self.folded.row = row | {"status": "withdrawn", "withdrawn_at": event["valid_to"]}
        self.folded.changed = True
        self.folded.changes.append(change_row("withdrawn", proof.capture, row, row))
        self.folded.counts[proof.capture.run_id, "withdrawn"] += 1
        self.absences.clear()
        return [s for s in absent if s is not proof]

    def _reject(self, sight: Sight, reason: Reason, detail: str | None = None) -> None:
        article_id = self.folded.row["article_id"] if self.folded.row else ""
        words = detail if detail is not None else getattr(sight.outcome, "detail", "")
        self.folded.rejections.append(rejection_row(sight, reason.value, words, article_id))
        self.folded.counts[sight.capture.run_id, reason.value] += 1


def _reason(sight: Sight) -> Reason | None:
    return None if isinstance(sight.outcome, Article) else sight.outcome.reason
