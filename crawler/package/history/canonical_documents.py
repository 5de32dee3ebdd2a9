"""Where captures belong: the same article under two addresses is one article. Pure.

A page may call another address its own (a canonical link), and an address may lead to another (a redirect). Neither is
believed by itself, since templates name the front page, or one article on all pages. The address must be an article's
whose page was read in the same run or earlier, and a canonical link's must say the same words. One that nobody has read
is told as the article's address where it names the same thing as its own: the end of the path, or a number in it. It is
none where it is a folder on the way to the page, or where another document of the run calls it its own, too.

What is decided of a capture rests on captures of its own run and of earlier ones alone, so that a build in steps and a
build of all at once decide alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawler.ids import article_id, canonical_url
from crawler.model import Article, Reason
from crawler.package.history.history import Known
from crawler.package.tables.row_builders import Sight

_NUMBER = re.compile(r"(?<!\d)\d{2,18}(?!\d)")  # 12, 224061
SAME = 0.8  # of the lines of the shorter text; print versions leave a caption or a signature out


@dataclass(frozen=True, slots=True)
class _Said:
    """What an article that stands at its own address says."""

    address: str
    lines: frozenset[str]


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


def at_home(documents: Mapping[str, list[Sight]], known: Mapping[str, Known]) -> dict[str, list[Sight]]:
    """`documents` with each capture at the article that it is of. One that names another article's address with other
    words stays where it is, under its own address and with a warning."""
    if not pointed_ids(documents):
        return dict(documents)
    said = {i: _said(known[i].row or {}) for i in sorted(known) if known[i].row}
    homes: dict[str, list[Sight]] = {}
    for run in _runs(documents):
        shared = _shared(run)
        pointing = [(i, sight, other) for i, sight in run if (other := pointed_at(sight))]
        for document, sight in run:
            if pointed_at(sight) is None:
                homes.setdefault(document, []).append(sight)
                if isinstance(sight.outcome, Article) and (sight.from_page or document not in said):
                    said[document] = _Said(sight.outcome.url, _lines(sight.outcome.title, sight.outcome.text))
        for document, sight, other in pointing:
            target = article_id(sight.capture.source_id, other)
            home = target if document not in said else document
            placed = _placed(sight, other, said.get(target)) if home == target else sight
            if placed is None or placed.document != other:
                home, placed = document, placed or _unread(sight, other, is_shared=other in shared)
                if isinstance(placed.outcome, Article):
                    said.setdefault(
                        document, _Said(placed.outcome.url, _lines(placed.outcome.title, placed.outcome.text))
                    )
            homes.setdefault(home, []).append(placed)
    return homes


def _placed(sight: Sight, other: str, said: _Said | None) -> Sight | None:
    """A capture as one of the article at `other`; with its own address again where that says something else; None
    where nothing is known of it."""
    if said is None or said.address != other:
        return None
    outcome = sight.outcome
    if not isinstance(outcome, Article):
        return replace(sight, outcome=replace(outcome, document=other))
    mine = _lines(outcome.title, outcome.text)
    if len(mine & said.lines) >= SAME * min(len(mine), len(said.lines)):
        return replace(sight, outcome=replace(outcome, document=other))
    warning = f"canonical: it names {other}, which says something else"
    return replace(sight, outcome=replace(outcome, url=outcome.document, warnings=(*outcome.warnings, warning)))


def _shared(run: Sequence[tuple[str, Sight]]) -> set[str]:
    """The addresses that two documents of a run call their own."""
    named: dict[str, set[str]] = {}
    for document, sight in run:
        if isinstance(sight.outcome, Article) and (other := pointed_at(sight)):
            named.setdefault(other, set()).add(document)
    return {other for other, its in named.items() if len(its) > 1}


def _unread(sight: Sight, other: str, *, is_shared: bool) -> Sight:
    """A capture that names an address whose page nobody has read: with its own again, where that is no other name."""
    outcome = sight.outcome
    if not isinstance(outcome, Article) or (not is_shared and names_the_same(sight.document, other)):
        return sight
    why = "which other articles name too" if is_shared else "whose page was not read"
    warning = f"canonical: it names {other}, {why}"
    return replace(sight, outcome=replace(outcome, url=sight.document, warnings=(*outcome.warnings, warning)))


def names_the_same(own: str, other: str) -> bool:
    """Whether two addresses seem to be of one page: `/m/news/12` and `/news/12`, but not `/news/12` and `/news/`."""
    mine, its = urlsplit(own), urlsplit(other)
    if mine.path.startswith(f"{its.path.rstrip('/')}/") and not its.query:
        return False  # the front page, or a folder on the way
    ends = [address.path.rstrip("/").rpartition("/")[2] for address in (mine, its)]
    numbers = [set(_NUMBER.findall(f"{end}?{address.query}")) for end, address in zip(ends, (mine, its), strict=True)]
    return bool(numbers[0] & numbers[1]) or (ends[0] == ends[1] != "" and mine.query == its.query)


def _said(row: Mapping[str, str]) -> _Said:
    return _Said(row["url"], _lines(row["title"], row["text"]))


def _lines(title: str, text: str) -> frozenset[str]:
    return frozenset([title, *text.split("\n")])


def _runs(documents: Mapping[str, list[Sight]]) -> Iterable[list[tuple[str, Sight]]]:
    """All captures with the ids of their documents, run by run in the order of time."""
    by_run: dict[str, list[tuple[str, Sight]]] = {}
    for document, its in sorted(documents.items()):
        for sight in its:
            by_run.setdefault(sight.capture.run_id, []).append((document, sight))
    runs = list(by_run.values())
    for run in runs:
        run.sort(key=lambda pair: (pair[1].capture.fetched_at, pair[1].capture.capture_id))
    return sorted(runs, key=lambda run: (run[0][1].capture.fetched_at, run[0][1].capture.run_id))
