"""Where a redirect leads: followed within the source, an end elsewhere, nothing where the target is asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

import pytest

from crawler.archive.index.memory import load_memory
from crawler.crawl.manners.probe import Probes
from crawler.crawl.reading import LinkReader
from crawler.crawl.scheduling.plan import Plan
from crawler.crawl.scheduling.redirects import NotFollowed, resolve_redirect
from crawler.model import Link, Role
from crawler.seeds import parse_seed

HOME = "https://ministry.example"
SEED = parse_seed(
    f'homepage = "{HOME}/"\nplatform = "generic"\ntimezone = "UTC"\n[title]\nen = "A"\n[languages]\nen = "en"\n'
    f'[[entries]]\nkind = "listing"\nurl = "{HOME}/news"\nlinks = "a"\n[crawl]\nmax_redirects = 3\n',
    seed_id="xx.ministry",
    path="ministry.toml",
)


def lead(link: Link, location: str, *, hops: int = 1, plan: Plan | None = None) -> Link | NotFollowed | None:
    plan = plan or Plan(SEED, load_memory([], source_id=SEED.id), datetime(2026, 1, 2, tzinfo=UTC))
    return resolve_redirect(link, link.url, location, hops, plan, Probes(SEED, cast(LinkReader, None)))


def article(path: str, document: str | None = None) -> Link:
    return Link(f"{HOME}{path}", Role.ARTICLE, document or f"{HOME}{path}", "en", "2026-01-01")


def test_an_article_takes_the_name_of_its_new_address() -> None:
    assert lead(article("/1"), "/news/1") == Link(f"{HOME}/news/1", Role.ARTICLE, f"{HOME}/news/1", "en", "2026-01-01")


def test_a_document_that_the_source_names_keeps_its_name() -> None:
    target = lead(article("/1", "item:1"), "/news/1")
    assert isinstance(target, Link)
    assert (target.url, target.document) == (f"{HOME}/news/1", "item:1")


def test_a_target_is_asked_for_once() -> None:
    plan = Plan(SEED, load_memory([], source_id=SEED.id), datetime(2026, 1, 2, tzinfo=UTC))
    assert isinstance(lead(article("/1"), "/news/1", plan=plan), Link)
    assert lead(article("/2"), "/news/1", plan=plan) is None


@pytest.mark.parametrize(
    ("location", "hops", "reason"),
    [
        ("https://elsewhere.example/1", 1, "offsite"),
        ("ftp://ministry.example/1", 1, "offsite"),
        ("/news/1", 4, "redirects"),
        ("/", 1, "redirect-home"),
        ("/news", 1, "redirect-home"),
    ],
)
def test_an_end_is_told_with_its_reason(location: str, hops: int, reason: str) -> None:
    end = lead(article("/1"), location, hops=hops)
    assert isinstance(end, NotFollowed)
    assert end.reason == reason


def test_a_listing_may_lead_to_an_entrance() -> None:
    target = lead(Link(f"{HOME}/news", Role.LISTING, headers={"Accept": "text/html"}), "/")
    assert target == Link(f"{HOME}/", Role.LISTING, headers={"Accept": "text/html"})


@pytest.mark.parametrize(("location", "passed"), [("/1", ()), ("/2", ("/2",)), ("/3", ("/2", "/3"))])
def test_a_chain_that_comes_back_to_itself_is_told(location: str, passed: tuple[str, ...]) -> None:
    plan = Plan(SEED, load_memory([], source_id=SEED.id), datetime(2026, 1, 2, tzinfo=UTC))
    before = [f"{HOME}{path}" for path in passed]
    for role in (Role.ARTICLE, Role.LISTING):
        link = Link(f"{HOME}/1", role, f"{HOME}/1", "en")
        ends = resolve_redirect(link, link.url, location, 1, plan, Probes(SEED, cast(LinkReader, None)), before)
        assert ends == NotFollowed("redirects", f"the chain comes back to {HOME}{location}")
