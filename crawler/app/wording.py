"""The words in which commands tell counts to a person. `docs/glossary.md` says what each means."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.model import Reason

KINDS = {
    "new": "new",
    "edited": "edited",
    "metadata": "edited in date, category or the like",
    "withdrawn": "withdrawn",
    "restored": "back again",
}
"""What became of articles, by change kind."""

REASONS = {
    Reason.UNCHANGED: "unchanged",
    Reason.ALTERNATE: "second forms of an article",
    Reason.NO_VERSION: "not there, or not in this language",
    Reason.NOT_FOUND: "not found",
    Reason.MOVED: "gone from an address of before",
    Reason.REDIRECT: "redirected",
    Reason.BLOCKED: "blocked by the site",
    Reason.SERVER_ERROR: "answered with a server error",
    Reason.FETCH_FAILED: "not fetched",
    Reason.TRUNCATED: "cut off",
    Reason.NOT_HTML: "no web page",
    Reason.LISTING: "a list or a home page",
    Reason.SHELL: "empty without scripts",
    Reason.NO_TITLE: "without a headline",
    Reason.NO_TEXT: "without a text",
    Reason.TOO_LARGE: "too large to read",
    Reason.TIMEOUT: "took too long to read",
    Reason.MEMORY: "took too much memory to read",
    Reason.ERROR: "broke the reader (a defect: please report it)",
    Reason.UNCONFIRMED: "wholly other than the article, to be looked at again",
    Reason.ON_REQUEST: "taken out on request",
}
"""Why a page gave no article of its own, by reason."""


def kind(name: str) -> str:
    """A change kind in words."""
    return KINDS.get(name, name)


def reason(name: str) -> str:
    """A reason in words; a reason that this program does not know stays as it is."""
    return REASONS.get(Reason(name), name) if name in set(Reason) else name


def counted(counts: Mapping[str, int]) -> str:
    """Reasons with their counts, the most frequent first: "144 unchanged, 3 not found"."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{n} {reason(name)}" for name, n in ordered)


def verdict(*, valid: bool | None) -> str:
    """What is known of a version."""
    return {True: "valid", False: "NOT VALID", None: "built; `ministry-news validate` checks it"}[valid]
