"""Helpers of the crawl's tests: certificates, and fetching through the wire capture in a process of its own."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = Path(__file__).parent
SEED = """
title = {{ en = "Odd" }}
homepage = "http://127.0.0.1/"
platform = "generic"
timezone = "UTC"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "http://127.0.0.1/feed.xml"
[crawl]
timeout_s = 20
allow_private = ["127.0.0.1", "localhost"]
{extra}
"""


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def odd() -> ModuleType:
    """The module of the odd server."""
    return _module("odd_server")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PEM file with a key and a certificate for 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "odd")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = tmp_path_factory.mktemp("tls") / "odd.pem"
    path.write_bytes(pem + built.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="session")
def bundle(certificate: Path) -> Path:
    """The certificate alone, as a seed's `ca_bundle`."""
    pem = certificate.read_text()
    path = certificate.with_name("ca.pem")
    path.write_text(pem[pem.index("-----BEGIN CERTIFICATE") :])
    return path


@pytest.fixture(scope="session")
def fetch() -> Callable[..., dict[str, Any]]:
    """Fetches [address, method] pairs into `folder`/archive; returns the sealed files' names and the results."""

    def run(folder: Path, requests: list[list[Any]], *, extra: str = "", timeout: float = 60, **job: Any) -> Any:
        spec = {
            "seed": SEED.format(extra=extra),
            "path": str(folder / "xx" / "odd.toml"),
            "run_id": "xx.odd-20261123T200000000000Z",
            "folder": str(folder / "open"),
            "archive": str(folder / "archive"),
            "requests": requests,
        } | job
        done = subprocess.run(
            [sys.executable, str(HERE / "wire_client.py")],
            input=json.dumps(spec),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            cwd=HERE.parent.parent,
            env={"PYTHONPATH": str(HERE.parent.parent), "PATH": "/usr/bin:/bin"},
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.fixture(scope="session")
def servers(odd: ModuleType, certificate: Path) -> Iterator[list[Any]]:
    """The odd server over http and over https."""
    both = [odd.OddServer(), odd.OddServer(certificate)]
    yield both
    for server in both:
        server.close()
