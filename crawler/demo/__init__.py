"""A small made-up ministry, served on loopback in the shape of the real portal: the main job's default."""

from __future__ import annotations

from crawler.demo.content import Expected, expected
from crawler.demo.seeds import seed_texts
from crawler.demo.site import DemoServer, serve

__all__ = ["DemoServer", "Expected", "expected", "seed_texts", "serve"]
