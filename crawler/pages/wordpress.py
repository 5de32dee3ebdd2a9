"""WordPress, by the class names that its core writes in classic and block themes."""

from __future__ import annotations

from crawler.model import Selectors
from crawler.pages.base import PageObject


class WordPress(PageObject):
    """Field by field over the general rules; a seed's selectors stand over these."""

    platform = "wordpress"
    selectors = Selectors(
        title="h1.entry-title, h1.wp-block-post-title",
        category="a[rel~='category'], .wp-block-post-terms.taxonomy-category a",
        body=".entry-content, .wp-block-post-content",
        tags=".tags-links a, .taxonomy-post_tag a",
        drop=(
            ".sharedaddy",
            ".jp-relatedposts",
            ".post-navigation",
            ".wp-block-comments",
            ".comments-area",
            ".wp-block-file__button",
        ),
    )
    pictures = ".wp-block-post-featured-image img, .post-thumbnail img"
