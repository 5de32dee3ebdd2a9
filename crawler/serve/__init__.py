"""The archive in a browser: articles of a package and their snapshots, on this machine only."""

from crawler.serve.library import Library
from crawler.serve.server import make_server

__all__ = ["Library", "make_server"]
