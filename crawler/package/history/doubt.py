"""Whether a page that says something wholly else is the article any more. Pure.

A domain that was sold, a log-in form, a database error or "back soon" answers 200 under the address of an article, in
any language and wording. What they have in common: next to nothing of the article is left, and the headline is another
or the text is much shorter. Such a wording replaces an article only when a capture of a later day still shows it, and
none in between showed the article. An editor's change leaves most of a text as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from crawler.ids import text_sha256
from crawler.model import Article
from crawler.package.tables import cell_format

SECOND_LOOK = timedelta(hours=24)
_SAME = 0.1  # of the pieces of a new text that the old one must have, for it to be an edit of it
_PIECE = 12  # characters, without blanks: two or three words, half a sentence of Chinese
_MOST = 20_000  # characters that are compared
_BLANK = re.compile(r"\s+")
_WORD = re.compile(r"\w{3,}")


def is_doubtful(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether `new` (cells of a row of articles) has nothing of what `old` said."""
    if old["text_sha256"] == new["text_sha256"] or not old["text"]:
        return False
    ours, theirs = _pieces(old["text"]), _pieces(new["text"])
    if len(theirs & ours) >= _SAME * len(theirs):
        return False
    return 2 * len(new["text"]) < len(old["text"]) or not (_words(old["title"]) & _words(new["title"]))


def wording(article: Article) -> dict[str, str]:
    """The cells of an article's row that `is_doubtful` compares."""
    text = cell_format.clean(article.text)
    return {"title": cell_format.line(article.title), "text": text, "text_sha256": text_sha256(text)}


def _pieces(text: str) -> frozenset[str]:
    plain = _BLANK.sub("", text[:_MOST].casefold())
    return frozenset(plain[at : at + _PIECE] for at in range(max(1, len(plain) - _PIECE + 1)))


def _words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(title.casefold())) or frozenset([title.casefold()])


@dataclass(slots=True)
class Doubt:
    """What is known of a wording that waits for a second look: `since`, the time of its first capture, as a cell."""

    since: str = ""

    def defers(self, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
        """Whether `new` has to wait, and from when on it does."""
        if not is_doubtful(old, new):
            return False
        if self.since and cell_format.parse_utc(new["seen_at"]) - cell_format.parse_utc(self.since) >= SECOND_LOOK:
            return False
        self.since = self.since or new["seen_at"]
        return True
