"""What a seed of others may not bring: values that cost, forge or lead out of what can be counted."""

from __future__ import annotations

import json

import pytest

from crawler.errors import SeedError
from crawler.seeds import parse_seed

HEAD = 'title = { en = "T" }\nhomepage = "https://t.example/"\nplatform = "generic"\ntimezone = "UTC"\n'
LISTING = '[[entries]]\nkind = "listing"\nurl = "https://t.example/news"\n'
API = '[[entries]]\nkind = "json"\nurl = "https://t.example/api"\narticle = "url"\n'


def told(entry: str = LISTING + 'links = "a"\n', *, top: str = "", crawl: str = "") -> str:
    """What is wrong with a seed; empty for a good one."""
    toml = f'{HEAD}{top}[languages]\nen = "en"\n{entry}[crawl]\n{crawl}\n'
    try:
        parse_seed(toml, seed_id="xx.t", path="t.toml")
    except SeedError as error:
        return str(error)
    return ""


def test_what_seeds_say_is_within_the_limits() -> None:
    assert told() == ""
    long = "a line\n" * 5_000
    assert told(top=f'notes = """{long}"""\nrights = "a\\tb"\n') == ""
    assert (
        told(LISTING + 'links = """a.news,\n  a.more"""\nmatch = "/news/\\\\d+$"\nheaders = { "X-Key" = "1" }\n') == ""
    )


@pytest.mark.parametrize(
    "selector",
    ["a" + ".b" * 80_000, "* " * 499 + "a", ":not(" * 100 + "a" + ")" * 100, "x|a", "a:has(" * 300 + "a" + ")" * 300],
    ids=["long", "many steps", "nested", "no namespace", "has"],
)
def test_a_selector_that_is_none_or_too_long_is_refused(selector: str) -> None:
    for key in ("links", "next"):
        others = 'links = "a"\n' if key == "next" else ""
        assert f"entries.0.{key}" in told(f"{LISTING}{others}{key} = {json.dumps(selector)}\n")
    toml = f'{HEAD}[languages]\nen = "en"\n{LISTING}links = "a"\n[selectors]\ndrop = [{json.dumps(selector)}]\n'
    with pytest.raises(SeedError, match=r"selectors\.drop"):
        parse_seed(toml, seed_id="xx.t", path="t.toml")


@pytest.mark.parametrize(
    "pattern",
    ["(", "a" * 1_001, r"(\\pL{0,200}){9}!", "(a{1,1000}){1,1000}", r"(a)\\1", "(?!a)"],
    ids=["open", "long", "memory", "repeats", "back-reference", "look-around"],
)
def test_a_pattern_that_cannot_be_had_in_linear_time_is_refused(pattern: str) -> None:
    assert "entries.0.match" in told(f'{LISTING}links = "a"\nmatch = "{pattern}"\n')


@pytest.mark.parametrize("key", ["items", "id", "date", "page", "total_pages", "next"])
def test_a_path_is_at_most_so_long(key: str) -> None:
    assert f"entries.0.{key}" in told(f'{API}{key} = "{"a." * 5_000}a"\n')
    assert told(f'{API}{key} = "a.b.0"\n') == ""


@pytest.mark.parametrize(
    "line",
    [
        "delay_s = nan",
        "delay_s = inf",
        "timeout_s = 1e300",
        "recheck_days = 10000000",
        "gone_hours = inf",
        "max_body_mb = nan",
        f"max_requests = 0x{'f' * 5_000}",
        f"max_requests = {'9' * 5_000}",
        f"retries = {10**20}",
    ],
)
def test_a_number_that_cannot_be_counted_with_is_refused(line: str) -> None:
    assert told(crawl=line)


@pytest.mark.parametrize(
    ("entry", "top", "crawl", "key"),
    [
        ("", 'rights_url = "https://t.example/\\n# x"\n', "", "rights_url"),
        ("", "", 'contact = "a\\r\\nX-Forged: 1"', "crawl.contact"),
        ("", "", 'user_agent = "a\\u0000"', "crawl.user_agent"),
        ("", "", 'allow_private = ["a\\nb"]', "crawl.allow_private"),
        ('headers = { a = "1\\r\\nX-Forged: 1" }\n', "", "", "entries.0.headers.a"),
        ('headers = { "a\\r\\nb" = "1" }\n', "", "", "entries.0.headers"),
        ('headers = { Host = "other.example" }\n', "", "", "entries.0.headers.Host"),
        ('headers = { content-length = "5" }\n', "", "", "entries.0.headers.content-length"),
        ('headers = { "" = "5" }\n', "", "", "entries.0.headers"),
        ('match = "\\u2028"\n', "", "", "entries.0.match"),
    ],
)
def test_a_value_that_forges_a_line_is_refused(entry: str, top: str, crawl: str, key: str) -> None:
    assert key in told(LISTING + 'links = "a"\n' + entry, top=top, crawl=crawl)


def test_a_title_is_one_line_whatever_its_language_is_called() -> None:
    toml = (
        HEAD.replace('{ en = "T" }', '{ notes = "T\\n# Forged" }') + f'[languages]\nen = "en"\n{LISTING}links = "a"\n'
    )
    with pytest.raises(SeedError, match=r"title\.notes"):
        parse_seed(toml, seed_id="xx.t", path="t.toml")


def test_arrays_and_depth_have_limits() -> None:
    mixed = ", ".join(['1, "a", { a = 1 }'] * 5_000)  # what tells unlike values apart looks at each pair of these
    assert "crawl.hosts" in told(crawl=f"hosts = [{mixed}]")
    assert "nested" in told(f"{API}body = {'{ a = ' * 100}1{' }' * 100}\n")
