"""Share of right languages and speed, beside other tools in one run: `python tests/benchmarks/language_accuracy.py`.

Reads `languages/dev.tsv` of the shared material. Its lines come from the sources of the profiles, so that strange text
is harder than these figures say. Other tools take part when they are installed: `uv pip install py3langid pycld2`."""

from __future__ import annotations

import importlib
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from crawler.extraction.language import identify_language

DEV = Path(__file__).resolve().parents[3] / "shared" / "languages" / "dev.tsv"


def peers() -> dict[str, Callable[[str], str]]:
    """Functions from a text to a tag without script, since the others know none."""
    found: dict[str, Callable[[str], str]] = {"ours": lambda text: identify_language(text).tag}
    for name in ("py3langid", "pycld2"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            print(f"{name}: not installed")
            continue
        if name == "py3langid":
            found[name] = lambda text, m=module: m.classify(text)[0]  # type: ignore[misc]
        else:
            found[name] = lambda text, m=module: m.detect(text.encode(), isPlainText=True)[2][0][1]  # type: ignore[misc]
    return found


def main() -> None:
    if not DEV.exists():
        print(f"{DEV.name} is not here: nothing to measure")
        return
    rows = [line.split("\t", 1) for line in DEV.read_text("utf-8").splitlines()]
    for name, identify in peers().items():
        identify(rows[0][1])
        for length in (60, 250):
            right: dict[str, list[bool]] = defaultdict(list)
            for tag, text in rows:
                given = identify(text[:length])
                wanted = tag if name == "ours" else tag.split("-")[0]
                right[tag].append(given == wanted)
            shares = {tag: sum(hits) / len(hits) for tag, hits in right.items()}
            mean = sum(shares.values()) / len(shares)
            worst = min(shares, key=lambda tag: shares[tag])
            print(f"{name:<10} {length:>4} characters: mean {mean:.3f}, least {worst} {shares[worst]:.3f}")
        text = " ".join(row[1] for row in rows[:40])[:1500]
        begun = time.process_time()
        for _ in range(100):
            identify(text)
        print(f"{name:<10} {100 / (time.process_time() - begun):.0f} texts of 1,500 characters per CPU-second")


if __name__ == "__main__":
    main()
