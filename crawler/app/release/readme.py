"""`README.md` of a release: what its files are, how to verify, read and cite them."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.app.markdown import words
from crawler.app.release.files import Listed
from crawler.package.descriptor.settings import Settings
from crawler.package.exports.metadata.about import About

_LONGEST = 10_000  # characters of a paragraph: what settings may say, and more
_WHAT = {
    "croissant.json": "every table and column, as Croissant 1.1",
    "package.wacz": "the data package with its WARC files: unzip it, or open it in ReplayWeb.page",
    "NOTES.md": "what changed since the release before",
    "CITATION.cff": "how to cite it (Citation File Format)",
    "LICENSE.md": "rights: of the compilation, and of each source",
    "datacite.json": "metadata for a DOI (DataCite 4.5)",
    "zenodo.json": "metadata for a deposition at Zenodo",
}


def readme(its: About, settings: Settings, files: Iterable[Listed]) -> str:
    """The file as Markdown."""
    people = ", ".join(words(creator.title) for creator in settings.creators)
    doi = f" https://doi.org/{settings.doi}." if settings.doi else ""
    lines = [
        f"# {words(its.title)}, version {its.version}\n",
        *([f"{words(line, longest=_LONGEST)}\n" for line in its.description.split("\n") if line.strip()]),
        f"Captured from {its.began[:10]} to {its.created[:10]}.\n",
        "| file | bytes | |\n|---|---:|---|",
        *(f"| `{one.name}` | {one.bytes:,} | {what(one.name)} |" for one in files),
        "| `ro-crate-metadata.json` | | the folder as an RO-Crate 1.2, every file with its digest |",
        "| `release.json` | | this list, with digests, for programs |",
        "| `SHA256SUMS` | | checksums of all other files |\n",
        "## Verify\n\n```sh\nsha256sum --check SHA256SUMS\n```",
        "`package.wacz` unzips to a package, which `ministry-news validate DIR --full` checks from its records up.\n",
        '## Read\n\n```python\nimport pandas as pd\n\narticles = pd.read_parquet("articles.parquet")\n```',
        "```sql\nSELECT source_id, count(*) FROM 'articles.parquet' GROUP BY ALL;  -- DuckDB\n```",
        "The README.md inside the package describes each column.\n",
        f"## Cite\n\n{people}: *{words(its.title)}*. Version {its.version}, {its.created[:10]}.{doi}\n",
        f"## Rights\n\nThe compilation: {words(its.licence)}. Each text stays with its publisher: see LICENSE.md.",
    ]
    return "\n".join(lines) + "\n"


def what(name: str) -> str:
    """What a file of a release is; empty for one that nobody asks about."""
    if name.endswith(".parquet"):
        return f"the table {name.removesuffix('.parquet')}"
    return _WHAT.get(name, "")
