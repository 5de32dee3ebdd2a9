"""The whole demo site with every recoverable fault switched on at once, beside the same site without.

    python tests/benchmarks/faulty_demo.py

Prints how many articles each crawl gave, how many are the same (id and sha256 of the text), and how often each fault
struck. Ends with status 1 when an article is missing, different or twice."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "crawl")]

from faulty_demo import PASSING, crawl_demo


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        clean, _, _, port = crawl_demo(Path(folder) / "clean", None, 0, faulty=False)
        faulty, reports, struck, _ = crawl_demo(Path(folder) / "faulty", None, port, faulty=True)
    same = sum(clean.get(key) == texts for key, texts in faulty.items())
    print(f"articles without faults {len(clean)}, with faults {len(faulty)}, the same {same}")
    print(f"faults {len(struck)} of {len(PASSING)} kinds, {struck.total()} in all; tried again:", end=" ")
    print(", ".join(f"{r.source_id} {r.counts['retries']} ({r.result})" for r in reports))
    for name, count in sorted(struck.items()):
        print(f"  {name:<32} {count}")
    return int(faulty != clean)


if __name__ == "__main__":
    raise SystemExit(main())
