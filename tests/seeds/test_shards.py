"""A source belongs to one shard, the same on every machine, and all sources of a host to the same."""

from __future__ import annotations

from collections import Counter

import pytest

from crawler.errors import UsageError
from crawler.model import Seed
from crawler.seeds import parse_seed
from crawler.seeds.shards import Shard, shard_of

SEED = """title = {{ en = "M" }}
homepage = "{homepage}"
platform = "generic"
timezone = "UTC"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "{homepage}feed.xml"
"""


def seed(homepage: str, name: str = "xx.one") -> Seed:
    return parse_seed(SEED.format(homepage=homepage), seed_id=name, path=f"{name}.toml")


def test_every_source_belongs_to_one_shard() -> None:
    seeds = [seed(f"https://m{n}.example/", f"xx.m{n}") for n in range(200)]
    owners = Counter(its.id for number in range(1, 17) for its in Shard(number, 16).of(seeds))
    assert owners == Counter(its.id for its in seeds)
    sizes = Counter(shard_of(f"m{n}.example", 4) for n in range(4000))
    assert min(sizes.values()) > 850


def test_all_of_a_host_belong_to_one_shard_whatever_its_port_and_spelling() -> None:
    same = [seed("https://gov.example/ru/eco/"), seed("https://GOV.example:8443/uz/")]
    assert len({shard.number for shard in (Shard(n, 9) for n in range(1, 10)) for its in same if shard.has(its)}) == 1


def test_the_shard_of_a_host_is_the_same_for_ever() -> None:
    assert [shard_of(host, 16) for host in ("gov.uz", "www.gov.kz", "127.0.0.1")] == [5, 14, 5]


@pytest.mark.parametrize("text", ["", "3", "0/4", "5/4", "1/0", "-1/4", "1/4/2", "a/b", " 1/4"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no part of a whole"):
        Shard.parse(text)
    assert Shard.parse("3/16") == Shard(3, 16)


def test_a_shard_without_sources_is_told() -> None:
    its = seed("https://one.example/")
    number = next(n for n in range(1, 5) if not Shard(n, 4).has(its))
    with pytest.raises(UsageError, match="none of 1 sources belongs to it"):
        Shard(number, 4).of([its])
