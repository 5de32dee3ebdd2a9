"""Next.js: what the server draws is read like any page, what only scripts carry from their payload."""

from __future__ import annotations

from crawler.pages.base import PageObject


class NextJs(PageObject):
    """Field by field over the general rules; a seed's selectors stand over these."""

    platform = "nextjs"
    # Class names are made anew by each build, so there is nothing to select; general rules read both forms.
