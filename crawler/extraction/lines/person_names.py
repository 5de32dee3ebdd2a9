"""Names of people and offices in the words of a byline: labels, signs, offices and addresses cut off, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from itertools import islice

from crawler.extraction.lines import byline_words
from crawler.extraction.markup.dom import even, key

_MOST, _LONG = 200, 2000  # statements that are read, and characters of each: data may hold anything
_SENTENCE = 3  # words in small letters that no name has, nor the sign of an agency
_SIGNED = 3  # words of a name under a text
_WORDS, _LETTERS = 6, 60  # that a name has at most
_UNCASED = 8  # letters of a Chinese, Japanese or Korean name written without blanks


def names_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The names that data or a marked place state, each once, as printed."""
    names: dict[str, str] = {}
    for text in islice(texts, _MOST):
        if byline_words.RIGHTS.match(text):
            continue
        for part in _parts(without_label(even(unescape(text[:_LONG])))):
            if may_name(part):
                names.setdefault(key(part), part)
    return tuple(names.values())


def shown_names(line: str) -> list[str]:
    """The names in a line of a byline that look like names; duties, places and dates beside them are left out."""
    parts = [byline_words.without_place(part) for part in _parts(without_label(line))]
    if len(parts) == 2 and "," in line and is_full(parts[0]) and " " not in parts[1]:
        parts = parts[:1]  # "Anna Ivanova, Tashkent"
    if parts and not byline_words.ABBREVIATION.search(parts[0]):
        parts = [part for part in parts if not byline_words.ABBREVIATION.search(part)]  # "Anna Ivanova, TTX Riverton"
    return [part for part in parts if may_name(part) and is_name(part) and not _is_duty(part)]


def labelled_names(line: str) -> list[str]:
    """The names in "Author: Anna Ivanova" or "By Anna Ivanova", when the line has nothing else; else none."""
    line = byline_words.without_others(line.strip("()[] "))
    stated = byline_words.labelled(line)
    names = _all_names(stated) if stated else []
    if not names and (rest := byline_words.without_duty(line)) != line:
        names = _all_names(rest)
    if names or (stated := byline_words.credited(line)) is None:
        return names
    names = _all_names(stated)  # no colon: full names only, since "by" begins other lines too
    return names if all(is_full(name) and not name[0].islower() for name in names) else []


def signed_name(line: str) -> str | None:
    """The name in front of the office on a line of its own: how Korean, Japanese and Chinese papers sign."""
    words = even(byline_words.ADDRESS.sub(" ", line)).strip(" =[]【】()")
    name = byline_words.without_office(words)
    return name if name != words and 2 <= len(name) <= _UNCASED and is_name(name) and may_name(name) else None


def signature(line: str) -> list[str]:
    """The name in "Anna Ivanova, Agency" at the side where letters are signed; none for who holds an office."""
    names = shown_names(line)
    is_one = len(names) == 1 and is_full(names[0]) and len(names[0].split()) <= _SIGNED
    return names if is_one and not byline_words.holds_office(names[0]) else []


def is_plain_signature(line: str) -> bool:
    """Whether capital letters alone tell a name: as in "Anna IVANOVA", or in the languages of Cyrillic script, which
    begin no other words of a line with them."""
    words = line.split(",", maxsplit=1)[0].split()
    return words[-1].isupper() != words[0].isupper() or ("Ѐ" <= line[0] <= "ӿ")


def is_credit(line: str) -> bool:
    """True for "Editor: Anna Ivanova", "Photo: ..." and their like: others who worked on it, and nothing else."""
    names = byline_words.worked_on(line)
    return names is not None and bool(_all_names(names))


def is_label_alone(text: str) -> bool:
    """True for the word for "author" and nothing else."""
    return byline_words.is_label_alone(text)


def is_aside(text: str) -> bool:
    """True for words that stand in bylines beside names: labels, dates, invitations to share, words for "and"."""
    is_number = any(map(str.isdigit, text)) and (" " in text or text[0].isdigit())  # and no account: "ax9"
    return is_label_alone(text) or is_number or byline_words.begins_no_name(text) or byline_words.is_and(text)


def without_label(text: str) -> str:
    """A byline without the words for "author" or "by" in front."""
    rest = byline_words.without_duty(byline_words.without_by(text))
    end = byline_words.behind_by(rest)
    if end is not None and not rest.startswith(("Di ", "Da ")) and not rest[end].islower():
        rest = rest[end:]  # "Von Anna Weber", and not "von der Leyen"
    return byline_words.without_by(rest)


def may_name(name: str) -> bool:
    """False for addresses, numbers, domains, placeholders, and what has more words than names have."""
    return (
        len(name) <= _LETTERS
        and len(name.split()) <= _WORDS
        and (len(key(name)) > 2 or (len(key(name)) == 2 and not name.isascii()))
        and "@" not in name
        and not name.startswith("http")
        and not byline_words.SITE.search(name)
        and not any(map(str.isdigit, name))
        and sum(not _bears(word) for word in name.split()) < _SENTENCE
        and not byline_words.is_nobody(name)
    )


def is_name(text: str) -> bool:
    """Whether a line has the shape of a name: few words with capital letters, or of a script that has none."""
    words = text.split()
    if not 1 <= len(words) <= _WORDS or len(text) > _LETTERS or any(c.isdigit() or c in _MARKS for c in text):
        return False
    if (text.endswith(".") and len(words[-1]) > 4) or byline_words.begins_no_name(text):
        return False
    bearing = [word for word in words if not byline_words.is_particle(word)]
    return bool(bearing) and all(_is_capital(word) for word in bearing)


def is_full(name: str) -> bool:
    """Whether a name has more than one word, or is of a script that writes names without blanks."""
    return (
        " " in name
        or byline_words.INITIAL.match(name) is not None
        or (not name.isascii() and "一" <= name[0] <= "힣" and len(name) > 1)
    )


_MARKS = frozenset(':!?…|/()[]{}<>«»"“”„*=_#')


def _is_capital(word: str) -> bool:
    first = next((c for c in word if c.isalpha()), "")
    if "\u2e80" <= first <= "\ud7ff":
        return len(word) <= _UNCASED or "・" in word
    return bool(first) and (not first.islower() or "ა" <= first <= "ჿ")  # Georgian letters are written in one case


def _bears(word: str) -> bool:
    """Whether a name may have a word: one with a capital letter, or a particle."""
    return byline_words.is_particle(word) or _is_capital(word)


def _is_duty(name: str) -> bool:
    return byline_words.is_duty(name)


def _parts(text: str) -> list[str]:
    """The names of a list in words, one by one, without signs and addresses; a duty beside a name is none."""
    text = byline_words.ADDRESS.sub(_or_blank, text)
    parts: list[str] = []
    for several in byline_words.split_names(text):
        rest = several
        while (two := byline_words.joined_names(rest)) and is_name(two[0]) and is_name(two[1].split(" ", 1)[0]):
            parts.append(two[0])
            rest = two[1]
        parts.append(rest)
    clean = [_clean(part) for part in parts if not byline_words.is_of_pictures(part)]
    return [part for part in clean if part and not (_is_duty(part) and part != clean[0])]


def _or_blank(match: re.Match[str]) -> str:
    return "" if match.end() == len(match.string) or match.start() == 0 else " "


def _clean(part: str) -> str:
    name = without_label(part.strip(" ,\u2014\u2013-·/"))
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]  # "anna@ministry.example (Anna Ivanova)"
    name = byline_words.SIGN.sub("", name)
    return byline_words.without_office(name) or name


def _all_names(text: str) -> list[str]:
    """The names of a line that has nothing but names; none where anything else stands among them."""
    parts = [byline_words.without_place(part) for part in _parts(text)]
    return parts if parts and all(may_name(part) and is_name(part) for part in parts) else []
