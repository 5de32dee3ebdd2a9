"""The fields that this project adds to WARC: written beside each capture, read back into a `Capture`."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from crawler.addresses import joined
from crawler.archive.http.codings import Body
from crawler.archive.http.exchange import Exchange, Intent, Origin, RunInfo
from crawler.archive.http.http1 import Head, entity, uncoded
from crawler.archive.limits import MAX_FIELDS
from crawler.model import Capture, Locator, Role

FIRST_YEAR, LAST_YEAR = 1990, 2200  # of the World Wide Web, and of what dates in a package may be


def warc_date(moment: datetime) -> str:
    """WARC-Date with microseconds, UTC (WARC 1.1, 5.4)."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[: -len("+00:00")] + "Z"


def parse_warc_date(text: str) -> datetime:
    """The moment that a WARC-Date of any precision names. Raises ValueError, also for a year in which no page can have
    been captured: such dates lead out of the calendar where time is added, and out of names that are sorted."""
    # As most tools write it, and as we do: to the second, or to the microsecond.
    is_usual = len(text) == 20 or (len(text) == 27 and text[19] == ".")
    if is_usual and text[-1] == "Z" and text[4] == text[7] == "-" and text[10] == "T":
        with suppress(ValueError):
            moment = datetime.fromisoformat(text)
            if FIRST_YEAR <= moment.year <= LAST_YEAR:
                return moment
    text = text.strip().upper()
    match = _W3CDTF.fullmatch(text) or _ARC_DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"no date of WARC 1.1, 5.4: {text[:40]!r}")
    part = match.groupdict()
    year, month, day = int(part["year"]), int(part["month"] or 1), int(part["day"] or 1)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no year of a capture: {year}")
    hour, minute, second = (int(part[name] or 0) for name in ("hour", "minute", "second"))
    leap = second == 60  # RFC 3339, 5.7: the moment that a clock without leap seconds calls the next one
    micro = int((part.get("fraction") or "0")[:6].ljust(6, "0"))
    moment = datetime(year, month, day, hour, minute, 59 if leap else second, micro, tzinfo=UTC)
    try:
        return moment + timedelta(seconds=1 if leap else 0) - _offset(part.get("zone"))
    except OverflowError as error:
        raise ValueError(str(error)) from error


_W3CDTF = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,12}))?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?",
    re.ASCII,
)
_ARC_DATE = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d))?", re.ASCII
)


def _offset(zone: str | None) -> timedelta:
    if not zone or zone == "Z":
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 23 or minutes > 59:
        raise ValueError(f"no offset: {zone}")
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


# What some reader takes for the end of a line, or of a text: C0, C1, and the separators of Unicode (UAX 14, BK and NL).
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def clean(value: str) -> str:
    """`value` on one line, whatever its reader takes for the end of one: controls and separators of lines are
    percent-encoded as UTF-8, so that nothing from the web can add a field."""
    if value.isprintable():
        return value
    return _CONTROLS.sub(lambda found: quote(found[0], safe="", errors="replace"), value)


def warc_fields(intent: Intent, exchange: Exchange) -> bytes:
    """The block of the metadata record of a capture (`application/warc-fields`)."""
    rows = {
        "role": intent.role.value,
        "via": intent.via,
        "document": intent.document,
        "document-language": intent.language,
        "document-modified": intent.modified_hint,
        "soft-404": intent.soft_404,
        "method": exchange.method,
        "fetchTimeMs": str(exchange.elapsed_ms),
        "fetch-error": exchange.failure,
        "fetch-error-detail": exchange.detail,
        "tls-exception": exchange.tls_exception,
        "interim-responses": base64.b64encode(exchange.interim).decode() or None,
    }
    extra = [("protocol", value) for value in exchange.protocols]
    if exchange.cipher:
        extra.append(("cipher-suite", exchange.cipher))
    return fields_block([*rows.items(), *extra])


def origin_fields(intent: Intent, of: Origin) -> bytes:
    """The block of the metadata record of a capture that another tool made."""
    rows = [
        ("role", intent.role.value),
        ("via", intent.via),
        ("document", intent.document),
        ("document-language", intent.language),
        ("document-modified", intent.modified_hint),
        ("soft-404", intent.soft_404),
        ("ingested-from", f"{of.file} at {of.offset}, sha256:{of.sha256}"),
        ("capture-id", of.capture_id),
        ("method", of.method),
        ("record-id", of.given_id),
        ("record-date", of.given_date),
        ("run", of.run),
        ("damage", of.damage),
        ("digest-mismatch", of.mismatch),
    ]
    return fields_block(rows)


def fields_block(rows: Iterable[tuple[str, str | None]]) -> bytes:
    """A block of `application/warc-fields`; rows without a value are left out."""
    return "".join(f"{key}: {clean(value)}\r\n" for key, value in rows if value).encode("utf-8", "replace")


def parse_fields(block: bytes) -> dict[str, str]:
    """The first value of each field of a `warc-fields` block, names in lower case.

    A line ends with CRLF and with nothing else (WARC 1.1, 5.1 and 6.5), so that no value can forge a field; only
    where a tool has written none at all, with a line feed."""
    out: dict[str, str] = {}
    block = block[:MAX_FIELDS]
    for line in block.decode("utf-8", "replace").split("\r\n" if b"\r\n" in block else "\n"):
        key, colon, value = line.partition(":")
        if colon:
            out.setdefault(key.strip().lower(), value.strip())
    return out


_QUOTED_LIST = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*+"|")++')  # what stands between commas, which may be quoted
_UNKNOWN = ("*/*", "unknown/unknown", "application/unknown")
_MIME = re.compile(r"[\w!#$%&'*+.^`|~-]+/[\w!#$%&'*+.^`|~-]+", re.ASCII)

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_PAIRS = [first + second for first in _LETTERS for second in _LETTERS]  # base64.b32encode takes 20 us for a digest


_SHIFTS = range(150, -1, -10)


def sha1(data: bytes, more: Iterable[bytes] = ()) -> str:
    """`sha1:BASE32` of `data` and `more` in a row, the one form of a digest that all common validators accept."""
    engine = hashlib.sha1(data)  # noqa: S324 - a checksum, not a signature
    for part in more:
        engine.update(part)
    number = int.from_bytes(engine.digest(), "big")
    return "sha1:" + "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


@dataclass(frozen=True, slots=True)
class Digests:
    """What identifies the body of a response. `problem` names what keeps it from being whole."""

    entity_sha1: str | None = None
    payload_sha256: str | None = None
    problem: str | None = None


NO_HEAD = Head(None, ())
NO_DIGESTS = Digests()


def digests_of(head: Head, raw: bytes) -> Digests:
    """The digests of a message's body: of the entity (content coding kept), and of the decoded payload."""
    return entity_digests(head, entity(head, raw))


def entity_digests(head: Head, plain: Body) -> Digests:
    """As `digests_of`, of a body whose transfer coding is removed already."""
    body = uncoded(head, plain)
    return Digests(sha1(plain.data), hashlib.sha256(body.data).hexdigest(), body.problem)


def capture_of(
    kind: str,
    headers: Mapping[str, str],
    *,
    exchange: Exchange,
    intent: Intent,
    info: RunInfo,
    locator: Locator,
    head: Head = NO_HEAD,
    digests: Digests = NO_DIGESTS,
    original: str | None = None,
) -> Capture:
    """The capture of an exchange that was just written; equal to what `reader` makes of the file. `original` is
    the id of the capture that a revisit repeats."""
    return Capture(
        capture_id=record_uuid(headers["WARC-Record-ID"]),
        source_id=info.source_id,
        run_id=info.run_id,
        url=exchange.url,
        fetched_at=exchange.started,
        role=intent.role,
        locator=locator,
        kind=kind,
        method=exchange.method,
        status=head.status,
        mime=media_type(head),
        payload_sha256=digests.payload_sha256,
        etag=one_line(head.get("etag")),
        last_modified=one_line(head.get("last-modified")),
        redirect=redirect_of(head, exchange.url),
        revisit_of=original,
        truncated=None if original else exchange.truncated or digests.problem,
        failure=exchange.failure,
        via=intent.via,
        document=intent.document,
        language=intent.language,
        modified_hint=intent.modified_hint,
        soft_404=intent.soft_404,
        entity_sha1=digests.entity_sha1,
    )


def record_uuid(record_id: str) -> str:
    """The id of a record without its URN dress."""
    return record_id.strip("<> ").removeprefix("urn:uuid:")


def media_type(head: Head) -> str | None:
    """The media type that an answer states: the last well-formed one where it is stated several times, in one field or
    more, and never `*/*` (WHATWG Fetch, "extract a MIME type") or a type that says that none is known (WHATWG MIME
    Sniffing, 7). Where none is well-formed, the first as it stands."""
    stated = [_essence(value) for field in head.all("content-type") for value in _QUOTED_LIST.findall(field)]
    valid = [value for value in stated if _MIME.fullmatch(value) and value not in _UNKNOWN]
    stated = [value for value in stated if value not in _UNKNOWN]
    value = valid[-1] if valid else next(iter(stated), "")
    return clean(value)[:127] or None


def _essence(value: str) -> str:
    return value.partition(";")[0].strip().lower()


def one_line(value: str | None) -> str | None:
    return clean(value)[:1024] if value else None


def redirect_of(head: Head, url: str) -> str | None:
    """The absolute address that a 3xx answer leads to, without user info, or None."""
    location = head.get("location")
    if head.status not in (301, 302, 303, 307, 308) or not location:
        return None
    # Browsers read the bytes of Location as UTF-8; latin-1 keeps them, so this undoes it where it can.
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return clean(joined(url, location))[:4096]
    except ValueError:
        return None


def role_of(value: str | None) -> Role:
    """The role that a metadata record names; captures of other tools have none and count as articles."""
    return Role(value) if value in set(Role) else Role.ARTICLE
