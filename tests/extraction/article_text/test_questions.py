"""Questions with their answers behind a text are part of it where they are about what it is about."""

from __future__ import annotations

import pytest

from crawler import Article, extract

LINES = tuple(
    f"The {part} of the pension reform was explained by the minister of the river country on Monday, in plain words."
    for part in ("first part", "second part", "third part", "last part")
)
ASKED = (
    ("Who gets the new pension?", "All who worked in the river country for fifteen years or more get it."),
    ("From when is the pension paid?", "It is paid from the first of May, to the account that the office knows."),
    ("What must pensioners do?", "Nothing: the office writes a letter to each of them before the end of April."),
)
BOXES = {
    "Webflow": "<div role=listitem class=w-dyn-item><h3>{}</h3><div class=w-richtext>{}</div></div>",
    "buttons": (
        "<div class=item><button aria-expanded=false aria-controls=a><h3>{}</h3></button>"
        "<div role=region><div>{}</div></div></div>"
    ),
    "summaries": "<details><summary>{}</summary><div><p>{}</p></div></details>",
    "check boxes": "<div class=tab><input type=checkbox><label>{}</label><div class=c><p>{}</p></div></div>",
}


def paragraphs(behind: str) -> tuple[str, ...]:
    text = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"<title>Pension reform explained</title><main><h1>Pension reform explained</h1><div class=text>{text}</div>"
    found = extract(f"{page}<section class=questions>{behind}</section></main>".encode(), "https://state.example/n/5")
    assert isinstance(found, Article)
    return found.paragraphs


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_questions_about_the_article_are_text(box: str) -> None:
    assert paragraphs("".join(box.format(*pair) for pair in ASKED)) == (
        *LINES,
        *(line for pair in ASKED for line in pair),
    )


def test_questions_about_the_account_of_a_reader_are_none() -> None:
    others = (
        ("Why do I see this message?", "Another person reads with your account on another machine at this moment."),
        ("How many machines may I use?", "You may use as many machines as you want, one after the other."),
    )
    assert paragraphs("".join(BOXES["Webflow"].format(*pair) for pair in others)) == LINES


def test_a_hidden_copy_of_questions_in_the_text_is_none() -> None:
    asked = "".join(f"<h3>{question}</h3><p>{answer}</p>" for question, answer in ASKED)
    text = "".join(f"<p>{line}</p>" for line in LINES) + asked
    title = "Pension reform explained"
    page = f"<title>{title}</title><main><h1>{title}</h1><div class=text>{text}</div></main>"
    found = extract(f'{page}<div style="display:none">{text}</div>'.encode(), "https://state.example/n/5")
    assert isinstance(found, Article)
    assert found.paragraphs == (*LINES, *(line for pair in ASKED for line in pair))
