"""Lines beside a text that state facts, tell when a page was changed, disclaim, credit or lead on: each is no text."""

from __future__ import annotations

import pytest

from crawler import Article, extract
from crawler.extraction.lines.agency_signs import is_agency
from crawler.extraction.lines.boilerplate_phrases import is_byline, is_label
from crawler.extraction.lines.calls_to_action import is_closing
from crawler.extraction.lines.datelines import is_dateline
from crawler.extraction.lines.fact_lines import is_dated_byline, states_facts, tells_changes

TITLE = "Old quarry becomes a bathing lake"
LINES = (
    "The quarry at the edge of the town fills with water since the pumps stopped in March, and shall become a lake.",
    "Engineers will flatten its northern bank over the summer, so that children can reach the water without a ladder.",
    "Divers found two cranes at the bottom, which the company that once ran the quarry must take out before May.",
)


def paragraphs(*lines: str) -> tuple[str, ...]:
    body = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    page = f"<html lang=en><title>{TITLE}</title><body><main><h1>{TITLE}</h1>{body}</main></body></html>"
    found = extract(page.encode(), "https://town.example/2026/03/quarry")
    assert isinstance(found, Article), found
    return found.paragraphs


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2026-03-05 10:12来源：山区气象报【字体：大 中 小】打印浏览次数：1,204",
        "Published: 5 March 2026 10:12Source: Town hall Views: 318",
        "Дата публикации: 05.03.2026 Автор: Анна Иванова Источник: пресс-служба Просмотров: 12",
        "Source: Town hall",
    ],
)
def test_a_row_of_labels_with_their_values_states_facts(line: str) -> None:
    assert is_label(line, set()) or line == "Source: Town hall"


@pytest.mark.parametrize(
    "line",
    [
        "The source: a spring under the quarry. Its views: two hills, which the author of the plan had overlooked",
        "Published: the plans for the lake, which the mayor and the author of a sketch open, with views of a town",
    ],
)
def test_a_sentence_with_labels_states_no_facts(line: str) -> None:
    assert not states_facts(line)


CHANGES = "Updates to this page: Published 5 March 2026, Last updated 9 March 2026 — corrected the number of cranes"


@pytest.mark.parametrize("line", [CHANGES, "Опубликовано 05.03.2026, обновлено 09.03.2026"])
def test_when_a_page_was_changed_is_no_text(line: str) -> None:
    assert tells_changes(line)
    assert paragraphs(*LINES, f"<div class=dates>{line}</div>") == LINES


def test_a_sentence_about_something_published_is_text() -> None:
    line = "The plans were published on 5 March 2026, and the council will see an updated version on the 19th of May."
    assert not tells_changes(line)
    assert paragraphs(LINES[0], line, *LINES[1:]) == (LINES[0], line, *LINES[1:])


@pytest.mark.parametrize(
    "line",
    [
        "Disclaimer: what is said here is the opinion of its author.",
        "The views expressed in this article do not represent those of the town.",
        "免责声明：以上内容由用户上传，本平台仅提供信息存储服务。",
        "Мнение редакции может не совпадать с мнением автора.",
        "La note n'engage que ses auteurs",
        "Jede Spende hilft den Tauchern im Steinbruch!",
        "Get the latest news straight to your phone with our app.",
    ],
)
def test_who_answers_for_the_words_is_no_text(line: str) -> None:
    assert is_closing(line)
    assert paragraphs(*LINES, line) == LINES


@pytest.mark.parametrize("line", ["AFP, MANILA", "DPA/LNO - HAMBURG", "EFE, NEW YORK"])
def test_an_agency_and_its_place(line: str) -> None:
    assert is_agency(line)
    assert paragraphs(line, *LINES) == LINES


@pytest.mark.parametrize("line", ["AN OPEN LETTER, PART TWO", "NEW: THE LAKE", "We, the people"])
def test_capitals_alone_are_no_agency(line: str) -> None:
    assert not is_agency(line)


def test_a_credit_in_brackets_is_of_a_picture() -> None:
    assert is_label("The quarry from above, before the pumps stopped (Agency / Anna Maria Ivanova)", set())
    assert not is_label("The quarry belongs to both towns (Upper / lower part of the valley)", set())
    assert not is_label("The two parties of the council (Left / Greens)", set())


@pytest.mark.parametrize(
    "line",
    [
        "por Unidad de Comunicación — publicado 04/03/2026 09h15",
        "by the press office — published 4 March 2026",
        "автор: пресс-служба, опубликовано 04.03.2026 09:15",
    ],
)
def test_a_byline_with_its_day(line: str) -> None:
    assert is_dated_byline(line)
    assert is_byline(line, set())


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    assert not is_dated_byline("By the end of the plan published on 4 March 2026 the lake shall be open to all")


def test_links_to_channels_and_arrows_are_no_text() -> None:
    channel = "<p>Read us on <a href='https://news.google.com/publications/x'>Google News</a> as well</p>"
    more = "<p><a href='/paper/2026/quarry'>ALL ABOUT THE LAKE IN THE PRINTED EDITION >>></a></p>"
    assert paragraphs(*LINES[:2], more, LINES[2], channel) == LINES


@pytest.mark.parametrize("tag", ["button", "video", "object"])
def test_an_article_in_a_silent_element_that_never_ends_is_read(tag: str) -> None:
    head = f"<header><{tag} class=menu><div></{tag}></header>" if tag == "button" else f"<{tag}>"
    text = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"<title>{TITLE}</title><body>{head}<main><h1>{TITLE}</h1><div>{text}</div></main></body>"
    found = extract(page.encode(), "https://town.example/2026/03/quarry")
    assert isinstance(found, Article), found
    assert found.paragraphs == LINES


def test_a_teaser_in_the_menu_is_not_where_the_headline_stands() -> None:
    text = "".join(f"<p>{line}</p>" for line in LINES[1:])
    menu = f"<div class=menu><button><article><h3>{TITLE}</h3></article></button><a href=/a>All news</a></div>"
    head = f"<h1>{TITLE}</h1><h4>{LINES[0]}</h4><div>12 March 2026</div>"
    page = f"<title>{TITLE}</title><body>{menu}<main>{head}<section>{text}</section></main></body>"
    found = extract(page.encode(), "https://town.example/2026/03/quarry")
    assert isinstance(found, Article), found
    assert found.paragraphs == LINES


def test_buttons_in_a_row_are_words_of_their_own() -> None:
    buttons = "<p class=tools><a href='#comments'>Comments</a><a href='/share'>Share</a></p>"
    assert paragraphs(buttons, *LINES) == LINES


def test_a_city_of_four_letters_is_no_agency() -> None:
    assert not is_agency("BAAR, SWITZERLAND")


TEASERS = "".join(
    f"<div class=ad><a href='/n/{n}'>Town number {n} gets a new bathing lake as well</a></div>" for n in range(3)
)


def test_a_heading_over_links_to_other_items_goes_with_them() -> None:
    over = f"<h3>More lakes</h3>{TEASERS}"
    own = "<h3>What the divers found</h3>"
    assert paragraphs(*LINES[:2], over, own, LINES[2]) == (*LINES[:2], "What the divers found", LINES[2])


def test_a_heading_over_text_stays_though_links_stand_between() -> None:
    own = "<h3>What the divers found</h3>"
    assert paragraphs(*LINES[:2], own, TEASERS, LINES[2]) == (*LINES[:2], "What the divers found", LINES[2])


@pytest.mark.parametrize(
    "line",
    [
        "Press release No. 44",
        "Release No.: 0071.26",
        "PRESS RELEASE NO: 12/2026",
        "Comunicado No. 118-26",
        "Pressemitteilung Nr. 44/2026",
        "Communiqué de presse n° 12",
        "ΔΕΛΤΙΟ ΤΥΠΟΥ",  # capitals have no accents in Greek
    ],
)
def test_the_number_of_a_release_is_a_label(line: str) -> None:
    assert is_label(line, set())


@pytest.mark.parametrize("line", ["Press release 44 was wrong about the lake", "Press releases of 2026 are out"])
def test_a_sentence_about_a_release_is_none(line: str) -> None:
    assert not is_label(line, set())


@pytest.mark.parametrize(
    "behind",
    [
        "<ul><li><b>Previous</b> <a href='/n/1'>Ferry returns to the town of Mill</a></li></ul>",
        "<p><span>이전글</span> <a href='/n/1'>도시숲 공모전 수상작 발표 안내</a></p>",
        "<p><span>Предыдущая новость</span><a href='/n/1'>Паром вернулся в город на реке</a></p>",
        "<p>Published 24 February 2026</p>",
        "<p>Last updated: 3 March 2026</p>",
        "<div><h4>Photo gallery</h4><a href='/1.jpg'><img src='/1s.jpg'></a></div>",
    ],
)
def test_what_points_on_or_tells_when_behind_the_text_is_none_of_it(behind: str) -> None:
    assert paragraphs(*LINES, behind) == LINES


def test_fields_of_the_form_of_the_date_s_are_facts() -> None:
    def field(label: str, value: str) -> str:
        return f"<div class='field inline'><div class=l>{label}</div><div class=i>{value}</div></div>"

    fields = field("Release Date", "09/03/2026") + field("Release ID", "MW/2026/118")
    assert paragraphs(f"<div>{fields}{''.join(f'<p>{line}</p>' for line in LINES)}</div>") == LINES


@pytest.mark.parametrize("sign", ["एमजी/आरके", "AR/SK", "محم/سعد"])
def test_initials_are_a_sign_in_scripts_without_capitals_too(sign: str) -> None:
    assert is_agency(sign)


def test_a_fraction_of_words_is_no_sign() -> None:
    assert not is_agency("воды/суши")


@pytest.mark.parametrize(
    "line",
    ["Опубликовано пн, 27/04/2026 - 09:40 пользователем press", "Submitted by webmaster on Mon, 27/04/2026 - 09:40"],
)
def test_a_system_s_line_tells_who_published_when(line: str) -> None:
    assert paragraphs(line, *LINES) == LINES


@pytest.mark.parametrize("line", ["2026.06.02.", "등록일 2026. 06. 02.", "utorak, 10. mart 2026."])
def test_a_day_that_ends_with_a_point_is_no_sentence(line: str) -> None:
    assert is_dateline(line, None)


SIGNED = "<p class=byline>By Anna Lebedeva</p>"
WHO = "She writes of lakes and those who swim in them, and lives in the old mill with two dogs and a boat."


def test_a_card_that_tells_of_the_author_is_no_text() -> None:
    card = f"<div class=box><div><a href=/a/7>Anna Lebedeva</a></div><div><p>{WHO}</p><p>{WHO[4:]}</p></div></div>"
    assert paragraphs(SIGNED, *LINES, card) == LINES


def test_an_author_s_name_over_the_rest_of_a_text_ends_nothing() -> None:
    heading = "<h2>Anna Lebedeva</h2>"
    assert paragraphs(SIGNED, LINES[0], heading, *LINES[1:])[-2:] == LINES[1:]


@pytest.mark.parametrize(
    "line",
    [
        "Written by Anna Lebedeva on 1 March 2026. Posted in News.",
        "8 March 2026 Administrator 45 views Town news",
        "08 Maret 2026 Administrator 45 Kali Dibaca Berita Desa",
    ],
)
def test_a_sentence_of_day_and_author_is_no_text(line: str) -> None:
    assert paragraphs(line, *LINES) == LINES


def test_a_sentence_that_begins_with_a_day_is_text() -> None:
    line = "8 March 2026 was the last day on which the quarry had 45 views to offer, the mayor said."
    assert paragraphs(line, *LINES) == (line, *LINES)


def test_rows_of_facts_in_the_table_of_the_headline_are_no_text() -> None:
    rows = (
        f"<tr><td colspan=4 class=sbj><h1>{TITLE}</h1></td></tr>"
        "<tr><th>Office</th><td>Lakes</td><th>Date</th><td>2026-03-05</td></tr>"
        "<tr><th>Seen</th><td>1,551</td><th>Files</th><td><a href=/p.hwp>plan.hwp</a></td></tr>"
    )
    text = "".join(f"<p>{line}</p>" for line in LINES)
    cells = "<table><tr><td>Depth</td><td>12 m</td></tr><tr><td>Length</td><td>300 m</td></tr></table>"
    for behind, more in (("", 0), (cells, 2)):
        page = f"<title>{TITLE}</title><table>{rows}<tr><td colspan=4>{text}{behind}</td></tr></table>"
        found = extract(page.encode(), "https://town.example/2026/03/quarry")
        assert isinstance(found, Article)
        assert found.paragraphs[:3] == LINES
        assert len(found.paragraphs) == 3 + more


@pytest.mark.parametrize("number", ["819 555-0100", "304-555-0100", "(819) 555-0100"])
def test_whom_to_call_in_north_america_is_no_text(number: str) -> None:
    box = f"<h2>Questions of the press</h2><div class=who><p>Lake office<br>Town hall<br>{number}</p></div>"
    assert paragraphs("<div class=text>" + "".join(f"<p>{line}</p>" for line in LINES) + f"</div>{box}") == LINES
