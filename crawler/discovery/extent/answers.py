"""What an API's answer says of its extent: how many items there are, that more follow, that it has failed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.discovery.address import absolute
from crawler.model import Payload

_LETTERS = re.compile(r"[^a-z]")
_HOLDERS = re.compile(r"meta|pag|info|link|cursor|hits|total|summary|response|result")  # objects that tell of the rest
_DEEP = 3
_NEXT = re.compile(r"<([^>]{1,2000})>\s*;[^<]{0,200}?rel=\"?[^\",;]{0,40}\bnext\b", re.IGNORECASE)
_TOTALS = frozenset(
    "total totalcount totalitems totalresults totalelements totalrecords totalrows totalhits totaldocs totalnum "
    "totalnumber numfound nbhits recordstotal recordsfiltered recordcount odatacount count rowcount itemcount "
    "itemscount itemstotal found hitstotal resultcount resultscount totalvalue totalentries totalsize".split()
)
_FIELDS = frozenset({"xtotalcount", "xwptotal", "xpaginationtotalcount", "totalcount", "xtotal", "xtotalitems"})
_MORE = frozenset(
    "hasmore hasnext hasnextpage more moreresults ismore nextpageavailable morepages hasmorepages".split()
)
_ENDS = frozenset("last islast islastpage isend".split())
_LEADS = frozenset(
    "next nextpage nexturl nextlink odatanextlink nextpagetoken nextcursor nextpageurl nexttoken nextpagelink "
    "continuation continuationtoken nexthref nextoffset".split()
)
_PAGES = frozenset(
    "totalpages totalpage lastpage pagecount pages numpages pagestotal maxpage numberofpages pagescount pagetotal "
    "totalpagecount".split()
)
_PAGES_STATED = frozenset({"totalpages", "wptotalpages", "paginationpagecount", "pagecount", "pages"})  # X-...
_FAILED = frozenset({"error", "fail", "failed", "failure"})
_TOLD = 100  # characters


def total_of(answer: Any, items: str | None, headers: Mapping[str, str]) -> int:
    """The number of items that an answer, or its header, says there are; 0 where it says none. `items` is the path of
    the array; names of `headers` are in small letters."""
    facts = list(_facts(answer, items))
    names = {_plain(name) for name, _ in facts}
    totals = [
        _number(value)
        for name, value in facts
        if _last(name) in _TOTALS and not (_last(name) == "recordstotal" and "recordsfiltered" in names)
    ]
    totals += [_number(value) for name, value in headers.items() if _plain(name) in _FIELDS]
    if "content-range" in headers:
        totals.append(_number(headers["content-range"].rpartition("/")[2]))
    return max(totals, default=0)


def more_of(answer: Any, items: str | None, headers: Mapping[str, str], page: int, here: str) -> str:
    """Where an answer, or its header, says that more follows the page of number `page` at the address `here`: a name
    and its value; "" where it does not."""
    for name, value in _facts(answer, items):
        last = _last(name)
        target = (value.get("href") or value.get("url")) if isinstance(value, dict) else value
        is_next = last in _LEADS and not isinstance(target, bool) and isinstance(target, str | int) and target != ""
        if is_next and isinstance(target, int):
            is_next = target > page
        if is_next and isinstance(target, str) and ("/" in target or "?" in target):
            is_next = absolute(here, target) != here
        is_more = (last in _MORE and value is True) or (last in _ENDS and value is False)
        if is_more or is_next or (last in _PAGES and _number(value) > page):
            return f"{name} = {str(target)[:_TOLD]!r}"
    for name, told in headers.items():
        if _plain(name).removeprefix("x") in _PAGES_STATED and _number(told) > page:
            return f"the header {name}, {told[:_TOLD]!r}"
    stated = next_in(headers, here)
    return f"the header Link, {stated[:_TOLD]!r}" if stated else ""


def next_in(headers: Mapping[str, str], here: str) -> str:
    """The following page that a header names (RFC 8288, `Link: <...>; rel="next"`), "" for none."""
    match = _NEXT.search(headers.get("link", ""))
    return match[1] if match and absolute(here, match[1]) not in (None, here) else ""


def fields_of(payload: Payload) -> dict[str, str]:
    """The header of an answer, names in small letters, several values of one name joined (RFC 9110, 5.2)."""
    out: dict[str, str] = {}
    for name, value in payload.headers:
        key = name.lower()
        out[key] = f"{out[key]}, {value}" if key in out else value
    return out


def next_of_header(payload: Payload) -> str:
    """As `next_in`, of an answer."""
    return next_in(fields_of(payload), payload.capture.url)


def failure_of(answer: Any) -> str:
    """What an answer says of its own failure, though its status is that of a success; "" where it says none."""
    for name, value in answer.items() if isinstance(answer, dict) else ():
        plain = _plain(name)
        is_told = plain in ("error", "errors") and _is_substantial(value)
        is_refused = plain in ("success", "ok", "issuccess") and value is False
        is_named = plain in ("status", "result", "state") and isinstance(value, str) and value.lower() in _FAILED
        if is_told or is_refused or is_named:
            return f"{name} = {str(value)[:_TOLD]!r}"
    return ""


def _is_substantial(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_is_substantial(one) for one in value.values())
    return bool(value) and value not in ("0", "false", "none", "null")


def _facts(answer: Any, items: str | None) -> Iterator[tuple[str, Any]]:
    """(path, value) of what stands beside the items of an answer, and around them, with what objects that tell of pages
    hold."""
    keys, value, path = items.split(".") if items else [], answer, ""
    for key in [*keys, ""]:
        if not isinstance(value, dict):
            return
        yield from _fields({name: one for name, one in value.items() if name != key}, path, _DEEP)
        path, value = f"{path}{key}.", value.get(key)


def _fields(holder: Mapping[str, Any], path: str, deep: int) -> Iterator[tuple[str, Any]]:
    for name, value in holder.items():
        yield path + name, value
        if isinstance(value, dict) and deep and _HOLDERS.search(name.lower()):
            yield from _fields(value, f"{path}{name}.", deep - 1)


def _plain(name: str) -> str:
    return _LETTERS.sub("", name.lower())


def _last(path: str) -> str:
    """The last name of a path, with the one before where it says no more than `value`."""
    *_, before, last = ["", *path.split(".")]
    return _plain(before + last) if last in ("value", "count") and _plain(before) in ("total", "hits") else _plain(last)


def _number(value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
