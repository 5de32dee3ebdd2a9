"""Where the lines of a page stand: in which box with which others, in which row of which table. Numbers of elements,
each found once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from crawler.extraction.markup.flat_tree import FlatTree
from crawler.extraction.markup.text_blocks import Block

_PARTS = frozenset(
    "li ul ol dl dt dd menu dir table thead tbody tfoot tr td th caption blockquote figure details summary p pre "
    "h1 h2 h3 h4 h5 h6".split()
)
# These may stand around blocks, too, and are no box of theirs then.
_INLINE = frozenset("span font b i em strong u small big".split())
_LISTS = frozenset("ul ol dl menu dir".split())
_CELLS = frozenset("td th".split())
_ITEMS = frozenset("li dt dd".split())
_CELL = 300  # characters of a cell of data; a longer one is a column of the page
_DEEP = 4  # boxes around one line that are told
_LINES, _OF_LINES = 2, 120  # paragraphs of a cell that is a column though it is shorter, and its characters
# Class names for the state of one of several like boxes: the tab that is shown.
_STATES = frozenset("active is-active show current selected open".split())


@dataclass
class Layout:
    """The boxes of a page's lines."""

    tree: FlatTree
    blocks: Sequence[Block]
    _kinds: dict[int, tuple[tuple[int, str], ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def rows(self) -> list[int]:
        """For each element the row of data that it stands in, -1 where there is none. Tables serve for the layout of
        pages too: a row with one cell of words, or with a cell of many, is no row of data."""
        tree, found = self.tree, [-1] * len(self.tree.tags)
        rows = tree.tagged("tr")
        if not rows:
            return found
        cells, lines = Counter[int](), Counter(self._cell(block.node) for block in self.blocks)
        wide: set[int] = set()
        for n in (n for tag in _CELLS for n in tree.tagged(tag) if tree.sizes[n]):
            row = tree.parents[n]
            cells[row] += 1
            if tree.sizes[n] >= (_CELL if lines[n] < _LINES else _OF_LINES):
                wide.add(row)
        nested = {tree.parents[n] for n in tree.tagged("table")}
        for n in sorted({*rows, *nested}):  # what is inside comes behind what holds it
            if n in nested and found[n] >= 0:
                self._paint(found, n, -1)
            elif tree.tags[n] == "tr" and found[n] < 0 and cells[n] > 1 and n not in wide:
                self._paint(found, n, n)
        return found

    def _paint(self, found: list[int], node: int, value: int) -> None:
        """Gives an element and all inside it a value."""
        end = self.tree.ends[node]
        found[node:end] = [value] * (end - node)

    def _cell(self, node: int) -> int:
        """The cell that a line fills, or is a paragraph of, in whatever boxes; the element itself where it is no part
        of one, or an item of a list in it."""
        tags, parents, at = self.tree.tags, self.tree.parents, node
        for _ in range(_DEEP + 1):
            if at < 0 or tags[at] in _ITEMS:
                break
            if tags[at] in _CELLS:
                return at
            at = parents[at]
        return node

    @cached_property
    def lists(self) -> list[int]:
        """For each element the outermost list of items that it stands in, inside the nearest column; -1 for none."""
        return self._outermost(_LISTS)

    @cached_property
    def quotes(self) -> list[int]:
        """For each element the outermost quotation that it stands in; -1 for none."""
        return self._outermost(frozenset({"blockquote"}))

    @cached_property
    def items(self) -> list[int]:
        """For each element the innermost list that it stands in; -1 for none."""
        return self._innermost(frozenset({"ul", "ol"}))

    @cached_property
    def typed(self) -> list[int]:
        """For each element the innermost <pre> that it stands in; -1 for none."""
        return self._innermost(frozenset({"pre"}))

    @cached_property
    def articles(self) -> list[int]:
        """For each element the innermost <article> that it stands in; -1 for none."""
        return self._innermost(frozenset({"article"}))

    def _innermost(self, tags: frozenset[str]) -> list[int]:
        found = [-1] * len(self.tree.tags)
        for n in sorted(n for tag in tags for n in self.tree.tagged(tag)):
            self._paint(found, n, n)
        return found

    def _outermost(self, tags: frozenset[str]) -> list[int]:
        found = [-1] * len(self.tree.tags)
        if any(map(self.tree.tagged, tags)):
            for n in sorted(n for tag in tags | _CELLS for n in self.tree.tagged(tag)):
                if self.tree.tags[n] in _CELLS:
                    if self.rows[n] < 0:
                        self._paint(found, n, -1)  # a column
                elif found[n] < 0:
                    self._paint(found, n, n)
        return found

    @cached_property
    def entries(self) -> dict[int, list[int]]:
        """The lines of each list of a page's text, by their numbers."""
        entries: dict[int, list[int]] = {}
        for n, block in enumerate(self.blocks):
            if block.place == "body" and (items := self.items[block.node]) >= 0:
                entries.setdefault(items, []).append(n)
        return entries

    @cached_property
    def homes(self) -> list[int]:
        """For each line the element that it shares with others of its text: outside lists, tables of data, quotations,
        and boxes around this line alone."""
        found = dict[int, int]()
        lines = Counter([block.node for block in self.blocks])
        nodes, ends = sorted(lines), self.tree.ends
        for node, following in zip(nodes, [*nodes[1:], len(self.tree.tags)], strict=bool(nodes)):
            found[node] = self._home(node, holds_several=lines[node] > 1 or following < ends[node])
        return [found[block.node] for block in self.blocks]

    def boxes(self, line: int) -> tuple[tuple[str, str], ...]:
        """Tag and class of the boxes around a line alone, inside its home: systems that build pages of components put
        each paragraph into boxes of its own."""
        return self._between(self.blocks[line].node, self.homes[line])

    def boxes_of(self, home: int, outer: set[int]) -> tuple[tuple[str, str], ...]:
        """Tag and class of an element and of the boxes around it, inside the nearest of some others; none where it
        stands in none of them, or deep in one."""
        around = self.tree.parents[home]
        for _ in range(_DEEP):
            if around in outer:
                return (self.tree.tags[home], self.tree.classes[home]), *self._between(home, around)
            if around < 0:
                break
            around = self.tree.parents[around]
        return ()

    def _between(self, node: int, home: int) -> tuple[tuple[str, str], ...]:
        boxes: list[tuple[str, str]] = []
        while node != home and (node := self.tree.parents[node]) not in (home, -1) and len(boxes) < _DEEP:
            if (tag := self.tree.tags[node]) not in _PARTS:
                boxes.append((tag, self.tree.classes[node]))
        return tuple(boxes)

    def _home(self, node: int, *, holds_several: bool) -> int:
        tags, parents, sizes = self.tree.tags, self.tree.parents, self.tree.sizes
        if holds_several and tags[node] not in _PARTS:
            return node
        while (parent := parents[node]) >= 0:
            if tags[node] in _CELLS and self.rows[node] < 0 and sizes[node] > sizes[parent] / 2:
                return node  # a column of the page
            if tags[parent] not in _PARTS and tags[parent] not in _INLINE and sizes[parent] > sizes[node]:
                return parent
            if tags[parent] in _CELLS and self.rows[parent] < 0:
                return parent
            node = parent
        return node

    def kinds(self, home: int) -> tuple[tuple[int, str], ...]:
        """What boxes of one kind share: the element around them, or around those around them, with the tags and classes
        on the way. Articles are no boxes: each is one of its own."""
        known = self._kinds.get(home)
        if known is None:
            known = self._kinds[home] = tuple(self._kinds_of(home))
        return known

    def _kinds_of(self, home: int) -> Iterator[tuple[int, str]]:
        tree, way = self.tree, ""
        for _ in range(2):
            if home <= 0 or tree.tags[home] == "article" or not (tree.classes[home] or way):
                return
            kind = " ".join(name for name in tree.classes[home].split() if name not in _STATES)
            way += f" {tree.tags[home]}.{kind}"
            home = tree.parents[home]
            yield home, way

    def inside(self, node: int, of: int) -> bool:
        """Whether an element is another, or stands in it."""
        return of <= node < self.tree.ends[of]
