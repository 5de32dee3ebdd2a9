"""Forms of dates by calendar and language, each with the answer: the rows of docs/dates.md, and its tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from crawler.extraction.dates import OpenDate, ParsedDate, Reader, find_open, read_moment
from crawler.extraction.dates.cldr_words import release as cldr_release
from crawler.extraction.dates.clocks.country_timezone import country_zone, zones_of
from crawler.extraction.dates.figure_order import order_of
from crawler.timezones import release as zones_release

CAPTURED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PAGE = Path(__file__).parents[3] / "docs" / "dates.md"


_INTRODUCTION = "Made by `python -m tests.extraction.dates.date_forms`; the tests read every line of it."
_OPEN = (
    "The pages were captured on 20 November 2026. *open* means that the line tells of a date that is no one day, so "
    "that `published_date` stays empty: a month, figures whose order nothing tells, a calendar that nothing tells."
)


_RULES = Path(__file__).with_name("date_forms_rules.md")


class Form(NamedTuple):
    """A line, the language and country of its page, and what is read: a day, a day and time, or why there is none."""

    kind: str
    line: str
    language: str
    country: str
    answer: str


def rows() -> list[Form]:
    """The table beside this module, a line each: kind, line, language, country, answer, with tabs between."""
    table = Path(__file__).parent / "date_forms.tsv"
    return [Form(*line.split("\t")) for line in table.read_text("utf-8").splitlines() if line]


def reader(form: Form) -> Reader:
    languages = (form.language,) if form.language else ()
    host = {"gb": "uk"}.get(form.country, form.country)
    zone = country_zone(f"https://news.gov.{host}/") if form.country not in ("", "us") else None
    zones = () if zone or not form.country else zones_of(form.country)
    return Reader(zone, CAPTURED, order_of(languages, form.country), languages, form.country, zones)


def answer(form: Form) -> str:
    """What is read from a form, as the table writes it."""
    known = reader(form)
    found: ParsedDate | OpenDate | None = read_moment(form.line, known) or find_open(form.line, known)
    if isinstance(found, OpenDate):
        return f"open: {found.why}"
    if found is None:
        return "none"
    if isinstance(found.value, datetime):
        return found.value.strftime("%Y-%m-%d %H:%M")
    assert isinstance(found.value, date)
    return found.value.isoformat()


def page() -> str:
    """The text of docs/dates.md."""
    lines = [
        "# Dates that are read",
        "",
        f"{_INTRODUCTION} Words of Unicode CLDR {cldr_release()}, time zones of the tz database {zones_release()}.",
        "",
        _OPEN,
    ]
    kind = ""
    for form in rows():
        if form.kind != kind:
            kind = form.kind
            lines += ["", f"## {kind}", "", "| line | language | country | read as |", "|---|---|---|---|"]
        lines.append(f"| {form.line.replace('|', '/')} | {form.language} | {form.country} | {form.answer} |")
    return "\n".join([*lines, "", _RULES.read_text("utf-8")])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
