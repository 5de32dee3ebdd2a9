"""DuckDB, which holds what the rules between rows need. The only home of duckdb."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.errors import EnvironmentFault

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY_MB = 100  # what DuckDB holds of tables and joins; the rest lies on disk


@contextmanager
def opened_engine() -> Iterator[tuple[DuckDBPyConnection, Path]]:
    """A database in memory, which puts what is more than it may hold into a private temporary folder (TMPDIR), and the
    folder; both are gone afterwards.

    What is read with it comes from others: it opens nothing outside of that folder, fetches and loads no extension, and
    cannot be told otherwise later. Raises EnvironmentFault when the disk refuses."""
    import duckdb  # noqa: PLC0415 - a tenth of a second, which `--help` and `status` should not pay

    with tempfile.TemporaryDirectory(prefix="ministry-news-columns-") as name:
        folder = Path(name).resolve()
        engine = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": f"{_MEMORY_MB}MB",
                "threads": "1",  # rows come in the order of the file
                "temp_directory": str(folder / "spilled"),
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "allow_community_extensions": "false",
            },
        )
        try:
            engine.execute(f"SET allowed_directories = [{text(f'{folder}/')}]")
            engine.execute("SET enable_external_access = false")
            engine.execute("SET python_enable_replacements = false")  # a name in SQL is no variable of Python
            engine.execute("SET lock_configuration = true")
            yield engine, folder
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise EnvironmentFault(f"{folder}: {str(error).partition(chr(10))[0]}") from error
        finally:
            engine.close()


def text(value: str) -> str:
    """`value` as a literal of SQL."""
    return "'" + value.replace("'", "''") + "'"


def column(name: str) -> str:
    """The name of a column of ours in SQL."""
    return f'"{name}"'
