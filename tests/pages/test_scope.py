"""Which addresses are a source's, on hosts that it shares and on its own."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from crawler.model import Seed
from crawler.pages import page_object
from crawler.seeds import parse_seed


def seed(homepage: str, *entries: str, platform: str = "generic", more: str = "") -> Seed:
    toml = f'title = {{ en = "T" }}\nhomepage = "{homepage}"\nplatform = "{platform}"\ntimezone = "UTC"\n'
    toml += '[languages]\nen = "en"\nkz = "kk"\n' + more
    toml += "".join(f'[[entries]]\nkind = "listing"\nlinks = "a"\nurl = "{url}"\n' for url in entries)
    return parse_seed(toml, seed_id="xx.tests", path="seeds/xx/tests.toml")


PORTAL = seed(
    "https://portal.example/health", "https://portal.example/health/news", "https://portal.example/kz/health/n"
)
WIDE = seed("https://portal.example/main", "https://portal.example/news")
DEEP = seed("https://gov.example/en/organisations/health", "https://gov.example/organisations/health.atom")
WHOLE = seed("https://www.health.example/en/", "https://health.example/en/news")
MATCHED = seed("https://portal.example/health", "https://portal.example/health/news", more="").toml
MATCHED_SEED = parse_seed(MATCHED + "match = '/item/h-\\d+'\n", seed_id="xx.tests", path="seeds/xx/tests.toml")
AUTHORITY = seed("https://gov.uz/ru/eco", platform="govuz", more='[options]\nauthority = "eco"\n')


@pytest.mark.parametrize(
    ("its", "url", "owned"),
    [
        (PORTAL, "https://portal.example/health/news/1", True),
        (PORTAL, "http://www.portal.example/kz/health/news/1", True),
        (PORTAL, "https://portal.example/HEALTH/news/1", True),
        (PORTAL, "https://portal.example/transport/news/1", False),
        (PORTAL, "https://portal.example/healthcare/news/1", False),
        (PORTAL, "https://portal.example/transport/news?next=/health/", False),
        (PORTAL, "https://portal.example/robots.txt", True),
        (PORTAL, "https://elsewhere.example/health/news/1", False),
        (WIDE, "https://portal.example/other/1", True),  # its listing stands elsewhere: the site is not cut by folders
        (DEEP, "https://gov.example/organisations/health/about", True),
        (DEEP, "https://gov.example/organisations/treasury/news/1", False),
        (DEEP, "https://gov.example/news/a-statement", True),  # the address tells nothing
        (WHOLE, "https://health.example/kz/anything", True),
        (WHOLE, "https://cdn.health.example/a.css", True),
        (WHOLE, "https://nothealth.example/", False),
        (MATCHED_SEED, "https://portal.example/item/h-12", True),
        (MATCHED_SEED, "https://portal.example/item/t-12", False),
        (AUTHORITY, "https://gov.uz/ru/eco/news/view/1", True),
        (AUTHORITY, "https://gov.uz/oz/eco", True),
        (AUTHORITY, "https://gov.uz/ru/mof/news/view/1", False),
        (AUTHORITY, "https://gov.uz/ru/news/view/1", False),
        (AUTHORITY, "https://gov.uz/_next/static/app.js", True),
        (AUTHORITY, "https://api-portal.gov.uz/authorities/news/view?id=1", True),
        (AUTHORITY, "https://[broken", False),
    ],
)
def test_what_a_source_owns(its: Seed, url: str, owned: bool) -> None:
    assert page_object(its).owns(url) is owned


@pytest.mark.parametrize(
    "url",
    [
        "https://www.health.example?a#b", "https://HEALTH.example:443/a", "https://u@health.example/", "https://health.example./",
        "https://[health.example/", "https://hea\tlth.example/é", "https://elsewhere.example/https://health.example/",
        "https://health.example@elsewhere.example/", "http://" + "a" * 400 + ".health.example/",
    ],
)  # fmt: skip
def test_a_host_is_looked_up_by_its_authority_alone(url: str) -> None:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        host = ""
    assert page_object(WHOLE).owns(url) == (f".{host}".endswith(".health.example"))
