"""Which links lead to files, by their addresses and words."""

from __future__ import annotations

import pytest
from lxml import html

from crawler.discovery.subresources.files import file_address

PAGE = "https://min.example/news/7"
SHARE = "https://social.example/share?u=https%3A%2F%2Fmin.example%2Fnews%2F7&t=The%20plan%20is%20out"


def link(address: str, words: str = "The plan") -> html.HtmlElement:
    return html.fragment_fromstring(f'<a href="{address}">{words}</a>')


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/files/plan.pdf", "https://min.example/files/plan.pdf"),
        ("/get?file=plan%2Epdf", "https://min.example/get?file=plan%2Epdf"),
        ("/get?file=%70lan.%70df&amp;v=2", "https://min.example/get?file=%70lan.%70df&v=2"),
        (SHARE.replace("&", "&amp;"), None),
        ("/news/%D0%BF%D0%BB%D0%B0%D0%BD", None),
        ("/Attachment/12", "https://min.example/Attachment/12"),
    ],
)
def test_a_file_is_known_by_its_address(address: str, file: str | None) -> None:
    assert file_address(link(address), PAGE) == file


def test_words_that_the_caller_has_read_go_before_those_of_the_tree() -> None:
    assert file_address(link("/order/12"), PAGE, "Order 12 (PDF, 2 MB)") == "https://min.example/order/12"
    assert file_address(link("/order/12", "Order 12 (PDF, 2 MB)"), PAGE) == "https://min.example/order/12"
    assert file_address(link("/order/12", "Order 12 (PDF, 2 MB)"), PAGE, "Order") is None
