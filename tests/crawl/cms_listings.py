"""Small ministry sites in the shapes of real content management systems, for seeds that nobody tuned to them: what a
run must find on each, and what it must say."""

# ruff: noqa: E501 - one kind, one line

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from listing_site import Answer, Asked, ListingSite, Reply, article, as_json, listing

Install = Callable[[ListingSite], None]
Any_ = Answer | Reply | int
LAST = 3
ALL = LAST * 5
LISTING = 'kind = "listing"\nurl = "{url}/l"\nlinks = "ul.n a"\n'
NEXT = LISTING + 'next = "a.next"\n'
PAGED = LISTING + 'page = "p"\n'
JSON = 'kind = "json"\nurl = "{url}/l"\nitems = "data"\narticle = "{url}/a/{id}"\n'
FEED = 'kind = "feed"\nurl = "{url}/l"\n'
SITEMAP = 'kind = "sitemap"\nurl = "{url}/l"\n'


@dataclass(frozen=True)
class Site:
    """`articles`: how many must be asked for; `told`: words of a fault or note, None: there must be none."""

    name: str
    entry: str
    install: Install
    articles: int = ALL
    told: str | None = None
    result: str = "complete"
    since: date | None = None
    crawl: str = ""


def numbers(page: int, size: int = 5, last: int = LAST) -> list[int]:
    return list(range(page * size - size + 1, page * size + 1)) if 1 <= page <= last else []


def links(page: int) -> list[str]:
    return [f"/a/{n}" for n in numbers(page)]


def at(path: str, route: Callable[[Asked], Any_]) -> Install:
    return lambda site: site.routes.update({path: route})


def html(
    more: Callable[[int], str],
    *,
    name: str = "p",
    first: int = 1,
    step: int = 1,
    beyond: Callable[[int], Any_] | None = None,
) -> Install:
    """Pages of five articles under /l, chosen by the parameter `name`, which starts at `first` and grows by `step`."""

    def show(asked: Asked) -> Any_:
        raw = asked.get(name)
        page = (int(raw) - first) // step + 1 if raw.lstrip("-").isdigit() else 1
        if beyond and not 1 <= page <= LAST:
            return beyond(page)
        return listing(links(page), more(page))

    return at("/l", show)


def ways(
    pattern: str, words: Callable[[int], str] = str, *, first: int = 1, step: int = 1, around: str = "{}"
) -> Callable[[int], str]:
    """A pager: a link for each other page, whose address is `pattern` with the page's value."""

    def make(page: int) -> str:
        out = "".join(
            f'<a href="{pattern.format((n - 1) * step + first)}">{words(n)}</a> '
            for n in range(1, LAST + 1)
            if n != page
        )
        return around.format(out)

    return make


def following(
    pattern: str, attributes: str = 'class="next"', *, first: int = 1, step: int = 1, words: str = "Next"
) -> Callable[[int], str]:
    return lambda page: (
        f'<a {attributes} href="{pattern.format(page * step + first)}">{words}</a>' if page < LAST else ""
    )


def api(
    make: Callable[[int, list[int]], Any],
    *,
    name: str = "page",
    headers: Callable[[int], dict[str, str]] = lambda page: {},
) -> Install:
    def show(asked: Asked) -> Reply:
        page = int(asked.get(name) or 1)
        return Reply(json.dumps(make(page, numbers(page))), "application/json", headers=headers(page))

    return at("/l", show)


def ids(of: Iterable[int]) -> list[dict[str, int]]:
    return [{"id": n} for n in of]


def offsets(make: Callable[[int, list[int]], Any], name: str = "offset") -> Install:
    def show(asked: Asked) -> Answer:
        start = int(asked.get(name) or 0)
        return as_json(make(start, list(range(start + 1, min(start + 5, ALL) + 1))))

    return at("/l", show)


def one(body: str | bytes, mime: str = "text/html; charset=utf-8") -> Install:
    def install(site: ListingSite) -> None:
        site.routes["/l"] = lambda asked: (mime, body.replace("{url}", site.url) if isinstance(body, str) else body)

    return install


def rss(of: Iterable[int], extra: str = "", item: str = "<link>{{url}}/a/{n}</link>") -> str:
    items = "".join(f"<item><title>Item {n}</title>{item.format(n=n)}</item>" for n in of)
    return f'<rss version="2.0"><channel><title>T</title>{extra}{items}</channel></rss>'


def graphql(asked: Asked) -> Answer:
    start = int((asked.body or {}).get("variables", {}).get("after") or 0)
    nodes = ids(range(start + 1, min(start + 5, ALL) + 1))
    info = {"hasNextPage": start + 5 < ALL, "endCursor": str(start + len(nodes)) if nodes else None}
    return as_json({"data": {"posts": {"nodes": nodes, "pageInfo": info}}})


def elastic(asked: Asked) -> Any_:
    start = int((asked.body or {}).get("from", 0))
    if start >= 10:
        return Reply(
            json.dumps(
                {"error": {"type": "illegal_argument_exception", "reason": "Result window is too large"}, "status": 400}
            ),
            "application/json",
            400,
        )
    hits = [{"_source": {"id": n}} for n in range(start + 1, start + 6)]
    return as_json({"hits": {"total": {"value": ALL, "relation": "eq"}, "hits": hits}})


def slashes(site: ListingSite) -> None:
    plain = site.answer

    def answer(asked: Asked) -> Any_:
        if asked.path != "/" and not asked.path.endswith("/"):
            return Reply(
                status=301, headers={"Location": asked.path + "/" + (f"?{asked.query}" if asked.query else "")}
            )
        asked.path = asked.path.rstrip("/")
        return plain(asked)

    site.answer = answer  # type: ignore[method-assign]
    html(following("/l?p={}"))(site)


def cyrillic(site: ListingSite) -> None:
    """One address in three spellings: letters, escapes in capitals, escapes in small letters."""
    base = "/%D0%BD%D0%BE%D0%B2/"
    site.routes["/l"] = lambda asked: listing(
        [s for n in (1, 2, 3) for s in (f"/нов/{n}", f"{base}{n}", f"{base.lower()}{n}")]
    )
    for n in (1, 2, 3):
        site.routes[f"/нов/{n}"] = lambda asked, n=n: article(n)  # type: ignore[misc]


def feed_and_map(site: ListingSite) -> None:
    of = "".join(f"<url><loc>{site.url}/a/{n}</loc></url>" for n in range(1, 15))
    site.routes["/l"] = lambda asked: ("application/rss+xml", rss(range(1, 11)).replace("{url}", site.url))
    site.routes["/map"] = lambda asked: ("application/xml", f"<urlset>{of}</urlset>")


def packed_index(site: ListingSite) -> None:
    maps = "".join(f"<sitemap><loc>{site.url}/map{n}.xml.gz</loc></sitemap>" for n in range(1, LAST + 1))
    site.routes["/l"] = lambda asked: ("application/xml", f"<sitemapindex>{maps}</sitemapindex>")
    for n in range(1, LAST + 1):
        urls = "".join(f"<url><loc>{site.url}{link}</loc></url>" for link in links(n))
        body = gzip.compress(f"<urlset>{urls}</urlset>".encode(), mtime=0)
        site.routes[f"/map{n}.xml.gz"] = lambda asked, body=body: ("application/x-gzip", body)  # type: ignore[misc]


def index_with_a_missing_map(site: ListingSite) -> None:
    packed_index(site)
    site.routes["/map2.xml.gz"] = lambda asked: ("text/html", "<h1>Sorry</h1><p>Nothing here.</p>")


def moving(site: ListingSite) -> None:
    """An article is published after the first page was read."""
    asked_pages: list[int] = []

    def show(asked: Asked) -> Answer:
        page = int(asked.get("p") or 1)
        order = [*range(ALL, 0, -1)] if not asked_pages else [ALL + 1, *range(ALL, 0, -1)]
        asked_pages.append(page)
        return listing([f"/a/{n}" for n in order[page * 5 - 5 : page * 5]])

    site.routes["/l"] = show


def pinned(site: ListingSite) -> None:
    site.routes["/l"] = lambda asked: listing(
        ["/a/90", "/a/91", *links(int(asked.get("p") or 1))] if int(asked.get("p") or 1) <= LAST else ["/a/90", "/a/91"]
    )


def documents(site: ListingSite) -> None:
    site.routes["/l"] = lambda asked: listing([f"/f/{n}.pdf" for n in range(1, 6)])
    for n in range(1, 6):
        site.routes[f"/f/{n}.pdf"] = lambda asked, n=n: ("application/pdf", f"%PDF-1.4 {n}")  # type: ignore[misc]


def relative(site: ListingSite) -> None:
    site.routes["/l"] = lambda asked: (
        "text/html",
        '<html><head><base href="/a/"></head><body><ul class="n"><li><a href="1">A</a></li><li><a href="./2">B</a></li></ul></body></html>',
    )


def gap(site: ListingSite) -> None:
    """The second page comes out empty, the third does not; nothing names pages."""
    site.routes["/l"] = lambda asked: listing([] if asked.get("p") == "2" else links(int(asked.get("p") or 1)))


def missing_second(site: ListingSite) -> None:
    site.routes["/l"] = lambda asked: 404 if asked.get("p") == "2" else listing(links(int(asked.get("p") or 1)))


WALL = "<html><head><title>Cookies</title></head><body><div id=consent><p>We use cookies. Accept to go on.</p><button>Accept</button></div></body></html>"
BUSY = "<html><head><meta charset=utf-8><title>Ошибка</title></head><body><h1>Сервер перегружен</h1><p>Повторите попытку позже.</p></body></html>"


def second(answer: Any_, *, framed: bool = False) -> Install:
    """A counted listing in a site's frame, whose second and later pages are something else."""
    menu = "<div class=menu><p>Ministry of Rivers</p><p>Contacts and addresses</p></div>"

    def show(asked: Asked) -> Any_:
        return listing(links(1), menu) if int(asked.get("p") or 1) == 1 else answer

    return at("/l", show)


def once_503(site: ListingSite) -> None:
    site.routes["/l"] = lambda asked: (
        Reply("busy", status=503)
        if asked.get("p") == "2"
        else listing(links(int(asked.get("p") or 1)), following("/l?p={}")(int(asked.get("p") or 1)))
    )


def select(years: str, days: str = "") -> Install:
    options = "".join(f"<option value={y}>{y}</option>" for y in years.split())
    items = "".join(f'<li><a href="/a/{n}">A headline</a> {n} March {y}</li>' for n, y in enumerate(days.split(), 1))
    return one(f'<html><body><form><select name=year>{options}</select></form><ul class="n">{items}</ul></body></html>')


def total(words: str, found: int = 5) -> Install:
    return one(listing([f"/a/{n}" for n in range(1, found + 1)], f"<div class=total>{words}</div>")[1])


WP = 'kind = "wordpress"\nurl = "{url}"\n'


def wordpress(asked: Asked) -> Any_:
    page = int(asked.get("page") or 1)
    if page > 2:
        return 400
    posts = [{"id": n, "link": f"/a/{n}", "modified_gmt": "2026-03-01T10:00:00"} for n in numbers(page)]
    return Reply(json.dumps(posts), "application/json", headers={"X-WP-Total": str(ALL), "X-WP-TotalPages": "2"})


def letters(asked: Asked) -> Answer:
    alphabet = "".join(f'<a href="/l?letter={c}">{c}</a> ' for c in "ABCDEFGHIJKLM")
    return listing(links(1), f"<div>{alphabet}</div>")


def archive_months(asked: Asked) -> Answer:
    months = "".join(
        f'<li><a href="/archive/{y}/{m:02}.html">{m}/{y}</a></li>' for y in (2025, 2026) for m in (1, 2, 3)
    )
    items = "".join(f'<li><a href="/a/{n}">Headline</a> {n} March 2026</li>' for n in range(1, 6))
    return "text/html", f'<html><body><ul class="n">{items}</ul><ul>{months}</ul></body></html>'


def liferay(page: int) -> str:
    long = "p_p_id=com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_abcd&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view&_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_abcd_delta=5&p_r_p_resetCur=false&cur="
    return "".join(
        f'<li class="page-item"><a class="page-link" href="/l?{long}{n}"><span class="sr-only">Page&nbsp;</span>{n}</a></li>'
        for n in range(1, LAST + 1)
        if n != page
    )


def typo3(asked: Asked) -> Any_:
    page = int(asked.get("tx_news[currentPage]") or 1)
    if page > 1 and asked.get("cHash") != f"{page}ab{page}":
        return 404
    pager = "".join(
        f'<a href="/l?tx_news%5BcurrentPage%5D={n}&amp;cHash={n}ab{n}">{n}</a>' for n in range(2, LAST + 1) if n != page
    )
    return listing(links(page), pager)


SITES = (
    # ------------------------------------------------ pages of HTML
    Site("drupal-mini-pager", LISTING + 'next = "li.pager__item--next a"\n', html(lambda p: f'<ul><li class="pager__item--next"><a rel="next" href="?page={p}">Next</a></li></ul>' if p < LAST else "", name="page", first=0)),
    Site("drupal-counted-from-0", LISTING + 'page = "page"\nfirst_page = 0\n', html(ways("/l?page={}", first=0), name="page", first=0)),
    Site("drupal-counted-from-1-by-mistake", LISTING + 'page = "page"\n', html(ways("/l?page={}", first=0), name="page", first=0), 10, "first_page", "partial"),
    Site("joomla-counted-from-0-by-mistake", LISTING + 'page = "p"\nfirst_page = 0\n', html(ways("/l?p={}"), beyond=lambda p: listing(links(1 if p < 1 else 9))), ALL, "first_page"),
    Site("drupal-pager-with-hidden-words", LISTING, html(ways("/l?page={}", lambda n: f'<span class="visually-hidden">Page </span>{n}', first=0), name="page", first=0), 5, "it goes on at", "partial"),
    Site("load-more-by-data-url", LISTING, html(lambda p: '<button class="more" data-url="/l?p=2" data-page="2">Load more</button>'), 5, "it goes on at", "partial"),
    Site("load-more-followed", LISTING + 'next = "button.more"\n', html(lambda p: f'<button class="more" data-url="/l?p={p + 1}">Load more</button>' if p < LAST else "")),
    Site("htmx-sentinel", LISTING, html(lambda p: f'<div hx-get="/l?p={p + 1}" hx-trigger="revealed"></div>'), 5, "it goes on at", "partial"),
    Site("htmx-followed", LISTING + 'next = "[hx-get]"\n', html(lambda p: f'<div hx-get="/l?p={p + 1}" hx-trigger="revealed"></div>' if p < LAST else "")),
    Site("wordpress-ajax-load-more", LISTING, html(lambda p: '<button id="loadmore" data-page="1" data-max-pages="12">Load more</button>'), 5, "it goes on at", "partial"),
    Site("link-rel-next-in-head", LISTING, html(lambda p: f'<link rel="next" href="/l?p={p + 1}">' if p < LAST else ""), 5, "it goes on at", "partial"),
    Site("only-the-first-page-is-wanted", LISTING + "max_pages = 1\n", html(ways("/l?p={}")), 5, None),
    Site("joomla-start", LISTING + 'next = "a[title=Next]"\n', html(following("/l?start={}", 'title="Next"', first=0, step=5), name="start", first=0, step=5)),
    Site("joomla-start-unfollowed", LISTING, html(ways("/l?start={}", first=0, step=5), name="start", first=0, step=5), 5, "it goes on at", "partial"),
    Site("liferay-cur", LISTING + 'page = "cur"\n', html(liferay, name="cur", beyond=lambda p: listing(links(LAST), liferay(LAST)))),
    Site("liferay-cur-unfollowed", LISTING, html(liferay, name="cur"), 5, "it goes on at", "partial"),
    Site("plone-batch", NEXT, html(following("/l?b_start:int={}", first=0, step=5), name="b_start:int", first=0, step=5)),
    Site("typo3-chash", LISTING + 'page = "tx_news[currentPage]"\n', at("/l", typo3), 5, "page 2 answers 404", "partial"),
    Site("bitrix-last-page-repeats", LISTING + 'page = "PAGEN_1"\n', html(ways("/l?PAGEN_1={}"), name="PAGEN_1", beyond=lambda p: listing(links(LAST), ways("/l?PAGEN_1={}")(LAST)))),
    Site("beyond-the-end-is-the-first", PAGED, html(ways("/l?p={}"), beyond=lambda p: listing(links(1)))),
    Site("beyond-the-end-redirects-home", PAGED, html(ways("/l?p={}"), beyond=lambda p: Reply(status=302, headers={"Location": "/l"}))),
    Site("aspnet-postback", LISTING, html(lambda p: "<a href=\"javascript:__doPostBack('ctl00$grid','Page$2')\">2</a> <a href=\"javascript:__doPostBack('ctl00$grid','Page$3')\">3</a>"), 5, "it goes on at", "partial"),
    Site("jsf-paginator", LISTING, html(lambda p: '<form method=post><span class="ui-paginator-current">(1 of 12)</span><a href="#" class="ui-paginator-next ui-state-default"><span>N</span></a></form>'), 5, "it goes on at", "partial"),
    Site("pager-in-another-order", 'kind = "listing"\nurl = "{url}/l?cat=5&lang=en"\nlinks = "ul.n a"\n', html(ways("/l?p={}&amp;lang=en&amp;cat=5")), 5, "it goes on at", "partial"),
    Site("pager-in-arabic-figures", LISTING, html(ways("/l?p={}", lambda n: "٠١٢٣"[n])), 5, "it goes on at", "partial"),
    Site("pager-in-devanagari-counted", PAGED, html(ways("/l?p={}", lambda n: "०१२३"[n]), beyond=lambda p: listing([]))),
    Site("pager-with-gaps", PAGED, html(lambda p: '<a href="/l?p=1">1</a> … <a href="/l?p=3">3</a>')),
    Site("next-by-words", LISTING, html(following("/l?before={}", "", words="Older posts »"), name="before"), 5, "it goes on at", "partial"),
    Site("next-by-cyrillic-words", LISTING, html(following("/l?before={}", "", words="Следующая"), name="before"), 5, "it goes on at", "partial"),
    Site("trailing-slash", NEXT, slashes, 2 * ALL),
    Site("spellings-of-one-path", LISTING, cyrillic, 3),
    Site("moves-while-it-is-read", PAGED, moving),
    Site("pinned-items", PAGED, pinned, ALL + 2),
    Site("files-only", LISTING, documents, 5),
    Site("relative-base", LISTING, relative, 2),
    Site("a-gap-in-the-middle", PAGED, gap, 10, "page 2", "partial"),
    Site("second-is-404-and-third-is-there", PAGED, missing_second, 10, "page 2", "partial"),
    Site("cookie-wall-from-the-second", PAGED, second(("text/html", WALL)), 5, "page 2", "partial"),
    Site("error-text-with-200-from-the-second", PAGED, second(("text/html; charset=utf-8", BUSY)), 5, "page 2", "partial"),
    Site("one-page-only", PAGED, second(listing([], "<div class=menu><p>Ministry of Rivers</p><p>Contacts and addresses</p></div>")), 5),
    Site("busy-in-the-middle", NEXT, once_503, 5, "status 503", "partial"),
    Site("select-of-years", LISTING, select("2026 2025 2024", "2026 2026 2026"), 3, "2025", "partial"),
    Site("select-filters-what-is-all-there", LISTING, select("2026 2025", "2026 2026 2025"), 3),
    Site("archive-of-months", LISTING, at("/l", archive_months), 5, "2025", "partial"),
    Site("a-to-z", LISTING, at("/l", letters), 5, "letter", "partial"),
    Site("total-told-1-10-of-243", LISTING, total("Showing 1–5 of 243 results"), 5, "243", "partial"),
    Site("total-told-in-russian", LISTING, total("Всего: 243"), 5, "243", "partial"),
    Site("total-told-is-right", LISTING, total("Items 1 - 5 of 5"), 5),
    Site("total-of-other-things", LISTING, total("12 March 2026, 243 views, 3 of 5 stars"), 5),
    # ------------------------------------------------ APIs
    Site("sharepoint-odata-verbose", 'kind = "json"\nurl = "{url}/l"\nitems = "d.results"\narticle = "{url}/a/{id}"\nnext = "d.__next"\n', api(lambda p, of: {"d": {"results": ids(of)} | ({"__next": f"/l?page={p + 1}"} if p < LAST else {})})),
    Site("odata-nextlink", 'kind = "json"\nurl = "{url}/l"\nitems = "value"\narticle = "{url}/a/{id}"\nnext = "odata.nextLink"\n', api(lambda p, of: {"value": ids(of)} | ({"odata.nextLink": f"/l?page={p + 1}"} if p < LAST else {}))),
    Site("odata-v4-unfollowed", 'kind = "json"\nurl = "{url}/l"\nitems = "value"\narticle = "{url}/a/{id}"\n', api(lambda p, of: {"@odata.nextLink": "/l?page=2", "value": ids(of)}), 5, "@odata.nextLink", "partial"),
    Site("page-token", JSON + 'cursor = "page"\nnext = "nextPageToken"\n', api(lambda p, of: {"data": ids(of)} | ({"nextPageToken": str(p + 1)} if p < LAST else {}))),
    Site("page-token-unfollowed", JSON, api(lambda p, of: {"data": ids(of), "nextPageToken": "xyz"}), 5, "nextPageToken", "partial"),
    Site("has-more-unfollowed", JSON, api(lambda p, of: {"data": ids(of), "meta": {"has_more": True}}), 5, "has_more", "partial"),
    Site("offset-limit-total", JSON + 'offset = "offset"\n', offsets(lambda s, of: {"data": ids(of), "total": ALL, "limit": 5, "offset": s})),
    Site("total-unfollowed", JSON, offsets(lambda s, of: {"data": ids(of), "total": ALL}), 5, "15", "partial"),
    Site("total-is-right", JSON, api(lambda p, of: {"data": ids(of), "total": 5, "total_pages": 1, "count": 5}), 5),
    Site("laravel-last-page-unfollowed", JSON, api(lambda p, of: {"data": ids(of), "meta": {"current_page": 1, "last_page": 3, "total": 15}}), 5, "last_page", "partial"),
    Site("link-header-unfollowed", JSON, api(lambda p, of: {"data": ids(of)}, headers=lambda p: {"Link": f'</l?page={p + 1}>; rel="next", </l?page=3>; rel="last"'}), 5, "Link", "partial"),
    Site("hal", 'kind = "json"\nurl = "{url}/l"\nitems = "_embedded.news"\narticle = "{url}/a/{id}"\nnext = "_links.next"\n', api(lambda p, of: {"_embedded": {"news": ids(of)}, "_links": {"self": {"href": "/l"}} | ({"next": {"href": f"/l?page={p + 1}"}} if p < LAST else {})})),
    Site("json-api", JSON + 'next = "links.next"\n', api(lambda p, of: {"data": ids(of), "links": {"next": f"/l?page={p + 1}" if p < LAST else None}})),
    Site("graphql", 'kind = "json"\nurl = "{url}/l"\nitems = "data.posts.nodes"\narticle = "{url}/a/{id}"\nbody = { query = "{posts}", variables = { first = 5 } }\ncursor = "variables.after"\nnext = "data.posts.pageInfo.endCursor"\n', at("/l", graphql)),
    Site("graphql-unfollowed", 'kind = "json"\nurl = "{url}/l"\nitems = "data.posts.nodes"\narticle = "{url}/a/{id}"\nbody = { query = "{posts}" }\n', at("/l", graphql), 5, "hasNextPage", "partial"),
    Site("graphql-error-on-the-second", JSON + 'page = "page"\n', api(lambda p, of: {"data": ids(of)} if p == 1 else {"data": [], "errors": [{"message": "timeout"}]}), 5, "errors", "partial"),
    Site("api-fails-politely", JSON + 'page = "page"\n', api(lambda p, of: {"data": ids(of), "success": True} if p == 1 else {"data": [], "success": False, "message": "Xatolik"}), 5, "success", "partial"),
    Site("solr", 'kind = "json"\nurl = "{url}/l?q=*:*&rows=5"\nitems = "response.docs"\narticle = "{url}/a/{id}"\noffset = "start"\n', offsets(lambda s, of: {"response": {"numFound": ALL, "start": s, "docs": ids(of)}}, "start")),
    Site("elasticsearch-window", 'kind = "json"\nurl = "{url}/l"\nitems = "hits.hits"\nid = "_source.id"\narticle = "{url}/a/{id}"\nbody = { size = 5 }\noffset = "from"\n', at("/l", elastic), 10, "15", "partial"),
    Site("wordpress-total-lies", WP, at("/wp-json/wp/v2/posts", wordpress), 10, "15", "partial"),
    Site("api-page-size-is-less-than-asked", JSON + 'offset = "offset"\n', offsets(lambda s, of: {"data": ids(of[:3]), "total": ALL})),
    # ------------------------------------------------ feeds and sitemaps
    Site("feed-of-ten", FEED, one(rss(range(1, 11)), "application/rss+xml"), 10, "newest"),
    Site("feed-of-ten-beside-the-site-s-map", FEED + '[[entries]]\nkind = "sitemap"\nurl = "{url}/map"\n', feed_and_map, 14),
    Site("feed-of-seven", FEED, one(rss(range(1, 8)), "application/rss+xml"), 7),
    Site("feed-paged-by-wordpress", FEED + 'page = "paged"\n', at("/l", lambda asked: ("application/rss+xml", rss(of)) if (of := numbers(int(asked.get("paged") or 1))) else 404), ALL),
    Site("feed-guid-is-no-address", FEED, one(rss(range(1, 4), item='<guid isPermaLink="false">{n} at site</guid>'), "application/rss+xml"), 0, "without an address", "failed"),
    Site("sitemap-index-packed", SITEMAP, packed_index),
    Site("sitemap-index-with-a-page-for-a-map", SITEMAP, index_with_a_missing_map, 10, "entries.0", "partial"),
    Site("sitemap-of-the-future", SITEMAP, one("<urlset>" + "".join(f"<url><loc>{{url}}/a/{n}</loc><lastmod>{d}</lastmod></url>" for n, d in enumerate(("2099-01-01", "2026-03-01", "2025-01-01"), 1)) + "</urlset>", "application/xml"), 2, "tell no day", since=date(2026, 1, 1)),
)  # fmt: skip
