"""The demo's stories: themes told for places and numbers, each with its dates, its languages and what befalls it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

PLACES = {  # Russian, English, Uzbek Latin
    "Чинор": ("Чинор", "Chinor", "Chinor"),
    "Олмазор": ("Олмазор", "Olmazor", "Olmazor"),
    "Янгибог": ("Янгибог", "Yangibog", "Yangibogʻ"),
    "Кумкишлак": ("Кумкишлак", "Kumkishlak", "Qumqishloq"),
    "Тошкуприк": ("Тошкуприк", "Toshkuprik", "Toshkoʻprik"),
}
RIVERS = {"Ойсув": ("Ойсув", "Oysuv", "Oysuv"), "Карасай": ("Карасай", "Karasay", "Qorasoy")}
CATEGORIES = {
    "news": {"ru": "Новости", "en": "News", "oz": "Yangiliklar", "uz": "Янгиликлар"},
    "warnings": {"ru": "Предупреждения", "en": "Warnings", "oz": "Ogohlantirishlar", "uz": "Огоҳлантиришлар"},
    "announcements": {"ru": "Объявления", "en": "Announcements", "oz": "Eʼlonlar", "uz": "Эълонлар"},
}
LANGUAGES = ("oz", "uz", "ru", "en")
# Which languages a story has, in turn: like the real portal, few stories have all four.
_VERSIONS = (("oz", "uz", "ru", "en"), ("oz", "uz", "ru"), ("oz", "uz"), ("ru",), ("oz", "uz", "ru", "en"))
_FIRST = datetime(2026, 3, 12, 10, 0, 0)  # noqa: DTZ001 - the portal writes local times without a zone
_NUMBER = 223_001


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    paragraphs: tuple[str, ...]


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


@cache
def _themes() -> dict[str, Any]:
    return tomllib.loads((files("crawler.demo") / "stories.toml").read_text("utf-8"))


def _tell(theme: dict[str, Any], language: str, turn: int) -> Text:
    column = ("ru", "en", "oz").index(language)
    place = list(PLACES.values())[turn % len(PLACES)][column]
    river = list(RIVERS.values())[turn % len(RIVERS)][column]
    values = {"place": place, "river": river, "n": 12 + 7 * turn, "m": 260 + 135 * turn, "day": 5 + turn}
    told = theme[language]
    return Text(told["title"].format(**values), tuple(line.format(**values) for line in told["text"]))


@cache
def portal() -> tuple[Story, ...]:
    """The stories of the portal: 9 themes told for 5 places, and three that come at age 2."""
    stories = []
    themes = _themes()["theme"]
    for index in range(len(themes) * len(PLACES) + 3):
        theme, turn = themes[index % len(themes)], index // len(themes)
        latin = _tell(theme, "oz", turn)
        told = {"ru": _tell(theme, "ru", turn), "en": _tell(theme, "en", turn), "oz": latin}
        told["uz"] = Text(cyrillic(latin.title), tuple(map(cyrillic, latin.paragraphs)))
        texts = {language: told[language] for language in _VERSIONS[index % len(_VERSIONS)]}
        published = _FIRST + timedelta(days=2 * index, hours=index % 7, minutes=13 * (index % 4))
        born = 1 if index < len(themes) * len(PLACES) else 2
        stories.append(
            Story(
                _NUMBER + 17 * index,
                published,
                theme["category"],
                texts,
                born,
                _edits(index, texts),
                frozenset({2}) if index == 6 else frozenset({2, 3, 4, 5, 6, 7, 8, 9}) if index == 11 else frozenset(),
                theme["slug"] == "tender",
            )
        )
    return tuple(stories)


def _edits(index: int, texts: dict[str, Text]) -> dict[int, dict[str, Text]]:
    """Story 3 gets another title at age 2; story 4 another number at age 2 and its old wording back at age 3."""
    if index == 3:
        return {2: {language: Text(t.title + " (уточнено)", t.paragraphs) for language, t in texts.items()}}
    if index == 8:
        other = {
            language: Text(t.title, (*t.paragraphs[:-1], t.paragraphs[-1] + " 24/7.")) for language, t in texts.items()
        }
        return {2: other, 3: texts}
    return {}


@cache
def orchards() -> tuple[Story, ...]:
    """The stories of the WordPress-like section; one is edited and one withdrawn (410) at age 2."""
    data, stories = _themes()["orchards"], []
    for index in range(len(data["theme"]) * len(data["places"])):
        theme, turn = data["theme"][index % len(data["theme"])], index // len(data["theme"])
        values = {"place": data["places"][turn], "n": 9 + 4 * index}
        text = Text(theme["title"].format(**values), tuple(line.format(**values) for line in theme["text"]))
        edits = {2: {"en": Text(text.title, (*text.paragraphs, "Corrected: the first version named the wrong week."))}}
        stories.append(
            Story(
                500 + index,
                datetime(2026, 4, 1, 9, 30) + timedelta(days=3 * index, minutes=7 * index),  # noqa: DTZ001
                "news",
                {"en": text},
                1,
                edits if index == 2 else {},
                frozenset(range(2, 10)) if index == 5 else frozenset(),
            )
        )
    return tuple(stories)


_PAIRS = (
    ("oʻ", "ў"), ("gʻ", "ғ"), ("Oʻ", "Ў"), ("Gʻ", "Ғ"), ("sh", "ш"), ("Sh", "Ш"), ("ch", "ч"), ("Ch", "Ч"),
    ("yo", "ё"), ("Yo", "Ё"), ("yu", "ю"),
    ("Yu", "Ю"), ("ya", "я"), ("Ya", "Я"), ("ye", "е"), ("Ye", "Е"), ("ts", "ц"), ("ʼ", "ъ"),
)  # fmt: skip
_LETTERS = str.maketrans(
    "abdefghijklmnopqrstuvxyzABDEFGHIJKLMNOPQRSTUVXYZ", "абдефгҳижклмнопқрстувхйзАБДЕФГҲИЖКЛМНОПҚРСТУВХЙЗ"
)


def cyrillic(text: str) -> str:
    """Uzbek in Latin script written in Cyrillic, by the rules of the 1995 alphabet's table."""
    return " ".join(_cyrillic_word(word) for word in text.replace("oktabr", "oktyabr").split(" "))


def _cyrillic_word(word: str) -> str:
    opening = "«" if word.startswith("«") else ""
    rest = word.removeprefix("«")
    if rest[:1] in ("e", "E"):  # an initial e is э; after a vowel too, but no word here has that
        rest = ("э" if rest[0] == "e" else "Э") + rest[1:]
    for latin, letter in _PAIRS:
        rest = rest.replace(latin, letter)
    return opening + rest.translate(_LETTERS)


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
