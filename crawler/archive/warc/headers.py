"""What our own records say of themselves: the warcinfo of a file, and which capture a revisit repeats."""

from __future__ import annotations

import hashlib

from crawler.archive.http.exchange import RunInfo
from crawler.archive.http.mask import MASKED_FIELDS
from crawler.archive.warc.fields import fields_block, warc_date
from crawler.archive.warc.recent import Original

IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


def info_fields(info: RunInfo, *, masked: bool) -> bytes:
    """The block of the warcinfo record of a run's files; it declares what was masked."""
    fields = f"{', '.join(MASKED_FIELDS)} (values replaced by x, same length)" if masked else "none"
    rows = {
        "software": info.software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "operator": info.operator,
        "robots": info.robots,
        "http-header-user-agent": info.user_agent,
        "isPartOf": info.source_id,
        "run": info.run_id,
        "seed-sha256": hashlib.sha256(info.seed_toml.encode()).hexdigest(),
        "masked-fields": fields,
    }
    return fields_block((key, " ".join(value.split())) for key, value in rows.items())


def revisit_headers(original: Original, status: int | None) -> dict[str, str]:
    """The fields of a revisit of `original`, whose answer had this status."""
    headers = {
        "WARC-Profile": NOT_MODIFIED if status == 304 else IDENTICAL,
        "WARC-Refers-To": f"<urn:uuid:{original.capture_id}>",
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": warc_date(original.fetched_at),
    }
    if status != 304 and original.entity_sha1:
        # "shall" be length where a payload is left out (WARC 1.1, 6.7.2); the digest is required by the profile.
        headers |= {"WARC-Payload-Digest": original.entity_sha1, "WARC-Truncated": "length"}
    return headers
