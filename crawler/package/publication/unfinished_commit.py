"""A publication that a killed command began, as verbs that only read meet it: finished where that can be, else told.

What a reader finds then is consistent all the same: datapackage.json is replaced in one step, after the files that it
names have come and before those that only the version before it names go (see `publish`)."""

from __future__ import annotations

import json

from crawler.errors import EnvironmentFault, PackageBusy
from crawler.package.publication.lock import hold
from crawler.package.publication.transaction import recover
from crawler.workspace import Workspace


def finish_begun(workspace: Workspace) -> list[str]:
    """What was done, or stands open and why, in words; empty when nothing was begun, which costs one look.

    Raises PackageInvalid when the journal is none of ours."""
    if not workspace.journal.exists():
        return []
    version = "the version that datapackage.json names is read"
    if not workspace.descriptor.exists():
        version = "there is no version to read yet"
    try:
        with hold(workspace):
            return recover(workspace)
    except PackageBusy as busy:
        return [f"a new version is being published: {busy}; {version}"] if workspace.journal.exists() else []
    except EnvironmentFault as fault:
        return [f"a publication was begun and stands open, since {fault}; {version}"]


def open_paths(workspace: Workspace) -> frozenset[str]:
    """The files that a publication which stands open has put in place, replaced, or has still to take away."""
    try:
        journal = json.loads(workspace.journal.read_bytes())
        return frozenset(str(path) for path in (*journal["moves"], *journal["removals"]))
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
