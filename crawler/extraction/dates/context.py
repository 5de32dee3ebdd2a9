"""What is known of a page before its dates are read: its languages and country, the order of its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crawler.extraction.dates.calendars.conversions import Calendar, day_in, known_days, may_be

_PERSIAN_COUNTRIES, _PERSIAN_LANGUAGES = frozenset(("ir", "af")), frozenset("fa prs ps ckb azb glk mzn lrc haz".split())
_ISLAMIC_COUNTRIES = frozenset("sa ae bh qa kw om ye iq jo sy lb ps eg ly tn dz ma mr sd so dj km pk bn my".split())
_ISLAMIC_LANGUAGES = frozenset(("ar", "ur"))
_BUDDHIST_COUNTRIES, _BUDDHIST_LANGUAGES = frozenset("th la kh mm lk".split()), frozenset("th lo km".split())
_MINGUO_LANGUAGES = frozenset(("zh-Hant", "zh-TW", "zh-Hant-TW"))
_ETHIOPIC_LANGUAGES = frozenset(("am", "ti", "om"))
_DIGITS = {"٠": "arabic", "۰": "persian", "๐": "thai", "໐": "thai", "០": "thai"}


@dataclass(frozen=True, slots=True)
class Context:
    """`languages` are BCP 47, `country` is ISO 3166 in small letters. `order` (DMY, MDY, YMD) is that of figures whose
    year is not in front; empty where nobody knows. `latest` is the last day that a page can have been published.
    `data` marks what machines write for machines: Gregorian, unless its year can be no Gregorian one."""

    languages: tuple[str, ...] = ()
    country: str = ""
    order: str = "DMY"
    short_years: bool = False
    latest: date | None = None
    data: bool = False
    digits: str = ""  # the script of the line's figures, where they are not ASCII

    def speaks(self, languages: frozenset[str]) -> bool:
        """Whether a language of the page is one of these."""
        return any(tag in languages or tag.partition("-")[0] in languages for tag in self.languages)


def script_of_digits(line: str) -> str:
    """The script of the first figure of a line that is not ASCII: arabic, persian, thai; else empty."""
    for letter in line:
        if not letter.isascii() and letter.isdecimal():
            zero = chr(ord(letter) - int(letter))
            return _DIGITS.get(zero, "other")
    return ""


def calendars_of(year: int, context: Context) -> tuple[Calendar, ...]:
    """The calendars that a year of four digits can be of, where no era sign says it."""
    if may_be(Calendar.GREGORIAN, year):
        return (Calendar.GREGORIAN, *_beside_gregorian(context))
    if may_be(Calendar.BUDDHIST, year):
        is_buddhist = context.country in _BUDDHIST_COUNTRIES or context.speaks(_BUDDHIST_LANGUAGES)
        return (Calendar.BUDDHIST,) if is_buddhist or context.digits == "thai" else ()
    found = []
    if may_be(Calendar.PERSIAN, year) and _is_persian(context):
        if context.country in _PERSIAN_COUNTRIES:  # in whatever language
            return (Calendar.PERSIAN,)
        found.append(Calendar.PERSIAN)
    is_islamic = context.country in _ISLAMIC_COUNTRIES or context.speaks(_ISLAMIC_LANGUAGES)
    if may_be(Calendar.ISLAMIC, year) and (is_islamic or context.digits == "arabic"):
        found.append(Calendar.ISLAMIC)
    return tuple(found)


def _is_persian(context: Context) -> bool:
    if context.country in _PERSIAN_COUNTRIES or context.speaks(_PERSIAN_LANGUAGES):
        return True
    return context.digits == "persian" and context.country != "pk" and not context.speaks(frozenset(("ur",)))


def _beside_gregorian(context: Context) -> tuple[Calendar, ...]:
    """Calendars whose years of today look like Gregorian ones, on pages of their countries."""
    if context.data:
        return ()
    if context.country == "np" or (context.speaks(frozenset(("ne",))) and context.country in ("", "np")):
        return (Calendar.BIKRAM,)
    is_ethiopic = context.country == "et" or (context.speaks(_ETHIOPIC_LANGUAGES) and context.country == "")
    return (Calendar.ETHIOPIC,) if is_ethiopic else ()


def is_minguo(context: Context) -> bool:
    """Whether a year of three digits is one of the Republic of China."""
    return context.country == "tw" or any(tag in _MINGUO_LANGUAGES for tag in context.languages)


def is_japanese(context: Context) -> bool:
    """Whether a letter in front of a date is an era of Japan."""
    return context.country == "jp" or context.speaks(frozenset(("ja",)))


def uses_buddhist(context: Context) -> bool:
    """Whether years are of the Buddhist era without saying so."""
    return context.country in _BUDDHIST_COUNTRIES or context.speaks(_BUDDHIST_LANGUAGES) or context.digits == "thai"


def uses_persian(context: Context) -> bool:
    """Whether years are of the Solar Hijri calendar without saying so: lines in Persian figures, and those of Iran and
    Afghanistan in their own languages."""
    if context.data or not _is_persian(context):
        return False
    own = context.country in _PERSIAN_COUNTRIES and (not context.languages or context.speaks(_PERSIAN_LANGUAGES))
    return own or context.digits == "persian"


def readings(calendars: tuple[Calendar, ...], year: int, month: int, day: int, context: Context) -> tuple[date, ...]:
    """The days that a year, a month and a day can be, those too late for the page left out."""
    return tuple(known_days(((c, day_in(c, year, month, day)) for c in calendars), context.latest))
