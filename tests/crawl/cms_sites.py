"""More small ministry sites in the shapes of real systems, many of them whole ones that must raise no alarm."""

# ruff: noqa: E501 - one kind, one line

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from cms_listings import (
    ALL,
    FEED,
    JSON,
    LAST,
    LISTING,
    NEXT,
    PAGED,
    SITEMAP,
    WP,
    Any_,
    Install,
    Site,
    api,
    at,
    following,
    html,
    ids,
    links,
    numbers,
    one,
    ways,
)
from listing_site import Asked, ListingSite, Reply, as_json, listing

FRAME = (
    "<html><head><title>News - Ministry of Rivers</title></head><body><header><a href='/'>Ministry of Rivers</a><nav><a href='/about'>About us</a>"
    "<a href='/budget-2025'>Budget 2025</a><a href='/budget-2024'>Budget 2024</a><a href='/l?lang=ru'>Русский</a></nav></header>"
    "<div class='swiper'><a class='swiper-button-next' href='#'>Next</a></div><main><h1>News</h1>{}</main>"
    "<aside><h2>Archive</h2><ul><li><a href='/y/2026'>2026</a></li><li><a href='/y/2025'>2025</a></li></ul></aside>"
    "<footer><p>Today: 12</p><p>Total: 3456</p><button>More about cookies</button><a href='/sitemap'>Site map</a></footer></body></html>"
)


def framed(of: list[int], more: str = "", years: str = "2026 2025 2026 2025 2026") -> tuple[str, str]:
    items = "".join(
        f"<li><a href='/a/{n}'>Headline of the report number {n}</a> <span>12 March {y}</span> <a href='/a/{n}#more'>Read more</a> <i>{n} views</i></li>"
        for n, y in zip(of, years.split(), strict=False)
    )
    return "text/html; charset=utf-8", FRAME.format(
        f"<ul class='n'>{items}</ul>{more}" if of else "<p>There are no news.</p>"
    )


def framed_pages(
    beyond: Any_ | None = None, *, last: int = LAST, short: bool = False, more: str = "", first: int = 1
) -> Install:
    """Pages in a frame, the last of which may be short; `beyond` answers behind it."""

    def show(asked: Asked) -> Any_:
        page = int(asked.get("p") or first) - first + 1
        of = numbers(page, last=last)
        if not of and beyond is not None:
            return beyond
        return framed(of[: 3 if short and page == last else 5], more)

    return at("/l", show)


NOT_FOUND = (
    "text/html",
    "<html><head><title>Oops</title></head><body><p>Nothing was found</p><p>Go back</p><p>Try another search</p></body></html>",
)
LOGIN = (
    "text/html",
    "<html><head><title>Sign in</title></head><body><form><p>User name</p><p>Password</p><input name=u></form></body></html>",
)


def login(site: ListingSite) -> None:
    site.routes["/login"] = lambda asked: LOGIN
    site.routes["/l"] = lambda asked: (
        framed(numbers(1)) if (asked.get("p") or "1") == "1" else Reply(status=302, headers={"Location": "/login"})
    )


def month(asked: Asked) -> Any_:
    return (
        "text/html; charset=utf-8",
        '<html><body><a class=prev href="/l?m=2026-02">‹ February</a> March 2026<ul class="n">'
        + "".join(f'<li><a href="/a/{n}">Headline</a> {n} March 2026</li>' for n in range(1, 6))
        + "</ul></body></html>",
    )


def dated(pattern: str, day: str, extra: str = "") -> Install:
    items = "".join(f'<li><a href="/a/{n}">Headline</a> {day.format(n)}</li>' for n in range(1, 6))
    return one(f'<html><head><meta charset="utf-8"></head><body><ul class="n">{items}</ul>{pattern}</body></html>')


def relay(asked: Asked) -> Any_:
    start = int((asked.body or {}).get("variables", {}).get("cursor") or 0)
    edges = [{"node": {"id": n}, "cursor": str(n)} for n in range(start + 1, min(start + 5, ALL) + 1)]
    return as_json(
        {
            "data": {
                "posts": {
                    "edges": edges,
                    "pageInfo": {
                        "hasNextPage": start + 5 < ALL,
                        "endCursor": str(start + 5) if start + 5 < ALL else None,
                    },
                    "totalCount": ALL,
                }
            }
        }
    )


def drf(asked: Asked) -> Any_:
    page = int(asked.get("page") or 1)
    return as_json(
        {
            "count": ALL,
            "next": f"/l?page={page + 1}" if page < LAST else None,
            "previous": None,
            "results": ids(numbers(page)),
        }
    )


def capped(asked: Asked) -> Any_:
    page = min(int(asked.get("page") or 1), 2)
    return as_json({"data": ids(numbers(page)), "total": ALL})


def wordpress(asked: Asked) -> Any_:
    page = int(asked.get("page") or 1)
    posts = [{"id": n, "link": f"/a/{n}", "modified_gmt": "2026-03-01T10:00:00"} for n in numbers(page)]
    return (
        Reply(json.dumps(posts), "application/json", headers={"X-WP-Total": str(ALL), "X-WP-TotalPages": str(LAST)})
        if posts
        else 400
    )


def card(n: int, day: str = "12 March 2026") -> str:
    likes = f'<button onclick="like({n})">2</button> <a href="/a/{n}#comments">3</a> <div class="rating" data-total="5000"></div>'
    return f'<li><a href="/a/{n}">Headline of the report number {n}</a> <time>{day}</time> {likes}</li>'


THEME = (
    '<html><head><title>News</title></head><body><div class="page"><form><select name=cat><option>Press</option><option>Law</option></select>'
    '<button>Apply</button><input type=submit value="Search"></form><main><ul class="n">{}</ul>{}</main><aside class="widget"><h3>Archives</h3>'
    '<a href="/2026/03/">March 2026 (10)</a> <a href="/2025/02/">February 2025 (5)</a></aside><div class="counter"><span>Total</span><span>12345</span></div></div></body></html>'
)


def theme(
    more: str = "", *, last: int = 1, name: str = "p", days: tuple[str, ...] = ("12 March 2026", "1 February 2025")
) -> Install:
    """Pages in a theme with all that stands beside news: filters, archives, counters, likes."""

    def show(asked: Asked) -> Any_:
        page = int(asked.get(name) or 1)
        cards = "".join(card(n, days[n % len(days)]) for n in numbers(page, last=last))
        return "text/html; charset=utf-8", THEME.format(
            cards, more.replace("{from}", str(page * 5 - 4)).replace("{to}", str(page * 5))
        )

    return at("/l", show)


def subdomain(site: ListingSite) -> None:
    port = site.host.rpartition(":")[2]
    site.routes["/l"] = lambda asked: listing(
        links(1), f'<a class="next" href="http://localhost:{port}/l?p=2">Next</a>'
    )


def fragment_in_json(site: ListingSite) -> None:
    site.routes["/l"] = lambda asked: listing(links(1), '<a class="next" href="/more">More</a>')
    site.routes["/more"] = lambda asked: as_json({"html": listing(links(2))[1], "next": "/more?p=3"})


def broken_index(site: ListingSite) -> None:
    maps = "".join(f"<sitemap><loc>{site.url}/map{n}.xml</loc></sitemap>" for n in (1, 2))
    site.routes["/l"] = lambda asked: ("application/xml", f"<sitemapindex>{maps}</sitemapindex>")
    site.routes["/map1.xml"] = lambda asked: (
        "application/xml",
        "<urlset>" + "".join(f"<url><loc>{site.url}{link}</loc></url>" for link in links(1)) + "</urlset>",
    )


def atom(asked: Asked) -> Any_:
    page = int(asked.get("p") or 1)
    entries = "".join(f'<entry><title>x</title><link href="/a/{n}"/></entry>' for n in numbers(page))
    return (
        "application/atom+xml",
        f'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/l?p={min(page + 1, LAST)}"/>{entries}</feed>',
    )


FIRST_OF = "li > a:first-child"
CARDS = LISTING.replace("ul.n a", FIRST_OF)
RESULTS = 'kind = "json"\nurl = "{url}/l"\nitems = "results"\narticle = "{url}/a/{id}"\n'
SITES = (
    # ------------------------------------------------ whole sites
    Site("pages-in-addresses", LISTING.replace("{url}/l", "{url}/l/") + 'page = "index_{page}.html"\nfirst_page = 0\n', lambda site: site.routes.update({"/l/": lambda asked: listing(links(1)), "/l/index_1.html": lambda asked: listing(links(2)), "/l/index_2.html": lambda asked: listing(links(3))})),
    Site("whole-page-in-a-busy-frame", LISTING.replace("ul.n a", "ul.n a:first-child"), framed_pages(last=1), 5),
    Site("counted-in-a-frame", PAGED.replace("ul.n a", "ul.n a:first-child"), framed_pages()),
    Site("short-last-page-then-another-layout", PAGED.replace("ul.n a", "ul.n a:first-child"), framed_pages(NOT_FOUND, short=True), ALL - 2),
    Site("wordpress-nav-links", LISTING + 'next = "a.next.page-numbers"\n', html(lambda p: f'<nav class="navigation pagination"><div class="nav-links"><span class="page-numbers current">{p}</span><a class="page-numbers" href="/l/page/3/">3</a>' + (f'<a class="next page-numbers" href="/l?p={p + 1}">Next</a>' if p < LAST else "") + "</div></nav>")),
    Site("wordpress-rest-whole", WP, at("/wp-json/wp/v2/posts", wordpress)),
    Site("next-disabled-at-the-end", LISTING + 'next = "li.next a"\n', html(lambda p: f'<li class="next"><a href="/l?p={p + 1}">N</a></li>' if p < LAST else '<li class="next disabled"><a href="#">N</a></li>')),
    Site("next-of-the-last-page-is-itself", NEXT, html(lambda p: f'<a class="next" href="/l?p={min(p + 1, LAST)}">N</a>')),
    Site("next-of-the-last-page-is-the-first", NEXT, html(lambda p: f'<a class="next" href="/l?p={p % LAST + 1}">N</a>' + ways("/l?p={}")(p))),
    Site("load-more-is-hidden", LISTING, html(lambda p: '<button class="load-more" style="display: none">Load more</button>'), 5),
    Site("drf", RESULTS + 'next = "next"\n', at("/l", drf)),
    Site("drf-counted-then-404", RESULTS + 'page = "page"\n', at("/l", lambda asked: drf(asked) if numbers(int(asked.get("page") or 1)) else Reply('{"detail": "Invalid page."}', "application/json", 404))),
    Site("relay-edges", 'kind = "json"\nurl = "{url}/l"\nitems = "data.posts.edges"\nid = "node.id"\narticle = "{url}/a/{id}"\nbody = { query = "{posts}" }\ncursor = "variables.cursor"\nnext = "data.posts.pageInfo.endCursor"\n', at("/l", relay)),
    Site("api-without-data-at-the-end-is-an-error", JSON + 'page = "page"\n', api(lambda p, of: {"success": True, "data": ids(of[: 3 if p == LAST else 5])} if of else {"success": False, "message": "No news found", "data": []}), ALL - 2),
    Site("api-with-total-ends-with-an-error", JSON + 'page = "page"\n', api(lambda p, of: {"status": "success", "total": ALL, "data": ids(of)} if of else {"status": "error", "message": "No data", "data": []})),
    Site("laravel-whole", JSON, api(lambda p, of: {"current_page": 1, "data": ids(of), "last_page": 1, "next_page_url": None, "per_page": 5, "total": 5, "links": [{"url": None, "label": "Next"}]}), 5),
    # ------------------------------------------------ more than was read
    Site("create-page-html", LISTING, html(lambda p: '<script>createPageHTML(20, 0, "index", "html");</script>'), 5, "20", "partial"),
    Site("pages-in-a-payload", LISTING, html(lambda p: '<script id="__NEXT_DATA__" type="application/json">{"props":{"news":{"totalPages":12,"page":1}}}</script>'), 5, "12", "partial"),
    Site("egov-frame", LISTING, html(lambda p: '<div class="paging"><strong>1</strong><a href="#" onclick="fn_egov_link_page(2);return false;">2</a></div>'), 5, "it goes on at", "partial"),
    Site("months-in-japanese", LISTING, dated("<ul><li><a href='/press/202512.html'>2025年12月</a></li><li><a href='/press/202601.html'>2026年1月</a></li></ul>", "2026年3月{}日"), 5, "2025", "partial"),
    Site("years-in-arabic-figures", LISTING, dated("<a href='/y/1'>٢٠٢٦</a> <a href='/y/2'>٢٠٢٥</a>", "{} March 2026"), 5, "2025", "partial"),
    Site("month-before-by-link", LISTING, at("/l", month), 5, "any year-02", "partial"),
    Site("login-from-the-second", PAGED.replace("ul.n a", "ul.n a:first-child"), login, 5, "page 2", "partial"),
    Site("total-in-windows-1251", LISTING, lambda site: site.routes.update({"/l": lambda asked: ("text/html; charset=windows-1251", listing(links(1), "<p>Найдено: 243</p>")[1].replace("utf-8", "windows-1251").encode("cp1251"))}), 5, "243", "partial"),  # type: ignore[union-attr]
    Site("page-1-of-12-in-russian", LISTING, html(lambda p: '<div class="pagination">Страница 1 из 12</div>'), 5, "it goes on at", "partial"),
    Site("total-in-an-attribute", LISTING, html(lambda p: '<div id="feed" data-endpoint="/api/news" data-total="243"></div>'), 5, "243", "partial"),
    Site("bitrix-show-more", LISTING, html(lambda p: '<div class="btn btn-default" data-use="show-more-1">Показать ещё</div>'), 5, "it goes on at", "partial"),
    Site("pages-in-a-header", JSON, api(lambda p, of: {"data": ids(of)}, headers=lambda p: {"X-Total-Pages": "3"}), 5, "x-total-pages", "partial"),
    Site("api-caps-its-pages", JSON + 'page = "page"\n', at("/l", capped), 10, "15", "partial"),
    Site("second-page-by-header-link", LISTING, at("/l", lambda asked: Reply(listing(links(1))[1], headers={"Link": '</l?p=2>; rel="next"'})), 5, "Link", "partial"),
    Site("feed-whose-pages-are-all-alike", FEED + 'page = "page"\n', one("<rss><channel>" + "".join(f"<item><link>{{url}}/a/{n}</link></item>" for n in range(1, 8)) + "</channel></rss>", "application/rss+xml"), 7, "each page shows the items of the first", "partial"),
    Site("second-is-404-and-nothing-names-it", PAGED, at("/l", lambda asked: listing(links(1)) if (asked.get("p") or "1") == "1" else 404), 5, "there is one page, or pages are not counted by 'p'"),
    Site("next-is-a-load-more-fragment", LISTING + 'next = "[data-url]"\n', html(lambda p: f'<div data-url="/l?p={p + 1}">…</div>' if p < LAST else "")),
    # ------------------------------------------------ the third lot
    Site("theme-whole", CARDS, theme(), 5),
    Site("theme-counted-with-range", CARDS + 'page = "p"\n', theme("<p>Showing {from} - {to} of 15 items</p>", last=3)),
    Site("theme-range-and-not-all", CARDS + 'page = "p"\n', theme("<p>Showing {from} - {to} of 20 items</p>", last=3), ALL, "20", "partial"),
    Site("theme-page-1-of-1", CARDS, theme('<div class="pager">Page 1 of 1</div>'), 5),
    Site("theme-archive-of-another-year", CARDS, theme(days=("12 March 2026",)), 5, "2025", "partial"),
    Site("years-in-tabs-and-no-days", LISTING, html(lambda p: '<ul class="years"><li class="active">2026</li><li><a href="/l?year=2025">2025</a></li><li><a href="/l?year=2024">2024</a></li></ul>'), 5, "2024", "partial"),
    Site("two-pages-are-wanted", PAGED + "max_pages = 2\n", html(ways("/l?p={}")), 10),
    Site("count-of-this-page", JSON + 'page = "page"\n', api(lambda p, of: {"count": len(of), "pages": [{"title": "About", "url": "/about"}], "data": ids(of)})),
    Site("next-on-another-host", NEXT, subdomain, 5, "a listing on a host that is not the source's", "partial"),
    Site("fragments-in-json", NEXT, fragment_in_json, 5, "entries.0.next", "partial"),
    Site("sitemap-index-with-a-404", SITEMAP, broken_index, 5, "answers 404", "partial"),
    Site("atom-whose-last-page-leads-to-itself", FEED, at("/l", atom)),
    Site("front-page-with-all-news", 'kind = "listing"\nurl = "{url}/"\nlinks = "ul.n a"\n', at("/", lambda asked: listing(links(1), '<a href="/news">Все новости</a>')), 5, "it goes on at", "partial"),
    Site("feed-with-other-header-links", FEED, lambda site: site.routes.update({"/l": lambda asked: Reply("<rss><channel>" + "".join(f"<item><link>{site.url}/a/{n}</link></item>" for n in range(1, 8)) + "</channel></rss>", "application/rss+xml", headers={"Link": '</wp-json/>; rel="https://api.w.org/"'})}), 7),
    Site("server-error-beyond-the-end", PAGED, at("/l", lambda asked: Reply("oops", status=500) if int(asked.get("p") or 1) > LAST + 1 else listing(links(int(asked.get("p") or 1)))), ALL, "no look behind the end"),
    Site("next-by-following", NEXT, html(following("/l?p={}"))),
)  # fmt: skip
