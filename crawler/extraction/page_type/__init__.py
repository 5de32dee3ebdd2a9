"""What a page is, before anything is taken from it: an article, or one of its lookalikes."""

from crawler.extraction.page_type.lookalikes import refuse

__all__ = ["refuse"]
