"""The folder of a package as an argument, as people expect it, beside `--package DIR`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crawler.cli.app import DEFAULT_PACKAGE
from crawler.errors import UsageError

_DESCRIPTOR = "datapackage.json"


def the_package(argument: Path | None, option: Path | None) -> Path:
    """The folder that one of the two names, or both; `datapackage` where neither does. Its descriptor names it too.

    Raises UsageError when they name two folders."""
    named = [_folder(path) for path in (argument, option) if path is not None]
    if len({path.resolve() for path in named}) > 1:
        raise UsageError(f"the package is named twice: {named[0]}, and --package {named[1]}; leave one out")
    return named[0] if named else DEFAULT_PACKAGE


def package_among(words: Sequence[str]) -> tuple[Path | None, list[str]]:
    """The folder of a package among arguments that are otherwise seeds (ids, seed files, folders of seeds), and these:
    what holds a datapackage.json or an archive, or is a
    datapackage.json, is a package. Raises UsageError when there are several."""
    folders = [word for word in words if _is_package(Path(word))]
    if len(folders) > 1:
        raise UsageError(f"several packages: {', '.join(folders)}; name one")
    return (Path(folders[0]) if folders else None), [word for word in words if word not in folders]


def outside(package: Path, *files: Path | None) -> None:
    """Raises UsageError where one of `files`, which a verb is about to write, lies in the folder of a package: what its
    descriptor does not list makes it invalid, and what it lists is not to be replaced."""
    for file in files:
        if file is not None and file.resolve().is_relative_to(package.resolve()):
            raise UsageError(f"{file}: lies in the package {package} and would make it invalid; name a place outside")


def id_and_folder(first: str, second: Path | None) -> tuple[str, Path | None]:
    """An article and a folder, whichever of the two was named first."""
    if second is not None and _is_package(Path(first)) and not _is_package(second):
        return str(second), Path(first)
    return first, second


def _is_package(path: Path) -> bool:
    # Before its first publication a package has an archive only.
    return path.name == _DESCRIPTOR or (path / _DESCRIPTOR).is_file() or (path / "archive").is_dir()


def _folder(path: Path) -> Path:
    return path.parent if path.name == _DESCRIPTOR else path
