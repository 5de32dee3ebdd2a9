"""Whom a crawl trusts: the system's authorities, a seed's own bundle, and hosts that it accepts as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from OpenSSL import SSL
from twisted.internet.abstract import isIPAddress, isIPv6Address
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.internet.ssl import Certificate, CertificateOptions, trustRootFromCertificates
from twisted.web.client import BrowserLikePolicyForHTTPS
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from crawler.errors import SeedError
from crawler.model import Seed

_PEM_END = "-----END CERTIFICATE-----"


def read_bundle(path: Path) -> list[Certificate]:
    """The certificates of a PEM file. Raises SeedError naming it."""
    try:
        parts = path.read_text("ascii").split(_PEM_END)
        certificates = [Certificate.loadPEM((part + _PEM_END).encode()) for part in parts[:-1]]
    except (OSError, UnicodeDecodeError, SSL.Error) as error:
        raise SeedError(f"cannot read {path}: {error}", key="crawl.ca_bundle") from error
    if not certificates:
        raise SeedError(f"no certificate in {path}", key="crawl.ca_bundle")
    return certificates


@implementer(IPolicyForHTTPS)
class TrustPolicy(BrowserLikePolicyForHTTPS):
    """TLS with verification (chain and host name), but for the hosts in a seed's `crawl.insecure_hosts`."""

    def __init__(self, seed: Seed) -> None:
        bundle = seed.crawl.ca_bundle
        root = trustRootFromCertificates(read_bundle(Path(bundle))) if bundle else None
        super().__init__(trustRoot=root)
        self._insecure = frozenset(host.lower() for host in seed.crawl.insecure_hosts)
        self._bundle = bundle

    def exception_for(self, url: str) -> str | None:
        """What the capture of `url` must say of its trust, or None for the ordinary case."""
        parts = urlsplit(url)
        if parts.scheme != "https":
            return None
        if (parts.hostname or "") in self._insecure:
            return "certificate not verified, as the seed allows for this host"
        return f"verified by the seed's own bundle {Path(self._bundle).name}" if self._bundle else None

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        name = hostname.decode("ascii")
        if name.lower() in self._insecure:
            return _Unverified(name)
        return super().creatorForNetloc(hostname, port)


@implementer(IOpenSSLClientConnectionCreator)
class _Unverified:
    """Connections without verification, for one host; names the host to the server all the same (SNI)."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._context = CertificateOptions(verify=False).getContext()

    def clientConnectionForTLS(self, protocol: object) -> SSL.Connection:
        connection = SSL.Connection(self._context, None)
        if not isIPAddress(self._name) and not isIPv6Address(self._name):  # SNI takes names only (RFC 6066, 3)
            connection.set_tlsext_host_name(self._name.encode("ascii"))
        connection.set_connect_state()
        return connection


__all__ = ["TrustPolicy", "read_bundle"]
