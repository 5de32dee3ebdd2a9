"""Small ministry sites of whose items the seed's selector finds a part, and whole ones with other links beside them."""

# ruff: noqa: E501 - one kind, one line

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from cms_listings import ALL, LAST, LISTING, Any_, Install, Site, at, numbers
from listing_site import Asked

TITLES = LISTING.replace("ul.n a", "ul.n a.t") + 'next = "a.next"\n'
ONE = LISTING.replace("ul.n a", "ul.n a.t")
MISSED = "does not find"
SCRIPTS = "opened by scripts only"


def row(n: int, href: str = "/a/{}", mark: str = 'class="t"') -> str:
    return (
        f'<li><a {mark} href="{href.format(n)}">Headline of the report number {n}</a> <span>12 March 2026</span></li>'
    )


def rows(page: int, drop: int = 0) -> str:
    return "".join(row(n) for n in numbers(page)[drop:])


def shown(make: Callable[[int], str]) -> Install:
    def show(asked: Asked) -> Any_:
        page = int(asked.get("p") or 1)
        following = f'<a class="next" href="/l?p={page + 1}">Next</a>' if page < LAST else ""
        head = '<html><head><meta charset="utf-8"><title>News</title></head>'
        return "text/html; charset=utf-8", f"{head}<body><main>{make(page)}{following}</main></body></html>"

    return at("/l", show)


def first(page: int) -> int:
    return numbers(page)[0]


def lead(page: int) -> str:
    story = f'<div class="hero"><h2><a href="/a/{first(1)}">The report that came first</a></h2><p>Its lead</p></div>'
    return f'{story if page == 1 else ""}<ul class="n">{rows(page, page == 1)}</ul>'


def tender(*numbers: int, path: str = "a") -> str:
    return "".join(f'<p><a href="/{path}/{n}">Tender for pump number {n}</a></p>' for n in numbers)


SITES = (
    # ------------------------------------------------ the selector finds a part
    Site("lead-story-above-the-list", TITLES, shown(lead), ALL - 1, MISSED, "partial"),
    Site("first-row-in-another-class", TITLES, shown(lambda p: f'<ul class="n"><li class="featured"><h2><a class="lead" href="/a/{first(p)}">Headline number {first(p)}</a></h2></li>{rows(p, 1)}</ul>'), ALL - LAST, MISSED, "partial"),
    Site("every-second-row", LISTING.replace("ul.n a", ".odd a") + 'next = "a.next"\n', shown(lambda p: "".join(f'<div class="{("even", "odd")[n % 2]}"><a href="/a/{n}">Headline of report {n}</a></div>' for n in numbers(p))), 8, MISSED, "partial"),
    Site("two-lists", TITLES, shown(lambda p: f'<ul class="n">{rows(p, 2)}</ul><ul class="m">{"".join(row(n) for n in numbers(p)[:2])}</ul>'), ALL - 2 * LAST, MISSED, "partial"),
    Site("a-cell-over-two-columns", LISTING.replace("ul.n a", "td.t a") + 'next = "a.next"\n', shown(lambda p: "<table>" + "".join(f'<tr><td>{n}</td><td class="t"><a href="/a/{n}">Headline of report {n}</a></td></tr>' for n in numbers(p)[1:]) + f'<tr><td colspan=2><a href="/a/{first(p)}">Headline of report {first(p)}</a></td></tr></table>'), ALL - LAST, MISSED, "partial"),
    Site("a-list-in-a-hidden-tab", ONE, shown(lambda p: f'<div role="tabpanel"><ul class="n">{rows(1)}</ul></div><div role="tabpanel" hidden><ul>{rows(2)}</ul></div>'), 5, MISSED, "partial"),
    Site("a-list-in-noscript", ONE, shown(lambda p: f'<ul class="n">{rows(1)}</ul><noscript><ul>{rows(2)}</ul></noscript>'), 5, MISSED, "partial"),
    Site("a-row-that-a-script-opens", TITLES, shown(lambda p: f'<ul class="n">{rows(p, 1)}<li><a class="t" href="#" onclick="go({first(p)})">Headline of the report</a></li></ul>'), ALL - LAST, SCRIPTS, "partial"),
    Site("a-row-whose-address-is-data", TITLES, shown(lambda p: f'<ul class="n">{rows(p, 1)}<li data-url="/a/{first(p)}">Headline of the report</li></ul>'), ALL - LAST, SCRIPTS, "partial"),
    Site("some-items-on-another-host", TITLES, shown(lambda p: f'<ul class="n">{rows(p, 2)}{"".join(row(n, "https://news.other.example/a/{}") for n in numbers(p)[:2])}</ul>'), ALL - 2 * LAST, "another host of the same site", "partial"),
    # ------------------------------------------------ whole, with other links beside the items
    Site("most-read-beside-the-list", TITLES, shown(lambda p: f'<ul class="n">{rows(p)}</ul><aside><h3>Most read</h3>{"".join(row(n) for n in (3, 7, 14))}</aside>')),
    Site("tenders-at-other-addresses", TITLES, shown(lambda p: f'<ul class="n">{rows(p)}</ul><div>{tender(103, 107, path="e")}</div>')),
    Site("tenders-under-their-own-heading", TITLES, shown(lambda p: f'<ul class="n">{rows(p)}</ul><section><h2>Tenders</h2>{tender(103, 107)}</section>'), ALL, MISSED),
    Site("print-and-tags-in-each-row", TITLES, shown(lambda p: '<ul class="n">' + "".join(f'<li><a class="t" href="/a/{n}">Headline of report {n}</a> <a href="/a/{n}#c">3 comments</a> <a href="/a/{n}/print">Print this page</a> <a href="/tag/{n}">Water and rivers</a></li>' for n in numbers(p)) + "</ul>")),
    Site("each-row-in-two-languages", TITLES, shown(lambda p: '<ul class="n">' + "".join(f'<li><a class="t" href="/a/{n}">Headline of report {n}</a> <a href="/ru/a/{n}">Новость на русском</a></li>' for n in numbers(p)) + "</ul>")),
    Site("share-buttons-that-scripts-open", LISTING + 'next = "a.next"\n', shown(lambda p: '<ul class="n">' + "".join(f'<li><a href="/a/{n}">Headline of report {n}</a> <a href="#" onclick="share({n})">Share this report</a></li>' for n in numbers(p)) + "</ul>")),
)  # fmt: skip
