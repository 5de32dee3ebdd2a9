"""Which addresses a crawl may connect to: the list, and what a connection does with it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from crawler.crawl.transport.guard import is_public

Fetch = Callable[..., dict[str, Any]]
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"

# Each block of the IANA special-purpose registries by its first, a middle and its last address, and every form in which
# an IPv4 address stands inside an IPv6 one.
CLOSED = (
    "0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255 169.254.0.0 "
    "169.254.169.254 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.8 192.0.0.9 192.0.0.170 192.0.0.255 192.0.2.0 "
    "192.0.2.255 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.0 192.168.255.255 192.175.48.1 198.18.0.0 "
    "198.19.255.255 198.51.100.7 203.0.113.7 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 "
    ":: ::1 ::7f00:1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:0:7f00:1 ::ffff:0:808:808 "
    "64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::7f00:1 64:ff9b:1::808:808 64:ff9b:1:7f00:0:100:: 100::1 "
    "100:0:0:1::1 "
    "2001::1 2001:0:7f00:1::1 2001:0:53aa:64c::80ff:fffe 2001:1::1 2001:2::1 2001:3::1 2001:4:112::1 2001:10::1 "
    "2001:20::1 2001:30::1 2001:db8::1 2002:7f00:1:: 2002:808:808::1 2620:4f:8000::1 3ffe::1 3fff::1 3fff:fff::1 "
    "5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 4000::1 8000::1 "
    "2a00:1450::5efe:7f00:1 2a00:1450::200:5efe:a00:1"
).split()
OPEN = (
    "8.8.8.8 1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 "
    "172.15.255.255 172.32.0.0 192.0.1.1 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 "
    "2001:200::1 2001:4860:4860::8888 2a00:1450:4001:830::200e 2400:cb00::1 2620:0:ccc::2 3ffd::1 "
    "64:ff9b::808:808 ::ffff:8.8.8.8 2a00:1450::5efe:808:808"
).split()


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_for_everybody(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN)
def test_what_everybody_may_reach(address: str) -> None:
    assert is_public(address)


class Listener:
    """A server on one loopback address that counts who connects."""

    def __init__(self, address: str, port: int = 0) -> None:
        self.socket = socket.create_server((address, port))
        self.port, self.connections = self.socket.getsockname()[1], 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            with peer, suppress(OSError):
                peer.recv(1 << 16)
                peer.sendall(ANSWER)


@pytest.fixture
def world() -> Iterator[tuple[Listener, Listener]]:
    """(what stands for a public server, what nobody may reach), on one port of two addresses."""
    public = Listener("127.0.0.3")
    inner = Listener("127.0.0.2", public.port)
    yield public, inner
    for one in (public, inner):
        one.socket.close()


@pytest.mark.parametrize(
    ("answers", "reached", "failure"),
    [
        ([["127.0.0.3"]], (1, 0), None),
        ([["127.0.0.2"]], (0, 0), "forbidden-address"),
        ([["127.0.0.3", "127.0.0.2"]], (0, 0), "forbidden-address"),  # one of several is enough
        ([["127.0.0.3", "::ffff:127.0.0.2"]], (0, 0), "forbidden-address"),
        ([["127.0.0.3", "fe80::1"]], (0, 0), "forbidden-address"),
        ([["127.0.0.3"], ["127.0.0.2"]], (1, 0), None),  # what was checked is connected to, whatever is said next
        ([[]], (0, 0), "dns"),
    ],
)
def test_a_connection_goes_to_what_was_checked(
    fetch: Fetch,
    world: tuple[Listener, Listener],
    tmp_path: Path,
    answers: list[list[str]],
    reached: tuple[int, int],
    failure: str | None,
) -> None:
    public, inner = world
    url = f"http://ministry.test:{public.port}/"
    told = fetch(tmp_path, [[url, "GET"]], answers={"ministry.test": answers}, public=["127.0.0.3"])
    (result,) = told["results"]
    assert (result["failure"], result.get("status")) == (failure, None if failure else 200)
    assert (public.connections, inner.connections) == reached
