#!/usr/bin/env bash
# Datasette offers the search of an FTS5 table with external content only where content="articles" is written with double
# quotes (or brackets). With content='articles', which SQLite's documentation uses and SQLite takes for the same, the
# table has no search: ?_search= is ignored, and all rows come back, without an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "datasette==0.65.5"
cat > "$folder/ask.py" <<'PY'
import asyncio
import sqlite3
import sys

from datasette.app import Datasette

found = {}
for name, sign in (("single", "'"), ("double", '"')):
    path = f"{sys.argv[1]}/{name}.db"
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE articles (title TEXT)")
    base.executemany("INSERT INTO articles VALUES (?)", [("river",), ("canal",)])
    base.execute(f"CREATE VIRTUAL TABLE fts USING fts5(title, content={sign}articles{sign})")
    base.execute("INSERT INTO fts(fts) VALUES ('rebuild')")
    base.commit()
    print(name, "sqlite:", base.execute("SELECT title FROM fts WHERE fts MATCH 'river'").fetchall())

    async def ask(path=path, name=name):
        site = Datasette([path])
        await site.invoke_startup()
        answer = await site.client.get(f"/{name}/articles.json?_search=river&_shape=array")
        return [row["title"] for row in answer.json()]

    found[name] = asyncio.run(ask())
    print(name, "datasette:", found[name])
sys.exit(3 if found == {"single": ["river", "canal"], "double": ["river"]} else 0)
PY
status=0
"$folder/venv/bin/python" "$folder/ask.py" "$folder" || status=$?
[ "$status" = 3 ]
