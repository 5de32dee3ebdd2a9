"""WARC files that are listed beside the descriptor: those of a day or a month that is over, where they are many.

Sources that are crawled every day or hour for years leave a file for each run. Their names and hashes stand in
`indexes/warc-2026-10.<8 hex>.csv` (columns path, bytes, sha256), named after its content, one list for a month, or for
a day of the newest month; the descriptor lists the list. So its size follows the months, not the runs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from crawler.package.descriptor.descriptor import File
from crawler.package.descriptor.file_lists import WARC, is_warc_list, list_bytes
from crawler.package.publication.transaction import Publication
from crawler.package.tables.tables import stretch
from crawler.workspace.files import is_file

MOST = 7  # files of one stretch that the descriptor lists itself: less than two runs a week
# -20261123T201500123456Z-00000.warc.gz, or of joined files that of the last part
_BEGUN = re.compile(r"-(\d{4})(\d\d)(\d\d)T(\d\d)\d{10}Z-\d+(?:\.[0-9a-f]{8}\.joined)?\.warc\.gz$")


def stage_lists(publication: Publication, files: Mapping[str, File], old: Iterable[str], newest: str) -> set[str]:
    """Stages the lists of a version whose newest hour is `newest`; the paths of the WARC files in them. `files` are all
    of the version, `old` the paths of the version before."""
    stretches: dict[str, list[File]] = {}
    for path, file in files.items():
        begun = _BEGUN.search(path)
        part = stretch("{}-{}-{}T{}".format(*begun.groups()), newest) if begun and WARC.fullmatch(path) else ""
        if part and len(part) < len(newest):  # not of an hour of the newest day
            stretches.setdefault(part, []).append(file)
    apart: set[str] = set()
    lists = set()
    for part, its in sorted(stretches.items()):
        if len(its) > MOST:
            content = list_bytes(its)
            path = f"indexes/warc-{part}.{hashlib.sha256(content).hexdigest()[:8]}.csv"
            if not is_file(publication.workspace.root / path):
                publication.add(path, content)
            lists.add(path)
            apart |= {file.path for file in its}
    for path in sorted(filter(is_warc_list, old)):
        if path not in lists:
            publication.remove(path)
    return apart
