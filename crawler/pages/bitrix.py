"""1C-Bitrix, by the markup of its standard component news.detail."""

from __future__ import annotations

from crawler.model import Selectors
from crawler.pages.base import PageObject


class Bitrix(PageObject):
    """Field by field over the general rules; a seed's selectors stand over these."""

    platform = "bitrix"
    selectors = Selectors(
        published=".news-detail .news-date-time, .news-detail__date, .news-date-time",
        body=".news-detail-text, .news-detail__text, .news-detail",
        # Not the date and the headline: what is dropped is gone before anything is read.
        drop=(".news-detail-share", ".news-list"),
    )
