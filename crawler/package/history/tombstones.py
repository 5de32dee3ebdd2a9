"""Articles taken out on request: what stands in their place, and how a rebuild knows of them.

`seeds/withdrawals.json` lists them. It is an input like the seeds: archive and seeds give back every other byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.errors import PackageInvalid
from crawler.ids import text_sha256
from crawler.model import Reason
from crawler.package.history.history import Folded, Known
from crawler.package.tables import cell_format
from crawler.package.tables.change_rows import change_row, erased_row
from crawler.package.tables.places import Places
from crawler.package.tables.row_builders import Sight, rejection_row
from crawler.package.tables.tables import LISTS, NO_ITEMS, Row, table
from crawler.workspace import Workspace
from crawler.workspace.safe_json import read_json

FILE = "seeds/withdrawals.json"
TITLE = "(withdrawn)"
_MAX_BYTES = 64 << 20
_BLANK = ("summary", "text", "category", "published_raw")
_NO_LISTS = ("authors", "tags", "warnings")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One article that was taken out: its blanked row, why, and when."""

    row: Row
    reason: str
    withdrawn_at: str

    def as_dict(self) -> dict[str, object]:
        return {"withdrawn_at": self.withdrawn_at, "reason": self.reason, "row": self.row}


def blank_row(row: Row, withdrawn_at: str) -> Row:
    """The row that stays: its id, its place and its times, without a word of the page."""
    blank = row | dict.fromkeys(_BLANK, "") | dict.fromkeys(_NO_LISTS, NO_ITEMS)
    return blank | {
        "title": TITLE,
        "text_sha256": text_sha256(""),
        "status": "withdrawn",
        "withdrawn_at": withdrawn_at,
    }


def load_withdrawals(workspace: Workspace) -> dict[str, Withdrawal]:
    """The withdrawals of a package by article id. Raises PackageInvalid when the file is none of ours."""
    path = workspace.root / FILE
    try:
        listed = read_json(path, limit=_MAX_BYTES)
        found = [Withdrawal(dict(item["row"]), str(item["reason"]), str(item["withdrawn_at"])) for item in listed]
        if any(set(item.row) != set(table("articles").columns) for item in found):
            raise ValueError("its rows are not those of articles")
        for item in found:  # of schema 1, where the cell of an empty list was empty
            item.row.update({column: NO_ITEMS for column in LISTS & item.row.keys() if not item.row[column]})
        return {item.row["article_id"]: item for item in found}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackageInvalid(f"{FILE}: cannot be read: {error}") from error


def dump_withdrawals(withdrawals: Mapping[str, Withdrawal]) -> bytes:
    """The content of the file."""
    items = [withdrawals[key].as_dict() for key in sorted(withdrawals)]
    return (json.dumps(items, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def moved_withdrawals(withdrawn: Mapping[str, Withdrawal], places: Places) -> dict[str, Withdrawal]:
    """The same, with the places that records have since files were joined."""
    return {article: replace(its, row=places.moved(its.row)) for article, its in withdrawn.items()}


def parted_withdrawals(withdrawn: Mapping[str, Withdrawal], places: Places) -> dict[str, Withdrawal]:
    """The same, with the places that records had before files were joined."""
    return {article: replace(its, row=places.parted(its.row)) for article, its in withdrawn.items()}


def fold_withdrawn(withdrawal: Withdrawal, known: Known, sights: Sequence[Sight]) -> Folded:
    """What captures of a withdrawn article add: a rejection each, but for the one that its row stands for."""
    folded = Folded(row=known.row)
    article_id = withdrawal.row["article_id"]
    for sight in sorted(sights, key=lambda s: (s.capture.fetched_at, s.capture.capture_id)):
        run_id = sight.capture.run_id
        if sight.capture.capture_id == withdrawal.row["capture_id"]:
            folded.row, folded.changed = withdrawal.row, True
            folded.counts[run_id, "new"] += 1
            folded.changes += [change_row("new", sight.capture, None, withdrawal.row), erased_row(withdrawal.row)]
            continue
        known_yet = cell_format.utc(sight.capture.fetched_at) >= withdrawal.row["first_seen_at"]
        row = rejection_row(sight, Reason.ON_REQUEST.value, "taken out on request", article_id if known_yet else "")
        folded.rejections.append(row)
        folded.counts[run_id, Reason.ON_REQUEST.value] += 1
    return folded


def is_blank(row: Row) -> bool:
    """Whether a row of articles is that of one whose words were taken out on request."""
    return row["status"] == "withdrawn" and row["title"] == TITLE and not row["text"]
