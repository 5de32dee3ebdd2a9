"""The two seeds of the demo site, as a person would write them."""

from __future__ import annotations

from urllib.parse import urlsplit

_RIVERS = """\
title = {{ en = "Ministry of Rivers and Orchards (demonstration)", ru = "Министерство рек и садов (демонстрация)" }}
homepage = "{url}/ru/rivers"
platform = "govuz"
timezone = "Asia/Tashkent"
rights = "Made-up texts, CC0."

[languages]
oz = "uz-Latn"
uz = "uz-Cyrl"
ru = "ru"
en = "en"

[options]
authority = "rivers"
site = "{url}"
api = "{url}"

{crawl}
[expect]
filled = {{ title = 1.0, published_at = 1.0, category = 1.0 }}
min_articles = 100
"""

_ORCHARDS = """\
title = {{ en = "Orchard Bulletin (demonstration)", ru = "Вестник садов (демонстрация)" }}
homepage = "{url}/orchards/"
platform = "wordpress"
timezone = "Asia/Tashkent"
rights = "Made-up texts, CC0."

[languages]
en = "en"
ru = "ru"
uz = "uz-Latn"

[[entries]]
kind = "sitemap"
url = "{url}/orchards/wp-sitemap.xml"

[[entries]]
kind = "feed"
url = "{url}/orchards/feed/"

{crawl}
[expect]
filled = {{ title = 1.0, published_at = 1.0 }}
min_articles = 20
"""

# A loopback server needs no manners, and the demo ages within seconds: everything is due in every run, and one absence
# proves a withdrawal.
_CRAWL = """\
[crawl]
delay_s = 0.004
recheck_days = 0
gone_runs = 1
gone_hours = 0
media = "all"
allow_private = ["{host}"]
"""


def seed_texts(url: str) -> dict[str, str]:
    """The TOML of the demo's seeds by id, for a site at `url`."""
    crawl = _CRAWL.format(host=urlsplit(url).netloc)
    return {
        "demo.rivers": _RIVERS.format(url=url, crawl=crawl),
        "demo.orchards": _ORCHARDS.format(url=url, crawl=crawl),
    }
