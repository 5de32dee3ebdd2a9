"""Captures of other tools, whatever their tools wrote, taken into a package as captures like our own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crawler.archive.foreign.account import FileAccount, Taken
from crawler.archive.foreign.revisits import with_originals
from crawler.archive.foreign.runs import with_runs
from crawler.archive.foreign.take_in import ingest
from crawler.archive.warc.fixity import Contents, contents_in
from crawler.model import Capture

__all__ = ["FileAccount", "Taken", "contents_in", "ingest", "settled"]


def settled(captures: Iterable[Capture], contents: Contents | None = None) -> Iterator[Capture]:
    """`captures` of a whole package, in the order of time and, at one moment, of their ids; those of other tools with
    the run that they are of, and with what they repeat. It depends on the captures alone, and not on the order in which
    they were taken in. They are gone through several times, and none is held. `contents` reads what a record holds,
    where digests that records state are not enough."""
    return with_runs(with_originals(captures, contents))
