"""The explorer in headless Chromium, opened from the disk: what it shows, by keyboard too; nothing else runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from crawler.package.build.build import build
from crawler.package.explorer.form import shard
from tests.benchmarks.explorer_load import articles, write
from tests.browser import browser, needs_browser

pytestmark = needs_browser
HOSTILE = "&lt;/script&gt;&lt;img src=x onerror=document.title=1&gt; a title"
FIRST = "<p>The ministry will plant forty trees along the river this spring, and the public is invited to help.</p>"
RUSSIAN = (
    "Министерство открыло в столице лабораторию мостов, и жителей пригласили посмотреть, как измеряют прочность опор, "
    "какие есть пределы и почему показатели публикуются каждый день."
)
STORY = """<link rel="alternate" hreflang="en" href="https://ministry.example/en/5">
<link rel="alternate" hreflang="ru" href="https://ministry.example/ru/5">"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, make_ministry: Any, make_page: Any) -> Path:
    """A hostile title, an edited article, a withdrawn one, and a story in two languages."""
    ministry = make_ministry(tmp_path_factory.mktemp("explorer") / "package")
    for day in range(3):
        run = ministry.run(2)
        run.get("/n/1", make_page(HOSTILE, "water"))
        edited = make_page("Trees for the river", "trees")
        run.get("/n/2", edited.replace(b"Monday", b"Tuesday") if day else edited)
        if day == 0:
            run.get("/n/3", make_page("Gone tomorrow", "budgets", date="2026-01-05T10:00:00+05:00"))
        else:
            run.get("/n/3", b"not here", status=404)
        for language in ("en", "ru"):
            page = make_page(f"Story in {language}", "bridges").decode()
            if language == "ru":
                page = re.sub("<p>[^<]*</p>", f"<p>{RUSSIAN}</p>", page)
            page = page.replace('lang="en"', f'lang="{language}"').replace("</head>", STORY + "</head>")
            run.get(f"/{language}/5", page.encode())
        run.done("partial" if day == 1 else "complete")
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry.workspace.root


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture
def page(package: Path, chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": 1400, "height": 900}) as context:
        its = context.new_page()
        asked: list[str] = []
        errors: list[str] = []
        its.on("request", lambda request: asked.append(request.url))
        its.on("pageerror", lambda error: errors.append(str(error)))
        its.on("console", lambda message: errors.append(message.text))
        its.goto(f"file://{package}/index.html")
        expect(its.locator("#count")).to_have_text("5 articles")
        yield its
        assert [url for url in asked if not url.startswith(f"file://{package}/")] == []
        assert errors == []


def titles(page: Page) -> set[str]:
    return set(page.locator("#list strong").all_text_contents())


def open_(page: Page, title: str) -> None:
    page.locator("#list a", has_text=title).click()
    expect(page.locator("article h2.title").first).to_contain_text(title)


def test_all_are_listed_and_hostile_words_are_text(page: Page) -> None:
    assert "</script><img src=x onerror=document.title=1> a title" in titles(page)
    assert len(titles(page)) == 5
    assert page.title() == "News of Ministry of Tests"
    assert page.locator("img").count() == 0


def test_filters_and_search_narrow_the_list(page: Page) -> None:
    page.get_by_role("checkbox", name="Withdrawn").check()
    expect(page.locator("#count")).to_have_text("1 of 5 articles")
    assert titles(page) == {"Gone tomorrow"}
    page.get_by_text("Clear all filters").click()
    page.get_by_label("From", exact=True).fill("2026-01-01")
    page.get_by_label("To", exact=True).fill("2026-01-31")
    page.get_by_label("To", exact=True).blur()
    expect(page.locator("#count")).to_have_text("1 of 5 articles")
    page.get_by_text("Clear all filters").click()
    page.get_by_label("Search titles").fill("rivér TREES")
    expect(page.locator("#list a")).to_have_count(1)
    assert page.locator("#list mark").all_text_contents() == ["Trees", "river"]


@pytest.mark.parametrize(("years", "names"), [(1, 12), (20, 20), (90, 10)])
def test_every_bar_of_the_months_can_be_chosen(chromium: Browser, tmp_path: Path, years: int, names: int) -> None:
    """Months, years or decades: the newest bar stands in the column however far back the first article is."""
    made = [row for _, row in articles(years if years > 1 else 12, at_once=True)]
    for number, row in enumerate(made):
        day = f"{1937 + number:04}-05-06" if years > 1 else f"2026-{number + 1:02}-06"
        row |= {"published_date": day, "published_at": f"{day}T10:00:00+05:00"}
    write(tmp_path, (("2026-11", row) for row in made), len(made))
    with chromium.new_context(viewport={"width": 1400, "height": 900}) as context:
        its = context.new_page()
        its.goto(f"file://{tmp_path}/index.html")
        expect(its.locator("#count")).to_have_text(f"{len(made)} articles")
        bars = its.locator("#months button")
        expect(bars).to_have_count(names)
        column, last = its.locator("#months").bounding_box(), bars.last.bounding_box()
        assert column and last and last["x"] + last["width"] <= column["x"] + column["width"] + 1
        label = bars.last.get_attribute("aria-label") or ""
        bars.last.click()
        wanted = int(label.split(": ")[1].split()[0])
        assert 0 < wanted < len(made)
        expect(its.locator("#count")).to_have_text(f"{wanted} of {len(made)} articles")


def test_the_texts_are_searched_when_asked(page: Page) -> None:
    page.get_by_label("Search titles").fill("laboratory budgets")
    expect(page.locator("#count")).to_have_text("0 of 5 articles")
    page.get_by_text("Search in the texts too").click()
    expect(page.locator("#count")).to_have_text("1 of 5 articles")
    assert titles(page) == {"Gone tomorrow"}


def test_an_edit_is_shown_word_by_word(page: Page) -> None:
    open_(page, "Trees for the river")
    expect(page.locator(".history del")).to_have_text(["Monday"])
    expect(page.locator(".history ins")).to_have_text(["Tuesday"])
    page.get_by_text("Read this wording").click()
    expect(page.locator(".notice.old")).to_contain_text("An older wording")
    expect(page.locator(".body")).to_contain_text("in the capital on Monday")


def test_a_withdrawal_is_told_with_its_last_words(page: Page) -> None:
    open_(page, "Gone tomorrow")
    expect(page.locator(".notice")).to_contain_text("no longer shows this item")
    expect(page.locator(".history .gone .what")).to_have_text("Withdrawn from the site")
    expect(page.locator(".body")).to_contain_text("budgets")


def test_language_versions_stand_side_by_side(page: Page) -> None:
    open_(page, "Story in ru")
    page.locator("a.beside").click()
    expect(page.locator(".pair-columns section")).to_have_count(2)
    expect(page.locator(".pair-columns h2.title")).to_have_text(["Story in ru", "Story in en"])


def test_an_article_leads_to_its_record(page: Page, package: Path) -> None:
    open_(page, "Gone tomorrow")
    warc = page.locator("dl code", has_text="archive/").first.text_content() or ""
    assert (package / warc.split(" @ ")[0]).is_file()


def test_plots_have_their_numbers_in_words(page: Page) -> None:
    page.get_by_role("link", name="Overview").click()
    labels = [node.get_attribute("aria-label") for node in page.locator("figure svg[role=img]").all()]
    assert any("Articles: by month of publication, 2 months" in (label or "") for label in labels)
    assert any("1 edited, 1 withdrawn" in (label or "") for label in labels)
    page.get_by_role("main").get_by_role("link", name="Ministry of Tests").click()
    expect(page.locator("svg.calendar")).to_have_attribute(
        "aria-label", "2026: 3 days with runs: 2 all complete, 1 with one in part (/), 0 with one that failed (×)."
    )
    assert page.locator(".day-part").count() == 1


def test_the_keyboard_alone_reaches_everything(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator("#skip")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("article h2.title")).to_be_visible()
    first = page.locator("#list a[aria-current]").get_attribute("href")
    page.keyboard.press("j")
    expect(page.locator(f'#list a[href="{first}"]')).not_to_have_attribute("aria-current", "true")
    page.evaluate("location.hash = ''")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert {"sort", "from", "reset", "A", "INPUT", "SUMMARY"} <= reached
    page.locator("#list a", has_text="Trees").focus()
    page.keyboard.press("Enter")
    expect(page.locator("article h2.title")).to_have_text("Trees for the river")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing_serious(package: Path, chromium: Browser, scheme: Any, width: int) -> None:
    with chromium.new_context(viewport={"width": width, "height": 850}, color_scheme=scheme) as context:
        its = context.new_page()
        its.goto(f"file://{package}/index.html")
        expect(its.locator("#count")).to_have_text("5 articles")
        for place in ("", "#overview", "#source=xx.tests", "edited"):
            if place == "edited":
                its.goto(f"file://{package}/index.html")
                its.locator("#list a", has_text="Trees").click()
                expect(its.locator(".history ins")).to_be_visible()
            else:
                its.goto(f"file://{package}/index.html{place}")
                its.wait_for_timeout(200)
            found = Axe().run(its).response["violations"]
            serious = [
                (one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")
            ]
            assert serious == [], place
            assert not its.evaluate("document.documentElement.scrollWidth > innerWidth"), "nothing stands out sideways"


def test_a_file_that_is_gone_is_told(package: Path, chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes((package / "index.html").read_bytes())
    with chromium.new_context() as context:
        its = context.new_page()
        its.goto(f"file://{tmp_path}/index.html")
        expect(its.get_by_role("alert")).to_contain_text("is not there")


def test_data_that_was_put_in_its_place_runs_nothing(package: Path, chromium: Browser, tmp_path: Path) -> None:
    """A value of another form is an error that is told; markup in it is never parsed."""
    (tmp_path / "explorer").mkdir()
    (tmp_path / "index.html").write_bytes((package / "index.html").read_bytes())
    for path in (package / "explorer").iterdir():
        (tmp_path / "explorer" / path.name).write_bytes(path.read_bytes())
    (path,) = (tmp_path / "explorer").glob("texts-*.js")
    rows = [
        {"article_id": "0" * 16, "title": "<img src=x onerror=alert(1)>", "text": ["<b>"], "url": "javascript:alert(1)"}
    ]
    path.write_bytes(shard("texts", "2026-11", 0, rows * 9).packed())
    with chromium.new_context() as context:
        its = context.new_page()
        dialogs: list[Any] = []
        its.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.dismiss()))
        its.goto(f"file://{tmp_path}/index.html")
        its.locator("#list a").first.click()
        its.wait_for_timeout(500)
        assert dialogs == []
        assert its.locator("main img").count() == 0
        assert json.dumps([a.get_attribute("href") for a in its.locator("a").all()]).count("javascript:") == 0
