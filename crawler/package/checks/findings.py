"""What validation says: errors, warnings, and what was checked at what cost."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from crawler.errors import ExitCode
from crawler.package.tables import cell_format
from crawler.package.tables.partitions import part_of_file

MAX_ANNOTATIONS = 10  # what GitHub shows of one step and level
_OF_FILES = ("bytes", "hash", "unlisted", "digest")  # checks of a file as a whole, and not of what is in it


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or odd. Its words may quote a page, and are cleaned for a terminal."""

    check: str
    message: str
    path: str = ""
    row: int | None = None  # the line of the file at which the row begins, unpacked
    follow: tuple[tuple[str, int], ...] = ()  # further findings that may follow from this one: check, how many

    @property
    def table(self) -> str:
        """The table whose part `path` is; empty for another file."""
        try:
            return part_of_file(self.path)[0]
        except ValueError:
            return ""

    def line(self) -> str:
        where = f"{self.path}:{self.row}" if self.row is not None else self.path
        words = f"{self.message} [{self.check}]{self._followed()}"
        return f"{where}: {words}" if where else words

    def _followed(self) -> str:
        count = sum(n for _, n in self.follow)
        if not count:
            return ""
        its = ", ".join(f"{n} {check}" for check, n in self.follow)
        return f"; {count} further finding{'s' if count > 1 else ''} may follow from it: {its}"

    def __str__(self) -> str:
        return self.line()

    def annotation(self, level: str) -> str:
        """The finding in the form that GitHub shows beside a file (workflow commands)."""
        message = f"{self.message} [{self.check}]{self._followed()}"
        for raw, escaped in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
            message = message.replace(raw, escaped)
        path = "".join(f"%{ord(c):02X}" if c in "%\r\n:," else c for c in self.path)
        line = f",line={self.row}" if self.row is not None else ""
        return f"::{level} file={path}{line}::{message}" if path else f"::{level}::{message}"


@dataclass(slots=True)
class Findings:
    """Collects findings, at most `limit` of each check; all are counted. What is found of files in `begun`, which a
    publication that stands open has moved already, is a warning: `publish` says why they are no damage.

    What may follow from a broken file is folded into the finding that tells of the file, and counted there."""

    limit: int = 20
    begun: frozenset[str] = frozenset()
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    doubts: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)  # file, or table with a part that is broken -> that file
    _follow: dict[str, Counter[str]] = field(default_factory=dict)  # broken file -> what may follow, by check

    def error(
        self, check: str, message: str, path: str = "", row: int | None = None, *, because: Collection[str] = ()
    ) -> None:
        """An error. `because` are the files and tables on which it rests: where one is broken, it is no news."""
        if path in self.begun and check in _OF_FILES:
            self._add(self.warnings, "begun", f"{message}; a publication stands open", path, row)
            return
        self._weigh(self.errors, check, message, path, row, because)

    def _weigh(
        self, to: list[Finding], check: str, message: str, path: str, row: int | None, because: Collection[str]
    ) -> None:
        cause = next((self.broken[name] for name in because if name in self.broken), None)
        if cause is None:
            self._add(to, check, message, path, row)
        else:
            self._follow.setdefault(cause, Counter())[check] += 1

    def cause(self, check: str, message: str, path: str, row: int | None = None) -> None:
        """An error of a file that then cannot be read as it should be: what rests on it may follow."""
        self.error(check, message, path, row)
        if path in self.begun and check in _OF_FILES:
            return
        self.broken.setdefault(path, path)
        if table := Finding(check, "", path).table:
            self.broken.setdefault(table, path)

    def folded(self) -> list[Finding]:
        """The errors, each file's first one with what may follow from it."""
        left, found = dict(self._follow), []
        for error in self.errors:
            its = left.pop(error.path, None)
            found.append(replace(error, follow=tuple(its.most_common())) if its else error)
        return found

    def warning(self, check: str, message: str, path: str = "", row: int | None = None) -> None:
        self._add(self.warnings, check, message, path, row)

    def unproved(
        self, check: str, message: str, path: str = "", row: int | None = None, *, because: Collection[str] = ()
    ) -> None:
        """What could not be compared, or differs for reasons that may lie here and not in the package."""
        self._weigh(self.doubts, check, message, path, row, because)

    def has_room(self, check: str) -> bool:
        """Whether a further finding of this check would be told, and not only counted."""
        return self.counts.get(check, 0) < self.limit

    def _add(self, to: list[Finding], check: str, message: str, path: str, row: int | None) -> None:
        self.counts[check] = self.counts.get(check, 0) + 1
        if self.counts[check] <= self.limit:
            to.append(Finding(check, cell_format.line(message)[:400], cell_format.line(path)[:200], row))

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        begun = time.monotonic()
        try:
            yield
        finally:
            self.seconds[step] = self.seconds.get(step, 0.0) + time.monotonic() - begun


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What a validation found. `checks` tells what was done, with its seconds."""

    valid: bool
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    counts: dict[str, int]  # check -> findings, also those beyond the limit
    rows: dict[str, int]  # table -> rows that were checked
    checks: dict[str, float]
    unproved: tuple[Finding, ...] = ()
    looked_at: str = ""

    @property
    def verdict(self) -> str:
        """`valid`, `NOT VALID`, or `NOT PROVED`: nothing wrong was found, and not all was compared or is the same."""
        return "valid" if self.valid else "NOT VALID" if self.errors or not self.unproved else "NOT PROVED"

    @property
    def is_as_expected(self) -> bool:
        """Whether each source has what `[expect]` of its seed says; what it has not is among the warnings."""
        return not self.counts.get("expect")

    @property
    def exit_code(self) -> ExitCode:
        """0, 5 not valid, 10 not proved, 4 not as `[expect]` of a seed says."""
        if self.verdict == "NOT PROVED":
            return ExitCode.UNPROVED
        if not self.valid:
            return ExitCode.INVALID
        return ExitCode.OK if self.is_as_expected else ExitCode.INCOMPLETE

    def as_dict(self) -> dict[str, Any]:
        """The report as values that JSON knows."""

        def listed(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
            return [
                {"check": f.check, "message": f.message, "path": f.path, "table": f.table, "line": f.row}
                | ({"follow": dict(f.follow)} if f.follow else {})
                for f in findings
            ]

        return {
            "valid": self.valid,
            "verdict": self.verdict,
            "as_expected": self.is_as_expected,
            "looked_at": self.looked_at,
            "unproved": listed(self.unproved),
            "errors": listed(self.errors),
            "warnings": listed(self.warnings),
            "counts": self.counts,
            "rows": self.rows,
            "checks": {name: round(seconds, 3) for name, seconds in self.checks.items()},
        }

    def lines(self, *, annotations: bool = False) -> list[str]:
        """The report for people; with `annotations`, for GitHub."""
        if annotations:
            told = [("error", f) for f in (*self.errors, *self.unproved)] + [("warning", f) for f in self.warnings]
            return [finding.annotation(level) for level, finding in told[:MAX_ANNOTATIONS]]
        lines = [f"error: {finding.line()}" for finding in self.errors]
        lines += [f"not proved: {finding.line()}" for finding in self.unproved]
        lines += [f"warning: {finding.line()}" for finding in self.warnings]
        more = sum(self.counts.values()) - len(self.errors) - len(self.unproved) - len(self.warnings)
        if more:
            lines.append(f"... and {more} more of the same kinds")
        total = ", ".join(f"{count} {name}" for name, count in self.rows.items())
        lines += [self.looked_at] if self.looked_at else []
        verdict = self.verdict if self.is_as_expected else f"{self.verdict}, not as expected"
        lines.append(f"{verdict}: {total or 'no rows checked'}")
        return lines
