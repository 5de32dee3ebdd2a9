"""The demo's stories: each with its date, its languages, and what befalls it as the site grows older."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

CATEGORIES = {
    "news": {"ru": "Новости", "en": "News", "oz": "Yangiliklar", "uz": "Янгиликлар"},
    "warnings": {"ru": "Предупреждения", "en": "Warnings", "oz": "Ogohlantirishlar", "uz": "Огоҳлантиришлар"},
    "announcements": {"ru": "Объявления", "en": "Announcements", "oz": "Eʼlonlar", "uz": "Эълонлар"},
}
LANGUAGES = ("oz", "uz", "ru", "en")
LAST_AGE = 9  # what is withdrawn for good stays so until the site is this old
_MARKS = ("## ", "> ", "- ")


@dataclass(frozen=True, slots=True)
class Text:
    """A title and its lines: paragraphs, or with a mark before them "## " a subheading, "> " a quotation, "- " an item
    of a list; lines with " | " are rows of a table."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def plain(self) -> tuple[str, ...]:
        """The lines without their marks, as a reader sees them."""
        return tuple(line[len(mark) :] if (mark := _mark(line)) else line for line in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Story:
    """One story: `texts` by language; `edits` and `gone` by the age of the site from which they hold."""

    number: int
    published: datetime
    category: str
    texts: dict[str, Text]
    born: int = 1
    edits: dict[int, dict[str, Text]] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()
    attachment: bool = False
    slides: int = 1
    slug: str = ""
    tags: tuple[str, ...] = ()
    author: str | None = None

    def lives(self, age: int) -> bool:
        return age >= self.born and age not in self.gone

    def at(self, age: int) -> dict[str, Text]:
        """The texts that the site shows at an age."""
        known = [a for a in self.edits if a <= age]
        return {**self.texts, **self.edits[max(known)]} if known else self.texts

    def changed_at(self, age: int) -> datetime:
        """When the story was changed last."""
        known = [a for a in self.edits if a <= age]
        return self.published + timedelta(days=max(known), hours=1) if known else self.published


def _mark(line: str) -> str:
    return next((mark for mark in _MARKS if line.startswith(mark)), "")


@cache
def portal() -> tuple[Story, ...]:
    """The stories of the portal, by number."""
    cyrillic = tomllib.loads((files("crawler.demo") / "stories" / "cyrillic.toml").read_text("utf-8"))
    return tuple(sorted((_story(raw, cyrillic) for raw in _raw("portal")), key=lambda story: story.number))


@cache
def orchards() -> tuple[Story, ...]:
    """The stories of the WordPress-like section, by date."""
    return tuple(_story(raw | {"number": 500 + index}, {}) for index, raw in enumerate(_raw("orchards")))


def _raw(section: str) -> list[dict[str, Any]]:
    """The tables of a section's files, as `stories/README.md` describes them."""
    folder = files("crawler.demo") / "stories"
    names = sorted(file.name for file in folder.iterdir() if file.name.startswith(section))
    return [raw for name in names for raw in tomllib.loads((folder / name).read_text("utf-8"))["story"]]


def _story(raw: dict[str, Any], cyrillic: dict[str, dict[str, str]]) -> Story:
    told = {language: raw[language] for language in LANGUAGES if language in raw}
    if raw.get("cyrillic"):
        told["uz"] = cyrillic[str(raw["number"])]
    texts = {
        language: _text(told[language]["title"], told[language]["body"]) for language in LANGUAGES if language in told
    }
    return Story(
        number=raw["number"],
        published=raw["date"],
        category=raw.get("category", "news"),
        texts=texts,
        born=raw.get("born", 1),
        edits=_edits(raw.get("edits", []), texts),
        gone=_ages(raw.get("gone", "")),
        attachment=raw.get("pdf", False),
        slides=raw.get("slides", 0),
        slug=raw.get("slug", ""),
        tags=tuple(raw.get("tags", ())),
        author=raw.get("author"),
    )


def _text(title: str, body: str) -> Text:
    return Text(title, tuple(line.strip() for line in body.split("\n") if line.strip()))


def _ages(text: str) -> frozenset[int]:
    """The ages that "2" or "2-" names."""
    if not text:
        return frozenset()
    first, dash, _ = text.partition("-")
    return frozenset(range(int(first), (LAST_AGE if dash else int(first)) + 1))


def _edits(raw: list[dict[str, Any]], texts: dict[str, Text]) -> dict[int, dict[str, Text]]:
    """The texts from the age of each edit on, and the old ones again from where it is taken back."""
    edits: dict[int, dict[str, Text]] = {}
    for edit in raw:
        changed = {language: _replaced(texts[language], edit["old"], edit["new"]) for language in edit["languages"]}
        edits[edit["age"]] = texts | changed
        if "until" in edit:
            edits[edit["until"]] = texts
    return edits


def _replaced(text: Text, old: str, new: str) -> Text:
    changed = Text(text.title.replace(old, new), tuple(line.replace(old, new) for line in text.paragraphs))
    if changed == text:
        raise ValueError(f"an edit of the demo changes nothing: {old!r} is not in {text.title!r}")
    return changed


@dataclass(frozen=True, slots=True)
class Expected:
    """What a crawler should find at an age: counts of document versions (a story in one language)."""

    live: int
    new: int
    edited: int
    withdrawn: int
    restored: int


def expected(age: int) -> Expected:
    """The truth about one age of the site, told from its data alone: against the age before it."""
    every = portal() + orchards()
    live = sum(len(s.texts) for s in every if s.lives(age))
    new = sum(len(s.texts) for s in every if s.born == age or (age == 1 and s.lives(1)))
    if age == 1:
        return Expected(live, live, 0, 0, 0)
    edited = sum(
        1
        for s in every
        if s.lives(age) and s.lives(age - 1)
        for language in s.texts
        if s.at(age)[language] != s.at(age - 1)[language]
    )
    withdrawn = sum(len(s.texts) for s in every if s.lives(age - 1) and not s.lives(age))
    restored = sum(len(s.texts) for s in every if age > s.born and s.lives(age) and not s.lives(age - 1))
    return Expected(live, new, edited, withdrawn, restored)
