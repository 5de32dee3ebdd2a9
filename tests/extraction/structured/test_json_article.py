"""Articles in payloads: fields by any of the names that systems give them, in several languages, and texts as the
nodes that editors store; each form made here as its editor makes it."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest

from crawler import extract
from crawler.extraction.structured.rich_text_json import text_lines
from crawler.model import Article

URL = "https://granary.example/ru/news/view/77"
TITLE = "Элеватор принял первый хлеб"
LINES = [
    "Элеватор у станции принял первый хлеб нового урожая, сообщили в управлении сельского хозяйства.",
    "Зерно проверяют в лаборатории сразу после взвешивания, ждать машинам приходится не больше часа.",
    "Всего за неделю сюда привезут девять тысяч тонн пшеницы и две тысячи тонн ячменя.",
]
HTML = "".join(f"<p>{line}</p>" for line in LINES)


def read(item: dict[str, Any], *, lang: str = "ru", url: str = URL) -> Article:
    state = json.dumps({"page": {"data": {"item": item, "user": None}}}, ensure_ascii=False)
    page = (
        f"<html lang={lang}><head><title>{TITLE}</title></head><body><div id=app></div>"
        f"<script>window.__INITIAL_STATE__ = {state}</script></body></html>"
    )
    record = extract(page.encode(), url)
    assert isinstance(record, Article), record
    return record


@pytest.mark.parametrize(
    "item",
    [
        {"title": TITLE, "content": HTML, "published_at": "2026-07-08 09:30:00", "category": "Новости"},
        {"news_title": TITLE, "news_text": HTML, "publishDate": "08.07.2026 09:30", "categoryName": "Новости"},
        {"headline": TITLE, "fullText": HTML, "createdAt": "2026-07-08T09:30:00", "categories": [{"name": "Новости"}]},
        {"title_uz": "Bugʻdoy", "title_ru": TITLE, "body_uz": HTML * 2, "body_ru": HTML, "date": "2026-07-08 09:30",
         "rubric": {"id": 3, "title": "Новости"}},
        {"titleUz": "Bugʻdoy", "titleRu": TITLE, "textUz": HTML * 2, "textRu": HTML, "news_date": "2026-07-08 09:30",
         "section": {"id": 3, "name_uz": "Yangiliklar", "name_ru": "Новости"}},
        {"title": {"uz": "Bugʻdoy", "ru": TITLE}, "text": {"uz": HTML * 2, "ru": HTML}, "date_published":
         "2026-07-08 09:30", "category": {"slug": "news", "title": {"uz": "Yangiliklar", "ru": "Новости"}}},
        {"id": 77, "name": TITLE, "description_short": HTML * 2, "description": HTML,
         "created_date": "08.07.2026, 09:30", "category_id": 3, "category": "Новости"},
        {"paperDate": "2026-07-09", "title": TITLE, "seo_title": "x", "meta_description": HTML * 2, "html": HTML,
         "post_date": "2026-07-08 09:30",
         "updated_at": "2026-07-09 10:00:00", "event_date": "2026-08-01", "section_name": "Новости"},
    ],
    ids=["plain", "prefix", "camel", "suffix", "camel suffix", "by language", "short", "others"],
)  # fmt: skip
def test_fields_are_known_by_the_words_of_their_names(item: dict[str, Any]) -> None:
    record = read(item)
    assert record.title == TITLE
    assert list(record.paragraphs) == LINES
    assert record.published is not None
    assert record.published.isoformat()[:10] == "2026-07-08"
    assert record.published_at
    assert "09:30" in record.published_at.raw
    assert record.category == "Новости"


@pytest.mark.parametrize(
    ("fields", "authors", "tags"),
    [
        ({"author": "Анна Вебер", "tags": "хлеб, зерно"}, ("Анна Вебер",), ("хлеб", "зерно")),
        ({"authors": [{"id": 1, "name": "Анна Вебер"}, {"firstName": "Йенс", "lastName": "Крог"}],
          "tags": [{"id": 4, "name": {"uz": "non", "ru": "хлеб"}}]}, ("Анна Вебер", "Йенс Крог"), ("хлеб",)),
        ({"author_name": "Анна Вебер", "author_image": "/a.jpg", "tag_ids": [1]}, ("Анна Вебер",), ()),
        ({"author_ru": "Анна Вебер", "author_uz": "Anna Veber"}, ("Анна Вебер",), ()),
        ({"author": {"id": 7, "login": "x"}, "author_id": 7, "keywords": ["хлеб"]}, (), ("хлеб",)),
        ({"author": "admin"}, (), ()),
    ],
)  # fmt: skip
def test_a_payload_tells_who_wrote_the_article_and_its_subjects(
    fields: dict[str, Any], authors: tuple[str, ...], tags: tuple[str, ...]
) -> None:
    record = read({"title": TITLE, "content": HTML, "published_at": "2026-07-08", **fields})
    assert (record.authors, record.tags) == (authors, tags)


def test_seconds_and_milliseconds_are_moments_in_utc() -> None:
    for value in (1_783_503_000, 1_783_503_000_000, "1783503000"):
        record = read({"title": TITLE, "content": HTML, "published": value, "views": 1_783_503_000})
        assert record.published is not None
        assert record.published.isoformat() == "2026-07-08T09:30:00+00:00"


def runs(line: str) -> list[dict[str, Any]]:
    """A line as three runs, the second in bold."""
    a, b, c = line[:10], line[10:30], line[30:]
    return [{"type": "text", "text": a}, {"type": "text", "text": b, "marks": [{"type": "bold"}]}, {"text": c}]


EDITORS: dict[str, Any] = {
    "editor.js": {"time": 1, "blocks": [{"type": "paragraph", "data": {"text": line}} for line in LINES]},
    "prosemirror": {"type": "doc", "content": [{"type": "paragraph", "content": runs(line)} for line in LINES]},
    "slate": [{"type": "paragraph", "children": runs(line)} for line in LINES],
    "portable text": [
        {"_type": "block", "children": [{"_type": "span", "text": line, "marks": []}], "markDefs": []}
        for line in LINES
    ],
    "draft.js": {
        "blocks": [
            {"key": "a1", "text": line, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
            for line in LINES
        ],
        "entityMap": {},
    },
    "contentful": {
        "nodeType": "document",
        "data": {},
        "content": [
            {"nodeType": "paragraph", "data": {}, "content": [{"nodeType": "text", "value": line, "marks": []}]}
            for line in LINES
        ],
    },
    "quill": {"ops": [{"insert": LINES[0] + "\n"}, {"insert": LINES[1][:9], "attributes": {"bold": True}},
                      {"insert": LINES[1][9:] + "\n" + LINES[2] + "\n"}]},
    "blocks of HTML": [{"type": "core/paragraph", "html": f"<p>{line}</p>"} for line in LINES],
    "sections": [{"kind": "text", "data": {"body": HTML}}, {"kind": "image", "data": {"src": "/1.jpg"}}],
    "strings": LINES,
    "lines": "\n\n".join(LINES),
}  # fmt: skip


@pytest.mark.parametrize("text", EDITORS.values(), ids=EDITORS)
def test_a_text_of_nodes_gives_its_lines(text: Any) -> None:
    assert text_lines(text) == LINES
    assert list(read({"id": 77, "title": TITLE, "content": text, "date": "2026-07-08"}).paragraphs) == LINES


def test_a_link_between_runs_is_a_part_of_the_line() -> None:
    link = {"type": "link", "children": [{"text": "лаборатории"}], "url": "/lab"}
    assert text_lines([{"children": [{"text": "Зерно проверяют в "}, link, {"text": " сразу."}]}]) == [
        "Зерно проверяют в лаборатории сразу."
    ]


def test_deep_and_odd_nodes_raise_nothing() -> None:
    nested: Any = "x"
    for _ in range(500):
        nested = {"children": [nested]}
    assert text_lines(nested) == []
    assert text_lines([None, 3, {"text": None}, {"content": 4}, [[]], {}]) == []


def test_what_a_page_shows_is_not_given_up_for_a_summary_in_its_payload() -> None:
    state = json.dumps({"headline": TITLE, "description": LINES[0]}, ensure_ascii=False)
    shown = f"<h1>{TITLE}</h1><p>{LINES[1]}</p><p>{LINES[2]}</p>"
    page = f"<html lang=ru><title>{TITLE}</title><body>{shown}<script>window.seo = {state}</script></body></html>"
    record = extract(page.encode(), URL)
    assert isinstance(record, Article)
    assert list(record.paragraphs) == LINES[1:]


def test_files_and_links_that_data_name_are_attachments() -> None:
    files = [
        {"id": 1, "name": "Смета", "url": "/storage/smeta.xlsx"},
        {"title": "Карта", "path": "/storage/karta\u0000.pdf"},
    ]
    text = HTML + '<p><a href="/storage/akt.pdf">Акт</a></p>'
    record = read({"title": TITLE, "content": text, "files": files})
    assert [(file.title, file.url) for file in record.attachments] == [
        ("Акт", "https://granary.example/storage/akt.pdf"),
        ("Смета", "https://granary.example/storage/smeta.xlsx"),
        ("Карта", "https://granary.example/storage/karta.pdf"),
    ]


def test_links_in_the_nodes_of_an_editor_are_attachments() -> None:
    link = {
        "nodeType": "hyperlink",
        "data": {"uri": "/d/plan.docx"},
        "content": [{"nodeType": "text", "value": "План"}],
    }
    nodes = [{"nodeType": "paragraph", "content": [{"nodeType": "text", "value": line}]} for line in LINES]
    nodes.append({"nodeType": "paragraph", "content": [{"nodeType": "text", "value": "См. "}, link]})
    record = read({"title": TITLE, "content": {"nodeType": "document", "content": nodes}})
    assert [file.url for file in record.attachments] == ["https://granary.example/d/plan.docx"]
    assert list(record.paragraphs) == [*LINES, "См. План"]


@pytest.mark.parametrize("form", ["<div id=app data-page='{}'></div>", "<news-view :props='{}'></news-view>"])
def test_data_in_an_attribute_are_read(form: str) -> None:
    state = html.escape(json.dumps({"props": {"news": {"id": 77, "title": TITLE, "body": HTML}}}, ensure_ascii=False))
    body = f"{form.format(state)}<script src=a.js></script>"
    record = extract(f"<html lang=ru><title>Элеватор</title><body>{body}</body></html>".encode(), URL)
    assert isinstance(record, Article), record
    assert (record.title, list(record.paragraphs)) == (TITLE, LINES)
