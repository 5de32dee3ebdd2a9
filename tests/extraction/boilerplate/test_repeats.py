"""What a text says twice is left out once; what recurs because it is the text stays."""

from __future__ import annotations

from collections.abc import Container

import pytest

from crawler.extraction.boilerplate.repeats import repeats
from crawler.extraction.labels.label import Label
from tests.extraction.label_drafts import draft_of, words


def without_repeats(lines: list[str], headings: Container[str] = ()) -> list[str]:
    inner = "".join(f"<h2>{line}</h2>" if line in headings else f"<p>{line}</p>" for line in lines)
    draft = draft_of(f"<body><main>{inner}</main></body>")
    draft.drop(repeats(draft), Label.REPEAT, "says again what the text says")
    return words(draft)


PROSE = [
    "The commission met on Tuesday in the canal office. The northern gates need new seals before spring.",
    "Two pumps are worn out, an engineer said.",
    "Work starts next week and is planned to be finished before the end of the month.",
    "Four districts sent reports to the office of the deputy head.",
]


def test_a_quote_pulled_out_for_show_is_left_out() -> None:
    pulled = "The northern gates need new seals before spring."
    assert without_repeats([PROSE[0], pulled, *PROSE[1:]]) == PROSE


@pytest.mark.parametrize(
    "line",
    ["The northern gates need new seals", "New seals.", "The northern gates need new seals before summer."],
    ids=["heading", "short", "other words"],
)
def test_what_is_no_quote_stays(line: str) -> None:
    lines = [PROSE[0], line, *PROSE[1:]]
    assert without_repeats(lines) == lines


def test_a_label_that_recurs_between_sentences_is_left_out_whatever_its_number() -> None:
    lines = [PROSE[0], "Advertisement 1", PROSE[1], "Advertisement 2", PROSE[2], "Advertisement 3", PROSE[3]]
    assert without_repeats(lines) == PROSE


@pytest.mark.parametrize("line", ["<h3>Requirements</h3>", "<p><b>Requirements</b></p>", "<p>Posts: 12</p>"])
def test_what_heads_or_tells_each_part_of_a_text_stays(line: str) -> None:
    draft = draft_of("<body><main>" + "".join(f"{line}<p>{sentence}</p>" for sentence in PROSE) + "</main></body>")
    assert repeats(draft) == set()


def test_a_label_that_stands_twice_stays() -> None:
    lines = [PROSE[0], "Northern canal", PROSE[1], "Northern canal", PROSE[2]]
    assert without_repeats(lines) == lines


def test_what_recurs_among_items_of_lists_stays() -> None:
    lines = [PROSE[0], *["Morning", "Open the gates", "Evening", "Close the gates"] * 3, PROSE[1]]
    assert without_repeats(lines) == lines


def test_rows_of_tables_stay() -> None:
    row = "<table><tr><td>Gate</td><td>shut</td></tr></table>"
    draft = draft_of("<body>" + row.join(f"<p>{line}</p>" for line in PROSE))
    assert repeats(draft) == set()


def test_a_text_of_nothing_but_labels_stays() -> None:
    assert without_repeats(["Closed.", "Note", "Closed.", "Note", "Closed.", "Note"])


def test_what_somebody_says_may_be_the_heading_over_the_paragraph_that_tells_it() -> None:
    said = '"The northern gates need new seals before spring"'
    lines = [said, *PROSE]
    assert without_repeats(lines, {said}) == lines
    assert without_repeats(lines) == PROSE


def test_of_a_line_and_the_lines_that_it_is_fused_from_the_lines_stay() -> None:
    assert without_repeats([*PROSE, " ".join(PROSE)]) == PROSE
    assert without_repeats([" ".join(PROSE[:3]), *PROSE]) == PROSE
