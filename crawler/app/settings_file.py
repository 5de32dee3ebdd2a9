"""`ministry-news.toml` beside a package: what is said of it, and how it is run."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.app.hooks.settings import parse_hooks
from crawler.errors import EnvironmentFault, SettingsError, UnsafeFile, UsageError
from crawler.package.descriptor.settings import Settings, parse_settings
from crawler.seeds.catalogue import SETTINGS as NAME
from crawler.seeds.catalogue import seed_folders
from crawler.workspace.files import named_by_user, read_bytes

_MAX_BYTES = 1 << 20
_TEMPLATE = """\
# Settings of the data package {package}/ beside this file; a line without # holds. A change is a new version.
# package = "{package}"          # where this folder has several: the only one that is meant
# title = "News of the ministries of Uzbekistan"
# description = "What it is, for whom, and what to beware of."
# licence = "ODbL-1.0"           # of the compilation, by its SPDX identifier; texts stay with their publishers
# contact = "data@news.example"  # an e-mail address or a page
# doi = "10.5281/zenodo.1234567"
# homepage = "https://news.example/data"
# retention = "All captures are kept; personal data are taken out on request."   # in words: nothing is removed by it
# seeds = "my/seeds"             # a folder of your own seeds, from here; or an array of folders
#
# [hooks.publish]                # follows a run that is started in this folder; no part of the package, and no version
# on = "change"                  # or "problem", "run", or an array of them
# command = ["rsync", "-a", "{package}/", "www:/srv/news"]
#
# [hooks.alert]
# on = "problem"
# webhook = "https://hooks.example/news"   # or webhook_env, a variable that holds it
# secret_env = "NEWS_HOOK_SECRET"          # a variable that holds the key of signatures, in base64
#
# [[creators]]
# family_names = "Author"
# given_names = "Ann"
# orcid = "0000-0002-1825-0097"
# affiliation = "University of Examples"
#
# [[creators]]
# name = "News Archive of Examples"
"""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What the file says."""

    package: Settings
    seeds: tuple[Path, ...] = ()  # folders


def settings_beside(package: Path) -> SettingsFile | None:
    """What is set of the package; None where no file beside it is meant for it. Raises SettingsError, which names file
    and key."""
    path = package.resolve().parent / NAME
    raw = read_settings(path) if path.parent.is_dir() else None
    if raw is None:
        return None
    named = raw.pop("package", "")
    if not isinstance(named, str):
        raise SettingsError(f"is {type(named).__name__}, not text", path=str(path), key="package")
    if named and named != package.resolve().name:
        return None
    seeds = tuple(seed_folders(raw, path))
    for folder in seeds:
        if not folder.is_dir():
            raise SettingsError(f"{folder} is no folder", path=str(path), key="seeds")
    raw.pop("seeds", None)
    if "hooks" in raw:  # held against their form only: which are carried out, `hooks` says
        parse_hooks(raw.pop("hooks"), str(path))
    return SettingsFile(parse_settings(raw, str(path)), seeds)


def read_settings(path: Path) -> dict[str, Any] | None:
    """What a file of settings states; None where there is none. Raises SettingsError, which names the file, and
    EnvironmentFault."""
    try:
        return tomllib.loads(read_bytes(named_by_user(path), limit=_MAX_BYTES).decode())
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            raise SettingsError("is a link that leads nowhere", path=str(path)) from None
        return None
    except UnsafeFile as error:  # a folder, a pipe, more bytes than settings have
        raise SettingsError(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"not TOML: {error}", path=str(path)) from error
    except OSError as error:
        raise EnvironmentFault(f"{path}: {error.strerror}") from error


def settings_of(package: Path) -> Settings | None:
    """What is said of the package in the file beside it; None where there is none."""
    found = settings_beside(package)
    return found.package if found else None


def make_settings(package: Path) -> Path:
    """The path of a new file beside the package, in which every setting stands as a comment. Raises UsageError where
    there is one."""
    where = package.resolve()
    path = where.parent / NAME
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(_TEMPLATE.format(package=where.name))
    except FileExistsError as error:
        raise UsageError(f"{path}: is there already") from error
    except OSError as error:
        raise EnvironmentFault(f"{path}: {error.strerror}") from error
    return path
