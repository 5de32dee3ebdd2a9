"""Articles of nothing but files: a headline, a date, and a document that readers open."""

from __future__ import annotations

from crawler.model import FILES_ONLY
from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.exports import query


def page(number: int) -> bytes:
    return (
        f"<!doctype html><html lang='en'><title>Order No. {number}</title><main><article><h1>Order No. {number}</h1>"
        f"<p><time datetime='2026-03-12T10:00:00+05:00'>12 March 2026</time></p>"
        f"<embed src='/files/{number}.pdf' type='application/pdf'></article></main></html>"
    ).encode()


def test_a_source_of_orders_that_are_files_is_published_and_valid(ministry) -> None:
    run = ministry.run(0)
    for number in range(7):
        run.get(f"/n/{number}", page(number))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    rows = list(query.rows(ministry.workspace, "articles"))
    assert [(row["text"], FILES_ONLY in row["warnings"]) for row in rows] == [("", True)] * 7
    assert sorted(row["kind"] for row in query.rows(ministry.workspace, "media")) == ["attachment"] * 7
    lines = validate(ministry.workspace, full=True, reextract=True, engine="serial").lines()
    assert lines[-1].startswith("valid")
    assert not [line for line in lines if "one text" in line]
