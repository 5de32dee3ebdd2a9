"""Names resolved once for each connection: what was checked is what is connected to."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from twisted.internet import defer
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer


@implementer(IResolutionReceiver)
class _Addresses:
    """Collects what a name resolves to."""

    def __init__(self) -> None:
        self.found: list[Any] = []
        self.done: defer.Deferred[list[Any]] = defer.Deferred()

    def resolutionBegan(self, resolution: object) -> None:
        pass

    def addressResolved(self, address: Any) -> None:
        self.found.append(address)

    def resolutionComplete(self) -> None:
        self.done.callback(self.found)


@implementer(IHostResolution)
class _Done:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing: it has ended before anybody could ask."""


@implementer(IHostnameResolver)
class PinnedResolver:
    """The resolver of a reactor, which while addresses are pinned gives these and asks nobody."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._pinned: Sequence[Any] | None = None

    @classmethod
    def of(cls, reactor: Any) -> PinnedResolver:
        """The one of `reactor`, put in front of its own when it is first asked for."""
        if not isinstance(reactor.nameResolver, cls):
            reactor.installNameResolver(cls(reactor.nameResolver))
        found: PinnedResolver = reactor.nameResolver
        return found

    def addresses(self, host: str, port: int) -> defer.Deferred[list[Any]]:
        """All addresses (of Twisted's classes) that `host` resolves to now."""
        try:
            literal = ipaddress.ip_address(host.strip("[]"))
        except ValueError:
            receiver = _Addresses()
            self._inner.resolveHostName(receiver, host, port)
            return receiver.done
        kind = IPv4Address if literal.version == 4 else IPv6Address
        return defer.succeed([kind("TCP", str(literal), port)])

    @contextmanager
    def pinned(self, addresses: Sequence[Any]) -> Iterator[None]:
        """Within it every name is `addresses`. An endpoint asks while its `connect` runs, and not later."""
        self._pinned = addresses
        try:
            yield
        finally:
            self._pinned = None

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Any = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        if self._pinned is None:
            return self._inner.resolveHostName(
                resolutionReceiver, hostName, portNumber, addressTypes, transportSemantics
            )
        done = _Done(hostName)
        resolutionReceiver.resolutionBegan(done)
        for address in self._pinned:
            if addressTypes is None or isinstance(address, tuple(addressTypes)):
                resolutionReceiver.addressResolved(address)
        resolutionReceiver.resolutionComplete()
        return done
