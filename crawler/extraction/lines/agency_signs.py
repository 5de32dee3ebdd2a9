"""Signs of agencies, editors and of the end of a text, each on a line of its own."""

from __future__ import annotations

import re

from crawler.extraction.words import vocabulary
from crawler.extraction.words.folding import MARKS

_LONGEST = 60  # characters of a line that tells agency and place
_AGENCY = re.compile(r"^\W*[^\W\d_]{2,5}(?:/[^\W\d_]{2,5})*+\W*$")
_CASELESS = re.compile(rf"[\w{MARKS}]{{1,6}}(?:/[\w{MARKS}]{{1,6}}){{1,3}}")
_END = re.compile(r"^(?:\W{4,}|\W{2,}+\w(?:[\w ]{0,10}\w)?\W{2,})$")  # "###", "--- 000 ---"
_INITIALS = re.compile(r"/\s?[^\W\d]{1,5}(?=\W*$)")
_SIGN = 20  # characters of a line that says that the text ends
_FROM = re.compile(r"^[^\W\d_]{2,3}(?:/[^\W\d_]{2,5})*\s?[,/–-]\s?[^\W\d_][^\W\d_ .'-]{2,}(?:[ .'-][^\W\d_]+){0,2}$")


def is_end_sign(line: str) -> bool:
    """True for the word that says that a text ends, be it with the sign of who wrote it: "(End)", "完", "(Fin/ab)"."""
    return len(line) <= _SIGN and vocabulary("end_of_text").is_whole(_INITIALS.sub("", line))


def is_agency(line: str) -> bool:
    """True for the sign of an agency, an editor or the end on a line of its own: "AA", "SDA/sep", "--- 000 ---"."""
    if (
        _END.match(line) or is_end_sign(line) or (line.isupper() and len(line) <= _LONGEST and _FROM.match(line))
    ):  # "AFP, MANILA"
        return True
    if len(line) <= _SIGN and _CASELESS.fullmatch(line) and line.lower() == line.upper():  # "एमजी/आरके"
        return True
    return bool(_AGENCY.match(line)) and any(part.isupper() for part in re.findall(r"\w+", line))
