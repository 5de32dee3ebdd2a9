"""One base error and the documented exit codes; only `cli` turns the one into the other."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum


class ExitCode(IntEnum):
    """What a process of this program ends with. Stable: scripts and CI build on the numbers."""

    OK = 0  # done
    INTERNAL = 1  # a defect of this program: please report it
    USAGE = 2  # a wrong command line (the number that Click and argparse use too)
    BAD_SEED = 3  # a seed, or the settings of a package, are unknown, unreadable or wrong
    INCOMPLETE = 4  # something could not be fetched or read, or is not as [expect] says; what was fetched is kept
    INVALID = 5  # the package is not valid
    BUSY = 6  # another run works on this package
    ENVIRONMENT = 7  # disk, permissions, port, network of this machine
    NOT_FOUND = 8  # the article or file asked for is not there
    REFUSED = 9  # a gate refused news of a source, which wait, or the whole version
    UNPROVED = 10  # nothing wrong was found, but not all that was to be compared could be compared or is the same
    HOOK_FAILED = 11  # all was done, and is published where there was news; a hook that followed it failed
    INTERRUPTED = 130  # stopped by Ctrl-C or SIGTERM; the next command completes or repairs


class MinistryNewsError(Exception):
    """Base of every error that a user can act on. The message names the file, key or URL, and what to do."""

    exit_code: ExitCode = ExitCode.INTERNAL


class UsageError(MinistryNewsError):
    exit_code = ExitCode.USAGE


class SeedError(MinistryNewsError):
    """A seed is unknown, unreadable or wrong. `path` and `key` say where."""

    exit_code = ExitCode.BAD_SEED

    def __init__(self, message: str, *, path: str | None = None, key: str | None = None) -> None:
        where = ": ".join(part for part in (path, key) if part)
        super().__init__(f"{where}: {message}" if where else message)
        self.path = path
        self.key = key


class SettingsError(SeedError):
    """The settings of a package are unreadable or wrong. `path` and `key` say where."""


class CrawlIncomplete(MinistryNewsError):
    exit_code = ExitCode.INCOMPLETE


class PackageInvalid(MinistryNewsError):
    exit_code = ExitCode.INVALID


class Refused(PackageInvalid):
    """A gate refused to publish. `verdicts` say which, of what source, with numbers."""

    exit_code = ExitCode.REFUSED

    def __init__(self, verdicts: Sequence[str], advice: str) -> None:
        said = "; ".join(verdicts)
        super().__init__(f"not published, the version before stands: {said}. {advice}")
        self.verdicts = tuple(verdicts)


class UnsafeFile(PackageInvalid):
    """A link, a pipe, a device, or a file that is too large, where a package has a plain file or a folder."""


class ForeignPublication(PackageInvalid):
    """A publication was cut short that another installation began: a person has to say what becomes of it."""


class ArchiveError(PackageInvalid):
    """A WARC, ARC, WACZ or index is not what its format says. The message names file and offset."""


class PackageBusy(MinistryNewsError):
    exit_code = ExitCode.BUSY


class EnvironmentFault(MinistryNewsError):
    """The machine refuses: no space, no permission, port in use."""

    exit_code = ExitCode.ENVIRONMENT


class NotFound(MinistryNewsError):
    exit_code = ExitCode.NOT_FOUND
