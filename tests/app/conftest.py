"""The made-up ministry of the package tests: what commands do is asked of the same packages."""

from tests.package.conftest import grown, make_page, ministry

__all__ = ["grown", "make_page", "ministry"]
