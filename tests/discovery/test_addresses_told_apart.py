"""Which addresses are one, and which differ though they look alike."""

from __future__ import annotations

import pytest

from crawler.discovery.address import absolute, with_parameter
from crawler.ids import canonical_url, is_session

MD5 = "8d3f1a9b02c7e5d40f6a81b2c3d4e5f6"


@pytest.mark.parametrize("name", ["sid", "session_id", "PHPSESSID", "jsessionid", "SessionId", "osCsid"])
def test_a_value_that_is_no_random_word_is_no_session(name: str) -> None:
    for value in (
        "101",
        "41",
        "2026-03-12",
        "annual-report-of-rivers-2026",
        "report2026onwaterquality",
        "",
        "20260312101500",
    ):
        assert not is_session(name, value), value
    assert is_session(name, MD5)


@pytest.mark.parametrize("name", ["id", "token", "hash", "page", "s", "assessment_id"])
def test_a_random_word_under_another_name_is_no_session(name: str) -> None:
    assert not is_session(name, MD5)


@pytest.mark.parametrize(
    ("url", "right"),
    [
        (f"http://h/a?PHPSESSID={MD5}&id=3", "http://h/a?id=3"),
        (f"http://h/a;jsessionid={MD5.upper()}?x=1", "http://h/a?x=1"),
        ("http://h/(S(lit3py55t21z5v55vlm25s55))/p.aspx", "http://h/p.aspx"),
        ("http://h/a?ASPSESSIONIDQQ=LAAJGHNDJBKCBNPLGIDBBOLG", "http://h/a"),
        ("http://h/a;v=1?sid=7", "http://h/a;v=1?sid=7"),
        ("http://h/l?rubric=%cd%EE&utm_source=x&p=", "http://h/l?rubric=%CD%EE&p="),
        ("http://h/l?a=1&&b=+&c=%20", "http://h/l?a=1&&b=+&c=%20"),
    ],
)
def test_canonical_addresses_keep_the_bytes_of_a_query(url: str, right: str) -> None:
    assert canonical_url(url) == right
    assert canonical_url(right) == right


def test_a_parameter_is_set_in_its_place_and_the_others_stay() -> None:
    assert with_parameter("http://h/l?rubric=%CD%EE&p=1&x", "p", "2") == "http://h/l?rubric=%CD%EE&p=2&x"
    assert with_parameter("http://h/l", "page[number]", "2") == "http://h/l?page[number]=2"
    assert with_parameter("http://h/l?p=1&p=9", "p", "2") == "http://h/l?p=2"


def test_letters_of_a_query_are_written_in_the_charset_of_the_page() -> None:
    assert absolute("http://h/", "/л?r=Ок", "windows-1251") == "http://h/%D0%BB?r=%CE%EA"
    assert absolute("http://h/", "/l?r=漢", "windows-1251") == "http://h/l?r=%E6%BC%A2"
    assert absolute("http://h/", "/news/4?") == "http://h/news/4?"
