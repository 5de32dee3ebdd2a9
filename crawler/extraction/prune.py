"""Lines that stand in an article's place and are not its text: the headline again, date lines, counters, share labels,
lists of other items, a second copy. Judged by where a line stands on the page and by its form, never by site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from lxml import html

from crawler.extraction.blocks import Block
from crawler.extraction.tree import key

_LABEL = 60  # characters of a line that can be a label
# "Просмотров: 1 234", "1234 views", "Koʻrishlar soni 12": a number and a word for looking, and nothing else.
_COUNTER = re.compile(
    r"^\W*(?:[\d\s.,\u00a0]+\W*)?(?:просмотр\w*|прочита\w*|views?|hits|reads?|ko[ʻ'‘’`]?rish\w*|ko[ʻ'‘’`]?rildi|o[ʻ'‘’`]?qildi|"
    r"кўриш\w*|кўрилди|ўқилди|қаралды|көрілім\w*|көрүү\w*|көрсетил\w*|soni|сони|количество|\s)+\W*[\d\s.,\u00a0]*\W*$",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"^\W*(?:(?:поделиться|share)\s*:.*|поделиться(?:\s+(?:в|с)\b.*)?|share(?:\s+(?:this|on|via)\b.*)?|ulashish.*|улашиш.*|бөлісу.*|бөлүшүү.*|partager.*|"
    r"teilen.*|compartir.*|paylaş\w*|distribuie.*|print(?:\s+version)?|распечатать|версия для печати|chop etish|"
    r"(?:(?:facebook|twitter|x|telegram|whatsapp|vk|вконтакте|linkedin|одноклассники|ok|instagram|viber|e-?mail)\W*)+)\W*$",
    re.IGNORECASE,
)
# The label over a list of other items ends the article: what follows it is not its text.
_OTHERS = re.compile(
    r"^\W*(?:(?:другие|последние|похожие|ещ[её]|читайте|смотрите|см\.)\s+(?:новости|материалы|публикации|также|по теме|статьи).*|"
    r"похожие\s+\w+|также по теме|(?:boshqa|soʻnggi|so'nggi|o[ʻ']xshash|oxirgi)\s+(?:yangilik|xabar)\w*|(?:бошқа|сўнгги|ўхшаш)\s+"
    r"(?:янгилик|хабар)\w*|(?:басқа|соңғы|ұқсас)\s+(?:жаңалық|материал)\w*|(?:related|other|latest|more|similar|recent)\s+"
    r"(?:news|articles?|stories|posts?|content|items?|publications?).*|read (?:also|more|next)|see also)\W*$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[|/•·]\s+")
_COOKIES = re.compile(r"\bcookies?\b|файл\w* cookie|куки", re.IGNORECASE)


def prune(
    lines: list[str],
    blocks: list[Block],
    headline: html.HtmlElement | None,
    *,
    shown: Iterable[str | None],
) -> list[str]:
    """`lines` without what is not text. `shown` are the words of other fields (title, date line, category), which a
    page repeats on lines of their own. At least half of the characters stay: a rule that would cut more is wrong here."""
    repeated = {key(text) for text in shown if text}
    start, end = _bounds(blocks, headline)
    before = _only_in(blocks[:start], blocks[start:])
    after = _only_in(blocks[end:], blocks[start:end])
    mostly_links = {b.key for b in blocks if b.links > 0.5}
    linked = {b.key for b in blocks if b.links > 0.8 and b.place != "heading" and len(b.text) > 3}
    own = {b.key for b in blocks}
    title = key(" ".join(headline.itertext())) if headline is not None else ""
    lines = [line for line in lines if not _is_fused(key(line), title, own)]
    kept = first_copy([line for line in lines if not is_label(line, repeated)])
    for rule in (before, after, {b.key for b in blocks if b.place == "frame"} - _running(blocks), linked & after):
        fewer = [line for line in kept if key(line) not in rule]
        if _size(fewer, mostly_links) >= 0.5 * _size(kept, mostly_links):
            kept = fewer
    return _trim(kept)


def is_label(line: str, repeated: set[str]) -> bool:
    """True for a line that only repeats another field, counts readers, or offers to share."""
    if key(line) in repeated:
        return True
    if not key(line):
        return True
    parts = _PARTS.split(line)
    if len(parts) > 1 and len(line) <= 2 * _LABEL:  # "05.03.2026 10:10 | News | Views: 17"
        return all(is_label(part, repeated) for part in parts)
    return len(line) <= _LABEL and bool(_COUNTER.match(line) or _SHARE.match(line))


def ends_article(line: str) -> bool:
    """True for the label over a list of other items."""
    return len(line) <= _LABEL and bool(_OTHERS.match(line))


def _is_fused(line: str, title: str, own: set[str]) -> bool:
    """True for a line that runs the headline together with other words, as no line of the page does: a layout table
    taken for data, or trafilatura's last resort, which is the whole page in one line."""
    return len(title) >= 8 and title in line and line != title and line not in own


def _bounds(blocks: list[Block], headline: html.HtmlElement | None) -> tuple[int, int]:
    """(first line behind the headline, first line of what follows the article)."""
    start = 0
    if headline is not None:
        inside = {id(e) for e in headline.iter()}
        start = next((i + 1 for i, b in enumerate(blocks) if id(b.element) in inside), 0)
    end = next((i for i in range(start, len(blocks)) if ends_article(blocks[i].text)), len(blocks))
    behind = sum(len(b.text) for b in blocks[end:] if b.links < 0.3)
    within = sum(len(b.text) for b in blocks[start:end] if b.links < 0.3)
    return start, end if within >= behind / 4 else len(blocks)


def _only_in(there: list[Block], elsewhere: list[Block]) -> set[str]:
    return {b.key for b in there} - {b.key for b in elsewhere}


def _running(blocks: list[Block]) -> set[str]:
    return {b.key for b in blocks if b.place in ("body", "heading")}


def first_copy(lines: list[str]) -> list[str]:
    """Lines without a second copy of the whole (desktop and mobile): long lines that all come again in a row."""
    counts = Counter(key(line) for line in lines if len(line) >= _LABEL)
    twice = {k for k, n in counts.items() if n > 1}
    if not twice or len(twice) < 0.6 * len(counts):
        return lines
    seen: set[str] = set()
    kept = []
    for line in lines:
        words = key(line)
        if words not in seen:
            kept.append(line)
        seen.add(words)
    return kept


def _trim(lines: list[str]) -> list[str]:
    """Lines up to the label over other items, without a cookie notice at either end."""
    for number, line in enumerate(lines):
        if number and ends_article(line):
            lines = lines[:number]
            break
    while lines and len(lines) > 1 and _COOKIES.search(lines[-1]) and len(lines[-1]) < 400:
        lines = lines[:-1]
    return lines


def _size(lines: list[str], uncounted: set[str]) -> int:
    """Characters of lines; those of links to elsewhere are no text that would be worth keeping."""
    return sum(len(line) for line in lines if key(line) not in uncounted)
