"""By which page of a document a capture shows it. Pure."""

from __future__ import annotations

from crawler.ids import canonical_url
from crawler.model import Article
from crawler.package.history.same_bytes import Shown
from crawler.package.tables import cell_format
from crawler.package.tables.row_builders import Sight
from crawler.package.tables.tables import Row


def form(sight: Sight, row: Row | None) -> int:
    """How much a capture counts among those of a run: 0 where it shows the document at its own address; 2 where its key
    or its address is that of another page (see `canonical_documents`), and 1 where it shows the key's page, and the
    document stands at another address. `row` is that of its article."""
    outcome, key = sight.outcome, sight.document
    url = outcome.url if isinstance(outcome, Article) else row["url"] if row else key
    if not sight.from_page:
        return 0
    where, url, key = address_cell(sight.capture.url), address_cell(url), address_cell(key)
    if where == url or (url != key and not key.startswith(("http://", "https://"))):
        return 0
    return 1 if where == key else 2


def is_copy(sight: Sight) -> bool:
    """Whether a capture shows a document by the page at another address than the document's."""
    return isinstance(sight.outcome, Article) and form(sight, None) == 2


def has_left(sight: Sight, row: Row, shown: Shown | None) -> bool:
    """Whether a capture asks for a document at an address of before, after its page was read where it stands now: that
    nothing is there any more, as when a site lets its redirects go, says nothing of the document. `row` is that of its
    article, and `shown` what it stands on."""
    where = address_cell(sight.capture.url)
    is_read = shown is not None and address_cell(shown.url) == row["url"]
    return is_read and where != row["url"] and where in (row["document"], *cell_format.parse_array(row["aliases"]))


def address_cell(url: str) -> str:
    """An address in its canonical spelling, as a cell holds it."""
    try:
        return cell_format.line(canonical_url(url))
    except ValueError:
        return cell_format.line(url)
