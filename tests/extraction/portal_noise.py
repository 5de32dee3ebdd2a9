"""What portals set around an article: tickers, clocks, weather, exchange rates, crumbs, polls, invitations, counters,
addresses. In our own words; each part is a line or a box as content systems write it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from tests.extraction.portal_parts import Words


@dataclass(frozen=True)
class Around:
    """What a portal shows around all of its articles in one language."""

    home: str
    news: str
    mistake: str
    before: str
    after: str
    printed: str
    subscribe: str
    search: str
    poll: str
    answers: tuple[str, ...]
    visitors: str
    address: str
    rights: str
    for_weak_eyes: str
    listen: str
    tags: str
    comment: str
    useful: str
    links: tuple[str, ...]
    see_also: str
    weather: str
    rates: str
    back: str
    languages: str
    credit: str
    popular: str
    helpline: str


AROUND = {
    "ru": Around(
        home="Главная",
        news="Новости",
        mistake="Если вы нашли ошибку в тексте, выделите её и нажмите Ctrl+Enter",
        before="Предыдущая новость",
        after="Следующая новость",
        printed="Версия для печати",
        subscribe="Подписывайтесь на наш Telegram-канал",
        search="Поиск по сайту",
        poll="Как вы оцениваете работу сайта?",
        answers=("Отлично", "Хорошо", "Плохо"),
        visitors="Посетителей сегодня: 312, всего: 120 455",
        address="100000, г. Ташкент, улица Садовая, 5. Телефон: (71) 200-10-20",
        rights="© 2012–2026 Все права защищены. При использовании материалов ссылка на сайт обязательна.",
        for_weak_eyes="Версия для слабовидящих",
        listen="Прослушать",
        tags="Теги",
        comment="Оставить комментарий",
        useful="Полезные ссылки",
        links=("Портал президента", "Единый портал услуг", "Открытые данные"),
        see_also="Читайте также",
        weather="Ташкент +12°C, ветер 3 м/с",
        rates="USD 12 650,35 EUR 13 720,10",
        back="Назад к списку",
        languages="Русский Oʻzbekcha English",
        credit="Фото: пресс-служба комитета",
        popular="Популярное",
        helpline="Телефон доверия: 1002",
    ),
    "uz-Latn": Around(
        home="Bosh sahifa",
        news="Yangiliklar",
        mistake="Matnda xatolik topsangiz, uni belgilab Ctrl+Enter tugmalarini bosing",
        before="Oldingi yangilik",
        after="Keyingi yangilik",
        printed="Chop etish",
        subscribe="Telegram kanalimizga obuna boʻling",
        search="Sayt boʻyicha qidiruv",
        poll="Sayt sizga yoqdimi?",
        answers=("Ha", "Yoʻq", "Bilmayman"),
        visitors="Bugun tashriflar: 312, jami: 120 455",
        address="100000, Toshkent shahri, Bogʻ koʻchasi, 5-uy. Telefon: (71) 200-10-20",
        rights="© 2012–2026 Barcha huquqlar himoyalangan. Materiallardan foydalanilganda saytga havola shart.",
        for_weak_eyes="Maxsus imkoniyatlar",
        listen="Eshitish",
        tags="Teglar",
        comment="Izoh qoldirish",
        useful="Foydali havolalar",
        links=("Prezident portali", "Yagona interaktiv xizmatlar portali", "Ochiq maʼlumotlar"),
        see_also="Mavzuga oid",
        weather="Toshkent +12°C, shamol 3 m/s",
        rates="USD 12 650,35 EUR 13 720,10",
        back="Roʻyxatga qaytish",
        languages="Русский Oʻzbekcha English",
        credit="Foto: qoʻmita matbuot xizmati",
        popular="Ommabop",
        helpline="Ishonch telefoni: 1002",
    ),
    "uz-Cyrl": Around(
        home="Бош саҳифа",
        news="Янгиликлар",
        mistake="Матнда хатолик топсангиз, уни белгилаб Ctrl+Enter тугмаларини босинг",
        before="Олдинги янгилик",
        after="Кейинги янгилик",
        printed="Чоп этиш",
        subscribe="Telegram каналимизга обуна бўлинг",
        search="Сайт бўйича қидирув",
        poll="Сайт сизга ёқдими?",
        answers=("Ҳа", "Йўқ", "Билмайман"),
        visitors="Бугун ташрифлар: 312, жами: 120 455",
        address="100000, Тошкент шаҳри, Боғ кўчаси, 5-уй. Телефон: (71) 200-10-20",
        rights="© 2012–2026 Барча ҳуқуқлар ҳимояланган. Материаллардан фойдаланилганда сайтга ҳавола шарт.",
        for_weak_eyes="Махсус имкониятлар",
        listen="Эшитиш",
        tags="Теглар",
        comment="Изоҳ қолдириш",
        useful="Фойдали ҳаволалар",
        links=("Президент портали", "Ягона интерактив хизматлар портали", "Очиқ маълумотлар"),
        see_also="Мавзуга оид",
        weather="Тошкент +12°C, шамол 3 м/с",
        rates="USD 12 650,35 EUR 13 720,10",
        back="Рўйхатга қайтиш",
        languages="Русский Oʻzbekcha English",
        credit="Фото: қўмита матбуот хизмати",
        popular="Оммабоп",
        helpline="Ишонч телефони: 1002",
    ),
    "kk": Around(
        home="Басты бет",
        news="Жаңалықтар",
        mistake="Мәтіннен қате тапсаңыз, оны белгілеп Ctrl+Enter басыңыз",
        before="Алдыңғы жаңалық",
        after="Келесі жаңалық",
        printed="Басып шығару",
        subscribe="Telegram арнамызға жазылыңыз",
        search="Сайттан іздеу",
        poll="Сайт сізге ұнады ма?",
        answers=("Иә", "Жоқ", "Білмеймін"),
        visitors="Бүгін келушілер: 312, барлығы: 120 455",
        address="010000, Астана қаласы, Бау көшесі, 5. Телефон: (7172) 20-10-20",
        rights="© 2012–2026 Барлық құқықтар қорғалған. Материалдарды пайдаланғанда сайтқа сілтеме міндетті.",
        for_weak_eyes="Нашар көретіндерге арналған нұсқа",
        listen="Тыңдау",
        tags="Тегтер",
        comment="Пікір қалдыру",
        useful="Пайдалы сілтемелер",
        links=("Президент сайты", "Электрондық үкімет порталы", "Ашық деректер"),
        see_also="Тағы оқыңыз",
        weather="Астана +2°C, жел 3 м/с",
        rates="USD 470,35 EUR 510,10",
        back="Тізімге оралу",
        languages="Русский Қазақша English",
        credit="Фото: комитеттің баспасөз қызметі",
        popular="Танымал",
        helpline="Сенім телефоны: 1002",
    ),
    "ky": Around(
        home="Башкы бет",
        news="Жаңылыктар",
        mistake="Тексттен ката тапсаңыз, аны белгилеп Ctrl+Enter басыңыз",
        before="Мурунку жаңылык",
        after="Кийинки жаңылык",
        printed="Басып чыгаруу",
        subscribe="Telegram каналыбызга жазылыңыз",
        search="Сайттан издөө",
        poll="Сайт сизге жактыбы?",
        answers=("Ооба", "Жок", "Билбейм"),
        visitors="Бүгүн келүүчүлөр: 312, бардыгы: 120 455",
        address="720000, Бишкек шаары, Бак көчөсү, 5. Телефон: (312) 20-10-20",
        rights="© 2012–2026 Бардык укуктар корголгон. Материалдарды колдонууда сайтка шилтеме милдеттүү.",
        for_weak_eyes="Начар көргөндөр үчүн",
        listen="Угуу",
        tags="Тегдер",
        comment="Пикир калтыруу",
        useful="Пайдалуу шилтемелер",
        links=("Президенттин сайты", "Электрондук кызматтар порталы", "Ачык маалыматтар"),
        see_also="Дагы окуңуз",
        weather="Бишкек +7°C, шамал 3 м/с",
        rates="USD 87,35 EUR 94,10",
        back="Тизмеге кайтуу",
        languages="Русский Кыргызча English",
        credit="Сүрөт: комитеттин басма сөз кызматы",
        popular="Популярдуу",
        helpline="Ишеним телефону: 1002",
    ),
    "tg": Around(
        home="Саҳифаи асосӣ",
        news="Хабарҳо",
        mistake="Агар дар матн хато ёфтед, онро қайд карда Ctrl+Enter-ро пахш кунед",
        before="Хабари пешина",
        after="Хабари навбатӣ",
        printed="Чоп кардан",
        subscribe="Ба канали Telegram-и мо обуна шавед",
        search="Ҷустуҷӯ дар сомона",
        poll="Сомона ба шумо писанд омад?",
        answers=("Ҳа", "Не", "Намедонам"),
        visitors="Боздидкунандагон имрӯз: 312, ҳамагӣ: 120 455",
        address="734000, шаҳри Душанбе, кӯчаи Боғ, 5. Телефон: (372) 20-10-20",
        rights="© 2012–2026 Ҳамаи ҳуқуқҳо ҳифз шудаанд. Ҳангоми истифодаи мавод истинод ба сомона ҳатмист.",
        for_weak_eyes="Барои заифбиноён",
        listen="Гӯш кардан",
        tags="Тегҳо",
        comment="Шарҳ гузоштан",
        useful="Пайвандҳои муфид",
        links=("Сомонаи Президент", "Портали хизматрасониҳо", "Маълумоти кушода"),
        see_also="Инчунин хонед",
        weather="Душанбе +14°C, шамол 3 м/с",
        rates="USD 10,95 EUR 11,80",
        back="Бозгашт ба рӯйхат",
        languages="Русский Тоҷикӣ English",
        credit="Акс: хадамоти матбуоти кумита",
        popular="Маъмул",
        helpline="Телефони боварӣ: 1002",
    ),
    "en": Around(
        home="Home",
        news="News",
        mistake="Have you seen an error? Mark it, then type Ctrl+Enter",
        before="Previous item",
        after="Next item",
        printed="Print version",
        subscribe="Subscribe to our Telegram channel",
        search="Search this site",
        poll="How do you like this site?",
        answers=("Very much", "Not bad", "Not at all"),
        visitors="Visitors today: 312, total: 120 455",
        address="5 Garden Street, Tashkent 100000. Phone: (71) 200-10-20",
        rights="© 2012–2026 All rights reserved. Please link to this site when you use our material.",
        for_weak_eyes="High contrast version",
        listen="Listen",
        tags="Tags",
        comment="Leave a comment",
        useful="Useful links",
        links=("President's website", "Public services portal", "Open data"),
        see_also="Read also",
        weather="Tashkent +12°C, wind 3 m/s",
        rates="USD 12 650,35 EUR 13 720,10",
        back="Back to the list",
        languages="Русский Oʻzbekcha English",
        credit="Photo: press office of the committee",
        popular="Most read",
        helpline="Helpline: 1002",
    ),
}


def link(words: str, address: str = "/x") -> str:
    return f"<a href='{address}'>{words}</a>"


def items(names: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{link(name)}</li>" for name in names) + "</ul>"


Noise = Callable[[Words, Around], str]
ABOVE: dict[str, Noise] = {
    "weather": lambda w, a: f"<div class=top><span>{a.weather}</span> <span>{a.rates}</span></div>",
    "clock": lambda w, a: "<div class=top><div class=date>12.03.2026, 11:05</div></div>",
    "eyes": lambda w, a: f"<div>{link(a.for_weak_eyes)} {link('A+')} {link('A-')}</div>",
    "search": lambda w, a: f"<form action=/s><input name=q placeholder='{a.search}'><button>OK</button></form>",
    "languages": lambda w, a: items(a.languages.split()),
    "crumbs": lambda w, a: f"<div>{link(a.home)} » {link(a.news)} » {w.title}</div>",
    "crumb list": lambda w, a: (
        f"<ol class=breadcrumb><li>{link(a.home)}</li><li>{link(a.news)}</li><li>{w.title}</li></ol>"
    ),
    "ticker": lambda w, a: (
        f"<div class=ticker>{link(w.items[0], '/n/8')} <span>11.03.2026 09:15</span> "
        f"{link(w.items[1], '/n/9')} <span>10.03.2026 12:40</span></div>"
    ),
    "helpline": lambda w, a: f"<p>{a.helpline}</p>",
    "logo": lambda w, a: f"<div class=logo>{link(w.site, '/')}</div>",
}
BELOW: dict[str, Noise] = {
    "mistake": lambda w, a: f"<p>{a.mistake}</p>",
    "mistake box": lambda w, a: f"<div class=err>{a.mistake}.</div>",
    "neighbours": lambda w, a: f"<div>{link(f'← {a.before}', '/n/16')} {link(f'{a.after} →', '/n/18')}</div>",
    "pager": lambda w, a: (
        f"<ul class=pager><li>{link(w.items[0], '/n/16')}</li><li>{link(w.items[1], '/n/18')}</li></ul>"
    ),
    "print": lambda w, a: f"<div>{link(a.printed)}</div>",
    "subscribe": lambda w, a: f"<p><b>{a.subscribe}</b> {link('t.me/kanal', 'https://t.me/kanal')}</p>",
    "tags": lambda w, a: f"<div>{a.tags}: {link('sport', '/t/1')}, {link('maktab', '/t/2')}</div>",
    "poll": lambda w, a: (
        f"<div class=poll><b>{a.poll}</b>"
        + "".join(f"<label><input type=radio> {answer}</label><br>" for answer in a.answers)
        + "</div>"
    ),
    "comment": lambda w, a: f"<h4>{a.comment}</h4><form><textarea></textarea></form>",
    "listen": lambda w, a: f"<div>{a.listen}</div>",
    "share": lambda w, a: f"<div class=share>{w.share} {link('Telegram')} {link('Facebook')} {link('X')}</div>",
    "credit": lambda w, a: f"<p>{a.credit}</p>",
    "back": lambda w, a: f"<div>{link(a.back)}</div>",
    "views": lambda w, a: f"<div>{w.views}</div>",
    "see also": lambda w, a: (
        f"<div><h3>{a.see_also}</h3>{link(w.items[0], '/n/6')}<br>{link(w.items[1], '/n/7')}</div>"
    ),
}
FOOT: dict[str, Noise] = {
    "useful": lambda w, a: f"<div><h3>{a.useful}</h3>{items(a.links)}</div>",
    "visitors": lambda w, a: f"<p>{a.visitors}</p>",
    "address": lambda w, a: f"<p>{a.address}</p>",
    "rights": lambda w, a: f"<p>{a.rights}</p>",
    "updated": lambda w, a: f"<p>{w.updated}</p>",
    "popular": lambda w, a: (
        f"<div><h3>{a.popular}</h3>"
        + "".join(f"<div>{link(t, '/n/2')}<p>0{n}.03.2026</p></div>" for n, t in enumerate(w.items, 1))
        + "</div>"
    ),
    "helpline": lambda w, a: f"<div>{a.helpline}</div>",
    "mail": lambda w, a: "<div>Info@portal.example</div>",
}


def some(parts: dict[str, Noise], words: Words, around: Around, chance: Random) -> str:
    """Up to five of the parts, in any order."""
    return "".join(parts[name](words, around) for name in chance.sample(sorted(parts), chance.randint(0, 5)))
