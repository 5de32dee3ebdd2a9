"""The copies of seeds that a package holds, read as what somebody else may have written."""

from __future__ import annotations

from pathlib import Path

from crawler.errors import PackageInvalid, SeedError
from crawler.model import Seed
from crawler.seeds import parse_seed
from crawler.seeds.limits import MAX_SEED
from crawler.workspace.files import read_text


def read_seed(path: Path) -> Seed:
    """The seed whose copy stands at `path`, `seeds/<id>.toml`. Raises PackageInvalid: it is the package that is wrong,
    and no seed of the user."""
    try:
        return parse_seed(read_text(path, limit=MAX_SEED), seed_id=path.stem, path=f"seeds/{path.name}")
    except (SeedError, UnicodeDecodeError) as error:
        raise PackageInvalid(f"{path}: the copy of a seed that cannot be read: {error}") from error
