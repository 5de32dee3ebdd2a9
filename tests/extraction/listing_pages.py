"""Listings in the shapes in which the news pages of ministries come, in our own words and in several scripts: what a
reader of articles should refuse. `LISTINGS` holds (name, address, page)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

# (language, heading, site, words for "read more", headlines, teasers, months as the dates show them)
Words = tuple[str, str, str, str, list[str], list[str], list[str]]

EN: Words = (
    "en", "News", "Ministry of Wells", "Read more",
    ["Twelve wells dug in the hills of Orrin", "School at Lower Fen gets clean water", "Minister meets pump makers",
     "Tender for six drilling rigs is open", "Rules for village cisterns change in May",
     "Report on last year's drought is out"],
    ["The last of them gives forty litres a minute, enough for two hundred families and their herds.",
     "Pupils no longer walk to the river, and the old tank becomes a garden for the lower classes.",
     "They spoke about spare parts, which come late, and about a workshop that could make them here."],
    ["12 March 2026", "9 March 2026", "27 February 2026"],
)  # fmt: skip
RU: Words = (
    "ru", "Новости", "Министерство колодцев", "Подробнее",
    ["В холмах Оррина вырыли двенадцать колодцев", "Школа в Нижнем Фене получила чистую воду",
     "Министр встретился с мастерами насосов", "Открыт конкурс на шесть буровых установок",
     "С мая меняются правила для сельских цистерн", "Вышел доклад о прошлогодней засухе"],
    ["Последний даёт сорок литров в минуту, этого хватит двумстам семьям и их стадам до самой осени.",
     "Ученики больше не ходят к реке, а старый бак станет садом для младших классов этой школы.",
     "Говорили о запасных частях, которые приходят поздно, и о мастерской, где их могли бы делать."],
    ["12 марта 2026", "9 марта 2026", "27 февраля 2026"],
)  # fmt: skip
UZ: Words = (
    "uz", "Yangiliklar", "Quduqlar vazirligi", "Batafsil",
    ["Orrin tepaliklarida oʻn ikki quduq qazildi", "Quyi Fen maktabi toza suv oldi",
     "Vazir nasos ustalari bilan uchrashdi", "Oltita burgʻulash dastgohi uchun tanlov ochildi",
     "Maydan qishloq sardobalari qoidalari oʻzgaradi", "Oʻtgan yilgi qurgʻoqchilik haqida hisobot chiqdi"],
    ["Oxirgisi daqiqasiga qirq litr suv beradi, bu ikki yuz oila va ularning podalari uchun yetadi.",
     "Oʻquvchilar endi daryoga bormaydi, eski bak esa quyi sinflar uchun bogʻga aylantiriladi.",
     "Kech keladigan ehtiyot qismlar va ularni shu yerda yasay oladigan ustaxona haqida gaplashildi."],
    ["12.03.2026", "09.03.2026", "27.02.2026"],
)  # fmt: skip
ES: Words = (
    "es", "Noticias", "Ministerio de Pozos", "Leer más",
    ["Doce pozos excavados en las colinas de Orrin", "La escuela de Bajo Fen recibe agua limpia",
     "El ministro se reúne con fabricantes de bombas", "Abierta la licitación de seis perforadoras",
     "Las reglas de las cisternas rurales cambian en mayo", "Publicado el informe sobre la sequía pasada"],
    ["El último da cuarenta litros por minuto, suficiente para doscientas familias y sus rebaños.",
     "Los alumnos ya no caminan hasta el río y el viejo tanque será un jardín para los pequeños.",
     "Hablaron de repuestos, que llegan tarde, y de un taller que podría fabricarlos aquí mismo."],
    ["12/03/2026", "09/03/2026", "27/02/2026"],
)  # fmt: skip
AR: Words = (
    "ar", "الأخبار", "وزارة الآبار", "المزيد",
    ["حفر اثنتي عشرة بئرا في تلال أورين", "مدرسة فن السفلى تحصل على مياه نظيفة",
     "الوزير يلتقي صناع المضخات", "فتح مناقصة لست حفارات جديدة", "قواعد خزانات القرى تتغير في مايو",
     "صدور تقرير عن جفاف العام الماضي"],
    ["تعطي الأخيرة أربعين لترا في الدقيقة وهو ما يكفي مئتي عائلة وقطعانها حتى نهاية فصل الخريف.",
     "لم يعد التلاميذ يمشون إلى النهر وسيصبح الخزان القديم حديقة للصفوف الأولى في هذه المدرسة.",
     "تحدثوا عن قطع الغيار التي تصل متأخرة وعن ورشة يمكن أن تصنعها هنا في المدينة خلال العام."],
    ["12/03/2026", "09/03/2026", "27/02/2026"],
)  # fmt: skip
ZH: Words = (
    "zh", "新闻动态", "水井部", "查看更多",
    ["奥林山区新挖十二口水井投入使用", "下芬学校的师生用上了清洁水", "部长会见水泵生产企业的代表",
     "六台钻机采购项目公开招标公告", "农村蓄水池管理办法五月起调整", "去年旱情评估报告正式对外发布"],
    ["最后一口井每分钟出水四十升，可以满足两百户家庭和他们的牲畜一直到秋天结束时的全部用水需要。",
     "学生们不再需要步行到河边取水，旧的水箱将改造成供低年级学生使用的小花园，预计秋季开放。",
     "双方讨论了经常迟到的备件问题，以及在本地建立一个能够生产这些备件的车间的可能性和费用。"],
    ["2026-03-12", "2026-03-09", "2026-02-27"],
)  # fmt: skip
FR: Words = (
    "fr", "Actualités", "Ministère des Puits", "Lire la suite",
    ["Douze puits creusés dans les collines d’Orrin", "L’école de Bas-Fen reçoit de l’eau propre",
     "Le ministre rencontre les fabricants de pompes", "Appel d’offres pour six foreuses",
     "Les règles des citernes changent en mai", "Le rapport sur la sécheresse est paru"],
    ["Le dernier donne quarante litres par minute, assez pour deux cents familles et leurs troupeaux.",
     "Les élèves ne marchent plus jusqu’à la rivière et la vieille cuve deviendra un petit jardin.",
     "Ils ont parlé des pièces qui arrivent tard et d’un atelier qui pourrait les fabriquer ici."],
    ["12 mars 2026", "9 mars 2026", "27 février 2026"],
)  # fmt: skip

MENUS = 8
SECTIONS = "".join(f'<li><a href="/s/{n}">§ {n}</a></li>' for n in range(MENUS))


def _items(words: Words, count: int = 10) -> Iterator[tuple[str, str, str, str]]:
    """(address, headline, teaser, date) of the entries."""
    _, _, _, _, titles, teasers, dates = words
    for n in range(count):
        yield f"/news/{900 - n}", titles[n % len(titles)], teasers[n % len(teasers)], dates[n % len(dates)]


def _cards(w: Words) -> str:
    """Cards that are links whole, as front-end frameworks make them."""
    cards = (
        f'<a class="c-card" href="{a}"><div class="c-date">{d}</div><div>{t}</div></a>' for a, t, _, d in _items(w)
    )
    return f'<div class="page"><h1>{w[1]}</h1><div class="grid">{"".join(cards)}</div></div>'


def _rows(w: Words) -> str:
    """Rows of a view: picture, headline, date, teaser, a button."""
    rows = (
        f'<div class="views-row"><img src="/i.jpg"><h3><a href="{a}">{t}</a></h3><span>{d}</span><p>{s}</p>'
        f'<a href="{a}" class="more-link">{w[3]}</a></div>'
        for a, t, s, d in _items(w)
    )
    return f'<main><h1>{w[1]}</h1><div class="view-content">{"".join(rows)}</div></main>'


def _dated_list(w: Words) -> str:
    """A plain list of dates and links, as many portals of states have it."""
    items = (f'<li><span>{d}</span><a href="{a}">{t}</a></li>' for a, t, _, d in _items(w, 20))
    return f'<div class="right"><div class="tit">{w[1]}</div><ul class="list">{"".join(items)}</ul></div>'


def _board(w: Words) -> str:
    """A board of numbers, titles, dates and views."""
    rows = (
        f'<tr><td>{500 - n}</td><td><a href="{a}">{t}</a></td><td>{d}</td><td>{37 * n}</td></tr>'
        for n, (a, t, _, d) in enumerate(_items(w, 15))
    )
    return f'<div id="content"><h3>{w[1]}</h3><table class="board">{"".join(rows)}</table></div>'


def _blog(w: Words) -> str:
    """Entries with a heading and the whole first paragraph, in elements of HTML 5."""
    entries = (
        f'<article class="post"><header><h2><a href="{a}">{t}</a></h2><time>{d}</time></header>'
        f'<div class="excerpt"><p>{s} {s}</p></div></article>'
        for a, t, s, d in _items(w, 8)
    )
    return f'<main id="primary"><header><h1>{w[1]}</h1></header>{"".join(entries)}</main>'


def _layout_table(w: Words) -> str:
    """A table for the layout, a row for each entry."""
    rows = (
        f'<tr><td><img src="/i.jpg" width="90"></td><td><b><a href="{a}">{t}</a></b><br>{d}<br>{s}</td></tr>'
        for a, t, s, d in _items(w, 9)
    )
    return f'<table width="600"><tr><td colspan="2"><b>{w[1]}</b></td></tr>{"".join(rows)}</table>'


def _loose(w: Words) -> str:
    """Headings and paragraphs beside each other, without a box around each entry."""
    entries = (f'<h4><a href="{a}">{t}</a></h4><small>{d}</small><p>{s}</p>' for a, t, s, d in _items(w))
    return f'<div class="container"><h2>{w[1]}</h2>{"".join(entries)}</div>'


def _filtered(w: Words) -> str:
    """Cards under a form that filters them, with the numbers of further pages."""
    years = "".join(f"<option>{year}</option>" for year in range(2015, 2027))
    cards = (f'<li class="item"><a href="{a}"><h3>{t}</h3></a><p>{d}</p></li>' for a, t, _, d in _items(w, 12))
    pages = "".join(f'<a href="?page={n}">{n}</a>' for n in range(1, 6))
    return (
        f'<section><h1>{w[1]}</h1><form><select name="y">{years}</select><button>OK</button></form>'
        f'<ul>{"".join(cards)}</ul><div class="pages">{pages}</div></section>'
    )


SHAPES: dict[str, Callable[[Words], str]] = {
    "cards": _cards, "rows": _rows, "dated-list": _dated_list, "board": _board, "blog": _blog,
    "layout-table": _layout_table, "loose": _loose, "filtered": _filtered,
}  # fmt: skip


def _page(words: Words, middle: str) -> bytes:
    return (
        f'<!DOCTYPE html><html lang="{words[0]}"><head><meta charset="utf-8"><title>{words[1]} | {words[2]}</title>'
        f'</head><body><div class="top"><a href="/">{words[2]}</a><ul>{SECTIONS}</ul></div>{middle}'
        f'<div class="bottom"><p>© {words[2]}, 2026</p><p>+998 71 200 00 00</p></div></body></html>'
    ).encode()


LISTINGS = [
    (f"{shape}-{words[0]}", f"https://wells.example.{words[0]}/{words[0]}/news", _page(words, make(words)))
    for shape, make in SHAPES.items()
    for words in (EN, RU, UZ, ES, AR, ZH, FR)
]
