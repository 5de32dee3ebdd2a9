"""Lines of several days, each behind a label of its own: "Last update: 2 November 2026. Published on: 14.10.2026"."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extraction.words import vocabulary

_FIGURE = re.compile(r"\d+")
_TWO_DAYS = 4  # figures of two days that have their months in words
_LABELS = {
    "published": "published",
    "updated": "modified",
    "document_dates": "document",
    "event_dates": "other",
}


@lru_cache(maxsize=1024)  # the boxes around a line hold the same words
def labelled_days(line: str) -> tuple[tuple[str, str], ...]:
    """(published | modified | document | other, words) of each part of a line that tells a day of publication beside
    another one, from each label to the next; what stands in front of the first label is another day's. Empty for all
    other lines."""
    if len(_FIGURE.findall(line)) < _TWO_DAYS:
        return ()
    line = line.replace("\u00a0", " ").replace(" :", ":")  # as French has it
    found = sorted(
        (start, stop, kind) for name, kind in _LABELS.items() for start, stop in vocabulary(name).spans(line)
    )
    labels: list[tuple[int, int, str]] = []
    for label in found:  # the longer one of two that begin together
        if labels and label[0] == labels[-1][0]:
            labels[-1] = label
        elif not labels or label[0] >= labels[-1][1]:
            labels.append(label)
    if not labels:
        return ()
    begins = [start for start, _, _ in labels]
    parts = [(kind, line[start:end]) for (start, _, kind), end in zip(labels, [*begins[1:], len(line)], strict=True)]
    if front := line[: begins[0]]:
        parts.insert(0, ("published" if vocabulary("date_label").opening(front) else "other", front))
    dated = [(kind, part) for kind, part in parts if _FIGURE.search(part)]
    return tuple(dated) if len(dated) > 1 and any(kind == "published" for kind, _ in dated) else ()
