"""A real browser for the tests that need one: Chromium of this machine, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium without a network: every name leads nowhere."""
    expect.set_options(timeout=30_000)  # ms: many tests run beside this one
    options: dict[str, Any] = {"args": ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]}
    with sync_playwright() as tools:
        found = tools.chromium.launch(executable_path=CHROMIUM, **options)
        yield found
        found.close()
