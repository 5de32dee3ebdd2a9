"""What a build keeps of its captures, so that nobody goes through all of them to tell it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crawler.model import Capture, Locator, Role
from crawler.package.history.captures import Captures

BEGIN = datetime(2026, 3, 5, 12, tzinfo=UTC)


def test_the_first_moment_of_each_source_is_known() -> None:
    captures = Captures()
    for source, hours in (("xx.a", 5), ("xx.b", 9), ("xx.a", 2), ("xx.a", 7)):
        moment = BEGIN + timedelta(hours=hours)
        name = f"{source} {hours}"
        captures.add([Capture(name, source, "run", "https://a.example/", moment, Role.ARTICLE, Locator("f", 0, 1))])
    assert captures.first == {"xx.a": BEGIN + timedelta(hours=2), "xx.b": BEGIN + timedelta(hours=9)}
    captures.close()
