"""The bytes of one exchange, collected while they cross the wire."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import IO, Any

from crawler.archive.http.exchange import Exchange
from crawler.archive.http.http1 import head_end, is_interim, split_interim
from crawler.clock import now

# The tape of the download that is being started; Twisted asks the pool for a connection in the same context.
current: ContextVar[Tape] = ContextVar("current")

# OpenSSL's names are IANA's from TLS 1.3 on; before, only the suites that servers still use.
_IANA = {
    "ECDHE-RSA-AES128-GCM-SHA256": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "ECDHE-RSA-AES256-GCM-SHA384": "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "ECDHE-ECDSA-AES128-GCM-SHA256": "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384": "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "ECDHE-RSA-CHACHA20-POLY1305": "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "ECDHE-ECDSA-CHACHA20-POLY1305": "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "AES128-GCM-SHA256": "TLS_RSA_WITH_AES_128_GCM_SHA256",
    "AES256-GCM-SHA384": "TLS_RSA_WITH_AES_256_GCM_SHA384",
}


@dataclass(frozen=True, slots=True)
class Spooling:
    """Where an answer goes that is longer than `in_memory` bytes: its head stays, its body goes to a file."""

    scratch: Callable[[], IO[bytes]]  # an empty file; raises OSError
    in_memory: int = 1 << 20


class Tape:
    """Records one exchange. `limit` bounds the bytes of the answer that are kept."""

    def __init__(self, url: str, method: str, *, limit: int, head_limit: int, spooling: Spooling) -> None:
        self.url, self.method = url, method
        self.limit, self.head_limit = limit, head_limit
        self.fault: OSError | None = None  # of this machine's disk
        self.request = bytearray()
        self.response = bytearray()
        self.complete = False  # the parser saw the end of the message
        self.overflow: str | None = None
        self.ip: str | None = None
        self.tls: str | None = None
        self.cipher: str | None = None
        self.tls_exception: str | None = None
        self._started, self._clock = now(), time.monotonic()
        self._spooling, self._size = spooling, 0
        self._body: IO[bytes] | None = None
        self._head_to = 0  # where the final head ends, once it has come
        self._head_from = 0  # where the head that is still coming begins: behind the 1xx answers

    def sent(self, data: bytes) -> None:
        self.request += data

    def received(self, data: bytes) -> bool:
        """False when a limit is passed and the connection should end."""
        self._size += len(data)
        try:
            self._keep(data)
        except OSError as error:
            self.fault = error
        if self._size > self.limit:
            self.overflow = f"answer over {self.limit} bytes"
        return self.overflow is None and self.fault is None

    def _keep(self, data: bytes) -> None:
        if self._body is not None:
            self._body.write(data)
            return
        self.response += data
        if not self._head_to:
            self._scan_head(len(data))
        if self._head_to and len(self.response) > self._spooling.in_memory:
            self._body = self._spooling.scratch()
            self._body.write(memoryview(self.response)[self._head_to :])
            del self.response[self._head_to :]

    def _scan_head(self, new: int) -> None:
        """Looks for the end of the final head in the last `new` bytes; interim answers count towards its limit."""
        while end := head_end(self.response, max(self._head_from, len(self.response) - new - 3)):
            if not is_interim(self.response, self._head_from):
                self._head_to = end
                return
            self._head_from = end
            new = len(self.response) - self._head_from
        if len(self.response) > self.head_limit:
            self.overflow = f"header section over {self.head_limit} bytes"

    def finished(self, rest: bytes) -> None:
        """The parser has read the whole message; `rest` was sent behind it and belongs to nothing."""
        if rest and self._body is not None:
            try:
                self._body.truncate(self._body.tell() - len(rest))
            except OSError as error:
                self.fault = error
        elif rest:
            del self.response[-len(rest) :]
        self.complete = True

    def close(self) -> None:
        """Lets go of the file of a large body."""
        if self._body is not None:
            self._body.close()

    def secured(self, transport: Any) -> None:
        """Notes version and cipher of TLS; known from the first byte of the answer on."""
        if self._head_from or self.response:
            return
        handle: Any = getattr(transport, "getHandle", lambda: None)()
        if hasattr(handle, "get_protocol_version_name"):
            self.tls = handle.get_protocol_version_name().lower().replace("v", "/")
            name = handle.get_cipher_name() or ""
            self.cipher = name if name.startswith("TLS_") else _IANA.get(name)

    def exchange(self, *, truncated: str | None, failure: str | None, detail: str | None) -> Exchange:
        """What crossed the wire, as the archive takes it."""
        interim, response = split_interim(bytes(self.response))
        protocols: tuple[str, ...] = ()
        if response[:5] == b"HTTP/":
            protocols = (response[:8].decode("latin-1").lower().strip(),)
        return Exchange(
            url=self.url,
            method=self.method,
            started=self._started,
            elapsed_ms=round((time.monotonic() - self._clock) * 1000),
            request=bytes(self.request),
            response=response,
            body=self._body,
            interim=interim,
            ip=self.ip,
            protocols=protocols + ((self.tls,) if self.tls else ()),
            cipher=self.cipher,
            truncated=truncated,
            failure=failure,
            detail=detail[:500] if detail else None,
            tls_exception=self.tls_exception,
        )


class Tee:
    """A transport that copies to a tape what is written to it."""

    def __init__(self, transport: Any, tape: Tape) -> None:
        self._transport, self._tape = transport, tape

    def write(self, data: bytes) -> None:
        self._tape.sent(data)
        self._transport.write(data)

    def writeSequence(self, parts: list[bytes]) -> None:
        parts = list(parts)
        self._tape.sent(b"".join(parts))
        self._transport.writeSequence(parts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
