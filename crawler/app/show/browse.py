"""`serve`: the archive to browsers of this machine."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from crawler.package.descriptor.cell_types import checked_row
from crawler.package.exports import query
from crawler.package.exports.explorer import explorer_file
from crawler.package.exports.export import export
from crawler.package.publication.consistent_read import steadily
from crawler.serve import Library, make_server
from crawler.serve.replay import component
from crawler.serve.replay.server import replay_server
from crawler.workspace import Workspace


def browse(
    package: Path, port: int | None, tell: Callable[[str], None], *, replay: bool = False, fetch: bool = False
) -> None:
    """Serves a package until Ctrl-C; `tell` is told the addresses. With `replay` a second server has ReplayWeb.page,
    which `fetch` gets first where it is not in the cache. Raises NotFound where it is not, EnvironmentFault."""
    workspace = Workspace(package)
    with suppress(KeyboardInterrupt), ExitStack() as stack:
        address = ""
        if replay:
            if fetch:
                component.fetch()
            address = stack.enter_context(_replayed(workspace, component.component(), port and port + 1))
        library = stack.enter_context(closing(steadily(workspace, lambda: _library(workspace))))
        server = stack.enter_context(make_server(library, port, replay=address))
        tell(f"http://127.0.0.1:{server.server_port}/  (Ctrl-C ends)")
        if address:
            tell(f"{address}/  {component.PRODUCT}: scripts of archived pages run there")
        server.serve_forever()


def _library(workspace: Workspace) -> Library:
    def find(article: str) -> tuple[Mapping[str, str], Sequence[Mapping[str, str]]]:
        found = query.find(workspace, article)
        row, revisions = checked_row("articles", found.article), [checked_row("revisions", r) for r in found.revisions]
        return {**row, "last_confirmed_at": query.last_confirmed(workspace, row)}, revisions

    def page(path: str) -> bytes:
        return steadily(workspace, lambda: explorer_file(workspace, path))

    return Library(workspace, query.rows(workspace, "articles"), find, page)


@contextmanager
def _replayed(workspace: Workspace, files: Mapping[str, bytes], port: int | None) -> Iterator[str]:
    """The address of ReplayWeb.page, over the package as a WACZ in a file without a name, which goes with this process
    however that ends."""
    with ExitStack() as stack:
        with tempfile.TemporaryDirectory(prefix="ministry-news-") as folder:
            wacz = Path(folder) / "package.wacz"
            export(workspace, "wacz", wacz)
            name = hashlib.sha256(workspace.descriptor.read_bytes()).hexdigest()[:16]
            address = stack.enter_context(replay_server(files, wacz, name, port))
        yield address
