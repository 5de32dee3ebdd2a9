"""Filters that are set and tabs that are chosen on a page of a listing; choices that narrow nothing."""

# ruff: noqa: E501 - one choice, one line

from __future__ import annotations

import pytest
from lxml import html

from crawler.discovery.extent.narrowed import other_tabs, set_filter

URL = "https://t.example/news/press?kind=1"
FILTERS = (
    "<select name=year><option selected>2026</option><option>2025</option><option>2024</option></select>",
    "<select name=m><option selected>Март 2026</option><option>Февраль 2026</option><option>Январь 2026</option></select>",
    "<select name=type><option value=''>All</option><option value=4 selected>Speeches</option></select>",
    "<form><input type=radio name=t value=''>All<input type=radio name=t value=press checked>Press</form>",
    "<form><input type=month name=m value='2026-11'></form>",
    "<select name=type><option value=all>Все</option><option value=ann selected>Анонсы</option></select>",
)
NONE = (
    "<select name=year><option>2026</option><option>2025</option><option>2024</option></select>",
    "<select name=type><option value='' selected>All</option><option value=4>Speeches</option></select>",
    "<form><input type=radio name=t value='' checked>All<input type=radio name=t value=press>Press</form>",
    "<form><input type=radio name=poll value=1 checked>Yes<input type=radio name=poll value=2>No</form>",
    "<form><input type=month name=m><input type=date name=d value='2026-11-30'></form>",
    "<header><form><input type=month name=m value='2026-11'></form></header>",
    "<select name=sort><option value=''>By day</option><option value=a selected>By name</option></select>",
    "<select name=kind><option value=''>All</option><option value=1 selected>Press</option></select>",
    "<select name=type><option value=1 selected>Press</option><option value=2>Speeches</option></select>",
    "<header><form><select name=in><option value=''>All</option><option value=n selected>News</option></select></header>",
    "<div class=datepicker><select name=y><option selected>2026</option><option>2025</option><option>2024</option></select></div>",
)  # fmt: skip
TABS = {
    "<ul class='nav nav-tabs'><li class=active><a href='/news/press?kind=1'>Press</a><li><a href='/news/press?kind=2'>Speeches</a></ul>": 1,
    "<div class=filters><a class=active href='#'>Новости</a><a href='?kind=2'>Анонсы</a><a href='?kind=3'>Речи</a></div>": 2,
    "<div role=tablist><a aria-selected=true>Press</a><a href='/news/speeches?kind=1'>Speeches</a></div>": 1,
    "<ul class=tabs><li class=active><a href='?kind=1'>Barchasi</a><li><a href='?kind=2'>Press</a></ul>": 0,
    "<ul class=menu><li class=active><a href='?kind=1'>Press</a><li><a href='?kind=2'>Speeches</a></ul>": 0,
    "<ul class=tabs><li class=active><a href='?kind=1'>Рус</a><li><a href='?kind=2'>Eng</a></ul>": 0,
    "<ul class=tabs><li class=active><a href='?kind=1'>Press</a><li><a href='https://x.example/b'>Speeches</a></ul>": 0,
    "<ul class=tabs><li><a href='?kind=3'>Press</a><li><a href='?kind=2'>Speeches</a></ul>": 0,
}


def _tree(body: str) -> html.HtmlElement:
    return html.document_fromstring(f"<html><body>{body}</body></html>")


@pytest.mark.parametrize("body", FILTERS)
def test_a_filter_that_is_set(body: str) -> None:
    assert set_filter(_tree(body), URL, ("ru",))


@pytest.mark.parametrize("body", NONE)
def test_a_choice_that_narrows_nothing_or_is_asked_for(body: str) -> None:
    assert not set_filter(_tree(body), URL, ("ru",))


@pytest.mark.parametrize(("body", "others"), TABS.items())
def test_lists_beside_the_one_that_is_chosen(body: str, others: int) -> None:
    assert len(other_tabs(_tree(body), URL, URL, set())) == others
