"""Whole crawls over listings that seem to end, or to begin, where they do not: a page that is missing in the middle, a
way onward that leads back, a feed that has moved on between two runs. All that is there is read, or the run says so."""

# ruff: noqa: E501 - one kind, one line

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.archive.index.cdxj import cdxj
from crawler.archive.warc.reader import iter_captures
from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from listing_site import Answer, Asked, ListingSite, as_json, listing

Install = Callable[[ListingSite], None]
LISTING = 'kind = "listing"\nurl = "{url}/l"\nlinks = "ul.n a"\n'
COUNTED = LISTING + 'page = "p"\n'
NEXT = LISTING + 'next = "a.next"\n'
JSON = 'kind = "json"\nurl = "{url}/l"\nitems = "data"\narticle = "{url}/a/{id}"\n'
TOTAL = JSON + 'page = "p"\ntotal_pages = "pages"\n'
MAINTENANCE: Answer = ("text/html", "<h1>We are working on this site</h1>")
LAST = 4


def _numbers(page: int) -> range:
    return range(page * 5 - 4, page * 5 + 1) if page <= LAST else range(0)


def _links(page: int) -> list[str]:
    return [f"/a/{n}" for n in _numbers(page)]


def _pager(page: int) -> str:
    return "".join(f'<a class="n" href="/l?p={n}">{n}</a> ' for n in range(1, LAST + 1) if n != page)


def _page(asked: Asked) -> int:
    return int(asked.get("p") or asked.get("page") or 1)


def _next(page: int) -> str:
    return f'<a class="next" href="/l?p={page}">On</a>'


def _html(more: Callable[[int], str], second: Answer | int | None = None) -> Install:
    """Four pages of five articles with `more` below them; the second answers otherwise."""

    def install(site: ListingSite) -> None:
        def show(asked: Asked) -> Answer | int:
            page = _page(asked)
            return second if page == 2 and second is not None else listing(_links(page), more(page))

        site.routes["/l"] = show

    return install


def _api(second: Answer | int | None) -> Install:
    def install(site: ListingSite) -> None:
        def show(asked: Asked) -> Answer | int:
            page = _page(asked)
            if page == 2 and second is not None:
                return second
            return as_json({"data": [{"id": n} for n in _numbers(page)], "pages": LAST})

        site.routes["/l"] = show

    return install


def _one(body: Answer) -> Install:
    def install(site: ListingSite) -> None:
        mime, text = body
        site.routes["/l"] = lambda asked: (mime, str(text).replace("{url}", site.url))

    return install


def _filtered(site: ListingSite) -> None:
    """An API that filters after it has cut into pages: the second is empty, and there is a third."""

    def show(asked: Asked) -> Answer:
        page = _page(asked)
        data = [] if page == 2 else [{"id": n} for n in _numbers(page)]
        return as_json({"data": data, "next": f"/l?p={page + 1}" if page < LAST else None})

    site.routes["/l"] = show


def _next_or_back(page: int) -> str:
    return "".join(_next(n) for n in (page - 1, page + 1) if 1 <= n <= LAST)


def _feed(numbers: range, link: str = "/a/{n}") -> Answer:
    items = "".join(f"<item><title>Item {n}</title><link>{{url}}{link.format(n=n)}</link></item>" for n in numbers)
    return "application/rss+xml", f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>"


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="{url}/gone"/>'
    '<entry><title>x</title><link href="{url}/a/1"/></entry></feed>'
)


@dataclass(frozen=True)
class Kind:
    """`articles`: how many must be asked for; `told`: words of a fault, None for none; `result` of the run."""

    name: str
    entry: str
    install: Install
    articles: int
    told: str | None = None
    result: str = "partial"


KINDS = (
    Kind("counted-whole", COUNTED, _html(_pager), 20, None, "complete"),
    Kind("counted-second-is-maintenance", COUNTED, _html(_pager, MAINTENANCE), 5, "entries.0.page: page 2 shows nothing"),
    Kind("counted-second-is-404", COUNTED, _html(_pager, 404), 5, "entries.0.page: page 2 answers 404, and 4 pages"),
    Kind("counted-second-is-the-first", COUNTED, _html(_pager, listing(_links(1))), 15, "page 2 shows only items of pages before it"),
    Kind("next-whole", NEXT, _html(lambda page: _next(page + 1) if page < LAST else ""), 20, None, "complete"),
    Kind("next-and-back-alike", NEXT, _html(_next_or_back), 20, None, "complete"),
    Kind("next-finds-all-numbers", LISTING + 'next = "a.n"\n', _html(_pager), 20, None, "complete"),
    Kind("next-is-404", NEXT, _html(lambda page: _next(2), 404), 5, "entries.0.next: leads to a page that answers 404"),
    Kind("next-leads-back", NEXT, _html(lambda page: _pager(page) + _next(1 if page > 1 else 2)), 10, "leads back to pages that were read, and 4 are named"),
    Kind("next-ends-early", NEXT, _html(lambda page: _pager(page) + (_next(2) if page == 1 else "")), 10, "entries.0.next: page 2 leads nowhere, and 4 pages"),
    Kind("button-with-data", LISTING + 'next = "button"\n', _html(lambda page: '<button data-url="/more?p=2">More</button>'), 5, "entries.0.next: leads to a page that answers 404"),
    Kind("button-without-address", LISTING + 'next = "button"\n', _html(lambda page: '<button data-page="2">More</button>'), 5, "only scripts follow"),
    Kind("pager-that-nothing-follows", LISTING, _html(_pager), 5, "it goes on at"),
    Kind("cursor-that-nothing-follows", LISTING, _html(lambda page: '<div data-next-cursor="abc"></div>'), 5, "it goes on at data-next-cursor"),
    Kind("api-whole", TOTAL, _api(None), 20, None, "complete"),
    Kind("api-second-is-404", TOTAL, _api(404), 5, "entries.0.page: page 2 answers 404"),
    Kind("api-second-is-empty", TOTAL, _api(as_json({"data": [], "pages": LAST})), 5, "entries.0.total_pages: page 2 shows no items"),
    Kind("api-is-shorter-by-now", TOTAL, _api(as_json({"data": [], "pages": 1})), 5, None, "complete"),
    Kind("api-next-is-404", JSON + 'next = "next"\n', _one(as_json({"data": [{"id": 1}], "next": "/gone"})), 1, "entries.0.next: leads to a page that answers 404"),
    Kind("api-filters-its-pages", JSON + 'next = "next"\n', _filtered, 15, None, "complete"),
    Kind("api-items-of-one-id", JSON, _one(as_json({"data": [{"id": 1, "title": t} for t in "abc"]})), 1, "2 of 3 items share the address"),
    Kind("feed-next-is-404", 'kind = "feed"\nurl = "{url}/l"\n', _one(("application/atom+xml", ATOM)), 1, "leads to a page that answers 404"),
    Kind("feed-of-one-link", 'kind = "feed"\nurl = "{url}/l"\n', _one(_feed(range(1, 5), "/a/1")), 1, "3 of 4 items share the address"),
)  # fmt: skip


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[ListingSite, CrawlReport]]]:
    sites = {kind.name: ListingSite() for kind in KINDS}
    for kind in KINDS:
        kind.install(sites[kind.name])
    seeds = [parse_seed(sites[k.name].seed(k.entry), seed_id=f"xx.{k.name}", path=k.name) for k in KINDS]
    reports = run_crawls(seeds, Workspace(tmp_path_factory.mktemp("ends") / "package"))
    yield {report.source_id[3:]: (sites[report.source_id[3:]], report) for report in reports}
    for site in sites.values():
        site.close()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_end_is_an_end_or_is_told(seen: dict[str, tuple[ListingSite, CrawlReport]], kind: Kind) -> None:
    site, report = seen[kind.name]
    details = [fault.detail for fault in report.faults]
    assert report.counts.get("fetched:article", 0) == kind.articles, (site.asked, details)
    assert report.result == kind.result, details
    assert any(kind.told in detail for detail in details) if kind.told else not details, details


def _again(site: ListingSite, entry: str, workspace: Workspace) -> CrawlReport:
    """One run; afterwards the index holds its captures."""
    (report,) = run_crawls([parse_seed(site.seed(entry), seed_id="xx.again", path="x")], workspace)
    captures = [capture for path in workspace.archive.glob("*.warc.gz") for capture in iter_captures(path)]
    workspace.indexes.mkdir(exist_ok=True)
    (workspace.indexes / "all.cdx").write_bytes(cdxj(captures))
    return report


@pytest.mark.parametrize(
    ("entry", "shows"),
    [
        ('kind = "feed"\nurl = "{url}/l"\n', _feed),
        (JSON, lambda numbers: as_json({"data": [{"id": n} for n in numbers]})),
        (LISTING, lambda numbers: listing([f"/a/{n}" for n in numbers])),
        (COUNTED + "max_pages = 1\n", lambda numbers: listing([f"/a/{n}" for n in numbers])),
    ],
    ids=["feed", "api", "listing", "first page of many"],
)
def test_what_may_have_come_and_gone_between_two_runs_is_told(
    tmp_path: Path, entry: str, shows: Callable[[range], Answer]
) -> None:
    site, workspace, results = ListingSite(), Workspace(tmp_path / "package"), []
    for numbers in (range(1, 6), range(5, 10), range(20, 25), range(22, 27)):
        _one(shows(numbers))(site)
        report = _again(site, entry, workspace)
        results.append((report.result, [f.detail for f in report.faults if "have come and gone" in f.detail]))
    site.close()
    assert [result for result, _ in results] == ["complete", "complete", "partial", "complete"], results
    assert [len(told) for _, told in results] == [0, 0, 1, 0]


@pytest.mark.parametrize("between", [MAINTENANCE, _feed(range(0))], ids=["maintenance", "empty"])
def test_what_came_and_went_while_a_feed_was_empty_is_told(tmp_path: Path, between: Answer) -> None:
    site, workspace, results = ListingSite(), Workspace(tmp_path / "package"), []
    for answer in (_feed(range(1, 6)), between, _feed(range(20, 25)), _feed(range(20, 25))):
        _one(answer)(site)
        results.append(_again(site, 'kind = "feed"\nurl = "{url}/l"\n', workspace).result)
    site.close()
    assert results == ["complete", "failed", "partial", "complete"]


def test_a_listing_with_pages_is_read_up_to_what_is_known(tmp_path: Path) -> None:
    site, workspace = ListingSite(), Workspace(tmp_path / "package")
    site.routes["/l"] = lambda asked: listing(_links(_page(asked)))
    assert _again(site, COUNTED, workspace).result == "complete"
    site.routes["/l"] = lambda asked: listing(_links(_page(asked) - 1) if _page(asked) > 1 else ["/a/91", "/a/92"])
    report = _again(site, COUNTED, workspace)
    site.close()
    assert (report.result, report.counts["articles new"]) == ("complete", 2)
