"""The limit of open files of the crawl's process: raised to what the crawl needs, and told when it does not suffice."""

from __future__ import annotations

import errno
import os
import resource

# Open at a time are the reactor, the readers of pages and databases; and of each source its WARC file, bodies that wait
# on disk, and connections to the hosts that it is led to.
_FILES, _FILES_OF_A_SOURCE = 128, 16
_WANTING = {errno.EMFILE, errno.ENFILE}
_DEEPEST = 10  # causes behind one another

TOO_MANY = os.strerror(errno.EMFILE)
_REMEDY = "raise the limit of this machine (ulimit -n), or lower --sources-at-once"


def allow(sources: int) -> int:
    """How many sources may be under way at a time, at most `sources` and at least one. Raises this process's soft limit
    to what they need, as far as the hard one lets."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY:
        sources = max(1, min(sources, (hard - _FILES) // _FILES_OF_A_SOURCE))
    wanted = _FILES + sources * _FILES_OF_A_SOURCE
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return sources


def with_remedy(message: str) -> str:
    """A message to the user, and what can be done where too many open files are what it tells of."""
    return f"{message}: {_REMEDY}" if TOO_MANY in message else message


def are_too_many(error: BaseException | None) -> bool:
    """True when `error`, or what it came of, is that nothing could be opened for want of a number; libraries that read
    files on the way may say it in words of their own, so it is tried too."""
    seen = 0
    while error is not None and seen < _DEEPEST:
        numbers = {getattr(error, "errno", None), getattr(error, "osError", None)}  # Twisted has the latter
        if numbers & _WANTING:
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    try:
        os.close(os.dup(2))
    except OSError as refused:
        return refused.errno in _WANTING
    return False
