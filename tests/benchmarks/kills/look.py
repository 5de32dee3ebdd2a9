"""What must hold after a kill (I1 to I8): looked at from outside, with little of the program's own code."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from crawler.archive.warc.reader import iter_captures
from crawler.archive.warc.repair import whole_prefix
from crawler.package.descriptor.descriptor_shape import DOCUMENTS

# What a run makes anew each time; all else must be equal.
csv.field_size_limit(1 << 30)
VOLATILE = frozenset(
    "revision_id capture_id run_id warc_file warc_offset warc_length first_seen_at last_seen_at seen_at fetched_at "
    "valid_from valid_to named_by withdrawn_at".split()
)
CACHED = (".work/damaged/", ".work/reports/")
COMPARED = ("articles", "revisions", "media", "sources")
# Names that WACZ or a reader fixes, and that people and feed readers look for: they cannot tell content.
STEADY = ("pages/", "seeds/", "datapackage-digest.json", *DOCUMENTS)


def is_steady(path: str) -> bool:
    """Whether a file keeps its name from version to version."""
    return path.startswith(STEADY) or (path.startswith("changes/") and path.endswith(".atom"))


Rows = list[tuple[tuple[str, str], ...]]


def rows(package: Path, table: str, *, volatile: frozenset[str] = VOLATILE) -> Rows:
    """The rows of a table as the descriptor names its parts, sorted, without the columns `volatile`."""
    found: Rows = []
    descriptor = json.loads((package / "datapackage.json").read_bytes())
    for path in next((r["path"] for r in descriptor["resources"] if r["name"] == table), ()):
        content = (package / path).read_bytes()
        content = gzip.decompress(content) if path.endswith(".gz") else content
        for row in csv.DictReader(io.StringIO(content.decode(), newline="")):
            found.append(tuple((k, v) for k, v in row.items() if k not in volatile))
    return sorted(found)


def truth(package: Path) -> dict[str, Rows]:
    """The tables that every trial must end with."""
    return {table: rows(package, table) for table in COMPARED}


def wrong_now(package: Path) -> list[str]:
    """I4, for a reader who knows nothing of the program: files that the descriptor names and that are not there, or
    have other bytes. Files with a steady name may be one step ahead while the journal of a publication stands."""
    if not (package / "datapackage.json").exists():
        return []
    try:
        descriptor = json.loads((package / "datapackage.json").read_bytes())
    except ValueError as error:
        return [f"I4: the descriptor is half: {error}"]
    pending = (package / ".work" / "journal.json").exists()
    problems, named = [], set()
    for resource in descriptor["resources"]:
        if resource.get("type") == "table":
            named.update(resource["path"])
            continue
        path = package / resource["path"]
        good = path.is_file() and path.stat().st_size == resource["bytes"]
        good = good and hashlib.sha256(path.read_bytes()).hexdigest() == resource["hash"].removeprefix("sha256:")
        if not good and not (pending and is_steady(resource["path"])):
            problems.append(f"I4: {resource['path']} is not as listed")
    listed = {r["path"] for r in descriptor["resources"] if isinstance(r["path"], str)}
    return problems + [f"I4: {path} is a part, and not listed" for path in sorted(named - listed)]


def steps_ahead(package: Path) -> bool:
    """Whether a file with a steady name is not as listed: a publication was begun, and any command finishes it."""
    if not (package / ".work" / "journal.json").exists() or not (package / "datapackage.json").exists():
        return False
    descriptor = json.loads((package / "datapackage.json").read_bytes())
    for resource in descriptor["resources"]:
        if resource.get("type") != "table" and is_steady(resource["path"]):
            content = (package / resource["path"]).read_bytes()
            if hashlib.sha256(content).hexdigest() != resource["hash"].removeprefix("sha256:"):
                return True
    return False


def different(package: Path, wanted: dict[str, Rows]) -> list[str]:
    """I1: the tables whose rows are not those of an undisturbed run."""
    problems = []
    for table, expected in wanted.items():
        found = rows(package, table)
        if found != expected:
            lost, more = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
            cells = {cell for row in (lost | more) for cell in row} if lost and more else set()
            names = sorted({name for name, _ in cells if len({v for n, v in cells if n == name}) > 1})
            problems.append(f"I1: {table}: {lost.total()} rows lost, {more.total()} others {names[:6]}")
    return problems


def torn(package: Path) -> list[str]:
    """I3: sealed WARC files that do not end with a whole record."""
    return [
        f"I3: {path.name} is torn"
        for path in sorted((package / "archive").glob("*.warc.gz"))
        if whole_prefix(path) != path.stat().st_size
    ]


def left_over(package: Path) -> list[str]:
    """I8: what no finished command may leave behind."""
    kept = {".work/lock", ".work/waiting.cdx", ".work/damaged", ".work/reports", ".work/archive"}
    found = []
    for path in sorted(package.rglob("*")):
        relative = path.relative_to(package).as_posix()
        strange = path.suffix in (".open", ".tmp", ".new", ".part") or path.is_socket() or path.is_fifo()
        unknown = relative.startswith(".work/") and relative not in kept and not relative.startswith(CACHED)
        if strange or unknown:
            found.append(relative)
    return [f"I8: left over: {found[:5]}"] if found else []


def asked_too_often(counts: dict[str, int], clean: dict[str, int], kills: int) -> list[str]:
    """I5: addresses that were asked for more often than undisturbed and once more per kill."""
    bad = {url: n for url, n in counts.items() if n > clean.get(url, 0) + kills and not url.endswith("robots.txt ")}
    return [f"I5: asked too often: {sorted(bad.items())[:3]}"] if bad else []


def tails(package: Path) -> int:
    """Torn records that were set aside."""
    folder = package / ".work" / "damaged"
    return len(list(folder.glob("*.tail"))) if folder.is_dir() else 0


def not_held(package: Path, source: str, clean: dict[str, int]) -> list[str]:
    """What is wrong with a source that a gate refused: its record, and its captures, which wait and are whole. `clean`
    are the requests of an undisturbed run over it."""
    try:
        record = json.loads((package / "refused.json").read_bytes())
    except (OSError, ValueError) as error:
        return [f"refused.json: {error}"]
    problems = [f"refused.json names {v['source']}" for v in record["refused"] if v["source"] != source]
    listed = (package / "datapackage.json").read_text("utf-8")
    waiting = [path for path in (package / "archive").glob(f"{source}-*.warc.gz") if path.name not in listed]
    held = {urlsplit(capture.url).path for path in waiting for capture in iter_captures(path)}
    asked = {request.split(" ")[1] for request in clean}
    missing = sorted({path for path in asked if path.startswith(f"/{source.partition('.')[2]}/")} - held)
    return problems + ([f"captures of {source} are lost: {missing}"] if missing else [])
