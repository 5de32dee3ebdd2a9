"""Whether a list of the source led to a capture: then the site itself says that the page is there."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.discovery.dispatch import entries_of
from crawler.model import Capture, EntryKind, Seed

_FILES = (".xml", ".gz", ".txt")  # as sitemaps end (sitemaps.org), which many sites forget to make anew


def is_listed(capture: Capture, seed: Seed) -> bool:
    """True where a page, feed or API that lists what is there now led to the capture in the same run. A sitemap may be
    years old, and on gov.uz an item that is listed in one language is asked for in all."""
    if not capture.via or (seed.platform == "govuz" and not seed.entries):
        return False
    if all(entry.kind is not EntryKind.SITEMAP for entry in entries_of(seed)):
        return True
    return not urlsplit(capture.via).path.lower().endswith(_FILES)
