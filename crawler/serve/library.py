"""What the pages show: a list of all articles in a private database, and one article with what it said before."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.archive.index.snapshots import Snapshots
from crawler.workspace import Workspace

Row = Mapping[str, str]
Find = Callable[[str], tuple[Row, Sequence[Row]]]  # article id -> its row, and the rows of revisions about it
Explorer = Callable[[str], bytes]  # "index.html" or "explorer/<name>.js" -> its content

PAGE = 50  # articles on one page of the list
_COLUMNS = ("article_id", "title", "published_date", "source_id", "language", "status")


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list."""

    rows: tuple[tuple[str, ...], ...]  # the values of _COLUMNS
    total: int


class Library:
    """`rows` are those of the table `articles`; `find` and `explorer` raise NotFound. Safe to use from several threads.

    The list lives in a temporary file that the database removes itself: a package of a million articles fits."""

    def __init__(self, workspace: Workspace, rows: Iterable[Row], find: Find, explorer: Explorer) -> None:
        self.snapshots = Snapshots(workspace)
        self.find = find
        self.explorer = explorer
        self._lock = threading.Lock()
        self._base = sqlite3.connect("", check_same_thread=False)
        self._base.execute("CREATE TABLE article (id, title, date, source, language, status, words)")
        self._base.executemany(
            "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((*(row[name] for name in _COLUMNS), row["title"].casefold()) for row in rows),
        )
        self._base.execute("CREATE INDEX article_date ON article (date DESC, id)")
        self._base.commit()

    def listed(self, words: str, page: int) -> Listed:
        """Articles whose title or id holds `words`, newest first; `page` counts from 0."""
        pattern = f"%{_escaped(words.casefold().strip())}%"
        where = "words LIKE ? ESCAPE '\\' OR id LIKE ? ESCAPE '\\'"
        with self._lock:
            (total,) = self._base.execute(f"SELECT count(*) FROM article WHERE {where}", (pattern, pattern)).fetchone()  # noqa: S608 - our own text; values are bound
            rows = self._base.execute(
                f"SELECT id, title, date, source, language, status FROM article WHERE {where} "  # noqa: S608 - a constant
                "ORDER BY date DESC, id LIMIT ? OFFSET ?",
                (pattern, pattern, PAGE, page * PAGE),
            ).fetchall()
        return Listed(tuple(tuple(map(str, row)) for row in rows), int(total))

    def close(self) -> None:
        self._base.close()


def _escaped(words: str) -> str:
    return "".join(f"\\{c}" if c in "%_\\" else c for c in words)
