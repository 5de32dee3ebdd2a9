"""What became of the words of a text, as HTML of two elements: `del` and `ins`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape

MOST_LINES = 2_000  # of a text; the time grows with their square
MOST_WORDS = 2_000  # of one changed passage
LONGEST = 12_000  # characters of the result
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
# A word, or a letter of scripts that have no spaces between words, or what stands between words.
_DENSE = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff"
_TOKEN = re.compile(rf"[{_DENSE}]|[^\W{_DENSE}]+|\s+|.", re.S)


def html(text: str) -> str:
    """`text` as HTML that XML can hold."""
    return escape(_UNWRITABLE.sub("\ufffd", text), quote=False)


def word_diff(before: str, after: str) -> str:
    """The lines that changed, each a paragraph, with the words that went and came; "…" stands for lines that stayed,
    and at the end for what is left out of a long one. Empty where nothing changed."""
    old, new = before.split("\n"), after.split("\n")
    if before == after:
        return ""
    if max(len(old), len(new)) > MOST_LINES:
        return "<p>The text is too long to be compared here.</p>"
    found, size = [], 0
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        words = "…" if tag == "equal" else "".join(_passage("\n".join(old[a:b]), "\n".join(new[c:d])))
        size += len(words)
        if size > LONGEST:
            found.append("…")
            break
        found.append(words)
    return "".join(f"<p>{words}</p>" for words in found)


def _passage(before: str, after: str) -> Iterator[str]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        yield from _marked(before, after)
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield _broken("".join(old[a:b]))
        else:
            yield from _marked("".join(old[a:b]), "".join(new[c:d]))


def _marked(gone: str, come: str) -> Iterator[str]:
    if gone:
        yield f"<del>{_broken(_cut(gone))}</del>"
    if come:
        yield f"<ins>{_broken(_cut(come))}</ins>"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST // 3 else f"{text[: LONGEST // 3]}…"


def _broken(text: str) -> str:
    return html(text).replace("\n", "<br/>")
