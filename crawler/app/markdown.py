"""A command's summary as Markdown (GitHub's, for a job's page). Whatever comes from the web is made text that no parser
takes for markup: titles as character references, addresses in code spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.app import wording
from crawler.app.summary import Summary
from crawler.console import printable

TOLD = 20  # articles, faults and warnings of each kind
_LONGEST = 200  # characters of a title, an address or a message


def markdown(summary: Summary) -> str:
    """The summary of one command, ended by an empty line, so that reports can stand one after another."""
    parts = [line for one in (*summary.earlier, summary) for line in _lines(one)]
    return "\n".join(parts) + "\n\n"


def words(text: str, *, longest: int = _LONGEST) -> str:
    """`text` as words of a line or a table cell, of at most `longest` characters, which read as they are written: only
    what a parser of Markdown, or GitHub (mentions, references, addresses, formulas), would make something of stands as
    a character reference."""
    line = _ACTIVE.sub(_reference, _cut(text, longest))
    return _AT_START.sub(_reference, line)


# Letters, digits and what only separates them are never markup inside a line; at its beginning some would be.
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~@&$]|:(?=//|[a-z+_-])|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"^(?:[-+=](?=[-+=\s]|$)|\d(?=\d{0,8}[.)](?:\s|$)))")


def _reference(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match[0])


def code(text: str) -> str:
    """`text` in a code span, also within a table."""
    return "`" + _cut(text).replace("`", "'").replace("|", "\\|") + "`"


def _cut(text: str, longest: int = _LONGEST) -> str:
    line = " ".join(printable(text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _lines(summary: Summary) -> Iterator[str]:
    state = wording.verdict(valid=summary.valid)
    verdict = state if summary.is_published else "refused by a gate"
    yield f"## Package {words(summary.version or 'unpublished')}: {verdict}"
    yield f"\n{summary.fetched} pages fetched; exit code {int(summary.exit_code)}.\n"
    if summary.crawls:
        yield "| source | outcome | requests | could not be had |\n|---|---|---|---|"
        for crawl in summary.crawls:
            counted = {k.partition(":")[2]: n for k, n in crawl.counts.items() if k.startswith("fault:")}
            told = ", ".join(f"{n} {words(reason)}" for reason, n in counted.items())
            yield f"| {words(crawl.source_id)} | {crawl.result} | {crawl.counts.get('requests', 0)} | {told} |"
    yield "\n| articles | |\n|---|---|"
    counts = [(wording.kind(kind), n) for kind, n in summary.found.items()]
    counts += [(f"pages: {wording.reason(reason)}", n) for reason, n in summary.rejected.items()]
    yield from (f"| {words(name)} | {n} |" for name, n in counts)
    for kind, articles in summary.news.items():
        if articles:
            yield f"\n### {wording.kind(kind).capitalize()}\n"
            yield from (f"- {words(title)} {code(url)}" for _, title, url in articles[:TOLD])
            yield from _more(summary.found.get(kind, 0) - min(len(articles), TOLD))
    faults = [f"{c.source_id}: {f.reason}: {f.url} {f.detail}" for c in summary.crawls for f in c.faults]
    limits = [f"{c.source_id}: the limit {name} bit {n} times" for c in summary.crawls for name, n in c.limits.items()]
    yield from _listed("Held back" if summary.is_published else "Refused", summary.refused)
    yield from _listed("Not as expected", summary.alarms)
    yield from _listed("Absent, and not yet withdrawn", summary.absent)
    yield from _listed("Errors", summary.errors)
    yield from _listed("Hooks that failed", summary.hooks)
    yield from _listed("Warnings", summary.warnings)
    yield from _listed("What could not be had", [*limits, *faults])
    yield from _listed("Repaired", summary.repairs)
    yield from _listed("Damaged files", summary.lost)
    yield from _listed("Left out", [f"{count} {why}" for why, count in summary.left_out.items()])


def _listed(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n### {title}\n"
        yield from (f"- {code(line)}" for line in lines[:TOLD])
        yield from _more(len(lines) - TOLD)


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"- and {count} more"
