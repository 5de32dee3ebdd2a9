"""Page objects: what a platform does in its own way, one module each. A seed names its platform."""

from __future__ import annotations

import pkgutil
from datetime import date
from functools import cache
from importlib import import_module

from crawler.model import Seed
from crawler.pages.base import Fields, PageObject

_NO_PLATFORM = ("answers", "base", "fields", "scope")


def platforms() -> list[str]:
    """The names of all platforms: the modules of this package that hold one."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name not in _NO_PLATFORM)


def page_object(seed: Seed | None, day: date | None = None) -> PageObject:
    """The page object of a seed's platform that was valid on `day`, its last day included; the newest without a day,
    and after the last day of all. Without a seed, the generic one.

    Raises KeyError for a platform that has no module.
    """
    versions = _versions(seed.platform if seed else "generic")
    valid = (v for v in versions if day is not None and (v.valid_until is None or day <= v.valid_until))
    return next(valid, versions[-1])(seed)


@cache
def _versions(name: str) -> list[type[PageObject]]:
    """The page objects of a platform, the one that was valid first in front."""
    if name not in platforms():
        raise KeyError(name)
    module = import_module(f"crawler.pages.{name}")
    versions = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, PageObject) and value.__module__ == module.__name__
    ]
    return sorted(versions, key=lambda version: version.valid_until or date.max)


__all__ = ["Fields", "PageObject", "page_object", "platforms"]
