"""Data in scripts, in the forms that servers write it; the payloads are made here as the frameworks make them."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from lxml import html

from crawler import extract
from crawler.extraction.structured.embedded_json import stream_rows
from crawler.extraction.structured.jsonld import read_jsonld
from crawler.model import Article

SENTENCES = [
    f"Бригада номер {n} проверила насосы и задвижки на участке канала, замечаний у комиссии не оказалось."
    for n in range(1, 16)
]
BODY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
ITEM = {"id": 418, "title": "Каналы готовы к сезону", "date": "2026-03-05 14:20:00", "body": BODY}
URL = "https://canals.example/ru/news/view/418"


def read(scripts: str) -> Article:
    head = "<html lang='ru'><head><title>Каналы готовы к сезону</title></head>"
    record = extract(f"{head}<body><div id='app'></div>{scripts}</body></html>".encode(), URL)
    assert isinstance(record, Article), record
    return record


def pushes(*parts: str) -> str:
    return "".join(f"<script>self.__next_f.push({json.dumps([1, part])})</script>" for part in parts)


def state(text: str) -> str:
    return f"<script>window.__INITIAL_STATE__ = {text};(function(){{}})()</script>"


as_text = json.dumps({"news": {"current": ITEM}}, ensure_ascii=False)
angular = as_text.replace("&", "&a;").replace('"', "&q;").replace("<", "&l;").replace(">", "&g;")
long_row = f"1a:T{len(BODY.encode()):x},{BODY}"
rows = f'0:["$","div",null,{{"item":{json.dumps(ITEM | {"body": "$1a", "date": "$D2026-03-05T09:20:00.000Z"})}}}]\n'


flat: list[object] = [{"data": 1}, {"news-418": 2}, {name: 3 + n for n, name in enumerate(ITEM)}, *ITEM.values()]


@pytest.mark.parametrize(
    "scripts",
    [
        f"<script id='__NUXT_DATA__' type='application/json'>{json.dumps(flat, ensure_ascii=False)}</script>",
        f"<script id='__NEXT_DATA__' type='application/json'>{as_text}</script>",
        state(as_text),
        state(as_text[:-1] + ',"user":undefined}'),
        state(f"JSON.parse({json.dumps(as_text)})"),
        state(f"JSON.parse(decodeURIComponent({json.dumps(quote(as_text))}))"),
        f"<script>window['__PRELOADED__'] = {as_text}</script>",
        f"<script>window.__remixContext = {as_text};</script>",
        f"<script>window['pageData'] = {as_text};</script>",
        f"<script id='app-state' type='application/json'>{angular}</script>",
        f'<script>(window["__page_1_"]=window["__page_1_"]||[]).push({as_text})</script>',
        state(as_text.replace('"body"', '"contentHtml"')),
        state(as_text.replace('"body"', '"full_text"')),
        pushes(f"0:{json.dumps(ITEM)}\n"),
        pushes(long_row + rows),
        pushes(rows + long_row + '2b:I["x"]\n'),
        pushes((long_row + rows)[:700], (long_row + rows)[700:]),
    ],
    ids=[
        "nuxt",
        "json",
        "state",
        "undefined",
        "text",
        "quoted text",
        "by name",
        "remix",
        "any name",
        "angular",
        "push by name",
        "html",
        "full",
        "row",
        "text row first",
        "text row last",
        "split",
    ],
)
def test_the_text_of_a_payload_is_found(scripts: str) -> None:
    record = read(scripts)
    assert list(record.paragraphs) == SENTENCES
    assert record.published is not None
    assert record.published.isoformat()[:10] == "2026-03-05"


def test_rows_behind_a_long_text_are_read() -> None:
    values, texts = stream_rows('a:T5,x:{"bb:{"n":1}\nc:["$a"]\n')
    assert (values, texts) == ([{"n": 1}, ["$a"]], {"a": 'x:{"b'})


def test_surrogates_split_over_two_pushes_are_one_letter() -> None:
    assert stream_rows('0:["\ud83d' + '\udca7"]\n')[0] == [["💧"]]


@pytest.mark.parametrize("text", ["a:Tffffffff,short", "0:{", "0:[" * 9000, "", "\x00:\n::T"])
def test_damaged_streams_raise_nothing(text: str) -> None:
    stream_rows(text)


BROKEN = {
    "line comment": '{"@type":"NewsArticle", // by the editor\n"headline":"Каналы готовы к сезону"}',
    "comment and comma": '{/* made by hand */"@type":"NewsArticle","headline":"Каналы готовы к сезону",}',
    "address with slashes": '{"@type":"NewsArticle","url":"https://a.example/b","headline":"Каналы готовы к сезону",}',
    "two objects": '{"@type":"WebSite"}\n{"@type":"NewsArticle","headline":"Каналы готовы к сезону",}',
    "line break in a string": '{"@type":"NewsArticle","description":"one\ntwo","headline":"Каналы готовы к сезону"}',
    "cdata": '//<![CDATA[\n{"@type":"NewsArticle","headline":"Каналы готовы к сезону"}\n//]]>',
    "graph": '{"@graph":[{"@type":"WebPage"},{"@type":["NewsArticle"],"headline":"Каналы готовы к сезону"}]}',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_broken_json_ld_is_read(text: str) -> None:
    root = html.document_fromstring(f"<html><script type='application/ld+json'>{text}</script><p>x</p></html>")
    assert "Каналы готовы к сезону" in [item.get("headline") for item in read_jsonld(root.iter("script"))]


@pytest.mark.parametrize("text", ["{", "[[", '{"a":' * 5000, "/*" * 200_000, '"' * 100_001, "null 5 x"])
def test_hopeless_json_ld_costs_nothing(text: str) -> None:
    root = html.document_fromstring("<html><script type='application/ld+json'>.</script><p>x</p></html>")
    next(root.iter("script")).text = text
    assert read_jsonld(root.iter("script")) == []
