"""The text of an article: which lines of a page it is, the elements that hold them, and its summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import html

from crawler.extraction.article_text import neighbours
from crawler.extraction.article_text.article_body import take_stated
from crawler.extraction.article_text.likely_text import likely_text
from crawler.extraction.article_text.questions import answered_questions
from crawler.extraction.article_text.short_notice import take_notice
from crawler.extraction.article_text.standfirst import description, find_points, find_standfirst, lead
from crawler.extraction.article_text.stub import guard, warn_of_part
from crawler.extraction.article_text.voice import holder, trafilatura_voice, weights
from crawler.extraction.article_text.written_lines import written
from crawler.extraction.boilerplate import edges
from crawler.extraction.boilerplate.behind_text import author_cards
from crawler.extraction.boilerplate.repeats import first_copy, repeats
from crawler.extraction.boilerplate.rules import AUTHOR_CARD, prune
from crawler.extraction.labels.container import certain_container
from crawler.extraction.labels.draft import Draft
from crawler.extraction.labels.label import Label, LabelledBlock
from crawler.extraction.labels.labelled import labelled
from crawler.extraction.lines.boilerplate_phrases import is_label
from crawler.extraction.markup.dom import even, key, length
from crawler.extraction.markup.paragraphs import paragraphs
from crawler.extraction.markup.text_blocks import Block
from crawler.extraction.page import json_article
from crawler.extraction.page.page import Page

_BESIDE = 500  # characters of date, section, share buttons and files beside a text
_SHORT = 40  # characters of a line that counts as running text
_PARTS = frozenset("table tbody thead tfoot tr td ul ol dl li p".split())
_SURE = 20  # letters that say which line of a page it is
_MOST = 0.7  # share of a text that is left of it without what tells of its author
_AROUND, _MAIN = 0.9, 0.5  # shares of the running text that the element around it holds


@dataclass(frozen=True, slots=True)
class Text:
    """The lines of a text, the elements that hold them (often one; none where the page shows no text), what stands for
    a summary, what each line of the page is (none where nobody asked), and the share of the words among them that are
    left out (None where no line of the page says what the text says)."""

    lines: list[str]
    scope: list[html.HtmlElement]
    summary: str | None
    labels: tuple[LabelledBlock, ...] = ()
    dropped: float | None = None


def read_text(
    page: Page,
    blocks: list[Block],
    headline: html.HtmlElement | None,
    others: frozenset[html.HtmlElement],
    item: json_article.Item | None,
    shown: Sequence[str | None],
    names: tuple[str, ...],
    *,
    with_labels: bool = False,
) -> Text:
    """The text by the first of these that has one: the page object, the payload's `item`, the page's own lines but
    those of `others`, elements that hold other articles. `shown` are the words of other fields, which are no text;
    `names` are those of the authors. Labels are told where somebody asks for them (`with_labels`)."""
    labels = {key(text) for text in shown if text}
    draft = Draft(page, blocks, headline, labels, {key(name) for name in names})
    if page.fields.body and (found := _of_page_object(page, labels)):
        _find_on_page(draft, found.lines, "the page object takes it")
        return _told(found, draft, with_labels=with_labels)
    if item is not None:
        lines, element = item.lines()
        lines, summary = [line for line in lines if not is_label(line, labels)], _summary(page, lines)
        _find_on_page(draft, lines, "the data of the page have it")
        return _told(Text(lines, [element], summary), draft, with_labels=with_labels)
    if stated := label_lines(draft, others):
        said = replace(draft, labels={}, added={}, standfirst=[])
        _find_on_page(said, stated, "stated as articleBody")
        return _told(Text(stated, _scope_of(draft), _summary_of(draft, stated)), said, with_labels=with_labels)
    lines = written(draft)
    if lines and draft.text:
        lines[0] = edges.without_glued_date(lines[0], draft, {text for text in shown if text})
    return _told(Text(lines, _scope_of(draft), _summary_of(draft, lines)), draft, with_labels=with_labels)


def _told(text: Text, draft: Draft, *, with_labels: bool) -> Text:
    """A text with what is told of the lines of its page: labels where somebody asks, and the share that is left out."""
    labels = labelled(draft) if with_labels and (draft.text or not text.lines) else ()
    return replace(text, labels=labels, dropped=draft.dropped_share)


def label_lines(draft: Draft, others: frozenset[html.HtmlElement]) -> list[str]:
    """Decides which lines are the text. In this order: the element that holds the running text, where that is certain,
    else what trafilatura takes, else what stands around most running text; what stands among it; out with what rules
    name; a notice beside the headline; the lines that JSON-LD states; out with repeats and edges; the standfirst; a
    guard against a part of the text taken for the whole. The lines of the statement where the page does not show them,
    else none."""
    if not others and (lines := certain_container(draft)):
        draft.reader = "in the element that holds the running text"
    else:
        lines = trafilatura_voice(draft.page, draft.blocks, others) or _around(draft)
    draft.text = sorted(lines)
    draft.take(neighbours.between(draft), "among the lines of the text")
    draft.take(neighbours.around(draft), "in the box of the text")
    prune(draft)
    take_notice(draft)
    stated = take_stated(draft)
    draft.drop(repeats(draft), Label.REPEAT, "says again what the text says")
    edges.trim_ends(draft)
    guard(draft)
    draft.standfirst = find_standfirst(draft)
    draft.take(draft.standfirst, "between headline and text")
    draft.take(find_points(draft), "a list between headline and text")
    draft.take(answered_questions(draft), "questions with their answers behind the text")
    draft.take(likely_text(draft), "stands as the lines of the text do")
    draft.drop(author_cards(draft), Label.BYLINE, AUTHOR_CARD, _MOST)  # with what was taken since
    return stated


def _find_on_page(draft: Draft, lines: list[str], why: str) -> None:
    """Makes those lines of a page text that say what a text says which is taken from elsewhere; warns where the page
    shows much more than that."""
    keys = {key(part) for line in lines for part in (line, *line.split(" | "))}
    whole = "\n".join(map(key, lines))
    draft.reader = why
    draft.text = [
        n
        for n, block in enumerate(draft.blocks)
        if block.key in keys or (len(block.key) >= _SURE and block.key in whole)
    ]
    warn_of_part(draft, sum(map(length, lines)))


def _around(draft: Draft) -> set[int]:
    """The lines of the smallest element that holds nearly all words of a page but its links, and the text beside a
    table that is most of it; of most of them on a page of few. Short lines count on a page of nothing else."""
    tree, blocks = draft.page.tree, draft.blocks
    running = [b for b in blocks if b.place == "body" and b.links < 0.3 and b.size >= _SHORT]
    large = len(running) > _SHORT
    words = running or [b for b in blocks if b.place == "body" and b.links < 0.3] or blocks
    at = holder(weights(tree, words), _AROUND if large or not running else _MAIN)
    while at > 0 and tree.tags[at] in _PARTS:
        at = tree.parents[at]
    return {n for n, b in enumerate(blocks) if at <= b.node < tree.ends[at] and b.links < 0.5 and b.place in _SHOWN}


_SHOWN = ("body", "heading")


def _of_page_object(page: Page, labels: set[str]) -> Text | None:
    body, stated = page.fields.body or (), even(page.fields.summary) or None
    lines = first_copy([line for element in body for line in paragraphs(element) if not is_label(line, labels)])
    stand = [stated] if stated and key(stated) not in {key(line) for line in lines} else []
    return Text(stand + lines, list(body), stated or _summary(page, lines)) if lines or stand else None


def _summary_of(draft: Draft, lines: list[str]) -> str | None:
    if draft.standfirst:
        return draft.blocks[draft.standfirst[0]].text
    return even(draft.page.fields.summary) or _summary(draft.page, lines) or lead(draft)


def _summary(page: Page, lines: list[str]) -> str | None:
    """The page's own description, when the text begins with it or the page shows it; not the start of a paragraph that
    was cut."""
    about = description(page)
    if not about or not lines or key(about)[:60] not in "".join(map(key, lines[:3])):
        return None
    cut = about.endswith(("...", "…")) and any(key(line).startswith(key(about)) for line in lines[:3])
    return None if cut else about


def _scope_of(draft: Draft) -> list[html.HtmlElement]:
    return _scope(draft) if draft.stated is None else [*_scope(draft), draft.stated]


def _scope(draft: Draft) -> list[html.HtmlElement]:
    """The smallest element that holds the text's lines."""
    tree = draft.page.tree
    if not draft.text:
        return []
    first, last = draft.blocks[draft.text[0]].node, draft.blocks[draft.text[-1]].node
    at = first
    while at > 0 and (last >= tree.ends[at] or tree.tags[at] in ("p", "li", "span", "h2", "h3")):
        at = tree.parents[at]
    return [tree.elements[at]]


def article_around(
    page: Page, scope: list[html.HtmlElement], headline: html.HtmlElement | None
) -> list[html.HtmlElement]:
    """The <article> around the text, or what holds it and the headline and little more: files often stand in a field of
    their own beside it. Without a text, what holds the headline."""
    start = scope[0] if scope else headline
    if start is None:
        return []
    around = next((e for e in start.iterancestors() if e.tag == "article"), None)
    if around is None and not scope:
        around = start.getparent()
    elif around is None and headline is not None:
        above = set(headline.iterancestors())
        common = next((e for e in start.iterancestors() if e in above), None)
        if common is not None and page.sizes[common] <= 2 * page.sizes.get(start, 0) + _BESIDE:
            around = common
    return [around] if around is not None and around.tag not in ("body", "html") else []
