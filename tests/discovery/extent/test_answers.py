"""What answers of APIs say of their extent, as families of APIs say it."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.discovery.extent.answers import failure_of, more_of, next_in, total_of

HERE = "https://t.example/api?page=1"
MORE: tuple[tuple[Any, str | None], ...] = (
    ({"value": [], "@odata.nextLink": "/api?$skip=5"}, "value"),
    ({"d": {"results": [], "__next": "/api?$skiptoken=5"}}, "d.results"),
    ({"data": [], "meta": {"pagination": {"page": 1, "pageCount": 3}}}, "data"),
    ({"data": [], "links": {"next": {"href": "/api?page=2"}}}, "data"),
    ({"content": [], "last": False}, "content"),
    ({"items": [], "nextPageToken": "abc"}, "items"),
    ({"data": [], "next_page": 2}, "data"),
    ({"r": {"rows": [], "hasMore": True}}, "r.rows"),
    ({"data": [], "paging": {"isLast": False}}, "data"),
)
WHOLE: tuple[tuple[Any, str | None], ...] = (
    ([1, 2], None),
    ({"data": [], "meta": {"last_page": 1}, "next": None}, "data"),
    ({"data": [], "links": {"next": HERE}}, "data"),
    ({"data": [{"next": "/a/2"}], "facets": {"pages": 9}}, "data"),
    ({"data": [], "hasMore": False, "next_page": 1, "nextPageToken": ""}, "data"),
    ({"content": [], "last": True}, "content"),
)


@pytest.mark.parametrize(("answer", "items"), MORE)
def test_more_is_stated(answer: Any, items: str | None) -> None:
    assert more_of(answer, items, {}, 1, HERE)


@pytest.mark.parametrize(("answer", "items"), WHOLE)
def test_no_more_is_stated(answer: Any, items: str | None) -> None:
    assert more_of(answer, items, {}, 1, HERE) == ""


def test_the_header_link() -> None:
    assert next_in({"link": '<https://t.example/f>; rel="last", </api?page=2>; rel="next"'}, HERE) == "/api?page=2"
    assert next_in({"link": '</style.css>; rel=preload; as=style, </>; rel="prev"'}, HERE) == ""


def test_totals() -> None:
    assert total_of({"response": {"numFound": 15, "docs": []}}, "response.docs", {}) == 15
    assert total_of({"hits": {"total": {"value": 15}, "hits": []}}, "hits.hits", {}) == 15
    assert total_of({"data": [], "recordsTotal": 90, "recordsFiltered": 7}, "data", {}) == 7
    assert total_of({"data": [], "meta": {"page": {"total": "12"}}}, "data", {}) == 12
    assert total_of([], None, {"x-wp-total": "9"}) == 9
    assert total_of([], None, {"content-range": "items 0-4/44"}) == 44
    assert total_of({"data": [], "facets": {"count": 90}, "found": True}, "data", {}) == 0


def test_failures_under_a_status_of_success() -> None:
    for answer in ({"errors": [{"message": "x"}]}, {"error": "busy"}, {"success": False}, {"status": "error"}):
        assert failure_of(answer), answer
    for fine in ({"errors": []}, {"error": None}, {"error": {"code": 0}}, {"success": True}, {"status": "ok"}, [1]):
        assert not failure_of(fine), fine
