"""Every form of docs/dates.md is read as it says, and the page is the one that the forms make."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale
from babel.core import get_global
from babel.dates import format_date

from crawler.extraction.dates import parse_moment
from crawler.extraction.dates.cldr_words import day_periods, release
from crawler.extraction.dates.clocks.halves import half_at
from tests.extraction.dates.date_forms import PAGE, Form, answer, page, rows


@pytest.mark.parametrize("form", rows(), ids=lambda form: f"{form.language}-{form.line}")
def test_a_form_is_read_as_the_page_says(form: Form) -> None:
    assert answer(form) == form.answer


def test_the_page_is_made_from_the_forms() -> None:
    """Fails when forms, CLDR or zones changed: run `python -m tests.extraction.dates.date_forms` then."""
    assert PAGE.read_text("utf-8") == page()


def test_the_words_are_of_the_release_that_babel_carries() -> None:
    assert release() == get_global("cldr")["version"]


@pytest.mark.parametrize("language", ["tr", "hi", "ko", "el", "vi", "bn", "zh_Hant", "ms", "sq"])
def test_the_halves_of_the_day_are_those_of_babel(language: str) -> None:
    periods = day_periods((language.replace("_", "-"),))
    widths = Locale.parse(language).day_periods["format"]
    for half, meaning in (("am", "a"), ("pm", "p")):
        words = [widths[width][half] for width in ("abbreviated", "wide") if half in widths[width]]
        found = [half_at(f" {word}", 0, periods) for word in words]
        assert found
        assert {half.meaning for half in found if half} == {meaning}


# Every language of a ministry's site that CLDR gives months of its own.
LANGUAGES = """
af am ar az az_Cyrl be bg bn bs bs_Cyrl ca ckb cs cy da de el en es et eu fa fi fil fo fr ga gl gu ha he hi hr hu hy
id ig is it ja ka kk km kn ko ky lb lo lt lv mk ml mn mr ms my nb ne nl nn or pa pl ps pt ro ru sah sd si sk sl so sq sr
sr_Latn sv sw ta te tg th tk tr tt ug uk ur uz uz_Cyrl vi yo zh zh_Hant zu
""".split()


@pytest.mark.parametrize("form", ["long", "full"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_long_forms_of_cldr_are_read(language: str, form: str) -> None:
    """In Iran, Afghanistan and Thailand the forms of CLDR are of other calendars; Babel prints Gregorian ones."""
    locale = Locale.parse(language)
    for month in range(1, 13):
        day = date(2025, month, 18)
        text = format_date(day, form, locale)
        found = parse_moment(text, zone=None, captured=None, languages=(language.replace("_", "-"),))
        assert found is not None and found.day == day, text
