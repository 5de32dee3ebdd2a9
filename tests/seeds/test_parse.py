"""The seeds of the repository, and the loader that reads them strictly."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from crawler.discovery import start
from crawler.errors import SeedError
from crawler.model import CrawlPolicy, Entry, Expect, Seed, Selectors
from crawler.pages import page_object, platforms
from crawler.seeds import all_seeds, find_seeds, load_seed, parse_seed, seed_id
from crawler.workspace import repository_folder

SCHEMA: dict[str, Any] = json.loads((repository_folder("schema") / "seed.schema.json").read_text("utf-8"))
MINIMAL = """title = { en = "T" }
homepage = "https://t.example/"
platform = "drupal"
timezone = "Asia/Tashkent"
[languages]
en = "en"
"""


@pytest.mark.parametrize("seed", all_seeds(), ids=lambda seed: seed.id)
def test_every_seed_can_be_crawled(seed: Seed) -> None:
    assert start(seed), "names at least one place that lists articles"
    assert page_object(seed).seed is seed
    assert seed.crawl.delay_s >= 1.0
    assert seed.crawl.allow_private == ()


def test_the_known_authorities_are_there() -> None:
    codes = {seed.options["authority"] for seed in all_seeds() if seed.platform == "govuz"}
    assert len(codes) >= 21
    assert {"eco", "imv", "toshvil"} <= codes


def test_schema_and_dataclasses_name_the_same_keys() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    keys = SCHEMA["properties"]
    for kind, part in (
        (Selectors, keys["selectors"]),
        (CrawlPolicy, keys["crawl"]),
        (Expect, keys["expect"]),
        (Entry, keys["entries"]["items"]),
    ):
        assert {field.name for field in dataclasses.fields(kind)} == set(part["properties"]), kind
        assert all(described["description"] for described in part["properties"].values())
    assert {field.name for field in dataclasses.fields(Seed)} - {"toml"} == set(keys)
    assert set(keys["platform"]["enum"]) == set(platforms())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("seeds/uz/eco.toml", "uz.eco"),
        ("my/kz/eco_geo.toml", "kz.eco-geo"),
        ("My Seeds/x.toml", "local.x"),
        ("seeds/x.toml", "local.x"),
    ],
)
def test_the_id_comes_from_the_path(tmp_path: Path, path: str, expected: str) -> None:
    assert seed_id(tmp_path / path) == expected


def test_names_find_seeds() -> None:
    assert [seed.id for seed in find_seeds(["uz.eco"])] == ["uz.eco"]
    assert len(find_seeds(["uz", "uz.eco"])) == len(find_seeds(["uz"])) >= 20
    path = repository_folder("seeds") / "uz" / "eco.toml"
    assert find_seeds([str(path)])[0] == load_seed(path)
    with pytest.raises(SeedError, match=r"did you mean uz\.eco"):
        find_seeds(["uz.ecoo"])


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("colour = 1", "colour"),
        ("[crawl]\ndelay_s = -1", "crawl.delay_s"),
        ("[crawl]\nmedia = 'some'", "crawl.media"),
        ("[crawl]\nhours = '9-5'", "crawl.hours"),
        ("[selectors]\nbody = '>>'", "selectors.body"),
        ("[selectors]\ntitle_from = 'h9'", "selectors.title_from"),
        ("[expect]\nfilled = { title = 2 }", "expect.filled.title"),
        ("[[entries]]\nkind = 'json'\nurl = 'https://t.example/api'", "entries.0.article"),
        ("[[entries]]\nkind = 'listing'\nurl = 'https://t.example/'", "entries.0.links"),
        ("[[entries]]\nkind = 'feed'\nurl = 'ftp://t.example/'", "entries.0.url"),
        ("[[entries]]\nkind = 'feed'\nurl = 'https://t.example/'\nmatch = '('", "entries.0.match"),
        ("[[entries]]\nkind = 'feed'\nurl = 'https://t.example/'\nlanguage = 'ru'", "entries.0.language"),
    ],
)
def test_what_is_wrong_is_named(line: str, key: str) -> None:
    with pytest.raises(SeedError) as error:
        parse_seed(
            MINIMAL + line if line.startswith("[") else f"{line}\n{MINIMAL}", seed_id="xx.t", path="seeds/xx/t.toml"
        )
    assert error.value.key == key
    assert str(error.value).startswith(f"seeds/xx/t.toml: {key}: ")


def test_generic_needs_an_entry() -> None:
    with pytest.raises(SeedError, match="entries"):
        parse_seed(MINIMAL.replace("drupal", "generic"), seed_id="xx.t", path="t")
