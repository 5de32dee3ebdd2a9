"""The records of ARC files, the form before WARC (Burner and Kahle, "Arc File Format", 1996): a line that names
address, IP address, date, media type and length, and behind it the answer. Each is given a head as WARC has it.

Read here and not by warcio, which gives up at the first damage."""

from __future__ import annotations

import re

from crawler.archive.containers.packing import GZIP
from crawler.archive.scanning.record_form import Damaged, Form, Found, fields_of
from crawler.archive.warc.fields import sha1
from crawler.archive.warc.serialise import safe_target

# Version 1, and version 2 with a status, a checksum, a redirect, an offset and a file name more.
_LINE = re.compile(
    rb"([a-z][a-z0-9+.-]{1,20}:[^\r\n]{0,8000}?) (\S{1,64}) (\d{8,17}) ([^\r\n]{0,200}?)"
    rb"(?: (?:\d{3}|-) \S{1,200} \S{1,8000} \d{1,18} \S{1,1000})? (\d{1,18})\r?\n",
    re.IGNORECASE,
)
_LONGEST = 1 << 14  # bytes of a line
_VERSION = b"filedesc:"


def arc_date(digits: str) -> str:
    """Twelve to seventeen digits as a WARC-Date; what is left out is zero."""
    d = digits[:14] if len(digits) == 8 else digits[:14].ljust(14, "0")
    return d if len(d) == 8 else f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[8:10]}:{d[10:12]}:{d[12:]}Z"


def _begins(start: bytes) -> bool:
    return _LINE.match(start, 0, _LONGEST) is not None


def _size(start: bytes) -> int | None:
    match = _LINE.match(start, 0, _LONGEST)
    return match.end() + int(match[5]) if match else None


def _taken_apart(plain: bytes, at: int) -> Found:
    """A record with the head that it would have in a WARC. Raises Damaged."""
    match = _LINE.match(plain, 0, _LONGEST)
    if match is None:
        raise Damaged("no record begins here")
    size = match.end() + int(match[5])
    if len(plain) < size:
        raise Damaged(f"{len(plain) - match.end()} of {int(match[5])} bytes")
    block = plain[match.end() : size]
    if match[1].lower().startswith(_VERSION):  # of the file, not of a capture
        return Found("warcinfo", {}, b"", block, at, size=size)
    url, ip, date = (match[n].decode("utf-8", "replace") for n in (1, 2, 3))
    rows = {
        "WARC-Type": "response",
        "WARC-Record-ID": "none",
        "WARC-Target-URI": safe_target(url),
        "WARC-Date": arc_date(date),
        "WARC-IP-Address": "" if ip == "-" else ip,
        "WARC-Block-Digest": sha1(block),
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    }
    head = "\r\n".join(["WARC/1.1", *(f"{name}: {value}" for name, value in rows.items() if value), "", ""]).encode()
    return Found("response", fields_of(head), head, block, at, size=size)


# Unpacked records are looked for by the line end before the address of one: a page is full of addresses.
ARC = Form(_begins, _taken_apart, _size, b"\n", re.compile(re.escape(GZIP) + rb"|(?<=\n)http"))
