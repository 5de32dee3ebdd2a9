"""What is told of a source that has changed: gone quiet, other languages, one text with small changes for all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.errors import SeedError
from crawler.package.build.build import build
from crawler.package.gates.warning_rules import (
    alike,
    of_alike,
    of_dropped,
    of_languages,
    of_moments,
    of_order,
    of_quiet,
    quiet_since,
)
from crawler.package.tables import cell_format
from crawler.seeds import parse_seed

BEGIN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)  # a Monday
WORDS = "The minister opened bridge {} over the river and thanked the engineers who had worked on it in winter".split()


def runs(*news: int, hours: float = 24, outcome: str = "complete") -> list[dict[str, str]]:
    return [
        {"started_at": cell_format.utc(BEGIN + i * timedelta(hours=hours)), "new": str(n), "outcome": outcome}
        for i, n in enumerate(news)
    ]


def articles(**counts: int) -> list[dict[str, str]]:
    return [{"language": tag, "text": ""} for tag, count in counts.items() for _ in range(count)]


def bulletin(n: int, *, other: str = "") -> dict[str, str]:
    return {"language": "en", "text": " ".join([*WORDS[:3], str(n), *WORDS[4:], *other.split()] * 4)}


def test_a_week_without_news_where_weekends_are_usual() -> None:
    usual = [3, 1, 2, 4, 1, 0, 0] * 4
    assert of_quiet("xx.tests", runs(*usual, *[0] * 4), 0) == []
    (verdict,) = of_quiet("xx.tests", runs(*usual, *[0] * 7), 0)
    assert (verdict.gate, verdict.refuses) == ("quiet", False)
    assert verdict.words == "nothing new since 2026-01-30, for 9 days; the longest pause before was 3 days"


def test_a_source_that_is_rarely_new_is_not_quiet_and_one_that_fails_is_something_else() -> None:
    monthly = runs(*([1] + [0] * 29) * 6, *[0] * 29)
    assert quiet_since(monthly, 0) is None
    assert quiet_since(runs(1, 1, 1, 1, 1), 0) is None, "too few tell a pace"
    failing = runs(*[1] * 9) + [row | {"outcome": "failed"} for row in runs(*[0] * 30)[9:]]
    assert quiet_since(failing, 0) is None


def test_many_news_a_day_leave_three_days_at_least() -> None:
    hourly = runs(*[1] * 40, *[0] * 72, hours=1)
    assert quiet_since(hourly, 0) is None
    found = quiet_since([*hourly, *runs(*[0] * 114, hours=1)[112:]], 0)
    assert found
    assert found[1] == timedelta(hours=74)


def test_a_seed_may_say_how_long_is_too_long() -> None:
    daily = runs(1, *[0] * 10)
    assert quiet_since(daily, 0) is None
    assert quiet_since(daily, 10) is None
    assert quiet_since(daily, 9.5)
    assert quiet_since(runs(*[0] * 10), 5), "no news at all among the runs that are known"


def test_other_languages_than_before() -> None:
    before = articles(ru=100, en=100)
    (verdict,) = of_languages("xx.tests", articles(ru=46, en=4), before, {})
    assert verdict.refuses is False
    assert verdict.words == "the newest 50 articles are in ru 92%, en 8%, those before in en 50%, ru 50%"
    assert of_languages("xx.tests", articles(ru=40, en=10), before, {}) == []
    assert of_languages("xx.tests", articles(ru=3), [*before, *articles(ru=47)], {}) != [], "a shift that comes slowly"
    assert of_languages("xx.tests", articles(ru=45), articles(en=49), {}) == [], "too few before"
    assert of_languages("xx.tests", [], [*before, *articles(ru=50)], {}) == [], "nothing new"


def test_languages_that_a_seed_expects() -> None:
    (verdict,) = of_languages("xx.tests", articles(ru=46, en=4), articles(ru=50), {"en": 0.1, "ru": 0.5})
    assert verdict.words == "en is the language of 8% of the newest 50 articles, expected 10%"


def test_texts_that_differ_in_numbers_and_a_few_words_are_alike() -> None:
    texts = [bulletin(n)["text"] for n in range(6)] + [bulletin(9, other="and then went home by train")["text"]]
    assert alike(texts) == (6, 7)
    assert alike([]) == (0, 0)
    assert alike(["", "", "short"]) == (2, 3)
    assert alike([f"{chr(97 + n % 26)} words of its own {chr(97 + n // 26)}" for n in range(600)])[1] == 200


def test_one_page_with_small_changes_is_told_unless_it_is_usual() -> None:
    rows = [bulletin(n) for n in range(6)]
    (verdict,) = of_alike("xx.tests", rows, [])
    assert (str(verdict), verdict.refuses) == (
        "xx.tests: 6 of 6 new or edited articles say nearly the same [alike]",
        False,
    )
    assert of_alike("xx.tests", rows, [bulletin(n) for n in range(90, 99)]) == [], "a daily bulletin"
    assert of_alike("xx.tests", [bulletin(1)] * 6, []) == [], "one and the same: another gate"
    assert of_alike("xx.tests", rows[:4], []) == []


def test_a_build_tells_signs_and_publishes(ministry, make_page) -> None:
    """The same page with another clock and number for everything."""
    toml = ministry.seed.toml + "[expect]\nquiet_days = 2\n"
    ministry.seed = parse_seed(toml, seed_id="xx.tests", path="seeds/xx/tests.toml")
    run = ministry.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", f"unit {i}"))
    run.done()
    report = build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    assert report.warnings == ("xx.tests: 6 of 6 new or edited articles say nearly the same [alike]",)
    run = ministry.run(days=3)
    run.get("/b/1", make_page("Title 1", "unit 1"))
    run.done()
    report = build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    (words,) = report.warnings
    assert words.startswith("xx.tests: nothing new since 2026-11-23, for ")


@pytest.mark.parametrize("line", ["quiet_days = 0", "languages = { ru = 1.5 }", "quiet_day = 3"])
def test_a_seed_with_a_wrong_alarm_is_refused(ministry, line: str) -> None:
    with pytest.raises(SeedError, match="expect"):
        parse_seed(f"{ministry.seed.toml}[expect]\n{line}\n", seed_id="xx.tests", path="tests.toml")


def dated(*moments: str) -> list[dict[str, str]]:
    return [{"published_at": moment, "published_precision": "second" if moment else ""} for moment in moments]


def test_one_moment_for_most_articles_is_the_software_s() -> None:
    moment = "2026-03-12T10:00:07+05:00"
    (verdict,) = of_moments("xx.tests", dated(*[moment] * 6, "2026-03-11T09:00:00+05:00", ""), [])
    assert (verdict.gate, verdict.refuses) == ("moments", False)
    assert verdict.words.startswith(f"6 of 8 new or edited articles say that they were published at {moment}")
    assert of_moments("xx.tests", dated(*[moment] * 4), []) == [], "too few"
    assert of_moments("xx.tests", dated(*[moment] * 5, *map(str, range(6))), []) == [], "not most"
    minutes = [row | {"published_precision": "minute"} for row in dated(*[moment] * 9)]
    assert of_moments("xx.tests", minutes, []) == [], "several at ten o'clock sharp"
    assert of_moments("xx.tests", dated(*[moment] * 9), dated(*[moment] * 9)) == [], "so it always was"


def shown(precision: str, *raws: str) -> list[dict[str, str]]:
    return [{"published_precision": precision, "published_raw": raw} for raw in raws]


@pytest.mark.parametrize(("proof", "order"), [("25/07/2026", "DMY"), ("07/25/2026", "MDY")])
def test_other_articles_of_a_source_prove_the_order_of_figures(proof: str, order: str) -> None:
    rows = shown("open", "07/01/2026", "04.05.2026")
    (verdict,) = of_order("xx.tests", rows, shown("day", proof))
    assert (verdict.gate, verdict.refuses) == ("order", False)
    assert verdict.words.startswith("2 new or edited articles have no day")
    assert verdict.words.endswith(f'1 others prove it: selectors.date_order = "{order}"')


def test_where_nothing_or_both_orders_are_proved_none_is_told() -> None:
    rows = shown("open", "07/01/2026")
    assert of_order("xx.tests", rows, []) == []
    assert of_order("xx.tests", rows, shown("day", "25/07/2026", "07/25/2026")) == []
    assert of_order("xx.tests", shown("day", "25/07/2026"), []) == []


def test_an_article_that_leaves_out_more_than_usual_is_told() -> None:
    usual = [{"article_id": f"{n}", "dropped_share": "0.050"} for n in range(8)]
    rows = [{"article_id": "one", "dropped_share": "0.610"}, {"article_id": "two", "dropped_share": "0.100"}]
    (verdict,) = of_dropped("xx.tests", rows, usual)
    assert (verdict.gate, verdict.refuses) == ("dropped", False)
    assert verdict.words.startswith("1 new or edited articles leave out more")
    assert "one 61%" in verdict.words
    assert of_dropped("xx.tests", rows, [row | {"dropped_share": "0.500"} for row in usual]) == [], "so it always was"
    assert of_dropped("xx.tests", [{"article_id": "one", "dropped_share": "0.400"}], []) == [], (
        "nothing tells the usual"
    )
    assert of_dropped("xx.tests", [{"article_id": "one", "dropped_share": ""}], usual) == [], "an API's answer"
