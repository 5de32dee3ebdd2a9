"""What a run tells of itself: counts, faults with address and reason, limits that bit, and a verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from crawler.addresses import mask_text, mask_url
from crawler.clock import now
from crawler.discovery import Account

MAX_FAULTS = 1_000  # told one by one; the counts are complete
_TOLD_LIMITS = 20  # addresses told of each limit; how often it bit is counted in full
PLANNED = frozenset({"hours", "max_revisits"})  # limits that only put off to a later run
HARMLESS = frozenset({"offsite-link", "redirect-home", "since", "note"})  # told, and no reason to call a run partial


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be fetched, or not as it should have been."""

    url: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ListingReport:
    """What became of the items of one entry of the seed: those of all its pages that were read."""

    key: str  # "entries.0"
    url: str  # of the first page
    pages: int = 0
    account: Account = field(default_factory=Account)

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> ListingReport:
        return cls(**{**raw, "account": Account(**raw["account"])})


@dataclass(slots=True)
class RunLog:
    """The counts of a run while it goes on."""

    source_id: str
    run_id: str
    started_at: datetime = field(default_factory=now)
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    limits: Counter[str] = field(default_factory=Counter)
    settled: dict[str, str] = field(default_factory=dict)  # as CrawlReport has it
    read_on: dict[str, str] = field(default_factory=dict)  # as CrawlReport has it
    listings: dict[str, ListingReport] = field(default_factory=dict)  # key of the seed -> as CrawlReport has it

    def take(self, key: str, url: str, account: Account) -> None:
        """Adds the account of one page of a listing to its entry's, and to the run's counts."""
        known = self.listings.get(key) or ListingReport(key, url)
        total = known.account + account
        self.listings[key] = ListingReport(key, known.url, known.pages + 1, total)
        counts = {"seen": account.seen, "new": account.new, "known": account.known}
        counts |= {"refused": sum(account.refused.values()), "not understood": sum(account.unread.values())}
        self.counts.update({f"items {name}": n for name, n in counts.items() if n})

    @property
    def is_partial(self) -> bool:
        """True when something that was wanted did not come."""
        limits = any(n for name, n in self.limits.items() if name not in PLANNED)
        return limits or any(n for name, n in self.counts.items() if _is_serious(name))

    def fault(self, url: str, reason: str, detail: str = "") -> None:
        """Notes a fault; the verdict will be "partial", unless it is a harmless one."""
        self.counts[f"fault:{reason}"] += 1
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(mask_url(url[:2_000]), reason, mask_text(detail[:4_000])[:500]))

    def limit(self, name: str, value: object, url: str) -> None:
        """Notes that a limit bit, with its value and the address at which it did; planned ones are no fault."""
        self.limits[name] += 1
        if name not in PLANNED and self.limits[name] <= _TOLD_LIMITS:
            self.fault(url, "limit", f"{name} = {value}")

    def finish(self, result: str) -> CrawlReport:
        return CrawlReport(
            self.source_id,
            self.run_id,
            self.started_at.isoformat(timespec="seconds"),
            now().isoformat(timespec="seconds"),
            result,
            dict(sorted(self.counts.items())),
            tuple(self.faults),
            dict(sorted(self.limits.items())),
            dict(sorted(self.settled.items())),
            tuple(listing for _, listing in sorted(self.listings.items())),
            dict(sorted(self.read_on.items())),
        )


def _is_serious(count: str) -> bool:
    kind, _, reason = count.partition(":")
    return kind == "fault" and reason not in HARMLESS


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """The report of one run. `result`: complete | partial (something could not be fetched) | failed (nothing could, or
    the machine refused) | postponed (the source's hours had not begun, or ended first, or as many new articles came as
    were asked for at most; the next run goes on: as planned, so no failure) | interrupted."""

    source_id: str
    run_id: str
    started_at: str  # RFC 3339, UTC
    finished_at: str
    result: str
    counts: dict[str, int]
    faults: tuple[Fault, ...] = ()
    limits: dict[str, int] = field(default_factory=dict)  # limit -> how often it bit
    settled: dict[str, str] = field(default_factory=dict)  # listings that were read to their end (crawl.listings)
    listings: tuple[ListingReport, ...] = ()  # what became of the items of each entry
    read_on: dict[str, str] = field(default_factory=dict)  # settled listing -> ISO day when it was read to its end

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> CrawlReport:
        faults = tuple(Fault(**fault) for fault in raw["faults"])
        listings = tuple(ListingReport.from_dict(listing) for listing in raw.get("listings", ()))
        return cls(**{**raw, "faults": faults, "listings": listings})
