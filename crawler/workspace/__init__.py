"""Every path of a package. No other module joins paths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from crawler.workspace import files
from crawler.workspace.user_folders import cache_folder

# Names come from seed ids, times and counters only; whatever else tries to become a path is refused here.
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")


def safe_name(name: str) -> str:
    """`name`, if it can be a file's name on any system. Raises ValueError otherwise."""
    if not _SAFE_NAME.fullmatch(name) or ".." in name:
        raise ValueError(f"not a safe file name: {name!r}")
    return name


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder of one data package. WACZ wants every file exactly one folder deep, so it is."""

    root: Path

    def __post_init__(self) -> None:
        # Links that the user names are followed here, once; below the folder none is.
        object.__setattr__(self, "root", files.named_by_user(self.root))

    @property
    def descriptor(self) -> Path:
        return self.root / "datapackage.json"

    @property
    def digest(self) -> Path:
        return self.root / "datapackage-digest.json"

    @property
    def archive(self) -> Path:
        """Sealed WARC files; nothing else."""
        return self.root / "archive"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def indexes(self) -> Path:
        return self.root / "indexes"

    @property
    def explorer(self) -> Path:
        """The data of index.html."""
        return self.root / "explorer"

    @property
    def pages(self) -> Path:
        return self.root / "pages"

    @property
    def seeds(self) -> Path:
        """A copy of the seed of each source, so that the package can be rebuilt without the repository."""
        return self.root / "seeds"

    @property
    def work(self) -> Path:
        """Everything unfinished; not part of the package, and safe to lose but for open WARC files."""
        return self.root / ".work"

    @property
    def open_archive(self) -> Path:
        """WARC files of a run in progress, with the suffix `.open`."""
        return self.work / "archive"

    @property
    def staging(self) -> Path:
        return self.work / "staging"

    @property
    def cache(self) -> Path | None:
        """Where this user keeps what can be made anew from the package; outside of it, so that nobody else has written
        there. None where nothing can be kept."""
        return cache_folder(self.root)

    @property
    def foreign_cache(self) -> Path:
        """Where a cache may have come with the package; nothing in it is believed."""
        return self.work / "cache"

    @property
    def waiting(self) -> Path:
        """The index of captures that a killed run left, until they are published."""
        return self.work / "waiting.cdx"

    @property
    def damaged(self) -> Path:
        """Torn tails and orphans, set aside and never deleted."""
        return self.work / "damaged"

    @property
    def reports(self) -> Path:
        return self.work / "reports"

    @property
    def lock(self) -> Path:
        return self.work / "lock"

    @property
    def journal(self) -> Path:
        return self.work / "journal.json"

    def relative(self, path: Path) -> str:
        """POSIX path of `path` inside the package. Raises ValueError when it lies outside."""
        return path.relative_to(self.root).as_posix()

    def resolve(self, relative: str) -> Path:
        """The place that a descriptor or a row names. Raises ValueError when its words would leave the package: by
        `..`, an absolute path, or a NUL. Whether a link stands there is seen when it is opened (`files`)."""
        if "\0" in relative or "\\" in relative or ":" in relative:
            raise ValueError(f"not a path inside the package: {relative!r}")
        parts = relative.split("/")
        if not all(parts) or {".", ".."} & set(parts):
            raise ValueError(f"path leaves the package: {relative!r}")
        return self.root.joinpath(*parts)


def repository_folder(name: str) -> Path:
    """The top-level folder `name` ("seeds" or "schema"), in a checkout or inside the installed package."""
    package = Path(__file__).resolve().parent.parent
    bundled = package / f"_{name}"
    return bundled if bundled.is_dir() else package.parent / name
