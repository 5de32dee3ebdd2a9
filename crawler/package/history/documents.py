"""Captures by the article that they are of, more than fit in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from crawler.model import Article
from crawler.package.history.sights import Sights
from crawler.package.tables import cell_format
from crawler.package.tables.row_builders import Sight
from crawler.workspace.spool import Spool


class Documents:
    """The sights of each article, with what was decided of their addresses. `seen` has what was read."""

    def __init__(self, seen: Sights) -> None:
        self._seen = seen
        self._spool: Spool[Sight] = Spool(_dump, self._load)

    def put(self, article_id: str, sight: Sight) -> None:
        capture, outcome = sight.capture, sight.outcome
        size = len(outcome.text) if isinstance(outcome, Article) else 0
        self._spool.put(article_id, cell_format.utc(capture.fetched_at), capture.capture_id, sight, size=size)

    def __len__(self) -> int:
        return self._spool.count_parts()

    def __iter__(self) -> Iterator[tuple[str, list[Sight]]]:
        """By article id, in their order."""
        return self._spool.grouped()

    def close(self) -> None:
        """Gives back memory and disk."""
        self._spool.close()

    def _load(self, data: bytes) -> Sight:
        capture_id, document, url, warnings = json.loads(data)
        sight = self._seen.of_id(capture_id)
        outcome = replace(sight.outcome, document=document)
        if isinstance(outcome, Article):
            outcome = replace(outcome, url=url, warnings=tuple(warnings))
        return replace(sight, outcome=outcome)


def _dump(sight: Sight) -> bytes:
    outcome = sight.outcome
    warnings = list(outcome.warnings) if isinstance(outcome, Article) else []
    return json.dumps([sight.capture.capture_id, outcome.document, outcome.url, warnings]).encode()
