"""Whether the pages of a listing are parts of one order. Pure.

While a listing is read, news may come in at its top: what stood last on a page then stands first on the next, and
nothing is lost. Items that come again elsewhere tell that each page was sorted for itself (by readers, at random, by
equal dates): what stands twice has taken the place of others, which stood on no page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

_FEWEST, _LEAST_SHARE = 3, 0.1  # items that stand twice, of all: fewer are a list beside the list


@dataclass(slots=True)
class PageOrder:
    """What the pages of a listing have shown, and which items came again where none should."""

    pages: int = 0
    times: Counter[str] = field(default_factory=Counter)  # by document: the pages that have shown it
    before: frozenset[str] = frozenset()  # documents of the page before
    again: set[str] = field(default_factory=set)

    def add(self, documents: Sequence[str]) -> None:
        """Notes the documents of the next page, in their order."""
        shown = list(dict.fromkeys(documents))
        is_fresh = any(document not in self.times for document in shown)
        if self.pages and is_fresh:  # a page with nothing of its own is an earlier one again, or behind the end
            moved = next((n for n, document in enumerate(shown) if document not in self.before), len(shown))
            self.again.update(d for d in shown[moved:] if d in self.times)
        if is_fresh:
            self.pages += 1
            self.times.update(shown)
            self.before = frozenset(shown)

    @property
    def out_of_order(self) -> tuple[int, int] | None:
        """(items that stand on several pages, all items), where so many do that others may stand on none. What stands
        on every page, as pinned items do, is none of them."""
        again = sum(1 for document in self.again if self.times[document] < self.pages)
        total = len(self.times)
        return (again, total) if again >= max(_FEWEST, _LEAST_SHARE * total) else None
