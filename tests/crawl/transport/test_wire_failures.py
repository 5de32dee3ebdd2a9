"""What could not be fetched is news too: it stands in the archive; and no request reaches a forbidden address."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest

from crawler.archive.warc.reader import iter_captures
from crawler.crawl.transport.guard import ForbiddenAddress, check_address, is_public
from crawler.crawl.transport.tape import Spooling, Tape

Fetch = Callable[..., Any]


@pytest.fixture(scope="module")
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def failures(
    fetch: Fetch, servers: list[Any], closed_port: int, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[dict[str, Any], Any]]:
    """By name: (what the spider was told, what the archive says)."""
    plain, tls = servers
    urls = {
        "refused": f"http://127.0.0.1:{closed_port}/",
        "dns": "http://no-such-host.invalid/",
        "untrusted": f"{tls.base}/case/plain",
        "not-tls": plain.base.replace("http:", "https:") + "/case/plain",
        "loopback": f"http://127.0.0.2:{plain.port}/case/plain",
        "spelling": f"http://2130706434:{plain.port}/case/plain",  # 127.0.0.2 as one number
        "metadata": "http://169.254.169.254/latest/meta-data/",
        "mapped": f"http://[::ffff:127.0.0.2]:{plain.port}/case/plain",
        "fine": f"{plain.base}/case/plain",
    }
    folder = tmp_path_factory.mktemp("failures")
    done = fetch(folder, [[url, "GET", 10] for url in urls.values()])
    archived = {c.capture_id: c for name in done["files"] for c in iter_captures(folder / "archive" / name)}
    told = {row["url"]: row for row in done["results"]}
    return {name: (told[url], archived[told[url]["id"]]) for name, url in urls.items() if url in told}


@pytest.mark.parametrize(
    ("name", "failure"),
    [
        ("refused", "refused"),
        ("dns", "dns"),
        ("untrusted", "tls"),
        ("not-tls", "tls"),
        ("loopback", "forbidden-address"),
        ("spelling", "forbidden-address"),
        ("metadata", "forbidden-address"),
        ("mapped", "forbidden-address"),
    ],
)
def test_a_failed_fetch_is_archived(failures: dict[str, Any], name: str, failure: str) -> None:
    told, capture = failures[name]
    assert told["failure"] == capture.failure == failure
    assert capture.kind == "failure"
    assert capture.status is None
    assert "error" in told


def test_the_rest_goes_on(failures: dict[str, Any]) -> None:
    assert failures["fine"][1].status == 200


def test_a_host_may_be_accepted_as_it_is(fetch: Fetch, servers: list[Any], tmp_path: Path) -> None:
    url = f"{servers[1].base}/case/plain?insecure"
    done = fetch(tmp_path, [[url, "GET"]], extra='insecure_hosts = ["127.0.0.1"]')
    assert done["results"][0].get("status") == 200, done["results"]
    (path,) = (tmp_path / "archive").iterdir()
    (capture,) = iter_captures(path)
    assert capture.status == 200


def test_an_archive_that_differs_from_what_was_seen_fails_the_request(
    fetch: Fetch, servers: list[Any], tmp_path: Path
) -> None:
    done = fetch(tmp_path, [[f"{servers[0].base}/case/plain?differs", "GET"]], tamper=True)
    (told,) = done["results"]
    assert told["error"].startswith("CaptureMissing")
    (path,) = (tmp_path / "archive").iterdir()
    (capture,) = iter_captures(path)  # kept, and marked, for whoever looks for the defect
    assert (capture.capture_id, capture.failure) == (told["id"], "capture-differs")


def test_a_failed_write_fails_the_request(fetch: Fetch, servers: list[Any], tmp_path: Path) -> None:
    (tmp_path / "open").write_text("where a folder should be")
    done = fetch(tmp_path, [[f"{servers[0].base}/case/plain?unwritable", "GET"]])
    assert done["results"][0]["error"].startswith("UnsafeFile")
    assert done["results"][0]["id"] is None


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 192.168.0.1 172.16.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: "
    "fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1::".split(),
)
def test_addresses_that_nobody_outside_reaches(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(ForbiddenAddress):
        check_address("ministry.example", 443, address, ("127.0.0.1:8099",))


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_a_seed_names_what_is_private() -> None:
    check_address("127.0.0.1", 8099, "127.0.0.1", ("127.0.0.1:8099",))
    check_address("127.0.0.1", 1, "127.0.0.1", ("127.0.0.1",))
    with pytest.raises(ForbiddenAddress):
        check_address("127.0.0.1", 8100, "127.0.0.1", ("127.0.0.1:8099",))


def test_interim_answers_count_towards_the_head_limit() -> None:
    tape = Tape("http://m.example/", "GET", limit=1 << 20, head_limit=1000, spooling=Spooling(TemporaryFile))
    hints = b"HTTP/1.1 103 Early Hints\r\n\r\n"
    assert all(tape.received(hints) for _ in range(1000 // len(hints)))
    assert not tape.received(hints)
    assert tape.overflow


def test_a_body_does_not_count_towards_the_head_limit() -> None:
    tape = Tape("http://m.example/", "GET", limit=1 << 20, head_limit=1000, spooling=Spooling(TemporaryFile))
    assert tape.received(b"HTTP/1.1 200 OK\r")
    assert tape.received(b"\n\r\n" + b"x" * 5000)
