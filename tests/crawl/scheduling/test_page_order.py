"""Pages that are parts of one order, and those that are not."""

from __future__ import annotations

import pytest

from crawler.crawl.scheduling.page_order import PageOrder


def out_of_order(*pages: str) -> tuple[int, int] | None:
    order = PageOrder()
    for page in pages:
        order.add(list(page))
    return order.out_of_order


@pytest.mark.parametrize(
    "pages",
    [
        ("abcde", "fghij", "klmno"),
        ("abcde", "efghi", "ijklm", "mnopq"),  # news came in while it was read
        ("abcde", "defgh", "ghijk"),  # two at a time
        ("abcde", "abfgh", "abijk", "ablmn"),  # two are pinned on each page
        ("abcde", "fghij", "fghij"),  # the last page again
        ("abcde", "fghij", "ghijk"),  # the last page is filled up
        ("abcde", "fghij", "klmna"),  # one stands beside the list, too
        (),
    ],
)
def test_what_is_in_order(pages: tuple[str, ...]) -> None:
    assert out_of_order(*pages) is None


def test_pages_that_are_sorted_each_for_itself() -> None:
    assert out_of_order("abcde", "fcgah", "ibjkd") == (4, 11)
    assert out_of_order("abcde", "edcbf") is None, "nothing but one page turned round and one item more"
