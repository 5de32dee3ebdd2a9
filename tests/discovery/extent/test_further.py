"""Marks of further pages that an entry does not lead to; what looks like them and is none."""

from __future__ import annotations

import pytest
from lxml import html

from crawler.discovery.extent.further import archive_page, every_item, further_page

URL = "https://t.example/news"
MARKS = (
    '<a rel="next" href="/x">On</a>',
    '<a href="?page=1">2</a>',
    '<a href="/news/page/2/">2</a>',
    '<a href="?debut_articles=10#pagination_articles">10</a>',
    '<ul data-next-page="3"></ul>',
    '<button data-page="1" data-max-pages="12">Load more</button>',
    '<div hx-get="/news?p=2" hx-trigger="revealed"></div>',
    "<a href=\"javascript:__doPostBack('ctl00$g','Page$2')\">2</a>",
    '<ul class="pagination"><li><a href="#">2</a></li></ul>',
    '<a href="/news?before=7">Older posts »</a>',
    '<a href="/news?before=7">»</a>',
    "<button>Показать ещё</button>",
    "<button>加载更多</button>",
    "<button>और देखें</button>",
    '<a href="?start=6"><img src="n.gif" alt="Next"></a>',
    '<ul class="list"><li><a href="#page=1">1</a></li><li><a href="#page=2">2</a></li></ul>',
    '<a href="/news?all=1">Show all</a>',
    '<ul class="num"><li data-page="1">1</li><li data-page="2"><b>2</b></li></ul>',
    '<a class="load-more" href="#">+</a>',
    '<div class="ui-paginator"><span class="current">(1 of 12)</span></div>',
    '<div class="pager">Seite 1 von 9</div>',
    '<div class="pagination"><a href="/x" class="next">→</a></div>',
    '<script>createPageHTML(20, 0, "index", "html");</script>',
    '<script>self.__next_f.push([1,"{\\"totalPages\\":12}"])</script>',
    "<script>var loadmore = {'max_page': '12'};</script>",
    '<div id="feed" data-total="243"></div>',
    '<p><strong>1</strong> <a href="javascript:go(2)">2</a></p>',
    '<div class="btn" data-use="show-more-1">Показать ещё</div>',
    '<div class="pagination"><a href="?pageIndex=2" onclick="page(2)">2</a></div>',
    '<b>1-7</b> <a href="/news?from=8">8–14</a>',
    '<b>I</b> <a href="/news?part=2">II</a>',
    '<a href="/news?o=7"><img src="/i/arrow_r.gif" alt=""></a>',
    '<a href="/news/2"><i class="fa fa-chevron-right"></i></a>',
    '<a href="?s=0">•</a><a href="?s=7">•</a><a href="?s=14">•</a>',
    '<button class="btn" data-page="2"><svg></svg></button>',
    '<select onchange="go(this)"><option value="/news">1</option><option value="/news?o=7">2</option></select>',
    '<form><input type="number" name="pg" value="1" max="14"></form>',
)
NONE = (
    '<a href="/news/2026/11/2">2</a>',
    '<a href="/law/2">2</a>',
    '<a href="?day=10">10</a>',
    '<a href="?page=2">Second</a>',
    "<p/>",
    '<div class="carousel"><a rel="next" href="#c">Next</a><button class="carousel-next">Next</button></div>',
    '<table class="calendar"><tr><td><a href="javascript:d(2)">2</a></td></tr></table>',
    "<table>" + "".join(f'<td><a href="javascript:d({n})">{n}</a></td>' for n in range(1, 31)) + "</table>",
    '<div class="pagination"><a class="next disabled" href="#">Next</a></div>',
    '<div class="pagination"><a href="#" class="active">1</a> (1 of 1)</div>',
    "<button hidden>Load more</button>",
    '<a href="/about">More news</a>',
    '<button data-pages="1" data-total-pages="1">Sort</button>',
    '<script>createPageHTML(1, 0, "index", "html"); var s = {"lastPage": 1, "pageCountry": 12};</script>',
    "<div>Show more</div>",
    '<div class="rating" data-total="5000"></div>',
    '<p><button onclick="like(7)">2</button></p>',
    '<a href="?day=2">2</a>',
    '<a href="?vote=1"><img src="/arrow-up.png"></a><a href="?special=2"><img src="/eye-next.png"></a>',
    '<a href="?city=1">•</a><a href="?city=2">•</a><a href="?city=3">•</a>',
    '<a href="/news?id=7"><img src="/thumbs/arrow-house.jpg" alt=""></a>',
    '<a href="/news/7"><img src="/thumbs/7.jpg" alt=""></a>',
    '<a href="/news?years=4">2020-2024</a>',
    '<a href="?view=1"><i class="fa fa-list"></i></a><a href="?view=2"><i></i></a><a href="?view=3"><i></i></a>',
    '<a href="?month=2"><i class="arrow-right"></i></a>',
    '<select><option value="5">1</option><option value="6">2</option></select>',
    '<form><input type="number" name="age" max="14"></form>',
)


def _found(body: str) -> str:
    return further_page(html.document_fromstring(f"<html><body>{body}</body></html>"), URL, URL, set())


@pytest.mark.parametrize("body", MARKS)
def test_what_leads_to_more_of_a_listing(body: str) -> None:
    assert _found(body)


@pytest.mark.parametrize("body", NONE)
def test_what_leads_to_no_more_of_it(body: str) -> None:
    assert not _found(body)


def test_the_arrow_behind_a_headline_leads_to_the_item() -> None:
    body = '<a class="t" href="/news/7">A headline</a> <a href="/news/7">→</a>'
    body += ' <a href="/news/9"><i class="fa-arrow-right"></i></a>'
    tree = html.document_fromstring(f"<html><body>{body}</body></html>")
    assert not further_page(tree, URL, URL, set(tree.xpath("//a[@class]")))


def test_what_is_found_is_named() -> None:
    assert _found('<ul data-next-page="3"></ul>') == "data-next-page='3'"
    assert _found('<a href="?page=1">2</a>') == f"{URL}?page=1"


def test_the_list_of_all_news_of_a_front_page() -> None:
    tree = html.document_fromstring('<body><a href="/all">Все новости →</a><a href="/x">All</a></body>')
    assert every_item(tree, URL) == "https://t.example/all"
    assert every_item(html.document_fromstring('<body><a href="/x">All</a></body>'), URL) is None


def test_the_page_of_what_is_older() -> None:
    def found(body: str) -> str | None:
        return archive_page(html.document_fromstring(f"<html><body>{body}</body></html>"), URL, f"{URL}/press")

    assert found('<p><a href="/news/press/old">Архив</a></p>') == f"{URL}/press/old"
    assert found('<p><a href="/all">All press releases</a></p>') == "https://t.example/all"
    assert found('<p><a href="/all">View all press releases »</a></p>') == "https://t.example/all"
    assert found('<p><a href="/old">Consulter les archives</a></p>') == "https://t.example/old"
    assert found('<p><a href="/all">See all services</a> <a href="/x">All you need to know</a></p>') is None
    assert found('<p><a href="/photos">Photo archive</a></p>') is None
    assert found('<p><a href="/x">The archives of the ministry open their doors</a></p>') is None
    assert found('<a href="/news">All news</a> <a href="/news/press">Archive</a>') is None
    assert found('<footer><a href="/archive">Archive</a></footer>') is None
    assert found('<a href="https://archive.example/">Archive</a>') is None
