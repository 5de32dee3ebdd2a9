"""A run that does not ask for what the run before could not read is not complete, in steps as at once."""

from __future__ import annotations

from crawler.package.build.build import build
from crawler.package.exports import query


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
