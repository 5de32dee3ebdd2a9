"""Which day a line near the headline tells of: that of publication, of the last change, or another one - of an event,
a deadline, an act, today's weather. By closed vocabularies; a line that has none of their words tells of publication.
"""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import html

from crawler.extraction.dates import ParsedDate
from crawler.extraction.markup.dom import small
from crawler.extraction.page.page import Page

_UPDATED = re.compile(
    r"updated|modified|changed|revised|last (?:edited|review(?:ed)?|change|revision)|edited(?: on|:)|reviewed(?: on|:)|"
    r"обновл[её]?н|изменен|отредактирован|\bред\.|yangilan|yańala|jańala|tahrirlan|oʻzgartir|o['‘’]zgartir|янгилан|"
    r"таҳрирлан|"
    r"ўзгартир|жаңарт|жаңала|өңдел|өзгерт|жаңырт|оңдол|нав\s?(?:карда )?шуд|навсоз|таҷдид|таҳрир шуд|täzelen|üýtgedil|"
    r"aktualisiert|geändert|\bstand\s?:|actualizad|atualizad|mis à jour|mise à jour|modifié|aggiornat|güncelle|"
    r"modificad|"
    r"оновлен|змінен|абноўлен|yenilən|zaktualizowan|modyfik|aktualizov|diperbarui|gewijzigd|bijgewerkt|uppdatera|"
    r"oppdater|"
    r"更新|修改|수정|تحديث|به‌روزرسانی|шинэчл|განახლ|թարմաց",
)
_ANOTHER = re.compile(
    r"\b(?:when|starts?|begins?|ends?|(?:start|end) date|начало|окончание|когда|qachon|қачон|қашан|качан|beginn|"
    r"ende)\s?:|"
    r"\b(?:deadline|due date|closing date|apply by|valid (?:until|till|through|from)|expir\w+|event date|born|as of|"
    r"date of (?:the )?(?:event|meeting|birth|session|hearing|election)|"
    r"takes? place|(?:will|to) be held|effective (?:date|from)|in(?:to)? force|"
    r"срок(?:и|а|ов)?|дедлайн|до\s+\d|не позднее|дата (?:проведения|мероприятия|события|рождения|начала|окончания|"
    r"вступления|"
    r"заседания|выборов|встречи)|время (?:проведения|начала)|при[её]м (?:заявок|документов)|"
    r"действ\w+ (?:до|с)|вступ\w+ в силу|состоится|пройд[её]т|по состоянию на|"
    r"muddati?|oxirgi kun\w*|tadbir (?:sanasi|vaqti)|o['‘’ʻ]tkaziladi\w*|o['‘’ʻ]tkazilish\w*|(?:boshlanish|tugash)\w*|"
    r"kuchga kir\w*|amal qil\w*|bo['‘’ʻ]lib o['‘’ʻ]tadi|holatiga ko['‘’ʻ]ra|"
    r"муддати?|тадбир (?:санаси|вақти)|ўтказил\w*|(?:бошланиш|тугаш)\w*|кучга кир\w*|амал қил\w*|бўлиб ўтади|"
    r"ҳолатига кўра|мерзімі?|өтетін|(?:басталу|аяқталу)\w*|күшіне ен\w*|мөөнөтү?|өтө турган|"
    r"(?:башталыш|аякташ)\w*|күчүнө кир\w*|мӯҳлати?|санаи баргузорӣ|баргузор мешавад|эътибор пайдо|"
    r"möhleti?|geçiriljek|güýje gir\w*|múddeti?|ótkeriletuǵın|müddəti?|"
    r"\w*frist|gültig|findet statt|date limite|valable|aura lieu|jusqu['’]au|fecha límite|"
    r"fecha (?:del?|de la) (?:evento|inicio|cierre|reunión|celebración|acto|sesión|vencimiento)|"
    r"date (?:de|du|de l['’]) ?(?:la )?(?:évènement|événement|réunion|début|clôture|fin|séance|entrée en vigueur)|"
    r"data (?:dell['’]evento|di inizio|di fine|della riunione|di scadenza|do evento|de início|de término|da reunião|"
    r"wydarzenia|rozpoczęcia|zakończenia|spotkania|konání|začátku|evenimentului)|"
    r"(?:esemény|rendezvény) (?:dátuma|ideje)|"
    r"veranstaltungs(?:datum|termin|beginn)|(?:evenements?|aanvangs)datum|tarikh (?:acara|tutup|mula)|tanggal (?:acara|"
    r"kegiatan|pelaksanaan|mulai|selesai|berakhir)|batas akhir|ngày (?:diễn ra|tổ chức|hết hạn|bắt đầu|kết thúc)|"
    r"hạn chót|"
    r"(?:начало|окончание) (?:при[её]ма|мероприятия)|дата (?:за?ходу|события)|кінцевий термін|"
    r"(?:etkinlik|toplantı|başlangıç|bitiş|ihale) tarihi|tədbirin tarixi|son tarix|válid[oa]|"
    r"se celebrará|scadenza|prazo|son (?:tarih|gün|başvuru)\w*|geçerli\w*|etkinlik tarihi|termin)\b|"
    r"\d[^\W\d]*[-\s]?\w*(?:gacha|гача|shekem|шекем|çenli|qədər|дейін|чейин)\b",
)
_SITE = re.compile(r"\b(?:(?:web)?site|portal|сайт\w{0,3}|портал\w{0,3}|sayt\w{0,3}|website)\b")
_NUMBERED = re.compile(  # "№ 12 от 01.03.2026", "Order No. 12 of 1 March 2026", "PQ-12-son": an act and its day
    r"№\s*[\w/-]*\d|\b(?:No|Nr|nº)\.?\s*\d|\b\d+-(?:son|сон|sonli|сонли)\b|\b(?:ПҚ|PQ|УП|ПП|ПКМ|VMQ|ВМҚ)-\s?\d"
)
_TODAYS = re.compile(
    r"°|\b(?:weather|погода|ob-havo|об-ҳаво|ауа райы|аба ырайы|обу ҳаво|howa maglumaty|hava|wetter|météo|"
    r"exchange rates?|курс\w* (?:валют\w*|доллар\w*)|valyuta kurs\w*|валюта курс\w*|USD|EUR|RUB|UZS|KZT)\b",
    re.IGNORECASE,
)
_TODAYS_CLASS = re.compile(
    r"(?:^|[\s_-])(?:weather|pogoda|meteo|currenc(?:y|ies)|valyuta|kurs|rates|informers?|ticker|today|"
    r"current-?(?:date|time))(?:$|[\s_-])",
    re.IGNORECASE,
)
_BOX = 300  # characters of a box of today's figures
_JOINED = re.compile(
    r"\s*(?:[-–—−/]|по|до|и|to|till|until|through|and|va|ва|bis|und|au|et|al|y|dan|дан)\s*", re.IGNORECASE
)
_BEGUN = re.compile(
    r"(?<![\d.:/])\d{1,2}(?:\s+\w+)?\s*(?:[-–—−]|по|до|to|till|until|through|and|bis|au|al)\s*$", re.IGNORECASE
)


def updated(text: str) -> re.Match[str] | None:
    """The words for a change, where a text has any."""
    return _UPDATED.search(small(text))


_FEW, _SOME = 5, 15  # words beside a date in a line that ends like a sentence, and in one that does not


def is_sentence(line: str) -> bool:
    """True where a date is one of many words: "The council meets on 20 March in the small hall." tells of another day
    than that of its publication, and "The Order of 3 May 2021 was last updated on 12 December 2024." of no change of
    the page. East Asia writes no spaces: there a full stop behind many letters tells it."""
    words = sum(1 for word in line.split() if any(c.isalpha() for c in word))
    ends = line.rstrip(' "»”)').endswith((".", "!", "?", "…", "。", "।", "؟", "።", "។"))
    if ends and words <= _FEW and line.rstrip().endswith("。"):
        return sum(1 for c in line if c.isalpha()) > 4 * _FEW
    return words > (_FEW + 3 if ends else _SOME)


def tells_another_day(text: str) -> bool:
    """True for the line of a deadline, an event or a validity, or of the last change of the whole site."""
    words = small(text)
    return bool(_ANOTHER.search(words) or (_UPDATED.search(words) and _SITE.search(words)))


def is_of_an_act(text: str) -> bool:
    """True for the number of an act beside its day: the last day to believe, since the page tells of the act."""
    return _NUMBERED.search(text) is not None


def is_span(text: str, found: list[ParsedDate]) -> bool:
    """Whether a line tells of days from one to another: "12-14 March 2026", "12.03.2026 - 14.03.2026"."""
    if found and _BEGUN.search(text[: found[0].start]):
        return True
    joined = ((a, b) for a, b in pairwise(found) if a.day != b.day)
    return any(_JOINED.fullmatch(text[a.end : b.start]) for a, b in joined)


def is_todays(page: Page, element: html.HtmlElement, top: html.HtmlElement) -> bool:
    """Whether a date stands in a small box with the weather or rates of exchange, or in one that is named so."""
    for holder in (element, *element.iterancestors()):
        if holder is top or page.sizes.get(holder, 0) > _BOX:
            return False
        if _TODAYS_CLASS.search(f"{holder.get('class') or ''} {holder.get('id') or ''}"):
            return True
        if _TODAYS.search(page.short_text(holder, _BOX)):
            return True
    return False
