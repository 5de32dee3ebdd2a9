"""The version of a package that readers see now."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crawler.package.descriptor.descriptor import File, parts_of, read_descriptor
from crawler.package.descriptor.file_lists import listed_files
from crawler.workspace import Workspace


@dataclass(frozen=True)
class Published:
    """The version of the package that readers see now."""

    workspace: Workspace
    descriptor: Mapping[str, Any]
    parts: Mapping[str, list[str]]

    @cached_property
    def files(self) -> Mapping[str, File]:
        """All files, by path; read when they are asked for. Raises PackageInvalid."""
        return listed_files(self.workspace, self.descriptor)

    @property
    def created(self) -> str:
        """The time of its last capture: RFC 3339, UTC, whole seconds."""
        return str(self.descriptor["created"])

    @property
    def first_captured(self) -> str:
        """The time of its first capture, in the same form."""
        return str(self.descriptor["temporal"]["start"])

    @property
    def all_parts(self) -> list[str]:
        return [path for paths in self.parts.values() for path in paths]


def published(workspace: Workspace) -> Published | None:
    """The published version; None when there is none. Raises PackageInvalid."""
    descriptor = read_descriptor(workspace)
    if descriptor is None:
        return None
    return Published(workspace, descriptor, parts_of(descriptor))


def seed_sha256(toml: str) -> str:
    """The column `seed_sha256` of a run: the text of its seed, hashed."""
    return hashlib.sha256(toml.encode()).hexdigest()
