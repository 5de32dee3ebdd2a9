"""What fuzzing found once is tried again for ever after, and so are a few inputs that every reader must stand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from targets import TARGETS

FOUND = sorted(path for path in (HERE / "corpus").glob("*/*") if path.is_file())
ALWAYS = (b"", b"\0", b"\xff\xfe", b"{", b"<", b"[[", b"\x1f\x8b\x08", b"PK\x03\x04", b"9" * 5000, b"<a" * 2000)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name[:20]}")
def test_what_was_found(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_what_every_reader_stands(target: str) -> None:
    for data in ALWAYS:
        TARGETS[target](data)


@pytest.mark.parametrize(
    "target",
    [
        "http",
        "members",
        "seed",
        "dates",
        "robots",
        "listings",
        "css",
        "srcset",
        "fields",
        "addresses",
        "replay",
        "descriptor",
        "package_file",
    ],
)
@given(data=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes(target: str, data: bytes) -> None:
    TARGETS[target](data)
