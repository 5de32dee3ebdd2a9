"""Each way in which a package is broken or forged here, what each level of `validate` then says, and the table of that
in docs/breaks.md: `python tests/package/package_breaks.py` breaks them all and writes it."""

from __future__ import annotations

import atexit
import base64
import csv
import hashlib
import json
import os
import re
import shutil
import struct
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]
from crawler.package.build.build import build
from crawler.package.checks.findings import ValidationReport
from crawler.package.checks.validate import validate
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
from tests.package.conftest import SEED, Ministry, page
from tests.package.forger import Cells, Forger

DOCUMENT = ROOT / "docs" / "breaks.md"
LEVELS = {"default": {}, "--full": {"full": True}, "--reextract": {"reextract": True}}
_EXIT = {"valid": 0, "NOT VALID": 5, "NOT PROVED": 10}


@dataclass(frozen=True)
class Break:
    """One way to break a package; `mended`: hashes, sizes and counts of the descriptor are made true again."""

    name: str
    do: Callable[[Forger], None]
    mended: bool
    after: Callable[[Forger], None] = lambda f: None  # what is broken when all else has been made true again


def made(folder: Path) -> Workspace:
    """A package of three runs in two months: four articles, an edit, an image, an absence."""
    shutil.copytree(_built(), folder, dirs_exist_ok=True)
    return Workspace(folder)


@cache
def _built() -> Path:
    """The package that `made` copies: it is built once in each process."""
    folder = Path(tempfile.mkdtemp(prefix="ministry-news-made-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    ministry = Ministry(Workspace(folder), parse_seed(SEED, seed_id="xx.tests", path="seeds/xx/tests.toml"))
    for days in (0, 10, 1):
        run = ministry.run(days)
        run.get("/n/1", _illustrated(f"The ministry measures water after {days} days", "water"))
        if days != 1:
            run.get(f"/n/2-{days}", page(f"The wind is measured for {days} days", "wind"))
        run.get("/n/9", b"gone", status=404)
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return folder


def _illustrated(title: str, topic: str) -> bytes:
    image = b'<figure><img src="/img/a.jpg" width="600" height="400" alt="A laboratory"></figure></article>'
    return page(title, topic).replace(b"</article>", image)


# ---------------------------------------------------------------- bytes of files


def _warc(f: Forger) -> Path:
    row = f.rows("articles")[0]
    return f.workspace.root / row["warc_file"]


def warc_byte(f: Forger) -> None:
    _flip(f, f.rows("articles")[0])


def warc_byte_of_another_record(f: Forger) -> None:
    _flip(f, next(row for row in f.rows("captures") if row["status"] == "404"))


def _flip(f: Forger, row: Mapping[str, str]) -> None:
    """Changes the CRC of a record's member: what a changed byte of packed data does depends on how it was packed."""
    data = bytearray((f.workspace.root / row["warc_file"]).read_bytes())
    data[int(row["warc_offset"]) + int(row["warc_length"]) - 6] ^= 1
    f.put(row["warc_file"], bytes(data), packed=False)


def body_and_block_digest(f: Forger) -> None:
    """Another body in an article's record, whose block digest is made true again."""
    row = f.rows("articles")[0]
    where, begin, length = f.workspace.root / row["warc_file"], int(row["warc_offset"]), int(row["warc_length"])

    def other(record: bytes) -> bytes:
        head, block = record.removesuffix(b"\r\n\r\n").split(b"\r\n\r\n", 1)
        block = block.replace(b"doubled", b"drained")
        sha1 = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest())
        return re.sub(rb"(?<=Block-Digest: sha1:)\w+", sha1, head) + b"\r\n\r\n" + block + b"\r\n\r\n"

    f.put(row["warc_file"], rewritten(where.read_bytes(), begin, length, other), packed=False)


def rewritten(file: bytes, begin: int, length: int, edit: Callable[[bytes], bytes]) -> bytes:
    """A WARC file with one record edited, which has the same place and length as before: a field that may be left out
    makes room, and one of the member's header fills what is left (RFC 1952, 2.3.1)."""
    plain = edit(zlib.decompress(file[begin : begin + length], 31))
    plain = re.sub(rb"WARC-Warcinfo-ID: [^\r]*\r\n", b"", plain, count=1)
    engine = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    packed = engine.compress(plain) + engine.flush()
    room = length - len(packed) - 20
    assert room >= 0
    head = bytes((31, 139, 8, 4, 0, 0, 0, 0, 2, 255)) + struct.pack("<H", room) + bytes(room)
    member = head + packed + struct.pack("<2L", zlib.crc32(plain), len(plain))
    return file[:begin] + member + file[begin + length :]


def cut_warc(f: Forger) -> None:
    where = _warc(f)
    f.put(f.rows("articles")[0]["warc_file"], where.read_bytes()[:-40], packed=False)


def missing_warc(f: Forger) -> None:
    _warc(f).unlink()


def cut_gzip(f: Forger) -> None:
    path = f.path("articles")
    f.put(path, (f.workspace.root / path).read_bytes()[:-20], packed=False)


def missing_part(f: Forger) -> None:
    (f.workspace.root / f.path("articles")).unlink()


def unknown_file(f: Forger) -> None:
    (f.workspace.data / "articles-copy.csv").write_text("x\n", "utf-8")


def edited_descriptor(f: Forger) -> None:
    text = f.workspace.descriptor.read_text("utf-8").replace("ODbL-1.0", "CC0-1.0")
    f.workspace.descriptor.write_text(text, "utf-8")


# ---------------------------------------------------------------- tables as text


def crlf(f: Forger) -> None:
    f.put_rows("captures", f.rows("captures"), end="\r\n")


def crlf_in_one_line(f: Forger) -> None:
    path = f.path("runs")
    f.put(path, f.text(path)[:-1] + "\r\n")


def byte_order_mark(f: Forger) -> None:
    path = f.path("rejections")
    f.put(path, "\ufeff" + f.text(path))


def swapped_header(f: Forger) -> None:
    f.edit("captures", '"capture_id","source_id"', '"source_id","capture_id"', part=1)


def unquoted_header(f: Forger) -> None:
    header = f.text(f.path("captures", 1)).partition("\n")[0]
    f.edit("captures", header, header.replace('"', ""), part=1)


def swapped_cells(f: Forger) -> None:
    f.change("articles", lambda row: row.update(title=row["category"] or row["summary"], summary=row["title"]))


def extra_column(f: Forger) -> None:
    path = f.path("captures")
    f.put(path, "".join(f"{line},x\n" for line in f.text(path).splitlines()))


def other_quoting(f: Forger) -> None:
    path = f.path("runs")
    header, first, rest = f.text(path).partition("\n")[0], *f.text(path).partition("\n")[2].split(",", 1)
    f.put(path, f'{header}\n"{first}",{rest}')


# ---------------------------------------------------------------- rows


def deleted_row(f: Forger) -> None:
    f.put_rows("articles", f.rows("articles")[1:])


def duplicate_key(f: Forger) -> None:
    rows = f.rows("captures")
    f.put_rows("captures", [*rows, rows[-1]])


def foreign_key(f: Forger) -> None:
    f.change("rejections", lambda row: row.update(article_id="0" * 16), -1)


def deleted_everywhere(f: Forger) -> None:
    """An article and all that tells of it, with its captures, as if it had never been fetched."""
    gone = next(row for row in f.rows("articles") if row["url"].endswith("2-0"))
    captures = [row for row in f.rows("captures") if row["capture_id"] != gone["capture_id"]]
    f.put_rows("articles", [row for row in f.rows("articles") if row["article_id"] != gone["article_id"]])
    f.put_rows("captures", captures)
    for part, _ in enumerate(f.resource("changes")["path"]):
        rows = [row for row in f.rows("changes", part) if row["article_id"] != gone["article_id"]]
        f.put_rows("changes", rows, part)
    _count_less(f, gone["run_id"])


def _count_less(f: Forger, run_id: str) -> None:
    for part, _ in enumerate(f.resource("runs")["path"]):
        rows = f.rows("runs", part)
        for row in rows:
            if row["run_id"] == run_id:
                row.update({name: str(int(row[name]) - 1) for name in ("captures", "article_captures", "new")})
        f.put_rows("runs", rows, part)


def offset(f: Forger) -> None:
    f.change("articles", lambda row: row.update(warc_offset=str(int(row["warc_offset"]) + 1)))


def offset_everywhere(f: Forger) -> None:
    """Articles and captures agree on a place where no record begins."""
    one = f.rows("articles")[0]
    shifted = str(int(one["warc_offset"]) + 1)
    f.change("articles", lambda row: row.update(warc_offset=shifted))
    for part, _ in enumerate(f.resource("captures")["path"]):
        rows = f.rows("captures", part)
        for row in rows:
            if row["capture_id"] == one["capture_id"]:
                row["warc_offset"] = shifted
        f.put_rows("captures", rows, part)


# ---------------------------------------------------------------- cells


def _article(**cells: str) -> Callable[[Forger], None]:
    return lambda f: f.change("articles", lambda row: row.update(cells))


def _text(row: Cells) -> None:
    row["text"] = row["text"].replace("doubled", "halved")
    row["text_sha256"] = hashlib.sha256(row["text"].encode()).hexdigest()


def text(f: Forger) -> None:
    f.change("articles", lambda row: row.update(text=row["text"].replace("doubled", "halved")))


def text_with_its_hash(f: Forger) -> None:
    f.change("articles", _text)


def text_of_a_revision(f: Forger) -> None:
    f.change("revisions", _text)


def media_type_of_a_capture(f: Forger) -> None:
    f.change("captures", lambda row: row.update(media_type="text/plain"))


def reason(f: Forger) -> None:
    f.change("rejections", lambda row: row.update(reason="listing"))


def picture(f: Forger) -> None:
    f.change("media", lambda row: row.update(alt="A prison"))


def change(f: Forger) -> None:
    f.change("changes", lambda row: row.update(previous_text_sha256="0" * 64))


def outcome(f: Forger) -> None:
    f.change("runs", lambda row: row.update(outcome="failed"))


def source(f: Forger) -> None:
    f.change("sources", lambda row: row.update(title="Ministry of Truth"))


# ---------------------------------------------------------------- other files, and the descriptor


def _listed(f: Forger, folder: str) -> str:
    return next(str(r["path"]) for r in f.descriptor["resources"] if str(r["path"]).startswith(folder))


def index(f: Forger) -> None:
    path = _listed(f, "indexes/")
    lines = f.text(path).splitlines(keepends=True)
    f.put(path, "".join(lines[1:]))


def pages(f: Forger) -> None:
    path = _listed(f, "pages/")
    f.put(path, f.text(path).replace("measures", "poisons"))


def seed(f: Forger) -> None:
    path = _listed(f, "seeds/")
    f.put(path, f.text(path).replace("Ministry of Tests", "Ministry of Truth"))


def filled(f: Forger) -> None:
    f.descriptor["filled"]["xx.tests"]["title"] = 1


def _nothing(f: Forger) -> None:
    """Leaves the files as they are."""


def created(f: Forger) -> None:
    f.descriptor["created"] = "2036-01-01T00:00:00Z"


BREAKS = (
    Break("a byte of a WARC file flipped", lambda f: _keep(f, warc_byte), False),
    Break("the end of a WARC file cut", lambda f: _keep(f, cut_warc), False),
    Break("a WARC file missing", missing_warc, False),
    Break("the end of a part of a table cut", lambda f: _keep(f, cut_gzip), False),
    Break("a part of a table missing", missing_part, False),
    Break("a title changed in a table", lambda f: _keep(f, _article(title="Something else")), False),
    Break("a file more", unknown_file, False),
    Break("the licence changed in the descriptor", edited_descriptor, False),
    Break("a byte in an article's WARC record", warc_byte, True),
    Break("a byte in another WARC record", warc_byte_of_another_record, True),
    Break("the end of a WARC file", cut_warc, True),
    Break("the body in an article's record, and its block digest", body_and_block_digest, True),
    Break("the end of a part of a table", cut_gzip, True),
    Break("CRLF at the ends of lines", crlf, True),
    Break("CRLF at the end of one line", crlf_in_one_line, True),
    Break("a byte order mark", byte_order_mark, True),
    Break("a cell in quotation marks that need not be", other_quoting, True),
    Break("two columns swapped in the header of a later part", swapped_header, True),
    Break("a header without quotes, which some readers need", unquoted_header, True),
    Break("two cells of a row swapped", swapped_cells, True),
    Break("a column more", extra_column, True),
    Break("a row deleted", deleted_row, True),
    Break("an article deleted from all tables", deleted_everywhere, True),
    Break("a row twice", duplicate_key, True),
    Break("a key that leads nowhere", foreign_key, True),
    Break("an offset", offset, True),
    Break("an offset, in all tables", offset_everywhere, True),
    Break("a status that there is not", _article(status="gone"), True),
    Break("a title", _article(title="Something else"), True),
    Break("a date", _article(published_date="2026-03-13", published_at="2026-03-13T10:00:00+05:00"), True),
    Break("a precision of a date", _article(published_precision="minute"), True),
    Break("an identifier of a document", _article(document="https://ministry.example/n/77"), True),
    Break("the first sight of an article", _article(first_seen_at="2026-11-01T00:00:00.000000Z"), True),
    Break("an alias", _article(aliases='["https://ministry.example/n/78"]'), True),
    Break("a text", text, True),
    Break("a text, and its text_sha256", text_with_its_hash, True),
    Break("a text of a revision, and its text_sha256", text_of_a_revision, True),
    Break("a media type in captures", media_type_of_a_capture, True),
    Break("a reason in rejections", reason, True),
    Break("the words of an image in media", picture, True),
    Break("an earlier text_sha256 in changes", change, True),
    Break("an outcome in runs", outcome, True),
    Break("a title in sources", source, True),
    Break("a line of the index deleted", index, True),
    Break("a title in the list of pages", _nothing, True, pages),
    Break("a title in the copy of a seed", seed, True),
    Break("a count of the descriptor", _nothing, True, filled),
    Break("the time of the descriptor", created, True),
)


def _keep(f: Forger, do: Callable[[Forger], None]) -> None:
    """Breaks files and leaves the descriptor as it was."""
    before = json.dumps(f.descriptor)
    do(f)
    f.descriptor = json.loads(before)


def broken(one: Break, package: Path, folder: Path) -> Workspace:
    """A copy of `package` in `folder`, broken."""
    shutil.copytree(package, folder)
    forger = Forger(Workspace(folder))
    one.do(forger)
    if one.mended:
        with suppress(csv.Error, ValueError, EOFError, KeyError, TypeError):  # a table that cannot be read any more
            forger.derive()
        one.after(forger)
        forger.save()
    return forger.workspace


def check_all(folder: Path, breaks: Sequence[Break] = BREAKS) -> Iterator[tuple[Break, dict[str, ValidationReport]]]:
    """The verdict of each level on each break."""
    package = made(folder / "whole").root
    for number, one in enumerate(breaks):
        workspace = broken(one, package, folder / f"b{number}")
        yield one, {level: validate(workspace, engine="serial", **options) for level, options in LEVELS.items()}
        shutil.rmtree(workspace.root)


_IDS = re.compile(r"\b(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{8,64})\b")  # a capture's id; a hash, or its beginning
_STAMPS = re.compile(r"\d{8}T\d{12}Z-\d+")
_NUMBERS = re.compile(r"\b(offset|has|not|last|stated|read) '?\d+'?(?![-\w]|:\d)")  # they depend on packed sizes


def told(report: ValidationReport) -> str:
    """What a level says, as it stands in the table: the first finding, and how many more."""
    found = [*report.errors, *report.unproved, *(w for w in report.warnings if report.valid)]
    more = sum(report.counts.values()) - 1
    said = f"{_EXIT[report.verdict]} {report.verdict}"
    if not found:
        return said
    words = _STAMPS.sub("…", _IDS.sub("…", found[0].line()))
    words = _NUMBERS.sub(r"\1 N", words).replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
    return f"{said}: {words}" + (f" (and {more} more)" if more > 0 else "")


def document(found: Iterator[tuple[Break, dict[str, ValidationReport]]]) -> str:
    """The document, in Markdown."""
    lines = [
        "# What `validate` finds of a broken package",
        "",
        "Each row breaks a small package in one way; a cell is the exit code and verdict of a level, and the first",
        "thing that it says (ids and numbers that differ from run to run are left out).",
        "`python tests/package/package_breaks.py` breaks them all and writes this table, a test does it again.",
        "0 is valid, 5 not valid, 10 not proved.",
        "",
        "- default: the bytes of all files, every row, the rules between rows, and the records of 20 articles;",
        "- `--full`: besides, every WARC record against the digests that it states, `captures` and the index;",
        "- `--reextract`: besides the default, all tables made again from archive and seeds, and each row compared.",
        "",
        "Frictionless reads the descriptor, the first rows of each part, and all of a part in which something may be",
        "wrong. With `--frictionless` it also reads a package in which nothing is, as its own command does; a test",
        "shows that it then finds nothing in the tables that the default level has not found; it unpacks WARC files",
        "too, and finds those broken that `--full` does.",
    ]
    heads = {
        False: ("Files changed", "The descriptor still tells the bytes that were published."),
        True: (
            "Files changed by somebody who hides it",
            "Hashes, sizes and counts of the descriptor are made true again: only what is in the files can tell.",
        ),
    }
    rows: dict[bool, list[str]] = {False: [], True: []}
    for one, reports in found:
        rows[one.mended].append(f"| {one.name} | {' | '.join(told(report) for report in reports.values())} |")
    for mended, (title, words) in heads.items():
        lines += ["", f"## {title}", "", words, "", f"| what | {' | '.join(LEVELS)} |", "|---|---|---|---|"]
        lines += rows[mended]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        os.environ.update(XDG_STATE_HOME=f"{scratch}/state", XDG_CACHE_HOME=f"{scratch}/cache")
        DOCUMENT.write_text(document(check_all(Path(scratch))), "utf-8")
    json.dump({"written": DOCUMENT.name}, sys.stdout)
