"""`NOTES.md` of a release: what was added, edited and withdrawn since the release before, by source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crawler.app.markdown import code, words
from crawler.app.release.files import Release, listed
from crawler.errors import PackageInvalid, UsageError
from crawler.package.exports import query
from crawler.package.tables.tables import Row
from crawler.workspace import Workspace

KINDS = {
    "new": "added", "edited": "edited", "metadata": "edited in date, category or the like", "withdrawn": "withdrawn",
    "restored": "back again", "extractor": "read in another way", "erased": "taken out on request",
}  # fmt: skip
_TOLD = 20  # articles of each source and kind


@dataclass(slots=True)
class Changes:
    """The rows of the table changes that a release adds."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)  # source -> change kind -> rows
    newest: dict[tuple[str, str], list[Row]] = field(default_factory=dict)  # (source, kind) -> the newest, oldest first

    def add(self, row: Row) -> None:
        self.counts.setdefault(row["source_id"], Counter())[row["change_kind"]] += 1
        its = self.newest.setdefault((row["source_id"], row["change_kind"]), [])
        its.append(row)
        del its[:-_TOLD]

    def told_kinds(self) -> list[tuple[str, str]]:
        """The kinds that are told, with their words: the three that everybody asks for, and those that there are."""
        return [(k, word) for k, word in KINDS.items() if k in ("new", "edited", "withdrawn") or self.total(k)]

    def total(self, kind: str) -> int:
        return sum(its[kind] for its in self.counts.values())


def changes_since(workspace: Workspace, before: Release | None) -> Changes:
    """The changes of a package that the release before has not; all of them for the first."""
    known = _known(before) if before else frozenset()
    found = Changes()
    for row in query.rows(workspace, "changes"):
        if row["change_id"] not in known:
            found.add(row)
    return found


def _known(before: Release) -> frozenset[str]:
    """The keys of the changes in an earlier release. Raises PackageInvalid where its file is not what was released."""
    try:
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("a release needs the extra: pip install 'ministry-news[parquet]'") from error
    path = before.folder / "changes.parquet"
    its = next((one for one in before.files if one.name == path.name), None)
    if its is None or not path.is_file() or listed(path) != its:
        raise PackageInvalid(f"{path}: is not the file that was released; name another release with --since")
    return frozenset(pq.read_table(path, columns=["change_id"]).column(0).to_pylist())


def notes(
    title: str, version: str, before: Release | None, changes: Changes, workspace: Workspace, checks: Sequence[str]
) -> str:
    """The notes as Markdown. Whatever comes from the web is text in it, and no markup."""
    return "\n".join(_lines(title, version, before, changes, _titles(workspace, changes), checks)) + "\n"


def _titles(workspace: Workspace, changes: Changes) -> dict[str, Row]:
    wanted = {row["article_id"] for its in changes.newest.values() for row in its}
    return {row["article_id"]: row for row in query.rows(workspace, "articles") if row["article_id"] in wanted}


def _lines(
    title: str,
    version: str,
    before: Release | None,
    changes: Changes,
    articles: dict[str, Row],
    checks: Sequence[str],
) -> Iterator[str]:
    yield f"# {words(title)}, version {version}\n"
    yield f"What changed since version {before.version}.\n" if before else "The first release: all that there is.\n"
    kinds = [kind for kind, _ in changes.told_kinds()]
    yield f"| source | {' | '.join(KINDS[kind] for kind in kinds)} |\n|---|{'---:|' * len(kinds)}"
    for source, counts in sorted(changes.counts.items()):
        yield f"| {words(source)} | {' | '.join(str(counts[kind]) for kind in kinds)} |"
    yield f"| all | {' | '.join(str(changes.total(kind)) for kind in kinds)} |"
    for source in sorted(changes.counts):
        for kind in kinds:
            rows = changes.newest.get((source, kind), [])
            if rows:
                yield f"\n## {words(source)}: {KINDS[kind]}\n"
                yield from (_line(row, articles.get(row["article_id"])) for row in reversed(rows))
                if (more := changes.counts[source][kind] - len(rows)) > 0:
                    yield f"- and {more} more (table `changes`)"
    yield "\n## Checks\n"
    yield from (f"- {words(line)}" for line in checks)


def _line(row: Row, article: Row | None) -> str:
    its = article or {"title": "", "url": ""}
    return f"- {row['changed_at'][:10]} {words(its['title'])} {code(its['url'])}"
