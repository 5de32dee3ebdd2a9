"""Marks on a page that scripts, forms or frames show more of its listing than its own links lead to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.extent.further import is_disabled, is_pager, is_slide
from crawler.discovery.markup.words import words_of

_MOST = 5_000  # elements of a kind on one page that are looked at
_TOLD = 100  # characters
_CLICKS = ("onclick", "wire:click", "@click", "x-on:click", "v-on:click", "ng-click", "(click)", "data-action")
_LOADS = re.compile(
    r"(?:load|show|fetch|get|view)[-_]?(?:more|next)|next[-_]?page|more[-_]?(?:news|posts|items)", re.IGNORECASE
)
_PLACES = re.compile(r"offset|skip|cursor|last_?id|after", re.IGNORECASE)
_PAGES = re.compile(r"p|page|pagen(?:_\d+)?|page_?num(?:ber)?|current_?page|start", re.IGNORECASE)
_PAGE_CHOICE = re.compile(r"pag(?:e|es|en|ina|inas|er|ing|ination)?(?:$|[^a-z])|seite|sahifa|sayfa|стр", re.IGNORECASE)
_FEWEST, _MOST_PAGES = 2, 5_000
_SOURCE = re.compile(r"data-(?:.*-)?(?:endpoint|api|url|src|source|ajax)(?:-.*)?")
_MORE = re.compile(r"(?:^|[/?&=_-])(?:load[-_]?)?(?:more|next[-_]?page)(?:$|[/?&=_.-])", re.IGNORECASE)
_ENDLESS = re.compile(
    r"infinite|endless|(?:load|lazy|ajax)[-_]?(?:more|list|items|news|posts)|more[-_]?(?:items|news|posts|results)",
    re.IGNORECASE,
)
_STEP = re.compile(r"data-(?:.*-)?(?:per-?page|limit|offset|skip|page-?size|batch)(?:-.*)?")
_ASKS = re.compile(
    r"[?&](?:page|offset|start|skip|cursor|pagenum|pageindex)=(?=[\"'`$]|\d)|\bserverSide[\"']?: ?(?:true|!0)",
    re.IGNORECASE,
)
_MOST_SCRIPT = 500_000  # characters
_SMALL = 250  # pixels of a frame that is a widget
_PIXELS = re.compile(r"(\d{1,5})(?:px)?")


def loads_more(tree: html.HtmlElement, base: str, here: str) -> str:
    """What on a page loads more of its listing by a script, a form or a frame; "" for nothing."""
    for marks in (_clicks, _forms, _choices, _endpoints, _frames, _scripts):
        if found := next(marks(tree, base, here), ""):
            return found[:_TOLD]
    return ""


def _clicks(tree: html.HtmlElement, base: str, here: str) -> Iterator[str]:
    """What scripts do when something is clicked, by the names that programmers give to it."""
    for element in islice(tree.iter("a", "button", "div", "span", "li", "input"), _MOST):
        for name in _CLICKS:
            value = element.get(name) or ""
            is_open = value and _LOADS.search(value) and "!" not in value
            if is_open and not is_slide(element) and not is_disabled(element):
                yield f"{name}={value!r}"


def _forms(tree: html.HtmlElement, base: str, here: str) -> Iterator[str]:
    """Forms that hold the place at which a listing goes on."""
    for form in islice(tree.iter("form"), _MOST):
        hidden = [e for e in islice(form.iter("input"), _MOST) if (e.get("type") or "").lower() == "hidden"]
        for field in hidden:
            name, value = field.get("name") or "", (field.get("value") or "").strip()
            if (_PLACES.fullmatch(name) and value not in ("", "0")) or (
                _PAGES.fullmatch(name) and value.isdecimal() and len(value) < _FEWEST + 3 and int(value) >= _FEWEST
            ):
                yield f"a form with {name}={value!r}"


def _choices(tree: html.HtmlElement, base: str, here: str) -> Iterator[str]:
    """Lists of the numbers of pages to choose from."""
    for select in islice(tree.iter("select"), _MOST):
        names = " ".join(select.get(name) or "" for name in ("name", "id", "class"))
        words = [words_of(o) for o in islice(select.iter("option"), _MOST_PAGES)]
        is_counted = words[:_FEWEST] == ["1", "2"] and words == [str(n + 1) for n in range(len(words))]
        if is_counted and (_PAGE_CHOICE.search(names) or is_pager(select)):
            yield f"a list of {len(words)} pages to choose from"


def _endpoints(tree: html.HtmlElement, base: str, here: str) -> Iterator[str]:
    """Elements that tell a script where to load from, and how many at a time, or that it is more of a list."""
    for element in islice(tree.iter(html.etree.Element), 4 * _MOST):
        names = [str(name) for name in element.attrib]
        told = next((name for name in names if _SOURCE.fullmatch(name) and "/" in element.get(name, "")), None)
        if told is None or is_slide(element):
            continue
        marks = f"{element.get('id') or ''} {element.get('class') or ''}"
        is_more = _ENDLESS.search(marks) is not None or _MORE.search(element.get(told, "")) is not None
        if is_more or (len(names) >= _FEWEST and any(map(_STEP.fullmatch, names))):
            yield f"{told}={element.get(told)!r}"


def _scripts(tree: html.HtmlElement, base: str, here: str) -> Iterator[str]:
    """Addresses in scripts that count pages or items, and tables that ask a server for their rows."""
    for script in islice(tree.iter("script"), _MOST):
        words = script.text or ""
        if len(words) <= _MOST_SCRIPT and (match := _ASKS.search(words)):
            yield f"the script's {match[0].strip()!r}"


def _frames(tree: html.HtmlElement, base: str, here: str) -> Iterator[str]:
    """Frames of the same site, which show a page of their own."""
    for frame in islice(tree.iter("iframe", "frame"), _MOST):
        url = absolute(base, frame.get("src") or "")
        sizes = [_PIXELS.fullmatch((frame.get(name) or "").strip()) for name in ("width", "height")]
        is_small = any(size and int(size[1]) < _SMALL for size in sizes) or frame.get("hidden") is not None
        style = (frame.get("style") or "").replace(" ", "")
        if url and not is_small and "display:none" not in style and urlsplit(url).netloc == urlsplit(here).netloc:
            yield f"the frame {url}"
