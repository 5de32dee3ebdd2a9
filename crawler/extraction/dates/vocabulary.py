"""Words of dates in the languages of Central Asia and in English: months, years, weekdays, clocks, days told by words.

The tables are our own, since no library reads Uzbek, Karakalpak, Tajik or Turkmen dates without wrong answers.
Month forms are made from stems and case endings, so that "martda", "мартынан" and "марти" are all March; a form that
would stand for two months is an error of the table and raises at first use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from crawler.normal_forms import nfc, nfd

# Stems by month, January first. Cyrillic: Russian, Uzbek, Karakalpak, Kyrgyz, Tajik share them.
_CYRILLIC = (
    "январ йанвар", "феврал", "март", "апрел", "май ма", "июн", "июл", "август",
    "сентябр сентабр", "октябр октабр", "ноябр", "декабр",
)  # fmt: skip
_CYRILLIC_ENDINGS = (
    # Russian; Tajik izafet; Uzbek; Karakalpak, Kazakh and Kyrgyz (vowel harmony doubles most endings)
    "ь я е ю ем ём а у ом и ро да дан га гача нинг даги ги даек ни ида идан ига игача ининг идаги "
    "де до дө та те то тө ден тан тен тон төн ға ге қа ка ке ко кө го гө "
    "дың дің тың тің ның нің дын дин тын тин нын нин тун түн дун дүн нун нүн дыӊ тыӊ ның диң тиң ниң "
    "ы і ү ында інде инде унда үндө ындағы індегі ындагы индеги дағы дегі тағы тегі дагы деги тагы теги "
    "унун үнүн сі сы сінде сында сінен сынан ынан інен инен нан нен ынын инин ының інің ына іне ине дағи"
).split()
_KAZAKH = (
    "қаңтар қантар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз",
    "қыркүйек қыркүйег", "қазан", "қараша", "желтоқсан",
)  # fmt: skip
_LATIN = (
    "yanvar ýanwar yanwar ianvar", "fevral fewral", "mart", "aprel", "may maý", "iyun iýun", "iyul iýul",
    "avgust awgust", "sentabr sentyabr sentýabr sentiyabr", "oktabr oktyabr oktýabr oktiyabr", "noyabr noýabr",
    "dekabr",
)  # fmt: skip
_KAZAKH_LATIN = (
    "qańtar qantar qañtar", "aqpan", "naýryz nauryz", "sáýir säuir sauir", "mamyr", "maýsym mausym",
    "shilde şılde", "tamyz", "qyrkúıek qyrkúiek qyrküiek qyrkuiek qyrkúıeg qyrküieg", "qazan", "qarasha qaraşa",
    "jeltoqsan",
)  # fmt: skip
_LATIN_ENDINGS = (
    # Uzbek; Karakalpak; Turkmen; Kazakh in Latin script
    "da dan ga gacha ning dagi gi dayoq ni ida idan iga igacha ining idagi ǵa ge qa ke ka ta te tan ten nan nen de den "
    "dıń diń tıń tiń nıń niń dıng daǵı degi tagı tegi taǵı ı i ında inde ındaǵı indegi ınan inen "
    "yň iň y ynyň iniň ynda indäki yndaky daky däki a e ni ny dyń tyń nyń daǵy ynan si sı sy sinde sında synda"
).split()
# Written as they are: English, abbreviations, plural or rare names. Abbreviations take no endings.
_WHOLE = (
    "january jan янв yan ýan қаң qań",
    "february feb febr фев февр fev few ақп aqp",
    "march mar мар нау naý жалган_куран nowruz",
    "april apr апр сәу sáý чын_куран",
    "may май мая мам mam бугу",
    "june jun июн iyn iýn мау кулжа",
    "july jul июл iyl iýl шіл shil теке",
    "august aug авг avg awg там tam баш_оона",
    "september sep sept сен сент sen sent қыр qyr аяк_оона",
    "october oct окт okt қаз qaz тогуздун_айы",
    "november nov ноя нояб noy noý қар qar жетинин_айы",
    "december dec дек dek жел jel бештин_айы",
)

# What may stand between the parts of a date, or behind them. Folded forms (see `fold`).
YEAR_STEMS = ("yil", "йил", "жыл", "йыл", "jıl", "jil", "jyl", "ýyl", "yyl", "сол", "год")
YEAR_ABBREVIATIONS = frozenset(
    "y й г гг ж жж с ý j р рік року m roku rok évi an gada թ ko năm ел елның елда елгы елында "
    "сыл ปี ឆ្នាំ ປີ سال سنة عام سنه کال साल ዓመት ခုနှစ် ኣብ оны он онд ili il 年 年의 sáal".split()
)
ORDINALS = frozenset(
    "st nd rd th ci cı cu cü nji njy nci chi inchi nchi чи инчи нчи ші шы інші ыншы нші ншы чы чу чү нчы нчу нчү ынчы "
    "inshi ınshı shi shı nshi nshı ши иншы инши ыншы го е ое ого й ум юм уми юми ма ª º er ère ème eme e a o den "
    "sine syna sinde синде сында ی يەم ኛ و ом р дугаар дүгээр".split()
)
DAY_WORDS = frozenset(
    "kuni kun куни кун күни күні күн күнү kúni kún güni gün рӯз рӯзи ден d день числа "
    "ቀን गते गतेको روز ရက် วันที่ ວັນທີ ថ្ងៃទី ngày күнэ өдөр өдрийн".split()
)
MONTH_FILLERS = frozenset(
    "oyi oyining oy ойи ойининг ой айының айынын айы ай ayınıń ayı ayınıng aýynyň aýy aý ayi моҳи month месяца "
    "เดือน ខែ ເດືອນ ماه شهر mes".split()
)
JOINERS = frozenset("of de del di do d the den le al el il in соли من د ngày năm".split())

CLOCK_WORDS = frozenset(
    "в во at on from soat soati соат соати сағат саат sagat saǵat saat sagady часов время time vaqti вақти um uhr à a "
    "alle klo kl kello las às ore ora ob u o om às godz g godzina la ore час "
    "ساعت الساعة ساعة ساعەت เวลา น ម៉ោង ໂມງ ເວລາ बजे को ժամը საათზე lúc kl klokka klokken klockan klukkan "
    "цагт цаг pukul jam pkl alas "
    "hora heure ώρα ura vreme време vaxt waktu уақыты убактысы وقت ساعتی সময় समय שעה זמן მდე ժամ "
    "ساعات بتوقيت órakor óra uur ሰዓት 时间 時間 時刻 о об в in g. h le les den ve".split()
)
WEEKDAYS = frozenset(
    "понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье воскресение "
    "пн вт ср чт пт сб вс пон втр срд чтв птн суб вск "
    "dushanba seshanba chorshanba payshanba juma shanba yakshanba dush sesh chor pay jum shan yak "
    "душанба сешанба чоршанба пайшанба жума шанба якшанба душ сеш чор пай жум шан якш "
    "dúyshembi siyshembi sárshembi piyshembi shembi ekshembi дүйшемби сийшемби сәршемби пийшемби шемби екшемби "
    "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі дс сс бс жм жк дүй сей сәр бей жұм сен жек "
    "шаршемби бейшемби ишемби жекшемби "
    "душанбе сешанбе чоршанбе панҷшанбе ҷумъа шанбе якшанбе "
    "duşenbe sişenbe çarşenbe penşenbe anna şenbe ýekşenbe birinji ikinji üçünji dördünji bäşinji altynjy ýedinji "
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar "
    "月 火 水 木 金 土 日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 월 화 수 목 금 토 일 월요일 화요일 "
    "수요일 목요일 금요일 토요일 일요일 星期一 星期二 星期三 星期四 星期五 星期六 星期日 "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun".split()
)

_APOSTROPHES = dict.fromkeys(map(ord, "ʻʼ’‘`´'\u00ad\u0307\u200b\u200c\u200d\u2060"))
# One spelling of the letters that Arabic, Persian and Urdu keyboards write apart; vowel signs and the stroke that only
# makes a word longer are left out.
_ARABIC = str.maketrans("يىےكةأإآۀ", "یییکهاااه", "ـ" + "".join(map(chr, range(0x64B, 0x653))))
_TO_CYRILLIC = str.maketrans("aceopxykmtbhi", "асеорхукмтвні")
_TO_LATIN = str.maketrans("асеорхукмтвні", "aceopxykmtbhi")
_OF_ARABIC, _OF_CYRILLIC, _OF_LATIN = re.compile("[\u0600-\u06ff]"), re.compile("[а-я]"), re.compile("[a-z]")
_BEYOND_LATIN = re.compile(r"[^\W\d_\x00-\u036f]")


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """`word` as the tables spell it: NFC, case folded, apostrophes, soft hyphens and the dot of İ removed."""
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    folded = nfc(nfc(word).casefold().translate(_APOSTROPHES))
    if folded.isascii():
        return folded
    if _OF_ARABIC.search(folded):
        return folded.translate(_ARABIC)
    if _OF_CYRILLIC.search(folded):  # Latin look-alikes typed inside a Cyrillic word, or these in a
        cyrillic = folded.translate(_TO_CYRILLIC)  # Latin one, where a letter is left that only that script has
        return folded.translate(_TO_LATIN) if _OF_LATIN.search(cyrillic) else cyrillic
    return folded


def plain(word: str) -> str:
    """`word` without accents, for Latin letters only: й stays й. Dotless ı becomes i."""
    if word.isascii() or _BEYOND_LATIN.search(word):
        return word
    letters = (c for c in nfd(word) if not unicodedata.combining(c))
    return "".join(letters).replace("ı", "i")


@lru_cache(maxsize=4096)
def is_year_word(word: str) -> bool:
    """Whether a folded word means "year", with any case ending: yil, йилда, жылғы, ýylyň, года."""
    return word in YEAR_ABBREVIATIONS or any(word.startswith(s) and len(word) <= len(s) + 6 for s in YEAR_STEMS)


@cache
def core_months() -> Mapping[str, int]:
    """Month number by folded word, in every form of our own languages. Two words are joined by a space."""
    table: dict[str, int] = {}
    for stems, endings in (
        (_CYRILLIC, _CYRILLIC_ENDINGS),
        (_KAZAKH, _CYRILLIC_ENDINGS),
        (_LATIN, _LATIN_ENDINGS),
        (_KAZAKH_LATIN, _LATIN_ENDINGS),
    ):
        for month, group in enumerate(stems, 1):
            for stem in group.split():
                forms = ("мая", "мае", "маю", "маем") if stem == "ма" else (stem, *(stem + e for e in endings))
                _put(table, forms, month)
    for month, group in enumerate(_WHOLE, 1):
        _put(table, (word.replace("_", " ") for word in group.split()), month)
    return MappingProxyType(table)


def _put(table: dict[str, int], words: Iterable[str], month: int) -> None:
    for word in words:
        folded = fold.__wrapped__(word)  # not remembered: there are more than all lines of a page have words
        for form in {folded, plain(folded)}:
            if table.setdefault(form, month) != month:
                raise ValueError(f"{form!r} would be the months {table[form]} and {month}")
