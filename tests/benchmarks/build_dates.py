"""Writes the words of Unicode CLDR that dates are read by: `python -m tests.benchmarks.build_dates FOLDER`.

FOLDER holds the npm packages `cldr-dates-full` and `cldr-core` of the release that Babel carries, unpacked; Babel
itself has neither "yesterday" nor the hours of "afternoon". A test says when Babel carries
another release than the table."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.core import get_global

from crawler.extraction.dates.cldr_words import TABLE, joined, phrase

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = ("minute", "hour", "day")
FIXED = {"am": "a", "pm": "p"}


def minutes(clock: str) -> int:
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)


def spans(rules: dict[str, Any]) -> dict[str, list[int]]:
    """By name of a period: its first minute of the day and the one after its last."""
    found = {}
    for name, rule in rules.items():
        if "_at" in rule:
            found[name] = [minutes(rule["_at"]), minutes(rule["_at"])]
        else:
            found[name] = [minutes(rule["_from"]), minutes(rule["_before"])]
    return found


def periods(gregorian: dict[str, Any], rules: dict[str, list[int]]) -> Iterator[tuple[str, Any]]:
    for contexts in gregorian["dayPeriods"].values():
        for width, words in contexts.items():
            for name, word in words.items():
                key = joined(word)
                meaning = FIXED.get(name.removesuffix("-alt-variant")) or rules.get(name)
                if (
                    meaning
                    and key
                    and not key.isdigit()
                    and not (width == "narrow" and len(key) == 1 and key.isascii())
                ):
                    yield key, meaning


def only(pairs: Iterator[tuple[str, Any]]) -> dict[str, Any]:
    """What each word means; am and pm before the hours of the day; a word of two meanings is left out."""
    table: dict[str, Any] = {}
    clashes = set()
    for word, meaning in pairs:
        if word not in table or (isinstance(meaning, str) and not isinstance(table[word], str)):
            table[word] = meaning
        elif table[word] != meaning and isinstance(meaning, str) == isinstance(table[word], str):
            clashes.add(word)
    return {word: table[word] for word in sorted(table) if word not in clashes}


def months(gregorian: dict[str, Any]) -> dict[str, list[str]]:
    """By number, the names of each month in all contexts, as they are written; narrow ones are letters."""
    found: dict[str, dict[str, None]] = {}
    for widths in gregorian["months"].values():
        for width in ("wide", "abbreviated"):
            for number, name in widths[width].items():
                found.setdefault(number, {})[name] = None
    named = {
        number: [n for n in names if not n.startswith("M") or not n[1:].isdigit()] for number, names in found.items()
    }
    return {number: names for number, names in named.items() if names}


def days(fields: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for width in ("", "-short", "-narrow"):
        for name, word in fields[f"day{width}"].items():
            if name.startswith("relative-type-") and int(name.removeprefix("relative-type-")) <= 0:
                yield phrase(word), int(name.removeprefix("relative-type-"))


def past(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for unit in UNITS:
        for width in ("", "-short", "-narrow"):
            for pattern in fields[f"{unit}{width}"].get("relativeTime-type-past", {}).values():
                before, number, behind = pattern.partition("{0}")
                if number and (phrase(before) or phrase(behind)) and "-" not in pattern:
                    yield f"{phrase(before)}|{phrase(behind)}", unit


def words_of(folder: Path, name: str, rules: dict[str, Any]) -> dict[str, Any]:
    read = lambda file: json.loads((folder / name / file).read_text("utf-8"))["main"][name]["dates"]  # noqa: E731
    gregorian, fields = read("ca-gregorian.json")["calendars"]["gregorian"], read("dateFields.json")["fields"]
    told = rules.get(name) or rules.get(name.partition("-")[0]) or {}
    return {
        "months": months(gregorian),
        "periods": only(periods(gregorian, spans(told))),
        "days": only(days(fields)),
        "ago": only(past(fields)),
    }


def weekdays(folder: Path) -> dict[str, str]:
    """The words of all languages for the days of the week, with the days that each is part of the name of, as ISO 8601
    counts them (1 is Monday); none that is a figure or one letter of the Latin script."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.iterdir()):
        dates = json.loads((path / "ca-gregorian.json").read_text("utf-8"))["main"][path.name]["dates"]
        for contexts in dates["calendars"]["gregorian"]["days"].values():
            for width in ("wide", "abbreviated"):
                for day, name in contexts[width].items():
                    for word in phrase(name).split():
                        found.setdefault(word, set()).add(str(DAYS.index(day) + 1))
    return {
        word: "".join(sorted(days))
        for word, days in found.items()
        if len(word) > 2 - (not word.isascii()) and not any(c.isdigit() for c in word)
    }


def main() -> None:
    folder = Path(sys.argv[1])
    main_folder, core = folder / "cldr-dates-full" / "main", folder / "cldr-core" / "supplemental"
    raw = json.loads((core / "dayPeriods.json").read_text("utf-8"))["supplemental"]
    release = raw["version"]["_cldrVersion"]
    assert release == get_global("cldr")["version"], (
        f"CLDR {release}, but Babel carries {get_global('cldr')['version']}"
    )
    root = words_of(main_folder, "und", raw["dayPeriodRuleSet"])
    languages = {}
    for path in sorted(main_folder.iterdir()):
        parts = path.name.split("-")
        if parts[0] == "und" or (parts[0] != "ar" and any(len(part) < 4 or part.isdigit() for part in parts[1:])):
            continue  # scripts, and no countries, but those whose Arabic has other months
        its = words_of(main_folder, path.name, raw["dayPeriodRuleSet"])
        own = {kind: {k: v for k, v in words.items() if root[kind].get(k) != v} for kind, words in its.items()}
        if any(own.values()):
            languages[path.name] = {kind: words for kind, words in own.items() if words}
    table = {"cldr": release, "languages": languages, "weekdays": weekdays(main_folder)}
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"CLDR {release}: {len(languages)} languages")


if __name__ == "__main__":
    main()
