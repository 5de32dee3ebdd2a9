"""Rows from the values of the lower rooms. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from crawler import ids
from crawler.model import Article, Capture, Locator, Moment, Precision, Rejection, Role, Seed
from crawler.package.tables import cell_format
from crawler.package.tables.tables import Row, table
from crawler.timezones import timezone


@dataclass(frozen=True, slots=True)
class Sight:
    """One capture that was made for an article, and what reading it gave.

    A revisit holds no words of its own: `holder` is the earlier response that it repeats, and what was read.
    """

    capture: Capture
    outcome: Article | Rejection
    holder: Capture | None = None

    @property
    def source(self) -> Capture:
        """The capture that holds the words."""
        return self.holder or self.capture

    @property
    def from_page(self) -> bool:
        """Whether it shows the page itself, and not an API's answer about it."""
        return is_page(self.source.mime or "")

    @property
    def document(self) -> str:
        """The source's own key of the document. Where neither the page nor the crawl knows one, its address: that
        is the key which the general page object gives too."""
        stated = self.outcome.document or self.capture.document
        if stated:
            return stated
        try:
            return ids.canonical_url(self.capture.url)
        except ValueError:
            return self.capture.url

    @property
    def article_id(self) -> str:
        return ids.article_id(self.capture.source_id, self.document)


def short_id(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def capture_row(capture: Capture) -> Row:
    """The row of `captures`."""
    return {
        "capture_id": capture.capture_id,
        "source_id": capture.source_id,
        "run_id": capture.run_id,
        "url": cell_format.line(capture.url),
        "fetched_at": cell_format.utc(capture.fetched_at),
        "role": capture.role.value,
        "kind": capture.kind,
        "method": cell_format.line(capture.method),
        "status": _number(capture.status),
        "media_type": cell_format.line(capture.mime),
        "payload_sha256": capture.payload_sha256 or "",
        "etag": cell_format.line(capture.etag),
        "last_modified": cell_format.line(capture.last_modified),
        "redirect": cell_format.line(capture.redirect),
        "revisit_of": capture.revisit_of or "",
        "truncated": cell_format.line(capture.truncated),
        "failure": cell_format.line(capture.failure),
        "via": cell_format.line(capture.via),
        "document": cell_format.line(capture.document),
        "language": cell_format.line(capture.language),
        "modified_hint": cell_format.line(capture.modified_hint),
        **_locator(capture),
    }


def capture_from(row: Row) -> Capture:
    """The capture that a row of `captures` tells of. Raises ValueError or KeyError for another row."""
    return Capture(
        capture_id=row["capture_id"],
        source_id=row["source_id"],
        run_id=row["run_id"],
        url=row["url"],
        fetched_at=cell_format.parse_utc(row["fetched_at"]),
        role=Role(row["role"]),
        locator=Locator(row["warc_file"], int(row["warc_offset"]), int(row["warc_length"])),
        kind=row["kind"],
        method=row["method"],
        status=int(row["status"]) if row["status"] else None,
        mime=row["media_type"] or None,
        payload_sha256=row["payload_sha256"] or None,
        etag=row["etag"] or None,
        last_modified=row["last_modified"] or None,
        redirect=row["redirect"] or None,
        revisit_of=row["revisit_of"] or None,
        truncated=row["truncated"] or None,
        failure=row["failure"] or None,
        via=row["via"] or None,
        document=row["document"] or None,
        language=row["language"] or None,
        modified_hint=row["modified_hint"] or None,
    )


def article_row(sight: Sight, article: Article, zone: tzinfo) -> Row:
    """The row of `articles` of a document first seen in `sight`; `zone` is the source's."""
    capture = sight.capture
    text, seen = cell_format.clean(article.text), cell_format.utc(capture.fetched_at)
    document = cell_format.line(article.document)
    fetched_from = _canonical(capture.url) if sight.from_page else ""  # an API's address is no page's
    aliases = {cell_format.line(alias) for alias in (*article.aliases, fetched_from) if alias}
    aliases.discard(cell_format.line(article.url))
    return {
        "article_id": ids.article_id(capture.source_id, article.document),
        "source_id": capture.source_id,
        "story_id": ids.story_id(capture.source_id, article.story or article.document),
        "document": document,
        "url": cell_format.line(article.url),
        "language": article.language,
        "language_confidence": f"{article.language_confidence:.3f}",
        "declared_language": cell_format.line(article.declared_language),
        "languages": cell_format.array(article.languages or (article.language,)),
        "title": cell_format.line(article.title),
        **_published(article.published_at, zone),
        "modified_at": cell_format.stamp(article.modified_at.value if article.modified_at else None),
        "category": cell_format.line(article.category),
        "summary": cell_format.clean(article.summary).strip(),
        "text": text,
        "authors": cell_format.array(article.authors),
        "tags": cell_format.array(article.tags),
        "text_sha256": ids.text_sha256(text),
        "aliases": cell_format.array(sorted(aliases)),
        "warnings": cell_format.array(article.warnings),
        "dropped_share": "" if article.dropped_share is None else f"{article.dropped_share:.3f}",
        "status": "live",
        "withdrawn_at": "",
        "first_seen_at": seen,
        "seen_at": seen,
        "capture_id": capture.capture_id,
        "run_id": capture.run_id,
        "media_type": cell_format.line(sight.source.mime),
        **_locator(sight.source),
    }


def revision_row(kind: str, wording: Row, *, since: str, until: str, extractor: str = "") -> Row:
    """The row of `revisions` that keeps `wording` (cells of an article row), with its own capture."""
    row = {column: wording.get(column, "") for column in table("revisions").columns}
    row |= {"change_kind": kind, "valid_from": since, "valid_to": until, "extractor": extractor}
    row["revision_id"] = short_id(row["article_id"], kind, row["capture_id"], extractor)
    return row


def event_row(kind: str, wording: Row, capture: Capture) -> Row:
    """The row of `revisions` for a withdrawal or a return, which `capture` proves."""
    seen = cell_format.utc(capture.fetched_at)
    proof = {"capture_id": capture.capture_id, "run_id": capture.run_id, "media_type": cell_format.line(capture.mime)}
    merged = wording | proof | _locator(capture)
    if kind == "withdrawn":  # the words stay in articles; here they would say that the page still had them
        merged |= {"text": "", "text_sha256": ids.text_sha256(""), "summary": ""}
    return revision_row(kind, merged, since=seen, until=seen)


def rejection_row(sight: Sight, reason: str, detail: str, article_id: str) -> Row:
    """The row of `rejections`; `article_id` is empty where the document has no article."""
    capture = sight.capture
    return {
        "capture_id": capture.capture_id,
        "source_id": capture.source_id,
        "run_id": capture.run_id,
        "article_id": article_id,
        "url": cell_format.line(capture.url),
        "fetched_at": cell_format.utc(capture.fetched_at),
        "reason": reason,
        "detail": cell_format.line(detail)[:500],
        "status": _number(capture.status),
        "document": cell_format.line(sight.outcome.document or capture.document),
    }


def confirmation_row(article_id: str, capture: Capture) -> Row:
    """The row of `confirmations`: `capture` says what the article's row says."""
    return {
        "article_id": article_id,
        "last_confirmed_at": cell_format.utc(capture.fetched_at),
        "capture_id": capture.capture_id,
    }


def media_rows(article_id: str, capture: Capture, article: Article) -> list[Row]:
    """The rows of `media` that one wording of an article names; an address named twice counts once."""
    named: list[tuple[str, str, str | None, str | None, str | None]]
    named = [("image", i.url, i.caption, i.alt, None) for i in article.images]
    named += [("attachment", a.url, a.title, None, a.mime) for a in article.attachments]
    found: dict[str, Row] = {}
    count = {"image": 0, "attachment": 0}
    for kind, address, caption, alt, mime in named:
        url = cell_format.line(address)
        media_id = short_id(article_id, "media", url)
        if not url or media_id in found:
            continue
        count[kind] += 1
        found[media_id] = dict.fromkeys(table("media").columns, "") | {
            "media_id": media_id,
            "article_id": article_id,
            "url": url,
            "kind": kind,
            "position": str(count[kind]),
            "caption": cell_format.clean(caption).strip(),
            "alt": cell_format.clean(alt).strip(),
            "media_type": cell_format.line(mime),
            "first_seen_at": cell_format.utc(capture.fetched_at),
            "named_by": capture.capture_id,
        }
    return list(found.values())


def source_row(seed: Seed, first_seen_at: str) -> Row:
    """The row of `sources`."""
    titles = {tag: cell_format.line(name) for tag, name in seed.title.items()}
    return {
        "source_id": seed.id,
        "title": titles.get("en") or next(iter(titles.values()), seed.id),
        "titles": cell_format.mapping(titles),
        "country": seed.country,
        "homepage": cell_format.line(seed.homepage),
        "platform": seed.platform,
        "timezone": seed.timezone,
        "languages": cell_format.array(dict.fromkeys(seed.languages.values())),
        "rights": cell_format.line(seed.rights),
        "rights_url": cell_format.line(seed.rights_url),
        "seed_file": f"seeds/{seed.id}.toml",
        "first_seen_at": first_seen_at,
    }


def is_page(media_type: str) -> bool:
    """Whether captures of this media type are the page itself, and not an API's answer about it."""
    return "html" in media_type


def zone_of(seed: Seed | None) -> tzinfo:
    """The zone in which the source prints times; UTC for a source without a seed."""
    return timezone(seed.timezone) if seed else UTC


def _published(moment: Moment | None, zone: tzinfo) -> Row:
    if moment is None:
        names = ("at", "date", "raw", "precision", "offset")
        return {f"published_{name}": "" for name in names}
    value = moment.value
    if value is None:
        return {
            "published_at": "",
            "published_date": "",
            "published_raw": cell_format.line(moment.raw),
            "published_precision": moment.precision.value,
            "published_offset": "",
        }
    at = "" if moment.precision is Precision.DAY else cell_format.stamp(value)
    return {
        "published_at": at,
        "published_date": _day(value, zone).isoformat(),
        "published_raw": cell_format.line(moment.raw),
        "published_precision": moment.precision.value,
        "published_offset": moment.offset.value,
    }


def _day(value: datetime | date, zone: tzinfo) -> date:
    # A page may state its time in UTC; the day that its readers saw is the one in the source's zone.
    if not isinstance(value, datetime):
        return value
    return value.astimezone(zone).date() if value.tzinfo else value.date()


def _canonical(url: str) -> str:
    try:
        return ids.canonical_url(url)
    except ValueError:
        return ""


def _locator(capture: Capture) -> Row:
    where = capture.locator
    return {"warc_file": where.warc_file, "warc_offset": str(where.offset), "warc_length": str(where.length)}


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
