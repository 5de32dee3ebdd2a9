"""Where seeds lie: in the catalogue that the program brings, in folders of one's own, in a package; and their ids."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from crawler.errors import SeedError
from crawler.model import Seed
from crawler.seeds.limits import MAX_SEED
from crawler.seeds.parse import parse_seed
from crawler.workspace import repository_folder
from crawler.workspace.files import matching, read_text

VARIABLE = "MINISTRY_NEWS_SEEDS"  # of the environment: folders, separated as in PATH
SETTINGS = "ministry-news.toml"  # in the working folder: seeds
_OWN_USE = re.compile(r"aa|q[m-z]|x[a-z]|zz|eu")  # ISO 3166-1, 8.1.3: codes for one's own use; eu is reserved

Tell = Callable[[str], None]


def _silent(note: str) -> None:
    del note


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The places where an id is looked for, besides the catalogue that the program brings."""

    own: tuple[Path, ...] = ()  # folders like seeds/
    carried: Path | None = None  # the seeds of a package: <id>.toml, used for ids that no other place has


def catalogue(folders: Sequence[Path] = (), *, carried: Path | None = None) -> Catalogue:
    """`folders`, those that the environment names (MINISTRY_NEWS_SEEDS) and those of ministry-news.toml. Raises
    SeedError for a folder that is none."""
    stated = [Path(part) for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    own = dict.fromkeys(path.resolve() for path in (*folders, *stated, *_of_settings(Path(SETTINGS))))
    for path in own:
        if not path.is_dir():
            raise SeedError("no such folder of seeds", path=str(path))
    return Catalogue(tuple(own), carried)


def all_seeds(where: Catalogue | None = None, *, tell: Tell = _silent) -> list[Seed]:
    """Every seed of the catalogue and of one's own folders, by id. Raises SeedError at the first wrong one, and for
    two files with one id. `tell` hears of files whose folder is no country code."""
    paths = _by_id(where or Catalogue())
    for path in paths.values():
        _tell_folder(path, tell)
    return [load_seed(path) for _, path in sorted(paths.items())]


def find_seeds(
    names: Sequence[str], where: Catalogue | None = None, *, tell: Tell = _silent, fetching: bool = False
) -> list[Seed]:
    """The seeds that `names` mean, each once: an id (uz.eco), a country (uz), the path of a TOML file, or a folder.

    Raises SeedError when a name means nothing, with the nearest ids, and for two files with one id; where they are for
    `fetching`, also for one that only the package brings and that asks for trust (`_check_trust`).
    """
    found: dict[str, Seed] = {}
    origin: dict[str, Path] = {}
    where = where or Catalogue()
    for name in names:
        for path in _paths(name, where):
            is_carried = where.carried is not None and path.parent.resolve() == where.carried.resolve()
            seed = _load_carried(path) if is_carried else load_seed(path)
            if not is_carried:
                _tell_folder(path, tell)
            elif fetching and name in (seed.id, seed.id.partition(".")[0]):  # not its file, nor its folder
                _check_trust(seed, path)
            if origin.setdefault(seed.id, path).resolve() != path.resolve():
                raise SeedError(f"its id {seed.id} is that of {origin[seed.id]} too", path=str(path))
            found[seed.id] = seed
    return list(found.values())


def load_seed(path: Path) -> Seed:
    """The seed in a TOML file. Raises SeedError naming file and key."""
    return parse_seed(_text(path), seed_id=_id_in(path) or seed_id(path), path=str(path))


def seed_id(path: Path) -> str:
    """`uz.eco` for seeds/uz/eco.toml; a file that is not in a country's folder is `local.<stem>`. What a file states
    itself (`id = "uz.eco"`) goes before."""
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "seed"
    folder = path.resolve().parent.name.lower()
    return f"{folder}.{stem}" if is_country(folder) else f"local.{stem}"


def is_country(name: str) -> bool:
    """Whether a folder's name is a country code of ISO 3166-1 (two letters, as the tz database lists them), or one
    that the standard leaves for one's own use."""
    return name in _codes() or bool(_OWN_USE.fullmatch(name))


@cache
def _codes() -> frozenset[str]:
    lines = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8").split("\n")
    return frozenset(line[:2].lower() for line in lines if line and not line.startswith("#"))


# ---------------------------------------------------------------- finding


def seed_folders(settings: Mapping[str, object], file: Path) -> list[Path]:
    """The folders that the settings in `file` name, from its own folder: `seeds = "my/seeds"`, an array of them, or
    either as `path` under [seeds]. Raises SeedError for anything else."""
    stated = settings.get("seeds", [])
    if isinstance(stated, dict):
        stated = stated.get("path", [])
    paths = [stated] if isinstance(stated, str) else stated
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        raise SeedError("is neither a folder nor an array of folders", path=str(file), key="seeds")
    return [file.parent / path for path in paths if path]


def _of_settings(file: Path) -> list[Path]:
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise SeedError(f"not TOML: {error}", path=str(file)) from error
    return seed_folders(raw, file)


def _files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.toml"), *folder.glob("*/*.toml")])


def _by_id(where: Catalogue) -> dict[str, Path]:
    """The file of each id. Raises SeedError for two files with one id."""
    found: dict[str, Path] = {}
    for folder in (repository_folder("seeds"), *where.own):
        for path in _files(folder):
            known = found.setdefault(_id_in(path) or seed_id(path), path)
            if known.resolve() != path.resolve():
                raise SeedError(f"its id {_id_in(path) or seed_id(path)} is that of {known} too", path=str(path))
    return found


def _paths(name: str, where: Catalogue) -> Sequence[Path]:
    if name.endswith(".toml"):
        return [Path(name)]
    if "/" in name or name in (".", ".."):
        return _in_folder(name)
    by_id = _by_id(where)
    for path in matching(where.carried, "*.toml") if where.carried else ():
        by_id.setdefault(path.stem, path)
    wanted = [path for known, path in by_id.items() if name in (known, known.split(".")[0])]
    if wanted:
        return wanted
    if Path(name).is_dir():
        return _in_folder(name)
    raise SeedError(f"no seed is called {name!r}{_hint(name, by_id)} (`ministry-news seeds list` shows all)")


def _in_folder(name: str) -> list[Path]:
    folder = Path(name)
    if not folder.is_dir():
        raise SeedError("no such file or folder", path=name)
    found = _files(folder)
    if not found:
        raise SeedError("no seed file (*.toml, or <country>/*.toml) in this folder", path=name)
    return found


def _hint(name: str, by_id: Mapping[str, Path]) -> str:
    near = difflib.get_close_matches(name, [*by_id, *(i.split(".")[0] for i in by_id)], n=3, cutoff=0.4)
    return f"; did you mean {', '.join(dict.fromkeys(near))}?" if near else ""


def _id_in(path: Path) -> str | None:
    """The id that a file states; None where it states none, or cannot be read: whoever loads it is told."""
    try:
        stated = tomllib.loads(path.read_text("utf-8")).get("id")
    except (OSError, ValueError):
        return None
    return stated if isinstance(stated, str) else None


def _load_carried(path: Path) -> Seed:
    try:  # it is of a package, which somebody else may have made
        text = read_text(path, limit=MAX_SEED)
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(str(error), path=str(path)) from error
    return parse_seed(text, seed_id=path.stem, path=str(path))


def _check_trust(seed: Seed, path: Path) -> None:
    """Raises SeedError, naming the key, where a seed that came with a package opens what is closed to a seed of others:
    addresses inside the user's network, connections without verification, files of the user's machine."""
    for key in ("allow_private", "insecure_hosts", "ca_bundle"):
        if getattr(seed.crawl, key):
            raise SeedError(
                f"{seed.id} is known from the package alone, which may be somebody else's, so that this is not used; "
                f"if you trust it, say `crawl {path}`",
                path=str(path),
                key=f"crawl.{key}",
            )


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise SeedError("no such file", path=str(path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(str(error), path=str(path)) from error


def _tell_folder(path: Path, tell: Tell) -> None:
    if _id_in(path) is None and seed_id(path).startswith("local.") and path.is_file():
        folder, its = path.resolve().parent.name, seed_id(path)
        tell(f"{path}: its folder {folder!r} is no country code, so its id is {its}; `id` in the file says another")
