"""Short lines around and inside a text that are not the text, by closed vocabularies of many languages: counters,
share labels, placeholders, labels over other items, pointers to them, invitations and bylines."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache, lru_cache

from crawler.extraction.lines.fact_lines import is_dated_byline, states_facts
from crawler.extraction.lines.person_names import is_credit, is_label_alone, labelled_names
from crawler.extraction.markup.dom import has_digit, key
from crawler.extraction.words import made_of, vocabulary
from crawler.extraction.words.lines import folded_line

LABEL = 60  # characters of a line that can be a label
_CAPTION, _CREDIT = 250, 80  # characters of a line under a picture, and of what names its owner at the end
_PLACEHOLDER = 500  # of one that stands in place of an embedded post
_SUBJECTS_LINE = 300  # and of one that tells what an article is about
_STOPS = (".", "!", "?")
_COLON = re.compile(r"\s*[:：]\s*")
# Networks that share buttons lead to, by their own names.
_NETWORKS = frozenset(
    "facebook twitter x telegram whatsapp vk linkedin ok instagram viber e mail email google pinterest reddit tumblr "
    "skype messenger bluesky threads weibo wechat line".split()
)
_WORD = re.compile(r"\w+")
_RELEASE_NUMBER = re.compile(r"\W{0,4}(?:[^\W\d]{1,7}\W{1,4}){0,2}[^\W\d]{0,6}\W?\d[\w./-]{0,24}")
_IN_BRACKETS = re.compile(r"^\W*[^()]{1,30}\)")  # "(Release ID: 12) Views: 17"
_SECTION_NAME = re.compile(r"[^\d:：.!?]{2,40}")
_OWNER = re.compile(r"\s?[:/©]\s*[^.!?:;]{2,50}[)\]]?$")
# "The bridge at dusk (Agency / Anna Ivanova)": a name behind the slash.
_BRACKETED = re.compile(
    r"\(\s*[^\W\d_][^()/]{1,30}\s/\s?(?:[^\W\d_][\w.'’-]{0,30}\s+){1,4}[^\W\d_][\w.'’-]{0,30}\s*\)$"
)
_OWNED = re.compile(r".\W*©\s*[^.!?:;]{2,50}[)\]]?$")
_NAMED = re.compile(r"(?:\s*+:)?\s+(.{3,70})$")
_COUNTERS = ("views", "visits", "views_beside", "visits_beside")
_TOOLS = ("share", "print", "back", "listen", "text_size")
_MAIL = re.compile(r"\S+@\S+\.\w+")
_LINES = "-–—"
_PARTS = re.compile(r"\s+[|/•·]\s+")


def is_label(line: str, repeated: Set[str]) -> bool:
    """True for a line that only repeats another field, counts readers, offers to share, or is of a picture."""
    if key(line) in repeated:
        return True
    said = _label_by_itself(line)
    return said if isinstance(said, bool) else all(is_label(part, repeated) for part in said)


@lru_cache(maxsize=8192)
def _label_by_itself(line: str) -> bool | tuple[str, ...]:
    """Whether a line is a label, whatever other fields say; its parts, where they must be asked one by one."""
    if not key(line) or is_placeholder(line) or labelled_subjects(line) is not None:
        return True
    if len(line) <= _CAPTION and _is_credited(line[-_CREDIT:]):
        return True
    if len(line) > 2 * LABEL:
        return states_facts(line)
    parts = _PARTS.split(line)
    if len(parts) > 1:  # "05.03.2026 10:10 | News | Views: 17"
        return tuple(parts)
    return states_facts(line) or (len(line) <= LABEL and _is_short_label(line))


def _is_short_label(line: str) -> bool:
    if not folded_line(line).may_have & _short_labels():
        return is_share(line)  # by the names of networks
    return (
        _counts(line)
        or is_share(line)
        or (bool(made_of(line, *_TOOLS)) and not has_digit(line))
        or vocabulary("press_release", "advertisement").is_whole(line)
        or _numbers_release(line)
        or made_of(line, "reading_time", "minutes") == {"reading_time", "minutes"}
        or labelled_section(line) is not None
        or vocabulary("published", "category_label", "author").is_whole(line)  # of a field shown elsewhere
        or _is_of_picture(line)
    )


@cache
def _short_labels() -> int:
    """The vocabularies, as bits, without which a line is no short label."""
    return vocabulary(
        *_COUNTERS, *_TOOLS, "press_release", "advertisement", "reading_time", "minutes", "category_label",
        "published", "author", "photo", "photo_credit",
    ).bits  # fmt: skip


def is_share(line: str) -> bool:
    """True for a button or label that offers to share, and for a row of the names of networks."""
    words = _WORD.findall(line.casefold())
    share = vocabulary("share")
    return share.is_whole(line) or (bool(words) and all(word in _NETWORKS or share.has(word) for word in words))


def _counts(line: str) -> bool:
    """True for a number of readers or visitors and words for it, and for such words alone: "Просмотров: 1 234"."""
    words = _IN_BRACKETS.sub("", line)
    numbered = has_digit(line)
    kinds = made_of(words, *_COUNTERS)
    return kinds == {"views"} or (numbered and not kinds.isdisjoint(("views", "visits")))


def _numbers_release(line: str) -> bool:
    """True for the number of a press release: "Press release No. 44", "Comunicado de prensa 12/2026"."""
    end = vocabulary("press_release").opening(line)
    return end is not None and _RELEASE_NUMBER.fullmatch(line, end) is not None


def _is_of_picture(line: str) -> bool:
    """True for "Photo: press office" and "Photo by Anna Ivanova", on a line of its own."""
    end = vocabulary("photo").opening(line)
    rest = line[end:].lstrip() if end is not None else ""
    if not rest.startswith((":", "：", "©")):
        end = vocabulary("photo_credit").opening(line)
        rest = line[end:].lstrip() if end is not None else ""
    return bool(key(rest)) and not any(stop in rest for stop in _STOPS)


def _is_credited(end: str) -> bool:
    """Whether a line ends with whose picture it is: "The bridge at dusk. © Agency", "The bridge (Photo: A. Name)"."""
    if not any(sign in end for sign in ":/©"):
        return False
    if (named := _BRACKETED.search(end)) and all(w[0].isupper() for w in _WORD.findall(named[0].partition("/")[2])):
        return True
    behind = (stop for start, stop in vocabulary("photo").spans(end) if start)
    return _OWNED.search(end) is not None or any(_OWNER.match(end, stop) for stop in behind)


def is_placeholder(line: str) -> bool:
    """True for what asks readers to agree to an embedded post, and for its like."""
    return len(line) <= _PLACEHOLDER and vocabulary("embeds").is_whole(line)


def labelled_section(line: str) -> str | None:
    """The name of the section in "Section: News", or None for another line."""
    rest = _behind_label(line, "category_label") if len(line) <= LABEL else None
    name = _SECTION_NAME.fullmatch(rest) if rest else None
    return name[0].strip() if name else None


def labelled_subjects(line: str) -> str | None:
    """The words behind "Tags:", or None for another line."""
    return _behind_label(line, "tags_label") if len(line) <= _SUBJECTS_LINE and not line.endswith(_STOPS) else None


def _behind_label(line: str, name: str) -> str | None:
    if not (":" in line or "：" in line):
        return None
    end = vocabulary(name).opening(line)
    colon = _COLON.match(line, end) if end is not None else None
    return line[colon.end() :] if colon else None


@lru_cache(maxsize=8192)
def ends_article(line: str) -> bool:
    """True for the label over a list of other items."""
    return len(line) <= LABEL and vocabulary("related").is_whole(line)


@lru_cache(maxsize=8192)
def is_pointer(line: str) -> bool:
    """True for "Read more: ..." and its like, alone or with the other item's title behind a colon or a dash. A sentence
    that goes on behind a dash is none: "More - on the page of the programme."."""
    end = vocabulary("read_also").opening(line) if len(line) <= 200 else None
    rest = line[end:].lstrip() if end is not None else ""
    is_sentence = rest[:1] in _LINES and rest.endswith(".")
    return end is not None and (not key(rest) or (rest[:1] in f":|>»{_LINES}" and not is_sentence))


def is_byline(line: str, names: set[str]) -> bool:
    """True for "By Anna Ivanova", or a line of nothing but the `names` (keys) of authors and few letters more."""
    if len(line) > 100:
        return False
    stated = rest = key(_MAIL.sub(" ", line))
    for name in names:
        rest = rest.replace(name, "")
    if (len(rest) < len(stated) and len(rest) <= 12) or is_label_alone(line) or is_credit(line) or labelled_names(line):
        return True
    if is_dated_byline(line):
        return True
    end = vocabulary("by", "written_by", "author").opening(line)
    named = _NAMED.match(line, end) if end is not None else None
    if not named or line.endswith((".", ":", "!", "?")):
        return False
    words = re.findall(r"[^\W\d_][\w.'’-]*", named[1])
    capitals = sum(1 for word in words if word[0].isupper())
    return 1 <= len(words) <= 8 and capitals >= 0.7 * len(words) and capitals >= 2
