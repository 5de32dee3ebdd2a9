"""What a seed expects of its source, compared with what the package has of it. Pure: one function for all who ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from crawler.model import Expect
from crawler.package.tables import cell_format
from crawler.package.tables.tables import COLUMN, Row, is_filled, table

NEWEST = 50  # articles whose languages are looked at


@dataclass(frozen=True, slots=True)
class Stock:
    """What a package has of one source: of its live articles, and of its runs."""

    live: int
    filled: Mapping[str, int]  # column -> articles in which it is not empty
    languages: Sequence[str]  # of the newest fifty
    seen: Sequence[tuple[str, bool]]  # runs that reached it, oldest first: (start as a cell, whether it had news)


def unmet(expect: Expect, stock: Stock) -> tuple[str, ...]:
    """What is not as the seed expects, in words; empty when all is. Nobody expects anything of a source that no run
    has looked at."""
    return (*_count(expect, stock), *_filled(expect, stock), *_languages(expect, stock), *_quiet(expect, stock))


def filled_columns(rows: Iterable[Row]) -> Counter[str]:
    """How many of `rows` have a value, by column of the table articles."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(column for column in table("articles").columns if is_filled(row[column]))
    return counts


def newest_languages(rows: Iterable[Row]) -> list[str]:
    """The languages of the newest fifty live articles of one source: those that came last."""
    live = sorted((row["first_seen_at"], row["article_id"], row["language"]) for row in rows if row["status"] == "live")
    return [language for _, _, language in live[-NEWEST:]]


def _count(expect: Expect, stock: Stock) -> list[str]:
    if stock.live >= expect.min_articles:
        return []
    return [f"expected at least {expect.min_articles} articles, there are {stock.live} [min_articles]"]


def _filled(expect: Expect, stock: Stock) -> list[str]:
    found = []
    for name, least in sorted(expect.filled.items()):
        column = COLUMN.get(name, name)
        if column not in table("articles").columns:
            found.append(f"expected {name!r} to be filled, which is no column [filled]")
        elif stock.live and (share := stock.filled.get(column, 0) / stock.live) < least:
            words = f"expected {name} in {least:.1%} of articles, it is in {share:.1%} of {stock.live} [filled]"
            found.append(words)
    return found


def _languages(expect: Expect, stock: Stock) -> list[str]:
    count = len(stock.languages)
    shares = {tag: stock.languages.count(tag) / count for tag in expect.languages} if count else {}
    return [
        f"expected {tag} in {least:.0%} of the newest {count} articles, it is in {shares[tag]:.0%} [languages]"
        for tag, least in sorted(expect.languages.items())
        if count and shares[tag] < least
    ]


def _quiet(expect: Expect, stock: Stock) -> list[str]:
    if not (expect.quiet_days and stock.seen):
        return []
    last = next((start for start, has_news in reversed(stock.seen) if has_news), stock.seen[0][0])
    pause = cell_format.parse_utc(stock.seen[-1][0]) - cell_format.parse_utc(last)
    if pause <= timedelta(days=expect.quiet_days):
        return []
    days = pause / timedelta(days=1)
    return [
        f"expected news within {expect.quiet_days:g} days, the last came {last[:10]}, {days:.1f} before [quiet_days]"
    ]
