"""What an answer means for the crawl: fine, to be tried again, blocked, or gone. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.model import Capture, Role

RETRY_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524})
RETRY_FAILURE = frozenset({"dns", "refused", "timeout", "cut", "disconnect", "bad-answer", "error", "tls"})
NOT_THE_HOST = frozenset({"not-in-replay", "forbidden-address", "too-large"})  # says nothing of a host's health
BLOCKED = frozenset({401, 403, 407, 429, 451})
_ABSENT = frozenset({404, 410})
_MAX_S = 120.0


def problem(capture: Capture, body: bytes, role: Role) -> str | None:
    """Why an answer is not what was asked for, in one word, or None. Redirects are fine here, and so is a robots.txt
    that says nothing or is refused: RFC 9309 knows what these mean."""
    if capture.status is None:
        return capture.failure or "no-answer"
    if capture.status in BLOCKED and (role is not Role.ROBOTS or capture.status == 429):
        return "blocked"
    if capture.status >= 500 or capture.status in RETRY_STATUS:
        return "server-error"
    if capture.truncated:
        return "cut"
    if role is Role.ROBOTS:
        return None
    if capture.status == 202 and not body.strip():
        return "blocked"
    if role is Role.ARTICLE and 400 <= capture.status < 500 and capture.status not in _ABSENT:
        return "blocked"  # 400, 405, 406, 412 ...: with these answer those that guard a site
    if capture.status == 200 and not body and capture.kind == "response":
        return "empty"
    return None


def is_passing(capture: Capture, reason: str) -> bool:
    """True when the same request may well succeed a little later."""
    if reason in ("cut", "empty", "server-error") or capture.status in RETRY_STATUS:
        return True
    return capture.status is None and reason in RETRY_FAILURE


def backoff_s(attempt: int, dice: random.Random, base_s: float = 1.0) -> float:
    """Seconds before try `attempt` + 1: doubling from `base_s`, with full jitter in its upper half, at most two
    minutes."""
    ceiling = min(_MAX_S, base_s * 2.0 ** min(attempt, 16))
    return ceiling * dice.uniform(0.5, 1.0)


def rest_s(status: int, retry_after: bytes | None, now: datetime) -> float:
    """Seconds for which an answer asks to leave its host alone; 0 for one that asks nothing.

    Retry-After is heeded where RFC 9110, 10.2.3, and RFC 6585, 4, define it: with 503, 429 and redirects."""
    if retry_after is None or not (status in RETRY_STATUS or 300 <= status < 400):
        return 0.0
    return retry_after_s({"retry-after": retry_after.decode("latin-1")}, now) or 0.0


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds that a Retry-After names (RFC 9110, 10.2.3: seconds or a date), or None when it is absent or junk."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
