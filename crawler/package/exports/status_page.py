"""How the sources stand, as one page for a browser: no script, nothing loaded, every word escaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any


def status_html(values: Mapping[str, Any]) -> str:
    """The page of `values`, which `crawler.app.status` prepares. All of them are text: none is markup."""
    return str(_template().render(values))


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only this form needs it

    environment = Environment(
        loader=PackageLoader("crawler.package.exports"),
        undefined=StrictUndefined,
        autoescape=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("status.html.j2")
