"""Names of people and offices in the words of a byline: labels, signs, offices and addresses cut off, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from itertools import islice

from crawler.extraction.lines import byline_words as lexicon
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
        if lexicon.RIGHTS.match(text):
            continue
        for part in _parts(without_label(even(unescape(text[:_LONG])))):
            if may_name(part):
                names.setdefault(key(part), part)
    return tuple(names.values())


def shown_names(line: str) -> list[str]:
    """The names in a line of a byline that look like names; duties, places and dates beside them are left out."""
    parts = [lexicon.PLACE.sub("", part) for part in _parts(without_label(line))]
    if len(parts) == 2 and "," in line and is_full(parts[0]) and " " not in parts[1]:
        parts = parts[:1]  # "Anna Ivanova, Tashkent"
    if parts and not lexicon.ABBREVIATION.search(parts[0]):
        parts = [part for part in parts if not lexicon.ABBREVIATION.search(part)]  # "Anna Ivanova, TTX Riverton"
    return [part for part in parts if may_name(part) and is_name(part) and not _is_duty(part)]


def labelled_names(line: str) -> list[str]:
    """The names in "Author: Anna Ivanova" or "By Anna Ivanova", when the line has nothing else; else none."""
    line = lexicon.OTHERS_WORK.sub("", line.strip("()[] "))
    match = lexicon.LABELLED.match(line)
    names = _all_names(match["names"]) if match else []
    if not names and (rest := lexicon.BY_REPORTER.sub("", line)) != line:
        names = _all_names(rest)
    if names or (match := lexicon.CREDITED.match(line)) is None:
        return names
    names = _all_names(match["names"])  # no colon: full names only, since "by" begins other lines too
    return names if all(is_full(name) and not name[0].islower() for name in names) else []


def signed_name(line: str) -> str | None:
    """The name in front of the office on a line of its own: how Korean, Japanese and Chinese papers sign."""
    words = even(lexicon.ADDRESS.sub(" ", line)).strip(" =[]【】()")
    name = lexicon.OFFICE.sub("", words)
    return name if name != words and 2 <= len(name) <= _UNCASED and is_name(name) and may_name(name) else None


def signature(line: str) -> list[str]:
    """The name in "Anna Ivanova, Agency" at the side where letters are signed; none for who holds an office."""
    names = shown_names(line)
    is_one = len(names) == 1 and is_full(names[0]) and len(names[0].split()) <= _SIGNED
    return names if is_one and not lexicon.OFFICE_OF.match(names[0]) else []


def is_plain_signature(line: str) -> bool:
    """Whether capital letters alone tell a name: as in "Anna IVANOVA", or in the languages of Cyrillic script, which
    begin no other words of a line with them."""
    words = line.split(",", maxsplit=1)[0].split()
    return words[-1].isupper() != words[0].isupper() or ("Ѐ" <= line[0] <= "ӿ")


def is_credit(line: str) -> bool:
    """True for "Editor: Anna Ivanova", "Photo: ..." and their like: others who worked on it, and nothing else."""
    match = lexicon.CREDIT.match(line)
    return match is not None and bool(_all_names(match["names"]))


def is_label_alone(text: str) -> bool:
    """True for the word for "author" and nothing else."""
    return bool(lexicon.LABEL_ALONE.match(text))


def is_aside(text: str) -> bool:
    """True for words that stand in bylines beside names: labels, dates, invitations to share, words for "and"."""
    is_number = any(c.isdigit() for c in text) and (" " in text or text[0].isdigit())  # and no account: "ax9"
    return is_label_alone(text) or is_number or bool(lexicon.NO_NAME.match(text) or lexicon.AND.match(text))


def without_label(text: str) -> str:
    """A byline without the words for "author" or "by" in front."""
    rest = lexicon.BY_REPORTER.sub("", lexicon.BY.sub("", text))
    match = lexicon.BY_SURNAME.match(rest)
    if (
        match and not rest.startswith(("Di ", "Da ")) and not rest[match.end()].islower()
    ):  # "Von Anna Weber", and not "von der Leyen"
        rest = rest[match.end() :]
    return lexicon.BY.sub("", rest)


def may_name(name: str) -> bool:
    """False for addresses, numbers, domains, placeholders, and what has more words than names have."""
    return (
        len(name) <= _LETTERS
        and len(name.split()) <= _WORDS
        and (len(key(name)) > 2 or (len(key(name)) == 2 and not name.isascii()))
        and "@" not in name
        and not name.startswith("http")
        and not lexicon.SITE.search(name)
        and not any(c.isdigit() for c in name)
        and sum(not _bears(word) for word in name.split()) < _SENTENCE
        and not lexicon.NOBODY.fullmatch(name)
    )


def is_name(text: str) -> bool:
    """Whether a line has the shape of a name: few words with capital letters, or of a script that has none."""
    words = text.split()
    if not 1 <= len(words) <= _WORDS or len(text) > _LETTERS or any(c.isdigit() or c in _MARKS for c in text):
        return False
    if (text.endswith(".") and len(words[-1]) > 4) or lexicon.NO_NAME.match(text):
        return False
    bearing = [word for word in words if word.casefold() not in lexicon.PARTICLES]
    return bool(bearing) and all(_is_capital(word) for word in bearing)


def is_full(name: str) -> bool:
    """Whether a name has more than one word, or is of a script that writes names without blanks."""
    return (
        " " in name
        or lexicon.INITIAL.match(name) is not None
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
    return word.casefold() in lexicon.PARTICLES or _is_capital(word)


def _is_duty(name: str) -> bool:
    return bool(lexicon.DEGREE.fullmatch(name)) or name.rsplit(maxsplit=1)[-1].casefold().rstrip(".") in lexicon.DUTIES


def _parts(text: str) -> list[str]:
    """The names of a list in words, one by one, without signs and addresses; a duty beside a name is none."""
    text = lexicon.ADDRESS.sub(_or_blank, text)
    parts: list[str] = []
    for several in lexicon.SPLIT.split(text):
        rest = several
        while (match := lexicon.JOINED.match(rest)) and is_name(match[1]) and is_name(match[2].split(" ", 1)[0]):
            parts.append(match[1])
            rest = match[2]
        parts.append(rest)
    clean = [_clean(part) for part in parts if not lexicon.PICTURES.search(part)]
    return [part for part in clean if part and not (_is_duty(part) and part != clean[0])]


def _or_blank(match: re.Match[str]) -> str:
    return "" if match.end() == len(match.string) or match.start() == 0 else " "


def _clean(part: str) -> str:
    name = without_label(part.strip(" ,\u2014\u2013-·/"))
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]  # "anna@ministry.example (Anna Ivanova)"
    name = lexicon.SIGN.sub("", name)
    return lexicon.OFFICE.sub("", name) or name


def _all_names(text: str) -> list[str]:
    """The names of a line that has nothing but names; none where anything else stands among them."""
    parts = [lexicon.PLACE.sub("", part) for part in _parts(text)]
    return parts if parts and all(may_name(part) and is_name(part) for part in parts) else []
