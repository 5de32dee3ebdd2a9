"""Scrapy's own HTTP/1.1 handler with a tape between it and the wire: every exchange is in the archive, byte for byte,
before a callback sees it.

Hook points: `HTTPConnectionPool.getConnection` (public) binds a tape to a connection; the protocol's `request`,
`dataReceived` and `_finishResponse` feed it. Scrapy extends the same classes of Twisted, so that it breaks first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _LenientHTTP11ClientProtocol
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectionClosed
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.internet.protocol import Factory
from twisted.python.failure import Failure
from twisted.web._newclient import HTTP11ClientProtocol, ResponseFailed
from twisted.web.client import HTTPConnectionPool
from zope.interface import implementer

from crawler.archive.http.exchange import Intent
from crawler.archive.http.message import Message, read_message
from crawler.archive.warc.writer import Recorder
from crawler.crawl import open_files
from crawler.crawl.manners.probe import judged
from crawler.crawl.transport.guard import ForbiddenAddress, check_address, is_named
from crawler.crawl.transport.resolver import PinnedResolver
from crawler.crawl.transport.tape import Spooling, Tape, Tee, current
from crawler.crawl.transport.tls import TrustPolicy
from crawler.errors import EnvironmentFault
from crawler.model import Seed

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

HEAD_LIMIT = 256 << 10  # bytes of a header section
_IDLE_S = 4  # a connection idle for longer is not used again: many servers hang up after five seconds, without a word
_LINE_LIMIT = 64 << 10  # bytes of one header line; Twisted's own limit of 16 KiB refuses real servers


class CaptureMissing(Exception):
    """A download ended without its record, or the record is not what Scrapy saw. A defect, never the server's fault."""


class WireProtocol(_LenientHTTP11ClientProtocol):
    """One connection; bound by the pool to the tape of the request that it carries."""

    tape: Tape
    transport: Any
    peer: str | None = None  # the address that it is connected to, once that was checked

    def request(self, request: Any) -> Any:
        tape, write_to = self.tape, request.writeTo
        request.writeTo = lambda transport: write_to(Tee(transport, tape))
        answer = super().request(request)
        if self._parser is not None:
            self._parser.MAX_LENGTH = _LINE_LIMIT
        return answer

    def dataReceived(self, data: bytes) -> None:
        self.tape.secured(self.transport)
        if self.tape.received(data):
            super().dataReceived(data)
        else:
            self.transport.abortConnection()

    def _finishResponse(self, rest: bytes) -> None:
        self.tape.finished(rest)
        self._mark_last()
        # The base class makes this a dispatcher on its state when it is created, so it is reached by name.
        HTTP11ClientProtocol._finishResponse(self, rest)

    def _mark_last(self) -> None:
        """Marks an answer behind which the server closes the connection (RFC 9112, 9.3). Twisted 26 looks only for a
        header that is just "close", so it sent the next request to servers of HTTP/1.0 that were about to hang up."""
        parser = self._parser
        if parser is None:
            return
        lines: Sequence[bytes] = parser.connHeaders.getRawHeaders(b"connection", [])
        options = {option.strip().lower() for line in lines for option in line.split(b",")}
        _, major, minor = parser.response.version
        if b"close" in options or ((major, minor) < (1, 1) and b"keep-alive" not in options):
            parser.connHeaders.setRawHeaders(b"connection", [b"close"])


class WireFactory(Factory):
    """Makes protocols for the pool; the signature is the pool's."""

    noisy = False

    def __init__(self, quiescent: Any, metadata: str) -> None:
        self._quiescent, self._metadata = quiescent, metadata

    def buildProtocol(self, addr: object) -> WireProtocol:
        return WireProtocol(self._quiescent)

    def __repr__(self) -> str:
        return f"WireFactory({self._metadata})"


@implementer(IStreamClientEndpoint)
class _Checked:
    """An endpoint whose host's addresses must all be public, and which connects to these and no others; asked for only
    where no open connection is left."""

    def __init__(self, reactor: Any, endpoint: Any, host: str, port: int) -> None:
        self._reactor, self._endpoint, self._host, self._port = reactor, endpoint, host, port

    def connect(self, protocolFactory: Any) -> Any:
        resolver = PinnedResolver.of(self._reactor)

        def go_on(addresses: list[Any]) -> Any:
            for address in addresses:
                check_address(self._host, self._port, address.host, ())
            with resolver.pinned(addresses):
                return self._endpoint.connect(protocolFactory)

        return resolver.addresses(self._host, self._port).addCallback(go_on)


class WirePool(HTTPConnectionPool):
    """Hands out connections that are bound to the current tape and lead to allowed addresses only."""

    # A silent resend would put two requests on the wire for one that Scrapy knows of; its own retry is told.
    retryAutomatically = False
    _factory: Any = WireFactory

    def __init__(self, reactor: Any, allow_private: tuple[str, ...]) -> None:
        super().__init__(reactor, persistent=True)
        self.cachedConnectionTimeout = _IDLE_S
        self._allow = allow_private

    def getConnection(self, key: Any, endpoint: Any) -> Any:
        host, port = key[1].decode("ascii"), int(key[2])
        checked: Any = endpoint if is_named(host, port, self._allow) else _Checked(self._reactor, endpoint, host, port)
        connection: Any = super().getConnection(key, checked)
        return connection.addCallback(self._bind, current.get(), host, port)

    def _bind(self, connection: WireProtocol, tape: Tape, host: str, port: int) -> WireProtocol:
        if connection.peer is None:
            # Once more, on the address actually connected to: a name may have answered differently in between.
            peer: str = connection.transport.getPeer().host
            try:
                check_address(host, port, peer, self._allow)
            except ForbiddenAddress:
                connection.transport.abortConnection()
                raise
            connection.peer = peer
        connection.tape, tape.ip = tape, connection.peer
        return connection


class WireDownloadHandler(HTTP11DownloadHandler):
    """The handler of http and https. Settings: `WARC_RECORDER` (a Recorder), `SEED` (a Seed), and `WARC_IN_MEMORY`, the
    bytes of an answer up to which it is held in memory only.

    Reads `request.meta["intent"]` (archive.exchange.Intent) and sets `request.meta["capture"]` (model.Capture).
    Raises what Scrapy's handler raises, ForbiddenAddress, and EnvironmentFault when the archive cannot be written.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor  # noqa: PLC0415 - importing it installs one; Scrapy has chosen by now

        self._recorder: Recorder = crawler.settings["WARC_RECORDER"]
        self._seed: Seed = crawler.settings["SEED"]
        self._in_memory: int = crawler.settings.getint("WARC_IN_MEMORY", 1 << 20)
        self._pool = WirePool(reactor, self._seed.crawl.allow_private)
        self._pool.maxPersistentPerHost = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._trust = TrustPolicy(self._seed)
        self._contextFactory: Any = self._trust

    async def download_request(self, request: Request) -> Response:
        intent: Intent = request.meta["intent"]
        if request.meta.get("proxy"):
            raise CaptureMissing(f"{request.url}: a proxy would stand between the archive and the server")
        limit = int(self._default_maxsize * 1.1) + HEAD_LIMIT  # chunk framing counts too
        spooling = Spooling(self._recorder.scratch_file, self._in_memory)
        tape = Tape(request.url, request.method, limit=limit, head_limit=HEAD_LIMIT, spooling=spooling)
        tape.tls_exception = self._trust.exception_for(request.url)
        token = current.set(tape)
        try:
            response = await super().download_request(request)
        except Exception as error:
            if tape.fault:
                raise EnvironmentFault(f"the body of {request.url}: {tape.fault}") from error
            if open_files.are_too_many(error):
                raise EnvironmentFault(open_files.TOO_MANY) from error
            truncated, failure = classify(error, tape)
            exchange = tape.exchange(truncated=truncated, failure=failure, detail=str(error) or type(error).__name__)
            request.meta["capture"] = self._recorder.record(exchange, intent)
            request.meta["failure"], request.meta["overflow"] = failure, tape.overflow
            raise
        else:
            await self._record(request, response, tape)
            return response
        finally:
            current.reset(token)
            tape.close()

    async def _record(self, request: Request, response: Response, tape: Tape) -> None:
        """Archives an exchange that ended well. Raises CaptureMissing when the archive holds another than was seen."""
        if tape.fault:
            raise EnvironmentFault(f"the body of {request.url}: {tape.fault}")
        truncated = None if tape.complete or "partial" in response.flags else "unspecified"
        exchange = tape.exchange(truncated=truncated, failure=None, detail=None)
        message = read_message(exchange.response, exchange.body, seen=response.body)
        difference = compare(exchange.method, message, response)
        if difference:  # kept all the same, marked, for whoever looks for the defect
            exchange = replace(exchange, failure="capture-differs", detail=difference)
        request.meta["capture"] = self._recorder.record(exchange, await judged(request, response), message)
        if difference:
            raise CaptureMissing(f"{request.url}: {difference}")


def compare(method: str, message: Message, response: Response) -> str | None:
    """How the archived bytes differ from the response that Scrapy hands on, or None."""
    status = message.head.status
    if status != response.status:
        return f"archived status {status}, seen {response.status}"
    # A body that these answers cannot have is no part of the message (RFC 9112, 6.3).
    expected = b"" if method == "HEAD" or status in (204, 304) else message.entity.data
    return None if expected == response.body else "the archived body is not the one that was seen"


def classify(error: Exception, tape: Tape) -> tuple[str | None, str]:
    """(WARC-Truncated of what did come, or None; the kind of failure) of a download that raised `error`."""
    if tape.overflow:
        return "length", "too-large"
    for kind, truncated, failure in _FAILURES:
        if isinstance(error, kind):
            return truncated if tape.response else None, failure
    if isinstance(error, DownloadFailedError) or isinstance(error.__cause__, ResponseFailed):
        return "disconnect" if tape.response else None, _reason(error)
    if isinstance(error, SSL.Error):
        return "disconnect" if tape.response else None, "tls"
    return "unspecified" if tape.response else None, "error"


_FAILURES: tuple[tuple[type[Exception], str, str], ...] = (
    (ForbiddenAddress, "unspecified", "forbidden-address"),
    (CannotResolveHostError, "unspecified", "dns"),
    (DownloadConnectionRefusedError, "unspecified", "refused"),
    (DownloadTimeoutError, "time", "timeout"),
    (DownloadCancelledError, "length", "too-large"),
    (ResponseDataLossError, "disconnect", "cut"),
    (ConnectionClosed, "disconnect", "disconnect"),
)


def _reason(error: Exception) -> str:
    """What broke a connection: TLS, a head that cannot be parsed, or the peer."""
    failed = error if isinstance(error, ResponseFailed) else error.__cause__
    reasons: list[Failure] = getattr(failed, "reasons", [])
    if any(reason.check(SSL.Error) for reason in reasons) or "SSL" in str(error):
        return "tls"
    return "disconnect" if any(reason.check(ConnectionClosed) for reason in reasons) else "bad-answer"
