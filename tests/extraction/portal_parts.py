"""What portals of ministries show, in parts that fit together in any way: date lines, headlines, bodies and frames, in
four languages, all in our own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.seeds import parse_seed

SEED = parse_seed(
    'title = {en = "A committee"}\nhomepage = "https://portal.example/"\nplatform = "generic"\n'
    'timezone = "Asia/Tashkent"\n[languages]\nru = "ru"\n'
    '[[entries]]\nkind = "listing"\nurl = "https://portal.example/"\nlinks = "a"\n',
    seed_id="xx.portal",
    path="portal.toml",
)
CAPTURED = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Words:
    """What a portal shows in one language."""

    title: str
    paragraphs: tuple[str, ...]
    section: str
    menu: tuple[str, ...]
    site: str
    others: str  # the label over other items
    views: str
    share: str
    items: tuple[str, ...]
    cookies: str
    updated: str
    date: str
    label: str  # before the section's name


WORDS = {
    "ru": Words(
        "В горном районе открыт пункт проката лыж",
        (
            "В понедельник в горном районе начал работу пункт проката лыж и санок для школьников.",
            "Сотрудники пункта выдают снаряжение бесплатно по справке из школы, запись ведётся по телефону.",
            "До конца месяца здесь пройдут четыре занятия с инструктором, сообщили в комитете по спорту.",
        ),
        "Новости",
        ("Главная", "О комитете", "Документы", "Контакты"),
        "Комитет по спорту",
        "Другие новости",
        "Просмотров: 1 245",
        "Поделиться:",
        ("Подведены итоги шахматного турнира среди школ", "Начался приём заявок на детские секции района"),
        "Мы используем файлы cookie, чтобы сайт работал лучше.",
        "Обновлено: 11.03.2026 18:40",
        "5 марта 2026, 14:20",
        "Рубрика",
    ),
    "uz-Latn": Words(
        "Tumanda yangi kutubxona ochildi",
        (
            "Dushanba kuni tumanda bolalar uchun yangi kutubxona ochildi va unga ilk kitobxonlar tashrif buyurdi.",
            "Kutubxona xodimlari kitoblarni bepul beradi, buning uchun maktabdan ma’lumotnoma kifoya qiladi.",
            "Oy oxirigacha bu yerda toʻrtta adabiy kecha oʻtkaziladi, deb xabar berdi madaniyat boʻlimi.",
        ),
        "Yangiliklar",
        ("Bosh sahifa", "Qoʻmita haqida", "Hujjatlar", "Aloqa"),
        "Madaniyat qoʻmitasi",
        "Boshqa yangiliklar",
        "Koʻrishlar soni: 312",
        "Ulashish:",
        ("Shaxmat musobaqasi gʻoliblari taqdirlandi", "Tuman stadioni kuzgacha taʼmirlash uchun yopildi"),
        "Sayt yaxshiroq ishlashi uchun cookie fayllaridan foydalanamiz.",
        "Yangilangan: 11.03.2026 18:40",
        "2026-yil 5-mart, 14:20",
        "Bo‘lim",
    ),
    "uz-Cyrl": Words(
        "Туманда янги кутубхона очилди",
        (
            "Душанба куни туманда болалар учун янги кутубхона очилди ва унга илк китобхонлар ташриф буюрди.",
            "Кутубхона ходимлари китобларни бепул беради, бунинг учун мактабдан маълумотнома кифоя қилади.",
            "Ой охиригача бу ерда тўртта адабий кеча ўтказилади, деб хабар берди маданият бўлими.",
        ),
        "Янгиликлар",
        ("Бош саҳифа", "Қўмита ҳақида", "Ҳужжатлар", "Алоқа"),
        "Маданият қўмитаси",
        "Бошқа янгиликлар",
        "Кўришлар сони: 312",
        "Улашиш:",
        ("Шахмат мусобақаси ғолиблари тақдирланди", "Туман стадиони кузгача таъмирлаш учун ёпилди"),
        "Сайт яхшироқ ишлаши учун cookie файлларидан фойдаланамиз.",
        "Янгиланган: 11.03.2026 18:40",
        "2026 йил 5 март, 14:20",
        "Бўлим",
    ),
    "kk": Words(
        "Ауданда жаңа кітапхана ашылды",
        (
            "Дүйсенбі күні ауданда балаларға арналған жаңа кітапхана ашылып, алғашқы оқырмандарын қабылдады.",
            "Кітапхана қызметкерлері кітаптарды тегін береді, ол үшін мектептен анықтама әкелу жеткілікті.",
            "Ай соңына дейін мұнда төрт әдеби кеш өткізіледі, деп хабарлады мәдениет бөлімі.",
        ),
        "Жаңалықтар",
        ("Басты бет", "Комитет туралы", "Құжаттар", "Байланыс"),
        "Мәдениет комитеті",
        "Басқа жаңалықтар",
        "Қаралды: 312",
        "Бөлісу:",
        ("Шахмат турнирінің жеңімпаздары марапатталды", "Аудан стадионы күзге дейін жөндеуге жабылды"),
        "Сайт жақсырақ жұмыс істеуі үшін cookie файлдарын қолданамыз.",
        "Жаңартылған: 11.03.2026 18:40",
        "2026 жылғы 5 наурыз, 14:20",
        "Айдар",
    ),
    "ky": Words(
        "Райондо жаңы китепкана ачылды",
        (
            "Дүйшөмбү күнү райондо балдар үчүн жаңы китепкана ачылып, алгачкы окурмандарын кабыл алды.",
            "Китепкананын кызматкерлери китептерди акысыз беришет, ал үчүн мектептен маалымкат алып келүү жетиштүү.",
            "Айдын аягына чейин бул жерде төрт адабий кече өткөрүлөт, деп кабарлады маданият бөлүмү.",
        ),
        "Жаңылыктар",
        ("Башкы бет", "Комитет жөнүндө", "Документтер", "Байланыш"),
        "Маданият комитети",
        "Башка жаңылыктар",
        "Көрүүлөр: 312",
        "Бөлүшүү:",
        ("Шахмат мелдешинин жеңүүчүлөрү сыйланды", "Райондун стадиону күзгө чейин оңдоого жабылды"),
        "Сайт жакшыраак иштеши үчүн cookie файлдарын колдонобуз.",
        "Жаңыртылган: 11.03.2026 18:40",
        "2026-жылдын 5-марты, 14:20",
        "Бөлүм",
    ),
    "tg": Words(
        "Дар ноҳия китобхонаи нав кушода шуд",
        (
            "Рӯзи душанбе дар ноҳия барои кӯдакон китобхонаи нав кушода шуда, хонандагони аввалинро қабул кард.",
            "Кормандони китобхона китобҳоро бепул медиҳанд, барои ин аз мактаб маълумотнома овардан кифоя аст.",
            "То охири моҳ дар ин ҷо чор шаби адабӣ баргузор мегардад, хабар дод шуъбаи фарҳанг.",
        ),
        "Хабарҳо",
        ("Саҳифаи асосӣ", "Дар бораи кумита", "Ҳуҷҷатҳо", "Тамос"),
        "Кумитаи фарҳанг",
        "Дигар хабарҳо",
        "Дида шуд: 312",
        "Мубодила:",
        ("Ғолибони мусобиқаи шоҳмот қадр карда шуданд", "Варзишгоҳи ноҳия то тирамоҳ барои таъмир баста шуд"),
        "Барои беҳтар кор кардани сомона мо cookie-ро истифода мебарем.",
        "Нав шуд: 11.03.2026 18:40",
        "5 марти 2026, 14:20",
        "Бахш",
    ),
    "en": Words(
        "New library opens its doors in the hill district",
        (
            "A new library for children opened in the hill district on Monday and welcomed its first readers.",
            "The staff lend books free of charge; a note from the school is all that is needed to join.",
            "Four evenings of reading aloud will be held here before the month ends, the council said.",
        ),
        "News",
        ("Home", "About us", "Documents", "Contacts"),
        "Committee for Culture",
        "Other news",
        "Views: 312",
        "Share:",
        ("Winners of the chess tournament honoured", "District stadium closed for repairs until autumn"),
        "We use cookies to make this site work better.",
        "Last updated: 11.03.2026 18:40",
        "5 March 2026, 14:20",
        "Category",
    ),
}
Part = Callable[[Words], str]
DATES: dict[str, tuple[Part, bool, bool]] = {  # markup, tells the time, tells the section
    "slash": (lambda w: f"<h3>2026-03-05 14:20:00 / {w.section}</h3>", True, True),
    "seconds": (lambda w: "<p class='date'>05.03.2026 14:20:35</p>", True, False),
    "comma": (lambda w: "<span class='news-date'>05.03.2026, 14:20</span>", True, False),
    "counter": (lambda w: f"<div>05.03.2026 14:20 | {w.section} | {w.views}</div>", True, True),
    "words": (lambda w: f"<div class='info'>{w.date}</div>", True, False),
    "day": (lambda w: "<div>05.03.2026</div>", False, False),
    "bare": (lambda w: "05.03.2026 14:20<br>", True, False),
    "split": (lambda w: "<div><span>05.03.2026</span> <span>14:20</span></div>", True, False),
    "list": (lambda w: f"<ul><li><i></i> 05.03.2026 14:20</li><li>{w.views}</li></ul>", True, False),
    "time": (lambda w: "<time datetime='2026-03-05T14:20:00+05:00'>05.03.2026</time>", True, False),
    "row": (lambda w: f"<ul><li><i></i>05.03.2026 14:20</li><li>{w.section}</li><li>{w.views}</li></ul>", True, True),
    "labelled": (lambda w: f"<p>{w.label}: {w.section}</p><p>05.03.2026 / 14:20</p>", True, True),
    "link": (lambda w: f"<div><a class='category' href='/c'>{w.section}</a> <i>05.03.2026 14:20</i></div>", True, True),
}
HEADS: dict[str, Part] = {  # head, then headline
    "h1": lambda w: f"<title>{w.title} | {w.site}</title></head><body>|<h1>{w.title}</h1>",
    "site in front": lambda w: f"<title>{w.site} - {w.title}</title></head><body>|<h2>{w.title}</h2>",
    "og": lambda w: (
        f"<title>{w.site}</title><meta property='og:title' content='{w.title}'>"
        f"<meta property='og:site_name' content='{w.site}'></head><body>|<h2>{w.title}</h2>"
    ),
    "site only": lambda w: f"<title>{w.site}</title></head><body>|<h2>{w.title}</h2>",
    "label of a form": lambda w: (
        f"<title>{w.site}</title></head><body>|<br><span id='ctl00_lblTitle'>{w.title}</span><br>"
    ),
    "h3": lambda w: f"<title>{w.title}</title></head><body>|<h3>{w.title}</h3>",
    "no heading": lambda w: f"<title>{w.title} :: {w.site}</title></head><body>|<div class='c7'>{w.title}</div>",
}
BODIES: dict[str, Part] = {
    "p": lambda w: lines(w, "<p>{}</p>"),
    "uzbek classes": lambda w: f"<div class='xabar-matni'>{lines(w, '<p class=tayinlov>{}</p>')}</div>",
    "breaks": lambda w: f"<div>{'<br><br>'.join(w.paragraphs)}</div>",
    "word": lambda w: lines(w, "<p style='text-align:justify'><span lang=x>{}</span></p><p>&nbsp;</p>", "&nbsp;"),
    "layout table": lambda w: f"<table><tr><td>{lines(w, '<p>{}</p>')}</td></tr></table>",
    "lead": lambda w: f"<div class='f-lead'><b>{w.paragraphs[0]}</b></div><div>{lines(w, '<p>{}</p>')}</div>".replace(
        f"<p>{w.paragraphs[0]}</p>", ""
    ),
    "twice": lambda w: f"<div>{lines(w, '<p>{}</p>')}</div><div class='mobile'>{lines(w, '<p>{}</p>')}</div>",
    "picture": lambda w: (
        f"{lines(w, '<p>{}</p>')}<figure><img src='/2.jpg'><figcaption>What it shows</figcaption></figure>"
    ),
}


def lines(words: Words, form: str, space: str = " ") -> str:
    return "".join(form.format(text.replace(" ", space)) for text in words.paragraphs)


def menu(w: Words) -> str:
    return "<ul>" + "".join(f"<li><a href='/m'>{name}</a></li>" for name in w.menu) + "</ul>"


def others(w: Words, tag: str) -> str:
    items = (f"<div><a href='/n/{n}'>{t}</a> <span>1{n}.03.2026</span></div>" for n, t in enumerate(w.items))
    return f"<div><{tag}>{w.others}</{tag}>{''.join(items)}</div>"


CLOCK = "<div><span>10:00:43 (UTC) 11.05.2026</span></div>"
FRAMES: dict[str, Callable[[Words, str, str, str], str]] = {  # words, headline, date line, body
    "elements": lambda w, h, d, b: (
        f"<header>{CLOCK}<nav>{menu(w)}</nav></header><main><article>{h}{d}{b}</article><div>{w.views}</div>"
        f"{others(w, 'h3')}</main><footer>{w.updated}</footer>"
    ),
    "blocks": lambda w, h, d, b: (
        f"<div>{CLOCK}{menu(w)}</div><div><div>{d} {h}<div>{b}</div><div>{w.views}</div><div>{w.share} "
        f"<a href='#'>Facebook</a> <a href='#'>Telegram</a></div></div>{others(w, 'h4')}</div><div>{w.updated}</div>"
    ),
    "table": lambda w, h, d, b: (
        f"<table><tr><td>{menu(w)}</td><td>{h}{d}{b}<br>{w.views}</td><td>{others(w, 'b')}</td></tr></table>"
        f"<p>{w.updated}</p>"
    ),
    "cookies": lambda w, h, d, b: (
        f"<div>{w.cookies} <button>OK</button></div><div>{menu(w)}</div><section>{h}<div>{d}</div>{b}</section>"
        f"<section>{others(w, 'h2')}</section><p>© 2026 {w.site}. {w.updated}</p>"
    ),
}
