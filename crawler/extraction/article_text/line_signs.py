"""What tells whether a sentence outside the text belongs to it: where it stands, and what stands like it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from crawler.extraction.labels.draft import Draft
from crawler.extraction.lines.boilerplate_phrases import ends_article, is_byline, is_label, is_pointer
from crawler.extraction.lines.calls_to_action import ends_page, is_closing
from crawler.extraction.lines.datelines import is_dateline
from crawler.extraction.markup.dom import SENTENCE_ENDS

_AROUND = 8  # lines before and behind a line
_ALONE = -1.0  # in place of a share, where no other line stands like this one
_BOXES = 12  # elements around a line that may bear the name of comments
_COMMENT = re.compile(
    r"(?:^|[\s_-])(?:div-?)?(?:comment|reply|replies|respond|disqus)(?:s|list|body|area)?(?:$|[\s_-])", re.IGNORECASE
)
_LABEL = 90  # characters of a line that ends an article
_SHORT = 400  # characters of a line that may be a label, byline or invitation


@dataclass
class LineSigns:
    """The signs of a page's lines, numbers each, against the text as it is so far."""

    draft: Draft

    def candidates(self) -> list[int]:
        """The sentences behind the headline that nothing names: no rule gave them a label, their place is no frame or
        margin, their words are no label, none of them is said twice, and neither comments nor other items begin between
        the text and them."""
        draft, text, seen = self.draft, self._text, set[str]()
        found = []
        for n, block in enumerate(draft.blocks):
            if n > draft.text[-1] and _ends(block.text):
                break
            is_new, is_named = block.key not in seen, n in draft.labels or n in text
            seen.add(block.key)
            if (
                n >= draft.start
                and is_new
                and not is_named
                and draft.prose[n]
                and not self._speaks(n)
                and not self._is_comment(n)
            ):
                found.append(n)
        return found

    def _speaks(self, n: int) -> bool:
        """Whether a line's own words say that it is none of the text."""
        line, draft = self.draft.blocks[n].text, self.draft
        return self.draft.blocks[n].size < _SHORT and (
            is_label(line, draft.shown)
            or is_closing(line)
            or is_pointer(line)
            or ends_article(line)
            or is_byline(line, draft.names)
            or is_dateline(line, None)
        )

    def _is_comment(self, n: int) -> bool:
        """Whether a line stands in a box that bears the name of comments."""
        tree, at = self.draft.page.tree, self.draft.blocks[n].node
        for _ in range(_BOXES):
            if at < 0 or tree.tags[at] == "body":
                return False
            if _COMMENT.search(tree.get(at, "id")) or _COMMENT.search(tree.classes[at]):
                return True
            at = tree.parents[at]
        return False

    def of(self, n: int) -> dict[str, float]:
        """The signs of a line, by name."""
        draft, layout = self.draft, self.draft.layout
        block, tree, home = draft.blocks[n], draft.page.tree, layout.homes[n]
        return {
            "size": block.size,
            "links": block.links,
            "ends": float(block.text.endswith(SENTENCE_ENDS)),
            "listed": float(layout.lists[block.node] >= 0),
            "between": float(draft.text[0] < n < draft.text[-1]),
            "distance": self._distance(n),
            "beside": self._beside(n),
            "same home": self._homes(n),
            "same kind": self._kinds(n),
            "same box": self._boxes(n),
            "same part": self._parts(n),
            "links at home": tree.linked[home] / (tree.sizes[home] or 1),
            "home": tree.sizes[home] / self._running,
            "steps": self._steps(block.node),
            "found": self._size / self._running,
        }

    @cached_property
    def _text(self) -> frozenset[int]:
        return frozenset(self.draft.text)

    @cached_property
    def _size(self) -> int:
        return sum(self.draft.blocks[n].size for n in self.draft.text)

    @cached_property
    def _running(self) -> int:
        """Characters of sentences on the page."""
        return sum(b.size for b, prose in zip(self.draft.blocks, self.draft.prose, strict=True) if prose) or 1

    @cached_property
    def _holds(self) -> list[bool]:
        """Of each element whether a line of the text is inside."""
        tree = self.draft.page.tree
        holds = [False] * len(tree.elements)
        for n in self.draft.text:
            at = self.draft.blocks[n].node
            while at >= 0 and not holds[at]:
                holds[at] = True
                at = tree.parents[at]
        return holds

    def _steps(self, node: int) -> int:
        """Elements between a line and the first around it that holds some of the text."""
        steps = 0
        while node > 0 and not self._holds[node]:
            node, steps = self.draft.page.tree.parents[node], steps + 1
        return steps

    def _distance(self, n: int) -> int:
        """Lines to the next of the text."""
        text = self.draft.text
        at = bisect_left(text, n)
        return min(abs(m - n) for m in text[max(0, at - 1) : at + 1])

    def _beside(self, n: int) -> float:
        """The share of the text in the words of the lines around a line."""
        blocks = self.draft.blocks
        around = [m for m in range(max(0, n - _AROUND), min(len(blocks), n + _AROUND + 1)) if m != n]
        return sum(blocks[m].size for m in around if m in self._text) / (sum(blocks[m].size for m in around) or 1)

    @cached_property
    def _homes(self) -> Callable[[int], float]:
        return self._shares(self.draft.layout.homes)

    @cached_property
    def _kinds(self) -> Callable[[int], float]:
        return self._shares([self._kind(b.node) for b in self.draft.blocks])

    @cached_property
    def _boxes(self) -> Callable[[int], float]:
        parents = self.draft.page.tree.parents
        return self._shares([(self._kind(b.node), self._kind(parents[b.node])) for b in self.draft.blocks])

    @cached_property
    def _parts(self) -> Callable[[int], float]:
        parents = self.draft.page.tree.parents
        return self._shares([parents[home] if home > 0 else 0 for home in self.draft.layout.homes])

    def _kind(self, node: int) -> tuple[str, str]:
        tree = self.draft.page.tree
        return (tree.tags[node], tree.classes[node]) if node >= 0 else ("", "")

    def _shares(self, kinds: Sequence[Hashable]) -> Callable[[int], float]:
        """For a line, the share of the text in the words of the others of its kind."""
        whole: dict[Hashable, int] = {}
        text: dict[Hashable, int] = {}
        sizes, chosen = [block.size for block in self.draft.blocks], self._text
        for n, kind in enumerate(kinds):
            whole[kind] = whole.get(kind, 0) + sizes[n]
            if n in chosen:
                text[kind] = text.get(kind, 0) + sizes[n]

        # It holds nothing of this object, which keeps it: a cycle would keep the page until Python looks for cycles.
        def share(n: int) -> float:
            others = whole[kinds[n]] - sizes[n]
            own = sizes[n] if n in chosen else 0
            return (text.get(kinds[n], 0) - own) / others if others else _ALONE

        return share


def _ends(line: str) -> bool:
    """Whether a line behind the text says that what follows is not the article's: other items, comments, a day."""
    return len(line) <= _LABEL and (ends_article(line) or ends_page(line) or is_dateline(line, None))


def bins(signs: dict[str, float], edges: dict[str, tuple[float, ...]]) -> Iterator[tuple[str, int]]:
    """For each sign the number of the bin that its value falls into: how many of its edges lie below it."""
    for name, value in signs.items():
        yield name, bisect_left(edges[name], value)
