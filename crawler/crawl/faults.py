"""What an answer means for the crawl: fine, to be tried again, blocked, or gone. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.model import Capture

RETRY_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524})
RETRY_FAILURE = frozenset({"dns", "refused", "timeout", "cut", "disconnect", "bad-answer", "error", "tls"})
BLOCKED = frozenset({401, 403, 407, 429, 451})
_BASE_S, _MAX_S = 1.0, 120.0


def problem(capture: Capture, body: bytes) -> str | None:
    """Why an answer is not what was asked for, in one word, or None. Redirects are fine here."""
    if capture.status is None:
        return capture.failure or "no-answer"
    if capture.status in BLOCKED:
        return "blocked"
    if capture.status >= 500 or capture.status in RETRY_STATUS:
        return "server-error"
    if capture.truncated:
        return "cut"
    if capture.status == 202 and not body.strip():
        return "blocked"
    if capture.status == 200 and not body and capture.kind == "response":
        return "empty"
    return None


def is_passing(capture: Capture, reason: str) -> bool:
    """True when the same request may well succeed a little later."""
    if reason in ("cut", "empty", "server-error") or capture.status in RETRY_STATUS:
        return True
    return capture.status is None and reason in RETRY_FAILURE


def backoff_s(attempt: int, dice: random.Random) -> float:
    """Seconds before try `attempt` + 1: doubling from one second, with full jitter in its upper half, at most two
    minutes."""
    ceiling = min(_MAX_S, _BASE_S * 2.0**attempt)
    return ceiling * dice.uniform(0.5, 1.0)


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
