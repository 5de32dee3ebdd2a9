"""What must not be published is not; the version before stands, and the captures are kept."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from types import MappingProxyType

import pytest

from crawler.errors import ExitCode, Refused, UsageError
from crawler.model import Expect
from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.exports.health import health
from crawler.package.gates.decide import check_accepted


def build_now(ministry, **options):
    return build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial", **options)


@pytest.fixture
def published(ministry, make_page):
    run = ministry.run()
    run.get("/n/0", make_page("A good title", "water"))
    run.done()
    build_now(ministry)
    return ministry


def refused(ministry, gate: str, match: str) -> None:
    """Nothing is published, nothing is lost, and the record says why, here and on a fresh machine."""
    space = ministry.workspace
    before = hashlib.sha256(space.descriptor.read_bytes()).hexdigest()
    waiting = set(space.archive.iterdir())
    with pytest.raises(Refused, match=match) as caught:
        build_now(ministry)
    assert caught.value.exit_code is ExitCode.REFUSED
    assert f"xx.tests: {match}" in str(caught.value)
    assert f"ministry-news build --accept {gate}:xx.tests" in str(caught.value)
    assert hashlib.sha256(space.descriptor.read_bytes()).hexdigest() == before
    assert set(space.archive.iterdir()) == waiting
    assert not space.staging.exists()
    report = validate(space, engine="serial")
    assert report.valid
    assert {finding.check for finding in report.warnings} == {"waiting", "refused"}
    shutil.rmtree(space.work)  # what a fresh machine does not have
    found = health(space, {}, named={}, now=ministry.now)
    assert found.refused is not None
    (verdict,) = found.refused.verdicts
    assert (verdict.gate, verdict.source) == (gate, "xx.tests")
    assert match in verdict.words
    assert (len(found.pending), found.sources[0].pending) == (1, 1)


def settled(ministry, *accept: str, **expected: int) -> None:
    """The next build publishes, and the record is gone."""
    assert build_now(ministry, accept=accept).sources["xx.tests"] == expected
    found = health(ministry.workspace, {}, named={}, now=ministry.now)
    assert (found.refused, found.pending) == (None, ())
    report = validate(ministry.workspace, engine="serial")
    assert report.valid
    assert not {"refused", "waiting"} & {finding.check for finding in report.warnings}


def test_one_page_for_everything_is_not_published_unless_accepted(published, make_page) -> None:
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", "the same"))
    run.done()
    refused(published, "same-text", "6 of 6 new or edited articles have one and the same text")
    with pytest.raises(Refused):
        build_now(published, accept=["same-text:xx.others", "markup"])
    with pytest.raises(UsageError, match="no gate is called 'sametext'"):
        check_accepted(["sametext"])
    settled(published, "same-text:xx.tests", new=6)


def test_one_page_in_place_of_known_articles_is_not_published(published, make_page) -> None:
    """A site that answers a re-visit of everything with one page would overwrite what is known."""
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", f"topic {i}"))
    run.done()
    build_now(published)
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page("Sorry", "maintenance"))
    run.done()
    refused(published, "same-text", "6 of 6 new or edited articles have one and the same text")
    settled(published, "same-text", edited=6)
    build_now(published, full=True)  # what was accepted and published is not judged again


def test_good_articles_of_later_runs_hide_no_bad_run(published, make_page) -> None:
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page("Sorry", "maintenance"))
    run.done()
    run = published.run()
    for i in range(20):
        run.get(f"/c/{i}", make_page(f"Title {i}", f"topic {i}"))
    run.done()
    with pytest.raises(Refused, match="6 of 6 new or edited articles have one and the same text"):
        build_now(published)
    run = published.run()
    for i in range(6):  # the site is well again
        run.get(f"/b/{i}", make_page(f"Real title {i}", f"real topic {i}"))
    run.done()
    report = build_now(published)
    assert report.refused == ()
    words = (
        "xx.tests: 6 of 6 wordings that were replaced have one and the same text, and stand in revisions [same-text]"
    )
    assert words in report.warnings


def test_a_few_equal_texts_are_no_reason(published, make_page) -> None:
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", "the same" if i < 3 else f"topic {i}"))
    run.done()
    assert build_now(published).warnings == ()


def test_a_page_object_that_lost_its_hold(published, make_page) -> None:
    published.seed = replace(published.seed, expect=Expect(MappingProxyType({"category": 0.9, "title": 1.0}), 50))
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", f"topic {i}"))
    run.done()
    refused(published, "filled", "category is filled in 0% of 6 new articles, expected 90%")
    published.seed = replace(published.seed, expect=Expect())  # a person looked, and mended the seed
    settled(published, new=6)


def test_an_id_never_vanishes(published, make_page, monkeypatch: pytest.MonkeyPatch) -> None:
    from crawler.package.tables import row_builders

    monkeypatch.setattr(
        row_builders.ids, "article_id", lambda source, document: hashlib.sha256(document.encode()).hexdigest()[:16]
    )
    with pytest.raises(Refused, match="1 published articles would vanish"):
        build_now(published, full=True)


def test_a_rebuild_without_news_must_give_the_same_articles(published, monkeypatch: pytest.MonkeyPatch) -> None:
    from crawler.package.history import history

    real = history.article_row
    monkeypatch.setattr(history, "article_row", lambda *a: real(*a) | {"category": "of another mind"})
    with pytest.raises(Refused, match="a rebuild without news gives other articles") as caught:
        build_now(published, full=True, use_cache=False)
    assert "build --accept months" in str(caught.value)


def test_a_first_build_that_is_refused_is_told_and_can_be_gone_on_with(ministry, make_page) -> None:
    run = ministry.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", "the same"))
    run.done()
    with pytest.raises(Refused):
        build_now(ministry)
    found = health(ministry.workspace, {}, named={}, now=ministry.now)
    assert (found.version, found.sources[0].source_id, found.sources[0].last_outcome) == ("", "xx.tests", "never")
    assert found.refused
    settled(ministry, "same-text", new=6)


def test_a_page_object_that_reads_nothing_any_more(published) -> None:
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", b"<!doctype html><html><body><div></div></body></html>")
    run.done()
    refused(published, "none", "none of 6 pages could be read as an article, and the source had some before")
