#!/usr/bin/env bash
# Files of a Hive-partitioned folder that keep the column of the partition (year=2026/, and a text column year inside)
# cannot be read back by pyarrow.parquet.read_table or pandas: the folder's name is taken as a dictionary, the column as
# a string, and the two do not merge. Each file alone can be read; polars and DuckDB read the folder.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "pyarrow==26.0.1" "duckdb==2.0.1"
cat > "$folder/ask.py" <<'PY'
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

folder = Path(sys.argv[1])
for source in ("a", "b"):
    there = folder / f"source={source}"
    there.mkdir(parents=True)
    pq.write_table(pa.table({"source": [source], "n": [1]}), there / "part-0.parquet")
print("one file:", pq.ParquetFile(folder / "source=a" / "part-0.parquet").read().to_pylist())
print("duckdb:", duckdb.sql(f"SELECT source, n FROM '{folder}/*/*.parquet' ORDER BY source").fetchall())
try:
    print("folder:", pq.read_table(folder).to_pylist())
except pa.ArrowTypeError as error:
    print("folder:", error)
    sys.exit(3)
PY
status=0
"$folder/venv/bin/python" "$folder/ask.py" "$folder/data" || status=$?
[ "$status" = 3 ]
