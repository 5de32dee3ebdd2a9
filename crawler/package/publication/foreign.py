"""What a person decides of a publication that another installation began and did not finish."""

from __future__ import annotations

from enum import StrEnum

from crawler.package.publication.transaction import discard, finish, read_journal, recover
from crawler.workspace import Workspace


class ForeignPublications(StrEnum):
    """Carried out, or given up."""

    FINISH = "finish"
    DISCARD = "discard"

    def settle(self, workspace: Workspace) -> list[str]:
        """Does it, where there is one; what was done, in words. Our own are finished in any case.

        Raises PackageInvalid, EnvironmentFault."""
        journal = read_journal(workspace)
        if journal is None or journal.is_ours:
            return recover(workspace)
        return finish(workspace, journal) if self is ForeignPublications.FINISH else discard(workspace)
