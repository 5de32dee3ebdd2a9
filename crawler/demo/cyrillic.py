"""Uzbek from Latin to Cyrillic script, for the demo's own texts.

The rules are those of the official spelling; loan words whose Cyrillic spelling no rule gives stand in a list, and
the demo's texts use no others. `python -m crawler.demo.cyrillic` writes `stories/cyrillic.toml`; a test compares.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

_PAIRS = {
    "yoʻ": "йў", "oʻ": "ў", "gʻ": "ғ", "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е",
    "a": "а", "b": "б", "d": "д", "f": "ф", "g": "г", "h": "ҳ", "i": "и", "j": "ж", "k": "к", "l": "л", "m": "м",
    "n": "н", "o": "о", "p": "п", "q": "қ", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "x": "х", "y": "й",
    "z": "з", "e": "е", "ʼ": "ъ",
}  # fmt: skip
# Stems whose spelling follows the Russian original: "ts" and "s" for ц, silent soft and hard signs, "ayo" for айо.
_STEMS = {
    "yanvar": "январь", "fevral": "февраль", "aprel": "апрель", "iyun": "июнь", "iyul": "июль",
    "sentabr": "сентябрь", "oktabr": "октябрь", "noyabr": "ноябрь", "dekabr": "декабрь",
    "rayon": "район", "obyekt": "объект", "subyekt": "субъект", "litsey": "лицей", "litsenziya": "лицензия",
    "stansiya": "станция", "konferensiya": "конференция", "agentlik": "агентлик", "konsert": "концерт",
    "sex": "цех", "sement": "цемент", "kalendar": "календарь", "gidrotexnik": "гидротехник",
    "televide": "телевиде", "rejissyor": "режиссёр", "mayor": "майор",
    "dvigatel": "двигатель", "albom": "альбом", "filtr": "фильтр", "viloyat": "вилоят", "prinsip": "принцип",
    "model": "модель",
}  # fmt: skip
_TSIYA = re.compile(r"tsiya")
_WORD = re.compile(r"[A-Za-zʻʼ]+")
_UNIT = re.compile("|".join(sorted(_PAIRS, key=len, reverse=True)), re.IGNORECASE)
_VOWELS = "aeiou"


def to_cyrillic(text: str) -> str:
    """`text` with every Latin word written in Uzbek Cyrillic. Words in Latin that are no Uzbek (e.g. names of
    products) must not stand in it. ʻ is U+02BB and ʼ is U+02BC, as the spelling rules want."""
    return _WORD.sub(lambda match: _word(match[0]), text)


def _word(word: str) -> str:
    lower = word.lower()
    for stem, cyrillic in _STEMS.items():
        if lower.startswith(stem):
            ending = lower[len(stem) :]
            # Before a suffix the soft sign falls away: октябрь, but октябрда.
            start = cyrillic[:-1] if cyrillic.endswith("ь") and ending else cyrillic
            return _cased(word, start + _letters(ending, lower[: len(stem)]))
    return _cased(word, _letters(lower, ""))


def _letters(word: str, before: str) -> str:
    out: list[str] = []
    at = 0
    word = _TSIYA.sub("\u0446iya", word)
    while at < len(word):
        match = _UNIT.match(word, at)
        if match is None:
            out.append(word[at])
            at += 1
            continue
        unit = match[0]
        previous = (before + word[:at])[-1:]
        initial_e = unit == "e" and (not previous or previous in _VOWELS)
        out.append("э" if initial_e else _PAIRS[unit])
        at = match.end()
    return "".join(out)


def _cased(latin: str, cyrillic: str) -> str:
    letters = [c for c in latin if c.isalpha()]
    if len(letters) > 2 and all(c.isupper() for c in letters):
        return cyrillic.upper()
    return cyrillic[:1].upper() + cyrillic[1:] if latin[:1].isupper() else cyrillic


def stored(folder: Path) -> str:
    """What `cyrillic.toml` must hold: the Cyrillic form of every Latin text of the portal that asks for it."""
    out = ["# Texts: CC0 1.0. Made from the Latin texts by `python -m crawler.demo.cyrillic`; do not edit by hand.\n"]
    for file in sorted(folder.glob("portal-*.toml")):
        for raw in tomllib.loads(file.read_text("utf-8"))["story"]:
            if raw.get("cyrillic"):
                title, body = to_cyrillic(raw["oz"]["title"]), to_cyrillic(raw["oz"]["body"])
                # JSON's strings are TOML's basic strings, as long as only quotes and backslashes are escaped.
                heading = json.dumps(title, ensure_ascii=False)
                out.append(f'[{raw["number"]}]\ntitle = {heading}\nbody = """\n{body.strip()}\n"""\n')
    return "\n".join(out)


if __name__ == "__main__":
    here = Path(__file__).resolve().parent / "stories"
    (here / "cyrillic.toml").write_text(stored(here), "utf-8")
