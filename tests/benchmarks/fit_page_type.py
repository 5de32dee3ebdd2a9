"""Prints the weights of `crawler/extraction/page_type/listing_score.py`, fitted to pages of known kind, and what the
same fit says of sites that it was not given (ten parts, no site in two of them):

    python tests/benchmarks/fit_page_type.py [--pages FOLDER]

FOLDER holds the evaluation sets, by default `../shared/pages` beside the repository; the test pages of ministries and
the listings of the tests are added. Logistic regression with a quadratic penalty, by Newton's method; exit 2 where
there are no pages."""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawler.extraction.markup.charset import decode_html
from crawler.extraction.markup.parse import parse_html
from crawler.extraction.page.page import Page
from crawler.extraction.page_type.signs import signs
from crawler.extraction.titles.headline import choose_title
from crawler.pages import Fields

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "extraction"))
from listing_pages import LISTINGS

PENALTY = 0.0005  # of each squared weight, for each page
OWN = 0.25  # what a made listing counts for: they are alike
PARTS, ROUNDS, SUMS = 10, 25, (-0.5, 0.0, 0.25, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """One page: where it is from, whether it lists other items, and its signs."""

    group: str
    site: str
    lists: bool
    values: dict[str, float]


def sample(group: str, url: str, body: bytes, *, lists: bool) -> Sample:
    root = parse_html(decode_html(body).text)
    assert root is not None, url
    page = Page(root, url, None, None, Fields())
    title, _ = choose_title(page)
    site = ".".join((urlsplit(url).hostname or "").split(".")[-2:])
    return Sample(group, site, lists, signs(page, page.blocks, title))


def samples(folder: Path) -> list[Sample]:
    found = []
    for group in ("web", "press", "bodies", "mixed", "portals"):
        for line in (folder / group / "gold.jsonl").read_text("utf-8").splitlines():
            gold = json.loads(line)
            body = gzip.decompress((folder / group / gold["file"]).read_bytes())
            found.append(sample(group, gold["url"], body, lists=gold.get("kind", "article") != "article"))
    for path in sorted((ROOT / "tests" / "extraction" / "ministries").glob("*.html")):
        address = re.match(rb"<!-- (\S+) -->", path.read_bytes())
        assert address, path
        found.append(sample("ministries", address[1].decode(), path.read_bytes(), lists=False))
    for path in sorted((ROOT / "tests" / "extraction" / "no_articles").glob("*.html")):
        stated = re.match(rb"<!-- (\S+) (\S+) -->", path.read_bytes())
        assert stated, path
        if b"listing" in stated[2]:
            found.append(sample("no articles", stated[1].decode(), path.read_bytes(), lists=True))
    return found + [sample("made", url, body, lists=True) for _, url, body in LISTINGS]


def fit(pages: list[Sample], names: list[str]) -> list[float]:
    """The bias and the weights that make the labels most likely."""
    weights = [0.0] * (len(names) + 1)
    for _ in range(ROUNDS):
        size = len(weights)
        slope = [-PENALTY * len(pages) * w * (n > 0) for n, w in enumerate(weights)]
        curve = [[PENALTY * len(pages) * (n > 0) if n == k else 0.0 for k in range(size)] for n in range(size)]
        for page in pages:
            row = [1.0, *(page.values[name] for name in names)]
            chance = 1 / (1 + math.exp(-total(weights, page, names)))
            counts = OWN if page.group == "made" else 1.0
            for n, value in enumerate(row):
                slope[n] += counts * (page.lists - chance) * value
                for k, other in enumerate(row):
                    curve[n][k] += counts * chance * (1 - chance) * value * other
        weights = [w + step for w, step in zip(weights, solved(curve, slope), strict=True)]
    return weights


def total(weights: list[float], page: Sample, names: list[str]) -> float:
    return weights[0] + sum(w * page.values[name] for w, name in zip(weights[1:], names, strict=True))


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a system of linear equations, by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for n in range(len(rows)):
        pivot = max(range(n, len(rows)), key=lambda k: abs(rows[k][n]))
        rows[n], rows[pivot] = rows[pivot], rows[n]
        for k in range(len(rows)):
            if k != n:
                share = rows[k][n] / rows[n][n]
                rows[k] = [a - share * b for a, b in zip(rows[k], rows[n], strict=True)]
    return [row[-1] / row[n] for n, row in enumerate(rows)]


def report(title: str, pages: list[Sample], sums: list[float]) -> None:
    print(title)
    for least in SUMS:
        over = [page for page, found in zip(pages, sums, strict=True) if found > least]
        taken = {g: sum(p.group == g and not p.lists for p in over) for g in ("web", "press", "bodies", "mixed")}
        taken |= {g: sum(p.group == g and not p.lists for p in over) for g in ("portals", "ministries")}
        listed = {g: sum(p.group == g and p.lists for p in over) for g in ("web", "made", "no articles")}
        print(f"  over {least:5.2f}: listings refused {listed}, articles refused {taken}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages")
    folder = parser.parse_args().pages
    if not (folder / "web").is_dir():
        print(f"no pages in {folder}")
        return 2
    pages = samples(folder)
    names = list(pages[0].values)
    sites = sorted({page.site for page in pages})
    random.Random(1).shuffle(sites)  # noqa: S311 - parts of a sample, always the same
    part = {site: n % PARTS for n, site in enumerate(sites)}
    fits = [fit([p for p in pages if part[p.site] != n], names) for n in range(PARTS)]
    report("sites left out:", pages, [total(fits[part[p.site]], p, names) for p in pages])
    weights = fit(pages, names)
    report("all sites:", pages, [total(weights, p, names) for p in pages])
    for name, weight in zip(["bias", *names], weights, strict=True):
        print(f"{name:14}{weight:6.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
