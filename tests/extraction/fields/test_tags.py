"""What an article is about and where a site files it, in data and as readers see it."""

from __future__ import annotations

import pytest

import crawler
from crawler import Article

URL = "https://woods.example.org/news/2026/nursery"
LINES = (
    "A nursery that grows two hundred thousand pines a year opened on Monday at the edge of the northern forest.",
    "The first trees go to villages in autumn, and the rest to the slopes that burned two summers ago.",
)
TEXT = "".join(f"<p>{line}</p>" for line in LINES)
HEADLINE = "<h1>The nursery opens at last</h1>"


def record(above: str = "", behind: str = "", head: str = "", before: str = "") -> Article:
    main = f"<div class='detail'>{above}{HEADLINE}{TEXT}{behind}</div>"
    html = (
        f"<html lang=en><head><title>The nursery opens at last</title>{head}</head><body>{before}{main}</body></html>"
    )
    found = crawler.extract(html.encode(), URL)
    assert isinstance(found, Article), found
    assert found.paragraphs == LINES
    return found


@pytest.mark.parametrize(
    ("behind", "tags"),
    [
        ('<div class="tags"><a href="/tags/pine">pine</a> <a href="/tags/fire">#fire</a></div>', ("pine", "fire")),
        ('<ul><li><a href="/etiket/cam">cam</a></li><li><a href="/etiket/su">su</a></li></ul>', ("cam", "su")),
        ('<p>Tags: <a href="/s?q=pine">pine</a>, <a href="/s?q=fire">fire</a></p>', ("pine", "fire")),
        ("<p>Ключевые слова: сосна, пожар</p>", ("сосна", "пожар")),
        ("<p>关键词：松树、火灾</p>", ("松树", "火灾")),
        ('<a href="mailto:?subject=Nursery&amp;tag=x">Mail</a>', ()),  # to share it, not to find its like
        ('<div class="tag-cloud sidebar"><a href="/tags/pine">pine</a></div>', ()),
        ('<nav><a href="/tags/pine">pine</a></nav>', ()),
    ],
)
def test_links_and_lines_behind_a_text_tell_its_subjects(behind: str, tags: tuple[str, ...]) -> None:
    assert record(behind=behind).tags == tags


def test_subjects_in_data_are_told_apart_at_the_commas_of_all_scripts() -> None:
    assert record(head='<meta name="keywords" content="松树，火灾、造林">').tags == ("松树", "火灾", "造林")


def test_subjects_above_the_headline_are_the_site_s() -> None:
    assert record(before='<div><a href="/tags/elections">Elections</a></div>').tags == ()


CRUMBS = '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/press">Press</a></li></ol>'


@pytest.mark.parametrize(
    ("above", "section"),
    [
        ('<span class="newsCategory">Forests</span>', "Forests"),
        (f'{CRUMBS}<span class="news-list-category">Forests</span>', "Forests"),
        (f'{CRUMBS}<span class="category">\n\nForests\n\n\n\n Water\n\n</span>', "Forests"),  # as TYPO3 writes several
        ('<div class="categories"><a href="/a">Forests</a> <a href="/b">Water</a></div>', "Forests"),
        ('<a href="/rubric/forests">Forests</a>', "Forests"),
        ('<p class="kategori">森林</p>', "森林"),
        ('<p class="category">/ Forests</p>', "Forests"),
        ('<p class="news-cat">Forests</p>', "Forests"),
        ("<table><tr><td>Category:</td><td>Forests</td></tr></table>", "Forests"),
        ("<div>栏目：森林</div>", "森林"),
        ("<div><span>2026-03-09</span> <span>来源： 河报</span></div>", None),  # where it comes from
        ("<p>09.03.2026 | Text: Anna Weber</p>", None),  # no section
        (CRUMBS.replace("<li>", "<li><span>You are here:</span></li><li>", 1), "Press"),
        ('<div class="field__label">Rubrique</div><div class="field__item">Forests</div>', "Forests"),
        (f'{CRUMBS}<a class="link-category" href="/search?subject=pine">pine</a>', "Press"),  # a subject
    ],
)
def test_a_label_near_the_headline_that_is_marked_as_the_section(above: str, section: str | None) -> None:
    assert record(above).category == section


@pytest.mark.parametrize(
    ("menu", "section"),
    [
        ('<nav><a href="/">Home</a><a href="/news">All news</a><a href="/news/2026">Year</a></nav>', "Year"),
        ('<nav><a href="/news/">News</a><a href="/contacts">Contacts</a></nav>', "News"),
        (
            '<nav><a href="#content">Skip</a><a href="/news/2026/nursery">This</a><a href="/news?x=1">More</a></nav>',
            None,
        ),
        ('<nav><a href="https://other.example.org/news">News</a></nav>', None),
    ],
)
def test_the_menu_tells_the_section_by_its_address_where_nothing_else_does(menu: str, section: str | None) -> None:
    assert record(before=menu).category == section
