"""What is text and what only stands beside it."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from crawler import extract
from crawler.extraction.boilerplate.edges import trim_ends
from crawler.extraction.boilerplate.rules import prune
from crawler.extraction.lines.boilerplate_phrases import is_byline, is_label, is_pointer
from crawler.extraction.lines.calls_to_action import is_closing
from crawler.extraction.lines.contact_lines import is_reached
from crawler.extraction.lines.datelines import is_dateline
from crawler.extraction.markup.dom import key
from crawler.extraction.markup.flatten import flatten
from crawler.extraction.markup.parse import parse_html
from crawler.extraction.markup.text_blocks import page_blocks
from crawler.model import Article, Rejection
from tests.extraction.label_drafts import draft_of, draft_of_lines, words

PROSE = [
    "The commission met on Tuesday in the small hall of the canal office and heard reports from four districts.",
    "Engineers found that the northern gates need new seals before the season begins, and that two pumps are worn out.",
    "Work will start next week, the deputy head said, and is planned to be finished before the end of the month.",
]
URL = "https://canals.example/en/news/17"


def page(inner: str, head: str = "<title>Canal gates will be repaired</title>", lang: str = "en") -> bytes:
    return f"<html lang='{lang}'><head>{head}</head><body>{inner}</body></html>".encode()


def article(inner: str, **options: str) -> Article:
    record = extract(page(inner, **options), URL)
    assert not isinstance(record, Rejection), record
    return record


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


H1 = "<h1>Canal gates will be repaired</h1>"


def trimmed(lines: list[str], names: set[str]) -> list[str]:
    draft = draft_of_lines(*lines)
    draft.names = names
    trim_ends(draft)
    return words(draft)


def test_classes_tell_what_stands_beside_a_text() -> None:
    record = article(
        f"<main>{H1}<div class='c-related_box'><p>{'Another long line about something else entirely. ' * 2}</p></div>"
        f"{paragraphs(*PROSE)}<div class='photo-caption'>The gates as they were seen from the bridge in spring.</div>"
        "</main>"
    )
    assert list(record.paragraphs) == PROSE


def test_a_class_that_would_take_the_text_itself_is_not_believed() -> None:
    record = article(f"<main>{H1}<div class='with-sidebar share'>{paragraphs(*PROSE)}</div></main>")
    assert list(record.paragraphs) == PROSE


def test_classes_are_read_as_words_not_as_letters() -> None:
    root = parse_html("<body><div class='xabar-sharhi'><p>Matn</p></div><div class='shareBox'><p>Send</p></div></body>")
    assert root is not None
    assert [b.place for b in page_blocks(flatten(root))] == ["body", "side"]


def test_byline_date_and_invitations_are_cut_at_the_ends_only() -> None:
    lines = ["By Anna Weaver", "12.03.2026 14:20", *PROSE, "Subscribe to our newsletter", "Copyright 2026 Canals"]
    assert trimmed(lines, set()) == PROSE
    inside = [*PROSE[:2], "12.03.2026 14:20", PROSE[2]]
    assert trimmed(inside, set()) == inside
    inside = [PROSE[0], "12.03.2026 14:20", PROSE[1], "12.03.2026 15:05", PROSE[2]]
    assert trimmed(inside, set()) == inside


def test_a_text_of_one_line_stays() -> None:
    assert trimmed(["Comments"], set()) == ["Comments"]


def test_pointers_inside_a_text_go_and_the_text_behind_them_stays() -> None:
    pointer = "<p>Read also: <a href='/en/news/3'>Water level in the lake has been measured again</a></p>"
    record = article(f"<main>{H1}<p>{PROSE[0]}</p>{pointer}{paragraphs(*PROSE[1:])}</main>")
    assert list(record.paragraphs) == PROSE


def test_announced_links_are_part_of_the_text() -> None:
    link = "<p><a href='/en/docs/9'>Rules for the use of locks and gates</a></p>"
    for announced, kept in (("These rules apply to all owners of boats:", True), ("The rules apply to all.", False)):
        draft = draft_of(f"<main>{H1}{paragraphs(*PROSE)}<p>{announced}</p>{link}</main>", url=URL)
        prune(draft)
        assert ("Rules for the use of locks and gates" in words(draft)) is kept


def test_the_headline_with_its_kicker_is_not_text() -> None:
    head = (
        "<title>Canal gates will be repaired</title><meta property='og:title' content='Canal gates will be repaired'>"
    )
    record = article(
        f"<main><h1><span>Season 2026</span> <span>Canal gates will be repaired</span></h1>{paragraphs(*PROSE)}</main>",
        head=head,
    )
    assert list(record.paragraphs) == PROSE


def test_a_bold_line_is_the_headline_of_a_page_without_headings() -> None:
    head = "<title>Canal Office</title>"
    record = article(
        "<header><a href='/'>Canal Office</a></header><table><tr><td>Home<br>About us<br>Contacts</td>"
        f"<td><b>Canal gates will be repaired</b><br><i>06.03.2026 08:55 / News</i><br><br>{'<br><br>'.join(PROSE)}"
        "</td></tr></table><div><h3>Other news</h3><ul><li><a href='/8'>The lake rose again in May</a></li></ul></div>",
        head=head,
    )
    assert record.title == "Canal gates will be repaired"
    assert list(record.paragraphs) == PROSE
    assert record.category == "News"
    assert record.published is not None
    assert record.published.isoformat() == "2026-03-06T08:55:00"


def test_paragraphs_together_make_an_article_of_a_page_with_many_links() -> None:
    menu = "".join(
        f"<div><a href='/en/s{n}'>Section number {n} of this very large portal menu</a></div>" for n in range(60)
    )
    assert list(article(f"<div>{menu}</div><div>{H1}{paragraphs(*PROSE, *PROSE[::-1])}</div>").paragraphs)[:3] == PROSE
    assert isinstance(extract(page(f"<h1>All sections</h1>{menu}", "<title>All sections</title>"), URL), Rejection)


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ('{"@type":"Person","name":"Anna Weaver"}', ("Anna Weaver",)),
        ('[{"@type":"Person","name":"Anna Weaver"},{"@type":"Organization","name":"TTX"}]', ("Anna Weaver", "TTX")),
        ('{"@type":"Organization","name":"Canal Office"}', ("Tom Reed",)),  # the byline names somebody
        ('{"@type":"Person","name":"a.weaver@canals.example"}', ("Tom Reed",)),
    ],
)
def test_authors_are_people_before_the_site_itself(stated: str, found: tuple[str, ...]) -> None:
    data = f'{{"@type":"NewsArticle","headline":"Canal gates will be repaired","author":{stated}}}'
    head = (
        "<title>Canal gates will be repaired</title><meta property='og:site_name' content='Canal Office'>"
        f"<script type='application/ld+json'>{data}</script>"
    )
    inner = f"<main>{H1}<div class='byline'>By Tom Reed, Riverton</div>{paragraphs(*PROSE)}</main>"
    assert article(inner, head=head).authors == found


@pytest.mark.parametrize(
    ("extra", "day", "warned"),
    [
        ("", date(2026, 3, 4), True),  # both readings are possible: the country of the page's language decides
        ("<meta property='article:modified_time' content='2026-03-04'>", date(2026, 3, 4), False),
    ],
)
def test_month_first_is_told_where_nothing_on_the_page_proves_it(extra: str, day: date, warned: bool) -> None:
    head = f"<title>Canal gates will be repaired</title>{extra}"
    record = article(f"<main>{H1}<p>03/04/2026</p>{paragraphs(*PROSE)}</main>", head=head, lang="en-US")
    assert record.published == day
    assert any("read MDY" in warning for warning in record.warnings) is warned


def test_a_clock_above_the_page_is_no_contradiction() -> None:
    record = article(
        f"<div><div>Today is 28.03.2026</div><div><div><div>{H1}<p>06.03.2026 08:55</p>{paragraphs(*PROSE)}</div></div>"
        "</div></div>"
    )
    assert str(record.published).startswith("2026-03-06")
    assert not [w for w in record.warnings if "says" in w]


def test_one_line_may_tell_both_dates() -> None:
    record = article(f"<main>{H1}<p>05.03.2026 - updated: 06.03.2026 10:00</p>{paragraphs(*PROSE)}</main>")
    assert record.published == date(2026, 3, 5)
    assert str(record.modified).startswith("2026-03-06")


def test_vocabularies() -> None:
    assert is_label("Просмотров: 1 234", set())
    assert is_pointer("Читайте также: Уровень воды измерен") and not is_pointer("Read more books, the minister said.")
    assert is_closing("All rights reserved.") and not is_closing("Copyright law was discussed " + "at length " * 40)
    assert is_byline("Anna Weaver / TTX", {key("Anna Weaver")}) and not is_byline(
        "By Tuesday the gates were open.", set()
    )
    assert is_dateline("12 марта 2026, 10:00", None) and not is_dateline("В 10:00 начался совет.", None)
    assert is_dateline("5.30 Uhr", None) and not is_dateline("0.15 EUR", None), "a point is a decimal's, too"
    assert is_dateline("Közzétéve: 2026. november 4.", None) and is_dateline("Opublikowano: 4 listopada 2026", None)


def test_who_wrote_a_text_is_told_behind_it_and_is_no_part_of_it() -> None:
    about = "Anna Weaver has written about canals and their people for more than twenty years."
    names = {key("Anna Weaver")}
    assert trimmed([*PROSE, about], names) == PROSE
    told = [f"Anna Weaver, who has the oldest boat, spoke first. {PROSE[0]}", *PROSE, about]
    assert trimmed(told, names) == told


UNSEEN = [
    "<div hidden>{}</div>",
    "<div role='dialog'>{}</div>",
    "<div style='color: red; display : none'>{}</div>",
    "<section class='note hidden'>{}</section>",
    "<div class='d-none'>{}</div>",
    "<div class='LoginModal'>{}</div>",
    "<div class='ad-slot'>{}</div>",
]


@pytest.mark.parametrize("box", UNSEEN)
def test_what_readers_do_not_see_is_no_text(box: str) -> None:
    words = "Readers who want to keep this text for later can sign in with the name of their house and a long password."
    further = paragraphs(*PROSE[1:], PROSE[0][::-1])
    found = article(f"<main>{H1}{paragraphs(PROSE[0])}{box.format(paragraphs(words))}{further}</main>").paragraphs
    assert words not in found
    assert list(found[:3]) == PROSE


@pytest.mark.parametrize("box", [*UNSEEN[:6], "<div class='hidden'>{}</div>"])
def test_a_text_that_scripts_show_later_is_a_text(box: str) -> None:
    assert list(article(f"<main>{H1}{box.format(paragraphs(*PROSE))}</main>").paragraphs) == PROSE


@pytest.mark.parametrize("box", ["<div class='hidden md:block'>{}</div>", "<div hidden='until-found'>{}</div>"])
def test_what_wide_screens_or_a_search_show_is_shown(box: str) -> None:
    inner = (
        f"<main>{H1}{paragraphs(*PROSE)}{paragraphs(*PROSE).upper()}{box.format(paragraphs(PROSE[0].lower()))}</main>"
    )
    places = {block.text: block.place for block in page_blocks(flatten(parsed(inner)))}
    assert places[PROSE[0].lower()] == "body"


def parsed(inner: str) -> html.HtmlElement:
    root = parse_html(f"<html><body>{inner}</body></html>")
    assert root is not None
    return root


def test_the_header_of_an_article_is_no_frame_of_the_page() -> None:
    head = "<header><h1>Canal gates will be repaired</h1><p class='author'>Vera Lund</p></header>"
    others = "<section><h1>More from the canals</h1></section>"
    record = article(f"<article>{head}{paragraphs(*PROSE)}</article>{others}", head="<title>Gates to be mended</title>")
    assert record.title == "Canal gates will be repaired"
    assert record.authors == ("Vera Lund",)
    assert list(record.paragraphs) == PROSE


def test_an_article_inside_the_text_is_another_item() -> None:
    teaser = "<h3>Ferry until the ice comes</h3><p>The ferry to the island will sail until there is ice on it.</p>"
    inner = f"<article>{H1}{paragraphs(PROSE[0])}<article>{teaser}</article>{paragraphs(*PROSE[1:])}</article>"
    assert list(article(inner).paragraphs) == PROSE


def test_a_heading_that_leads_elsewhere_is_another_item_and_one_that_can_be_linked_to_is_none() -> None:
    own, other = "How the gates will be mended", "Ferry will sail until the ice comes"
    headings = f"<h2><a href='{URL}#how'>{own}</a></h2>", f"<h2><a href='/en/news/18'>{other}</a></h2>"
    inner = (
        f"<main>{H1}{paragraphs(PROSE[0])}{headings[0]}{paragraphs(PROSE[1])}{headings[1]}{paragraphs(PROSE[2])}</main>"
    )
    assert list(article(inner).paragraphs) == [PROSE[0], own, *PROSE[1:]]


def test_a_line_alone_in_a_box_behind_a_picture_is_its_caption() -> None:
    caption = "The northern gates, seen from the tower of the canal office"
    for box in ("<p><img src=g.jpg>{}</p>", "<div><div><img src=g.jpg></div><span>{}</span></div>"):
        inner = f"<main>{H1}{paragraphs(PROSE[0])}{box.format(caption)}{paragraphs(*PROSE[1:])}</main>"
        assert list(article(inner).paragraphs) == PROSE


@pytest.mark.parametrize("box", ["<p>{} <img class=emoji src=s.png></p>", "<p>{}<br><img src=g.jpg></p>"])
def test_a_line_with_a_sign_or_in_front_of_a_picture_is_no_caption(box: str) -> None:
    line = "The northern gates are the oldest of the canal and the highest"
    inner = f"<main>{H1}{paragraphs(PROSE[0])}{box.format(line)}{paragraphs(*PROSE[1:])}</main>"
    assert [block.place for block in page_blocks(flatten(parsed(inner))) if block.text == line] == ["body"]


def test_a_notice_of_one_line_beside_a_picture_is_the_text() -> None:
    notice = "The canal office is closed on Friday; letters are taken at the gate until noon."
    assert list(article(f"<main>{H1}<div><img src=g.jpg>{notice}</div></main>").paragraphs) == [notice]


def other_items(lead: str) -> str:
    links = "".join(
        f"<li>Ice: <a href='/en/news/{n}'>Ferry number {n} sails until the ice comes</a></li>" for n in "123"
    )
    return f"<main>{H1}{paragraphs(PROSE[0])}{lead}<ul>{links}</ul>{paragraphs(*PROSE[1:])}</main>"


def test_a_list_of_links_to_other_items_and_its_heading_are_no_text() -> None:
    assert list(article(other_items("<h3>Read by many</h3>")).paragraphs) == PROSE
    assert len(article(other_items("<p>Three ferries are left:</p>")).paragraphs) == 7


def test_byline_and_date_behind_the_standfirst_are_no_text() -> None:
    origin = "<p>By Vera Lund, Northport</p><p>12 March 2026, 10:30</p>"
    row = "<table><tr><td>Gates</td><td>12.03.2026</td></tr></table>"
    inner = f"<main>{H1}{paragraphs(PROSE[0])}{origin}{row}{paragraphs(*PROSE[1:])}</main>"
    assert list(article(inner).paragraphs) == [PROSE[0], "Gates | 12.03.2026", *PROSE[1:]]


def test_what_stands_behind_the_article_element_in_none_is_no_text() -> None:
    behind = "Somebody else is reading with your account at the moment, so you can go on in a minute or two from now."
    inner = f"<article>{H1}{paragraphs(*PROSE)}</article><section><p>{behind}</p></section>"
    page_of = f"<main>{inner}</main>"
    draft = draft_of(page_of, [*PROSE, behind])
    prune(draft)
    assert words(draft) == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "Externen Inhalt anzeigen",
        "Hier steht ein externer Inhalt, der den Beitrag ergänzt und erst mit Ihrer Zustimmung geladen wird.",
        "This embedded content is shown when you accept cookies of another site.",
        "Внешний контент показывается после вашего согласия",
        "This advertisement has not loaded yet",
    ],
)
def test_placeholders_are_labels(line: str) -> None:
    assert is_label(line, set())


@pytest.mark.parametrize(
    "line",
    [
        "Der Inhalt der Ladung wurde erst am Abend gezeigt.",
        "The content of the crates was loaded on to the ferry.",
        "An advertisement for the ferry was shown on the canal.",
    ],
)
def test_sentences_about_contents_are_no_labels(line: str) -> None:
    assert not is_label(line, set())


def test_the_reading_of_a_word_is_kept() -> None:
    """The HTML Standard's text of ruby: base, parenthesis, reading, parenthesis."""
    word = "<ruby>北門<rp>(</rp><rt>kitamon</rt><rp>)</rp></ruby>"
    line = f"The gates of {word} were opened first, and then those of the east."
    found = article(f"<main>{H1}{paragraphs(line, *PROSE)}</main>").paragraphs
    assert found[0] == "The gates of 北門(kitamon) were opened first, and then those of the east."


def test_of_two_classes_the_one_that_would_hide_the_text_is_not_believed() -> None:
    promo = (
        "<div class='promo-box'><h3>More of the canals</h3><p>Letters about the canals come on Fridays, free.</p></div>"
    )
    text = f"{paragraphs(PROSE[0])}<h2>Two pumps</h2>{paragraphs(PROSE[1])}{promo}{paragraphs(PROSE[2])}"
    places = {b.text: b.place for b in page_blocks(flatten(parsed(f"<div class='with-sidebar'>{H1}{text}</div>")))}
    assert (places[PROSE[0]], places["Two pumps"]) == ("body", "heading")
    assert places["Letters about the canals come on Fridays, free."] == "side"


def test_a_caption_is_one_also_in_what_is_named_a_sidebar() -> None:
    figure = (
        "<figure><img src=g.jpg><figcaption>The gates in the winter of last year, from the east</figcaption></figure>"
    )
    found = article(f"<div class='page-sidebar'>{H1}{paragraphs(PROSE[0])}{figure}{paragraphs(*PROSE[1:])}</div>")
    assert list(found.paragraphs) == PROSE


@pytest.mark.parametrize("name", ["article-body", "entry-content", "xabarlar-matni", "news-meta", "next-text tayinlov"])
def test_names_of_what_holds_the_text_help_to_find_it_and_never_hide_it(name: str) -> None:
    text = [*PROSE, *(line.replace("the", "its") for line in PROSE)]
    beside = (
        "<div class='box'><p>Three people sit in this room and answer all letters that come to the office.</p></div>"
    )
    found = article(f"<div id='page'>{H1}<div class='{name}'>{paragraphs(*text)}</div>{beside}</div>").paragraphs
    assert list(found[:6]) == text
    if name in ("article-body", "entry-content"):
        assert len(found) == 6


def test_a_text_of_short_lines_is_kept_whole() -> None:
    """Where no line is a sentence, none tells what stands apart from the text."""
    lines = ["Gauges on the Sarda, by district", "Upper valley: seven", "Lower valley: five", "Delta: none yet"]
    rows = "".join(f"<div class=row{n}><span>{line}</span></div>" for n, line in enumerate(lines))
    page = f"<html><title>Gauges opened this year</title><body><h1>Gauges opened this year</h1>{rows}</body></html>"
    article = extract(page.encode(), "https://rivers.example/news/1")
    assert isinstance(article, Article)
    assert list(article.paragraphs) == lines


@pytest.mark.parametrize(
    "line",
    [
        "ТЕЛ.: 71 123",
        "Fax (12)",
        "To: press@river.example",
        "(+998) 71 207-07-70",
        "电话：010",
        "Press office, tel. ۱۲",
    ],
)
def test_lines_with_a_number_to_call_or_an_address_to_write_to_reach_somebody(line: str) -> None:
    assert is_reached(line)


@pytest.mark.parametrize(
    "line", ["A telephone is in each room.", "Room 12", "@press", f"{'The river rose. ' * 30}tel. 12"]
)
def test_lines_without_reach_nobody(line: str) -> None:
    assert not is_reached(line)
