"""Short lines around and inside a text that are not the text, by closed vocabularies of many languages: counters,
share labels, placeholders, labels over other items, pointers to them, invitations, bylines and date lines."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from crawler.extraction.dates import find_dates
from crawler.extraction.lines.byline_words import PICTURE
from crawler.extraction.lines.person_names import is_credit, is_label_alone, labelled_names
from crawler.extraction.markup.dom import key, small

LABEL = 60  # characters of a line that can be a label
_CAPTION, _CREDIT = 250, 80  # characters of a line under a picture, and of what names its owner at the end
_SUBJECTS_LINE = 300  # and of one that tells what an article is about
_STOPS = (".", "!", "?")
# "Просмотров: 1 234", "1234 views", "Koʻrishlar soni 12": a number and a word for looking, and nothing else.
_COUNTER = re.compile(
    r"^\W*(?:[\d\s.,\u00a0]+\W*)?(?:просмотр\w*|прочита\w*|views?|hits|reads?|ko[ʻ'‘’`]?rish\w*|ko[ʻ'‘’`]?rildi|"
    r"o[ʻ'‘’`]?qildi|кўриш\w*|кўрилди|ўқилди|қаралды|көрілім\w*|көрүү\w*|көрсетил\w*|soni|сони|количество|\s)+"
    r"\W*[\d\s.,\u00a0]*\W*$",
    re.IGNORECASE,
)
# The same in the languages of further ministries: a number is asked for here, since some of these are common words.
_COUNTED = re.compile(
    r"^(?=\D*\d)\W*(?:[^()]{1,30}\)\W*)?(?:[\d\s.,\u00a0]+\W*)?(?:(?:количество|число|всего|показ(?:ов|ы|а)|прочтени\w*|посещени\w*|"
    r"дида шуд\w*|тамошо\w*|бинанда\w*|көрүлдү|каралды|қаралым\w*|рет|марта|marta|раза?|жолу|жолы|gezek|бор|dəfə|kez|"
    r"қаралды|көрілді|o[ʻ'‘’`]?qildi|ўқилди|görlen|görüldi|okal\w+|sany|baxış\w*|oxun\w+|"
    r"say[ıi]\w*|görüntülenme|okunma|izlenme|перегляд\w*|wyświetle\w+|odsłon\w*|aufrufe|gelesen|vues?|lectures?|consultations?|"
    r"visitas?|vistas?|visualizaciones|visualizações|acessos|visualizzazioni|letture|dilihat|dibaca|kali|visitors?|"
    r"visits?|viewed|counter|times|total|page|number|of|عدد|المشاهدات|مشاهدات|مشاهدة|القراءات|الزيارات|بازدید|үзсэн|үзэлт|դիտում\w*|"
    r"ნახვა|ნანახია|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:次数|数|量)?|访问量|閲覧数|アクセス数|조회수?)\W*)+[\d\s.,\u00a0]*次?\W*$",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"^\W*(?:(?:поделиться|share)\s*:.*|поделиться(?:\s+(?:в|с)\b.*)?|share(?:\s+(?:this|on|via)\b.*)?|ulashish.*|"
    r"улашиш.*|бөлісу.*|бөлүшүү.*|partager.*|teilen.*|compartir.*|paylaş\w*|distribuie.*|print(?:\s+version)?|"
    r"распечатать|версия для печати|chop etish|(?:(?:facebook|twitter|x|telegram|whatsapp|vk|вконтакте|linkedin|"
    r"одноклассники|ok|instagram|viber|e-?mail|google|pinterest|reddit|tumblr|skype|messenger|bluesky|threads|weibo|wechat|"
    r"line|微信|微博|朋友圈|分享到?)\W*)+)\W*$",
    re.IGNORECASE,
)
# What a page's tools are called on: the way back, printing, closing, the size of letters.
_TOOLS = re.compile(
    r"^\W*(?:(?:back(?: to (?:the )?(?:list|news|top))?|print(?: (?:this )?page)?|close(?: window)?|"
    r"назад(?: (?:к списку|в раздел|к новостям))?|вернуться(?: (?:назад|к списку))?|печать|наверх|orqaga|ortga|орқага|"
    r"артқа|артка|zurück(?: zur (?:übersicht|liste))?|drucken|seite drucken|nach oben|retour(?: à la liste)?|imprimer|"
    r"volver|atrás|imprimir|voltar|indietro|stampa|wróć|wstecz|drukuj|powrót|geri(?: dön)?|yazdır|çap et|geriyə|"
    r"прослушать|озвучить|слушать|eshitish|tinglash|эшитиш|тинглаш|тыңдау|угуу|гӯш кардан|diňlemek|dinləmək|"
    r"(?:(?:you can )?listen|play)(?: to (?:this |the )?(?:article|story|news|post))?|"
    r"(?:(?:diesen |den )?(?:artikel|beitrag|text) )?(?:anhören|vorlesen(?: lassen)?)|"
    r"(?:écouter|lire)(?: (?:cet|l['’])\s?(?:article|audio))?|escuchar(?: (?:el|este) (?:artículo|audio))?|"
    r"escuche (?:el|este) (?:artículo|audio)|ouvir(?: (?:o|este) (?:artigo|texto))?|"
    r"ascolta(?: (?:l['’]|questo )articolo)?|(?:haberi |yazıyı )?(?:dinle|sesli dinle)|послушать|听|听全文|"
    r"رجوع|طباعة|عودة|返回(?:首页|列表|顶部)?|打印(?:本页|此页)?|关闭(?:窗口|本页)?|字体|字号|[大中小]|戻る|一覧へ戻る|印刷|목록|인쇄)\W*)+$",
    re.IGNORECASE,
)
# "Photo: press office", on a line of its own.
_PICTURE = re.compile(
    rf"^\W*(?:{PICTURE}|photo credits?|bildquelle|图片来源)\s*(?:[:：©]|(?:by|von|de|di)\s)\s*[^.!?]+$",
    re.IGNORECASE,
)
# "Visitors today: 312, in all: 120 455": a row of counts of visits to the site.
_VISITS = re.compile(
    r"visit\w*|посетител\w*|посещени\w*|tashrif\w*|ташриф\w*|келуші\w*|келүүчү\w*|besucher\w*|visiteurs?|visitantes?|"
    r"ziyaretçi\w*|ziyarət\w*|访问\w*|방문자\w*",
    re.IGNORECASE,
)
_BESIDE_VISITS = frozenset(
    "today total all in month week online now сегодня всего онлайн вчера месяц bugun jami oy hafta бугун жами кеча "
    "бүгін барлығы бүгүн бардыгы heute gesamt hoy bugün toplam soni сони число количество сайта сайтга saytga".split()
)
# What is shown, and whose picture it is: "The bridge at dusk. © Agency / A. Name", "The bridge (Photo: A. Name)".
_CREDITED = re.compile(rf".\W*(?:©|\b(?:{PICTURE})\s?[:/©])\s*[^.!?:;]{{2,50}}[)\]]?$")
# What stands in place of something that is not loaded: an embedded post before readers agree to it, an advertisement.
_NOT_LOADED = "inhalt drittplattform content conten conteúdo контент содержим advertisement".split()
_PLACEHOLDER = re.compile(
    r"(?:extern\w*|eingebettet\w*) (?:redaktionell\w* )?inhalte?\w*\b.*(?:anzeigen|angezeigt|laden|geladen|"
    r"einverstanden|zustimm\w*|drittplattform\w*|anreicher\w*)|empfohlener (?:redaktioneller|externer) inhalt|"
    r"personenbezogene daten an drittplattformen|"
    r"(?:external|embedded|third[- ]party) content\b.*\b(?:load|show|display|accept|consent|cookies?)|"
    r"(?:load|show|display|accept|allow) (?:the )?(?:external|embedded|third[- ]party) content|"
    r"(?:contenu|contenido|conteúdo) (?:externe|externo|intégré|incrustado|embutido)\b.*"
    r"(?:affich|accept|mostrar|acept|aceit|exibir|cookies)|"
    r"contenuti? estern[oi]\b.*(?:mostra|accett|visualizz|cookie)|"
    r"внешн\w+ (?:контент|содержим)\w*\b.*(?:загруз|показ|соглас)\w*|"
    r"advertisement (?:has )?not (?:yet )?loaded",
    re.IGNORECASE,
)
# The label over a list of other items ends the article: what follows it is not its text.
_OTHERS = re.compile(
    r"^\W*(?:(?:другие|последние|похожие|ещ[её]|читайте|смотрите|см\.)\s+(?:новости|материалы|публикации|также|по теме|"
    r"статьи).*|похожие\s+\w+|также по теме|"
    r"(?:boshqa|soʻnggi|so'nggi|o[ʻ']xshash|oxirgi)\s+(?:yangilik|xabar)\w*|"
    r"(?:бошқа|сўнгги|ўхшаш)\s+(?:янгилик|хабар)\w*|(?:басқа|соңғы|ұқсас)\s+(?:жаңалық|материал)\w*|"
    r"(?:related|other|latest|more|similar|recent|top)\s+(?:news|articles?|stories|posts?|content|items?|publications?)"
    r".*|read (?:also|more|next)|see also|ähnliche artikel|mehr zum thema|articles? (?:similaires?|liés?)|"
    r"(?:noticias|artículos) relacionad[ao]s|articoli correlati|ilgili haberler|"
    r"(?:башка|акыркы|окшош)\s+(?:жаңылык|кабар|материал)\w*|(?:basqa|sońǵı|uqsas)\s+(?:jańalıq|xabar)\w*|"
    r"(?:басқа|соңғы)\s+(?:жаңалық|хабар)\w*|(?:beýleki|soňky|meňzeş)\s+(?:habar|täzelik)\w*|"
    r"(?:дигар|охирин)\s+(?:хабар|навид|ахбор)\w*|(?:хабар|навид)ҳо\w*\s+(?:дигар|охирин|монанд)|"
    r"(?:digər|son|oxşar)\s+xəbərlər|(?:diğer|son|benzer)\s+haberler|(?:інші|останні|схожі)\s+новини|"
    r"(?:weitere|ähnliche|aktuelle)\s+(?:meldungen|nachrichten|beiträge|artikel|pressemitteilungen)|"
    r"(?:autres|dernières)\s+actualités|actualités liées|dans la même rubrique|(?:otras|últimas)\s+noticias|"
    r"(?:outras|últimas)\s+notícias|notícias relacionadas|(?:altre|ultime)\s+notizie|notizie correlate|"
    r"(?:inne|ostatnie|powiązane)\s+(?:wiadomości|aktualności)|أخبار ذات صلة|آخر الأخبار|"
    r"相关(?:新闻|阅读|链接|文章)|推荐阅读|関連(?:記事|ニュース|リンク)|관련\s?(?:기사|뉴스))\W*$",
)
# A pointer to another item, inside the text: "Read more: ...".
_POINTER = re.compile(
    r"^\W*(?:read (?:more|also|next)|see (?:also|more)|don['’]t miss|more on this|related(?: article| story)?|"
    r"auch interessant|das könnte sie auch interessieren|lesen sie (?:auch|hier)|lies auch|mehr zum thema|"
    r"(?:à )?lire aussi|à lire également|le[ae]r? también|te puede interesar|noticias? relacionadas?|leggi anche|"
    r"leia (?:também|mais)|lees ook|läs (?:också|mer|även)|czytaj (?:też|także)|ayrıca (?:okuyun|bakınız)|"
    r"mehr (?:dazu|darüber)|voir aussi|saiba mais|więcej na ten temat|ətraflı|devamını oku|"
    r"читайте (?:также|ещё|еще)|смотрите также|(?:материалы )?по теме|читать (?:далее|подробнее)|подробнее|"
    r"(?:shuningdek|shuni ham) o[ʻ'‘’`]qing|шунингдек ўқинг|batafsil|батафсил|mavzuga (?:oid|doir)|"
    r"мавзуга (?:оид|доир)|тағы оқыңыз|толығырақ|дагы окуңуз|кененирээк|муфассал\w*|бештар хонед|"
    r"дэлгэрэнгүй)\s*(?P<rest>$|\W.*)",
)
_BYLINE = re.compile(
    r"^(?:by|von|di|de|par|por|door|av|af|автор|текст|muallif|муаллиф|author|autor|auteur)\s*:?\s+(?P<names>.{3,70})$",
    re.IGNORECASE,
)
# "Рубрика: Новости": the word for "section", and its name.
_SECTION = re.compile(
    r"^\W*(?:рубрика(?:сы)?|раздел|категория|бўлим|bo[ʻ'‘’`]?lim|rukn|рукн|kategoriya|айдар|бөлүм|санат|бөлім|bólim|"
    r"баха|бахш|гурӯҳ|bölüm|category|section|filed under|rubri[ck]|rubrique|catégorie|categor[ií]a|sección|seção|"
    r"categoria|sezione|kategori[ea]?|категорія|розділ|kategória|rubryka|dział|ангилал|chuyên mục|κατηγορία|კატეგორია|"
    r"(?:ال)?قسم|(?:ال)?تصنيف|سرویس|گروه|دسته(?:\u200c?بندی)?|栏目|频道|カテゴリー?|분류)\s*[:：]\s*(?P<name>[^\d:：.!?]{2,40})$",
    re.IGNORECASE,
)
# "Tags: water, rivers".
_SUBJECTS = re.compile(
    r"^\W*(?:теги|метки|ключевые слова|хештеги|teglar|калит сўзлар|kalit so[ʻ'‘’`]?zlar|теглар|тегтер|тегтар|tags?|"
    r"keywords|tagged(?: with)?|hashtags|etiketler|schlag(?:wörter|worte|wort)|stichw(?:ö|o)rter?|mots[- ]clés|"
    r"étiquettes|etiquetas|palabras clave|palavras-chave|parole chiave|tagi|słowa kluczowe|ključne riječi|açar sözlər|"
    r"kata kunci|từ khóa|الوسوم|كلمات مفتاحية|برچسب(?:‌?ها)?|标签|关键词|タグ|キーワード|태그)\s*[:：]\s*(?P<tags>.*)$",
    re.IGNORECASE,
)
# Words for what is told of an article beside its text, each with a colon: two of them on one line are a row of facts.
_FACT = re.compile(
    r"(?:^|[\s|])(?:рубрика(?:сы)?|раздел|категория|автор|источник|дата|опубликовано|просмотр\w*|редактор|bo[ʻ'‘’`]?lim|"
    r"muallif|manba|sana|бўлим|муаллиф|манба|сана|санат|айдар|күні|бөлүм|булак|category|section|author|source|date|"
    r"published|views|editor|kategorie|rubrik|autor|quelle|datum|rubrique|catégorie|auteur|categor[ií]a|fuente|fecha|"
    r"fonte|data|kategori|yazar|kaynak|tarih|penulis|editor|sumber|来源|作者|编辑|栏目|日期|发布时间)\s*[:：]",
    re.IGNORECASE,
)
# What kind of text follows, and how long it takes to read it.
_MINUTES = r"\d{1,2}[\s-]*(?:min(?:ute[ns]?|utos?|uti)?|мин(?:ут[аы]?)?|dk|daqiqa|dakika(?:lık)?)\.?"
_KIND = re.compile(
    r"^\W*(?:(?:press|news|media) (?:release|statement)s?|for immediate release|"
    r"(?:presse|medien)(?:mitteilung|information)|communiqué(?: de presse)?|nota (?:de prensa|à imprensa|stampa)|"
    r"comunicado(?: de prensa)?|comunicato stampa|пресс-?релиз|прес-?реліз|basın (?:bülteni|açıklaması)|"
    r"informacja prasowa|persbericht|pressmeddelande|"
    rf"{_MINUTES} (?:read|de lecture|de lectura|de leitura|di lettura|lesezeit|чтения|okuma|okunur)|"
    r"(?:reading time|read time|lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo (?:de leitura|di lettura)|"
    r"lectura de|lecture de|leitura de|lettura di|"
    rf"время (?:на )?чтени[ея]|czas czytania|okuma süresi|o[ʻ'‘’`]qish vaqti)\W*{_MINUTES})\W*$",
    re.IGNORECASE,
)
# The word over an advertisement, which stands in the text and leaves nothing else of it.
_ADVERTISED = re.compile(
    r"^\W*(?:(?:anzeige|werbung|advertisement|ad|disclosure)?\W{0,3}(?:this (?:post|article) )?"
    r"(?:enthält|contains?|contient) (?:\w+ ){0,2}(?:affiliate|werbe)[- ]?links?|"
    r"advertisements?|advertising|ad|sponsored(?: content)?|story continues below advertisement|"
    r"article continues (?:below|after)(?: this)? (?:ad|advertisement)|anzeige|werbung|publicité|publicidad(?:e)?|"
    r"anuncio|pubblicità|reklam(?:a|y)?|реклама|на правах рекламы|annonce|advertentie|mainos|annons|广告|広告|광고|"
    r"إعلان|анонс рекламы|жарнама|quảng cáo|iklan)\W*$",
    re.IGNORECASE,
)
_FIELDS = (_COUNTER, _COUNTED, _SHARE, _TOOLS, _KIND, _ADVERTISED, _SECTION, _PICTURE)
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_TIME, _TIME_WORD = 16, 6  # characters of a line that tells a time of day, letters beside it
_WORDS = 24  # letters that stand beside a date on a line about it: "Published on Tuesday"
_YEAR_SIGN = re.compile(r"(?<=\d)\s?-?(?:г|й|ж|с|р|ý|y|j)\.$", re.IGNORECASE)  # "12.03.2026 г." is no sentence
_MAIL = re.compile(r"\S+@\S+\.\w+")
_AGENCY = re.compile(r"^\W*[^\W\d_]{2,5}(?:/[^\W\d_]{2,5})*\W*$")
_END = re.compile(r"^\W{2,}[\w ]{0,12}\W{2,}$")  # "###", "--- 000 ---"
_PARTS = re.compile(r"\s+[|/•·]\s+")


def is_label(line: str, repeated: set[str]) -> bool:
    """True for a line that only repeats another field, counts readers, offers to share, or is of a picture."""
    if not key(line) or key(line) in repeated or is_placeholder(line) or labelled_subjects(line) is not None:
        return True
    if len(line) <= _CAPTION and _CREDITED.search(small(line[-_CREDIT:])):
        return True
    parts = _PARTS.split(line)
    if len(parts) > 1 and len(line) <= 2 * LABEL:  # "05.03.2026 10:10 | News | Views: 17"
        return all(is_label(part, repeated) for part in parts)
    if ":" in line and len(line) <= 2 * LABEL and not line.endswith("."):
        facts = list(_FACT.finditer(line))
        if facts and facts[0].start() == 0 and (len(facts) > 1 or facts[0].end() == len(line)):
            return True
    return len(line) <= LABEL and (any(pattern.match(line) for pattern in _FIELDS) or _counts_visits(line))


def _counts_visits(line: str) -> bool:
    words = re.findall(r"\w+", line.casefold()) if any(char.isdigit() for char in line) else []
    rest = [word for word in words if not word.isdigit() and word not in _BESIDE_VISITS]
    return bool(rest) and all(_VISITS.fullmatch(word) for word in rest)


def is_placeholder(line: str) -> bool:
    """True for what asks readers to agree to an embedded post, and for its like."""
    words = line.casefold() if len(line) <= 500 else ""
    return any(stem in words for stem in _NOT_LOADED) and bool(_PLACEHOLDER.search(line))


def labelled_section(line: str) -> str | None:
    """The name of the section in "Section: News", or None for another line."""
    match = _SECTION.match(line) if (":" in line or "：" in line) and len(line) <= LABEL else None
    return match["name"].strip() if match else None


def labelled_subjects(line: str) -> str | None:
    """The words behind "Tags:", or None for another line."""
    match = _SUBJECTS.match(line) if len(line) <= _SUBJECTS_LINE and not line.endswith(_STOPS) else None
    return match["tags"] if match else None


def ends_article(line: str) -> bool:
    """True for the label over a list of other items."""
    return len(line) <= LABEL and bool(_OTHERS.match(small(line)))


def is_pointer(line: str) -> bool:
    """True for "Read more: ..." and its like, alone or with the other item's title behind a colon."""
    match = _POINTER.match(small(line)) if len(line) <= 200 else None
    return match is not None and (not key(match["rest"]) or match["rest"].lstrip()[:1] in ":|-–—>»")


def is_byline(line: str, names: set[str]) -> bool:
    """True for "By Anna Ivanova", or a line of nothing but the `names` (keys) of authors and few letters more."""
    if len(line) > 100:
        return False
    stated = rest = key(_MAIL.sub(" ", line))
    for name in names:
        rest = rest.replace(name, "")
    if (len(rest) < len(stated) and len(rest) <= 12) or is_label_alone(line) or is_credit(line) or labelled_names(line):
        return True
    match = _BYLINE.match(line)
    if not match or line.endswith((".", ":", "!", "?")):
        return False
    words = re.findall(r"[^\W\d_][\w.'’-]*", match["names"])
    capitals = sum(1 for word in words if word[0].isupper())
    return 1 <= len(words) <= 8 and capitals >= 0.7 * len(words) and capitals >= 2


def is_dateline(line: str, zone: tzinfo | None, captured: datetime | None) -> bool:
    """True for a line that tells when, and hardly anything else."""
    if len(line) > 1.5 * LABEL or not any(c.isdigit() for c in line):
        return False
    rest = line = _YEAR_SIGN.sub("", line)
    found = find_dates(line, zone=zone, captured=captured)
    for date in found:
        rest = rest.replace(date.raw, " ")
    clocks = len(_CLOCK.findall(rest))
    rest = _CLOCK.sub(" ", rest)
    return (
        bool(found or clocks)
        and len(key(rest)) <= _WORDS * max(1, len(found))
        and not line.endswith((".", "!", "?", ":"))
    )


def is_clock(line: str) -> bool:
    """True for a time of day, and nothing else but a word for it ("18:40 Uhr")."""
    return len(line) <= _TIME and len(_CLOCK.findall(line)) == 1 and len(key(_CLOCK.sub("", line))) <= _TIME_WORD


def is_agency(line: str) -> bool:
    """True for the sign of an agency, an editor or the end on a line of its own: "AA", "SDA/sep", "--- 000 ---"."""
    if _END.match(line):
        return True
    return bool(_AGENCY.match(line)) and any(part.isupper() for part in re.findall(r"\w+", line))
