"""The fields of an article in an API's answer, where the seed's entry names their paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any

from lxml import html

from crawler.address_patterns import is_from_template
from crawler.json_paths import at_path, follow
from crawler.model import Entry, Image, Reason, Rejection, Seed
from crawler.pages.fields import Fields

_SECONDS = (315_532_800, 4_102_444_800)  # 1980 to 2100: what else a number means, it is no time of publication
_WORDS = ("title", "name", "text", "html", "content", "value", "label")  # of an object that stands for its words
_LINE_END = re.compile(r"\r\n|\r|\n")
_ELEMENTS = frozenset(
    "p br div span a b i u em strong ul ol li h1 h2 h3 h4 h5 h6 table img figure blockquote section article hr".split()
)
_DEEPEST = 20  # objects and arrays around a text
_MOST = 10_000  # parts of a text


def entry_of(seed: Seed | None, url: str) -> Entry | None:
    """The entry of a seed whose `detail` gives an address, and that names the fields; None for none."""
    entries = seed.entries if seed else ()
    return next((e for e in entries if e.fields and e.detail and is_from_template(e.detail, url)), None)


def read_fields(answer: Any, entry: Entry) -> Fields | Rejection:
    """What stands at the paths of an entry's fields; a Rejection where the article or its title is not there."""
    item, is_there = follow(answer, entry.item)
    if not is_there or not isinstance(item, dict):
        return Rejection(Reason.NO_VERSION, f"no article at {entry.item or 'the top'!r} of the API's answer")
    paths = entry.fields
    title = _text(item, paths.get("title"))
    if title is None:
        return Rejection(Reason.NO_TITLE, f"fields.title: nothing at {paths.get('title')!r} in the API's answer")
    return Fields(
        title=title,
        published=_moment(item, paths.get("published")),
        modified=_moment(item, paths.get("modified")),
        category=_text(item, paths.get("category")),
        summary=_text(item, paths.get("summary")),
        body=_body(at_path(item, paths["body"])) if "body" in paths else None,
        authors=tuple(_texts(item, paths.get("authors"))) or None,
        tags=tuple(_texts(item, paths.get("tags"))) or None,
        images=tuple(Image(address) for address in _texts(item, paths.get("image"))) or None,
    )


def language_of(answer: Any, entry: Entry) -> str | None:
    """The language that an answer names, as it stands there."""
    return _text(at_path(answer, entry.item), entry.fields.get("language"))


def _texts(item: Any, path: str | None) -> Iterator[str]:
    """The values at a path, each once: of an array all, of an object its words. A path goes on inside the objects of an
    array ("authors.name")."""
    found = (" ".join(_plain(text).split()) for value in _values(item, path) for text in _words(value, _DEEPEST))
    yield from dict.fromkeys(text for text in found if text)


def _text(item: Any, path: str | None) -> str | None:
    return next(_texts(item, path), None)


def _values(item: Any, path: str | None) -> list[Any]:
    if not path:
        return []
    values = [item]
    for key in path.split("."):
        inner: list[Any] = []
        for value in values[:_MOST]:
            each = value if isinstance(value, list) and not key.isdigit() else [value]
            inner += [at_path(one, key) for one in each]
        values = [value for value in inner if value is not None]
    return values


def _words(value: Any, deep: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list) and deep:
        for one in value[:_MOST]:
            yield from _words(one, deep - 1)
    elif isinstance(value, dict) and deep:
        for name in _WORDS:
            if value.get(name):
                yield from _words(value[name], deep - 1)
                return


def _plain(text: str) -> str:
    """A text without the markup that an API may leave in it."""
    if "<" not in text and "&" not in text:
        return text
    return "".join(_fragment(text).itertext())


def _fragment(text: str) -> html.HtmlElement:
    try:
        return html.fragment_fromstring(text, create_parent="div")
    except (ValueError, html.etree.ParserError):
        return html.fragment_fromstring(escape(text.replace("\0", "")), create_parent="div")


def _body(value: Any) -> tuple[html.HtmlElement, ...] | None:
    """The elements of a text: HTML as it stands; plain text, or the parts of one, as a paragraph for each line."""
    parts = list(_parts(value, _DEEPEST))[:_MOST]
    if not any(part.strip() for part in parts):
        return None
    return (_fragment("".join(part if _is_markup(part) else _paragraphs(part) for part in parts)),)


def _parts(value: Any, deep: int) -> Iterator[str]:
    """The parts of a text in their order: a string, or the blocks of an editor."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict) and deep:
        inner: Iterable[Any] = value if isinstance(value, list) else _blocks(value)
        for one in inner:
            yield from _parts(one, deep - 1)


def _blocks(value: dict[str, Any]) -> list[Any]:
    """What of an editor's object is text: of Editor.js the data of blocks, of others their content or children."""
    names = ("blocks", "data", "children", "content", "html", "text", "value", "items")
    return [value[name] for name in names if value.get(name)][:1]


def _is_markup(text: str) -> bool:
    """Whether a text holds elements of HTML, and not only signs that look like a tag."""
    return "<" in text and any(e.tag in _ELEMENTS for e in _fragment(text).iterdescendants())


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(unescape(line.strip()))}</p>" for line in _LINE_END.split(text) if line.strip())


def _moment(item: Any, path: str | None) -> str | None:
    """A time as it stands; seconds and milliseconds since 1970 as UTC (RFC 3339)."""
    text = _text(item, path)
    if text is None or not text.replace(".", "", 1).isdigit():
        return text
    number = float(text)
    seconds = number / 1000 if number > _SECONDS[1] else number
    return datetime.fromtimestamp(seconds, UTC).isoformat() if _SECONDS[0] <= seconds < _SECONDS[1] else text
