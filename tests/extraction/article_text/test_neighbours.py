"""Headings, sentences and items of lists that stand among the paragraphs of a text are part of it."""

from __future__ import annotations

from crawler import extract
from crawler.extraction.article_text import neighbours
from crawler.extraction.markup.parse import parse_html
from crawler.extraction.page.page import Page
from crawler.extraction.page.shown_headline import other_articles
from crawler.model import Article
from crawler.pages import Fields
from tests.extraction.label_drafts import draft_of, words

FIRST = "The council of the valley agreed on Monday to build a second bridge over the river near the old mill."
SECOND = "Builders will begin with the northern pier, because the ground there is firm and the road is already wide."
THIRD = "The third and last stage, the lamps and the railings, is planned for the autumn of the year after next."
LINKED = "A <a href='/study'>study of the river and its banks from last year</a> had asked for such a bridge."
SAID = "A study of the river and its banks from last year had asked for such a bridge."


def restored(inner: str, *taken: str) -> list[str]:
    draft = draft_of(f"<html><body><main>{inner}</main></body></html>", taken)
    draft.take(neighbours.between(draft), "among the lines of the text")
    draft.take(neighbours.around(draft), "in the box of the text")
    return words(draft)


def test_headings_between_paragraphs_of_one_element_come_back() -> None:
    inner = f"<p>{FIRST}</p><h2>Firm ground</h2><p>{SECOND}</p>"
    assert restored(inner, FIRST, SECOND) == [FIRST, "Firm ground", SECOND]


def test_a_sentence_with_a_long_link_comes_back_and_a_link_to_another_item_does_not() -> None:
    inner = f"<p>{FIRST}</p><p>{LINKED}</p><p><a href='/7'>Ferry will sail until the ice comes</a></p><p>{SECOND}</p>"
    assert restored(inner, FIRST, SECOND) == [FIRST, SAID, SECOND]


def test_items_of_a_list_come_back_be_they_links_or_not() -> None:
    items = f"<ul><li>{SECOND}</li></ul><ul><li><a href='/8'>{SAID}</a></li></ul>"
    assert restored(f"<p>{FIRST}</p>{items}<p>{THIRD}</p>", FIRST, THIRD) == [FIRST, SECOND, SAID, THIRD]


def test_what_stands_in_another_element_or_outside_the_text_stays_away() -> None:
    inner = f"<h2>Above</h2><p>{FIRST}</p><div><div><p>{THIRD}</p></div></div><p>{SECOND}</p><h2>Below</h2>"
    assert restored(inner, FIRST, SECOND) == [FIRST, SECOND]


def test_labels_over_other_items_are_no_headings_of_the_text() -> None:
    inner = f"<p>{FIRST}</p><h3>Related articles</h3><p>{SECOND}</p>"
    assert restored(inner, FIRST, SECOND) == [FIRST, SECOND]


def loaded(lower: str) -> list[str]:
    upper = "".join(f"<p>{line}</p>" for line in (FIRST, SECOND, THIRD, FIRST.replace("Monday", "Tuesday"), LINKED))
    page = (
        "<html lang='en'><head><title>A second bridge for the valley</title></head><body><main>"
        f"<article><h1>A second bridge for the valley</h1>{upper}</article><div><article>{lower}</article></div>"
        "</main></body></html>"
    )
    record = extract(page.encode(), "https://valley.example/news/2")
    assert isinstance(record, Article), record
    return list(record.paragraphs)


def test_an_article_loaded_below_is_not_part_of_the_text() -> None:
    other = "The orchards on the hill were counted this week, and there are more cherry trees than anybody had thought."
    lower = f"<h1>More cherry trees than thought</h1><p>{other}</p><p>{other.replace('week', 'month')}</p>" * 6
    assert loaded(lower)[0] == FIRST
    assert not any("orchards" in line or "cherry" in line for line in loaded(lower))


def test_entries_of_a_running_report_are_no_other_articles() -> None:
    root = parse_html(
        f"<main><article><h1>A second bridge</h1>{f'<p>{FIRST}</p>' * 6}</article>"
        f"<article><h2>Noon</h2><p>{SECOND}</p></article><article><h1>Cherries</h1><p>{THIRD}</p></article></main>"
    )
    assert root is not None
    page = Page(root, "https://valley.example/news/2", None, None, Fields())
    others = other_articles(page, root.find(".//h1"))
    assert [e.findtext("h1") for e in others] == ["Cherries"]


def test_a_small_box_around_the_headline_makes_no_article_another() -> None:
    root = parse_html(f"<article><h1>A second bridge</h1></article><article><h1>II</h1><p>{SECOND}</p></article>")
    assert root is not None
    page = Page(root, "https://valley.example/news/2", None, None, Fields())
    assert not other_articles(page, root.find(".//h1"))


def test_paragraphs_in_boxes_of_their_own_are_siblings() -> None:
    lines = [f"<div class='part'><div><p>{line}</p></div></div>" for line in (FIRST, LINKED, SECOND)]
    other = f"<div class='picture'><div><p>{THIRD}</p></div></div>"
    assert restored(f"{lines[0]}{lines[1]}{other}{lines[2]}", FIRST, SECOND) == [FIRST, SAID, SECOND]


def box(*lines: str, kind: str = "part") -> str:
    return (
        f"<div class='row'><div class='{kind}'>{''.join(f'<p>{line}</p>' for line in lines)}</div><div>ad</div></div>"
    )


def test_a_text_that_advertisements_cut_into_boxes_of_one_kind_goes_on_in_the_next() -> None:
    short = "Then it rained."
    inner = f"<div>{box(FIRST, SAID)}{box(SECOND, short)}{box(THIRD, kind='note')}</div>"
    assert restored(inner, FIRST, SAID) == [FIRST, SAID, SECOND, short]


def test_boxes_behind_a_label_or_another_headline_are_other_items() -> None:
    for label in (
        "<h3>Related articles</h3>",
        "<h2><a href='/9'>Ferry until the ice comes</a></h2>",
        "<h1>Cherries</h1>",
    ):
        assert restored(f"<div>{box(FIRST, SAID)}{label}{box(SECOND)}</div>", FIRST, SAID) == [FIRST, SAID]


def test_a_heading_directly_above_a_paragraph_comes_back_from_a_box_of_its_own() -> None:
    parts = [f"<div class='t'><p>{FIRST}</p><p>{SAID}</p></div>", "<div class='h'><h2>Firm ground</h2></div>"]
    parts += [
        f"<div class='t'><p>{SECOND}</p></div>",
        "<div class='h'><h2>Lamps</h2></div><div><p>In spring.</p></div>",
    ]
    inner = "".join([*parts, f"<div class='t'><p>{THIRD}</p></div>"])
    assert restored(inner, FIRST, SAID, SECOND, THIRD) == [FIRST, SAID, "Firm ground", SECOND, THIRD]


def test_a_heading_and_a_list_in_a_box_like_those_of_the_paragraphs_are_text() -> None:
    box = "<div class='text'><div class='cmp-text'>{}</div></div>"
    listed = "<h2>Quick facts</h2><ul><li>Two piers</li><li>Six lamps</li></ul>"
    inner = "".join(map(box.format, (f"<p>{FIRST}</p>", f"<p>{SECOND}</p>", listed)))
    assert restored(inner, FIRST, SECOND) == [FIRST, SECOND, "Quick facts", "Two piers", "Six lamps"]
    assert restored(inner.replace("'cmp-text'><h2", "'side-text'><h2"), FIRST, SECOND) == [FIRST, SECOND]


def test_lines_of_code_in_boxes_of_their_own_are_text() -> None:
    code = "<pre><code><div class=line>let piers = 2</div><div class=line>piers += 1</div></code></pre>"
    inner = f"<p>{FIRST}</p><div class=console>{code}</div><p>{SECOND}</p>"
    assert restored(inner, FIRST, SECOND) == [FIRST, "let piers = 2", "piers += 1", SECOND]


def test_a_question_over_its_answer_comes_back_though_no_heading_marks_it() -> None:
    inner = f"<p>{FIRST}</p><div class=tab><label class=q>Where do they begin?</label><div><p>{SECOND}</p></div></div>"
    assert restored(inner, FIRST, SECOND) == [FIRST, "Where do they begin?", SECOND]
