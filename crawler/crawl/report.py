"""What a run tells of itself: counts, faults with address and reason, limits that bit, and a verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

MAX_FAULTS = 1_000  # told one by one; the counts are complete


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
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    limits: Counter[str] = field(default_factory=Counter)

    def fault(self, url: str, reason: str, detail: str = "") -> None:
        """Notes a fault; the verdict will be "partial"."""
        self.counts[f"fault:{reason}"] += 1
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(url[:2_000], reason, detail[:500]))

    def finish(self, result: str) -> CrawlReport:
        return CrawlReport(
            self.source_id,
            self.run_id,
            self.started_at.isoformat(timespec="seconds"),
            datetime.now(UTC).isoformat(timespec="seconds"),
            result,
            dict(sorted(self.counts.items())),
            tuple(self.faults),
            dict(sorted(self.limits.items())),
        )


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """The report of one run. `result`: complete | partial (something could not be fetched) | failed (nothing could, or
    the machine refused) | interrupted."""

    source_id: str
    run_id: str
    started_at: str  # RFC 3339, UTC
    finished_at: str
    result: str
    counts: dict[str, int]
    faults: tuple[Fault, ...] = ()
    limits: dict[str, int] = field(default_factory=dict)  # limit -> how often it bit

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> CrawlReport:
        return cls(**{**raw, "faults": tuple(Fault(**fault) for fault in raw["faults"])})
