"""The headline where the places that a page gives it in do not agree, in several scripts."""

from __future__ import annotations

import pytest

import crawler
from crawler import Article
from crawler.extraction.markup.dom import word_count
from crawler.extraction.page.title_segments import ends_of, parts_of

URL = "https://water.example.org/2026/03/sluice"
TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "The old sluice at the mill pond will be taken out in April, the water board decided after two years of talks.",
        "A ramp of boulders takes its place, so that trout can swim up to the gravel beds where they spawn.",
        "The mill keeps its wheel: a narrow channel along the southern bank brings it the water that it needs.",
    )
)
CHINESE = "".join(
    f"<p>{line}</p>"
    for line in (
        "水利部门昨天宣布，磨坊池塘的旧水闸将于四月拆除，这项决定经过两年的讨论才得以通过。",
        "取而代之的是一条用石块铺成的斜坡，鱼类可以沿着斜坡游到上游的砾石滩产卵，河道两岸还将种植柳树。",
    )
)


def title_of(head: str, body: str, text: str = TEXT) -> str | None:
    found = crawler.extract(f"<html><head>{head}</head><body>{body}{text}</body></html>".encode(), URL)
    assert isinstance(found, Article), found
    return found.title


def test_the_heading_that_readers_see_goes_before_data_that_the_page_shows_nowhere() -> None:
    head = "<title>Mill pond: what now | Water Board</title><meta property=og:title content='Mill pond: what now'>"
    assert title_of(head, "<h1>The old sluice gives way to a ramp for trout</h1>") == (
        "The old sluice gives way to a ramp for trout"
    )


def test_a_heading_over_the_page_gives_way_to_the_line_that_the_data_have() -> None:
    head = "<title>Mill pond: what changes now</title><meta property=og:title content='Mill pond: what changes now'>"
    body = "<h1>Reports from the river</h1><div>Mill pond: what changes now</div>"
    assert title_of(head, body) == "Mill pond: what changes now"


def test_what_the_article_s_own_data_have_stands_though_it_is_not_shown() -> None:
    head = (
        "<title>Mill pond: what changes now</title><script type=application/ld+json>"
        '{"@type": "NewsArticle", "headline": "Mill pond: what changes now"}</script>'
    )
    assert title_of(head, "<h1>Live from the river bank</h1>") == "Mill pond: what changes now"


@pytest.mark.parametrize(
    ("doc_title", "shown"),
    [
        ("磨坊池塘的旧水闸将于四月拆除-河流网", "<div>磨坊池塘的旧水闸将于四月拆除</div>"),
        ("磨坊池塘的旧水闸将于四月拆除_河流保护_水利部", "<p><b>磨坊池塘的旧水闸将于四月拆除</b></p>"),
        ("水利部-磨坊池塘的旧水闸将于四月拆除", "<div>磨坊池塘的旧水闸将于四月拆除</div>"),
        ("磨坊池塘的旧水闸将于四月拆除｜水利部", "<h2>磨坊池塘的旧水闸将于四月拆除</h2>"),
    ],
)
def test_names_of_sites_are_told_apart_without_blanks(doc_title: str, shown: str) -> None:
    assert title_of(f"<title>{doc_title}</title>", shown, CHINESE) == "磨坊池塘的旧水闸将于四月拆除"


def test_a_heading_without_blanks_has_words_all_the_same() -> None:
    for_search = "磨坊池塘使用百年的旧水闸将于四月拆除"
    head = f"<title>{for_search}</title>"
    head += "".join(f"<meta property={name}:title content={for_search}>" for name in ("og", "twitter"))
    head += '<script type=application/ld+json>{"@type": "NewsArticle", "headline": "磨坊池塘的旧水闸四月拆除"}</script>'
    assert title_of(head, "<h1>磨坊池塘的旧水闸四月拆除</h1>", CHINESE) == "磨坊池塘的旧水闸四月拆除"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("the water board decided", 4),
        ("Сув хўжалиги вазирлиги", 3),
        ("水利部门昨天宣布", 4),
        ("水利部 news", 2),
        ("กระทรวงทรัพยากรน้ำ", 4),
        ("수자원공사 발표", 2),
        ("", 0),
    ],
)
def test_words_are_counted_in_any_script(line: str, words: int) -> None:
    assert word_count(line) == words


def test_the_parts_of_a_title() -> None:
    assert parts_of("A | B :: C") == ["A", "B", "C"]
    assert parts_of("well-known sluice: gone") == ["well-known sluice: gone"]
    assert list(ends_of("A - B - C")) == ["A - B - C", "A", "A - B", "B - C", "C"]


def test_what_a_system_escaped_twice_is_read_as_it_was_meant() -> None:
    head = "<title>Sluice &amp;amp; ramp: &amp;quot;what now?&amp;quot; | Water Board</title>"
    assert title_of(head, "<h2>Sluice &amp; ramp: &quot;what now?&quot;</h2>") == 'Sluice & ramp: "what now?"'
    stated = "<meta property=og:title content='Sluice &amp;amp; ramp: what&amp;#8217;s next'>"
    assert title_of(stated, "") == "Sluice & ramp: what’s next"


STATED = "Two years of talks end: sluice gives way to trout"
SHOWN = "Mill pond: why the sluice must go"


@pytest.mark.parametrize(
    ("doc_title", "title"),
    [(SHOWN, STATED), (f"{STATED} | Water Board", SHOWN), ("Sluice news", STATED)],
    ids=["its own", "for search", "another"],
)
def test_what_only_the_article_s_own_data_call_it_is_its_headline(doc_title: str, title: str) -> None:
    head = f"<title>{doc_title}</title><meta property=og:title content='{SHOWN}'>"
    head += f'<script type=application/ld+json>{{"@type": "NewsArticle", "headline": "{STATED}"}}</script>'
    assert title_of(head, f"<h1>{SHOWN}</h1>") == title


def test_capitals_are_how_a_headline_is_shown() -> None:
    head = f"<title>{SHOWN} | Water Board</title><meta property=og:title content='{SHOWN}'>"
    assert title_of(head, f"<h1>{SHOWN.upper()}</h1>") == SHOWN


@pytest.mark.parametrize("name", ["Water News", "The Waterways Board"])
def test_the_name_of_a_site_is_known_by_its_address(name: str) -> None:
    found = crawler.extract(
        f"<html><title>{SHOWN} - {name}</title><body>{TEXT}</body></html>".encode(),
        "https://www.water.example/2026/03/1",
    )
    assert isinstance(found, Article)
    assert found.title == (SHOWN if name.startswith("Water") else f"{SHOWN} - {name}")


PARTED = "The old sluice at the pond: trout return to the mill race"


@pytest.mark.parametrize("data", [PARTED, PARTED.replace(":", " –"), PARTED.replace(": ", " | ")])
def test_a_sign_between_parts_of_a_heading_that_stand_on_lines_of_their_own_is_taken_from_data(data: str) -> None:
    head = f"<title>{data}</title><meta property=og:title content='{data}'>"
    kicker, rest = PARTED.split(": ")
    assert title_of(head, f"<h1><span class=kicker>{kicker}</span> <span>{rest}</span></h1>") == data


def test_a_line_under_a_picture_is_no_headline_where_the_address_says_the_title() -> None:
    title = "Trout return to the old mill race"
    page = f"<title>{title}</title><body><p>Photo via Riverpics</p>{TEXT}"
    found = crawler.extract(page.encode(), "https://water.example/2026/trout-return-to-the-old-mill-race")
    assert isinstance(found, Article)
    assert found.title == title


def test_a_date_in_front_of_a_heading_is_none_of_it() -> None:
    head = f"<title>{SHOWN} | Diary</title><meta property=og:title content='{SHOWN}'>"
    assert title_of(head, f"<h1>Mar 18 2026 {SHOWN}</h1>") == SHOWN


@pytest.mark.parametrize("tail", ["Water Board", "water.example.org", "example.org"])
def test_the_name_of_the_site_goes_from_a_heading_too(tail: str) -> None:
    head = f"<title>{SHOWN} – {tail}</title><meta property=og:site_name content='Water Board'>"
    assert title_of(head, f"<h1>{SHOWN} – {tail}</h1>") == SHOWN


@pytest.mark.parametrize("level", ["h1", "h2"])
@pytest.mark.parametrize(
    "title", ["Sluice at the mill: a ramp for 40 trout", "Old sluice makes way for a ramp of boulders"]
)
def test_a_heading_for_the_section_gives_way_to_the_lower_one_that_the_title_line_has(level: str, title: str) -> None:
    body = f"<section class=banner><{level}>Details of the item</{level}></section><div><h3>{title}</h3>"
    assert title_of(f"<title>{title} - WATERBOARD</title>", body, f"{TEXT}</div>") == title


@pytest.mark.parametrize("site", ["", "<title>Water board</title>", "<title>News</title>"])
def test_an_h2_may_be_the_only_headline(site: str) -> None:
    body = "<header><a href='/'>Water board</a></header><h2>Old sluice makes way for a ramp</h2><p>23.04.2026</p>"
    assert title_of(site, body) == "Old sluice makes way for a ramp"


@pytest.mark.parametrize("tag", ["h5", "h6"])
def test_a_heading_of_the_lowest_levels_may_be_the_headline(tag: str) -> None:
    body = f"<div class=card><{tag}>Old sluice makes way for a ramp</{tag}><h6>17 Mart 2026 Salı</h6><div>"
    found = crawler.extract(
        f"<html><title>Old sluice makes way for a ramp</title><body>{body}{TEXT}</div></div></body></html>".encode(),
        URL,
    )
    assert isinstance(found, Article)
    assert found.title == "Old sluice makes way for a ramp"
    assert found.published is not None


def test_main_headings_in_the_text_are_not_the_headline_where_a_lower_one_above_them_is() -> None:
    body = "<header><h2>Old sluice makes way for a ramp</h2></header><h1>What trout say about the ramp</h1>"
    assert (
        title_of("<title>Old sluice makes way for a ramp | Rivers</title>", body) == "Old sluice makes way for a ramp"
    )
