"""Captures of other tools, whatever their tools wrote, taken into a package as captures like our own."""

from crawler.archive.foreign.take_in import Taken, ingest

__all__ = ["Taken", "ingest"]
