"""A seed's selectors go before the platform's and the general rules, field by field; one that finds nothing is told."""

from __future__ import annotations

import pytest

from crawler import extract
from crawler.model import Article
from crawler.seeds import parse_seed

TEXT = "The office opened a new pier at the lake, and the boats to the island leave every hour until the evening. "
PAGE = (
    "<head><title>Pier opened | Office</title><meta property='og:title' content='Pier opened at last'></head><body>"
    "<div class='kicker'>At the lake</div><h1>A new pier is opened</h1><b class='when'>11/03/2026</b>"
    f"<i class='section'>Boats</i><div class='text'><p>{TEXT}</p><p class='ad'>Buy a boat: {TEXT}</p></div>"
    "<u class='who'>Anna Berg</u><u class='tag'>lake</u><u class='tag'>pier</u></body>"
)


def read(platform: str, selectors: str) -> Article:
    seed = parse_seed(
        f'title = {{ en = "Office" }}\nhomepage = "https://lake.example/"\nplatform = "{platform}"\n'
        'timezone = "Asia/Tashkent"\n[languages]\nen = "en"\n'
        f'[[entries]]\nkind = "feed"\nurl = "https://lake.example/rss"\n[selectors]\n{selectors}\n',
        seed_id="xx.lake",
        path="lake.toml",
    )
    found = extract(PAGE.encode(), "https://lake.example/news/1", seed=seed)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("platform", ["generic", "bitrix", "drupal", "joomla", "nextjs", "wordpress"])
@pytest.mark.parametrize(
    ("selectors", "field", "value"),
    [
        ('title_from = "og"', "title", "Pier opened at last"),
        ('title_from = "title"', "title", "Pier opened"),
        ('title = ".kicker"', "title", "At the lake"),
        ('published = ".when"', "published", "2026-03-11"),
        ('published = ".when"\ndate_order = "MDY"', "published", "2026-11-03"),
        ('modified = ".when"', "modified", "2026-03-11"),
        ('category = ".section"', "category", "Boats"),
        ('authors = ".who"', "authors", "('Anna Berg',)"),
        ('tags = ".tag"', "tags", "('lake', 'pier')"),
        ('body = ".text"\ndrop = [".ad"]', "text", TEXT.strip()),
    ],
)
def test_a_field_by_its_selector(platform: str, selectors: str, field: str, value: str) -> None:
    assert str(getattr(read(platform, selectors), field)) == value


@pytest.mark.parametrize("field", ["title", "published", "body"])
def test_a_selector_that_finds_nothing_is_told_and_the_general_rules_read(field: str) -> None:
    record = read("generic", f'{field} = ".no-such-class"')
    assert record.warnings == (f"{field}: the seed's selector finds nothing",)
    assert (
        record.title == "A new pier is opened" and str(record.published) == "2026-03-11" and TEXT.strip() in record.text
    )
