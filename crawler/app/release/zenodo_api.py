"""Zenodo's REST API for depositions (https://developers.zenodo.org): requests with a token, tried again where that can
help. The token goes to the one host that the user names, and stands in no message."""

from __future__ import annotations

import ipaddress
import json
import random
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import urllib3

from crawler import __version__
from crawler.errors import EnvironmentFault, ExitCode, MinistryNewsError, UsageError

TRIES = 6
_FIRST_WAIT_S = 1.0  # doubled after each try
_LONGEST_WAIT_S = 120.0
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_ANSWER = 16 << 20  # bytes
_TIMEOUT = urllib3.Timeout(connect=30, read=300)  # between two bytes; a large file is looked at before it is answered


class UploadIncomplete(MinistryNewsError):
    """A deposition could not be made or filled. What is there stays; the next try goes on."""

    exit_code = ExitCode.INCOMPLETE


class Refused(Exception):
    """An answer that says no. `status` is its code."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


def origin_of(address: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address. Raises UsageError unless it is one of https, or of http on this machine: a
    token is not sent in the clear."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise UsageError(f"{address!r} is no address: {error}") from error
    is_clear = parts.scheme == "http" and _is_loopback(host)
    if not host or parts.username is not None or not (parts.scheme == "https" or is_clear):
        raise UsageError(f"{address!r}: is no address of https, to which a token can be sent")
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Api:
    """One Zenodo, asked by one token."""

    def __init__(self, base: str, token: str, *, wait: Callable[[float], None] | None = None) -> None:
        self.base = base.rstrip("/")
        self._origin = origin_of(self.base)
        if not token or not token.isascii() or not token.isprintable() or " " in token:
            # Said here: the library that sends it would say it with the token in its message.
            raise EnvironmentFault("ZENODO_TOKEN is no token: set it to one with the scope deposit:write")
        self._token = token
        self._pool = urllib3.PoolManager(timeout=_TIMEOUT, retries=False)
        self._wait = wait or time.sleep

    def ask(
        self,
        method: str,
        address: str,
        *,
        value: Mapping[str, Any] | None = None,
        file: Path | None = None,
        is_repeatable: bool = True,
    ) -> Any:
        """The JSON of the answer to a request with `value` as JSON, or with the bytes of `file`. A path is meant from
        the base. Where a connection is cut, only what `is_repeatable` is asked again: nobody knows what became of it.

        Raises Refused for an answer that says no, EnvironmentFault where the token is refused, UploadIncomplete where
        the host cannot be reached, and for an address of another host."""
        address = f"{self.base}{address}" if address.startswith("/") else address
        if origin_of(address) != self._origin:
            raise UploadIncomplete(
                f"{self.base}: leads to another host, {urlsplit(address).hostname}; nothing is sent there"
            )
        why, wait = "", _FIRST_WAIT_S
        for number in range(1, TRIES + 1):
            asked = 0.0
            try:
                status, asked, answer = self._once(method, address, value, file)
            except (urllib3.exceptions.HTTPError, OSError) as error:
                if file is not None and isinstance(error, FileNotFoundError):
                    raise
                why = f"{self._origin[1]}: {type(error).__name__}"  # its words can have the whole address
                if not is_repeatable:
                    break
            else:
                if 200 <= status < 300:
                    return answer
                if status in (401, 403):
                    raise EnvironmentFault(
                        f"{self._origin[1]}: refuses the token ({status}): ZENODO_TOKEN needs the scope deposit:write, "
                        "and a sandbox has tokens of its own"
                    )
                why = f"{self._origin[1]}: answered {status}{_said(answer)}"
                if status not in _AGAIN:
                    raise Refused(status, why)
            if number < TRIES:
                self._wait(min(_LONGEST_WAIT_S, max(asked, wait * random.uniform(0.5, 1.0))))  # noqa: S311 - spreads tries
                wait *= 2
        raise UploadIncomplete(f"{why}; run it again to go on")

    def _is_mine(self, address: str) -> bool:
        try:
            return origin_of(address) == self._origin
        except UsageError:
            return False

    def _once(
        self, method: str, address: str, value: Mapping[str, Any] | None, file: Path | None
    ) -> tuple[int, float, Any]:
        """One try: the status, how long the answer asks to wait, in seconds, and its JSON (None where it has none)."""
        fields = {
            "Authorization": f"Bearer {self._token}",
            "Accept": "application/json",
            "User-Agent": f"ministry-news/{__version__}",
        }
        body: AbstractContextManager[bytes | IO[bytes] | None] = nullcontext()
        if file is not None:
            fields |= {"Content-Type": "application/octet-stream", "Content-Length": str(file.stat().st_size)}
            body = file.open("rb")
        elif value is not None:
            fields["Content-Type"] = "application/json"
            body = nullcontext(json.dumps(value).encode())
        with body as content:
            answer = self._pool.request(
                method, address, body=content, headers=fields, redirect=False, preload_content=False
            )
            try:
                data = answer.read(_LONGEST_ANSWER + 1)
            finally:
                answer.close()
        try:
            found = json.loads(data) if data and len(data) <= _LONGEST_ANSWER else None
        except ValueError:
            found = None
        return answer.status, _seconds(answer.headers.get("Retry-After", "")), found


def _said(answer: Any) -> str:
    """What an error says of itself, on one line."""
    if not isinstance(answer, dict):
        return ""
    errors = answer.get("errors")
    fields = [
        f"{one.get('field', '')}: {one.get('message', '')}" for one in (errors if isinstance(errors, list) else ())
        if isinstance(one, dict)
    ]  # fmt: skip
    words = " ".join("; ".join([str(answer.get("message", "")), *fields]).split())
    return f" ({words[:500]})" if words else ""


def _seconds(retry_after: str) -> float:
    """The seconds of a Retry-After; a date or nonsense in it asks for none."""
    return float(retry_after) if retry_after.isdigit() and len(retry_after) < 6 else 0.0
