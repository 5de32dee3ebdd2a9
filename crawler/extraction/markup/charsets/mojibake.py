"""Text that was encoded twice: "â€œWaterâ€" for "“Water”", "РќРѕРІРѕСЃС‚Рё" for "Новости"."""

from __future__ import annotations

import re

from crawler.extraction.markup.dom import non_ascii

# What UTF-8 looks like when it was read as windows-1252, -1250, -1254 or -1251: only lines with such are looked at.
# Each pattern begins with few letters: where none of these stands in a text, it is not searched.
_BEHIND = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_BEHIND_1250 = "[\u0080-\u00a0€‚„…†‡‰Š‹ŚŤŽŹ‘’“”•–—™š›śťžźˇ˘Ł¤Ą¦§¨©Ş«¬\u00ad®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż]"
_WITH_SIGNS = "РС"  # of the only pattern that has signs of ASCII in it
_PAIRS = (
    ("ÂÃâÅÄ", re.compile(f"[ÂÃâÅÄ]{_BEHIND}")),
    ("ĂĹÄ", re.compile(f"[ĂĹÄ]{_BEHIND_1250}")),
    ("ÎÏØÙ×", re.compile(f"[ÎÏØÙ×]{_BEHIND}[ÎÏØÙ×]{_BEHIND}")),
    ("àáãäåæçèéêëì", re.compile(f"[àáãäåæçèéêëì]{_BEHIND}{_BEHIND}[àáãäåæçèéêëì]{_BEHIND}")),
    ("ÐÑ", re.compile(f"[ÐÑ]{_BEHIND}[ÐÑ]")),
    (_WITH_SIGNS, re.compile("[РС][^\\sА-Яа-яЁё][РС][^\\sА-Яа-яЁё][РС][^\\sА-Яа-яЁё]")),
    ("Ђ", re.compile("вЂ")),
)
# What is left of the pattern with signs where those of ASCII are taken out: most pages of Cyrillic letters lack it.
_MAY_HAVE_SIGNS = re.compile("[РС][^А-Яа-яЁё]?[РС][^А-Яа-яЁё]?[РС]")
_LINE = re.compile("[^<>\r\n]+")
_CLOSING = "â€\ufffd"  # a closing quotation mark, whose last byte means nothing in windows-1252
_MOST_LINES = 5000
_MOST_PAIRS = 32  # different ones that are looked for in a text one by one


def without_mojibake(text: str, beyond: str) -> tuple[str, int]:
    """(text with the lines that were encoded twice read once more, how many they were); the rules are ftfy's. `beyond`
    are the characters of the text beyond ASCII."""
    if not beyond or not _has_pairs(text, beyond):
        return text, 0
    import ftfy  # noqa: PLC0415 - 90 ms, in each process, that most pages never need

    count = 0

    def mended(match: re.Match[str]) -> str:
        nonlocal count
        line = match[0]
        if count >= _MOST_LINES or line.isascii() or not _has_pairs(line, non_ascii(line)):
            return line
        fixed = ftfy.fix_encoding(line.replace(_CLOSING, "â€\x9d"))
        count += fixed != line
        return fixed

    return _LINE.sub(mended, text), count


def _has_pairs(text: str, beyond: str) -> bool:
    """Whether any pattern is found. They are looked for in the text only where they, or what is left of the one that
    has signs of ASCII in it, stand in the characters `beyond` ASCII."""
    for letters, pattern in _PAIRS:
        if not any(letter in beyond for letter in letters):
            continue
        if letters == _WITH_SIGNS:
            found = _MAY_HAVE_SIGNS.search(beyond) is not None and pattern.search(text) is not None
        else:
            found = _has_pair(pattern, text, beyond)
        if found:
            return True
    return False


def _has_pair(pattern: re.Pattern[str], text: str, beyond: str) -> bool:
    """Whether a pattern without signs of ASCII is found in a text: then what it finds stands in the characters `beyond`
    ASCII too, and the text need only have one of the few that it finds there (a tenth of the time of the pattern)."""
    known: set[str] = set()
    at = 0
    while match := pattern.search(beyond, at):
        if (pair := match[0]) not in known:
            if pair in text:
                return True
            if len(known) == _MOST_PAIRS:
                return pattern.search(text) is not None
            known.add(pair)
        at = match.start() + 1
    return False
