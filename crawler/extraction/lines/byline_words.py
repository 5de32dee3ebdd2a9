"""Where the words of bylines stand in a line: in front of names, behind them and beside them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from crawler.extraction.words import vocabulary

_COLON = re.compile(r"\s*(?:[:：]|\s[—–-]\s)\s*")
_BLANK = re.compile(r"(?:\s*+:)?\s+")
_TWO_WORDS = re.compile(r"(?:\s*+:)?\s+(?=\S+\s+\S)")
_NAMED = re.compile(r"\s+(?=\S+ \S)|\s*(?:[:：]\s*)?(?=[\u4e00-\u9fff]{2})")  # behind a duty in front of a name
_DUTY_AT, _HAN_DUTY_AT = 30, 5  # characters in front of that duty at most, and in Chinese
_IN_BRACKETS = re.compile(r"\(([^()]{2,20})\)")
_MEDIUM = re.compile(r"(?:videos?|grafik\w*|illustration\w*)", re.IGNORECASE)
_LABELS = ("author", "writers", "written_by", "by")
INITIAL = re.compile(r"[^\W\d_]\.\s?[^\W\d_]{2}")  # "Н.Иванова"
ABBREVIATION = re.compile(r"(?<![^\s-])[A-ZÀ-ÞА-Я]{2,}(?![^\s-])")
SIGN = re.compile(r"\s*\([^()]{1,12}\)$")  # "Anna Ivanova (aiv)": how editors sign
ADDRESS = re.compile(r"\s*[(<\[]?(?:\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\S)@\S+)[)>\]]?\s*")
SITE = re.compile(r"://|\bwww\.", re.IGNORECASE)
RIGHTS = re.compile(r"\W*(?:copyright\b|©|\(c\))", re.IGNORECASE)
DEGREE = re.compile(  # what stands behind the names of physicians, lawyers and scholars
    r"M\.?S\.?c?|M\.?A|B\.?A|B\.?Sc|M\.?D|Ph\.?D|R\.?D|RDN|R\.?N|MPH|MBA|J\.?D|LL\.?M|D\.?O|DDS|DVM|LCSW|CPT|PharmD|PsyD|"
    r"APD|CFA|CPA|CDE|Esq"
    r"\.?",
)
# What a system calls the account that entered an article: "wp-admin", "site_editor".
_OF_SYSTEM = re.compile(
    r"(?:the )?(?:(?:wp|web|site|cms|portal|sys|system|news|content)(?:[ _-]|(?=admin|user|editor)))?", re.IGNORECASE
)


def without_by(text: str) -> str:
    """A line without "by" or "author" in front, with a colon or a blank behind; labels of duties need the colon."""
    end = vocabulary("written_by", "author").opening(text)
    if end is not None and (blank := _BLANK.match(text, end)):
        return text[blank.end() :]
    end = vocabulary("author", "writers").opening(text)
    colon = _COLON.match(text, end) if end is not None else None
    return text[colon.end() :] if colon else text


def without_duty(text: str) -> str:
    """A line without a duty in front of the name, and the agency or town in front of that: "ЎзА мухбири Анна Иванова".
    Chinese sets no blank between duty and name."""
    found = vocabulary("correspondents").find(text)
    if found is None:
        return text
    start, end = found
    named = _NAMED.match(text, end)
    most = _HAN_DUTY_AT if text[start] >= "\u2e80" else _DUTY_AT
    return text[named.end() :] if named and start <= most and not set(text[:start]) & set(",.:") else text


def behind_by(text: str) -> int | None:
    """The place behind a word for "by" that is part of surnames too, in front of two words ("Von Anna Weber")."""
    end = vocabulary("by").opening(text)
    blank = _TWO_WORDS.match(text, end) if end is not None else None
    return blank.end() if blank else None


def labelled(line: str) -> str | None:
    """What stands behind a label for who wrote it and a colon."""
    end = vocabulary(*_LABELS).opening(line)
    colon = _COLON.match(line, end) if end is not None else None
    return line[colon.end() :] or None if colon else None


def credited(line: str) -> str | None:
    """What stands behind a word for "by" or "author" and a blank."""
    end = vocabulary("written_by", "by", "author").opening(line)
    rest = line[end:] if end is not None else ""
    return rest.lstrip() or None if rest[:1].isspace() else None


@lru_cache(maxsize=4096)
def is_label_alone(text: str) -> bool:
    """Whether a line is the word for "author" or "by", or a label that a colon ends, and nothing else."""
    if vocabulary("author", "written_by", "by").is_whole(text):
        return True
    end = vocabulary("writers", "written_by", "by").opening(text)
    return end is not None and text[end:].strip() in (":", "：")


def worked_on(line: str) -> str | None:
    """What stands behind the label of editors, or of whose picture it is, and a colon."""
    end = vocabulary("editor", "photo", "photo_credit").opening(line)
    rest = line[end:].lstrip() if end is not None else ""
    return rest[1:].strip() or None if rest.startswith((":", "：")) else None


def without_others(line: str) -> str:
    """A line up to the words for who else worked on it."""
    found = vocabulary("others_work").find(line)
    return line[: found[0]].rstrip("; .,") if found else line


def without_office(text: str) -> str:
    """A name without the office that Korean, Japanese and Chinese bylines set behind it."""
    start = vocabulary("office_after_name").ending(text)
    return text[:start].rstrip() if start is not None else text


def without_place(text: str) -> str:
    """A name without the place behind it: "Anna Ivanova in New Riverton"."""
    return _place().sub("", text)


def split_names(text: str) -> list[str]:
    """The parts of a list of names, split at commas, signs and words for "and"."""
    return _and().split(text)


def joined_names(text: str) -> tuple[str, str] | None:
    """The name in front of a word for "and" that is part of names too, or of a sign between agencies, and the rest: two
    full names."""
    match = _joined().match(text)
    return (match[1], match[2]) if match else None


def is_of_pictures(text: str) -> bool:
    """Whether brackets in a part of a byline say that somebody made the pictures."""
    inside = _IN_BRACKETS.search(text)
    return inside is not None and (vocabulary("photo").is_whole(inside[1]) or _MEDIUM.fullmatch(inside[1]) is not None)


def is_and(text: str) -> bool:
    """Whether a part of a byline has no letters, or is a word for "and" or "by"."""
    return not any(map(str.isalnum, text)) or vocabulary("and", "and_in_names", "by", "written_by").is_whole(text)


def is_nobody(name: str) -> bool:
    """Whether a name is what a system writes where nobody entered one: its first user, or a word for "nobody"."""
    nobody = vocabulary("nobody")
    rest = _OF_SYSTEM.sub("", name, count=1).strip(" _-")
    return nobody.has(name) or nobody.has(rest) or nobody.has(name.rstrip(" _-"))


def begins_no_name(text: str) -> bool:
    """Whether words in a byline begin with what begins no name, though with capital letters as names have."""
    return bool(text[:1].isalnum()) and vocabulary("no_name").opening(text) is not None


def is_particle(word: str) -> bool:
    """Whether a word is one that names have in small letters: "van", "оглы"."""
    return vocabulary("name_particles").has(word)


def is_duty(name: str) -> bool:
    """Whether words are a degree, or end with a duty: "reporter"."""
    last = name.rsplit(maxsplit=1)[-1].rstrip(".")
    return DEGREE.fullmatch(name) is not None or vocabulary("duties").has(last)


def holds_office(name: str) -> bool:
    """Whether a signature is that of an office or of who holds one, as decrees and letters have it."""
    return vocabulary("offices").opening(name) is not None


def _any_of(*names: str) -> str:
    return "|".join(sorted(map(re.escape, vocabulary(*names).plain), key=len, reverse=True))


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:;|\||•|、|\n|,(?!\s*(?:Jr|Sr|PhD|MD)\b)|\s(?:{_any_of('and')})\s)\s*")


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(rf"^(\S+(?: \S+)+?)(?: (?:{_any_of('and_in_names')}|&|\+|/) |/)(\S+(?: \S+)+)$")


@cache
def _place() -> re.Pattern[str]:
    return re.compile(rf" (?:{_any_of('place_prepositions')}) [A-ZÀ-ÞА-Я]\S+(?: [A-ZÀ-ÞА-Я]\S+)?$")
