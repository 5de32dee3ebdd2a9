"""Scrapy's settings for a run: safe and polite whatever the seed says."""

from __future__ import annotations

from typing import Any

from crawler import __version__
from crawler.model import Seed

PRODUCT = "ministry-news"
_NO_HANDLER = dict.fromkeys(("file", "ftp", "s3", "data"))  # a link must never read this machine


def user_agent(seed: Seed) -> str:
    """An honest user agent: product, version, and where to complain."""
    if seed.crawl.user_agent:
        return seed.crawl.user_agent
    contact = f"; +{seed.crawl.contact}" if seed.crawl.contact else ""
    return f"{PRODUCT}/{__version__} (news archive{contact})"


PROCESS_SETTINGS: dict[str, Any] = {
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
    # Scrapy's default knows only the first IPv4 address of a name: the guard would see one of several.
    "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingHostnameResolver",
}


def settings_for(seed: Seed) -> dict[str, Any]:
    """The settings of one source's spider. Redirects, retries, robots, decoding and pacing are the spider's own, since
    Scrapy's do not archive each hop, read Retry-After, or fail closed."""
    handler = "crawler.crawl.transport.handler.PoliteDownloadHandler"
    return {
        "ADDONS": {},
        "BOT_NAME": PRODUCT,
        "USER_AGENT": user_agent(seed),
        "DOWNLOAD_HANDLERS": {**_NO_HANDLER, "http": handler, "https": handler},
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
            "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "ITEM_PIPELINES": {},
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": "gzip, deflate",  # what every reader of WARC files can decode
        },
        # The pacer gives the turns; a delay above zero keeps Scrapy 2.19 from starting many at once.
        "DOWNLOAD_DELAY": 0.001,
        "RANDOMIZE_DOWNLOAD_DELAY": False,
        # Scrapy starts so many tasks for the output of each callback, by default 100: a third of a crawl's CPU time.
        "CONCURRENT_ITEMS": 1,
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_TIMEOUT": seed.crawl.timeout_s,
        "DOWNLOAD_MAXSIZE": int(max(seed.crawl.max_body_mb, seed.crawl.max_media_mb) * (1 << 20)),
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the spider knows what it asked
        "LOG_ENABLED": False,
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "SEED": seed,
    }
