"""The same article under two addresses is one article; what a page says of its address is checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count

import pytest

from crawler.ids import article_id
from crawler.model import Article, Capture, Locator, Reason, Rejection, Role
from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.history.canonical_documents import Run, at_home, names_the_same
from crawler.package.history.history import Known, fold
from crawler.package.history.stated_articles import StatedArticles
from crawler.package.tables.partitions import read_part
from crawler.package.tables.row_builders import Sight
from crawler.package.tables.tables import table
from crawler.seeds import parse_seed
from tests.seed_texts import MINISTRY

SITE = "https://ministry.example"
SEED = parse_seed(MINISTRY, seed_id="xx.x", path="x.toml")


def linked(body: bytes, path: str) -> bytes:
    return body.replace(b"</head>", f'<link rel="canonical" href="{SITE}{path}"></head>'.encode())


def make(ministry, **options):
    return build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, **({"engine": "serial"} | options))


def rows(ministry, name: str) -> list[dict[str, str]]:
    paths = sorted((ministry.workspace.root / "data").glob(f"{name}*"))
    return [dict(row) for path in paths for row in read_part(table(name), path)]


def snapshot(ministry) -> dict[str, bytes]:
    data = ministry.workspace.root / "data"
    return {path.name: path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("first", ["/n/1", "/copy/1"])
def test_a_copy_in_the_same_run_is_an_alias(ministry, make_page, first: str) -> None:
    run = ministry.run()
    body = linked(make_page("Title 1", "water"), "/n/1")
    for path in (first, "/copy/1" if first == "/n/1" else "/n/1"):
        run.get(path, body)
    run.done()
    make(ministry)
    (article,) = rows(ministry, "articles")
    assert (article["url"], json.loads(article["aliases"])) == (f"{SITE}/n/1", [f"{SITE}/copy/1"])
    assert article["document"] == f"{SITE}/n/1"
    (rejection,) = rows(ministry, "rejections")
    assert (rejection["reason"], rejection["article_id"]) == ("alternate", article["article_id"])


def test_a_canonical_link_to_another_article_is_not_followed(ministry, make_page) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("Title 1", "water"))
    run.get("/n/2", linked(make_page("Title 2", "air"), "/n/1"))
    run.get("/n/3", linked(make_page("Title 3", "soil"), "/"))
    run.done()
    report = make(ministry)
    found = {row["url"]: row for row in rows(ministry, "articles")}
    assert sorted(found) == [f"{SITE}/n/1", f"{SITE}/n/2", f"{SITE}/n/3"]
    assert json.loads(found[f"{SITE}/n/2"]["warnings"]) == [
        f"canonical: it names {SITE}/n/1, which says something else"
    ]
    assert any("1 warnings of canonical" in line for line in report.warnings)
    assert validate(ministry.workspace, full=True, reextract=True, engine="serial").valid


@pytest.mark.parametrize("order", [("/n/1", "/copy/1"), ("/copy/1", "/n/1")])
def test_in_steps_and_at_once_decide_alike(
    ministry, make_page, order: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = linked(make_page("Title 1", "water"), "/n/1")
    for paths in ((order[0],), (order[1],), order):
        run = ministry.run()
        for path in paths:
            run.get(path, body)
        run.done()
        make(ministry)
    # What was published as an article before the other was known keeps its id: ids are for ever.
    (found,) = rows(ministry, "articles")
    assert found["document"] == SITE + order[0]
    assert (found["url"], json.loads(found["aliases"]), found["warnings"]) == (f"{SITE}/n/1", [f"{SITE}/copy/1"], "[]")
    assert not rows(ministry, "revisions")
    before = snapshot(ministry)
    for most in (5000, 1):  # values that are held in memory
        monkeypatch.setattr("crawler.workspace.spool.MOST", most)
        make(ministry, full=True, use_cache=False)
        assert snapshot(ministry) == before
    assert validate(ministry.workspace, full=True, reextract=True, engine="serial").valid


_numbers = count(1)


def sight(url: str, outcome: Article | Rejection, *, redirect: str | None = None, run: int = 0) -> Sight:
    number = next(_numbers)
    moment = datetime(2026, 11, 23 + run, 8, 0, number % 60, tzinfo=UTC)
    where = Locator("archive/r.warc.gz", number, 10)
    capture = Capture(
        f"{number:08d}", "xx.x", f"run-{run}", url, moment, Role.ARTICLE, where, mime="text/html", redirect=redirect
    )
    return Sight(capture, outcome)


def article(path: str, text: str = "One paragraph.", url: str | None = None) -> Article:
    return Article(url=url or SITE + path, title="Title", text=text, language="en", document=SITE + path)


def moved(path: str) -> Rejection:
    return Rejection(Reason.REDIRECT, "", None, SITE + path)


def homes(*sights: Sight, known: dict[str, Known] | None = None) -> dict[str, list[Sight]]:
    by_run: dict[str, list[Sight]] = {}
    for each in sorted(sights, key=lambda its: (its.capture.fetched_at, its.capture.capture_id)):
        by_run.setdefault(each.capture.run_id, []).append(each)
    found: dict[str, list[Sight]] = {}
    for home, placed in at_home([Run(partial(iter, run)) for run in by_run.values()], StatedArticles(known or {})):
        found.setdefault(home, []).append(placed)
    return found


def test_an_address_that_leads_to_an_article_is_its_alias() -> None:
    old = sight(SITE + "/old", moved("/old"), redirect=SITE + "/n/1?utm_source=x")
    (found,) = homes(old, sight(SITE + "/n/1", article("/n/1"))).values()
    folded = fold(Known(), found, lambda _: SEED, UTC)
    assert folded.row
    assert json.loads(folded.row["aliases"]) == [SITE + "/old"]
    assert [row["reason"] for row in folded.rejections] == ["redirect"]
    again = fold(Known(folded.row), [s for s in found if s.capture.redirect], lambda _: SEED, UTC)
    assert not again.changed, "an alias is news once"


@pytest.mark.parametrize("is_listed_first", [False, True])
def test_an_article_whose_address_leads_on_has_moved(is_listed_first: bool) -> None:
    one, two = SITE + "/news/1", SITE + "/press/1"
    known = sight(one, article("/news/1", "One.\nTwo.\nThree."), run=0)
    new = article("/press/1", "One.\nTwo.\nThree and more.")
    hops = [(one, moved("/news/1"), SITE + "/go/1"), (SITE + "/go/1", moved("/go/1"), two)]
    its = [sight(two, new, run=1)] if is_listed_first else []
    its += [sight(url, outcome, redirect=to, run=1) for url, outcome, to in hops]
    its += [] if is_listed_first else [sight(two, new, run=1)]
    later = sight(two, new, run=2)  # its list leads there now, and nothing to the old address
    found = homes(known, *its, later)
    home = article_id("xx.x", one)
    assert [s.capture.url for s in found[home] if isinstance(s.outcome, Article)] == [one, two, two]
    folded = fold(Known(), found[home], lambda _: SEED, UTC)
    assert folded.row
    assert (folded.row["article_id"], folded.row["url"], json.loads(folded.row["aliases"])) == (
        home, two, [SITE + "/go/1", one]
    )  # fmt: skip
    assert [row["change_kind"] for row in folded.revisions] == ["edited"]  # once
    again = homes(later, known={home: Known(folded.row)})  # in a build of its own
    assert list(again) == [home]
    lost = [sight(one, Rejection(Reason.NOT_FOUND, "status 404", None, one), run=run) for run in (3, 5, 7)]
    read = [replace(s, capture=replace(s.capture, payload_sha256="ab")) if s.capture.url == two else s for s in its]
    gone = fold(Known(), homes(known, *read, *lost)[home], lambda _: SEED, UTC)
    assert gone.row and gone.row["status"] == "live", "the site lets its redirects go"
    assert [row["reason"] for row in gone.rejections][-3:] == ["moved"] * 3


def test_addresses_that_lead_to_something_else_have_not_moved() -> None:
    known = [sight(f"{SITE}/n/{n}", article(f"/n/{n}", f"Words {n}.\nAnd {n}."), run=0) for n in (1, 2)]
    led = [sight(f"{SITE}/n/{n}", moved(f"/n/{n}"), redirect=SITE + "/all", run=1) for n in (1, 2)]
    one = sight(SITE + "/n/1", moved("/n/1"), redirect=SITE + "/other", run=2)
    other = [
        sight(SITE + "/all", article("/all", "Words 1.\nAnd 1."), run=1),
        sight(SITE + "/other", article("/other", "Else."), run=2),
    ]
    assert len(homes(*known, *led, one, *other)) == 4


@pytest.mark.parametrize(
    "make_target",
    [lambda: None, lambda: sight(SITE + "/", Rejection(Reason.LISTING, "", None, SITE + "/"))],
    ids=["unknown", "no article"],
)
def test_an_address_that_leads_to_no_article_stays_where_it_is(make_target: Callable[[], Sight | None]) -> None:
    old = sight(SITE + "/old", moved("/old"), redirect=SITE + "/")
    found = homes(old, *filter(None, [make_target()]))
    assert [s.capture.url for s in found[article_id("xx.x", SITE + "/old")]] == [SITE + "/old"]


def test_a_target_of_a_later_run_is_the_article_that_named_it() -> None:
    copy = sight(SITE + "/copy", article("/copy", url=SITE + "/n/1"), run=0)
    page = sight(SITE + "/n/1", article("/n/1"), run=1)
    gone = sight(SITE + "/n/1", Rejection(Reason.NOT_FOUND, "", None, SITE + "/n/1"), run=2)
    (found,) = homes(copy, page, gone).values()
    assert [each.document for each in found] == [SITE + "/copy"] * 3


@pytest.mark.parametrize(("text", "documents"), [("One paragraph.\nAnd one.\nNew.", 1), ("Other.\nWords.\nNew.", 2)])
def test_a_target_of_a_later_run_may_have_been_edited(text: str, documents: int) -> None:
    copy = sight(SITE + "/copy", article("/copy", "One paragraph.\nAnd one.\nOld.", url=SITE + "/n/1"), run=0)
    page = sight(SITE + "/n/1", article("/n/1", text), run=1)
    assert len(homes(copy, page)) == documents


def test_an_address_that_nobody_read_joins_what_names_it_and_says_the_same() -> None:
    one = sight(SITE + "/m/12", article("/m/12", url=SITE + "/news/12"), run=0)
    two = sight(SITE + "/print/12", article("/print/12", url=SITE + "/news/12"), run=1)
    (found,) = homes(one, two).values()
    folded = fold(Known(), found, lambda _: SEED, UTC)
    assert folded.row
    assert (folded.row["url"], json.loads(folded.row["aliases"])) == (
        SITE + "/news/12", [SITE + "/m/12", SITE + "/print/12"]
    )  # fmt: skip
    assert not folded.revisions


def test_an_address_that_many_articles_name_is_of_a_template() -> None:
    its = [sight(f"{SITE}/a/{n}", article(f"/a/{n}", f"Words {n}.", url=SITE + "/all"), run=0) for n in range(20)]
    assert len(homes(*its, sight(SITE + "/all", article("/all", "Words 3."), run=1))) == 21


def test_an_address_is_moved_to_what_was_read_without_a_revision() -> None:
    copy = sight(SITE + "/1?from=rss", article("/1?from=rss", "One.\nTwo.\nThree.", url=SITE + "/1"), run=0)
    page = sight(SITE + "/1", article("/1", "One.\nTwo.\nOther."), run=1)
    again = sight(SITE + "/1?from=rss", article("/1?from=rss", "One.\nTwo.\nOther.", url=SITE + "/1"), run=2)
    ((document, found),) = homes(copy, page, again).items()
    folded = fold(Known(), found, lambda _: SEED, UTC)
    assert folded.row
    assert (folded.row["article_id"], folded.row["url"]) == (document, SITE + "/1")
    assert json.loads(folded.row["aliases"]) == [SITE + "/1?from=rss"]
    assert [row["change_kind"] for row in folded.revisions] == ["edited"]
    assert [row["reason"] for row in folded.rejections] == ["unchanged"]


def test_a_chain_of_canonical_links_is_not_followed() -> None:
    one = sight(SITE + "/a", article("/a", url=SITE + "/b"))
    two = sight(SITE + "/b", article("/b", url=SITE + "/c"))
    assert len(homes(one, two)) == 2


@pytest.mark.parametrize(
    ("own", "other", "same"),
    [
        ("https://m.x.example/news/canal-opens", "https://x.example/news/canal-opens", True),
        ("https://x.example/m/view?id=224061", "https://x.example/news/224061-canal-opens", True),
        ("https://x.example/print/12", "https://x.example/news/12", True),
        ("https://x.example/news/c1", "https://x.example/rubric/water/", False),
        ("https://x.example/news/2026/11/c1", "https://x.example/news/2026/", False),
        ("https://x.example/news/c1", "https://x.example/news", False),
        ("https://x.example/news/c1", "https://x.example/", False),
        ("https://x.example/2026/c1", "https://x.example/2026/water", False),
        ("https://x.example/view?id=224061", "https://x.example/view?id=224062", False),
    ],
)
def test_an_address_that_nobody_read_is_another_name_or_none(own: str, other: str, same: bool) -> None:
    assert names_the_same(own, other) is same


@pytest.mark.parametrize("canonical", ["/rubric/water/", "/n/", "/n/7-shared"])
def test_what_two_articles_call_their_address_is_none(ministry, make_page, canonical: str) -> None:
    run = ministry.run()
    for number in (7, 8):
        run.get(f"/n/{number}-x", linked(make_page(f"Title {number}", f"water {number}"), canonical))
    run.done()
    make(ministry)
    found = rows(ministry, "articles")
    assert sorted(row["url"] for row in found) == [f"{SITE}/n/7-x", f"{SITE}/n/8-x"]
    assert canonical == "/n/" or all('"canonical: ' in row["warnings"] for row in found)
    assert validate(ministry.workspace, reextract=True, engine="serial").verdict == "valid"
