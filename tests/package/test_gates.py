"""What must not be published is not; the version before stands, and the captures are kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from types import MappingProxyType

import pytest

from crawler.errors import PackageInvalid
from crawler.model import Expect
from crawler.package import query
from crawler.package.build import build
from crawler.package.validate import validate


def build_now(ministry, **options):
    return build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial", **options)


@pytest.fixture
def published(ministry, make_page):
    run = ministry.run()
    run.get("/n/0", make_page("A good title", "water"))
    run.done()
    build_now(ministry)
    return ministry


def refused(ministry, match: str) -> None:
    before = hashlib.sha256(ministry.workspace.descriptor.read_bytes()).hexdigest()
    waiting = set(ministry.workspace.archive.iterdir())
    with pytest.raises(PackageInvalid, match=match):
        build_now(ministry)
    assert hashlib.sha256(ministry.workspace.descriptor.read_bytes()).hexdigest() == before
    assert set(ministry.workspace.archive.iterdir()) == waiting
    assert not ministry.workspace.staging.exists()
    report = validate(ministry.workspace, engine="serial")
    assert report.valid
    assert {finding.check for finding in report.warnings} == {"waiting"}
    (record,) = ministry.workspace.reports.glob("refused-*.json")
    assert json.loads(record.read_bytes())["refused"][0]["words"]


def test_one_page_for_everything_is_not_published_unless_accepted(published, make_page) -> None:
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", "the same"))
    run.done()
    refused(published, "6 of 6 new articles have one and the same text")
    assert build_now(published, accept=["same-text"]).sources["xx.tests"] == {"new": 6}


def test_a_few_equal_texts_are_no_reason(published, make_page) -> None:
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", "the same" if i < 3 else f"topic {i}"))
    run.done()
    assert build_now(published).warnings == ()


def test_articles_from_the_future(published, make_page) -> None:
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", f"topic {i}", date=f"2031-01-0{i + 1}T10:00:00+05:00"))
    run.done()
    try:
        build_now(published)
    except PackageInvalid as error:
        assert "dated in the future" in str(error)
    else:  # extraction may refuse such dates by itself: then nothing of them may be published
        assert all(row["published_date"] < "2030" for row in query.rows(published.workspace, "articles"))


def test_a_page_object_that_lost_its_hold(published, make_page) -> None:
    published.seed = replace(published.seed, expect=Expect(MappingProxyType({"category": 0.9, "title": 1.0}), 50))
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", f"topic {i}"))
    run.done()
    refused(published, "category is filled in 0% of 6 new articles, expected 90%")


def test_an_id_never_vanishes(published, make_page, monkeypatch: pytest.MonkeyPatch) -> None:
    from crawler.package import rows

    monkeypatch.setattr(
        rows.ids, "article_id", lambda source, document: hashlib.sha256(document.encode()).hexdigest()[:16]
    )
    with pytest.raises(PackageInvalid, match="1 published articles would vanish"):
        build_now(published, full=True)
