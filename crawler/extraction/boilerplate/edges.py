"""What stands at either end of a text and is none of it: bylines, date lines, invitations, headings over nothing."""

from __future__ import annotations

from crawler.extraction.boilerplate.date_box import is_deadline
from crawler.extraction.boilerplate.facts import files_behind, in_table
from crawler.extraction.dates import find_dates
from crawler.extraction.labels.draft import Draft
from crawler.extraction.labels.label import Label
from crawler.extraction.lines.agency_signs import is_agency, is_end_sign
from crawler.extraction.lines.boilerplate_phrases import LABEL, is_byline
from crawler.extraction.lines.calls_to_action import ends_page, is_closing
from crawler.extraction.lines.datelines import is_clock, is_dateline, states_day, without_clock
from crawler.extraction.markup.dom import key
from crawler.extraction.markup.text_blocks import STOPS, places_of
from crawler.extraction.page.page import Page
from crawler.extraction.words import vocabulary

_HEAD, _TAIL = 5, 5  # lines at either end among which date lines, bylines and invitations are looked for
_MOST = 0.7  # share of a text that is left of it without its files
_SENTENCES = 2  # behind which a line with a day tells of something else, however short they are
_SENTENCE = 100  # characters behind which no head of an article is looked for
_ENTRIES = 3  # times of day on lines of their own that are the heads of a running report's entries
_CARD = 400  # characters of a line that tells of an author behind the text
_NAME = 8  # letters of a name that says who is meant


def trim_ends(draft: Draft) -> None:
    """Takes date lines, bylines and signs before the first line of prose out of the text, and what asks something of
    the reader behind the last, or headings over nothing."""
    text, blocks = draft.text, draft.blocks
    head = 0
    while head < min(_HEAD, len(text)) and blocks[text[head]].size < _SENTENCE:
        head += 1
    origin = _origin(draft, text[head:])
    rest = [n for n in text[head:] if n not in origin]
    if not rest:  # all of a short text
        head = next((i for i, n in enumerate(text) if blocks[n].is_prose and not is_closing(blocks[n].text)), head)
        origin = _origin(draft, text[head:])
        rest = [n for n in text[head:] if n not in origin]
    entries = [n for n in text if is_clock(blocks[n].text)]
    heads = entries if len(entries) >= _ENTRIES else []
    front = [n for n in text[:head] if n in heads or not _is_of_head(draft, n)]
    if not rest and not front:
        return
    draft.drop(set(text) - set(front) - set(rest), Label.DATELINE, "a date line, byline or sign in front of the text")
    _trim_tail(draft, rest, opens=_opens(draft, front, rest))
    draft.drop(_dated_below(draft), Label.DATELINE, "tells when, behind the text")
    told = "tells when it was published or changed, behind the text"
    draft.drop_last(lambda n: states_day(blocks[n].text) and not _is_cell(draft, n), Label.DATELINE, told)
    signs = "a byline or sign behind the text"
    draft.drop_last(lambda n: _is_sign(draft, n), Label.BYLINE, signs)
    draft.drop(files_behind(draft), Label.FACT, "a link to a file behind the text", _MOST)
    draft.drop(_last_headings(draft), Label.OUTSIDE, "a heading over nothing")


def _dated_below(draft: Draft) -> set[int]:
    """The lines behind a sign that the text has ended of which one tells the day of publication."""
    blocks = draft.blocks
    last = draft.text[-_TAIL:]
    end = next((i for i, n in enumerate(last) if i and is_end_sign(blocks[n].text)), None)
    behind = last[end + 1 :] if end is not None else []
    if any(blocks[n].is_prose and not is_dateline(blocks[n].text, None) for n in behind):
        return set()
    return set(behind) if any(is_dateline(blocks[n].text, None) for n in behind) else set()


def _is_of_head(draft: Draft, n: int) -> bool:
    text, page = draft.blocks[n].text, draft.page
    if _is_of_section(draft, n) or _is_cell(draft, n):
        return False
    sentences = sum(draft.prose[m] for m in draft.text[: _HEAD + 1] if m < n)
    if sentences >= _SENTENCES and is_dateline(text, page.zone) and not states_day(text):
        return False
    opening = next((m for m in draft.text if draft.prose[m]), n)
    if n < opening and is_deadline(draft, n, opening):
        return False
    is_line = is_dateline(text, page.zone) or (is_agency(text) and not is_end_sign(text)) or is_closing(text)
    return is_line or _is_byline(draft, n)


def _is_of_section(draft: Draft, n: int) -> bool:
    """Whether a line is the first under a heading inside the text, behind a sentence: what it tells is of that."""
    if n < 1 or draft.blocks[n - 1].place != "heading" or n - 1 not in draft.text:
        return False
    return any(draft.prose[m] for m in draft.text if m < n - 1)


def _is_byline(draft: Draft, n: int) -> bool:
    """Whether a line says who wrote the text. What a quotation's line says is whose words those are."""
    return not draft.is_quoted(n) and is_byline(draft.blocks[n].text, draft.names) and not _is_cell(draft, n)


def _is_sign(draft: Draft, n: int) -> bool:
    return _is_byline(draft, n) or (is_agency(draft.blocks[n].text) and not _is_cell(draft, n))


def _is_cell(draft: Draft, n: int) -> bool:
    """Whether a line is a cell of a table of several rows: what it tells is of its row."""
    return draft.layout.rows[draft.blocks[n].node] >= 0 and in_table(draft, n)


def _opens(draft: Draft, front: list[int], rest: list[int]) -> bool:
    """Whether the first line behind the head opens the text, and is none of its last."""
    if not rest:
        return False
    first = draft.blocks[rest[0]]
    return not front or (first.is_prose and not is_closing(first.text))


def _trim_tail(draft: Draft, rest: list[int], *, opens: bool) -> None:
    first = max(int(opens), len(rest) - _TAIL)
    half = max(first, (len(rest) + 1) // 2)
    told = "".join(draft.blocks[n].key for n in rest[:half])
    # Who wrote the text, behind it: a text that tells of its author names him in its first half, or before its end.
    absent = {name for name in draft.names if len(name) >= _NAME and name not in told}
    cards = [n for n in rest[half:] if draft.blocks[n].size <= _CARD and not draft.is_quoted(n)]
    cards = [n for n in cards if not _is_signature(draft, n)]
    named = {n for n in cards if any(name in draft.blocks[n].key for name in absent)}
    draft.drop(named, Label.BYLINE, "names an author behind the text")
    tail = [n for n in rest[first:] if n not in named]
    draft.drop(_invitations(draft, tail, rest[:first]), Label.NOTICE, "asks something of readers, behind the text")


def _is_signature(draft: Draft, n: int) -> bool:
    """Whether a line is the name of somebody whose office stands on the next line of the same paragraph, the last of
    the text: so letters and speeches are signed."""
    blocks = draft.blocks
    if n + 1 != draft.text[-1] or (blocks[n].element.tag != "p" and blocks[n + 1].element is not blocks[n].element):
        return False
    return blocks[n].node == blocks[n + 1].node and max(blocks[n].size, blocks[n + 1].size) <= LABEL


def _invitations(draft: Draft, tail: list[int], text: list[int]) -> set[int]:
    """What asks something of the reader in the last lines of a text. A label ("Newsletter") ends it with all that
    follows, unless sentences follow in the place of the `text` before it: then it goes with what stands apart."""
    blocks = draft.blocks
    if not any(is_closing(blocks[n].text) for n in tail):
        return set()
    at = {n: {*places_of(blocks[n].element), *_section_of(draft, n)} for n in (*text, *tail)}
    within: set[object] = set()  # where the sentences before a line stand
    within.update(*(at[n] for n in text if blocks[n].is_prose))
    gone: set[int] = set()
    apart = False  # behind a label, and in another place than the text
    for i, n in enumerate(tail):
        line = blocks[n].text
        if is_closing(line):
            gone.add(n)
            if len(line) > LABEL:
                continue
            behind = [m for m in tail[i + 1 :] if blocks[m].is_prose and not is_closing(blocks[m].text)]
            if ends_page(line) or all(within.isdisjoint(at[m]) for m in behind):
                return gone | set(tail[i:])
            apart = True
        elif not apart or not within.isdisjoint(at[n]):
            apart = False
            within.update(at[n] if blocks[n].is_prose else ())
        else:
            gone.add(n)
    return gone


def _section_of(draft: Draft, n: int) -> list[tuple[object, ...]]:
    """What the lines of several sections of one kind share, each a box in a box of its own."""
    layout = draft.layout
    return [(*kind, layout.boxes(n)) for kind in layout.kinds(layout.homes[n])[1:]]


def _last_headings(draft: Draft) -> set[int]:
    """The last lines of the text that are headings, or a date under one ("Last update"), or announce something ("More
    on this:"): what they stand over is gone."""
    text, blocks, page = draft.text, draft.blocks, draft.page
    heads = [
        blocks[n].size < _SENTENCE
        and (
            (not blocks[n].text.endswith(STOPS) and blocks[n].place == "heading")
            or blocks[n].text.endswith((":", "："))
        )
        for n in text
    ]
    if 2 * sum(heads) > len(heads):
        return set()  # a page that sets its text in headings
    end = len(text)
    while end > 1 and (heads[end - 1] or (heads[end - 2] and _is_day(blocks[text[end - 1]].text, page))):
        end -= 1
    return set(text[end:])


def _is_day(line: str, page: Page) -> bool:
    """Whether a line tells a day and no other number than a time: no span of days, and no rate."""
    rest = line
    for date in find_dates(line, zone=page.zone, captured=None):
        rest = rest.replace(date.raw, " ")
    return is_dateline(line, page.zone) and not any(map(str.isdigit, without_clock(rest)))


def _origin(draft: Draft, text: list[int]) -> set[int]:
    """Bylines, date lines and signs between the first long line, the standfirst, and the second. Where date lines stand
    further down too, each is the head of an entry of a running report."""
    blocks, page = draft.blocks, draft.page
    long = [i for i, n in enumerate(text) if blocks[n].size >= _SENTENCE][:2]
    if not long:  # a notice of short sentences
        long = [i for i, n in enumerate(text) if draft.prose[n]][:2]
    between = text[long[0] + 1 : min(long[1], _HEAD)] if len(long) == 2 else []
    between = [n for n in between if draft.layout.rows[blocks[n].node] < 0]
    between = [n for n in between if not is_end_sign(blocks[n].text)]  # notes stand behind it, and no text
    found = {n for n in between if _is_byline(draft, n) or is_agency(blocks[n].text)}
    dated = {n for n in between if is_dateline(blocks[n].text, page.zone) and not _is_of_section(draft, n)}
    dated = {n for n in dated if vocabulary("event_dates").find(blocks[n].text) is None}  # a deadline is of the text
    if dated and not any(is_dateline(blocks[n].text, page.zone) for n in text[long[1] + 1 :]):
        found |= dated
    return found


def without_glued_date(line: str, draft: Draft, shown: set[str]) -> str:
    """The first line of a text, without words of another field (`shown`, such as the date) that an inline element sets
    in front of it: only a style sheet tells them apart."""
    element = draft.blocks[draft.text[0]].element
    first = next((e for e in element if key(draft.page.text_of(e)) or key(e.tail or "")), None)  # behind its picture
    if first is None or first.tag not in _INLINE or key(element.text or ""):
        return line
    words = draft.page.text_of(first)
    rest = line.removeprefix(words).lstrip()
    return rest if words in shown and rest != line and rest[:1].isupper() else line


_INLINE = frozenset("span b strong i em small font time".split())
