"""Marks that scripts, forms or frames load more of a listing; what looks like them and does not."""

from __future__ import annotations

import pytest
from lxml import html

from crawler.discovery.extent.loaders import loads_more

URL = "https://t.example/news"
MARKS = (
    '<button wire:click="loadMore">Ko‘proq</button>',
    '<a href="#" onclick="showMoreNews(2); return false">+</a>',
    '<div @click="nextPage()">→</div>',
    '<form method="post"><input type="hidden" name="offset" value="6"><button>+</button></form>',
    '<form><input type="hidden" name="PAGEN_1" value="2"><input type="image" alt=""></form>',
    '<select name="page"><option>1</option><option>2</option><option>3</option></select>',
    '<div class="pager"><select><option>1</option><option>2</option></select></div>',
    '<div id="feed" data-endpoint="/api/news" data-per-page="6"></div>',
    '<div id="rest" data-endpoint="/news/more"></div>',
    '<div class="infinite-scroll" data-url="/news/rows"></div>',
    '<div data-src="/news?more=1"></div>',
    "<script>fetch(`/api/news?page=${++page}`)</script>",
    '<script>$.getJSON("/ajax/news?offset=4", add);</script>',
    '<script>$("#t").DataTable({serverSide: true, ajax: "/rows"});</script>',
    '<iframe src="/news/frame" width="100%" height="900"></iframe>',
)
NONE = (
    '<button wire:click="save">Save</button>',
    '<a onclick="showMore = !showMore">More</a>',
    '<div class="carousel"><a onclick="nextPage()">→</a></div>',
    '<form action="/search"><input type="hidden" name="page" value="1"><input name="q"></form>',
    '<select name="per"><option>1</option><option>2</option></select>',
    '<select name="page_size"><option>10</option><option>20</option></select>',
    "<script>var url = location.href + '?page'; track('/hit?id=4')</script>",
    '<img data-src="/a.jpg" data-alt="x">',
    '<a class="read-more" data-url="/news/12">Read more</a>',
    '<img class="lazy" data-src="/img/moreover.jpg">',
    '<div class="carousel load-more" data-url="/slides"></div>',
    '<iframe src="https://player.example/1"></iframe>',
    '<iframe src="/weather" width="200" height="100"></iframe>',
    '<iframe src="/counter" style="display: none"></iframe>',
)


def _found(body: str) -> str:
    return loads_more(html.document_fromstring(f"<html><body>{body}</body></html>"), URL, URL)


@pytest.mark.parametrize("body", MARKS)
def test_what_loads_more(body: str) -> None:
    assert _found(body)


@pytest.mark.parametrize("body", NONE)
def test_what_loads_no_more(body: str) -> None:
    assert not _found(body)
