"""Patterns of others: what they match, and that no pattern makes an address cost more than its length."""

from __future__ import annotations

import time

import pytest

from crawler.address_patterns import compiled, is_from_template, is_match

COSTLY = ["(a+)+$!", "(a|a)*b", "(x?a+)+b", "(.*)*b", ".*a.*a.*a.*a.*b", "(?:.{0,100}a){9}b", ".{0,400}a.{0,400}b"]


@pytest.mark.parametrize("pattern", COSTLY)
def test_the_cost_of_a_pattern_grows_with_the_address(pattern: str) -> None:
    """At two thousand characters, the longest address, Python's engine would take years for the first."""

    def cost_s(count: int) -> float:
        begun = time.process_time()
        for _ in range(20):
            assert not is_match(pattern, "https://t.example/" + "a" * count + "c")
        return time.process_time() - begun

    cost_s(1)  # compiled
    costs = [cost_s(n) for n in (2_000, 4_000, 8_000)]
    assert costs[2] < max(0.5, 3.5 * costs[1])


def test_a_pattern_is_found_anywhere_as_before() -> None:
    assert is_match(r"/press/press_\d+\.html", "https://t.example/press/press_12.html")
    assert is_match(r"^https?://[^/]+(?:/a/[^/?#]+/?$|/b/\d+)", "http://t.example/a/x/")
    assert not is_match(r"/press/$", "https://t.example/press/x")
    assert is_match("/новости/", "https://t.example/новости/1")
    assert not is_match("b", "a\ud800")


def test_what_is_no_pattern_says_why() -> None:
    with pytest.raises(ValueError, match="missing"):
        compiled("(")
    with pytest.raises(ValueError, match="surrogates"):
        compiled("\ud800")


def test_a_template_gives_addresses_with_a_value_in_each_place() -> None:
    template = "https://t.example/api/{kind}/{id}?lang={l.0}"
    assert is_from_template(template, "https://t.example/api/news/12?lang=en")
    assert not is_from_template(template, "https://t.example/api/news/12/x?lang=en")
    assert not is_from_template(template, "https://t.example/api//12?lang=en")
    assert not is_from_template("https://t.example/{id}", "https://tXexample/1")


def test_a_template_of_many_places_costs_no_more() -> None:
    """Neighbouring places compete for each sign, in an engine that goes back."""
    assert not is_from_template("https://t.example/" + "{id}" * 100 + "!", "https://t.example/" + "a" * 2_000)
