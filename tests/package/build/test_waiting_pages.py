"""Runs that came to their end and are not complete: for what waits, and for what leads nowhere."""

from __future__ import annotations

from crawler.package.build.build import build
from crawler.package.exports import query

WORDS = "Your request is being looked at, please turn on scripts and wait here."
CHECK = f"<title>One more step</title><h1>One more step</h1><p>{WORDS}</p>".encode()


def outcomes(ministry) -> list[tuple[str, str]]:
    rows = sorted(query.rows(ministry.workspace, "runs"), key=lambda row: row["started_at"])
    return [(row["outcome"], row["first_fault"].partition(":")[0]) for row in rows]


def test_pages_that_wait_are_told_until_they_are_asked_for(ministry, make_page) -> None:
    seeds = {ministry.seed.id: ministry.seed}

    def ran(**pages: int) -> None:
        run = ministry.run(1 / 24)
        for number, status in pages.items():
            run.get(f"/n/{number}", make_page(f"Title {number}", f"water {number}"), status=status)
        run.done()
        build(ministry.workspace, seeds=seeds, engine="serial")

    ran(a=200, b=403, c=403, d=403)
    ran(e=200)  # all that it wanted came
    ran(b=200, d=404)
    ran(c=403)
    ran(c=200)
    ran()
    told = outcomes(ministry)
    assert told == [
        ("partial", "unread"),
        ("partial", "waiting"),
        ("partial", "waiting"),
        ("partial", "unread"),
        ("complete", ""),
        ("complete", ""),
    ]
    faults = [row["first_fault"] for row in query.rows(ministry.workspace, "runs")]
    words = "waiting: https://ministry.example/n/b: 3 pages that earlier runs could not read wait to be asked for again"
    assert f"{words}, this one: blocked" in faults
    build(ministry.workspace, seeds=seeds, engine="serial", full=True)
    assert outcomes(ministry) == told


def test_what_nobody_lets_be_read_is_told_for_a_day(ministry, make_page) -> None:
    seeds = {ministry.seed.id: ministry.seed}
    for number, hours in enumerate((0, 1, 30)):
        run = ministry.run(hours / 24)
        run.get(f"/n/{number}", make_page(f"Title {number}", f"water {number}"), status=403 if number == 0 else 200)
        run.done()
        build(ministry.workspace, seeds=seeds, engine="serial")
    told = [("partial", "unread"), ("partial", "waiting"), ("complete", "")]
    assert outcomes(ministry) == told
    build(ministry.workspace, seeds=seeds, engine="serial", full=True)
    assert outcomes(ministry) == told


def test_a_source_of_which_nobody_has_read_an_article_is_not_complete(ministry) -> None:
    seeds = {ministry.seed.id: ministry.seed}
    run = ministry.run(1 / 24)
    for number in range(3):  # as sites answer that have no such page, or none without a cookie
        run.get(f"/n/{number}", status=302, location="/")
    run.done(**{"items new": 3})
    build(ministry.workspace, seeds=seeds, engine="serial")
    run = ministry.run(1 / 24)
    run.done(**{"items known": 3})
    build(ministry.workspace, seeds=seeds, engine="serial")
    assert outcomes(ministry) == [("empty", "empty"), ("empty", "empty")]
    reasons = [(row["reason"], row["detail"]) for row in query.rows(ministry.workspace, "rejections")]
    assert reasons == [("not-found", "leads to https://ministry.example/, an entrance of the site")] * 3


def test_dead_links_are_told_when_they_are_new(ministry, make_page) -> None:
    seeds = {ministry.seed.id: ministry.seed}
    for new in (2, 0):
        run = ministry.run(1 / 24)
        run.get("/n/1", make_page("Title 1", "water 1"))
        run.get("/n/2", status=404)
        run.done(**{"items new": new, "items known": 2 - new})
        build(ministry.workspace, seeds=seeds, engine="serial")
    run = ministry.run(1 / 24)
    run.get("/n/3", status=404)
    run.done(**{"items new": 1})
    build(ministry.workspace, seeds=seeds, engine="serial")
    assert outcomes(ministry) == [("complete", ""), ("complete", ""), ("partial", "unread")]


def test_a_run_that_read_the_first_of_several_pages_of_an_article_is_not_complete(ministry, make_page) -> None:
    seeds = {ministry.seed.id: ministry.seed}
    whole = make_page("Title 1", "water 1")
    part = whole.replace(b"</article>", b"</article><nav><b>1</b> <a href='/n/1?page=2'>2</a></nav>")
    for page in (part, part.replace(b"public was", b"press was"), whole):
        run = ministry.run(1 / 24)
        run.get("/n/1", page)
        run.get("/n/2", make_page("Title 2", "water 2"))
        run.done()
        build(ministry.workspace, seeds=seeds, engine="serial")
    told = outcomes(ministry)
    assert told == [("partial", "in part"), ("partial", "in part"), ("complete", "")]
    faults = [row["first_fault"] for row in query.rows(ministry.workspace, "runs")]
    assert "in part: https://ministry.example/n/1: of 1 article only the first part was read" in faults
    build(ministry.workspace, seeds=seeds, engine="serial", full=True)
    assert outcomes(ministry) == told


def test_new_articles_that_say_the_same_are_told(ministry, make_page) -> None:
    seeds = {ministry.seed.id: ministry.seed}
    run = ministry.run(0)
    for number in range(8):
        same = number < 3
        other = make_page(f"Title {number}", f"water {number}")
        run.get(f"/n/{number}", CHECK if same else other)
    run.done()
    build(ministry.workspace, seeds=seeds, engine="serial")
    assert outcomes(ministry) == [("partial", "unread")]
    (row,) = query.rows(ministry.workspace, "runs")
    assert row["first_fault"].startswith("unread: https://ministry.example/n/")
    assert ": 3 new articles say the same in a few words" in row["first_fault"]


def test_known_articles_that_lead_to_what_is_none_are_told(ministry, make_page) -> None:
    seeds = {ministry.seed.id: ministry.seed}
    site = "https://ministry.example"
    run = ministry.run(0)
    for number in range(3):
        run.get(f"/n/{number}", make_page(f"Title {number}", f"water {number}"))
    run.done()
    run = ministry.run(1 / 24)
    run.get("/n/0", status=302, location=f"{site}/hop", via=f"{site}/news")
    run.get("/hop", status=302, location=f"{site}/check", via=f"{site}/n/0")
    run.get("/check", make_page("404", "Page not found"), via=f"{site}/hop")
    run.get("/n/1", status=301, location=f"{site}/n/1-new")
    run.get("/n/1-new", make_page("Title 1", "water 1"), via=f"{site}/n/1")
    run.done()
    build(ministry.workspace, seeds=seeds, engine="serial")
    assert outcomes(ministry) == [("complete", ""), ("partial", "unread")]
    words = "unread: https://ministry.example/n/0: 1 known article led to a page that is no article"
    assert words in [row["first_fault"] for row in query.rows(ministry.workspace, "runs")]


def test_known_articles_without_a_text_are_told(ministry, make_page) -> None:
    seeds = {ministry.seed.id: ministry.seed}
    for run_number in range(2):
        run = ministry.run(run_number / 24)
        for number in range(3):
            emptied = number == run_number == 1
            run.get(f"/n/{number}", b"<h1>Title 1</h1>" if emptied else make_page(f"Title {number}", f"water {number}"))
        run.done()
    build(ministry.workspace, seeds=seeds, engine="serial")
    assert outcomes(ministry) == [("complete", ""), ("partial", "unread")]
    words = "unread: https://ministry.example/n/1: the page of 1 known article has no headline or no text any more"
    assert words in [row["first_fault"] for row in query.rows(ministry.workspace, "runs")]
