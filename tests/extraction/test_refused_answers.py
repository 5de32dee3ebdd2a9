"""What the status of an answer says of its page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract_capture
from crawler.model import Article, Capture, Locator, Payload, Reason, Rejection, Role
from crawler.seeds import parse_seed
from tests.seed_texts import MINISTRY

SEED = parse_seed(MINISTRY, seed_id="xx.x", path="x.toml")
URL = "https://ministry.example/n/1"
BODY = b"<html><body><h1>News</h1><p>Words of some length stand here, whatever the status says.</p></body></html>"


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        *((status, Reason.NOT_FOUND) for status in (404, 410)),
        *(
            (status, Reason.BLOCKED)
            for status in (400, 401, 402, 403, 405, 406, 409, 412, 418, 421, 422, 429, 451, 499)
        ),
        *((status, Reason.SERVER_ERROR) for status in (408, 425, 500, 503, 520, 599)),
    ],
)
def test_only_not_found_and_gone_say_that_a_page_is_not_there(status: int, reason: Reason) -> None:
    moment, where = datetime(2026, 11, 23, 8, tzinfo=UTC), Locator("archive/r.warc.gz", 0, 10)
    capture = Capture("1", "xx.x", "run", URL, moment, Role.ARTICLE, where, status=status, mime="text/html")
    record = extract_capture(Payload(capture, (), BODY), SEED)
    assert isinstance(record, Rejection)
    assert record.reason is reason


def test_what_a_proxy_has_changed_is_read() -> None:
    moment, where = datetime(2026, 11, 23, 8, tzinfo=UTC), Locator("archive/r.warc.gz", 0, 10)
    capture = Capture("1", "xx.x", "run", URL, moment, Role.ARTICLE, where, status=203, mime="text/html")
    assert isinstance(extract_capture(Payload(capture, (), BODY), SEED), Article)
