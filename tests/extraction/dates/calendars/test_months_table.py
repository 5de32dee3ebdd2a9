from crawler.extraction.dates.calendars.cldr_months import _months, names_of_world, world_months


def test_the_table_is_what_cldr_gives():
    """Fails when the words of CLDR are made anew: run tests/benchmarks/build_months.py then."""
    assert dict(world_months()) == names_of_world()


def test_no_language_has_the_names_of_another() -> None:
    """Babel gives Hebrew the abbreviations of whichever language was asked for before it."""
    for first in ("lo", "az"):
        _months.cache_clear()
        _months(first)
        assert "may" not in _months("he")
        assert not set(_months("lo")) & set(_months("he"))
