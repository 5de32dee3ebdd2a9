"""The command line: each verb calls one function; errors become exit codes here and nowhere else."""

from __future__ import annotations

from crawler.cli import (  # noqa: F401 - each module adds its verbs to the application
    check,
    data,
    export,
    read,
    release,
    run,
    seeds,
    settings,
    take_in,
)
from crawler.cli.app import app, main

__all__ = ["app", "main"]
