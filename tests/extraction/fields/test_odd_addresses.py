"""Whatever stands where an address is expected, a page is read."""

from __future__ import annotations

import pytest

from crawler import extract
from crawler.model import Article

ODD = """
//*[@part='a.pdf']
https://x.example/y?start=//*[@part='a.pdf']
https://x.example/y?file=http://[a.pdf
http://[::1
//[
//
?
https://i0.wp.com
https://x.example:99999/a.jpg
https://x.example:ab/a.jpg
data:image/png;base64,xx
javascript:void(0)
/a.jpg ,
,, /a.jpg 2x ,
/a.jpg x
/a.jpg 1.5.2x
http://%zz/
https://x.example/_next/image?url=http://[
https://x.example/timthumb.php?src=//[
https://x.example/cdn-cgi/image/w=1/https://[
https://wsrv.nl/?url=//[
https://x.example/insecure/w:1/plain/http://[@x
https://res.example/image/fetch/w_1/http://[
http://
""".strip().splitlines()


@pytest.mark.parametrize("address", [*ODD, "", "  ", "/a.jpg  ", "https://" + "a" * 300 + ".example/"])
def test_an_address_that_is_none_costs_only_itself(address: str) -> None:
    head = (
        f'<base href="{address}"><link rel="canonical" href="{address}"><link rel="alternate" hreflang="ru" '
        f'href="{address}"><meta property="og:url" content="{address}"><meta property="og:image" content="{address}">'
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Wells of the north are mended", '
        f'"url": "{address}", "mainEntityOfPage": "{address}", "author": {{"@id": "{address}"}}}}</script>'
    )
    body = (
        f'<nav class="breadcrumb"><a href="{address}">Home</a><a href="{address}">News</a></nav>'
        f'<article><h1><a href="{address}">Wells of the north are mended</a></h1><a rel="author" href="{address}">Ann'
        f" Lee</a><p>The ministry mended sixty wells in the north last week and will mend as many more before spring, "
        f'as <a href="{address}">its plan</a> says.</p><picture><source srcset="{address}"><img src="{address}" '
        f'srcset="{address}" data-src="{address}"></picture><iframe src="{address}"></iframe><object data="{address}">'
        f'</object><a rel="tag" href="{address}">wells</a></article>'
    )
    page = f"<html><head><title>Wells of the north are mended</title>{head}</head><body>{body}</body></html>"
    record = extract(page.encode(), "https://x.example/news/1")
    assert isinstance(record, Article)
    assert record.title == "Wells of the north are mended"
