"""A date that an inline element sets in front of the first sentence of a text."""

from __future__ import annotations

import pytest

from crawler.extraction.boilerplate.edges import without_glued_date
from tests.extraction.label_drafts import draft_of, words


@pytest.mark.parametrize(
    ("inner", "first"),
    [
        (
            "<span>12.03.2026</span>The canal office opened four gates on Monday.",
            "The canal office opened four gates on Monday.",
        ),
        ("<span>12.03.2026</span> The canal office is open again.", "The canal office is open again."),
        ("<img src=a.jpg><span>12.03.2026</span>The canal office is open again.", "The canal office is open again."),
        ("<b>12.03.2026</b> was a wet day at the gates.", "12.03.2026 was a wet day at the gates."),
        ("<span>Northport.</span> The canal office is open.", "Northport. The canal office is open."),
    ],
)
def test_a_date_that_only_a_style_sheet_sets_apart_is_no_part_of_the_first_line(inner: str, first: str) -> None:
    draft = draft_of(f"<div>{inner}<br><br>Gates open in May.</div>")
    lines = words(draft)
    assert [without_glued_date(lines[0], draft, {"12.03.2026"}), *lines[1:]] == [first, "Gates open in May."]
