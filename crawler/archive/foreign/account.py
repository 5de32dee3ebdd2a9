"""What became of the records that were to be taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of the records of one file that the user named."""

    name: str
    taken: int
    known: int  # captures that the package has already
    left_out: Mapping[str, int]  # why -> records
    damaged: tuple[str, ...]  # what is damaged or lost, in words

    def __str__(self) -> str:
        left = [f"{count} {why} left out" for why, count in self.left_out.items()]
        lost = [f"{len(self.damaged)} damaged or lost"] if self.damaged else []
        return f"{self.name}: {', '.join([f'{self.taken} taken', f'{self.known} known', *left, *lost])}"


@dataclass(slots=True)
class Taken:
    """What came of taking files in."""

    taken: Counter[str] = field(default_factory=Counter)  # by source
    known: int = 0  # captures that the package has already
    left_out: Counter[str] = field(default_factory=Counter)  # why -> records
    faults: list[str] = field(default_factory=list)  # what is damaged or lost, in words
    files: tuple[Path, ...] = ()
    accounts: list[FileAccount] = field(default_factory=list)

    @property
    def count(self) -> int:
        """The captures that were taken."""
        return self.taken.total()

    @property
    def notes(self) -> list[str]:
        """What a user should be told."""
        return [*self.faults, *(f"left out: {count} {why}" for why, count in sorted(self.left_out.items()))]

    def account_for(self, name: str, before: Taken) -> None:
        """Notes what came of a file since `before`. One that held nothing is a fault: somebody has named it for what
        should be in it."""
        left, damaged = self.left_out - before.left_out, tuple(self.faults[len(before.faults) :])
        taken, known = self.count - before.count, self.known - before.known
        account = FileAccount(name, taken, known, dict(sorted(left.items())), damaged)
        if not (account.taken or account.known or left or damaged):
            self.faults.append(f"{name}: no captures in it")
            account = replace(account, damaged=(self.faults[-1],))
        self.accounts.append(account)

    def copy(self) -> Taken:
        """The counts as they stand now."""
        return Taken(self.taken.copy(), self.known, self.left_out.copy(), list(self.faults))
