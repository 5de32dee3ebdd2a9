"""`validate --locked`: the package is read again with the versions of libraries that it was read with.

Names are those that this program is made of, never the package's, and versions have the form of PEP 440: what a
package made by others states can only choose among the releases of our own libraries."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from crawler.errors import EnvironmentFault, NotFound
from crawler.package.checks.archive.versions import Versions
from crawler.package.descriptor.descriptor import read_descriptor
from crawler.workspace import Workspace

_RELEASE = re.compile(r"\d{1,9}(\.\d{1,9}){0,5}((a|b|rc)\d{1,9})?(\.post\d{1,9})?(\.dev\d{1,9})?", re.ASCII)
_TOLD = 500  # characters of what uv says


def stated_pins(package: Path) -> list[str]:
    """The libraries whose versions the package states otherwise than those installed: "babel==2.18.0". Raises NotFound
    where there is no package, EnvironmentFault where it states what is no version."""
    descriptor = read_descriptor(Workspace(package))
    if descriptor is None:
        raise NotFound(f"{package}: no datapackage.json here")
    pins = []
    for name, version in Versions(descriptor).stated().items():
        if not _RELEASE.fullmatch(version):
            raise EnvironmentFault(f"{package}/datapackage.json: extraction.libraries.{name}: no version to install")
        pins.append(f"{name}=={version}")
    return pins


def validate_with(pins: Sequence[str], arguments: Sequence[str]) -> int:
    """The exit code of `validate` with other versions of libraries, in an environment that uv makes for it and that
    sees the installed program. Raises EnvironmentFault without uv, or where it cannot install them."""
    uv = shutil.which("uv")
    if uv is None:
        raise EnvironmentFault(
            f"--locked needs uv on PATH, to install {', '.join(pins)} (https://docs.astral.sh/uv); without it, install "
            "these versions by hand and run validate --reextract"
        )
    # Neither a project nor settings of the folder that the command is run in, which may be the package's.
    run = [uv, "run", "--no-project", "--no-config", "--no-env-file", "--no-build", "--python", sys.executable]
    run += [part for pin in pins for part in ("--with", pin)]
    tried = subprocess.run([*run, "python", "-c", ""], capture_output=True, text=True, check=False)  # noqa: S603 - pins are ours
    if tried.returncode:
        raise EnvironmentFault(f"uv cannot install {', '.join(pins)}: {tried.stderr.strip()[-_TOLD:]}")
    return subprocess.run([*run, "python", "-m", "crawler", "validate", *arguments], check=False).returncode  # noqa: S603 - as above
