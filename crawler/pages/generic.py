"""Any site: everything is found by general rules and by the seed's own selectors."""

from __future__ import annotations

from crawler.pages.base import PageObject


class Generic(PageObject):
    """Knows nothing of the site."""
