"""The languages of a text that is written in more than one: decided by its paragraphs, weighed by their letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from crawler.extraction.language import identify_language
from crawler.extraction.language.alphabets import scripts
from crawler.extraction.language.bcp47 import may_be
from crawler.model import Language

_SIGN = 3  # letters of an alphabet say about as much as one sign of these scripts
_SIGNS = frozenset({"CJK", "JAPANESE", "HANGUL"})
_KANA = {"JAPANESE": "CJK"}
_COUNTED = 600  # letters by which the scripts of a text are weighed
_SECOND = 1 / 3  # of a text's letters that another language must have to be told
_STRAY = 0.05  # of a text's letters that are names and terms in another script
_PURE = 0.9  # of the letters of a line that is in one script
_PART = 2000  # characters that are read of each third of a text
_ENDS = 400  # characters at either end of a text that are in one language where the whole is
_PARAGRAPH = 40  # characters of the shortest paragraph that is asked for its language by itself
_MOST = 200  # paragraphs that are asked one by one
_NAMES = 5  # words in capitals in a run that is an enumeration of names
_BETWEEN = 3  # letters of "of", "and", "de", "&" between them
_BEHIND = 4  # and of what ends such a name: "қизи,"
_ROWS = 3  # lines beside each other that have nothing but names: a list or a table of them
_WORD_SIGNS = "()[]\"'«»„“”‘’.,;:–—-/&"
_LEAST = 16  # characters that are enough to ask for a language
_SMALL = r"a-z\u00df-\u00f6\u00f8-\u00ff\u0430-\u045f"  # letters, of those of most texts
_CAPITALS, _BREAK = re.compile(rf"[^\W\d_{_SMALL}]"), re.compile(rf"(?<!\S)[{_SMALL}]{{{_BEHIND + 1},}}(?!\S)")
_LONG_SMALL = re.compile(rf"(?<!\S)[{_SMALL}]{{{_BETWEEN + 1},}}(?!\S)")
_NO_MARKS: Mapping[str, str] = {}


def identify_languages(
    paragraphs: Sequence[str], title: str, declared: str | None = None, marks: Mapping[str, str] = _NO_MARKS
) -> tuple[Language, ...]:
    """The languages of a text, that of most of its letters first; a second one where a third of the letters are in it.

    The title is weighed as a paragraph. `declared` is what the page claims to be written in, for the whole text;
    `marks` has what single paragraphs are said to be written in (HTML Standard, 3.2.6.2), by their text."""
    lines = [*_sample(paragraphs), title] if title else _sample(paragraphs)
    marked: dict[str, list[str]] = {}
    for line in lines if marks else ():
        if (mark := marks.get(line)) is not None and not (declared and may_be(declared, mark)):
            marked.setdefault(mark, []).append(line)
    if not marked:
        return _first_two(_shares(_without_names(lines), declared))
    foreign = {line for own in marked.values() for line in own}
    parts = [(declared, [line for line in lines if line not in foreign]), *marked.items()]
    weighed = [(sum(_weights(own).values()), _shares(_without_names(own), said)) for said, own in parts if own]
    total = sum(weight for weight, _ in weighed) or 1
    return _first_two(_together((weight / total * share, tag) for weight, own in weighed for share, tag in own))


def _together(found: Iterable[tuple[float, Language]]) -> list[tuple[float, Language]]:
    """Shares of each language that was found, with its highest confidence."""
    shares: dict[str, tuple[float, Language]] = {}
    for share, language in found:
        known, best = shares.get(language.tag, (0.0, language))
        shares[language.tag] = (known + share, max(best, language, key=lambda one: one.confidence))
    return list(shares.values())


def _shares(lines: list[str], declared: str | None) -> list[tuple[float, Language]]:
    """(share of the letters, language) of a text."""
    whole = " ".join(lines)
    weights = _weights([whole])
    if not weights:
        return [(1.0, identify_language(whole, declared))]
    total = sum(weights.values())
    if weights.most_common(1)[0][1] > (1 - _STRAY) * total:
        return _in_one_script(whole, lines, declared)
    found: list[tuple[float, Language]] = []
    for script, weight in _with_own_lines(weights, lines)[:2]:
        if found and weight < _SECOND * total:
            break
        own = [line for line in lines if _script(line) == script]
        text = " ".join(own) if own else whole
        found += [(weight * share / total, language) for share, language in _in_one_script(text, own, declared)]
    return found


def _with_own_lines(weights: Counter[str], lines: Sequence[str]) -> list[tuple[str, int]]:
    """The scripts of a text with their weights, the heaviest first, without those that stand only within lines of
    others: quotations, names."""
    ranked = weights.most_common()
    own = {script for line in lines if (found := _weights([line])) for script in _mostly(found)}
    return [pair for pair in ranked if pair[0] in own] or ranked


def _mostly(weights: Counter[str]) -> list[str]:
    """The script of nearly all of a line."""
    script, weight = weights.most_common(1)[0]
    return [script] if weight >= _PURE * weights.total() else []


def _first_two(found: Sequence[tuple[float, Language]]) -> tuple[Language, ...]:
    """The language of the largest share, and the others that have a third."""
    main = max(found, key=lambda pair: pair[0])
    others = [pair for pair in found if pair is not main and pair[1].tag not in ("und", main[1].tag)]
    return (main[1], *(language for share, language in others if share >= _SECOND))


def _sample(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs of a short text; of a long one those of its beginning, its middle and its end."""
    if sum(map(len, paragraphs)) <= 3 * _PART:
        return list(paragraphs)
    third = len(paragraphs) // 3
    begins = [*dict.fromkeys((0, third, 2 * third))]
    kept: list[str] = []
    for begin, end in zip(begins, [*begins[1:], len(paragraphs)], strict=True):
        room = _PART
        for paragraph in paragraphs[begin:end]:
            if room <= 0:
                break
            kept.append(paragraph[:room])
            room -= len(paragraph)
    return kept


def _without_names(lines: Sequence[str]) -> list[str]:
    """The lines without enumerations of names, which are written as in their own language wherever they stand; all of
    each line if little else is in the text."""
    kept = [_beside_names(line) if _may_have_names(line) else line for line in _without_rows(lines[:_MOST])]
    return kept if sum(map(len, kept)) >= _LEAST else list(lines)


def _without_rows(lines: Sequence[str]) -> list[str]:
    """The lines without several beside each other that have nothing but words in capital letters: names in a list."""
    kept: list[str] = []
    run: list[str] = []
    for line in [*lines, ""]:
        if line and _is_name(line):
            run.append(line)
        else:
            kept += [*([] if len(run) >= _ROWS else run), line]
            run = []
    return kept[:-1]


def _is_name(line: str) -> bool:
    if _LONG_SMALL.search(line):
        return False  # most lines, and they are not taken apart
    parts = line.split()
    if any(map(_is_long, filter(str.islower, parts))):
        return False  # most lines
    words = [word for word in (word.strip(_WORD_SIGNS) for word in parts) if word]
    return len(words) > 1 and all(_is_capital(word) or len(word) <= _BETWEEN for word in words)


def _is_long(word: str) -> bool:
    """Whether a word in small letters is too long to stand between names, whatever signs are around it."""
    return word.isalpha() and len(word) > _BETWEEN


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def _beside_names(line: str) -> str:
    """The words of a line outside runs of several in capital letters, short words between them taken along; all those
    of a heading in capitals."""
    words = line.split()
    bare = [word.strip(_WORD_SIGNS) for word in words]
    is_capital = [word[:1].isupper() for word in bare]
    if sum(is_capital) < _NAMES or line.isupper():
        return line
    kept: list[str] = []
    run: list[str] = []
    capitals = 0
    for word, letters, capital in zip([*words, ""], [*bare, ""], [*is_capital, False], strict=True):
        if capital:
            capitals += 1
            run.append(word)
        elif run and word and len(letters) <= (_BEHIND if word[-1] in ",;" else _BETWEEN):
            run.append(word)
        else:
            kept += [] if capitals >= _NAMES else run
            kept += [word] if word else []
            run, capitals = [], 0
    return " ".join(kept)


def _may_have_names(line: str) -> bool:
    """Whether so many capitals stand beside each other that they may be a run of names, with no longer word in small
    letters between them."""
    return any(len(_CAPITALS.findall(part)) >= _NAMES for part in _BREAK.split(line) if len(part) >= _NAMES)


def _in_one_script(text: str, lines: Sequence[str], declared: str | None) -> list[tuple[float, Language]]:
    """(share of the letters, language) of a text in one script."""
    whole = identify_language(text, declared)
    parts = [text[-_ENDS:]] if len(text) >= 2 * _ENDS else _ends_of_several(lines)
    if all(identify_language(part, declared).tag in ("und", whole.tag) for part in parts):
        return [(1.0, whole)]
    tally: dict[str, tuple[float, Language]] = {}
    for line in [line for line in lines if len(line) >= _PARAGRAPH][:_MOST]:
        language = identify_language(line, declared)
        weight = tally.get(language.tag, (0.0, language))[0]
        tally[language.tag] = (weight + len(line), language)
    tally.pop("und", None)
    if not tally:
        return [(1.0, whole)]
    total = sum(weight for weight, _ in tally.values())
    return [(weight / total, language) for weight, language in tally.values()]


def _ends_of_several(lines: Sequence[str]) -> list[str]:
    """The last and the first long paragraph of a short text that has more than one; else nothing."""
    long = [line for line in lines if len(line) >= 2 * _PARAGRAPH]
    return [long[-1], long[0]] if len(long) > 1 else []


def _weights(lines: Iterable[str]) -> Counter[str]:
    """How much of a text is in each script, in letters of an alphabet."""
    found: Counter[str] = Counter()
    for line in lines:
        step = 1 + len(line) // _COUNTED
        for script, count in scripts(line[::step]).items():
            found[_KANA.get(script, script)] += step * count * (_SIGN if script in _SIGNS else 1)
    return found


def _script(line: str) -> str:
    """The script of most of a line; "" for one without letters."""
    weights = _weights([line])
    return weights.most_common(1)[0][0] if weights else ""
