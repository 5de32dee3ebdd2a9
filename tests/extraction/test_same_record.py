"""The same bytes in, the same record out: whatever came before, and in whatever process, hash seed and time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import datetime, sys, time
day, order, folder = float(sys.argv[1]), sys.argv[2], sys.argv[3]
if day:  # the clock of Python stands still before anything else is loaded
    real = datetime.datetime
    class Frozen(real):
        @classmethod
        def now(cls, tz=None):
            return real.fromtimestamp(day, tz)
        @classmethod
        def utcnow(cls):
            return real.fromtimestamp(day, datetime.UTC).replace(tzinfo=None)
        @classmethod
        def today(cls):
            return real.fromtimestamp(day)
    datetime.datetime = Frozen
    class FrozenDay(datetime.date):
        @classmethod
        def today(cls):
            return real.fromtimestamp(day).date()
    datetime.date = FrozenDay
    time.time = lambda: day
import dataclasses, json, pathlib
import crawler
pages = sorted(pathlib.Path(folder).glob("*.html"))
records = {}
for path in pages if order == "up" else reversed(pages):
    record = crawler.extract(path.read_bytes(), "https://news.example.org/n/" + path.stem)
    records[path.name] = type(record).__name__ + " " + json.dumps(dataclasses.asdict(record), default=str)
print("\\n".join(f"{name} {records[name]}" for name in sorted(records)))
"""

_DAY = "{day:02}.03.2026 10:0{day}"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Pages that differ in what is sensitive: short and long, with a date and without, with lists and boxes."""
    for n in range(1, 5):
        text = "".join(
            f"<div class=part><p>Part {part} of the report of office {n} tells at length what was built, mended and "
            f"bought in the {part}th week of the year, and what each of these works has cost the town.</p></div>"
            for part in range(1, 3 * n)
        )
        dated = f"<p>{_DAY.format(day=n)}</p>" if n != 3 else ""
        others = "<h3>Related articles</h3><ul><li><a href=/n/9>The report of another office altogether</a></ul>"
        html = f"<html><title>Office {n} reports</title><h1>Office {n} reports on its year</h1>{dated}{text}{others}"
        (tmp_path / f"{n}.html").write_text(html, "utf-8")
    return tmp_path


def test_order_seed_and_clock_do_not_matter(pages: Path) -> None:
    runs = [("0", "up", "0"), ("946684800", "down", "1"), ("1774000000", "up", "2"), ("4070908800", "down", "0")]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, day, order, str(pages)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for day, order, seed in runs
    ]  # fmt: skip
    answers = []
    for process in started:
        out, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        answers.append(out)
    assert answers[0].count("html Article") >= 4
    assert all(answer == answers[0] for answer in answers)
