"""The words of many languages that stand in bylines in front of names, behind them and beside them."""

from __future__ import annotations

import re

# Words in front of who wrote it. Those of the second group are parts of surnames as well ("Von der Leyen").
WRITTEN = (
    r"(?:(?:written|posted|published|reported|submitted|reporting|story|story and photos|text|words|article|analysis|"
    r"opinion|exclusive|comment|review|interview) )?by|"
    r"(?:verfasst|geschrieben|erstellt|veröffentlicht|(?:eine? )?(?:artikel|(?:gast)?beitrag|kommentar|"
    r"analyse|interview|reportage|essay|kolumne|text|bericht)) von|"
    r"(?:écrit|publié|rédigé|propos recueillis|texte) par|(?:escrito|publicado|redactado|texto) por|"
    r"(?:scritto|pubblicato|a cura) d[ai]|(?:geschreven|gepubliceerd) door|door|skriven av|(?:skrevet|skrivet) a[fv]|"
    r"napisan[aey] przez|oleh|от|подготовил[аи]?|написал[аи]?|tayyorladi|тайёрлади|бэлтгэсэн|"
    r"scris de|napisał[ai]?|opracował[ai]?|oprac\.|piše|пише|מאת"
)
ALSO_SURNAME = r"von|par|por|di|da|av|af"
# The same as labels, which a colon sets off, or a cell of their own; words for a duty need the colon.
AUTHOR = (
    r"автор[ыи]?(?:\s+(?:статьи|текста|материала))?|муаллиф\w{0,4}|muallif\w{0,4}|авторлар\w?|авторы|author(?:s|\(s\))?|"
    r"written by|autor(?:[:*/_]?in|en|es|as?|i|ka|ři|zy|em|in/autor|\(?[ei]n\)?)?|auteur(?:e|s|es)?|autrice|autor[ei]|"
    r"verfasser(?:in)?|autorius|autors|forfattar[ei]?|forfatter|författare|kirjoittaja|szerző|yazar[ıi]?|müəllif|awtor\w?|автори|"
    r"հեղինակ|ավտոր|ავტორი|συντάκτης|penulis|tác giả|ผู้เขียน|зохиогч|"
    r"(?:ال)?كاتب(?:ة)?|بقلم|نویسنده|작성자|글쓴이|作者|著者|執筆者?|筆者"
)
DUTY = (
    r"текст(?:\s+и\s+фото)?|корреспондент|журналист|muxbir|мухбир|тілші|кабарчы|writers?|reporters?|text|words|"
    r"redakteur(?:in)?|texto|texte|testo|tekst|text (?:und|&) fotos?|skribent|teksti|írta|yazan|muhabir|haber|"
    r"reportase|pewarta|كتبت?|تحرير|сэтгүүлч|إعداد|기자|글|记者|本报记者|撰文|撰稿|文|文責|取材・文"
)
LABEL = f"{AUTHOR}|{DUTY}"
COLON = r"\s*(?:[:：]|\s[—–-]\s)\s*"
BY = re.compile(rf"^\W*(?:(?:{WRITTEN}|автор|author|autor)\b\s*:?\s+|(?:{LABEL}){COLON})", re.IGNORECASE)
BY_REPORTER = re.compile(
    r"^(?:(?:[\u4e00-\u9fff]{2,5}(?=记者|见习|通讯))?(?:见习)?(?:记者|通讯员)\s*[:：]?\s*(?=[\u4e00-\u9fff]{2})|"
    r"[^,.:]{0,30}\b(?:muxbiri|мухбири|muhabiri|тілшісі|кабарчысы)\s+(?=\S+ \S))"
)
BY_SURNAME = re.compile(rf"^(?:{ALSO_SURNAME})\s*:?\s+(?=\S+\s+\S)", re.IGNORECASE)
LABELLED = re.compile(rf"^\W*(?:{LABEL}|{WRITTEN}|{ALSO_SURNAME}){COLON}(?P<names>\S.*)$", re.IGNORECASE)
CREDITED = re.compile(rf"^\W*(?:{WRITTEN}|{ALSO_SURNAME}|autor(?:in|en|es|as)?|authors?)\s+(?P<names>\S.*)$", re.I)
LABEL_ALONE = re.compile(rf"^\W*(?:(?:{AUTHOR})\W*|(?:{DUTY}|{WRITTEN}|{ALSO_SURNAME})\s*[:：]\s*)$", re.IGNORECASE)
# The words for a picture that stand in front of whose it is.
PICTURE = (
    r"фото(?:граф|графи[яи])?|foto(?:s|lar)?|photos?|pictures?|images?|bild(?:er)?|сурет(?:тер)?|сүрөт(?:төр)?|"
    r"surat(?:lar)?|сурат(?:лар)?|акс(?:ҳо)?|şəkil|fotoğraf(?:lar)?|imagen(?:es)?|immagin[ei]|zdjęci[ae]|图片?|写真|사진|الصورة"
)
CREDIT = re.compile(
    r"^\W*(?:editors?|edited by|redaktor\w*|редактор|muharrir|муҳаррир|redaktion|redacción|édition|"
    rf"(?:{PICTURE})(?: by| de| von| di)?|责任?编辑?|编辑|校对|編集|편집)"
    r"\s*[:：]\s*(?P<names>\S.*)$",
    re.IGNORECASE,
)
SPLIT = re.compile(
    r"\s*(?:;|\||•|、|\n|,(?!\s*(?:Jr|Sr|PhD|MD)\b)|\s(?:and|und|et|y|и|va|ва|və|және|жана|hám|hem)\s)\s*"
)
# Words for "and" that are parts of names too, and signs that stand in the names of agencies: between two full names.
JOINED = re.compile(
    r"^(\S+(?: \S+)+?)(?: (?:og|och|oraz|ve|en|e|i|ja|és|și|ir|un|та|և|და|ile|dan|with|&|\+|/) |/)(\S+(?: \S+)+)$"
)
INITIAL = re.compile(r"[^\W\d_]\.\s?[^\W\d_]{2}")  # "Н.Иванова"
PICTURES = re.compile(r"\((?:fotos?|photos?|bild(?:er)?|videos?|grafik\w*|illustration\w*|фото)\)", re.IGNORECASE)
PLACE = re.compile(
    r" (?:in|aus|à|en|em|w|i|из|в) [A-ZÀ-ÞА-Я]\S+(?: [A-ZÀ-ÞА-Я]\S+)?$"
)  # "Anna Ivanova in New Riverton"
ABBREVIATION = re.compile(r"(?<![^\s-])[A-ZÀ-ÞА-Я]{2,}(?![^\s-])")
OTHERS_WORK = re.compile(r"[;.,]?\s*(?:additional reporting|editing|edited|writing|compiled|translated) by\b.*$", re.I)
SIGN = re.compile(r"\s*\([^()]{1,12}\)$")  # "Anna Ivanova (aiv)": how editors sign
ADDRESS = re.compile(r"\s*[(<\[]?(?:\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\S)@\S+)[)>\]]?\s*")
SITE = re.compile(r"://|\bwww\.", re.IGNORECASE)
# Offices that Korean, Japanese and Chinese bylines set behind the name.
OFFICE = re.compile(r"\s*(?:(?:선임|수습|인턴|전문|객원|취재)?\s?기자|특파원|논설위원|記者|特派員|編集委員|论说委员)$")
DUTIES = frozenset(
    "reporter reporters writer writers correspondent correspondents journalist journalists columnist editor editors "
    "contributor contributors producer redakteur redakteurin korrespondent korrespondentin journalistin autor autorin "
    "volontär volontärin redactor redactora periodista corresponsal journaliste rédacteur rédactrice giornalista "
    "redattore jornalista repórter корреспондент корреспондентка журналист журналистка редактор обозреватель muxbir "
    "мухбир muhabir muhabiri journalistin dziennikarz dziennikarka redaktor".split()
)
AND = re.compile(r"\W*(?:by|von|par|por|di|and|und|et|y|e|и|ва|va|og|och|en|oraz|ve)?\W*$", re.IGNORECASE)
DEGREE = re.compile(  # what stands behind the names of physicians, lawyers and scholars
    r"M\.?S\.?c?|M\.?A|B\.?A|B\.?Sc|M\.?D|Ph\.?D|R\.?D|RDN|R\.?N|MPH|MBA|J\.?D|LL\.?M|D\.?O|DDS|DVM|LCSW|CPT|PharmD|PsyD|"
    r"APD|CFA|CPA|CDE|Esq"
    r"\.?",
)
# What a system writes where nobody entered a name: its first user, or the words for "nobody".
NOBODY = re.compile(
    r"(?:the )?(?:(?:wp|web|site|cms|portal|sys|system|news|content)[ _-]?)?(?:admin(?:istrat(?:or|eur|ore|ör))?|"
    r"administrador|webmaster|superuser|moderator|user|root)[ _-]?|super user|(?:guest|demo|test)(?: user)?|"
    r"гость|аноним|mehmon|기자|記者|记者|"
    r"админ(?:истратор)?|модератор|관리자|운영자|管理员|管理者|no (?:author|name|byline)|without author|без автора|"
    r"(?:unknown|anonymous)(?: author)?|(?:the )?authors?|autor(?:in|en)?|автор|muallif|none|null|undefined|nobody|"
    r"default|untitled|publisher|editor|by|von|and|und|par|por",
    re.IGNORECASE,
)
RIGHTS = re.compile(r"\W*(?:copyright\b|©|\(c\))", re.IGNORECASE)
# What begins words in a byline that are no name, with capital letters as names have.
NO_NAME = re.compile(
    r"(?:share|follow|read|more|view|see|show|updated?|published|posted|modified|created|subscribe|print|comments?|all|"
    r"about|photos?|fotos?|image|video|mehr|alle|artikel|zum|zur|folgen|teilen|stand|log|sign|my|mein|lesezeit|veröffentlicht|aktualisiert|"
    r"ver|más|voir|tous|partager|publié|getty|about|e-?mail|facebook|twitter|instagram|telegram|whatsapp|linkedin|source|"
    r"quelle|fuente|источник|фото|опубликовано|обновлено|сегодня|вчера|просмотр\w*|kaynak|manba|manbasi|manbaa|манба)\b",
    re.IGNORECASE,
)
PARTICLES = frozenset(
    "de da do dos das del della di du la le las los van von vom zu zur der den dem des ter ten bin bint ibn al el af "
    "av y e i o'gli oʻgli o‘gli qizi ogli оглы кызы угли қизи ўғли uulu уулу зода оғлу oğlu kızı".split()
)
# Who holds an office signs decrees and letters, and an office signs as such.
OFFICE_OF = re.compile(
    r"(?:minist|минист|вазир|vazir|президент|president|prezident|раис|rais|председател|директор|direct|direkt|ректор|"
    r"rektor|hokim|ҳоким|аким|акимат|город|шаҳар|shahar|head|chair|secretar|төрағ|бастық|пресс|press|матбуот|matbuot|"
    r"ахборот|axborot|правительств|республик|комитет|агентств|департамент|управлени|служб|отдел)",
    re.IGNORECASE,
)
