"""What each article says, and which address its page calls its own, while captures are given to articles. Pure."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.model import Article
from crawler.package.history.history import Known
from crawler.package.tables.canonical_claims import claim_of
from crawler.package.tables.tables import Row
from crawler.workspace.spool import Spool

MOST = 8  # articles that may name one address; what more of them name is of a template
SAME = 0.8  # of the lines; print versions leave a caption or a signature out
_KNOWN_AGAIN = 0.5  # more of the lines than this: the page at the address itself, edited since


@dataclass(frozen=True, slots=True)
class Stated:
    """What an article says, and where it stands."""

    source: str
    document: str
    address: str
    claim: str | None  # the address that its page calls its own, where it is not its key
    title: str
    lines: frozenset[str]

    def is_form_of(self, title: str, text: str) -> bool:
        """Whether words are those of a form of it, of which one may leave lines out."""
        mine = lines_of(title, text)
        return len(mine & self.lines) >= SAME * min(len(mine), len(self.lines))

    def is_twin_of(self, title: str, text: str) -> bool:
        """Whether words are its own, with hardly a line more or less."""
        mine = lines_of(title, text)
        return title == self.title and len(mine & self.lines) >= SAME * max(len(mine), len(self.lines))

    def goes_on_as(self, title: str, text: str) -> bool:
        """Whether words are its own, as an editor may have changed them."""
        mine = lines_of(title, text)
        return len(mine & self.lines) > _KNOWN_AGAIN * min(len(mine), len(self.lines))


def lines_of(title: str, text: str) -> frozenset[str]:
    """The title and the paragraphs."""
    return frozenset([title, *text.split("\n")])


def stated(source: str, article: Article, claim: str | None) -> Stated:
    """What a reading says."""
    words = lines_of(article.title, article.text)
    return Stated(source, article.document, article.url, claim, article.title, words)


class StatedArticles:
    """Articles by their ids, and by the addresses that their pages name."""

    def __init__(self, known: Mapping[str, Known]) -> None:
        self._by_id: Spool[Stated] = Spool(_dump, _load)
        self._by_claim: dict[tuple[str, str], set[str]] = defaultdict(set)
        for article_id in sorted(known):
            if row := known[article_id].row:
                self.put(article_id, _of_row(row))

    def get(self, article_id: str) -> Stated | None:
        """What is known of an article."""
        return self._by_id.get(article_id)

    def put(self, article_id: str, its: Stated) -> None:
        """Notes what an article says from now on."""
        before = self._by_id.get(article_id)
        if before and before.claim:
            self._by_claim[before.source, before.claim].discard(article_id)
        self._by_id.put("", "", article_id, its, size=sum(map(len, its.lines)))
        if its.claim:
            self._by_claim[its.source, its.claim].add(article_id)

    def claimants(self, source: str, address: str) -> list[tuple[str, Stated]]:
        """The articles, with their ids, whose pages call an address their own; none where more do than may."""
        ids = self._by_claim.get((source, address), ())
        if len(ids) > MOST:
            return []
        return [(i, its) for i in sorted(ids) if (its := self._by_id.get(i))]

    def is_claimed(self, source: str, address: str, *, by_others_than: str) -> bool:
        """Whether the page of another article calls an address its own."""
        return bool(self._by_claim.get((source, address), set()) - {by_others_than})

    def close(self) -> None:
        """Gives back memory and disk."""
        self._by_id.close()


def _dump(its: Stated) -> bytes:
    return json.dumps([its.source, its.document, its.address, its.claim, its.title, sorted(its.lines)]).encode()


def _load(data: bytes) -> Stated:
    source, document, address, claim, title, lines = json.loads(data)
    return Stated(source, document, address, claim, title, frozenset(lines))


def _of_row(row: Row) -> Stated:
    words = lines_of(row["title"], row["text"])
    return Stated(row["source_id"], row["document"], row["url"], claim_of(row), row["title"], words)
