"""The rules between tables, once every row was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crawler.model import Reason
from crawler.package.checks.columns.columns import Columns
from crawler.package.checks.columns.engine import column, text
from crawler.package.checks.columns.facts import statuses
from crawler.package.checks.columns.screen import COUNTS, matches
from crawler.package.checks.columns.second_look import rows_at
from crawler.package.checks.findings import Findings
from crawler.package.tables.article_counts import Tally, as_tally
from crawler.package.tables.change_rows import KINDS

_ENDS = ("captures", "articles", "revisions", "rejections")  # tables in which captures of articles end
# Table -> what it refers to: column, table, and whether the cell may be empty. In the order in which it is told.
_REFERENCES: Mapping[str, Sequence[tuple[str, str, bool]]] = {
    "runs": [("source_id", "sources", False)],
    "captures": [("source_id", "sources", False), ("run_id", "runs", False)],
    "articles": [("source_id", "sources", False), ("capture_id", "captures", False)],
    "revisions": [
        ("source_id", "sources", False), ("capture_id", "captures", False), ("article_id", "articles", False),
    ],
    "rejections": [
        ("capture_id", "captures", False), ("source_id", "sources", False), ("article_id", "articles", True),
    ],
    "media": [("article_id", "articles", False), ("named_by", "captures", False), ("capture_id", "captures", True)],
    "confirmations": [("article_id", "articles", False), ("capture_id", "captures", False)],
    "changes": [
        ("article_id", "articles", True), ("run_id", "runs", True), ("capture_id", "captures", True),
        ("source_id", "sources", False),
    ],
}  # fmt: skip
_KEYS = {"sources": "source_id", "runs": "run_id", "captures": "capture_id", "articles": "article_id"}


def check_between(
    columns: Columns,
    findings: Findings,
    stated: Mapping[str, int],
    tally: Tally | None,
    odd_counts: Mapping[str, int],
) -> None:
    """The rules between tables: keys, row counts, locators, and that nothing vanishes (the third law). `stated` are the
    rows of each table and `tally` those of articles, as the descriptor says."""
    for name, count in stated.items():
        if columns.rows[name] != count:
            words = f"table {name}: {columns.rows[name]} rows, {count} stated"
            findings.error("row-count", words, "datapackage.json", because=(name,))
    if tally is not None and tally != (counted := as_tally(statuses(columns))):
        words = f"articles by source: {counted}, {tally} stated"
        findings.error("row-count", words, "datapackage.json", because=("articles",))
    _check_references(columns, findings)
    # Where a capture stands twice, the last row is meant.
    columns.engine.execute(
        """CREATE VIEW held AS SELECT * FROM captures WHERE (part, n) IN
           (SELECT max((part, n)) FROM captures GROUP BY capture_id)"""
        if _has_twins(columns)
        else "CREATE VIEW held AS SELECT * FROM captures"
    )
    _check_ends(columns, findings)
    _check_times(columns, findings)
    _check_places(columns, findings)
    _check_runs(columns, findings, odd_counts)
    _check_confirmations(columns, findings)


def _has_twins(columns: Columns) -> bool:
    return bool(list(columns.ask("SELECT 1 FROM captures GROUP BY capture_id HAVING count(*) > 1 LIMIT 1")))


def _check_references(columns: Columns, findings: Findings) -> None:
    for name, references in _REFERENCES.items():
        told = "wording" if name == "articles" else name
        lost = " UNION ALL ".join(
            f"SELECT part, n, {nth} AS nth, {text(other)}, its.{column(key)} FROM {name} AS its"  # noqa: S608
            f" ANTI JOIN {other} AS other ON its.{column(key)} = other.{column(_KEYS[other])}"
            + (f" WHERE its.{column(key)} <> ''" if may_be_empty else "")
            for nth, (key, other, may_be_empty) in enumerate(references)
        )
        for part, _, nth, other, key in columns.ask(f"{lost} ORDER BY 1, 2, 3"):
            its = "wording" if told == "revisions" and nth < 2 else told
            findings.error("foreign-key", f"{its}: {key} is not among {other}", columns.path(part), because=(other,))


def _check_ends(columns: Columns, findings: Findings) -> None:
    ends = """
        ends AS (SELECT capture_id, count(*) AS ends FROM (
            SELECT capture_id FROM articles UNION ALL SELECT capture_id FROM rejections
            UNION ALL SELECT capture_id FROM revisions WHERE change_kind <> 'extractor'
        ) GROUP BY capture_id)"""  # another reading of a capture has its row already
    query = f"""WITH {ends}
        SELECT capture_id, coalesce(ends, 0) FROM held LEFT JOIN ends USING (capture_id)
        WHERE role = 'article' AND coalesce(ends, 0) <> 1 ORDER BY part, n"""  # noqa: S608 - no value of others
    for capture, count in columns.ask(query):
        words = f"capture {capture} of an article ends in {count} rows, not 1"
        findings.error("accounting", words, because=_ENDS)
    query = f"""WITH {ends}
        SELECT capture_id FROM ends ANTI JOIN (SELECT capture_id FROM held WHERE role = 'article') USING (capture_id)
        ORDER BY capture_id"""  # noqa: S608 - as above
    for (capture,) in columns.ask(query):
        words = f"capture {capture} has a row, but was made for no article"
        findings.error("accounting", words, because=_ENDS)


def _check_times(columns: Columns, findings: Findings) -> None:
    for name, moment in (("articles", "seen_at"), ("rejections", "fetched_at")):
        query = f"""SELECT its.part, its.n, its.capture_id FROM {name} AS its JOIN held USING (capture_id)
            WHERE its.{moment} <> held.fetched_at OR its.run_id <> held.run_id ORDER BY 1, 2"""  # noqa: S608 - our own names
        for part, n, capture in columns.ask(query):
            words, path = f"capture {capture}: its time and run are not those of captures", columns.path(part)
            is_told = findings.has_room("time") and "captures" not in findings.broken
            line = next((line for _, line, _ in rows_at(columns, name, [(part, n)])), None) if is_told else None
            findings.error("time", words, path, line, because=("captures",))


def _check_places(columns: Columns, findings: Findings) -> None:
    """Rows with a record name the place of their capture, or of the one that it repeats."""

    def place(of: str) -> str:
        return f"({of}.warc_file, {of}.warc_offset, {of}.warc_length)"

    for name in ("articles", "revisions", "media"):
        query = f"""
            SELECT its.part, its.capture_id FROM {name} AS its LEFT JOIN held USING (capture_id)
                LEFT JOIN held AS repeated ON held.revisit_of = repeated.capture_id
            WHERE its.capture_id <> '' AND NOT (
                (held.capture_id IS NOT NULL AND {place("its")} = {place("held")})
                OR (coalesce(held.revisit_of, '') <> ''
                    AND (repeated.capture_id IS NULL OR {place("its")} = {place("repeated")})))
            ORDER BY its.part, its.n"""  # noqa: S608 - our own names
        for part, capture in columns.ask(query):
            words = f"capture {capture}: file, offset and length are not those of captures"
            findings.error("locator", words, columns.path(part), because=("captures",))


def _check_runs(columns: Columns, findings: Findings, odd_counts: Mapping[str, int]) -> None:
    kinds = ", ".join(f"TRY_CAST({column(kind)} AS BIGINT) AS {column(f'n_{kind}')}" for kind in KINDS)
    told = ", ".join(
        f"count(*) FILTER (WHERE change_kind = {text(kind)}) AS {column(f'told_{kind}')}" for kind in KINDS
    )
    sums = " + ".join(column(f"n_{kind}") for kind in KINDS)
    counted = ", ".join(column(f"n_{kind}") for kind in KINDS)
    changed = ", ".join(f"coalesce({column(f'told_{kind}')}, 0)" for kind in KINDS)
    differs = " OR ".join(f"{column(f'n_{kind}')} <> coalesce({column(f'told_{kind}')}, 0)" for kind in KINDS)
    query = f"""
        WITH stated AS (
                SELECT part, n, run_id, TRY_CAST(captures AS BIGINT) AS every,
                    TRY_CAST(article_captures AS BIGINT) AS mine, {kinds},
                    CASE WHEN {matches("rejected", COUNTS)} THEN coalesce(list_sum(list_transform(
                        regexp_extract_all(rejected, ': ?([0-9]+)', 1), lambda x: x::BIGINT)), 0) END AS refused
                FROM runs),
            there AS (SELECT run_id, count(*) AS found FROM captures GROUP BY run_id),
            theirs AS (SELECT run_id, count(*) AS found_mine FROM held WHERE role = 'article' GROUP BY run_id),
            told AS (SELECT run_id, {told} FROM changes GROUP BY run_id)
        SELECT run_id, every, mine, {sums}, refused, coalesce(found, 0), coalesce(found_mine, 0), {counted}, {changed}
        FROM stated LEFT JOIN there USING (run_id) LEFT JOIN theirs USING (run_id) LEFT JOIN told USING (run_id)
        WHERE every + mine + {sums} IS NOT NULL AND (refused IS NULL OR every <> coalesce(found, 0)
            OR mine <> coalesce(found_mine, 0) OR mine <> {sums} + refused OR {differs})
        ORDER BY part, n"""  # noqa: S608 - our own names
    for run, every, mine, worded, refused, found, found_mine, *its in columns.ask(query):
        if refused is None and run not in odd_counts:
            continue  # told already: its counts are no numbers
        ended = worded + odd_counts[run] if refused is None else worded + refused
        if not ended == mine == found_mine:
            words = f"run {run}: {mine} article captures, {ended} in rows, {found_mine} there"
            findings.error("accounting", words, because=(*_ENDS, "runs"))
        if every != found:
            words = f"run {run}: {found} captures, {every} stated"
            findings.error("accounting", words, because=("captures", "runs"))
        stated, changes = _by_kind(its[: len(KINDS)]), _by_kind(its[len(KINDS) :])
        if stated != changes:
            words = f"run {run}: {stated} stated, {changes} in changes"
            findings.error("accounting", words, because=("changes", "runs"))


def _by_kind(counts: Sequence[int]) -> dict[str, int]:
    return dict(zip(KINDS, counts, strict=True))


def _check_confirmations(columns: Columns, findings: Findings) -> None:
    for article, moment, told, part in _confirmations(columns):
        path = "" if part is None else columns.path(part)
        if moment is None:
            words = f"article {article}: no capture confirms it"
            findings.error("confirmations", words, path, because=("rejections",))
        else:
            words = f"article {article}: last confirmed {told or 'never'}, its captures say {moment}"
            findings.error("confirmations", words, path, because=("rejections", "confirmations"))


def _confirmations(columns: Columns) -> Iterator[tuple[str, str | None, str | None, int | None]]:
    """Articles whose last confirmation is another than their captures say: when these say, when it says, its part."""
    query = f"""
        WITH said AS (SELECT article_id, max(moment) AS moment FROM (
                SELECT article_id, valid_to AS moment FROM revisions WHERE change_kind = 'restored'
                UNION ALL SELECT article_id, fetched_at FROM rejections
                WHERE article_id <> '' AND reason = {text(Reason.UNCHANGED)}) GROUP BY article_id),
            told AS (SELECT article_id, max((last_confirmed_at, part)) AS last FROM confirmations GROUP BY article_id)
        SELECT article_id, moment, last[1], last[2] FROM said FULL JOIN told USING (article_id)
        WHERE moment IS DISTINCT FROM last[1] ORDER BY moment IS NULL, article_id"""  # noqa: S608 - our own names
    yield from columns.ask(query)
