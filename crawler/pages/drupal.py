"""Drupal 8 and later, by the field classes of its own themes."""

from __future__ import annotations

from crawler.model import Selectors
from crawler.pages.base import PageObject


class Drupal(PageObject):
    """Field by field over the general rules; a seed's selectors stand over these."""

    platform = "drupal"
    selectors = Selectors(
        published=".field--name-field-date time, .node__meta time, .field--name-created",
        category=".field--name-field-category .field__item, .field--name-field-news-type .field__item",
        summary=".field--name-field-lead, .field--name-field-summary, .field--name-field-teaser",
        body=".field--name-body",
        tags=".field--name-field-tags .field__item",
    )
