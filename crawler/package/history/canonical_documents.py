"""Where captures belong: the same article under two addresses is one article. Pure.

A page may call another address its own (a canonical link, RFC 6596), and an address may lead to another (a redirect).
Neither is believed by itself, since templates name the front page, or one article on all pages. The address must be an
article's whose page was read in the same run or earlier, and a canonical link's must say the same words. One that
nobody has read is told as the article's address where it names the same thing as its own: the end of the path, or a
number in it. It is none where it is a folder on the way to the page, or where another document calls it its own, too.

Where the address of a known article leads to one that nobody has read before, and that says the same, the article has
moved: it keeps its id, and stands there from then on.

Where such an address is read in a later run and says the same, its page is that of the article that named it, which
keeps its id and has the address from then on; an article is also known again by an address that its page names and
nobody has read. So a document has one article in whatever order its addresses were captured.

What is decided of a capture rests on captures of its own run and of earlier ones alone, so that a build in steps and a
build of all at once decide alike.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.ids import article_id, canonical_url
from crawler.model import Article, Reason
from crawler.package.history.stated_articles import Stated, StatedArticles, lines_of, stated
from crawler.package.tables import canonical_claims
from crawler.package.tables.row_builders import Sight

_NUMBER = re.compile(r"(?<!\d)\d{2,18}(?!\d)")  # 12, 224061


class Run(NamedTuple):
    """The captures of a run: `sights` gives them in the order of time, as often as it is called, and `leads_on` says
    whether one of them may be a redirect."""

    sights: Callable[[], Iterable[Sight]]
    leads_on: bool = True


def pointed_at(sight: Sight) -> str | None:
    """The address that a capture says the document has instead of its own, or None. Only where documents are keyed by
    their addresses: a portal's own numbers need no such help."""
    own = sight.document
    try:
        if own != canonical_url(sight.capture.url):
            return None
        if isinstance(sight.outcome, Article):
            other = sight.outcome.url if sight.from_page else own
        elif sight.outcome.reason is Reason.REDIRECT and sight.capture.redirect:
            other = canonical_url(sight.capture.redirect)
        else:
            return None
    except ValueError:
        return None
    return other if other != own else None


def pointed_ids(documents: Mapping[str, list[Sight]]) -> set[str]:
    """The ids of the documents that captures point at."""
    found = ((sight.capture.source_id, pointed_at(sight)) for its in documents.values() for sight in its)
    return {article_id(source, other) for source, other in found if other}


def addresses(documents: Mapping[str, list[Sight]]) -> dict[tuple[str, str], set[str]]:
    """(source, address) of the captures, and of what they point at, which another article may have named before; with
    the ids of the documents whose captures these are."""
    found: dict[tuple[str, str], set[str]] = {}
    for document, its in documents.items():
        for sight in its:
            for address in {sight.document, pointed_at(sight)} - {None}:
                found.setdefault((sight.capture.source_id, str(address)), set()).add(document)
    return found


def at_home(runs: Iterable[Run], articles: StatedArticles) -> Iterator[tuple[str, Sight]]:
    """The captures of `runs`, which are in the order of time, each with the id of the article that it is of. One that
    names another article's address with other words stays where it is, under its own address and with a warning.
    `articles` says what is known before, and is brought to what is known then."""
    for run in runs:
        shown: set[str] = set()  # at the addresses that are theirs
        named, moved = _Named(), _moved(run, articles) if run.leads_on else {}
        for sight in run.sights():
            document = sight.article_id
            if other := pointed_at(sight):
                named.note(document, sight, other)
                continue
            home, placed = _of_address(document, sight, articles, moved)
            if isinstance(placed.outcome, Article) and (placed.from_page or not articles.get(home)):
                claim = placed.outcome.url if home != document else None
                _note(articles, home, stated(placed.capture.source_id, placed.outcome, claim))
                shown.add(home)
            yield home, placed
        for sight in run.sights() if named.any else ():
            if not (other := pointed_at(sight)):
                continue
            document = sight.article_id
            home, placed = _of_pointing(document, sight, other, articles, is_shared=other in named.shared)
            if home == document and home not in shown and isinstance(placed.outcome, Article):
                _note(articles, home, _naming(placed, other))
            yield home, placed


def _moved(run: Run, articles: StatedArticles) -> dict[tuple[str, str], str]:
    """By source and address: the known article whose address leads there in a run, through others if need be. None for
    an address at which an article stands, or to which several lead."""
    found: dict[tuple[str, str], str] = {}
    for sight in run.sights():
        if isinstance(sight.outcome, Article) or sight.outcome.reason is not Reason.REDIRECT:
            continue
        other, source = pointed_at(sight), sight.capture.source_id
        if other is None or articles.get(article_id(source, other)):
            continue
        stands = (home for home, its in articles.claimants(source, sight.document) if its.address == sight.document)
        own = sight.article_id if articles.get(sight.article_id) else next(stands, None)
        home = own or found.get((source, sight.document), "")
        if home:
            found[source, other] = home if found.get((source, other), home) == home else ""
    return found


def _of_address(
    document: str, sight: Sight, articles: StatedArticles, moved: Mapping[tuple[str, str], str]
) -> tuple[str, Sight]:
    """The home of a capture that points nowhere else, and it as one of it."""
    if articles.get(document):
        return document, sight
    outcome, address, source = sight.outcome, sight.document, sight.capture.source_id
    its_old = moved.get((source, address), "")
    led = [(its_old, its)] if its_old and isinstance(outcome, Article) and (its := articles.get(its_old)) else []
    for home, its in (*articles.claimants(source, address), *led):
        if isinstance(outcome, Article):
            is_its = sight.from_page and its.goes_on_as(outcome.title, outcome.text)
        else:
            is_its = its.address == address
        if is_its:
            return home, replace(sight, outcome=replace(outcome, document=its.document))
    return document, sight


def _of_pointing(
    document: str, sight: Sight, other: str, articles: StatedArticles, *, is_shared: bool
) -> tuple[str, Sight]:
    """The home of a capture that names another address, and it as one of it."""
    source, outcome = sight.capture.source_id, sight.outcome
    target = article_id(source, other)
    mine, its = articles.get(document), articles.get(target)
    if its is not None and its.address != other:
        its = None
    if mine is None and its is not None:
        return _at_read(document, sight, other, its, target)
    if mine is None:
        for home, named in articles.claimants(source, other):
            if _is_its(sight, other, named):
                if isinstance(outcome, Article):
                    outcome = replace(outcome, url=named.address)
                return home, replace(sight, outcome=replace(outcome, document=named.document))
    if not isinstance(outcome, Article):
        return document, sight
    if its is not None:  # both have been published, and stay what they are
        is_form = its.is_form_of(outcome.title, outcome.text)
        warning = canonical_claims.published if is_form else canonical_claims.contradicted
        return document, _with_own(sight, warning(other))
    if mine is not None and mine.address == other:
        return document, sight
    is_shared = is_shared or articles.is_claimed(source, other, by_others_than=document)
    if names_the_same(sight.document, other) and not is_shared:
        return document, sight
    return document, _with_own(sight, (canonical_claims.shared if is_shared else canonical_claims.unread)(other))


def _at_read(document: str, sight: Sight, other: str, its: Stated, target: str) -> tuple[str, Sight]:
    """As `_of_pointing`, where the page at the other address is an article; with its own address again where that says
    something else."""
    outcome = sight.outcome
    if not isinstance(outcome, Article) or its.is_form_of(outcome.title, outcome.text):
        return target, replace(sight, outcome=replace(outcome, document=other))
    return document, _with_own(sight, canonical_claims.contradicted(other))


def _is_its(sight: Sight, other: str, named: Stated) -> bool:
    """Whether a capture that names an address is of an article that names it too, though nobody has read it there."""
    outcome = sight.outcome
    if not isinstance(outcome, Article):
        return named.address == other
    return named.is_twin_of(outcome.title, outcome.text) and not _is_on_the_way(sight.document, other)


def _with_own(sight: Sight, warning: str) -> Sight:
    """A capture of an article with its own address again."""
    outcome = sight.outcome
    assert isinstance(outcome, Article)  # noqa: S101 - asked by the callers
    return replace(sight, outcome=replace(outcome, url=outcome.document, warnings=(*outcome.warnings, warning)))


def _naming(sight: Sight, other: str) -> Stated:
    """What the page of an article says that names another address."""
    outcome = sight.outcome
    assert isinstance(outcome, Article)  # noqa: S101 - asked by the caller
    is_claim = outcome.url == other or canonical_claims.is_claim(outcome.warnings, other)
    return stated(sight.capture.source_id, outcome, other if is_claim else None)


def _note(articles: StatedArticles, home: str, new: Stated) -> None:
    """Notes what an article says. The row of one that says the same at the same address stays, and so does this."""
    old = articles.get(home)
    if old is None or (old.lines, old.address) != (new.lines, new.address):
        articles.put(home, new)


class _Named:
    """The addresses that the documents of a run call their own; `shared` are those that two of them do which say
    different things."""

    def __init__(self) -> None:
        self.any = False
        self.shared: set[str] = set()
        self._first: dict[str, tuple[str, bytes]] = {}  # by address: a document, and what it says, hashed

    def note(self, document: str, sight: Sight, other: str) -> None:
        self.any = True
        if isinstance(sight.outcome, Article):
            words = [sight.outcome.title, *sorted(lines_of(sight.outcome.title, sight.outcome.text))]
            said = hashlib.sha256("\n".join(words).encode("utf-8", "surrogatepass")).digest()
            first = self._first.setdefault(other, (document, said))
            if document != first[0] and said != first[1]:
                self.shared.add(other)


def names_the_same(own: str, other: str) -> bool:
    """Whether two addresses seem to be of one page: `/m/news/12` and `/news/12`, but not `/news/12` and `/news/`."""
    mine, its = urlsplit(own), urlsplit(other)
    if _is_on_the_way(own, other):
        return False
    ends = [address.path.rstrip("/").rpartition("/")[2] for address in (mine, its)]
    numbers = [set(_NUMBER.findall(f"{end}?{address.query}")) for end, address in zip(ends, (mine, its), strict=True)]
    return bool(numbers[0] & numbers[1]) or (ends[0] == ends[1] != "" and mine.query == its.query)


def _is_on_the_way(own: str, other: str) -> bool:
    """Whether an address is the front page, or a folder on the way to another one."""
    mine, its = urlsplit(own), urlsplit(other)
    return mine.path.startswith(f"{its.path.rstrip('/')}/") and not its.query
