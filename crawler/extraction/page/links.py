"""Where the links of a page lead, each asked once."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.addresses import checked
from crawler.discovery.subresources.files import file_address
from crawler.extraction.markup.flat_tree import FlatTree

_NO_PAGE = ("javascript:", "mailto:", "tel:")


class Links:
    """The links of a page by the numbers of their elements. Answers are kept: many rules ask the same."""

    def __init__(self, tree: FlatTree, url: str, base: str) -> None:
        self._tree, self._url, self._base = tree, url, base
        self._own = url.rstrip("/").rpartition("/")[2]
        self._files: dict[int, str | None] = {}
        self._elsewhere: dict[int, bool] = {}
        self._targets: dict[str, SplitResult | None] = {}

    def file(self, number: int) -> str | None:
        """The address of the document that an element leads to, None where it leads to none."""
        if number not in self._files:
            tree = self._tree
            words = "".join(tree.pieces[tree.firsts[number] : tree.lasts[number]])
            self._files[number] = file_address(tree.elements[number], self._base, words)
        return self._files[number]

    def file_of(self, element: HtmlElement) -> str | None:
        """The same for an element that need not be of this page: data bring texts of their own."""
        return file_address(element, self._base)

    def leads_elsewhere(self, number: int) -> bool:
        """Whether a link leads to another page: not to a file, a place in this page, or this page itself."""
        known = self._elsewhere.get(number)
        if known is None:
            href = (self._tree.elements[number].get("href") or "#").strip()
            known = self._elsewhere[number] = self._is_page(href) and self.file(number) is None
        return known

    def _is_page(self, href: str) -> bool:
        if href[:1] in ("", "#") or href.lower().startswith(_NO_PAGE):
            return False
        return href.partition("#")[0].rstrip("/").rpartition("/")[2] != self._own

    def target(self, href: str) -> SplitResult | None:
        """The parts of the address that a link leads to, of the page itself for ""; None for one that is none."""
        if href not in self._targets:
            try:
                self._targets[href] = urlsplit(urljoin(self._url, checked(href)))
            except ValueError:
                self._targets[href] = None
        return self._targets[href]

    def of_line(self, node: int) -> list[int]:
        """The link that a line is, or stands in, else those inside it."""
        tags, parents, around = self._tree.tags, self._tree.parents, node
        while around >= 0 and tags[around] != "a":
            around = parents[around]
        return [around] if around >= 0 else list(self._tree.within(node, "a"))
