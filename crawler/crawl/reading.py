"""Pages read for their links, and for what they show, in a process with limits, which cannot hold up the crawl.

Two processes are forked before the crawl has threads: one that reads, and one before it that ends it when a page costs
more than it may, and starts the next. Only words go between them; a page may have taken the reader over."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import select
import signal
import socket
import struct
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

from crawler.discovery import Found, Listing, discover
from crawler.discovery.markup.page_lines import PageLines, page_lines
from crawler.discovery.readers.moved_page import moved_to
from crawler.discovery.subresources.media import media_links
from crawler.errors import EnvironmentFault
from crawler.model import Capture, Payload, Seed
from crawler.model.plain import packed, unpacked

_LENGTHS = struct.Struct("!II")  # bytes of the words and of the body behind them
_MOST = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one page may cost."""

    cpu_s: int = 10
    wall_s: float = 60.0
    memory_mb: int = 1024  # beyond what the process has when it begins
    answer_mb: int = 64  # of what is found, which the crawl's own process must hold


class LimitReached(Exception):
    """Reading a page cost more than it may; the message says what."""


class LinkReader:
    """The crawl's side. `start` must be called while the process has one thread. Raises LimitReached for a page that
    costs too much, EnvironmentFault when no process can be had."""

    def __init__(self, channel: socket.socket, pid: int) -> None:
        self._channel, self._pid = channel, pid
        self._turn = asyncio.Lock()

    @classmethod
    def start(cls, seeds: Sequence[Seed], limits: Limits | None = None) -> LinkReader:
        ours, theirs = socket.socketpair()
        try:
            pid = os.fork()
        except OSError as error:
            raise EnvironmentFault(f"no process to read pages in: {error.strerror}") from error
        if pid == 0:
            ours.close()
            _Keeper(theirs, {seed.id: seed for seed in seeds}, limits or Limits()).run()
        theirs.close()
        ours.setblocking(False)
        return cls(ours, pid)

    def close(self) -> None:
        """Ends the processes."""
        self._channel.close()
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)

    async def discover(self, payload: Payload, listing: Listing, seed: Seed) -> Found:
        """What `crawler.discovery.discover` finds."""
        return unpacked(Found, await self._ask(payload, seed, {"listing": packed(listing)}))

    async def media_links(self, payload: Payload, seed: Seed) -> tuple[str, ...]:
        """What `crawler.discovery.subresources.media.media_links` finds."""
        return unpacked(tuple[str, ...], await self._ask(payload, seed, {}))

    async def page_lines(self, body: bytes) -> PageLines | None:
        """What `crawler.discovery.markup.page_lines` says of a page."""
        found = await self._send({"lines": True}, body)
        return None if found is None else unpacked(PageLines, found)

    async def moved_to(self, body: bytes, url: str) -> str | None:
        """Where a page leads, as `crawler.discovery.readers.moved_page` finds it."""
        found = await self._send({"page": url}, body)
        return None if found is None else unpacked(str, found)

    async def _ask(self, payload: Payload, seed: Seed, what: Mapping[str, Any]) -> Any:
        words = {
            "seed": seed.id,
            "capture": packed(payload.capture),
            "headers": packed(payload.headers),
            "request_headers": packed(payload.request_headers),
            **what,
        }
        return await self._send(words, payload.body)

    async def _send(self, words: Mapping[str, Any], body: bytes) -> Any:
        head = json.dumps(words).encode()
        loop = asyncio.get_running_loop()
        async with self._turn:
            try:
                await loop.sock_sendall(self._channel, _LENGTHS.pack(len(head), len(body)) + head)
                await loop.sock_sendall(self._channel, body)
                length, _ = _LENGTHS.unpack(await self._take(loop, _LENGTHS.size))
                answer = json.loads((await self._take(loop, length)).decode("utf-8", "surrogatepass"))
            except (OSError, EOFError) as error:
                raise EnvironmentFault(f"the process that reads pages has ended: {error}") from error
        if "limit" in answer:
            raise LimitReached(str(answer["limit"]))
        if "defect" in answer:
            raise RuntimeError(str(answer["defect"]))
        return answer["found"]

    async def _take(self, loop: asyncio.AbstractEventLoop, length: int) -> bytes:
        out = bytearray()
        while len(out) < length:
            data = await loop.sock_recv(self._channel, min(1 << 18, length - len(out)))
            if not data:
                raise EOFError("nothing comes")
            out += data
        return bytes(out)


class _Keeper:
    """Hands pages to a reader, and ends one that costs too much."""

    def __init__(self, channel: socket.socket, seeds: Mapping[str, Seed], limits: Limits) -> None:
        self._channel, self._seeds, self._limits = channel, seeds, limits
        self._reader: tuple[socket.socket, int] | None = None

    def run(self) -> NoReturn:
        """Until the crawl closes its end, which it also does when it is killed."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # of a run that is stopped the last pages are read all the same
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1):  # whoever waits for the crawl's output must not wait for us
            os.dup2(nothing, standard)
        with suppress(OSError, EOFError):
            while True:
                message = _received(self._channel)
                self._channel.sendall(self._answer(message))
        self._end()
        os._exit(0)

    def _answer(self, message: bytes) -> bytes:
        if self._reader is None:
            self._reader = self._started()
        channel, _ = self._reader
        try:
            channel.sendall(message)
            ready, _, _ = select.select([channel, self._channel], [], [], self._limits.wall_s)
            if channel in ready:
                return _received(channel, self._limits.answer_mb << 20)
            why = f"more than {self._limits.wall_s:g} s"
        except _TooLong:
            why = f"more than {self._limits.answer_mb} MB of what was found"
        except (OSError, EOFError):
            why = f"more than {self._limits.cpu_s} s of processor time, or {self._limits.memory_mb} MB"
        self._end()
        return _message(json.dumps({"limit": f"reading this page cost {why}"}).encode())

    def _started(self) -> tuple[socket.socket, int]:
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid:
            theirs.close()
            return ours, pid
        ours.close()
        self._channel.close()
        return _read_pages(theirs, self._seeds, self._limits)

    def _end(self) -> None:
        if self._reader is not None:
            channel, pid = self._reader
            channel.close()
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            self._reader = None


def _read_pages(channel: socket.socket, seeds: Mapping[str, Seed], limits: Limits) -> NoReturn:
    pages = os.sysconf("SC_PAGE_SIZE")
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no file of a package
        size = int(file.read().split()[0]) * pages + (limits.memory_mb << 20)
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, EOFError):
        while True:
            message = _received(channel)
            usage = resource.getrusage(resource.RUSAGE_SELF)
            soft = int(usage.ru_utime + usage.ru_stime) + 1 + limits.cpu_s
            resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
            try:
                answer = {"found": _found(message, seeds)}
            except MemoryError:
                os._exit(1)
            except RecursionError:
                answer = {"limit": "this page is nested too deeply to be read"}
            except Exception as error:  # a defect, raised again where the crawl tells of it
                answer = {"defect": f"{type(error).__name__}: {str(error)[:300]}"}
            channel.sendall(_message(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")))
    os._exit(0)


def _found(message: bytes, seeds: Mapping[str, Seed]) -> Any:
    length, _ = _LENGTHS.unpack_from(message)
    words = json.loads(message[_LENGTHS.size : _LENGTHS.size + length])
    if "lines" in words:
        return packed(page_lines(message[_LENGTHS.size + length :]))
    if "page" in words:
        return moved_to(message[_LENGTHS.size + length :], str(words["page"]))
    headers, asked = (tuple((str(a), str(b)) for a, b in words[name]) for name in ("headers", "request_headers"))
    body = message[_LENGTHS.size + length :]
    payload = Payload(unpacked(Capture, words["capture"]), headers, body, asked)
    seed = seeds[words["seed"]]
    if "listing" in words:
        return packed(discover(payload, unpacked(Listing, words["listing"]), seed))
    return list(media_links(payload, seed))


def _message(words: bytes, body: bytes = b"") -> bytes:
    return _LENGTHS.pack(len(words), len(body)) + words + body


class _TooLong(EOFError):
    """A message is longer than it may be."""


def _received(channel: socket.socket, most: int = _MOST) -> bytes:
    """One message with its lengths. Raises EOFError at the end, _TooLong."""
    head = _exactly(channel, _LENGTHS.size)
    length = sum(_LENGTHS.unpack(head))
    if length > most:
        raise _TooLong
    return head + _exactly(channel, length)


def _exactly(channel: socket.socket, length: int) -> bytes:
    out = bytearray()
    while len(out) < length:
        data = channel.recv(min(1 << 18, length - len(out)))
        if not data:
            raise EOFError
        out += data
    return bytes(out)
