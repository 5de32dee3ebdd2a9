"""Years and letters that a page offers and does not show."""

from __future__ import annotations

from lxml import html

from crawler.discovery.extent.archives import lists_of_years, offered_years, other_archives

URL = "https://t.example/news"
SELECT = "<select><option>Year</option><option>2026</option><option>2025</option></select>"
MONTHS = '<a href="/2025/12/">Dekabr 2025</a> <a href="/2026/01/">Yanvar 2026 (3)</a>'


def _told(body: str, *days: str | None) -> str:
    tree = html.document_fromstring(f"<html><body>{body}</body></html>")
    return other_archives(tree, URL, set(), days, ("uz-Latn",), "2026-11-30")


def test_years_that_no_item_is_of() -> None:
    assert "2025" in _told(SELECT, "2026-03-01")
    assert "2025" in _told(MONTHS, "2026-03-01")
    assert "2025" in _told('<a href="/y/2026">2026</a> <a href="/y/2025">2025</a>', "2026-03-01")
    assert "2025" in _told('<a href="/y/1">٢٠٢٦ йил</a> <a href="/y/2">٢٠٢٥ йил</a>', "2026-03-01")


def test_the_list_of_another_year_is_a_file_beside_this_one() -> None:
    def told(path: str, here: str = f"{URL}/index.html") -> str:
        tree = html.document_fromstring(f'<html><body><a href="{path}">2025年</a></body></html>')
        return other_archives(tree, here, set(), ("2026-03-01",), ("ja",), "2026-11-30")

    assert "2025" in told("2025.html") and "2025" in told("index_2025.html")
    assert not told("report-2025.html") and not told("/2025.html") and not told("https://x.example/news/2025.html")


def test_the_addresses_of_the_lists_of_years() -> None:
    body = '<a href="news2025.htm">Новости 2025 года</a> <a href="?y=2024">2024</a> <a href="/budget-2023">2023</a>'
    tree = html.document_fromstring(f"<html><body>{body} <a href='news2022.htm'>Отчёт за 2022 год</a></body></html>")
    here = "https://t.example/news.htm"
    expected = {"2025": "https://t.example/news2025.htm", "2024": f"{here}?y=2024"}
    assert lists_of_years(tree, here, ("ru",)) == expected


def test_months_that_no_item_is_of() -> None:
    assert "2025-12" in _told("<a href=/m/202512>2025年12月</a> <a href=/m/202601>2026年1月</a>", "2026-01-09")
    assert "-02" in _told('<a href="?m=2">‹ February</a>', "2026-03-01")
    assert not _told('<a href="?m=3">‹ March</a>', "2026-03-01")
    assert not _told('<a href="/february">February</a>', "2026-03-01"), "no page of this listing"


def test_years_on_other_pages_of_a_listing_that_tells_no_days() -> None:
    assert "2024" in _told('<a href="?y=2025">2025</a> <a href="?y=2024">2024</a>', None)
    assert not _told('<a href="/report-2025">2025</a> <a href="/report-2024">2024</a>', None)


def test_what_is_no_archive_or_is_all_there() -> None:
    assert not _told(SELECT, "2026-03-01", "2025-03-01")
    assert not _told(SELECT, "2026-03-01", None), "an item whose day nobody tells may be of any year"
    assert not _told(SELECT)
    births = "".join(f"<option>{year}</option>" for year in range(1930, 2027))
    assert not _told(f"<select>{births}</select>", "2026-03-01")
    assert not _told('<a href="/plan-2025">Plan 2025</a> <a href="/plan-2024">Plan 2024</a>', "2026-03-01")
    assert not _told('<a href="#2025">2025</a> <a href="#2024">2024</a>', "2026-03-01")


def test_letters() -> None:
    assert "by letter" in _told("".join(f'<a href="?l={c}">{c}</a>' for c in "АБВГДЕЖЗИК"))
    assert not _told("".join(f'<a href="#{c}">{c}</a>' for c in "ABCDEFGHIJK"))


def test_years_on_buttons() -> None:
    buttons = "<button>2026</button><button data-year=2025>2025</button>"
    assert "2025" in _told(buttons, "2026-03-01")
    assert "2025" in _told(buttons, None)
    assert not _told("<button>2026</button>", None)


def test_years_that_are_offered() -> None:
    tree = html.document_fromstring(f"<body>{SELECT}<a href='?y=2024'>2024</a><a href='?y=2031'>2031</a></body>")
    assert offered_years(tree, URL, set(), ("en",), "2026-11-30") == {"2024", "2025", "2026"}


def test_days_of_a_calendar_that_no_item_is_of() -> None:
    days = "".join(f'<td><a href="/news?day=2026-11-{day:02}">{day}</a></td>' for day in (3, 9, 12, 30))
    calendar = f'<table class="calendar"><tr>{days}</tr></table>'
    assert "2026-11-03, 2026-11-12, 2026-11-30" in _told(calendar, "2026-11-09")
    assert not _told(calendar, "2026-11-03", "2026-11-09", "2026-11-12", "2026-11-30"), "each has an item"
    assert not _told(calendar, "2026-11-09", None), "the days of some items are not known"
    assert not _told(calendar.replace("/news?", "/events?"), "2026-11-09"), "days of something else"
    assert not _told(calendar.replace("2026-11", "2027-01"), "2026-11-09"), "days to come"
    assert "2026-11-12" in _told('<a href="/news/2026/11/12">12</a>', "2026-11-09")
    assert not _told('<a href="/news?page=2">2</a> <a href="/news?page=3">3</a>', "2026-11-09")
