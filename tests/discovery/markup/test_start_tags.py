"""Start tags with too many attributes."""

from __future__ import annotations

from crawler.discovery.markup.start_tags import bytes_with_few_attributes, with_few_attributes


def test_the_first_thousand_attributes_stay() -> None:
    tag = "<p " + " ".join(f"a{n}=1" for n in range(1500)) + ">Слова</p>"
    kept = with_few_attributes(tag)
    assert "a999=1" in kept
    assert "a1000=1" not in kept
    assert kept.endswith(">Слова</p>")
    assert bytes_with_few_attributes(tag.encode()) == kept.encode()


def test_other_markup_is_the_same_object() -> None:
    page = "<p class=a>Words</p>" * 500
    assert with_few_attributes(page) is page


def test_a_long_part_of_a_page_is_found_wherever_it_stands() -> None:
    tag = "<p" + " a=1" * 1200 + ">"
    for before in (0, 1, 1999, 2000, 2001, 2002, 4003):
        for behind in ("", "<b>", "x" * 3000, "<b>" * 900):
            page = "x" * before + "<i>" * (before % 7) + tag + behind
            kept = with_few_attributes(page)
            assert kept == page.replace(" a=1" * 1200, " a=1" * 1000), (before, behind[:5])
