"""What stands at either end of a text and is none of it: bylines, date lines, invitations, headings over nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from crawler.extraction.lines.boilerplate_phrases import LABEL, is_agency, is_byline, is_clock, is_dateline
from crawler.extraction.lines.calls_to_action import ends_page, is_closing
from crawler.extraction.markup.dom import key, length
from crawler.extraction.markup.text_blocks import STOPS, Block, is_prose, places_of

_HEAD, _TAIL = 5, 5  # lines at either end among which date lines, bylines and invitations are looked for
_SENTENCE = 100  # characters behind which no head of an article is looked for
_ENTRIES = 3  # times of day on lines of their own that are the heads of a running report's entries
_NAME = 8  # letters of a name that says who is meant


def trim_ends(
    lines: list[str],
    names: set[str],
    headings: set[str],
    blocks: Sequence[Block],
    zone: tzinfo | None,
    captured: datetime | None,
) -> list[str]:
    """`lines` without date lines, bylines and signs before the first line of prose, and without what asks something of
    the reader behind the last, or headings over nothing. `names` are keys of the authors' names, `headings` of the
    page's headings, `blocks` its lines."""
    head = 0
    while head < min(_HEAD, len(lines)) and length(lines[head]) < _SENTENCE:
        head += 1
    rest = _without_origin(lines[head:], names, zone, captured)
    if not rest:  # all of a short text
        head = next((n for n, line in enumerate(lines) if is_prose(line) and not is_closing(line)), head)
        rest = lines[head:]
    entries = {line for line in lines if is_clock(line)}
    heads = entries if len(entries) >= _ENTRIES else set()
    front = [
        line
        for line in lines[:head]
        if line in heads
        or not (is_byline(line, names) or is_dateline(line, zone, captured) or is_agency(line) or is_closing(line))
    ]
    if not rest and not front:
        return lines
    opens = not front or (is_prose(rest[0]) and not is_closing(rest[0])) if rest else False
    first = max(int(opens), len(rest) - _TAIL)  # the first line of a text is none of its last
    half = max(first, (len(rest) + 1) // 2)
    told = "".join(map(key, rest[:half]))
    absent = {name for name in names if len(name) >= _NAME and name not in told}
    # Who wrote the text, behind it: a text that tells of its author names him in its first half, or before its end.
    tail = [
        line for n, line in enumerate(rest) if n >= first and not (n >= half and any(a in key(line) for a in absent))
    ]
    body = front + rest[:first] + _without_invitations(tail, rest[:first], blocks)
    while len(body) > 1 and (is_byline(body[-1], names) or is_agency(body[-1])):
        body.pop()
    return _without_last_headings(body, headings, zone, captured)


def _without_invitations(tail: list[str], text: list[str], blocks: Sequence[Block]) -> list[str]:
    """The last lines of a text without what asks something of the reader. A label ("Newsletter") ends it with all that
    follows, unless sentences follow in the place of the `text` before it: then it goes with what stands apart."""
    if not any(is_closing(line) for line in tail):
        return tail
    at = {block.key: set(places_of(block.element)) for block in reversed(blocks) if block.place in ("body", "heading")}
    within: set[object] = set()  # where the sentences before a line stand
    within.update(*(at.get(key(line), ()) for line in text if is_prose(line)))
    kept: list[str] = []
    apart = False  # behind a label, and in another place than the text
    for n, line in enumerate(tail):
        here = at.get(key(line), set())
        if is_closing(line):
            if len(line) > LABEL:
                continue
            behind = (after for after in tail[n + 1 :] if is_prose(after) and not is_closing(after))
            if ends_page(line) or all(within.isdisjoint(at.get(key(after), ())) for after in behind):
                break
            apart = True
        elif not apart or not within.isdisjoint(here):
            kept.append(line)
            apart = False
            within.update(here if is_prose(line) else ())
    return kept


def _without_last_headings(
    lines: list[str], headings: set[str], zone: tzinfo | None, captured: datetime | None
) -> list[str]:
    """`lines` up to the last that is no heading, nor a date under one ("Last update"), nor announces anything ("More on
    this:"): what they stand over is gone."""
    short = [length(line) < _SENTENCE for line in lines]
    heads = [
        is_short and ((not line.endswith(STOPS) and key(line) in headings) or line.endswith((":", "：")))
        for line, is_short in zip(lines, short, strict=True)
    ]
    if 2 * sum(heads) > len(heads):
        return lines  # a page that sets its text in headings
    end = len(lines)
    while end > 1 and (heads[end - 1] or (heads[end - 2] and is_dateline(lines[end - 1], zone, captured))):
        end -= 1
    return lines[:end]


def _without_origin(lines: list[str], names: set[str], zone: tzinfo | None, captured: datetime | None) -> list[str]:
    """`lines` without bylines and date lines between the first long one, the standfirst, and the second. Where date
    lines stand further down too, each is the head of an entry of a running report."""
    long = [n for n, line in enumerate(lines) if length(line) >= _SENTENCE][:2]
    between = range(long[0] + 1, min(long[1], _HEAD)) if len(long) == 2 else range(0)
    found = {n for n in between if is_byline(lines[n], names)}
    dated = {n for n in between if " | " not in lines[n] and is_dateline(lines[n], zone, captured)}
    if dated and not any(is_dateline(line, zone, captured) for line in lines[long[1] + 1 :]):
        found |= dated
    return [line for n, line in enumerate(lines) if n not in found]
