"""The plain text of elements, and what lines are compared by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from lxml import html

from crawler.normal_forms import is_nfc, nfc

_UNSEEN = "\u00ad\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_NO_WORD = re.compile(r"[\W_]+")  # \w is isalnum() and the underscore
# All that `str.isdigit` calls a digit: figures of any script, raised, lowered, and in circles or brackets.
DIGIT = re.compile(
    r"[\d\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490"
    r"\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792]"
)
_ASCII_KEY = {code: chr(code).lower() if chr(code).isalnum() else None for code in range(128)}  # four times as fast
_LONG_LINE = 1000  # characters of a line whose key is remembered
_ASCII = bytes(range(128))
# Letters of scripts that set no blanks between words, and how many of them make a word on average. To compile a pattern
# of so many letters takes a millisecond: each waits for the first text with one that an alphabet lacks.
_IDEOGRAPHS, _PER_IDEOGRAPHIC = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", 2  # each half a word, or a whole one
_KANA, _HANGUL = "\u3040-\u30ff", "\uac00-\ud7af"  # signs for syllables
_PER_SYLLABIC = 4  # Thai, Lao, Burmese, Khmer
BEYOND_ALPHABETS = re.compile("[^\0-\u303f]")  # has all that the next three find
_BEYOND_LETTERS = re.compile("[^\0-\u0dff\u2000-\u303f]")  # and these and syllables


@cache
def _no_alphabet() -> re.Pattern[str]:
    return re.compile(f"[{_KANA}{_IDEOGRAPHS}{_HANGUL}]")


@cache
def _syllabic() -> re.Pattern[str]:
    return re.compile(f"[{_KANA}{_HANGUL}]")


@cache
def _ideographic() -> re.Pattern[str]:
    return re.compile(f"[{_IDEOGRAPHS}]")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{_KANA}{_IDEOGRAPHS}]")


@cache
def _syllables() -> re.Pattern[str]:
    return re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


# Elements that end a line when they begin or end: those that browsers show as blocks, lines or cells (HTML, 15.3).
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody td "
    "tfoot th thead tr ul".split()
)
# Elements whose words are never part of what a page says.
SILENT = frozenset(
    "script style noscript template svg head title iframe object embed canvas audio video map select option textarea "
    "button input math".split()
)


def even(text: str | None) -> str:
    """`text` on one line: white space evened out, invisible characters gone, NFC; nothing else is changed."""
    if not text:
        return ""
    if not text.isascii():
        text = _INVISIBLE.sub("", nfc(text))
    return " ".join(text.split())  # at all that Unicode calls white space, no-break and thin spaces included


def is_even(text: str) -> bool:
    """Whether `even` would change nothing but the white space of `text`, or of a part of it."""
    return text.isascii() or (is_nfc(text) and not any(sign in text for sign in _UNSEEN))


def has_digit(text: str) -> bool:
    """Whether a line has a digit: a tenth of the time of asking each of its letters."""
    return DIGIT.search(text) is not None


def small(text: str) -> str:
    """`text` in small letters, as long as before. Patterns of many words are searched in it: with re.IGNORECASE they
    would be seven times as slow."""
    return text.lower().replace("i\u0307", "i")  # of "İ"


def key(text: str) -> str:
    """Letters and digits of `text`, without case: what two spellings of one line share."""
    return _key_of_line(text) if len(text) <= _LONG_LINE else _NO_WORD.sub("", text.casefold())


@lru_cache(maxsize=4096)
def _key_of_line(text: str) -> str:
    """`key` of a line, which many rules ask for: remembered, since it depends on the words alone."""
    return text.translate(_ASCII_KEY) if text.isascii() else _NO_WORD.sub("", text.casefold())


# What ends a sentence, in the scripts of the world (Unicode's Sentence_Terminal, and quotation marks behind it).
SENTENCE_ENDS = tuple('.!?…»”“"。！？．」』؟۔।॥։።፧។။༎᠃')


def length(text: str) -> int:
    """Characters of a line, as an alphabet would need them: a sign for a syllable (Korean, Japanese) counts for two,
    one for half a word (Chinese) for three."""
    if text.isascii() or not _has_signs(text):
        return len(text)
    return len(text) + len(_syllabic().findall(text)) + 2 * len(_ideographic().findall(text))


def _has_signs(text: str) -> bool:
    """Whether a text has a sign for a syllable or a word."""
    return BEYOND_ALPHABETS.search(text) is not None and _no_alphabet().search(text) is not None


def measure_for(text: str) -> Callable[[str], int]:
    """`length` for the lines of a text: where none of its signs counts for several, that of a string."""
    return length if _has_signs(text) else len


def word_count(text: str) -> int:
    """How many words a line has. Where a script sets no blanks between them, its letters are counted: two of Chinese or
    Japanese, four of Thai, Lao, Burmese or Khmer for a word, which is the rough length of words in running text."""
    count = len(text.split())
    if text.isascii() or not _BEYOND_LETTERS.search(text):
        return count
    ideographs, syllables = len(_unspaced().findall(text)), len(_syllables().findall(text))
    return max(count, ideographs // _PER_IDEOGRAPHIC + syllables // _PER_SYLLABIC)


def text_of(element: html.HtmlElement) -> str:
    """The words of an element on one line; silent elements are left out, block ends are spaces."""
    if not len(element):
        return even(element.text) if element.tag not in SILENT else ""
    return even("".join(_pieces(element)))


def opening_of(element: html.HtmlElement, limit: int) -> str:
    """The first `limit` characters of `text_of`; what lies behind them is not read."""
    read: list[str] = []
    enough = 2 * limit  # characters that are no blanks: composing letters and dropping invisible ones makes fewer
    for piece in _pieces(element):
        read.append(piece)
        enough -= len("".join(piece.split()))
        if enough <= 0:
            break
    return even("".join(read))[:limit]


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    """Texts in document order. Iterative: pages nest deeper than Python's stack."""
    stack: list[tuple[html.HtmlElement, bool]] = [(element, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if closing:
            if tag in BLOCKS or tag == "br":
                yield "\n"
            if node is not element and node.tail:
                yield node.tail
            continue
        stack.append((node, True))
        if not tag or tag in SILENT:
            continue
        if tag in BLOCKS:
            yield "\n"
        if node.text:
            yield node.text
        stack.extend((child, False) for child in reversed(node))


def drop(element: html.HtmlElement) -> None:
    """Removes an element; the text behind it stays."""
    parent = element.getparent()
    if parent is not None:
        tail, previous = element.tail, element.getprevious()
        if tail:
            if previous is not None:
                previous.tail = (previous.tail or "") + tail
            else:
                parent.text = (parent.text or "") + tail
        parent.remove(element)


def non_ascii(text: str) -> str:
    """The characters of a text beyond ASCII, in their order: a hundredth of a long page, found at the speed of bytes.
    Characters that UTF-8 has no bytes for (lone surrogates) are kept."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
