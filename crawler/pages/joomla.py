"""Joomla 3 to 5, by the markup and microdata of its component com_content."""

from __future__ import annotations

from crawler.model import Selectors
from crawler.pages.base import PageObject


class Joomla(PageObject):
    """Field by field over the general rules; a seed's selectors stand over these."""

    platform = "joomla"
    selectors = Selectors(
        title=".item-page [itemprop='headline'], .item-page .page-header h1, .item-page .page-header h2",
        published="dd.published time, time[itemprop='datePublished'], dd.create time",
        modified="dd.modified time, time[itemprop='dateModified']",
        category="dd.category-name a, dd.category-name [itemprop='genre']",
        body="[itemprop='articleBody'], .com-content-article__body",
        authors="dd.createdby [itemprop='name'], dd.createdby > span:not([class])",
        tags=".tags .tag-list0 a, ul.tags a",
        drop=(".pagenavigation", ".pager", ".icons", "[itemprop='articleBody'] .tags"),
    )
    pictures = ".item-page .item-image img"
