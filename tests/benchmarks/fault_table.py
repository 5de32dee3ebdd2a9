"""Every fault of the fault server, what is promised, and what a real crawl made of it: the table of docs/faults.md.

    python tests/benchmarks/fault_table.py            # prints the table
    python tests/benchmarks/fault_table.py --write    # puts it between the marks of docs/faults.md

Two crawls: one over a page for each fault, one over a site for each fault of robots.txt, listings and sitemaps. It ends
with status 1 when a promise was not kept."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "crawl")]

from fault_server import FAULTS, WHOLE, FaultSite
from site_faults import articles, sites

from crawler.archive.warc.reader import iter_payloads
from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.extraction import extract_capture
from crawler.model import Article, Rejection, Role
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

DOCUMENT = ROOT / "docs" / "faults.md"
BEGIN, END = "<!-- faults -->", "<!-- /faults -->"
HEAD = "| fault | promise | seen |\n| --- | --- | --- |\n"
Row = tuple[str, str, str, bool]  # fault, promise, seen, kept


def pages(folder: Path) -> Iterator[Row]:
    """The faults of single pages: one listing names all of them, with a good article behind each."""
    server = FaultSite()
    server.list([path for n, fault in enumerate(FAULTS) for path in (f"/a/{fault.name}", f"/good/{n}")])
    source = parse_seed(server.seed(crawl="retries = 1"), seed_id="xx.faults", path="x")
    workspace = Workspace(folder / "pages")
    (report,) = run_crawls([source], workspace)
    records: dict[str, list[Article | Rejection]] = {}
    (path,) = workspace.archive.glob("*.warc.gz")
    for payload in iter_payloads(path, role=Role.ARTICLE):
        name = urlsplit(payload.capture.url).path.rpartition("/")[2]
        records.setdefault(name, []).append(extract_capture(payload, source))
    server.close()
    for fault in FAULTS:
        got = [r for r in records.get(fault.name, []) if isinstance(r, Article)]
        whole = [r for r in got if r.text.count("Paragraph") == 5]
        told = _told(report, f"/a/{fault.name}")
        if fault.name in WHOLE:
            tries = server.tries[f"/a/{fault.name}"]
            yield (
                fault.name,
                fault.promise,
                f"whole, after {tries} requests" if whole else "MISSING",
                len(got) == len(whole) == 1,
            )
        else:
            last = next((r for r in reversed(records.get(fault.name, [])) if isinstance(r, Rejection)), None)
            seen = f"told: {', '.join(told)}" if told else f"rejected: {last.reason}" if last else "not asked for"
            yield (
                fault.name,
                fault.promise,
                f"no article; {seen}",
                not got and (fault.reason is None or fault.reason in told),
            )
    good = sum(len(records.get(str(n), [])) == 1 for n in range(len(FAULTS)))
    yield "(good articles between the faults)", "all arrive, each once", f"{good} of {len(FAULTS)}", good == len(FAULTS)


def whole_sites(folder: Path) -> Iterator[Row]:
    """The faults of whole sites, each a source of its own."""
    running = {fault.name: (fault, site, toml) for fault, site, toml in sites()}
    seeds = [parse_seed(toml, seed_id=f"xx.{name}", path=name) for name, (_, _, toml) in running.items()]
    reports = {report.source_id: report for report in run_crawls(seeds, Workspace(folder / "sites"))}
    for name, (fault, site, _) in running.items():
        site.close()
        told = _told(reports[f"xx.{name}"], "")
        got = articles(site)
        seen = f"{len(got)} of {len(fault.good)} articles, {len(site.requests)} requests"
        kept = sorted(got) == sorted(fault.good) and (fault.told is None or fault.told in told)
        yield name, fault.promise, seen + (f"; told: {', '.join(told)}" if told else ""), kept


def _told(report: CrawlReport, part: str) -> list[str]:
    return sorted({fault.reason for fault in report.faults if part in fault.url})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help=f"put the table into {DOCUMENT.name}")
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        rows = [*pages(Path(folder)), *whole_sites(Path(folder))]
    table = HEAD + "".join(
        f"| {name} | {promise} | {seen}{'' if kept else ' (BROKEN)'} |\n" for name, promise, seen, kept in rows
    )
    broken = [name for name, _, _, kept in rows if not kept]
    print(table)
    print(f"{len(rows) - len(broken)} of {len(rows)} promises kept, {time.monotonic() - begun:.0f} s", *broken)
    if options.write:
        before, _, rest = DOCUMENT.read_text("utf-8").partition(BEGIN)
        DOCUMENT.write_text(f"{before}{BEGIN}\n{table}{END}{rest.partition(END)[2]}", "utf-8")
    return bool(broken)


if __name__ == "__main__":
    raise SystemExit(main())
