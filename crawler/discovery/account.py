"""What became of the items of one page of a listing: the third law of the house, before the fetch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Account:
    """Each item that a page shows is in exactly one place: seen = listed + new + known + refused + unread.

    Discovery gives it with `listed`, the items whose documents it hands on; the run decides, and leaves none there."""

    seen: int = 0
    listed: int = 0
    new: int = 0
    known: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)  # reason -> items that nobody asks for
    unread: Mapping[str, int] = field(default_factory=dict)  # reason -> items that were not understood
    example: str = ""  # the first that was not understood

    @property
    def is_balanced(self) -> bool:
        """Whether every item that was seen is accounted for."""
        placed = self.listed + self.new + self.known + sum(self.refused.values()) + sum(self.unread.values())
        return self.seen == placed

    @property
    def reasons(self) -> str:
        """Why items were left out, in words: "2 with no address, 1 by match"."""
        parts = [*self.unread.items(), *self.refused.items()]
        return ", ".join(f"{n} {reason}" for reason, n in parts)

    def decided(self, *, new: int, known: int, refused: Mapping[str, int]) -> Account:
        """The same page after the run has decided on what was listed. Raises ValueError when an item is missing."""
        every = Counter(self.refused) + Counter(refused)
        account = replace(self, listed=0, new=self.new + new, known=self.known + known, refused=dict(every))
        if not account.is_balanced:
            raise ValueError(f"items are missing from the account of a page: {account}")
        return account

    def __add__(self, other: Account) -> Account:
        return Account(
            self.seen + other.seen,
            self.listed + other.listed,
            self.new + other.new,
            self.known + other.known,
            dict(Counter(self.refused) + Counter(other.refused)),
            dict(Counter(self.unread) + Counter(other.unread)),
            self.example or other.example,
        )
