"""What is sent to an address, what is not, and how often."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from crawler.app.hooks import webhook
from crawler.app.hooks.webhook import Signed, key_of, send
from tests.app.hooks.conftest import Receiver, receiver

__all__ = ["receiver"]
HERE = ("127.0.0.1",)
SECRET = "whsec_" + base64.b64encode(b"a key of twenty-four bytes").decode()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "_FIRST_WAIT_S", 0.001)


def test_one_post_of_json(receiver: Receiver) -> None:
    assert send(receiver.url, Signed(b'{"a":1}'), HERE, 5) == ""
    ((path, headers, body),) = receiver.got
    assert (path, body) == ("/take?key=1", b'{"a":1}')
    assert headers["content-type"] == "application/json"
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    assert "webhook-signature" not in headers


def test_the_signature_is_one_that_the_library_of_its_standard_verifies(receiver: Receiver) -> None:
    receiver.answers = [503]
    body = json.dumps({"title": "Янгилик"}).encode()
    assert send(receiver.url, Signed(body, key_of(SECRET)), HERE, 5) == ""
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1  # the same event, twice
    for _, headers, got in receiver.got:
        assert Webhook(SECRET).verify(got, headers) == {"title": "Янгилик"}
        with pytest.raises(WebhookVerificationError):
            Webhook(SECRET).verify(got + b" ", headers)


@pytest.mark.parametrize(
    ("answers", "tries", "words"),
    [
        ([500, "cut", 429], 4, ""),
        ([(503, {"Retry-After": "0"})], 2, ""),
        ([500] * 9, webhook.TRIES, "127.0.0.1 answered 500, after 5 tries"),
        ([400], 1, "127.0.0.1 answered 400"),
        ([410], 1, "127.0.0.1 answered 410"),
        ([(503, {"Retry-After": "9000"})], 1, "127.0.0.1 answered 503, after 1 try"),
        ([(302, {"Location": "/elsewhere"})], 1, "127.0.0.1 answered 302, which is not followed"),
    ],
)
def test_it_is_tried_again_where_that_can_help(receiver: Receiver, answers: list[Any], tries: int, words: str) -> None:
    receiver.answers = answers
    assert send(receiver.url, Signed(b"{}"), HERE, 5) == words
    assert len(receiver.got) == tries


def test_private_addresses_are_for_those_who_name_them(receiver: Receiver) -> None:
    for allowed in ((), ("localhost",), (f"127.0.0.1:{receiver.port + 1}",)):
        assert "127.0.0.1, which is not a public address" in send(receiver.url, Signed(b"{}"), allowed, 5)
    assert receiver.got == []
    assert send(receiver.url, Signed(b"{}"), (f"127.0.0.1:{receiver.port}",), 5) == ""


def test_a_name_is_looked_up_once_and_that_address_is_connected_to(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public when it is checked and loopback a moment later (DNS rebinding) gains nothing."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: Any, *args: Any, **more: Any) -> Any:
        if host != "hooks.example":
            return real(host, *args, **more)  # of a literal: no question to anybody
        asked.append(host)
        first = "198.41.0.4" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (first, receiver.port))]

    connected: list[Any] = []

    def connect(address: Any, *args: Any, **more: Any) -> Any:
        connected.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    assert send(f"http://hooks.example:{receiver.port}/", Signed(b"{}"), (), 5) == (
        "hooks.example: no connection, after 5 tries"
    )
    assert asked == ["hooks.example"]
    assert set(connected) == {("198.41.0.4", receiver.port)}
    assert receiver.got == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, 80)) for place in ("198.41.0.4", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    assert "10.0.0.1, which is not a public address" in send("http://hooks.example/", Signed(b"{}"), (), 5)


def test_a_receiver_that_never_ends_its_answer_costs_a_bounded_time() -> None:
    """A byte now and then keeps every limit between two bytes from being met."""
    server = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip() -> None:
        connection, _ = server.accept()
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-A: ")
        while not stop.wait(0.05):
            try:
                connection.sendall(b"a")
            except OSError:
                return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    begun = time.monotonic()
    try:
        why = send(f"http://127.0.0.1:{server.getsockname()[1]}/", Signed(b"{}"), HERE, 0.5)
    finally:
        stop.set()
        server.close()
    assert why == "no answer in 0.5 seconds"
    assert time.monotonic() - begun < 2


def test_environment_proxies_are_not_asked(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert send(receiver.url, Signed(b"{}"), HERE, 5) == ""


@pytest.mark.parametrize("secret", ["no base64!", "c2hvcnQ=", "whsec_"])
def test_a_key_that_is_none_is_told_without_its_words(secret: str) -> None:
    with pytest.raises(ValueError, match="openssl") as told:
        key_of(secret)
    assert secret not in str(told.value)


def test_a_certificate_is_verified_for_the_name_though_an_address_is_connected_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = _certificate("hooks.example")
    pem = tmp_path / "server.pem"
    pem.write_bytes(key + certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    names: list[str | None] = []
    context.sni_callback = lambda _, name, __: names.append(name)
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]

    def answer() -> None:
        while True:
            try:
                plain, _ = server.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as its:
                    its.recv(65536)
                    its.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
            except OSError:
                plain.close()

    threading.Thread(target=answer, daemon=True).start()
    real = socket.getaddrinfo
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    names_of = ("hooks.example", "other.example")
    monkeypatch.setattr(socket, "getaddrinfo", lambda h, *a, **m: here if h in names_of else real(h, *a, **m))
    try:
        refused = send(f"https://hooks.example:{port}/", Signed(b"{}"), names_of, 5)
        assert "its certificate is refused" in refused  # nobody vouches for it
        monkeypatch.setattr(ssl, "create_default_context", lambda: _trusting(certificate))
        assert send(f"https://hooks.example:{port}/", Signed(b"{}"), names_of, 5) == ""
        assert names[-1] == "hooks.example"
        assert "its certificate is refused" in send(f"https://other.example:{port}/", Signed(b"{}"), names_of, 5)
    finally:
        server.close()


def _trusting(certificate: bytes) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=certificate.decode())
    return context


def _certificate(name: str) -> tuple[bytes, bytes]:
    """A key and a certificate for `name` that it signs itself, as PEM."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    its = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    built = (
        x509.CertificateBuilder()
        .subject_name(its)
        .issuer_name(its)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return pem, built.public_bytes(serialization.Encoding.PEM)
