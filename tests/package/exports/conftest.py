"""One small package for all exports: two wordings, a withdrawal, titles that harm where they are taken for code."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.package.build.build import build
from crawler.package.descriptor.settings import Creator, Settings
from crawler.workspace import Workspace

TITLES = [
    "=HYPERLINK(&quot;http://evil.example&quot;) in a title",
    "A title with &lt;script&gt;document.title=1&lt;/script&gt; in it",
    "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; and more words",
    "An ordinary title of the day",
    "007",
]
PICTURE = b'<figure><img src="/i/lab.jpg" alt="=1+1"><figcaption>The laboratory</figcaption></figure>'
SETTINGS = Settings(
    title='News </script><script>alert(1)</script> "of" a \\ ministry',
    description="Line one: # no comment\n--- \nline three",
    licence="CC-BY-4.0",
    contact="desk@ministry.example",
    doi="10.5281/zenodo.1234567",
    homepage="https://ministry.example/data",
    creators=(
        Creator(family_names="Õ'Neil", given_names="Ann", orcid="0000-0002-1825-0097", affiliation="Uni </script>"),
        Creator(name="Archive: of News"),
    ),
)


@pytest.fixture(scope="session")
def package(tmp_path_factory, make_ministry, make_page) -> Workspace:
    """Five articles, read twice: one has new words in the next month, and one is gone."""
    ministry = make_ministry(tmp_path_factory.mktemp("exports") / "package")
    for visit in range(4):
        run = ministry.run(days=9)
        for number, title in enumerate(TITLES):
            is_gone = number == 1 and visit > 0
            edited = " anew" if number == 3 and visit > 0 else ""
            body = make_page(title + edited, f"subject {number}", date=f"2026-03-1{number}T10:00:00+05:00")
            if number == 2:
                body = body.replace(b"</article>", PICTURE + b"</article>")
            run.get(f"/n/{number}", b"" if is_gone else body, status=410 if is_gone else 200)
        run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial", settings=SETTINGS)
    return ministry.workspace


def files_of(folder: Path) -> dict[str, bytes]:
    """The content of each file of a folder, by its path there."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
