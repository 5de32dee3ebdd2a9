"""HTML of a story's lines, as the portal's editors and as WordPress leave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby


def portal_html(lines: Iterable[str]) -> str:
    """Styled paragraphs, CR LF between blocks, no-break spaces before dashes, and Word's tables with paragraphs in
    their cells."""
    return "\r\n\r\n".join(_portal(kind, block) for kind, block in _blocks(lines)) + "\r\n"


def wordpress_html(lines: Iterable[str]) -> str:
    """The markup of the block editor."""
    return "\n\n".join(_wordpress(kind, block) for kind, block in _blocks(lines))


def _blocks(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """(kind, lines without marks): rows of one table together, and items of one list."""
    for kind, group in groupby(lines, _kind):
        found = [line.removeprefix(_MARK[kind]) for line in group]
        yield from ((kind, [line]) for line in found) if kind in ("text", "heading", "quotation") else [(kind, found)]


_MARK = {"heading": "## ", "quotation": "> ", "list": "- ", "table": "", "text": ""}


def _kind(line: str) -> str:
    for kind in ("heading", "quotation", "list"):
        if line.startswith(_MARK[kind]):
            return kind
    return "table" if " | " in line else "text"


def _portal(kind: str, lines: list[str]) -> str:
    shown = [escape(line, quote=False).replace(" – ", "&nbsp;– ") for line in lines]
    if kind == "table":
        rows = (f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in row.split(' | '))}</tr>" for row in shown)
        return '<table border="1" cellspacing="0"><tbody>\r\n' + "\r\n".join(rows) + "\r\n</tbody></table>"
    if kind == "list":
        return "<ul>\r\n" + "\r\n".join(f"\t<li>{item}</li>" for item in shown) + "\r\n</ul>"
    if kind == "heading":
        return f"<h4><strong>{shown[0]}</strong></h4>"
    if kind == "quotation":
        return f"<blockquote><p>{shown[0]}</p></blockquote>"
    return f'<p style="text-align: justify;">{shown[0]}</p>'


def _wordpress(kind: str, lines: list[str]) -> str:
    shown = [escape(line, quote=False) for line in lines]
    if kind == "table":
        rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split(' | '))}</tr>" for row in shown)
        return f'<figure class="wp-block-table"><table><tbody>{rows}</tbody></table></figure>'
    if kind == "list":
        return f'<ul class="wp-block-list">\n{"".join(f"<li>{item}</li>" for item in shown)}</ul>'
    if kind == "heading":
        return f'<h2 class="wp-block-heading">{shown[0]}</h2>'
    if kind == "quotation":
        return f'<blockquote class="wp-block-quote"><p>{shown[0]}</p></blockquote>'
    return f"<p>{shown[0]}</p>"
