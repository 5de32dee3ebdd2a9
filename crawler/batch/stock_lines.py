"""What a file of another tool holds, as lines of JSON: how it travels between processes. No objects travel, since the
file may have taken over the process that read it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from crawler.archive.foreign.inventory import Inventory
from crawler.archive.foreign.place import Answer, Place

END = b"[]\n"


def lines_of(stock: Inventory) -> Iterator[bytes]:
    """The lines of an inventory, the last of which is `END`."""
    yield _line(
        "stock", stock.name, str(stock.path), stock.sha256, stock.is_arc, stock.info, stock.left_out, stock.lost
    )
    for name, places in (("capture", stock.captures), ("warcinfo", stock.warcinfo)):
        for place in places:
            yield _line(name, "", *_row(place))
    for name, by_id in (("request", stock.requests), ("metadata", stock.metadata)):
        for key, places in by_id.items():
            for place in places:
                yield _line(name, key, *_row(place))
    yield END


def stock_of(lines: Iterable[bytes]) -> Inventory:
    """The inventory in lines that `lines_of` made, without the last. Raises ValueError for anything else."""
    found: Inventory | None = None
    for line in lines:
        kind, key, *values = json.loads(line)
        if kind == "stock" and found is None:
            path, sha256, is_arc, info, left_out, lost = values
            found = Inventory(key, Path(path), sha256, is_arc, info=info, left_out=Counter(left_out), lost=lost)
        elif found is None:
            raise ValueError("no inventory")
        elif kind in ("capture", "warcinfo"):
            (found.captures if kind == "capture" else found.warcinfo).append(_place(values))
        else:
            (found.requests if kind == "request" else found.metadata).setdefault(key, []).append(_place(values))
    if found is None:
        raise ValueError("no inventory")
    return found


def _line(*values: object) -> bytes:
    return json.dumps(values).encode() + b"\n"


def _row(its: Place) -> list[object]:
    answer = its.answer and [its.answer.mime, its.answer.digest, its.answer.damage]
    place = [its.kind, its.url, its.record_id, its.concurrent_to, its.date, its.offset, its.length, its.owner]
    return [*place, its.is_kept, answer, its.method, its.fields, its.mismatch]


def _place(row: list[Any]) -> Place:
    row[9] = row[9] and Answer(*row[9])
    return Place(*row)
