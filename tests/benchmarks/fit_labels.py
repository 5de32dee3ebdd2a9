"""Prints `crawler/extraction/article_text/line_weights.py` fitted to pages with known texts, and what the same fit does
on sites that it was not given (ten parts, no site in two of them):

    python tests/benchmarks/fit_labels.py [--pages FOLDER] [--write]

FOLDER holds the evaluation sets, by default `../shared/pages` beside the repository; the test pages of ministries are
added. Logistic regression on the bins of each sign with a quadratic penalty, by Newton's method; a line counts for its
share of its page's text. With --write the table is written; exit 2 where there are no pages."""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from urllib.parse import urlsplit

import crawler
from crawler.extraction.article_text import line_weights, main_text
from crawler.extraction.article_text.line_signs import LineSigns, bins
from crawler.extraction.labels.draft import Draft

sys.path.insert(0, str(Path(__file__).resolve().parent))
from fit_page_type import ROOT, solved

TABLE = ROOT / "crawler" / "extraction" / "article_text" / "line_weights.py"
PENALTY = 2.0  # of each squared weight; all lines of a page together weigh at most a hundred
PASSAGES = 400  # words of a page of which only passages are known
PARTS, ROUNDS, SUMS = 10, 8, (0.0, 0.4, 0.8, 1.2)
EDGES = line_weights.EDGES
NUMBERS = {key: n for n, key in enumerate((name, k) for name in EDGES for k in range(len(EDGES[name]) + 1))}


@dataclass(slots=True)
class Line:
    """A sentence outside the text: the numbers of its bins, the share of it that the known text has, its weight."""

    bins: list[int]
    share: float
    weight: float
    words: list[str]
    found: float = 0.0


@dataclass(slots=True)
class Sample:
    """One page: what is read of it, what a reader would, and the sentences that nothing names."""

    group: str
    site: str
    known: list[str]
    read: list[tuple[int, list[str]]] = field(default_factory=list)
    lines: list[tuple[int, Line]] = field(default_factory=list)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


def shingles(tokens: list[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(tokens[n : n + 4]) for n in range(max(1, len(tokens) - 3)))


def drafts() -> tuple[list[Draft], Callable[[Draft], set[int]]]:
    """A list that is filled with the drafts of what is read from now on, and what fills it: it adds no line."""
    seen: list[Draft] = []

    def note(draft: Draft) -> set[int]:
        seen.append(draft)
        return set()

    return seen, note


def sample(group: str, url: str, body: bytes, known: str, seen: list[Draft]) -> Sample | None:
    seen.clear()
    crawler.extract(body, url)
    if not seen or not seen[-1].text:
        return None
    draft, tokens = seen[-1], words(known)
    site = ".".join((urlsplit(url).hostname or "").split(".")[-2:])
    page = Sample(group, site, tokens, [(n, words(draft.blocks[n].text)) for n in draft.text])
    left, signs = shingles(tokens), LineSigns(draft)
    for _, own in page.read:
        left -= shingles(own)
    for n in signs.candidates():
        own = words(draft.blocks[n].text)
        share = (shingles(own) & left).total() / shingles(own).total()
        weight = 100 * len(own) / (len(tokens) + 50) * abs(2 * share - 1)
        page.lines.append((n, Line([NUMBERS[key] for key in bins(signs.of(n), EDGES)], share, weight, own)))
    return page


def passages(gold: dict[str, list[str]], url: str, body: bytes, seen: list[Draft]) -> Sample | None:
    """A page of which only passages are known: those of the text, and those that are none of it, comments included."""
    page = sample("mixed", url, body, "\n".join(gold["with"]), seen)
    if page is None:
        return None
    kept = []
    for n, line in page.lines:
        text = " ".join(line.words)
        inside = any(" ".join(words(passage)) in text for passage in gold["with"])
        outside = any(" ".join(words(p)) in text for p in [*gold["without"], *gold.get("comments", [])])
        if inside != outside:
            line.share, line.weight = float(inside), 100 * len(line.words) / PASSAGES
            kept.append((n, line))
    page.lines = kept
    return page


def samples(folder: Path) -> Iterator[Sample]:
    seen, note = drafts()
    main_text.likely_text = note  # type: ignore[assignment]
    for group in ("web", "press", "bodies", "mixed", "portals"):
        for line in (folder / group / "gold.jsonl").read_text("utf-8").splitlines():
            gold = json.loads(line)
            body = gzip.decompress((folder / group / gold["file"]).read_bytes())
            if group == "mixed":
                yield from filter(None, [passages(gold, gold["url"], body, seen)])
            elif gold.get("text") and gold.get("kind", "article") == "article":
                yield from filter(None, [sample(group, gold["url"], body, gold["text"], seen)])
    for path in sorted((ROOT / "tests" / "extraction" / "ministries").glob("*.html")):
        address, record = (
            re.match(rb"<!-- (\S+) -->", path.read_bytes()),
            json.loads(path.with_suffix(".json").read_text()),
        )
        assert address, path
        known = "\n".join(record["paragraphs"])
        yield from filter(None, [sample("ministries", address[1].decode(), path.read_bytes(), known, seen)])


def fit(lines: list[Line]) -> list[float]:
    """The bias, which no penalty holds, and the weight of each bin."""
    size = len(NUMBERS) + 1
    weights = [0.0] * size
    for _ in range(ROUNDS):
        slope = [-PENALTY * w * (n > 0) for n, w in enumerate(weights)]
        curve = [[PENALTY if n == k and n else 1e-6 if n == k else 0.0 for k in range(size)] for n in range(size)]
        for line in lines:
            chance = 1 / (1 + math.exp(-total(weights, line)))
            step, bend = line.weight * ((line.share >= 0.5) - chance), line.weight * chance * (1 - chance)
            on = [0, *(n + 1 for n in line.bins)]
            for n in on:
                slope[n] += step
                row = curve[n]
                for k in on:
                    row[k] += bend
        weights = [w + step for w, step in zip(weights, solved(curve, slope), strict=True)]
    return weights


def total(weights: list[float], line: Line) -> float:
    return weights[0] + sum(weights[n + 1] for n in line.bins)


def report(title: str, pages: list[Sample]) -> None:
    print(title)
    for least in (math.inf, *SUMS):
        told = []
        for group in ("web", "press", "bodies", "portals", "ministries"):
            scores = [_measured(page, least) for page in pages if page.group == group]
            precision, recall = (fmean(parts) for parts in zip(*scores, strict=True))
            told.append(f"{group} {precision:.4f} {recall:.4f} {2 * precision * recall / (precision + recall):.4f}")
        print(f"  over {least:4.1f}: P R F1 " + " | ".join(told))


def _measured(page: Sample, least: float) -> tuple[float, float]:
    taken = [*page.read, *((n, line.words) for n, line in page.lines if line.found > least)]
    have = shingles([word for _, own in sorted(taken, key=lambda pair: pair[0]) for word in own])
    both, known = 0, shingles(page.known)
    both = (have & known).total()
    return both / have.total(), both / known.total()


def table(weights: list[float]) -> str:
    """The module of the table."""
    rows = []
    for name, edges in EDGES.items():
        own = [weights[NUMBERS[name, k] + 1] for k in range(len(edges) + 1)]
        rows.append(f'    "{name}": ({", ".join(f"{w:.2f}" for w in own)}),')
    source = TABLE.read_text("utf-8")
    head, _, _ = source.partition("WEIGHTS:")
    head = re.sub(r"BIAS = \S+", f"BIAS = {weights[0]:.2f}", head)
    return head + "WEIGHTS: dict[str, tuple[float, ...]] = {\n" + "\n".join(rows) + "\n}\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages")
    parser.add_argument("--write", action="store_true", help="write the table")
    given = parser.parse_args()
    if not (given.pages / "web").is_dir():
        print(f"no pages in {given.pages}")
        return 2
    pages = list(samples(given.pages))
    sites = sorted({page.site for page in pages})
    random.Random(1).shuffle(sites)  # noqa: S311 - parts of a sample, always the same
    part = {site: n % PARTS for n, site in enumerate(sites)}
    for n in range(PARTS):
        weights = fit([line for page in pages if part[page.site] != n for _, line in page.lines])
        for page in pages:
            for _, line in page.lines if part[page.site] == n else ():
                line.found = total(weights, line)
    report("sites left out:", pages)
    weights = fit([line for page in pages for _, line in page.lines])
    if given.write:
        TABLE.write_text(table(weights), "utf-8")
    else:
        print(table(weights))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
