"""What a seed expects: one function tells it, and each command that is asked says the same words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.model import Expect
from crawler.package.build.build import build
from crawler.package.tables.expectations import Stock, unmet
from crawler.seeds import parse_seed

DAYS = [(f"2026-11-{day:02}T08:00:00.000000Z", day == 1) for day in range(1, 20)]
STOCK = Stock(10, {"title": 10, "category": 4, "published_date": 10}, ["en"] * 9 + ["ru"], DAYS)


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        (Expect(min_articles=11), "expected at least 11 articles, there are 10"),
        (Expect(filled={"category": 0.5}), "expected category in 50.0% of articles, it is in 40.0% of 10"),
        (Expect(filled={"colour": 0.5}), "'colour'"),
        (Expect(languages={"ru": 0.2}), "expected ru in 20% of the newest 10 articles, it is in 10%"),
        (Expect(languages={"uz-Latn": 0.1}), "it is in 0%"),
        (Expect(quiet_days=10), "expected news within 10 days, the last came 2026-11-01"),
    ],
)
def test_what_is_not_met_is_told(expect: Expect, told: str) -> None:
    (words,) = unmet(expect, STOCK)
    assert told in words


def test_what_is_met_is_not_told() -> None:
    met = Expect(min_articles=10, filled={"category": 0.4, "published": 1.0}, languages={"ru": 0.1}, quiet_days=18)
    assert unmet(met, STOCK) == ()
    assert unmet(replace(met, min_articles=0), Stock(0, {}, [], [])) == ()


def test_validate_and_status_say_the_same(ministry, make_page, invoke) -> None:
    expect = "[expect]\nmin_articles = 3\nfilled = { category = 0.5 }\nlanguages = { ru = 0.5 }\nquiet_days = 2\n"
    ministry.seed = parse_seed(f"{ministry.seed.toml}\n{expect}", seed_id="xx.tests", path="t")
    for path in ("/n/1", "/n/1", "/n/1", "/n/1"):
        run = ministry.run()
        run.get(path, make_page("Title", "water"))
        run.done()
        build(ministry.workspace, seeds={"xx.tests": ministry.seed}, engine="serial")
    root = ministry.workspace.root
    done = invoke("validate", "--package", root)
    assert done.returncode == 4
    validated = done.stdout
    assert validated.splitlines()[-1].startswith("valid, not as expected: ")
    status = invoke("status", "--package", root, "--fail-late")
    assert status.returncode == 4
    told = [
        line.removeprefix("xx.tests: ")
        for line in status.stdout.splitlines()
        if "expected" in line and "\t" not in line
    ]
    assert [words.rpartition("[")[2] for words in told] == ["min_articles]", "filled]", "languages]", "quiet_days]"]
    assert all(words in validated for words in told), validated


def test_counts_of_the_descriptor_are_those_of_a_rebuild(ministry, make_page) -> None:
    from crawler.package.descriptor.published import published

    for topic, status in (("water", 200), ("air", 200), ("", 404)):
        run = ministry.run()
        run.get("/n/1", make_page("Title", topic), status=status)
        run.get("/n/2", make_page(f"Other {topic}", topic or "soil"))
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    grown = published(ministry.workspace).descriptor
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial", full=True)
    rebuilt = published(ministry.workspace).descriptor
    for key in ("filled", "missing", "last_runs"):
        assert grown[key] == rebuilt[key]
    assert "published_offset=assumed" not in grown["filled"]["xx.tests"]  # its pages state their offset
    assert grown["last_runs"]["xx.tests"]["outcome"] == "complete" and grown["last_runs"]["xx.tests"]["rejected"] == 1
    assert grown["filled"]["xx.tests"]["title"] == 2 and len(grown["missing"]) == 1
