"""Names of people and offices in the words of a byline: labels, signs, offices and addresses cut off, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from itertools import islice

from crawler.extraction.tree import even, key

# Words in front of who wrote it. Those of the second group are parts of surnames as well ("Von der Leyen").
_WRITTEN = (
    r"(?:written|posted|published|reported|submitted|reporting|story|text|words|article) by|by|"
    r"(?:verfasst|geschrieben|erstellt|veröffentlicht|ein (?:artikel|beitrag|gastbeitrag)|text|bericht) von|"
    r"(?:écrit|publié|rédigé|propos recueillis|texte) par|(?:escrito|publicado|redactado|texto) por|"
    r"(?:scritto|pubblicato|a cura) d[ai]|(?:geschreven|gepubliceerd) door|door|skriven av|(?:skrevet|skrivet) a[fv]|"
    r"napisan[aey] przez|oleh|от|подготовил[аи]?|написал[аи]?|tayyorladi|тайёрлади|бэлтгэсэн|"
    r"scris de|napisał[ai]?|opracował[ai]?|oprac\.|piše|пише|מאת"
)
_ALSO_SURNAME = r"von|par|por|di|da|av|af"
# The same as labels, which a colon sets off, or a cell of their own; words for a duty need the colon.
_AUTHOR = (
    r"автор[ыи]?(?:\s+(?:статьи|текста|материала))?|муаллиф\w{0,4}|muallif\w{0,4}|авторлар\w?|авторы|author(?:s|\(s\))?|"
    r"written by|autor(?:[:*/_]?in|en|es|as?|i|ka|ři|zy|em|in/autor|\(?[ei]n\)?)?|auteur(?:e|s|es)?|autrice|autor[ei]|"
    r"verfasser(?:in)?|autorius|autors|forfattar[ei]?|forfatter|författare|kirjoittaja|szerző|yazar[ıi]?|müəllif|awtor\w?|автори|"
    r"հեղինակ|ավտոր|ავტორი|συντάκτης|penulis|tác giả|ผู้เขียน|зохиогч|"
    r"(?:ال)?كاتب(?:ة)?|بقلم|نویسنده|작성자|글쓴이|作者|著者|執筆者?|筆者"
)
_DUTY = (
    r"текст(?:\s+и\s+фото)?|корреспондент|журналист|muxbir|мухбир|тілші|кабарчы|writers?|reporters?|text|words|"
    r"redakteur(?:in)?|texto|texte|testo|tekst|text (?:und|&) fotos?|skribent|teksti|írta|yazan|muhabir|haber|"
    r"reportase|pewarta|كتبت?|تحرير|сэтгүүлч|إعداد|기자|글|记者|本报记者|撰文|撰稿|文|文責|取材・文"
)
_LABEL = f"{_AUTHOR}|{_DUTY}"
_BY = re.compile(rf"^\W*(?:(?:{_WRITTEN}|автор|author|autor)\b\s*:?\s+|(?:{_LABEL})\s*[:：]\s*)", re.IGNORECASE)
_BY_REPORTER = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,5}(?=记者|见习|通讯))?(?:见习)?(?:记者|通讯员)\s*[:：]?\s*(?=[\u4e00-\u9fff]{2})"
)
_BY_SURNAME = re.compile(rf"^(?:{_ALSO_SURNAME})\s*:?\s+(?=\S+\s+\S)", re.IGNORECASE)
_LABELLED = re.compile(rf"^\W*(?:{_LABEL}|{_WRITTEN}|{_ALSO_SURNAME})\s*[:：]\s*(?P<names>\S.*)$", re.IGNORECASE)
_CREDITED = re.compile(rf"^\W*(?:{_WRITTEN}|{_ALSO_SURNAME}|autor(?:in|en|es|as)?|authors?)\s+(?P<names>\S.*)$", re.I)
_LABEL_ALONE = re.compile(
    rf"^\W*(?:(?:{_AUTHOR})\W*|(?:{_DUTY}|{_WRITTEN}|{_ALSO_SURNAME})\s*[:：]\s*)$", re.IGNORECASE
)
_CREDIT = re.compile(
    r"^\W*(?:editors?|edited by|redaktor\w*|редактор|muharrir|муҳаррир|redaktion|redacción|édition|"
    r"(?:фото|foto|fotos?|photos?|surat|сурат|bild|сүрөт|фотограф)(?: by| de| von| di)?|责任?编辑?|编辑|校对|編集|写真|"
    r"편집|사진)"
    r"\s*[:：]\s*(?P<names>\S.*)$",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:;|\||•|、|\n|,(?!\s*(?:Jr|Sr|PhD|MD)\b)|\s(?:and|und|et|y|и|va|ва|və|және|жана|hám|hem)\s)\s*"
)
# Words for "and" that are parts of names too, and signs that stand in the names of agencies: between two full names.
_JOINED = re.compile(
    r"^(\S+(?: \S+)+?)(?: (?:og|och|oraz|ve|en|e|i|ja|és|și|ir|un|та|և|და|ile|dan|&|\+|/) |/)(\S+(?: \S+)+)$"
)
_PLACE = re.compile(
    r" (?:in|aus|à|en|em|w|i|из|в) [A-ZÀ-ÞА-Я]\S+(?: [A-ZÀ-ÞА-Я]\S+)?$"
)  # "Anna Ivanova in New Riverton"
_ABBREVIATION = re.compile(r"(?<![^\s-])[A-ZÀ-ÞА-Я]{2,}(?![^\s-])")
_OTHERS_WORK = re.compile(r"[;.,]?\s*(?:additional reporting|editing|edited|writing|compiled|translated) by\b.*$", re.I)
_SIGN = re.compile(r"\s*\([^()]{1,12}\)$")  # "Anna Ivanova (aiv)": how editors sign
_ADDRESS = re.compile(r"\s*[(<\[]?(?:\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\S)@\S+)[)>\]]?\s*")
_SITE = re.compile(r"://|\bwww\.", re.IGNORECASE)
# Offices that Korean, Japanese and Chinese bylines set behind the name.
_OFFICE = re.compile(r"\s*(?:(?:선임|수습|인턴|전문|객원|취재)?\s?기자|특파원|논설위원|記者|特派員|編集委員|论说委员)$")
_DUTIES = frozenset(
    "reporter reporters writer writers correspondent correspondents journalist journalists columnist editor editors "
    "contributor contributors producer redakteur redakteurin korrespondent korrespondentin journalistin autor autorin "
    "volontär volontärin redactor redactora periodista corresponsal journaliste rédacteur rédactrice giornalista "
    "redattore jornalista repórter корреспондент корреспондентка журналист журналистка редактор обозреватель muxbir "
    "мухбир muhabir muhabiri journalistin dziennikarz dziennikarka redaktor".split()
)
_AND = re.compile(r"\W*(?:by|von|par|por|di|and|und|et|y|e|и|ва|va|og|och|en|oraz|ve)?\W*$", re.IGNORECASE)
# What a system writes where nobody entered a name: its first user, or the words for "nobody".
_NOBODY = re.compile(
    r"(?:the )?(?:(?:wp|web|site|cms|portal|sys|system|news|content)[ _-]?)?(?:admin(?:istrat(?:or|eur|ore|ör))?|"
    r"administrador|webmaster|superuser|moderator|user|root)[ _-]?|super user|(?:guest|demo|test)(?: user)?|"
    r"админ(?:истратор)?|модератор|관리자|운영자|管理员|管理者|no (?:author|name|byline)|without author|без автора|"
    r"(?:unknown|anonymous)(?: author)?|(?:the )?authors?|autor(?:in|en)?|автор|muallif|none|null|undefined|nobody|"
    r"default|untitled|publisher|editor|by|von|and|und|par|por",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"\W*(?:copyright\b|©|\(c\))", re.IGNORECASE)
# What begins words in a byline that are no name, with capital letters as names have.
_NO_NAME = re.compile(
    r"(?:share|follow|read|more|view|see|show|updated?|published|posted|modified|created|subscribe|print|comments?|all|"
    r"about|photos?|fotos?|image|video|mehr|alle|artikel|zum|zur|folgen|teilen|stand|log|sign|my|mein|lesezeit|veröffentlicht|aktualisiert|"
    r"ver|más|voir|tous|partager|publié|getty|about|e-?mail|facebook|twitter|instagram|telegram|whatsapp|linkedin|source|"
    r"quelle|fuente|источник|фото|опубликовано|обновлено|сегодня|вчера|просмотр\w*|kaynak|manba|manbasi|manbaa|манба)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "de da do dos das del della di du la le las los van von vom zu zur der den dem des ter ten bin bint ibn al el af "
    "av y e i o'gli oʻgli o‘gli qizi ogli оглы кызы угли қизи ўғли uulu уулу зода оғлу oğlu kızı".split()
)
# Who holds an office signs decrees and letters, and an office signs as such.
_OFFICE_OF = re.compile(
    r"(?:minist|минист|вазир|vazir|президент|president|prezident|раис|rais|председател|директор|direct|direkt|ректор|"
    r"rektor|hokim|ҳоким|аким|акимат|город|шаҳар|shahar|head|chair|secretar|төрағ|бастық|пресс|press|матбуот|matbuot|"
    r"ахборот|axborot|правительств|республик|комитет|агентств|департамент|управлени|служб|отдел)",
    re.IGNORECASE,
)
_MOST, _LONG = 200, 2000  # statements that are read, and characters of each: data may hold anything
_SENTENCE = 3  # words in small letters that no name has, nor the sign of an agency
_SIGNED = 3  # words of a name under a text
_WORDS, _LETTERS = 6, 60  # that a name has at most
_UNCASED = 8  # letters of a Chinese, Japanese or Korean name written without blanks


def names_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The names that data or a marked place state, each once, as printed."""
    names: dict[str, str] = {}
    for text in islice(texts, _MOST):
        if _RIGHTS.match(text):
            continue
        for part in _parts(without_label(even(unescape(text[:_LONG])))):
            if may_name(part):
                names.setdefault(key(part), part)
    return tuple(names.values())


def shown_names(line: str) -> list[str]:
    """The names in a line of a byline that look like names; duties, places and dates beside them are left out."""
    parts = [_PLACE.sub("", part) for part in _parts(without_label(line))]
    if len(parts) == 2 and "," in line and " " in parts[0] and " " not in parts[1]:
        parts = parts[:1]  # "Anna Ivanova, Tashkent"
    if parts and not _ABBREVIATION.search(parts[0]):
        parts = [part for part in parts if not _ABBREVIATION.search(part)]  # "Anna Ivanova, TTX Riverton"
    return [part for part in parts if may_name(part) and is_name(part) and not _is_duty(part)]


def labelled_names(line: str) -> list[str]:
    """The names in "Author: Anna Ivanova" or "By Anna Ivanova", when the line has nothing else; else none."""
    line = _OTHERS_WORK.sub("", line.strip("()[] "))
    match = _LABELLED.match(line)
    names = _all_names(match["names"]) if match else []
    if not names and (rest := _BY_REPORTER.sub("", line)) != line:
        names = _all_names(rest)
    if names or (match := _CREDITED.match(line)) is None:
        return names
    names = _all_names(match["names"])  # no colon: full names only, since "by" begins other lines too
    return names if all(is_full(name) and not name[0].islower() for name in names) else []


def signed_name(line: str) -> str | None:
    """The name in front of the office on a line of its own: how Korean, Japanese and Chinese papers sign."""
    words = even(_ADDRESS.sub(" ", line)).strip(" =[]【】()")
    name = _OFFICE.sub("", words)
    return name if name != words and 2 <= len(name) <= _UNCASED and is_name(name) and may_name(name) else None


def signature(line: str) -> list[str]:
    """The name in "Anna Ivanova, Agency" at the side where letters are signed; none for who holds an office."""
    names = shown_names(line)
    is_one = len(names) == 1 and is_full(names[0]) and len(names[0].split()) <= _SIGNED
    return names if is_one and not _OFFICE_OF.match(names[0]) else []


def is_plain_signature(line: str) -> bool:
    """Whether capital letters alone tell a name: as in "Anna IVANOVA", or in the languages of Cyrillic script, which
    begin no other words of a line with them."""
    words = line.split(",", maxsplit=1)[0].split()
    return words[-1].isupper() != words[0].isupper() or ("Ѐ" <= line[0] <= "ӿ")


def is_credit(line: str) -> bool:
    """True for "Editor: Anna Ivanova", "Photo: ..." and their like: others who worked on it, and nothing else."""
    match = _CREDIT.match(line)
    return match is not None and bool(_all_names(match["names"]))


def is_label_alone(text: str) -> bool:
    """True for the word for "author" and nothing else."""
    return bool(_LABEL_ALONE.match(text))


def is_aside(text: str) -> bool:
    """True for words that stand in bylines beside names: labels, dates, invitations to share, words for "and"."""
    is_number = any(c.isdigit() for c in text) and (" " in text or text[0].isdigit())  # and no account: "ax9"
    return is_label_alone(text) or is_number or bool(_NO_NAME.match(text) or _AND.match(text))


def without_label(text: str) -> str:
    """A byline without the words for "author" or "by" in front."""
    rest = _BY_REPORTER.sub("", _BY.sub("", text))
    match = _BY_SURNAME.match(rest)
    if (
        match and not rest.startswith(("Di ", "Da ")) and not rest[match.end()].islower()
    ):  # "Von Anna Weber", and not "von der Leyen"
        rest = rest[match.end() :]
    return _BY.sub("", rest)


def may_name(name: str) -> bool:
    """False for addresses, numbers, domains, placeholders, and what has more words than names have."""
    return (
        len(name) <= _LETTERS
        and len(name.split()) <= _WORDS
        and (len(key(name)) > 2 or (len(key(name)) == 2 and not name.isascii()))
        and "@" not in name
        and not name.startswith("http")
        and not _SITE.search(name)
        and not any(c.isdigit() for c in name)
        and sum(1 for word in name.split() if word.casefold() not in _PARTICLES and not _is_capital(word)) < _SENTENCE
        and not _NOBODY.fullmatch(name)
    )


def is_name(text: str) -> bool:
    """Whether a line has the shape of a name: few words with capital letters, or of a script that has none."""
    words = text.split()
    if not 1 <= len(words) <= _WORDS or len(text) > _LETTERS or any(c.isdigit() or c in _MARKS for c in text):
        return False
    if (text.endswith(".") and len(words[-1]) > 4) or _NO_NAME.match(text):
        return False
    bearing = [word for word in words if word.casefold() not in _PARTICLES]
    return bool(bearing) and all(_is_capital(word) for word in bearing)


def is_full(name: str) -> bool:
    """Whether a name has more than one word, or is of a script that writes names without blanks."""
    return " " in name or (not name.isascii() and "一" <= name[0] <= "힣" and len(name) > 1)


_MARKS = frozenset(':!?…|/()[]{}<>«»"“”„*=_#')


def _is_capital(word: str) -> bool:
    first = next((c for c in word if c.isalpha()), "")
    if "\u2e80" <= first <= "\ud7ff":
        return len(word) <= _UNCASED or "・" in word
    return bool(first) and (not first.islower() or "ა" <= first <= "ჿ")  # Georgian letters are written in one case


def _is_duty(name: str) -> bool:
    return name.rsplit(maxsplit=1)[-1].casefold().rstrip(".") in _DUTIES


def _parts(text: str) -> list[str]:
    """The names of a list in words, one by one, without signs and addresses; a duty beside a name is none."""
    text = _ADDRESS.sub(_or_blank, text)
    parts: list[str] = []
    for several in _SPLIT.split(text):
        rest = several
        while (match := _JOINED.match(rest)) and is_name(match[1]) and is_name(match[2].split(" ", 1)[0]):
            parts.append(match[1])
            rest = match[2]
        parts.append(rest)
    clean = [_clean(part) for part in parts]
    return [part for part in clean if part and not (_is_duty(part) and part != clean[0])]


def _or_blank(match: re.Match[str]) -> str:
    return "" if match.end() == len(match.string) or match.start() == 0 else " "


def _clean(part: str) -> str:
    name = without_label(part.strip(" ,\u2014\u2013-·/"))
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]  # "anna@ministry.example (Anna Ivanova)"
    name = _SIGN.sub("", name)
    return _OFFICE.sub("", name) or name


def _all_names(text: str) -> list[str]:
    """The names of a line that has nothing but names; none where anything else stands among them."""
    parts = [_PLACE.sub("", part) for part in _parts(text)]
    return parts if parts and all(may_name(part) and is_name(part) for part in parts) else []
