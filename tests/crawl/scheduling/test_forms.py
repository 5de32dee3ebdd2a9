"""Other forms of a document wait for its page, and none is forgotten."""

from __future__ import annotations

from crawler.crawl.scheduling.forms import Forms
from crawler.model import Link, Role

PAGE = Link("https://x.example/1", Role.ARTICLE, "1/en")
ANSWER = Link("https://api.example/1", Role.ARTICLE, "1/en", headers={"language": "en"})


def test_an_answer_waits_for_the_page_and_then_is_asked_for() -> None:
    forms = Forms()
    assert not forms.hold(ANSWER, {})
    forms.begin(PAGE)
    assert forms.hold(ANSWER, {"via": "list"})
    assert forms.end(ANSWER) == []
    assert forms.end(PAGE) == [(ANSWER, {"via": "list"})]
    assert not forms.hold(ANSWER, {})


def test_pages_listings_and_other_documents_never_wait() -> None:
    forms = Forms()
    forms.begin(PAGE)
    assert not forms.hold(PAGE, {})
    assert not forms.hold(Link("https://api.example/list", Role.LISTING, headers={"a": "b"}), {})
    assert not forms.hold(Link("https://api.example/2", Role.ARTICLE, "2/en", headers={"a": "b"}), {})


def test_the_rest_is_told() -> None:
    forms = Forms()
    forms.begin(PAGE)
    forms.hold(ANSWER, {})
    assert list(forms.rest()) == [(ANSWER, {})]
    assert list(forms.rest()) == []
