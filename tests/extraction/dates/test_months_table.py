from crawler.extraction.dates.cldr_months import names_of_world, world_months


def test_the_table_is_what_babel_gives():
    """Fails when Babel is updated: run tests/benchmarks/build_months.py then."""
    assert dict(world_months()) == names_of_world()
