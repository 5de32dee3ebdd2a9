"""What is done with the lines of a page while they are labelled."""

from __future__ import annotations

import pytest

from crawler.extraction.labels.draft import Draft
from crawler.extraction.labels.label import Label
from tests.extraction.label_drafts import draft_of_lines, words


def test_the_last_lines_of_a_text_go_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One `drop` walks the whole text: one for each line of a page of bylines would cost its square."""
    draft, drops, drop = draft_of_lines("One.", "By A", "Two.", "By B", "By C"), [], Draft.drop
    monkeypatch.setattr(Draft, "drop", lambda self, *given: drops.append(given) or drop(self, *given))
    draft.drop_last(lambda n: draft.blocks[n].text.startswith("By"), Label.BYLINE, "a byline")
    assert (words(draft), len(drops)) == (["One.", "By A", "Two."], 1)
    assert [label for label, _ in draft.labels.values()] == [Label.BYLINE] * 2


def test_the_first_line_stays() -> None:
    draft = draft_of_lines("By A", "By B")
    draft.drop_last(lambda n: True, Label.BYLINE, "a byline")
    assert words(draft) == ["By A"]
