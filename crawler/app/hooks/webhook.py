"""A webhook: one POST of JSON to an address that is resolved once and checked, signed as Standard Webhooks 1.0.0
describes (https://www.standardwebhooks.com), tried again while its time lasts."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import random
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3

from crawler import __version__
from crawler.crawl.transport.guard import ForbiddenAddress, check_address

TRIES = 5
_FIRST_WAIT_S = 1.0  # doubled after each try
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LEAST_KEY = 16  # bytes
_LONGEST_ANSWER_S = 10.0


@dataclass(frozen=True, slots=True)
class Signed:
    """What is sent, with the key of its signature where it has one."""

    body: bytes
    key: bytes = b""

    def headers(self, host: str) -> dict[str, str]:
        """The fields of the request. The id is the same for all tries of one event, so that a receiver who got it
        twice knows."""
        name = f"msg_{hashlib.sha256(self.body).hexdigest()[:32]}"
        moment = str(int(time.time()))
        fields = {
            "Host": host,
            "Content-Type": "application/json",
            "User-Agent": f"ministry-news/{__version__}",
            "Accept-Encoding": "identity",
            "webhook-id": name,
            "webhook-timestamp": moment,
        }
        if self.key:
            signature = hmac.new(self.key, f"{name}.{moment}.".encode() + self.body, hashlib.sha256).digest()
            fields["webhook-signature"] = f"v1,{base64.b64encode(signature).decode()}"
        return fields


def key_of(secret: str) -> bytes:
    """The key of signatures that `secret` tells: base64, `whsec_` before it or not. Raises ValueError, which does not
    say the secret."""
    try:
        key = base64.b64decode(secret.strip().removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("is no base64; make one with `openssl rand -base64 32`") from None
    if len(key) < _LEAST_KEY:
        raise ValueError(f"is shorter than {_LEAST_KEY} bytes; make one with `openssl rand -base64 32`")
    return key


def send(address: str, signed: Signed, allow_private: tuple[str, ...], limit_s: float) -> str:
    """Why it could not be delivered; empty where an answer said so (a status of 2xx). It never takes longer than
    `limit_s` seconds. The address is not told: whoever knows it may be able to write there."""
    told: list[str] = []
    until = time.monotonic() + limit_s
    worker = threading.Thread(
        target=lambda: told.append(_tried(address, signed, allow_private, until)), daemon=True, name="webhook"
    )
    worker.start()  # a look-up has no limit of its own, nor an answer that comes byte by byte
    worker.join(limit_s)
    return told[0] if told else f"no answer in {limit_s:g} seconds"


def _tried(address: str, signed: Signed, allow_private: tuple[str, ...], until: float) -> str:
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        places = _resolved(host, port, allow_private)
    except ForbiddenAddress as error:
        return f"refused: {error}; [hooks] can name it under allow_private"
    except (OSError, UnicodeError) as error:
        return f"{host}: cannot be looked up: {getattr(error, 'strerror', None) or error}"
    why, wait = "", _FIRST_WAIT_S
    for number in range(1, TRIES + 1):
        status, why, asked = _posted(address, host, port, places, signed, until)
        if 200 <= status < 300:
            return ""
        if status and status not in _AGAIN:
            return why
        pause = max(asked, wait * random.uniform(0.5, 1.0))  # noqa: S311 - spreads tries, and hides nothing
        if number == TRIES or time.monotonic() + pause > until:
            return f"{why}, after {number} {'try' if number == 1 else 'tries'}"
        time.sleep(pause)
        wait *= 2
    return why


def _resolved(host: str, port: int, allow_private: tuple[str, ...]) -> list[str]:
    """The addresses of `host`, each of them checked. Raises ForbiddenAddress, OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    places = list(dict.fromkeys(str(its[4][0]) for its in found))
    for place in places:
        check_address(host, port, place, allow_private)
    return places


def _posted(
    address: str, host: str, port: int, places: Sequence[str], signed: Signed, until: float
) -> tuple[int, str, float]:
    """One try: the status of the answer (0 without one), why it is no success, and how long it asks to wait, in
    seconds. Connected is to the first of `places` that takes a connection, and to no other address: there is no second
    look-up, no redirect, no proxy."""
    parts = urlsplit(address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    shown = f"[{host}]" if ":" in host else host
    fields = signed.headers(shown if parts.port is None else f"{shown}:{port}")
    why = f"{host}: no connection"
    for place in places:
        left = min(_LONGEST_ANSWER_S, until - time.monotonic())
        if left <= 0:
            break
        try:
            with _pool(parts.scheme, place, host, port, left) as pool:
                answer = pool.request(
                    "POST", target, body=signed.body, headers=fields, retries=False, redirect=False,
                    preload_content=False,
                )  # fmt: skip
                try:
                    said = f"{host} answered {answer.status}"
                    if 300 <= answer.status < 400:
                        said += ", which is not followed"
                    return answer.status, said, _seconds(answer.headers.get("Retry-After", ""))
                finally:
                    answer.close()  # nothing in it is of use
        except (urllib3.exceptions.ConnectTimeoutError, urllib3.exceptions.NewConnectionError):
            continue  # it may have another address
        except urllib3.exceptions.SSLError as error:
            return 0, f"{host}: its certificate is refused: {str(error)[:200]}", 0.0
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            return 0, f"{host}: {type(error).__name__}", 0.0
    return 0, why, 0.0


def _pool(scheme: str, place: str, host: str, port: int, limit_s: float) -> urllib3.HTTPConnectionPool:
    """A connection to `place`, whose certificate has to be one for `host`."""
    timeout = urllib3.Timeout(total=limit_s)
    where = f"[{place}]" if ":" in place else place
    if scheme != "https":
        return urllib3.HTTPConnectionPool(where, port, timeout=timeout, maxsize=1)
    try:
        ipaddress.ip_address(host)
        name = None  # addresses are no names of a server (RFC 6066, 3)
    except ValueError:
        name = host
    return urllib3.HTTPSConnectionPool(
        where, port, timeout=timeout, maxsize=1, ssl_context=ssl.create_default_context(), server_hostname=name or host,
        assert_hostname=host,
    )  # fmt: skip


def _seconds(retry_after: str) -> float:
    """The seconds of a Retry-After; a date or nonsense in it asks for none."""
    return float(retry_after) if retry_after.isdigit() and len(retry_after) < 6 else 0.0
