"""`seeds new` on real loopback sites: the seed that it writes crawls all articles and nothing else, unedited."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from crawler.app.new_seed import Proposal, file_for, new_seed, write_seed
from crawler.app.new_seed.facts import default_id, facts_of, govuz_options, sitemaps_of, zone_of
from crawler.app.new_seed.shapes import link_lists, of_articles, paging, shape
from crawler.app.seed_check import seed_problems
from crawler.crawl.run import run_crawls
from crawler.demo import serve
from crawler.errors import NotFound, UsageError
from crawler.package.build.build import build
from crawler.package.exports import query
from crawler.seeds import load_seed
from crawler.workspace import Workspace
from tests.app import made_languages, made_sites


def crawled(proposal: Proposal, folder: Path) -> tuple[set[str], dict[str, int], str]:
    """(paths of the articles, pages that are none, the outcome) of a whole crawl by a proposed seed."""
    path = folder / "xx" / "made.toml"
    write_seed(path, proposal)
    seed = load_seed(path)
    assert seed_problems(seed) == []
    workspace = Workspace(folder / "package")
    fast = seed.toml.replace("[crawl]\n", "[crawl]\ndelay_s = 0\nbackoff_s = 0\n")
    path.write_text(fast, "utf-8")
    (report,) = run_crawls([load_seed(path)], workspace)
    build(workspace, seeds={seed.id: load_seed(path)}, engine="serial")
    urls = {row["url"].split("/", 3)[3] for row in query.rows(workspace, "articles")}
    rejected = query.runs_report(workspace)[seed.id]
    return (
        urls,
        {k: n for k, n in rejected.items() if k not in ("new", "edited", "metadata", "withdrawn", "restored")},
        report.result,
    )


@pytest.mark.parametrize(
    ("site", "kind", "platform", "paths"),
    [
        (made_sites.bitrix, "listing", "bitrix", {f"news/{n}" for n in range(1, 25)}),
        (made_sites.drupal, "listing", "drupal", {f"press-releases/report-{n}" for n in range(1, 26)}),
        (made_sites.wordpress, "wordpress", "wordpress", {f"2026/03/post-{n}" for n in range(1, 13)}),
        (made_sites.api, "json", "generic", {f"news/{n}" for n in range(1, 13)}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_the_seed_crawls_right_without_an_edit(site, kind, platform, paths, tmp_path: Path) -> None:
    told: list[str] = []
    with made_sites.served(site) as (origin, asked):
        proposal = new_seed(f"{origin}/", "xx.made", tell=told.append, delay_s=0)
        assert asked[0] == "/robots.txt" and len(asked) < 60
        assert proposal.works, told
        assert f'kind = "{kind}"' in proposal.toml and f'platform = "{platform}"' in proposal.toml
        assert sum(line.startswith(" ") for line in told) == 3, told
        urls, rejected, result = crawled(proposal, tmp_path)
    assert {url.rstrip("/") for url in urls} == paths
    assert rejected == {} and result == "complete"


@pytest.mark.parametrize(
    ("site", "count"), [(made_languages.feeds, 6), (made_languages.lists, 15), (made_languages.plain, 15)]
)
def test_a_site_in_several_languages_is_crawled_in_all(site, count: int, tmp_path: Path) -> None:
    told: list[str] = []
    with made_sites.served(site) as (origin, _):
        proposal = new_seed(f"{origin}/", "xx.made", tell=told.append, delay_s=0)
        assert proposal.works, told
        urls, rejected, result = crawled(proposal, tmp_path)
    firsts = made_languages.FIRST.items()
    assert urls == {f"{tag}/news/{n}" for tag, first in firsts for n in range(first + 1, first + count + 1)}
    assert rejected == {} and result == "complete"
    rows = query.rows(Workspace(tmp_path / "package"), "articles")
    assert {row["language"].split("-")[0] for row in rows if f"/{row['language'][:2]}/" in row["url"]} == {
        "uz",
        "ru",
        "en",
    }


@pytest.mark.parametrize("path", ["", "ru/rivers", "orchards/"])
def test_the_sites_of_the_demo(path: str, tmp_path: Path) -> None:
    with serve() as site:
        told: list[str] = []
        proposal = new_seed(f"{site.url}/{path}", "xx.demo", tell=told.append, delay_s=0)
        assert proposal.works, told
        urls, _, result = crawled(proposal, tmp_path)
    assert result == "complete"
    assert len(urls) == (24 if path == "orchards/" else 133)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with made_sites.served(made_sites.bare) as (origin, _):
        proposal = new_seed(f"{origin}/", None, tell=lambda line: None, delay_s=0)
    assert not proposal.works
    assert any(words.startswith("entries: ") for words in proposal.missing)
    write_seed(tmp_path / "x.toml", proposal)
    assert load_seed(tmp_path / "x.toml").id == "xx.site"


def test_a_site_that_forbids_is_left_alone() -> None:
    def closed(path: str, query: dict[str, str], origin: str) -> made_sites.Answer:
        return 200, "text/plain", "User-agent: *\nDisallow: /\n"

    with made_sites.served(closed) as (origin, asked), pytest.raises(NotFound, match="robots"):
        new_seed(f"{origin}/", None, tell=lambda line: None, delay_s=0)
    assert set(asked) == {"/robots.txt"}


@pytest.mark.parametrize("url", ["ftp://a.example/", "a.example", "https://"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        new_seed(url, None, tell=lambda line: None)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    target = file_for("https://rivers.gov.kz/", None, None, [tmp_path])
    assert target == tmp_path / "kz" / "rivers.toml"
    target.parent.mkdir()
    target.write_text("mine")
    with pytest.raises(UsageError, match="exists"):
        file_for("https://rivers.gov.kz/", None, None, [tmp_path])
    with pytest.raises(UsageError, match="--id"):
        file_for("https://rivers.gov.kz/", "../x", None, [tmp_path])


def test_ids_zones_and_sitemaps() -> None:
    assert default_id("https://www.mfa.tj/en/main") == "tj.mfa"
    assert default_id("http://127.0.0.1:8099/ru/eco/") == "xx.eco"
    assert (zone_of("https://a.example/", "uz"), zone_of("https://a.tj/", "xx")) == ("Asia/Samarkand", "Asia/Dushanbe")
    assert zone_of("https://a.example/", "xx") is None
    assert sitemaps_of("User-agent: *\nSITEMAP : https://a.example/s.xml\n#Sitemap: no\n") == [
        "https://a.example/s.xml"
    ]


def test_shapes_of_addresses() -> None:
    assert (
        shape("https://a.example/news/12/")
        == shape("https://a.example/news/13")
        != shape("https://a.example/about/us/x")
    )
    assert shape("https://a.example/view.php?id=4") == shape("https://a.example/view.php?id=5")
    urls = [f"https://a.example/news/{n}" for n in range(9)] + ["https://a.example/about"]
    pattern, count = of_articles(urls, [])
    assert count == 9 and pattern
    assert of_articles(["https://a.example/a/b", "https://a.example/c"], []) == (None, 0)


def test_links_that_are_no_addresses_end_nothing() -> None:
    hrefs = ["http://[::1/", "//a" + "\u0315\u0300" * 100_000, "/ru/eco/news/news", "https://[x]/uz/eco/news/view/1"]
    assert govuz_options("https://gov.uz/ru/eco", hrefs) == {"authority": "eco"}


def test_a_page_that_costs_too_much_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of the site are read in processes with limits: this one ends with the first page, and not with the
    command."""

    def site(path: str, query: dict[str, str], origin: str) -> made_sites.Answer:
        return 200, "text/html", "<title>T</title><p>A page</p>" if path == "/" else ""

    def hang(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("crawler.app.new_seed.facts.facts_of", hang)
    with made_sites.served(site) as (origin, _), pytest.raises(NotFound, match="reading this page cost more than"):
        new_seed(f"{origin}/", None, tell=lambda line: None, delay_s=0)


def test_a_pattern_of_many_shapes_is_one_that_a_seed_may_have() -> None:
    urls = [f"https://a.example/{'section' * 20}{n // 5}x/{n}" for n in range(100)]
    pattern, count = of_articles([url.replace("0x", "ax").replace("1x", "bx") for url in urls], urls)
    assert pattern and len(pattern) <= 1_000 and 0 < count < 100


def test_a_title_of_control_characters_is_one_line(tmp_path: Path) -> None:
    def site(path: str, query: dict[str, str], origin: str) -> made_sites.Answer:
        return 200, "text/html", "<title>A&#x2028;B&#x85;C\x7f\n# D</title><p>A page</p>" if path == "/" else ""

    with made_sites.served(site) as (origin, _):
        proposal = new_seed(f"{origin}/", None, tell=lambda line: None, delay_s=0)
    write_seed(tmp_path / "x.toml", proposal)
    assert next(iter(load_seed(tmp_path / "x.toml").title.values())).startswith("A B")


@pytest.mark.parametrize(
    ("pager", "expected"),
    [
        ('<a href="?page=1">2</a><a href="?page=2">3</a>', {"page": "page", "first_page": 0}),
        (
            '<ul class="pages"><li>1<li><a href="?start=10">2</a><li><a href="?start=20">3</a></ul>',
            {"next": "ul.pages a"},
        ),
        ('<div class="page"><a href="/news/page/1/">1</a><a href="/news/page/2/">2</a></div>', {"next": "div.page a"}),
        ('<p class="go"><a href="?cur=2&amp;delta=5">Next</a></p>', {"next": "p.go a"}),
        ('<p class="older"><a href="?before=77">Older posts</a></p>', {"next": "p.older a"}),
        ('<div class="years"><a href="/news/2025/">2025</a><a href="/news/2024/">2024</a></div>', {}),
        (
            '<p class="all"><b>0</b> <a href="?debut_articles=10#p">10</a> <a href="?debut_articles=20#p">20</a></p>',
            {"next": "p.all a"},
        ),
        ('<table class="calendar"><td><a href="/events/2">2</a></table>', {}),
    ],
)
def test_how_a_list_goes_on(pager: str, expected: dict[str, object]) -> None:
    rows = "".join(
        f'<div class="row"><a href="/news/item/{n}">Report number {n} of the ministry</a></div>' for n in range(4)
    )
    assert paging(html.document_fromstring(f"<main>{rows}{pager}</main>"), "https://a.example/news") == expected


def test_a_list_that_a_script_pages_through() -> None:
    tree = html.document_fromstring(
        '<main><a href="/a">x</a><script>createPageHTML(20, 0, "index", "html");</script></main>'
    )
    assert paging(tree, "https://a.example/news/") == {"page": "index_{page}.html", "first_page": 0}


def test_the_head_of_an_item_is_no_head_of_the_page() -> None:
    item = "<article><header><a href=/n/{0}>Report number {0} of the ministry</a></header></article>"
    front = "<header><a href=/n/9>Report of the year in brief</a></header>"
    tree = html.document_fromstring(f"{front}<main>{''.join(map(item.format, range(4)))}</main>")
    (found,) = link_lists(tree, "https://a.example/news", "a.example")
    assert len(found.urls) == 4


def test_pages_of_news_are_those_that_links_call_so() -> None:
    links = {
        "/services/": "Services",
        "/board.do?id=12": "Новости",
        "/xw/": "新闻动态",
        "/press/": "Our work",
        "#": "News",
    }
    page = "".join(f'<a href="{href}">{words}</a>' for href, words in links.items()) + '<a href="/news">News</a>'
    facts = facts_of(html.document_fromstring(page), "https://a.example/", b"")
    assert [url.removeprefix("https://a.example") for url in facts.news] == [
        "/news",
        "/xw/",
        "/board.do?id=12",
        "/press/",
    ]


def test_a_list_of_services_is_not_taken_for_news(tmp_path: Path) -> None:
    """The front page lists services, whose pages can be read as articles; the news stand behind a link of the menu, in
    sections of which the page shows the newest."""
    with made_sites.served(made_sites.sections) as (origin, _):
        proposal = new_seed(f"{origin}/", "xx.made", tell=lambda line: None, delay_s=0)
        urls, rejected, result = crawled(proposal, tmp_path)
    assert urls == {f"press/{part}/{n}" for part, numbers in made_sites.SECTIONS.items() for n in numbers}
    assert (rejected, result) == ({}, "complete")
