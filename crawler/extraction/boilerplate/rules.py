"""Lines that stand in the place of an article and are not its text: the headline again, date lines, counters, share
labels, other items, a second copy. Each rule judges where a line stands on the page and its form, never the site; it
has a name, a label, and the share of the text that it must leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from crawler.extraction.boilerplate import behind_text, contacts, date_box, facts, notices, related, repeats
from crawler.extraction.labels.draft import Draft
from crawler.extraction.labels.label import Label
from crawler.extraction.markup.dom import SENTENCE_ENDS, length

AUTHOR_CARD = "tells of an author, behind the text"
_NOTICE = 400  # characters of a notice about cookies
_BANNER = 500  # characters of what stands over a page, at most


class Rule(NamedTuple):
    """Which lines of a text are none, what they are, and the share of the text that must be left."""

    name: str
    label: Label
    least: float
    lines: Callable[[Draft], set[int]]


def prune(draft: Draft) -> None:
    """Takes out of the text what is not text."""
    for rule in RULES:
        draft.drop(rule.lines(draft), rule.label, rule.name, rule.least)
    _drop_end(draft)


def _above(draft: Draft) -> set[int]:
    return set(range(draft.start))


def _above_elsewhere(draft: Draft) -> set[int]:
    """The few lines in front of the headline that stand in none of the boxes that it shares with a sentence behind it:
    a banner over the page, which may be longer than a short notice."""
    above = [n for n in draft.text if n < draft.start]
    if not above or draft.headline is None or draft.size(above) > _BANNER:
        return set()
    tree, blocks = draft.page.tree, draft.blocks
    headline = tree.numbers[draft.headline]
    sentences = (blocks[n] for n in draft.text if n >= draft.start and blocks[n].text.endswith(SENTENCE_ENDS))
    nearest = max((tree.shared(headline, sentence.node) for sentence in sentences), default=-1)
    return {n for n in above if tree.shared(headline, blocks[n].node) < nearest}


def _behind(draft: Draft) -> set[int]:
    return set(range(behind_text.end_of_article(draft), len(draft.blocks)))


def _of_place(*places: str) -> Callable[[Draft], set[int]]:
    def lines(draft: Draft) -> set[int]:
        return {n for n in draft.text if draft.blocks[n].place in places and not draft.is_quoted(n)}

    return lines


def _pointers(draft: Draft) -> set[int]:
    return related.pointers(draft) | related.lists_of_items(draft) | related.contents(draft)


def _drop_end(draft: Draft) -> None:
    """Labels behind the text, up to the last line that is not both short and apart from the places where sentences
    stand: its category, its source, what the site asks of its readers. Then the label over other items, if it is left,
    with what follows, and a cookie notice."""
    blocks, end = draft.blocks, behind_text.end_of_article(draft)
    draft.drop(facts.over_fields(draft), Label.FACT, "a label over another field")
    draft.drop(behind_text.last_labels(draft), Label.FACT, "a label behind the text")
    if end in draft.text[1:]:
        draft.drop(range(end, len(blocks)), Label.RELATED, "behind a label over other items")
    draft.drop_last(lambda n: _is_cookie_notice(blocks[n].text), Label.NOTICE, "a notice about cookies at the end")


def _is_cookie_notice(line: str) -> bool:
    return notices.COOKIES.search(line) is not None and length(line) < _NOTICE


RULES = (
    Rule("a notice about cookies", Label.NOTICE, 0.0, notices.asks_consent),
    Rule("the headline again", Label.HEADLINE, 0.0, facts.repeats_headline),
    Rule("the words of another field", Label.FACT, 0.0, facts.says_fields),
    Rule("a date in pieces", Label.FACT, 0.0, facts.date_in_pieces),
    Rule("a second copy", Label.REPEAT, 0.0, repeats.second_copy),
    Rule("in front of the headline, in a box of its own", Label.NAVIGATION, 0.0, _above_elsewhere),
    Rule("in front of the headline", Label.NAVIGATION, 0.5, _above),
    Rule("facts about the article", Label.FACT, 0.5, facts.facts),
    Rule("a number beside a picture for readers", Label.FACT, 0.5, facts.counts_beside_icons),
    Rule("between standfirst and date", Label.FACT, 0.5, facts.before_date),
    Rule("says day and author in a sentence", Label.FACT, 0.5, date_box.field_sentences),
    Rule("in the box of the date", Label.FACT, 0.5, date_box.in_date_box),
    # The lines of a footer may be as long as a short text.
    Rule("behind a label over other items", Label.RELATED, 0.4, _behind),
    Rule("in a frame of the page", Label.NAVIGATION, 0.5, _of_place("frame")),
    Rule("beside the text, by its class or under a picture", Label.BESIDE, 0.6, _of_place("side", "caption")),
    Rule("in another article", Label.OTHER_ARTICLE, 0.6, related.other_articles),
    Rule("behind the article", Label.OUTSIDE, 0.6, related.behind_article),
    Rule("the address of the page", Label.FACT, 0.5, facts.own_address),
    Rule("tells when the page was changed", Label.FACT, 0.5, facts.changes),
    Rule("under a link to another item, behind the text", Label.RELATED, 0.6, behind_text.teasers),
    Rule("behind a heading that counts comments", Label.COMMENT, 0.2, behind_text.counted_comments),
    Rule("behind a date behind the text", Label.COMMENT, 0.6, behind_text.comments),
    Rule(AUTHOR_CARD, Label.BYLINE, 0.7, behind_text.author_cards),
    Rule("points to another item", Label.RELATED, 0.7, _pointers),
    Rule("a heading over other items", Label.RELATED, 0.7, related.heads_of_teasers),
    Rule("leads to a channel of the site", Label.NOTICE, 0.7, related.channels),
    Rule("tells how to reach somebody", Label.CONTACT, 0.5, contacts.contacts),
    Rule("over a player", Label.CAPTION, 0.7, notices.over_players),
    Rule("asks with buttons for answers", Label.NOTICE, 0.7, notices.asks_with_buttons),
    Rule("asks something of readers, in a box", Label.NOTICE, 0.7, notices.boxed_invitations),
    Rule("tells what opens the files", Label.NOTICE, 0.7, notices.on_readers),
    Rule("a link to a file behind the text", Label.FACT, 0.7, facts.files_behind),
)
