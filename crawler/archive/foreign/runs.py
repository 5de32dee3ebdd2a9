"""Which pass over a source each capture of other tools is of. Pure.

It follows from the captures alone, so that the same ones give the same runs in whatever files, order and number of
commands they come: a run of another package of this program keeps its name; what other tools made belongs together
until nothing came for six hours, or a day has passed. Names that tools give their crawls say less than the clock: one
crawl writes many files with a warcinfo each, and one file may hold the captures of years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.model import Capture

GAP = timedelta(hours=6)  # without a capture: what comes then is another run
_LONGEST = timedelta(hours=24)  # of one run, of a site that is captured without a pause


def with_runs(captures: Iterable[Capture]) -> Iterator[Capture]:
    """`captures`, which come in the order of time and, at one moment, of their ids; those of other tools with the run
    that they are of."""
    begun: dict[str, tuple[datetime, datetime, str]] = {}  # by source: begin, last capture and name of its newest run
    for capture in captures:
        if capture.foreign is None:
            yield capture
        elif capture.foreign.run:
            yield replace(capture, run_id=capture.foreign.run)
        else:
            moment = capture.fetched_at
            begin, last, name = begun.get(capture.source_id, (moment, moment, ""))
            if not name or moment - last > GAP or moment - begin > _LONGEST:
                begin, name = moment, f"{capture.source_id}-{moment.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"
            begun[capture.source_id] = (begin, moment, name)
            yield replace(capture, run_id=name)
