"""The made-up ministry of the package tests: what the library reads is asked of the same packages."""

from tests.package.conftest import make_ministry, make_page, ministry, seed, workspace

__all__ = ["make_ministry", "make_page", "ministry", "seed", "workspace"]
