"""What a run tells of itself: counts, faults with address and reason, limits that bit, and a verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from crawler.addresses import mask_text, mask_url
from crawler.clock import now

MAX_FAULTS = 1_000  # told one by one; the counts are complete
_TOLD_LIMITS = 20  # addresses told of each limit; how often it bit is counted in full
PLANNED = frozenset({"hours", "max_revisits"})  # limits that only put off to a later run
HARMLESS = frozenset({"offsite-link", "redirect-home"})  # told, and no reason to call a run partial


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be fetched, or not as it should have been."""

    url: str
    reason: str
    detail: str = ""


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
        )


def _is_serious(count: str) -> bool:
    kind, _, reason = count.partition(":")
    return kind == "fault" and reason not in HARMLESS


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """The report of one run. `result`: complete | partial (something could not be fetched) | failed (nothing could, or
    the machine refused) | postponed (the source's hours had not begun, or ended first; the next run goes on: as
    planned, so no failure) | interrupted."""

    source_id: str
    run_id: str
    started_at: str  # RFC 3339, UTC
    finished_at: str
    result: str
    counts: dict[str, int]
    faults: tuple[Fault, ...] = ()
    limits: dict[str, int] = field(default_factory=dict)  # limit -> how often it bit
    settled: dict[str, str] = field(default_factory=dict)  # listings that were read to their end (crawl.listings)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> CrawlReport:
        return cls(**{**raw, "faults": tuple(Fault(**fault) for fault in raw["faults"])})
