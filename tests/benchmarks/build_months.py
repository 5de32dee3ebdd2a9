"""Writes the names of months of the world's languages from Babel's CLDR: `python tests/benchmarks/build_months.py`.

To be run when Babel is updated; a test says so when the table no longer is what Babel gives."""

from __future__ import annotations

import json

from crawler.extraction.dates.calendars.cldr_months import TABLE, names_of_world


def main() -> None:
    names = names_of_world()
    TABLE.write_text(json.dumps(names, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(names)} names")


if __name__ == "__main__":
    main()
