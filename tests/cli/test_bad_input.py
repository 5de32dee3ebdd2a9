"""Bad input: a clear message, the documented exit code, and nothing lost or half-written."""

from __future__ import annotations

import json
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]


def listing(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["crawl", "uz.echo"], 3, "did you mean uz.eco"),
        (["crawl", "zz"], 3, "no seed is called 'zz'"),
        (["crawl", "nowhere/x.toml"], 3, "no such file"),
        (["crawl"], 2, "Missing argument"),
        (["crawl", "uz.eco", "--limit", "0"], 2, "--limit"),
        (["frobnicate"], 2, "No such command"),
        (["show", "abcd"], 8, "no package here"),
        (["validate"], 8, "no datapackage.json"),
        (["extract", "page.html"], 2, "--url"),
        (["extract", "--url", "https://x.org/", "page.html"], 8, "page.html"),
        (["export", "wacz", "--output", "x.wacz"], 8, "no datapackage.json"),
    ],
)
def test_a_message_and_an_exit_code(
    invoke: Command, tmp_path: Path, arguments: list[str], status: int, words: str
) -> None:
    done = invoke(*arguments, cwd=tmp_path)
    assert done.returncode == status, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert listing(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("timezone", "timezon"), "timezon: unknown key; did you mean timezone?"),
        (('"Asia/Tashkent"', '"Asia/Tashkant"'), "no such time zone"),
        (('"generic"', '"wordpres"'), "platform: 'wordpres' is not one of"),
        (('"li a"', '"li["'), "entries.0.links: not a CSS selector"),
        (('title = { en = "T" }', "title = {"), "not TOML"),
        (("delay_s = 1", 'delay_s = "fast"'), "crawl.delay_s"),
        (('kind = "listing"', 'kind = "list"'), "entries.0.kind"),
        (("https://t.example/", "https://[/"), "not an address"),
    ],
)
def test_a_wrong_seed_names_file_and_key(invoke: Command, tmp_path: Path, change: tuple[str, str], words: str) -> None:
    text = """title = { en = "T" }
homepage = "https://t.example/"
platform = "generic"
timezone = "Asia/Tashkent"
[languages]
en = "en"
[[entries]]
kind = "listing"
url = "https://t.example/news"
links = "li a"
[crawl]
delay_s = 1
"""
    seed = tmp_path / "t.toml"
    seed.write_text(text.replace(*change), encoding="utf-8")
    done = invoke("crawl", seed, "--package", tmp_path / "package")
    assert done.returncode == 3
    assert str(seed) in done.stderr
    assert words in done.stderr
    assert not (tmp_path / "package").exists()


def test_the_process_ends_so_too(command: Command, tmp_path: Path) -> None:
    done = command("crawl", "uz.echo", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith("error: ")
    assert "did you mean uz.eco" in done.stderr
    assert listing(tmp_path) == []


def test_a_port_in_use(invoke: Command, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = invoke("demo", "--port", port, "--package", tmp_path / "package")
    assert done.returncode == 7
    assert f"port {port}" in done.stderr
    assert not (tmp_path / "package").exists()


def test_a_package_of_another_name(invoke: Command, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "rainfall", "resources": []}))
    before = (tmp_path / "datapackage.json").read_bytes()
    done = invoke("demo", "--package", tmp_path)
    assert done.returncode == 5
    assert "rainfall" in done.stderr
    assert (tmp_path / "datapackage.json").read_bytes() == before
    assert listing(tmp_path) == ["datapackage.json"]


def test_a_folder_with_something_else(invoke: Command, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("dear")
    done = invoke("demo", "--package", tmp_path)
    assert done.returncode == 5
    assert "thesis.tex" in done.stderr
    assert listing(tmp_path) == ["thesis.tex"]


def test_a_package_folder_that_cannot_be_made(invoke: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = invoke("demo", "--package", tmp_path / "file" / "package")
    assert done.returncode == 7
    assert "file" in done.stderr


def test_no_network(command: Command, tmp_path: Path) -> None:
    """A source that nothing can be had from: told, archived, and a package that says so."""
    seed = tmp_path / "t.toml"
    seed.write_text(
        'title = { en = "T" }\nhomepage = "https://ministry.invalid/"\nplatform = "generic"\ntimezone = "Asia/Tashkent"\n'
        '[languages]\nen = "en"\n[[entries]]\nkind = "feed"\nurl = "https://ministry.invalid/rss"\n'
        "[crawl]\nretries = 0\n"
    )
    done = command("crawl", seed, "--package", tmp_path / "package", "--json")
    summary = json.loads(done.stdout)
    assert done.returncode == 4
    assert summary["crawls"][0]["result"] == "failed"
    assert any(fault["reason"] == "robots" for fault in summary["crawls"][0]["faults"])
    assert command("validate", "--package", tmp_path / "package").returncode == 0


def test_help_has_examples_and_codes(invoke: Command) -> None:
    assert "Exit codes" in invoke("--help").stdout
    for verb in (
        "crawl",
        "demo",
        "extract",
        "build",
        "validate",
        "status",
        "doctor",
        "show",
        "export",
        "ingest",
        "withdraw",
    ):
        text = invoke(verb, "--help").stdout
        assert "Example" in text, verb


def test_one_page(invoke: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    paragraphs = "".join(
        f"<p>The bridge over the river was painted on day {n} of the works, says the office.</p>" for n in range(6)
    )
    page.write_text(
        f"<html><head><title>Bridge painted</title></head><body><h1>Bridge painted</h1><p>12 March 2026, 10:05</p>{paragraphs}</body></html>"
    )
    record = json.loads(invoke("extract", "--url", "https://x.example/n/1", page).stdout)
    assert record["title"] == "Bridge painted"
    assert record["published_at"].startswith("2026-03-12T10:05")
    assert len(record["paragraphs"]) == 6
    assert record["language"] == "en"
    promised = "title published modified category summary text paragraphs authors tags language story_id url".split()
    assert [name for name in promised if name not in record] == []
    assert record["published"] == record["published_at"]


def test_one_page_as_it_was_taken_then(command: Command, tmp_path: Path) -> None:
    page = "<h1>Ko'prik bo'yaldi va ochildi</h1><p>Kecha, 10:05</p><p>Daryo ustidagi ko'prik ikki kun davomida bo'yaldi.</p>"
    (tmp_path / "page.html").write_text(page)
    arguments = ("extract", "--url", "https://gov.example/1", "--seed", "uz.eco", "--captured", "2026-03-12T10:00:00")
    for file in (tmp_path / "page.html", "-"):
        done = command(*arguments, file, input=page)
        assert json.loads(done.stdout)["reason"] == "no-version", done.stderr  # the portal's own rules
    seed = tmp_path / "seeds" / "xx" / "bridges.toml"
    seed.parent.mkdir(parents=True)
    seed.write_text(
        'title = { en = "Bridges" }\nhomepage = "https://gov.example/"\nplatform = "generic"\n'
        'timezone = "Asia/Tashkent"\n[languages]\nuz = "uz-Latn"\n'
        '[[entries]]\nkind = "feed"\nurl = "https://gov.example/rss"\n'
    )
    done = command(*arguments[:4], seed, *arguments[5:], "-", input=page)
    assert json.loads(done.stdout)["published"] == "2026-03-11T10:05:00+05:00", done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--url", "https://x.example/1", "no-such-file.html"), 8, "no-such-file.html"),
        (("--url", "https://x.example/1", "/"), 8, "directory"),
        (("--url", "x.example/1", __file__), 2, "--url"),
        ((__file__,), 2, "--url"),
        (("--url", "https://x.example/1", "--captured", "yesterday", __file__), 2, "--captured"),
        (("--url", "https://x.example/1", "--seed", "xx.none", __file__), 3, "xx.none"),
    ],
)
def test_a_page_that_cannot_be_read_is_told(invoke: Command, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = invoke("extract", *arguments)
    assert done.returncode == code and words in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
