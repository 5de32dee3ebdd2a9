"""Archives what ministries publish and reads it: see README.md. The public names are importable from here."""

# Nothing is imported here: a Ctrl-C that should end the command quietly would fall into it.
TYPE_CHECKING = False  # checkers of types know this name also where it does not come from typing
if TYPE_CHECKING:
    from crawler.extraction import extract, identify_language
    from crawler.library import ArticleRow, Package, RevisionRow, Snapshot, VersionChanged
    from crawler.model import Article, Language, Rejection, Seed

__version__ = "0.1.0"
__all__ = [
    "Article",
    "ArticleRow",
    "Language",
    "Package",
    "Rejection",
    "RevisionRow",
    "Seed",
    "Snapshot",
    "VersionChanged",
    "__version__",
    "extract",
    "identify_language",
]

_HOMES = {
    "extract": "crawler.extraction",
    "identify_language": "crawler.extraction",
    "Article": "crawler.model",
    "Language": "crawler.model",
    "Rejection": "crawler.model",
    "Seed": "crawler.model",
    "Package": "crawler.library",
    "ArticleRow": "crawler.library",
    "RevisionRow": "crawler.library",
    "Snapshot": "crawler.library",
    "VersionChanged": "crawler.library",
}


def __getattr__(name: str) -> object:
    # Loaded on first use: trafilatura and langdetect cost half a second that `--help` should not pay.
    if name in _HOMES:
        from importlib import import_module  # noqa: PLC0415

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'crawler' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
