"""The standfirst among the other lines between a headline and its text."""

from __future__ import annotations

from crawler import extract
from crawler.extraction.article_text.standfirst import find_standfirst
from crawler.extraction.markup.dom import key
from crawler.model import Rejection
from tests.extraction.label_drafts import draft_of

TEXT = [
    "The workshop opened its doors on Saturday, and more than two hundred people came to see the old looms at work.",
    "Visitors could try the looms themselves, and a dozen of them stayed until the lamps were put out in the evening.",
    "The next open day is planned for May, the head of the workshop said, when the second hall will be ready as well.",
]
LEAD = "Two hundred guests came to the open day of the weavers, and some of them did not want to leave."
NOTICE = "A part of what you see here was paid for by the friends of the weavers, who thank you for that."
DESCRIBED = f"<meta name='description' content='{LEAD}'>"
TITLE = "Weavers show how their looms work"


def stand(between: str, head: str = "", names: tuple[str, ...] = ()) -> list[str]:
    body = "".join(f"<p>{line}</p>" for line in TEXT)
    draft = draft_of(
        f"<html><head><title>{TITLE}</title>{head}</head><body><main><h1>{TITLE}</h1>{between}"
        f"<div class='text'>{body}</div></main></body></html>",
        TEXT,
        "https://weavers.example/news/3",
    )
    draft.names = set(map(key, names))
    return [draft.blocks[n].text for n in find_standfirst(draft)]


def test_a_line_that_says_the_description_leaves_no_place_for_notices() -> None:
    between = f"<header><p>{LEAD}</p></header><div><div>{NOTICE}</div></div>"
    assert stand(between, DESCRIBED) == [LEAD]


def test_what_must_be_unfolded_is_no_standfirst() -> None:
    between = f"<div>{LEAD}</div><details><summary>In short</summary><div><div>{NOTICE}</div></div></details>"
    assert stand(between) == [LEAD]


def test_a_heading_that_calls_itself_a_headline_is_no_standfirst() -> None:
    other = "Looms of the old days still run, and they run well for all who want to see"
    assert stand(f"<header><h2 class='page__headline'>{other}</h2></header><div>{LEAD}</div>") == [LEAD]


def test_a_title_given_as_the_name_of_an_application_is_still_the_headline() -> None:
    head = (
        f"<title>{TITLE}</title><meta name='application-name' content='{TITLE}'>"
        "<meta property='og:site_name' content='Weavers'>"
    )
    body = "".join(f"<p>{line}</p>" for line in TEXT)
    page = f"<html lang='en'><head>{head}</head><body><main>{body}</main></body></html>"
    record = extract(page.encode(), "https://weavers.example/news/3")
    assert not isinstance(record, Rejection), record
    assert record.title == TITLE


def test_a_class_names_the_first_of_the_paragraphs_the_standfirst() -> None:
    for name in ("perex", "p-intro", "article__lead", "bevezeto"):
        body = "".join(f"<p>{line}</p>" for line in TEXT)
        page = f"<title>{TITLE}</title><body><main><h1>{TITLE}</h1><div><p class='{name}'>{LEAD}</p>{body}</div></main>"
        found = extract(page.encode(), "https://weavers.example/news/3")
        assert not isinstance(found, Rejection)
        assert found.summary == LEAD


def _points(*items: str) -> tuple[str, ...]:
    body = "".join(f"<p>{line}</p>" for line in TEXT)
    points = "".join(f"<li>{item}</li>" for item in items)
    page = f"<title>{TITLE}</title><body><main><h1>{TITLE}</h1><ul>{points}</ul><div>{body}</div></main></body>"
    found = extract(page.encode(), "https://weavers.example/news/3")
    assert not isinstance(found, Rejection)
    return found.paragraphs


def test_the_points_that_a_press_office_sets_over_a_text_are_of_it() -> None:
    points = ("Two hundred guests came to see the looms", "The next open day is in May")
    assert _points(*points) == (*points, *TEXT)


def test_a_list_of_facts_or_tools_is_none() -> None:
    assert _points("12 March 2026 at ten in the morning", "The press office of the weavers") == tuple(TEXT)
    assert _points("Share this page on Facebook", "Print this page") == tuple(TEXT)


def test_a_card_of_the_author_is_no_standfirst() -> None:
    card = "<div class='head'><p>Ann Lebedeva weaves since her tenth year, and writes of what others weave.</p></div>"
    assert stand(card, names=("Ann Lebedeva",)) == []
    assert len(stand(card)) == 1


def test_a_few_words_are_a_standfirst_where_their_class_says_so() -> None:
    for name in ("subtitle", "soustitre", "sub-heading", "underrubrik"):
        assert stand(f"<p class='{name}'>All looms work again</p>") == ["All looms work again"]
    assert stand("<p class='box'>All looms work again</p>") == []
    assert stand("<p class='subtitle'>12 March 2026, 10:00</p>") == []
