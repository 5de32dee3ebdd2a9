"""robots.txt by RFC 9309: groups, the longest match, special characters, and lines that are no rules."""

from __future__ import annotations

import pytest

from crawler.crawl.manners.robots import MOST_S, Robots, group_of, read_robots

SITE = "https://site.example"


def allows(text: str, path: str, agent: str = "foobot") -> bool:
    return read_robots(200, text.encode(), agent).allows(SITE + path)


@pytest.mark.parametrize(
    "between",
    ["Crawl-delay: 3", "Content-Signal: ai-train=no", "Sitemap: https://site.example/s.xml", "# a remark", ""],
)
def test_other_lines_between_user_agents_do_not_end_a_group(between: str) -> None:
    text = f"User-agent: foobot\n{between}\nUser-agent: barbot\nDisallow: /private\n\nUser-agent: *\nDisallow:\n"
    assert not allows(text, "/private")
    assert not allows(text, "/private", "barbot")
    assert allows(text, "/private", "other")


def test_other_lines_among_rules_do_not_end_a_group() -> None:
    text = "User-agent: foobot\nDisallow: /a\nCrawl-delay: 2\nSitemap: https://site.example/s.xml\nDisallow: /b\n"
    assert not allows(text, "/a")
    assert not allows(text, "/b")
    assert read_robots(200, text.encode(), "foobot").delay_s == 2.0


def test_a_delay_between_agents_holds_for_the_group() -> None:
    text = "User-agent: foobot\nCrawl-delay: 4\nUser-agent: barbot\nDisallow: /a\n"
    assert read_robots(200, text.encode(), "foobot").delay_s == 4.0


def test_groups_of_one_agent_are_one(  # RFC 9309, 2.2.1
) -> None:
    text = "User-agent: foobot\nDisallow: /a\n\nUser-agent: *\nDisallow: /c\n\nUser-agent: FooBot\nDisallow: /b\n"
    assert [allows(text, path) for path in ("/a", "/b", "/c")] == [False, False, True]


def test_the_longest_match_decides() -> None:  # RFC 9309, 2.2.2 and 5.2
    text = "User-agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n"
    assert allows(text, "/example/page/index.html")
    assert not allows(text, "/example/page/disallowed.gif")


def test_special_characters() -> None:  # RFC 9309, 2.2.3 and 5.1
    text = "User-agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n"
    text += "User-agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n"
    assert [allows(text, p, "other") for p in ("/a.gif", "/a.gif?x", "/example/x", "/publications/x")] == [
        False, True, False, True,
    ]  # fmt: skip
    assert [allows(text, p) for p in ("/x", "/example/page.html", "/example/allowed.gif")] == [False, True, True]


def test_line_ends_and_letters_do_not_matter() -> None:
    text = "user-AGENT: foobot\r\ncrawl-DELAY: 1\rUSER-agent: barbot\r\ndisAllow: /a\r"
    assert not allows(text, "/a")
    assert group_of("Disallow: /a\n", "foobot") == ""


def test_only_the_group_that_holds_is_read() -> None:
    text = (
        "User-agent: a*\nUser-agent: foo\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\nUser-agent foobot\nDisallow /c\n"
    )
    assert group_of(text, "FooBot") == "User-agent: foobot\nDisallow /c\n"
    assert group_of(text, "food") == "User-agent: foo\nDisallow: /a\n"
    assert group_of(text, "myfoo") == "User-agent: *\nDisallow: /b"
    assert [allows(text, path) for path in ("/a", "/b", "/c")] == [True, True, False]


def test_a_group_of_many_user_agents_is_read_once() -> None:
    """Protego keeps every rule once for each of them: this file would take it minutes, and gigabytes."""
    agents = "".join(f"User-agent: bot{n}\n" for n in range(10_000))
    text = f"{agents}User-agent: foobot\n" + "".join(f"Disallow: /{n}\n" for n in range(10_000))
    assert group_of(text, "foobot").count("User-agent") == 1
    assert not allows(text, "/7")


def test_rules_that_cost_too_much_forbid_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"User-agent: *\n" + b"".join(b"Disallow: /*a*b%d\n" % n for n in range(20_000))
    rules = read_robots(200, text, "foobot")
    assert rules.allows(f"{SITE}/x")
    monkeypatch.setattr("crawler.crawl.manners.robots.MOST_S", 0.0)
    assert rules.allows(f"{SITE}/y"), "what was answered stands"
    assert not rules.allows(f"{SITE}/z")
    assert "processor time" in (rules.problem or "")
    assert MOST_S >= 10
    assert Robots(None).allows(f"{SITE}/x")
