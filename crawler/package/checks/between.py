"""The rules between tables, once every row was read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

from crawler.package.checks.rows import Ledger
from crawler.package.tables.article_counts import Tally, as_tally
from crawler.package.tables.change_rows import KINDS

_ENDS = ("captures", "articles", "revisions", "rejections")  # tables in which captures of articles end


def check_between(ledger: Ledger, stated: Mapping[str, int], tally: Tally | None) -> None:
    """The rules between tables: keys, row counts, locators, and that nothing vanishes (the third law)."""
    findings = ledger.findings
    for name, count in stated.items():
        if ledger.rows[name] != count:
            words = f"table {name}: {ledger.rows[name]} rows, {count} stated"
            findings.error("row-count", words, "datapackage.json", because=(name,))
    if tally is not None and tally != (counted := as_tally(ledger.statuses)):
        words = f"articles by source: {counted}, {tally} stated"
        findings.error("row-count", words, "datapackage.json", because=("articles",))
    for name, path, other, key in ledger.references:
        if key not in ledger.keys[other]:
            findings.error("foreign-key", f"{name}: {key} is not among {other}", path, because=(other,))
    for capture in ledger.roles:
        if ledger.ends[capture] != 1:
            words = f"capture {capture} of an article ends in {ledger.ends[capture]} rows, not 1"
            findings.error("accounting", words, because=_ENDS)
    for capture in ledger.ends.keys() - ledger.roles.keys():
        findings.error("accounting", f"capture {capture} has a row, but was made for no article", because=_ENDS)
    for path, line, capture, made in ledger.seen:
        if made != ledger.made.get(capture, made):
            words = f"capture {capture}: its time and run are not those of captures"
            findings.error("time", words, path, line, because=("captures",))
    for path, capture, place in ledger.words:
        held_by = ledger.repeats.get(capture, "")
        if place not in (ledger.places.get(capture), ledger.places.get(held_by, place) if held_by else None):
            words = f"capture {capture}: file, offset and length are not those of captures"
            findings.error("locator", words, path, because=("captures",))
    _check_runs(ledger)
    _check_confirmations(ledger)


def _check_confirmations(ledger: Ledger) -> None:
    for article, moment in ledger.unchanged.items():
        told, path = ledger.confirmed.get(article, ("", ""))
        if told != moment:
            words = f"article {article}: last confirmed {told or 'never'}, its captures say {moment}"
            ledger.findings.error("confirmations", words, path, because=("rejections", "confirmations"))
    for article in ledger.confirmed.keys() - ledger.unchanged.keys():
        words, path = f"article {article}: no capture confirms it", ledger.confirmed[article][1]
        ledger.findings.error("confirmations", words, path, because=("rejections",))


def _check_runs(ledger: Ledger) -> None:
    mine = Counter(ledger.roles.values())
    for run_id, row in ledger.runs.items():
        ended = sum(int(row[kind]) for kind in KINDS) + sum(json.loads(row["rejected"]).values())
        if not ended == int(row["article_captures"]) == mine[run_id]:
            words = f"run {run_id}: {row['article_captures']} article captures, {ended} in rows, {mine[run_id]} there"
            ledger.findings.error("accounting", words, because=(*_ENDS, "runs"))
        if int(row["captures"]) != ledger.per_run[run_id]:
            words = f"run {run_id}: {ledger.per_run[run_id]} captures, {row['captures']} stated"
            ledger.findings.error("accounting", words, because=("captures", "runs"))
        told = {kind: ledger.changed[run_id, kind] for kind in KINDS}
        if told != (counted := {kind: int(row[kind]) for kind in KINDS}):
            words = f"run {run_id}: {counted} stated, {told} in changes"
            ledger.findings.error("accounting", words, because=("changes", "runs"))
