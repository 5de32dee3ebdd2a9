"""The lines of an article's page with what each is and why: as rows, and as a page in colours."""

from __future__ import annotations

from html import escape
from pathlib import Path

from crawler.errors import UsageError
from crawler.extraction.labels.label import TEXT, LabelledBlock, dropped_share

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:56em;margin:2em auto;padding:0 1em}"
    "div{padding:.3em .6em;border-left:.4em solid #b33;color:#555}div.text{border-color:#2a7;color:#000}"
    "small{display:block;color:#777}"
)


def as_rows(lines: list[LabelledBlock]) -> list[list[str]]:
    """Per line in the columns of the candidates: its label, the rule, its words; at the end the share of words among
    the text that are not in the record."""
    rows = [["line", "text" if n.label in TEXT else "", n.label.value, n.block.text, "", n.reason] for n in lines]
    share = [["dropped_share", "", "", f"{dropped_share(lines):.3f}", "", "words among the text that are not in it"]]
    return rows + (share if rows else [])


def as_html(lines: list[LabelledBlock]) -> str:
    """A page that shows the lines with their labels."""
    shown = "\n".join(
        f"<div{' class=text' if line.label in TEXT else ''}><small>{line.label.value}: {escape(line.reason)}</small>"
        f"{escape(line.block.text)}</div>"
        for line in lines
    )
    return f"<!DOCTYPE html><meta charset=utf-8><title>Lines and labels</title><style>{_STYLE}</style>\n{shown}\n"


def write_html(file: Path, page: str) -> None:
    """Writes that page. Raises UsageError where the file cannot be written."""
    try:
        file.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"--html {file}: {error.strerror}") from error
