"""Lines behind a text that ask something of its readers, or close the page: to subscribe, to pay, to write, to comment;
notices of rights."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extraction.lines.boilerplate_phrases import LABEL
from crawler.extraction.words import vocabulary

_LONGEST = 300  # characters of a line that asks something
_EDITED = 80  # and of one that tells who edited the text
_INVITATIONS = ("subscribe", "follow", "contact", "feedback", "donate", "paywall", "comments")
_NOTICES = ("rights", "commission", "disclaimer")
_ADDRESS = re.compile(r"\S+@\S+\.\w{2,}|(?:https?://)?(?:www\.)?(?:twitter|x|facebook|t|instagram)\.(?:com|me)/\S+")
_KEYS = re.compile(r"\bctrl\s*\+\s*enter\b", re.IGNORECASE)  # by which readers tell of errors: Orphus and its like
_COUNT = re.compile(r"[(\[]?\d{1,6}[)\]]?")
_COLON = re.compile(r"\s*[:：]")
_CREDIT = re.compile(r"^\W*(?:©|copyright)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_closing(line: str) -> bool:
    """True for invitations, notices of rights and labels over comments."""
    if len(line) > _LONGEST:
        return False
    has_form = _ADDRESS.fullmatch(line) is not None or ("+" in line and _KEYS.search(line) is not None)
    is_notice = vocabulary(*_NOTICES).is_whole(line, front=_LONGEST)
    return has_form or is_notice or vocabulary(*_INVITATIONS).is_whole(line) or _names_others(line)


def _names_others(line: str) -> bool:
    """True for who else worked on a text, and who edited it: "Additional reporting by Anna Ivanova"."""
    edited = vocabulary("editor").opening(line) if len(line) <= _EDITED else None
    return vocabulary("others_work").opening(line) is not None or (
        edited is not None and _COLON.match(line, edited) is not None
    )


def is_invitation(line: str) -> bool:
    """True for these save credits and notices of rights, which belong to an article wherever they stand."""
    return is_closing(line) and _CREDIT.match(line) is None and vocabulary("others_work").opening(line) is None


def ends_page(line: str) -> bool:
    """True for labels over comments and notices of rights, behind which no text goes on."""
    return len(line) <= LABEL and vocabulary("comments", "rights").is_whole(line)


def heads_comments(line: str) -> bool:
    """True for a label over comments, with or without their number: "Leave a reply", "Kommentare (3)"."""
    return len(line) <= LABEL and (vocabulary("comments").is_whole(line) or counts_comments(line))


def counts_comments(line: str) -> bool:
    """True for a label that says how many comments follow: "2 comments", "Комментарии: 5", "3 thoughts on “Water”"."""
    if len(line) > _LONGEST or not _COUNT.search(line):
        return False
    label = vocabulary("comments")
    return label.is_whole(line) or (len(line) <= LABEL and label.is_whole(_COUNT.sub(" ", line, count=1).strip(" :|")))
