"""A server on raw sockets that answers as the web does: oddly but legally, and brokenly; it remembers every byte.

Each case is a path `/case/NAME`. The bytes received and sent stand in `OddServer.log`, by that path."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import brotli
import zstandard

WHOLE, PREFIX, FAILURE = "whole", "prefix", "failure"
PAGE = "<!doctype html><title>Odd</title><p>Проверка, check, tekshiruv.</p></html>\n".encode()
CYRILLIC = "<p>Вестник министерства</p>".encode("cp1251")
_RNG_BYTES = bytes((i * 73 + (i >> 8) * 31) & 0xFF for i in range(300_000))


@dataclass(frozen=True)
class Case:
    """One answer. `expect`: the client reads it whole, keeps a true prefix, or has no answer at all."""

    name: str
    parts: tuple[bytes, ...]
    expect: str = WHOLE
    method: str = "GET"
    close: bool = False  # the server ends the connection behind the answer
    reset: bool = False  # ... with RST
    stall: bool = False  # ... never, and sends nothing more
    junk: int = 0  # so many last bytes do not belong to the message
    interim: int = 0  # so many first bytes are 1xx answers
    endless: bytes = b""  # repeated until the client leaves

    @property
    def sent(self) -> bytes:
        return b"".join(self.parts)


def head(*lines: str, status: str = "200 OK", version: str = "HTTP/1.1") -> bytes:
    return "".join(f"{line}\r\n" for line in (f"{version} {status}", *lines, "")).encode("utf-8")


def sized(body: bytes, *lines: str, status: str = "200 OK", version: str = "HTTP/1.1") -> bytes:
    return head(*lines, f"Content-Length: {len(body)}", status=status, version=version) + body


def chunks(*parts: bytes, ext: str = "", trailer: str = "", last: str = "0") -> bytes:
    framed = b"".join(f"{len(p):x}{ext}\r\n".encode() + p + b"\r\n" for p in parts)
    return framed + f"{last}\r\n{trailer}\r\n".encode()


def chunked(*lines: str, te: str = "Transfer-Encoding: chunked") -> bytes:
    return head("Content-Type: text/html", te, *lines)


GZ = gzip.compress(PAGE, mtime=0)
_raw = zlib.compressobj(wbits=-15)
RAW_DEFLATE = _raw.compress(PAGE) + _raw.flush()
HTML = "Content-Type: text/html; charset=utf-8"


def _plain() -> list[Case]:
    return [
        Case("plain", (sized(PAGE, HTML),)),
        Case("close", (sized(PAGE, HTML, "Connection: close"),), close=True),
        Case("http10-eof", (head(HTML, version="HTTP/1.0") + PAGE,), close=True),
        Case("http11-eof", (head(HTML) + PAGE,), close=True),
        Case("http10-keep", (sized(PAGE, HTML, "Connection: keep-alive", version="HTTP/1.0"),)),
        Case("empty", (sized(b"", HTML),)),
        Case("empty-eof", (head(HTML),), close=True),
        Case("no-content", (head("X-A: 1", status="204 No Content"),)),
        Case("not-modified", (head('ETag: "a"', "Content-Length: 99", status="304 Not Modified"),)),
        Case("head", (head(HTML, "Content-Length: 12345"),), method="HEAD"),
        Case("head-chunked", (chunked(),), method="HEAD"),
        Case("binary", (sized(_RNG_BYTES[:5000], "Content-Type: application/octet-stream"),)),
        Case("large", (sized(_RNG_BYTES, "Content-Type: application/pdf"),)),
        Case("cp1251", (sized(CYRILLIC, "Content-Type: text/html; charset=windows-1251"),)),
        Case("not-found", (sized(b"no", HTML, status="404 Not Found"),)),
        Case("gone", (sized(b"gone", HTML, status="410 Gone"),)),
        Case("error", (sized(b"oops", HTML, status="500 Internal Server Error"),)),
        Case("busy", (sized(b"later", "Retry-After: 7", status="503 Service Unavailable"),)),
        Case("unauthorised", (sized(b"", 'WWW-Authenticate: Basic realm="x"', status="401 Unauthorized"),)),
        Case("moved", (sized(b"", "Location: /case/plain", status="301 Moved Permanently"),)),
        Case("moved-utf8", (sized(b"", "Location: /новости", status="302 Found"),)),
        Case("partial", (sized(PAGE[:9], "Content-Range: bytes 0-8/99", status="206 Partial Content"),)),
        Case("odd-status", (sized(PAGE, HTML, status="299 Well"),)),
        Case("high-status", (sized(PAGE, HTML, status="799 What"),)),
        Case("extra-behind", (sized(PAGE, HTML, "Connection: close") + b"JUNKJUNK",), junk=8, close=True),
    ]


def _heads() -> list[Case]:
    many = [f"X-Field-{i}: {i * i}" for i in range(200)]
    lf = sized(PAGE, HTML).split(b"\r\n\r\n", 1)
    return [
        Case("mixed-case", (sized(PAGE, "cOnTeNt-TyPe: text/html", "x-LOWER: Upper"),)),
        Case("lower-case", (sized(PAGE, "content-type: text/html", "server: x"),)),
        Case("repeated", (sized(PAGE, "X-R: one", "X-O: between", "X-R: two", "x-r: three"),)),
        Case("folded", (sized(PAGE, "X-Folded: one\r\n two\r\n\tthree", HTML),)),
        Case("utf8-value", (sized(PAGE, "X-Title: Новости", HTML),)),
        Case("latin1-value", (sized(PAGE, HTML).replace(b"\r\n", b"\r\nX-L: caf\xe9\r\n", 1),)),
        Case("empty-value", (sized(PAGE, "X-Empty:", "X-Blank:   "),)),
        Case("spaces", (sized(PAGE, "X-A:no space", "X-B:  \t two  \t "),)),
        Case("no-colon", (sized(PAGE, "this line has no colon", HTML),)),
        Case("odd-name", (sized(PAGE, "X!#$%&'*+-.^_`|~9: token", HTML),)),
        Case("no-reason", (sized(PAGE, HTML, status="200"),)),
        Case("empty-reason", (sized(PAGE, HTML, status="200 "),)),
        Case("long-reason", (sized(PAGE, HTML, status="200 " + "very " * 40 + "good"),)),
        Case("utf8-reason", (sized(PAGE, HTML, status="200 Хорошо"),)),
        Case("long-line", (sized(PAGE, "X-Long: " + "a" * 20_000, HTML),)),
        Case("many-fields", (sized(PAGE, *many),)),
        Case("bare-lf", (lf[0].replace(b"\r\n", b"\n") + b"\n\n" + lf[1],)),
        Case("twice-length", (sized(PAGE, f"Content-Length: {len(PAGE)}"),)),
        Case("bytewise", tuple(bytes([b]) for b in sized(PAGE[:40], HTML))),
        Case("split-ends", (b"HTTP/1.1 200 OK\r", b"\nContent-Length: 3\r\n", b"\r", b"\nab", b"c")),
    ]


def _interim() -> list[Case]:
    cont, hints = b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
    return [
        Case("continue", (cont, sized(PAGE, HTML)), interim=len(cont)),
        Case("early-hints", (hints + sized(PAGE, HTML),), interim=len(hints)),
        Case("three-interim", (cont + hints + hints, sized(PAGE, HTML)), interim=len(cont + hints + hints)),
        Case("interim-chunked", (hints + chunked() + chunks(PAGE),), interim=len(hints)),
    ]


def _chunked() -> list[Case]:
    return [
        Case("chunked", (chunked() + chunks(PAGE[:20], PAGE[20:]),)),
        Case("chunk-case", (chunked(te="transfer-encoding: Chunked") + chunks(PAGE),)),
        Case("chunk-ext", (chunked() + chunks(PAGE[:7], PAGE[7:], ext=";a=b;c"),)),
        Case("chunk-trailer", (chunked("Trailer: X-T") + chunks(PAGE, trailer="X-T: sum\r\nX-U: 2\r\n"),)),
        Case("chunk-upper", (chunked() + b"0A\r\n0123456789\r\n00003\r\nabc\r\n000\r\n\r\n",)),
        Case("chunk-pieces", (chunked(), b"5", b"\r\nhel", b"lo\r", b"\n0\r\n", b"\r\n")),
        Case("chunk-empty", (chunked() + b"0\r\n\r\n",)),
        Case("chunk-many", (chunked() + chunks(*[PAGE[i : i + 1] for i in range(60)]),)),
        Case("chunk-large", (chunked() + chunks(_RNG_BYTES[:150_000], _RNG_BYTES[150_000:]),)),
        Case("chunk-and-length", (chunked("Content-Length: 5", "Connection: close") + chunks(PAGE),), close=True),
        Case("chunk-gzip", (chunked("Content-Encoding: gzip") + chunks(GZ[:11], GZ[11:]),)),
    ]


def _coded() -> list[Case]:
    zstd = zstandard.ZstdCompressor().compress(PAGE)
    twice = gzip.compress(GZ, mtime=0)
    return [
        Case("gzip", (sized(GZ, "Content-Encoding: gzip", HTML),)),
        Case("gzip-members", (sized(GZ + GZ, "Content-Encoding: x-gzip", HTML),)),
        Case("gzip-padded", (sized(GZ + b"\0" * 9, "Content-Encoding: GZIP", HTML),)),
        Case("gzip-twice", (sized(twice, "Content-Encoding: gzip, gzip", HTML),)),
        Case("gzip-lie", (sized(PAGE, "Content-Encoding: gzip", HTML),)),
        Case("gzip-cut", (sized(GZ[:-15], "Content-Encoding: gzip", HTML),)),
        Case("deflate", (sized(zlib.compress(PAGE), "Content-Encoding: deflate", HTML),)),
        Case("deflate-raw", (sized(RAW_DEFLATE, "Content-Encoding: deflate", HTML),)),
        Case("br", (sized(brotli.compress(PAGE), "Content-Encoding: br", HTML),)),
        Case("zstd", (sized(zstd, "Content-Encoding: zstd", HTML),)),
        Case("unknown-coding", (sized(PAGE, "Content-Encoding: sdch", HTML),)),
    ]


def _broken() -> list[Case]:
    return [
        Case("short-body", (head(HTML, "Content-Length: 500") + PAGE,), PREFIX, close=True),
        Case("reset-body", (head(HTML, "Content-Length: 500") + PAGE,), PREFIX, reset=True),
        Case("chunk-cut", (chunked() + b"ff\r\n" + PAGE,), PREFIX, close=True),
        Case("chunk-no-last", (chunked() + chunks(PAGE)[:-5],), PREFIX, close=True),
        Case("chunk-bad-size", (chunked() + b"zz\r\n" + PAGE,), PREFIX, close=True),
        Case("head-cut", (b"HTTP/1.1 200 OK\r\nContent-Ty",), PREFIX, close=True),
        Case("status-cut", (b"HTTP/1.",), PREFIX, close=True),
        Case("not-http", (b"220 ftp.example FTP server ready\r\n",), PREFIX, close=True),
        Case("http09", (PAGE,), PREFIX, close=True),
        Case("te-gzip", (chunked(te="Transfer-Encoding: gzip, chunked") + chunks(GZ),), PREFIX, close=True),
        Case("lengths-differ", (head("Content-Length: 5", "Content-Length: 7") + b"seven77",), PREFIX, close=True),
        Case("length-negative", (head("Content-Length: -5") + PAGE,), PREFIX, close=True),
        Case("stall-body", (head(HTML, "Content-Length: 500") + PAGE,), PREFIX, stall=True),
        Case("stall-head", (b"HTTP/1.1 200 OK\r\nX-A: 1\r\n",), PREFIX, stall=True),
        Case("too-long", (head(HTML, "Content-Length: 99999999") + PAGE,), PREFIX, stall=True),
        Case("endless-chunks", (chunked(),), PREFIX, endless=b"1000\r\n" + b"x" * 4096 + b"\r\n"),
        Case("endless-head", (b"HTTP/1.1 200 OK\r\n",), PREFIX, endless=b"X-Again: and again\r\n" * 50),
        Case("endless-interim", (b"",), PREFIX, endless=b"HTTP/1.1 103 Early Hints\r\nX-A: 1\r\n\r\n" * 40),
        Case("endless-line", (b"HTTP/1.1 200 OK\r\nX-A: ",), PREFIX, endless=b"a" * 4096),
        Case("silence", (), FAILURE, stall=True),
        Case("hang-up", (), FAILURE, close=True),
        Case("reset", (), FAILURE, reset=True),
    ]


CASES = {case.name: case for case in _plain() + _heads() + _interim() + _chunked() + _coded() + _broken()}


@dataclass
class Spoken:
    """What crossed one connection for one request."""

    request: bytes
    response: bytearray = field(default_factory=bytearray)
    connection: int = 0


class OddServer:
    """Serves CASES on 127.0.0.1, on a free port; with TLS when given a certificate."""

    def __init__(self, certificate: Path | None = None) -> None:
        self.log: dict[str, list[Spoken]] = {}
        self._context: ssl.SSLContext | None = None
        if certificate:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._closing = threading.Event()
        self._count = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def base(self) -> str:
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._closing.set()
        self._listener.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._count += 1
            threading.Thread(target=self._serve, args=(connection, self._count), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        try:
            connection.settimeout(20)
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while self._answer(connection, number):
                pass
        except OSError:
            pass  # the client left: what was sent until then stands in the log
        finally:
            connection.close()

    def _answer(self, connection: socket.socket, number: int) -> bool:
        """Whether the connection stays open."""
        request = b""
        while b"\r\n\r\n" not in request:
            data = connection.recv(65536)
            if not data:
                return False
            request += data
            if request.startswith(b"\x16\x03"):  # TLS, to a port that has none
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                return False
        path = request.split(b" ", 2)[1].decode()
        case = CASES.get(path.split("?")[0].rpartition("/")[2], CASES["not-found"])
        spoken = Spoken(request, connection=number)
        self.log.setdefault(path, []).append(spoken)
        for part in case.parts:
            spoken.response += part
            connection.sendall(part)
            if len(case.parts) > 1:
                time.sleep(0.001)
        while case.endless:
            spoken.response += case.endless
            connection.sendall(case.endless)
        if case.stall:
            self._closing.wait(15)
        if case.reset:
            time.sleep(0.05)  # what was sent should arrive before the reset does
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return not (case.close or case.reset or case.stall)
