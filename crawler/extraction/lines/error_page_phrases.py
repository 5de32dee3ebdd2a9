"""What a page can say in place of an article, in whole headlines or lines: that there is no such page, that the site is
down, that a person, a password, a consent or a script is wanted, that it leads on, that it searches.

A statement is the whole line, never a part of one: "404 villages got clean water" and "Access denied to three
polluters" are news."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from crawler.extraction.markup.dom import even
from crawler.extraction.words import made_of, vocabulary

Statement = Callable[[str], bool]

_LONGEST = 160  # characters of a line that can be one
_NUMBERS = re.compile(r"\d+")
_SCHEME = re.compile(r"\bhttp\b", re.IGNORECASE)
_SCRIPT = re.compile(r"java ?script", re.IGNORECASE)
_BEFORE, _BEHIND = 60, 40  # characters between the word for it and what is wanted of it
_NO_PAGE = frozenset(("404", "410"))
_FAULTS = frozenset(("500", "501", "502", "503", "504"))
_CLOSED = frozenset(("401", "403"))


def says(statement: Statement, lines: Iterable[str]) -> str | None:
    """The first line that is such a statement and nothing else, or None."""
    return next((line for line in lines if line and len(line) <= _LONGEST and statement(even(line))), None)


def not_found(line: str) -> bool:
    """True for "404", "Page not found", and "Sorry, the page you are looking for does not exist or was removed"."""
    return (
        vocabulary("not_found_page").is_whole(line)
        or _is_number_of(line, _NO_PAGE, "error", "sorry")
        or any(_lacks_page(part) for part in _without_second_reason(line))
    )


def down(line: str) -> bool:
    """True for "503 Service unavailable", "The site is under maintenance" and "Error"."""
    is_stated = vocabulary("site_down").is_whole(line) or vocabulary("error").is_whole(line)
    return is_stated or _is_number_of(line, _FAULTS, "site_down", "error", "sorry")


def asks_for_person(line: str) -> bool:
    """True for "Checking your browser", "403 Forbidden"."""
    return vocabulary("person_check").is_whole(line) or _is_number_of(line, _CLOSED, "person_check", "error", "sorry")


def asks_for_password(line: str) -> bool:
    """True for "Sign in"."""
    return vocabulary("sign_in").is_whole(line)


def asks_for_consent(line: str) -> bool:
    """True for "We value your privacy"."""
    return vocabulary("cookie_notice").is_whole(line)


def leads_on(line: str) -> bool:
    """True for "Redirecting to ..."."""
    return vocabulary("redirect").is_whole(line)


def searches(line: str) -> bool:
    """True for "Search results for ..."."""
    return vocabulary("search_results").is_whole(line)


def wants_script(line: str) -> bool:
    """True where a line asks for JavaScript near its name: "Please enable JavaScript to view this site"."""
    name = _SCRIPT.search(line)
    if name is None:
        return False
    wanted = vocabulary("needs_script").spans(line)
    return any(0 <= name.start() - end <= _BEFORE or 0 <= start - name.end() <= _BEHIND for start, end in wanted)


def _lacks_page(line: str) -> bool:
    """Whether a line has nothing but the words for a page, that it is not there, excuses, and a number for it."""
    numbers = _NUMBERS.findall(line)
    kinds = made_of(line, "not_found", "sorry", "error", "page", "page_beside")
    return "not_found" in kinds and _NO_PAGE.issuperset(numbers) and ("page" in kinds or bool(numbers))


def _without_second_reason(line: str) -> Iterator[str]:
    """A line, and what stands in front of each "or" in it: "Page not found or moved to another section"."""
    yield line
    for start, _ in vocabulary("or").spans(line):
        yield line[:start]


def _is_number_of(line: str, numbers: frozenset[str], *names: str) -> bool:
    """Whether a line is one of these numbers of HTTP (RFC 9110, 15), alone or among words of the vocabularies."""
    found = _NUMBERS.findall(line)
    rest = _SCHEME.sub("", _NUMBERS.sub("", line))
    return (
        bool(found) and numbers.issuperset(found) and (not any(map(str.isalnum, rest)) or bool(made_of(rest, *names)))
    )
