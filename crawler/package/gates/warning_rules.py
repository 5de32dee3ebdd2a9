"""Signs that a source has changed, one source at a time: told, and no reason to hold anything back. Pure."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import chain, pairwise

from crawler.package.publication.quarantine import Verdict
from crawler.package.tables import cell_format
from crawler.package.tables.tables import Row

GOOD = ("complete", "partial", "postponed", "ingested")  # outcomes of runs in which the source could be reached
FEWEST_NEWS = 6  # runs with news: fewer tell no pace
_NEWS = 30  # runs with news that tell it
_PAUSES = 2  # times the longest of their pauses: holidays are among these
_QUIET = timedelta(days=3)  # a pause that needs no explanation
_MIX = 50  # articles: in four languages alike, the shares of so many move by a tenth
_SHIFT = 0.4  # of the articles are in other languages than before: four times what chance does
_FEWEST = 5
_SHARE = 0.5
_LEFT_OUT = 0.25  # of the words among a text: more than usual by so much
_UNKNOWN = 0.25  # of them, where too few articles of the source tell what is usual
_WORDS = 4  # that follow each other
_ALIKE = 0.8  # of these stretches: the texts say the same but for a name or a number
LOOKED_AT = 200  # texts: pairs are compared
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](?:19|20)\d\d(?!\d)")  # 25/07/2026
_NUMBER = re.compile(r"\w*\d\w*")  # a date, a clock, the number of a request: 8f2a91c0


def quiet_since(runs: Sequence[Row], allowed_days: float) -> tuple[str, timedelta, timedelta] | None:
    """(since when, for how long, what is usual) for a source that was reached and had nothing new for more than
    `allowed_days`; where that is 0, for more than twice the longest of the pauses between its last thirty runs with
    news, and at least three days. None when it is not so, or too few runs tell. `runs` are oldest first."""
    seen = [row for row in runs if row["outcome"] in GOOD]
    news = [cell_format.parse_utc(row["started_at"]) for row in seen if row["new"] != "0"][-_NEWS:]
    if not seen or (len(news) < FEWEST_NEWS and not allowed_days):
        return None
    usual = max((later - earlier for earlier, later in pairwise(news)), default=timedelta())
    allowed = timedelta(days=allowed_days) if allowed_days else max(_QUIET, _PAUSES * usual)
    last = news[-1] if news else cell_format.parse_utc(seen[0]["started_at"])
    pause = cell_format.parse_utc(seen[-1]["started_at"]) - last
    return (cell_format.utc(last), pause, usual) if pause > allowed else None


def of_quiet(source: str, runs: Sequence[Row], allowed_days: float) -> list[Verdict]:
    """Whether nothing new has come for much longer than usual: the listing may have moved, or shows an old copy."""
    found = quiet_since(runs, allowed_days)
    if found is None:
        return []
    since, pause, usual = found
    words = f"nothing new since {since[:10]}, for {_days(pause)}; the longest pause before was {_days(usual)}"
    return [Verdict("quiet", source, words, False)]


def of_languages(
    source: str, new: Collection[Row], usual: Sequence[Row], expected: Mapping[str, float]
) -> list[Verdict]:
    """Whether the newest articles are in other languages than those before, or too few in one that the seed expects."""
    older = max(0, _MIX - len(new))  # that are among the newest fifty, too
    recent: Collection[Row] = [*usual[-older:], *new] if older else new
    earlier = usual[: len(usual) - older] if older else usual
    if not new or len(recent) < _MIX:
        return []
    now, before = _shares(recent), _shares(earlier)
    found = [
        f"{tag} is the language of {now.get(tag, 0):.0%} of the newest {len(recent)} articles, expected {least:.0%}"
        for tag, least in sorted(expected.items())
        if now.get(tag, 0) < least
    ]
    shift = sum(abs(now.get(tag, 0) - before.get(tag, 0)) for tag in now.keys() | before.keys()) / 2
    if not expected and len(earlier) >= _MIX and shift > _SHIFT:
        found = [f"the newest {len(recent)} articles are in {_told(now)}, those before in {_told(before)}"]
    return [Verdict("languages", source, words, False) for words in found]


def of_alike(source: str, rows: Sequence[Row], usual: Sequence[Row]) -> list[Verdict]:
    """Whether most new or edited articles say nearly the same, and those before did not (bulletins always do)."""
    group, texts = alike([row["text"] for row in rows])
    if group < _FEWEST or group <= _SHARE * texts or group <= max(Counter(row["text"] for row in rows).values()):
        return []
    before, looked_at = alike([row["text"] for row in usual[-_MIX:]])
    if looked_at and before > _SHARE * looked_at:
        return []
    return [Verdict("alike", source, f"{group} of {texts} new or edited articles say nearly the same", False)]


def of_moments(source: str, rows: Collection[Row], usual: Sequence[Row]) -> list[Verdict]:
    """Whether most new or edited articles were published in one and the same second: that in which the site's software
    made the pages, of which a single page says nothing. Not where those before state one, too."""
    moments = _seconds(rows)
    moment, count = max(moments.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    if count < _FEWEST or count <= _SHARE * len(rows):
        return []
    before = _seconds(usual[-_MIX:])
    if usual and max(before.values(), default=0) > _SHARE * len(usual[-_MIX:]):
        return []
    words = f"{count} of {len(rows)} new or edited articles say that they were published at {moment}"
    return [
        Verdict("moments", source, f"{words}: a date of the software's, selectors.published may name another", False)
    ]


def of_dropped(source: str, rows: Collection[Row], usual: Sequence[Row]) -> list[Verdict]:
    """Whether new or edited articles leave out more of the words that stand among the lines of their text than is usual
    for the source: a list, a quotation or half of the text may be lost, or the site has a new box there."""
    before = sorted(_dropped(row) for row in usual[-_MIX:])
    most = before[len(before) * 9 // 10] if len(before) >= _FEWEST else _UNKNOWN
    limit = max(_LEFT_OUT, most + _LEFT_OUT)
    found = sorted((share, row["article_id"]) for row in rows if (share := _dropped(row)) > limit)
    if not found:
        return []
    share, article = found[-1]
    words = f"{len(found)} new or edited articles leave out more of the words among their text than usual"
    return [Verdict("dropped", source, f"{words} ({most:.0%}): {article} {share:.0%}, see show --explain", False)]


def _dropped(row: Row) -> float:
    return float(row.get("dropped_share") or 0)


def _seconds(rows: Iterable[Row]) -> Counter[str]:
    """How many rows have each time of publication that is told to the second: software writes :00 for a minute."""
    told = (row["published_at"] for row in rows if row["published_precision"] == "second")
    return Counter(moment for moment in told if moment[17:19] != "00")


def of_order(source: str, rows: Collection[Row], usual: Sequence[Row]) -> list[Verdict]:
    """Whether days are empty for want of the order of their figures (07/01/2026) that other articles of the source
    prove (25/07/2026): one page knows no others, and the seed may say it for all."""
    unknown = sum(1 for row in rows if row["published_precision"] == "open")
    day_first = month_first = 0
    for row in chain(usual, rows):
        if found := _FIGURES.search(row["published_raw"]):
            day_first += int(found[1]) > 12 >= int(found[2])
            month_first += int(found[2]) > 12 >= int(found[1])
    if not unknown or bool(day_first) == bool(month_first):
        return []
    order, proofs = ("DMY", day_first) if day_first else ("MDY", month_first)
    words = (
        f"{unknown} new or edited articles have no day of publication, since nothing on them tells the order of figures"
    )
    return [Verdict("order", source, f'{words}; {proofs} others prove it: selectors.date_order = "{order}"', False)]


def alike(texts: Sequence[str]) -> tuple[int, int]:
    """(the largest group of texts that say nearly the same as one of them, how many were looked at: two hundred at
    most, spread evenly). Texts are compared by stretches of four words, numbers left out (Jaccard, at least 0.8)."""
    step = max(1, -(-len(texts) // LOOKED_AT))
    leaders: list[frozenset[int]] = []
    counts: Counter[int] = Counter()
    for text in texts[::step]:
        stretches = _stretches(text)
        near = (n for n, leader in enumerate(leaders) if len(stretches & leader) >= _ALIKE * len(stretches | leader))
        group = next(near, len(leaders))
        if group == len(leaders):
            leaders.append(stretches)
        counts[group] += 1
    return max(counts.values(), default=0), sum(counts.values())


def _stretches(text: str) -> frozenset[int]:
    words = _NUMBER.sub("#", text.lower()).split()
    return frozenset(
        zlib.crc32(" ".join(words[i : i + _WORDS]).encode()) for i in range(max(1, len(words) - _WORDS + 1))
    )


def _shares(rows: Collection[Row]) -> dict[str, float]:
    counts = Counter(row["language"] for row in rows)
    return {tag: count / len(rows) for tag, count in counts.items()}


def _told(shares: Mapping[str, float]) -> str:
    ordered: Iterable[tuple[str, float]] = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{tag or 'no known language'} {share:.0%}" for tag, share in ordered)


def _days(pause: timedelta) -> str:
    days = round(pause / timedelta(days=1))
    return f"{days} day{'' if days == 1 else 's'}"
