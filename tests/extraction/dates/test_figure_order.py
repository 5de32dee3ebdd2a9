"""Orders of figures are those of the CLDR that Babel carries."""

from __future__ import annotations

import random

import pytest

from crawler.extraction.dates.figure_order import _order, order_of
from tests.benchmarks.build_orders import countries, languages, order_in_cldr


def test_the_table_says_what_babel_says() -> None:
    draw = random.Random(3)  # noqa: S311
    real = (
        "en_US en_GB en_CA en_PH ru_RU uz_UZ kk_KZ zh_TW zh_CN pt_BR de_AT fr_CA es_MX sr_RS ckb_IQ hu_HU lt_LT".split()
    )
    by_itself = "uz ru en kaa zh iw rus nb sh xx kk ky tg tk EN zh-tw hu lt fa mn ko ja".split()
    drawn = [f"{draw.choice([*languages(), 'und'])}_{draw.choice(countries())}" for _ in range(150)]
    for name in [*real, *by_itself, "und_UZ", "und_US", "und_UK", "und_ZZ", "und_AA", "und_SU", *drawn]:
        assert _order(name) == order_in_cldr(name), name


@pytest.mark.parametrize(
    ("languages", "country", "order"),
    [
        (("en-US",), "", "MDY"),
        (("en",), "", ""),
        (("en",), "gb", "DMY"),
        (("RU",), "", "DMY"),
        (("zh-Hant",), "", "YMD"),
        (("xx", "hu"), "", "YMD"),
        (("xx",), "uz", "DMY"),
        (("x_y_z", "../.."), "", ""),
    ],
)
def test_the_order_of_a_page(languages: tuple[str, ...], country: str, order: str) -> None:
    assert order_of(languages, country) == order
