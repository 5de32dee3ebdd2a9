"""Who wrote an article and what it is called, where a page says it in more than one way."""

from __future__ import annotations

import pytest

import crawler
from crawler import Article

URL = "https://news.example.org/2026/03/harbour"
TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "The harbour will be dredged this summer, the port authority said, so that larger ferries can call again.",
        "Work starts at the eastern quay in June and moves to the fishing basin once the season is over.",
        "The mud goes to a meadow behind the dyke, where it dries for two years before farmers may have it.",
    )
)


def record(head: str, body: str) -> Article:
    found = crawler.extract(f"<html lang=en><head>{head}</head><body>{body}{TEXT}</body></html>".encode(), URL)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Mette Holm (meh)", ("Mette Holm",)),
        ("Mette Holm og Jens Krog Lund", ("Mette Holm", "Jens Krog Lund")),
        ("Anna de Vries", ("Anna de Vries",)),
        ("Rosa e Silva", ("Rosa e Silva",)),  # one name on the left is not a full one
    ],
)
def test_names_without_signs_and_one_by_one(printed: str, names: tuple[str, ...]) -> None:
    assert record(f'<meta name=author content="{printed}">', "<h1>The harbour gets deeper</h1>").authors == names


def test_an_element_whose_class_says_author_names_one() -> None:
    body = '<h1>The harbour gets deeper</h1><div class="article-author">By Mette Holm</div>'
    assert record("", body).authors == ("Mette Holm",)


def test_authors_of_other_items_are_not_this_one_s() -> None:
    body = '<h1>The harbour gets deeper</h1><ul><li><span class="author">Jens Krog</span> A walk</li></ul>'
    assert record("", body).authors == ()


def test_a_kicker_that_all_other_places_have_belongs_to_the_headline() -> None:
    whole = "Port authority: The harbour gets deeper"
    head = (
        f'<title>{whole}, The Coast</title><meta property="og:title" content="{whole}">'
        f'<meta name="twitter:title" content="{whole}">'
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{whole}"}}</script>'
    )
    stand = "Ferries of the longest class are to call again from autumn on, at both quays of the town."
    found = record(head, f"<header><h1>The harbour gets deeper</h1></header><p class=lead>{stand}</p>")
    assert (found.title, found.paragraphs[0]) == (whole, stand)


def test_a_blank_between_inline_elements_is_no_part_of_the_headline() -> None:
    head = '<meta property="og:title" content="Deeper: the harbour is dredged">'
    assert record(head, "<h1><b>Deeper</b> <span>: the harbour is dredged</span></h1>").title == (
        "Deeper: the harbour is dredged"
    )


@pytest.mark.parametrize("shown", ["The harbour gets a deeper basin", "Ports"])
def test_what_heading_and_article_data_agree_on_goes_before_the_titles_for_search_and_cards(shown: str) -> None:
    card = "Why longer ferries will call again"
    head = (
        f'<title>{card}</title><meta property="og:title" content="{card}"><meta name="twitter:title" content="{card}">'
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{shown}"}}</script>'
    )
    # One word in both places is a label over the page.
    assert record(head, f"<h1>{shown}</h1>").title == (shown if " " in shown else card)


@pytest.mark.parametrize(
    ("label", "names"), [("Written by", ("Mette Holm",)), ("Автор", ("Mette Holm",)), ("Est. reading time", ())]
)
def test_a_card_that_labels_its_lines_names_the_author(label: str, names: tuple[str, ...]) -> None:
    head = f'<meta name="twitter:label1" content="{label}"><meta name="twitter:data1" content="Mette Holm">'
    assert record(head, "<h1>The harbour gets deeper</h1>").authors == names


@pytest.mark.parametrize(
    "stated",
    [
        "{} | The Coast | All the news",
        "{} | The Coast | by Mette Holm",
        "The Coast » {}",
        "The Coast - {}",
        "{} · The Coast",
    ],
)
def test_the_name_of_the_site_and_what_stands_behind_it_are_no_headline(stated: str) -> None:
    whole = "Deeper and wider: the harbour"
    head = f'<title>{stated.format(whole)}</title><meta property="og:site_name" content="The Coast">'
    assert record(head, "<h1>The Coast</h1>").title == whole
