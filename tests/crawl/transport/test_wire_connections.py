"""Connections are used again only where the server keeps them open: a request sent into a closing one is lost."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

BODY = b"<!doctype html><title>A page</title><p>Some words.</p>"


def read_request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data and (more := connection.recv(65536)):
        data += more
    return data


def answer(connection: socket.socket, head: bytes, *, once: bool) -> None:
    """Answers one request, or all, and hangs up on the next: as a server that decided to close does, a little late."""
    with closing(connection):
        connection.settimeout(0.5 if once else 20)
        try:
            while read_request(connection):
                connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY)
                if once:
                    read_request(connection)
                    return
        except OSError:
            return


@contextmanager
def served(head: bytes, *, once: bool) -> Iterator[tuple[str, list[socket.socket]]]:
    accepted: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0), backlog=16) as listener:

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                accepted.append(connection)
                threading.Thread(target=answer, args=(connection, head), kwargs={"once": once}, daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", accepted
        listener.shutdown(socket.SHUT_RDWR)


def fetched(fetch: Callable[..., Any], folder: Path, base: str) -> list[Any]:
    done = fetch(folder, [[f"{base}/{n}", "GET", 10] for n in range(4)], concurrency=1)
    return [row.get("failure") for row in done["results"]]


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.0 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: Close\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: upgrade, close\r\nUpgrade: h2c\r\n",
    ],
    ids=["http-1.0", "case", "list"],
)
def test_a_connection_that_the_server_closes_is_not_used_again(fetch, head: bytes, tmp_path: Path) -> None:
    with served(head, once=True) as (base, accepted):
        assert fetched(fetch, tmp_path, base) == [None] * 4
    assert len(accepted) == 4


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n"], ids=["http-1.1", "http-1.0"]
)
def test_a_connection_that_stays_open_is_used_again(fetch, head: bytes, tmp_path: Path) -> None:
    with served(head, once=False) as (base, accepted):
        assert fetched(fetch, tmp_path, base) == [None] * 4
    assert len(accepted) == 1
