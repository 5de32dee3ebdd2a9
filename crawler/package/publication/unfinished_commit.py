"""A publication that a killed command began, as verbs that only read meet it: finished where that can be, else told.

What a reader finds then is consistent all the same: datapackage.json is replaced in one step, after the files that it
names have come and before those that only the version before it names go (see `publish`)."""

from __future__ import annotations

from crawler.errors import EnvironmentFault, PackageBusy, PackageInvalid
from crawler.package.publication.lock import hold
from crawler.package.publication.transaction import FOREIGN, read_journal, recover
from crawler.workspace import Workspace
from crawler.workspace.files import is_file
from crawler.workspace.links import refuse_links
from crawler.workspace.path_walk import status_of


def finish_begun(workspace: Workspace) -> list[str]:
    """What was done, or stands open and why, in words; empty when nothing was begun, which costs two looks.

    What another installation began is told and never done. Caches that came with the package are told too.

    Raises UnsafeFile for a package of links, PackageInvalid when the journal is none of ours."""
    refuse_links(workspace)
    came = status_of(workspace.foreign_cache) is not None
    notes = [f"{workspace.foreign_cache}: caches that come with a package are not used"] if came else []
    journal = read_journal(workspace)
    if journal is None:
        return notes
    version = "the version that datapackage.json names is read"
    if not is_file(workspace.descriptor):
        version = "there is no version to read yet"
    if not journal.is_ours:
        return [*notes, f"{workspace.journal}: {FOREIGN}; {version}"]
    try:
        with hold(workspace):
            return [*notes, *recover(workspace)]
    except PackageBusy as busy:
        open_ = [f"a new version is being published: {busy}; {version}"] if is_file(workspace.journal) else []
        return [*notes, *open_]
    except EnvironmentFault as fault:
        return [*notes, f"a publication was begun and stands open, since {fault}; {version}"]


def open_paths(workspace: Workspace) -> frozenset[str]:
    """The files that a publication of this installation, which stands open, has put in place, replaced, or has still to
    take away. None by a journal that came with the package: what is judged does not say what is excused."""
    try:
        journal = read_journal(workspace)
    except PackageInvalid:
        return frozenset()
    return frozenset((*journal.moves, *journal.removals)) if journal and journal.is_ours else frozenset()
