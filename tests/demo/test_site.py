"""The demo site by itself: the shape that sites of this kind have, asked over HTTP."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import crawler.demo
from crawler.demo import DemoServer, expected, serve
from crawler.demo.content import LANGUAGES, orchards, portal
from crawler.demo.cyrillic import stored, to_cyrillic
from crawler.demo.markup import portal_html
from crawler.discovery.markup.payloads import pushed_text
from crawler.errors import EnvironmentFault


@pytest.fixture
def site() -> Iterator[DemoServer]:
    with serve(port=0) as server:
        yield server


def ask(site: DemoServer, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(site.url + path, headers={k.replace("_", "-"): v for k, v in headers.items()})  # noqa: S310
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def test_there_are_about_sixty_stories_with_gaps_in_their_languages() -> None:
    every = portal() + orchards()
    assert 55 <= len(every) <= 70
    assert sum(len(story.texts) >= 3 for story in portal()) >= 20
    assert len({frozenset(story.texts) for story in portal()}) >= 4
    titles = [(text.title, code) for story in every for code, text in story.texts.items()]
    assert len(set(titles)) == len(titles)
    assert all(len(text.paragraphs) > 1 for story in every for text in story.texts.values())


def test_every_age_up_to_three_brings_something_and_then_nothing() -> None:
    assert expected(1).new == expected(1).live
    assert min(expected(2).new, expected(2).edited, expected(2).withdrawn) > 0
    assert min(expected(3).new, expected(3).edited, expected(3).restored) > 0
    for age in (4, 9):
        assert (expected(age).new, expected(age).edited, expected(age).withdrawn, expected(age).restored) == (0,) * 4


def test_cyrillic_texts_are_what_the_latin_ones_give() -> None:
    folder = Path(crawler.demo.__file__).parent / "stories"
    assert (folder / "cyrillic.toml").read_text("utf-8") == stored(folder)
    for story in portal():
        if "uz" in story.texts:
            assert not re.search(r"[A-Za-z\u02bb\u02bc\u2018]", " ".join(story.texts["uz"].paragraphs)), story.number


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Oʻzbekiston", "Ўзбекистон"), ("yoʻl", "йўл"), ("yosh", "ёш"), ("Eʼlon", "Эълон"), ("keyin", "кейин"),
        ("poema", "поэма"), ("oktabr", "октябрь"), ("oktabrgacha", "октябргача"), ("rayoni", "райони"),
        ("stansiyasi", "станцияси"), ("ekspeditsiya", "экспедиция"), ("yer", "ер"), ("Shahar", "Шаҳар"),
        ("mashhur", "машҳур"), ("SHAHAR", "ШАҲАР"), ("gʻarb", "ғарб"),
    ],
)  # fmt: skip
def test_transliteration(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic


def test_the_api_lists_each_language_by_pages_of_twelve(site: DemoServer) -> None:
    for language in LANGUAGES:
        ids: list[int] = []
        page, total = 1, 1
        while page <= total:
            path = f"/authorities/news/category?code_name=news&page={page}"
            answer = json.loads(ask(site, path, code="rivers", language=language)[2])
            total = answer["total_page"]
            assert answer["current_page"] == page
            assert len(answer["data"]) <= 12
            ids += [item["id"] for item in answer["data"]]
            page += 1
        assert sorted(ids) == sorted(s.number for s in portal() if s.lives(1) and language in s.texts)


def test_what_does_not_exist_answers_200_with_the_name_alone(site: DemoServer) -> None:
    story = next(s for s in portal() if "en" not in s.texts)
    for path in (f"/en/rivers/news/view/{story.number}", "/en/rivers/news/view/1"):
        status, _, body = ask(site, path)
        assert status == 200
        assert b"data-zoomable" not in body
        assert "<title>Ministry of Rivers and Orchards (demonstration site)</title>" in body.decode()
    assert json.loads(ask(site, "/authorities/news/view?id=1", code="rivers", language="en")[2]) == {"data": None}


def test_the_listing_page_holds_page_one_in_its_payload(site: DemoServer) -> None:
    text = pushed_text(ask(site, "/ru/rivers/news/news")[2])
    at = text.index('"authority":"rivers","data":{"data":[')
    items, _ = json.JSONDecoder().raw_decode(text, text.index("[", at))
    assert len(items) == 12


def test_two_answers_for_one_portal_page_differ_and_have_no_validators(site: DemoServer) -> None:
    path = f"/ru/rivers/news/view/{next(s for s in portal() if 'ru' in s.texts).number}"
    (_, headers, one), (_, _, two) = ask(site, path), ask(site, path)
    assert one != two
    assert not {"ETag", "Last-Modified"} & set(headers)


def test_pictures_and_documents_are_there_at_the_addresses_that_pages_name(site: DemoServer) -> None:
    story = next(s for s in portal() if s.attachment and s.slides)
    page = ask(site, f"/oz/rivers/news/view/{story.number}")[2].decode()
    pictures = {found.replace("&amp;", "&") for found in re.findall(r'src="(/_next/image[^"]+)"', page)}
    assert len(pictures) == story.slides
    for picture in pictures:
        status, headers, content = ask(site, picture)
        assert (status, headers["Content-Type"], content[:8]) == (200, "image/png", b"\x89PNG\r\n\x1a\n")
    document = re.search(r'href="([^"]+\.pdf)"', page)
    assert document is not None
    path = document[1].removeprefix(site.url)
    status, headers, content = ask(site, path)
    assert (status, content[:5], content[-6:]) == (200, b"%PDF-", b"%%EOF\n")
    assert ask(site, path, If_None_Match=headers["ETag"])[0] == 304
    assert ask(site, path, If_Modified_Since=headers["Last-Modified"])[0] == 304
    other = ask(site, path, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])
    assert other[0] == 200, "If-None-Match alone decides"
    assert ask(site, "/_next/image?url=http%3A%2F%2Fexample.org%2Fa.png&w=1&q=1")[0] == 400


def test_a_post_names_its_other_languages_and_goes_with_410(site: DemoServer) -> None:
    status, headers, body = ask(site, "/orchards/2026/09/grafting-day/")
    page = body.decode()
    assert status == 200
    assert re.findall(r'hreflang="([^"]+)"', page) == ["en", "ru", "uz-Latn"]
    assert '<link rel="canonical"' in page
    assert ask(site, "/orchards/2026/09/grafting-day/", If_None_Match=headers["ETag"])[0] == 304
    gone = "/orchards/2026/09/wasps-in-the-pear-garden/"
    assert ask(site, gone)[0] == 200
    site.age = 2
    assert ask(site, gone)[0] == 410
    assert ask(site, "/orchards/2026/09/never-was/")[0] == 404


def test_wordpress_rest_counts_its_pages(site: DemoServer) -> None:
    _, headers, body = ask(site, "/orchards/wp-json/wp/v2/posts?per_page=10&page=1&_fields=id,link")
    assert set(json.loads(body)[0]) == {"id", "link"}
    last = int(headers["X-WP-TotalPages"])
    assert ask(site, f"/orchards/wp-json/wp/v2/posts?per_page=10&page={last}")[0] == 200
    status, _, body = ask(site, f"/orchards/wp-json/wp/v2/posts?per_page=10&page={last + 1}")
    assert (status, json.loads(body)["code"]) == (400, "rest_post_invalid_page_number")
    assert ask(site, "/orchards/wp-json/wp/v2/posts?per_page=x")[0] == 400


def test_a_port_that_is_asked_for_and_taken_is_told(site: DemoServer) -> None:
    with pytest.raises(EnvironmentFault, match=str(site.port)), serve(port=site.port):
        pass


def test_lines_become_blocks() -> None:
    html = portal_html(["Text – one", "## Head", "- a", "- b", "x | y", "1 | 2", "> Said & done"])
    assert html.count("<ul>") == html.count("<table") == 1
    assert "Text&nbsp;– one" in html
    assert "<blockquote><p>Said &amp; done</p></blockquote>" in html
