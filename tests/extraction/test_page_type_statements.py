"""What a page says in place of an article is a rejection with its reason, in every language; what only has such words
in it is an article."""

from __future__ import annotations

import pytest

from crawler import extract
from crawler.model import Article, Reason, Rejection

URL = "https://bridges.example/news/12345"
MENU = "".join(f"<li><a href='/s{n}'>Section number {n} of the office</a></li>" for n in range(12))
TEXT = "The ministry opened a new bridge over the river near the village, and the road to town is half as long now. "


def page(title: str, middle: str, head: str = "", menu: str = MENU) -> bytes:
    frame = f"<header><nav><ul>{menu}</ul></nav></header>" if menu else ""
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{frame}<main>{middle}</main>"
        "<footer><p>© Office of bridges</p></footer></body></html>"
    ).encode()


def reason(body: bytes) -> Reason | str:
    found = extract(body, URL)
    return found.reason if isinstance(found, Rejection) else f"an article: {found.title}: {found.text[:80]}"


NOT_FOUND = """
404
Error 404
404 - Page not found
404: страница не найдена
Page not found
The page you are looking for could not be found
Sorry, the requested page does not exist
This page can't be found
Страница не найдена
Запрашиваемая страница не существует или была удалена
К сожалению, такой страницы не существует
Такой страницы нет
Документ не найден
Sahifa topilmadi
Kechirasiz, siz izlayotgan sahifa topilmadi
Siz izlayotgan sahifa mavjud emas
Саҳифа топилмади
Сиз излаётган саҳифа мавжуд эмас
Бет табылмады
Парақ табылмады
Барак табылган жок
Баракча табылган жок
Саҳифа ёфт нашуд
Sahypa tapylmady
Bet tabılmadı
Бет табылмады
Səhifə tapılmadı
Sayfa bulunamadı
Aradığınız sayfa bulunamadı
Die gewünschte Seite wurde leider nicht gefunden
Page introuvable
La page demandée n'existe pas
Página no encontrada
Página não encontrada
Pagina non trovata
Сторінку не знайдено
Strona nie istnieje
Хуудас олдсонгүй
الصفحة غير موجودة
صفحه مورد نظر یافت نشد
页面不存在
您访问的页面不存在或已被删除
お探しのページは見つかりませんでした
요청하신 페이지를 찾을 수 없습니다
""".strip().splitlines()


@pytest.mark.parametrize("words", NOT_FOUND)
def test_a_page_that_says_it_is_not_there(words: str) -> None:
    hint = "<p>Go to <a href='/'>the front page</a>, please.</p>"
    assert reason(page(f"{words} | Office of bridges", f"<h1>{words}</h1>{hint}")) is Reason.NO_VERSION
    assert reason(page("Office of bridges", f"<h2>Oops!</h2><p>{words}.</p>{hint}")) is Reason.NO_VERSION


DOWN = """
Error
Ошибка
502 Bad Gateway
503 Service Temporarily Unavailable
Internal Server Error
Error establishing a database connection
Server Error in '/' Application.
Under maintenance
We'll be back soon!
Ведутся технические работы
Сайт временно закрыт на техническое обслуживание
Внутренняя ошибка сервера
Saytda texnik ishlar olib borilmoqda
Сайтда техник ишлар олиб борилмоқда
Сайтта техникалық жұмыстар жүргізілуде
Wartungsarbeiten
Site en maintenance
""".strip().splitlines()


@pytest.mark.parametrize("words", DOWN)
def test_a_site_that_is_down_is_not_gone(words: str) -> None:
    body = page(words, f"<h1>{words}</h1><p>We are sorry, and ask all visitors to come again in an hour.</p>", menu="")
    assert reason(body) is Reason.SERVER_ERROR


ASKING = """
Just a moment...
Один момент…
Checking your browser before accessing bridges.example
Attention Required! | Cloudflare
Access denied | bridges.example used Cloudflare to restrict access
Sorry, you have been blocked
DDoS-Guard
403 Forbidden
Доступ запрещён
Подтвердите, что вы не робот
Are you a robot?
Confirm that you are not a robot
请稍候…
""".strip().splitlines()


@pytest.mark.parametrize("words", ASKING)
def test_a_page_that_asks_whether_a_person_is_there_is_blocked(words: str) -> None:
    body = page(words, "<h1>bridges.example</h1><p>The security of the connection is looked at first.</p>", menu="")
    assert reason(body) is Reason.BLOCKED


@pytest.mark.parametrize("words", ["Log in", "Авторизация", "Tizimga kirish", "Кіру", "Anmelden", "Se connecter"])
def test_a_page_that_asks_for_a_password_is_blocked(words: str) -> None:
    form = "<form method='post'><input name='user'><input type='password' name='word'></form>"
    middle = f"<h1>{words}</h1>{form}<p>Who has forgotten the password asks the office for a new one.</p>"
    assert reason(page(f"{words} | Office", middle)) is Reason.BLOCKED
    assert (
        reason(page("Office closed on Friday", f"{form}<h1>Office closed on Friday</h1><p>{TEXT}</p>"))
        != Reason.BLOCKED
    )


def test_a_page_that_asks_for_consent_is_blocked() -> None:
    body = page("Cookies", f"<h1>We value your privacy</h1><p>{TEXT}</p><button>Accept</button>", menu="")
    assert reason(body) is Reason.BLOCKED


@pytest.mark.parametrize(
    "words",
    ["You need to enable JavaScript to run this app.", "Для работы сайта включите JavaScript в браузере.",
     "Please enable JavaScript to view this website correctly."],
)  # fmt: skip
@pytest.mark.parametrize("holder", ["noscript", "p"])
def test_a_page_that_a_script_fills_is_a_shell(words: str, holder: str) -> None:
    body = f"<div id='root'></div><{holder}>{words}</{holder}>"
    head = "<script src='/app.js'></script>"
    assert reason(page("Bridges", body, head, "").replace(b"<p>\xc2\xa9 Office of bridges</p>", b"")) is Reason.SHELL
    article = f"<noscript>{words}</noscript><h1>Office closed on Friday</h1><p>{TEXT}</p>"
    assert "article" in reason(page("Office closed on Friday", article, head))


def test_a_page_that_leads_on_is_a_redirect() -> None:
    head = '<meta http-equiv="refresh" content="0; url=/news/9">'
    middle = "<p>If nothing happens, follow <a href='/news/9'>this link to the new page</a>.</p>"
    found = extract(page("The new page of this news item", middle, head), URL)
    assert isinstance(found, Rejection) and found.reason is Reason.REDIRECT
    assert found.detail == "leads to https://bridges.example/news/9"
    assert reason(page("Redirecting", "<h1>Redirecting...</h1><p>Wait a little, please.</p>")) is Reason.REDIRECT
    again = f'<meta http-equiv="refresh" content="0;url={URL}#top"><meta http-equiv="refresh" content="1800">'
    assert "article" in reason(page("Office closed", f"<h1>Office closed on Friday</h1><p>{TEXT}</p>", again))


def cards(words: str, n: int = 9) -> str:
    return "".join(
        f"<div class='item'><span>1{i}.03.2026</span>"
        f"<h3><a href='/news/{i}'>Bridge number {i} was opened today</a></h3>"
        f"<p>{words.replace('village', f'village number {i}')}</p></div>"
        for i in range(n)
    )


@pytest.mark.parametrize("words", ["Short words about the village.", TEXT, TEXT * 3])
@pytest.mark.parametrize("title", ["News", "All news of the office of bridges"])
def test_boxes_with_headlines_to_click_on_are_a_listing(words: str, title: str) -> None:
    assert reason(page(f"{title} | Office of bridges", f"<h1>{title}</h1>{cards(words)}")) is Reason.LISTING


def test_a_page_of_search_results_is_a_listing() -> None:
    results = "<p>Found 24 results for your words</p>" + cards(TEXT)
    for title in (
        "Search results",
        "Результаты поиска",
        "Qidiruv natijalari",
        "Қидирув натижалари",
        "Іздеу нәтижелері",
    ):
        assert reason(page(title, f"<h1>{title}</h1>{results}")) is Reason.LISTING
        assert (
            reason(page(title, f"<h1>{title}</h1><p>Nothing was found for the words that were given.</p>"))
            is Reason.LISTING
        )


ARTICLES = [
    ("404 villages got clean water", "The ministry says that 404 villages got clean water this year."),
    ("404-sonli qaror qabul qilindi", "Vazirlar Mahkamasi 404-sonli qarorni qabul qildi."),
    ("Документ удалён из реестра по решению суда", "Суд постановил исключить документ из реестра с первого мая."),
    ("Search for missing hikers goes on", "Forty rescuers look for three hikers who were lost in the mountains."),
    ("Поиск пропавших туристов продолжается", "Сорок спасателей ищут трёх туристов, пропавших в горах."),
    ("Access denied to three polluters of the river", "The court forbade three companies to take water from it."),
    ("Доступ ограничен на перевал из-за лавин", "Министерство закрыло перевал до понедельника из-за лавин."),
    ("Just a moment of patience, says the post", "Letters will come a day later this week, the post told us."),
    ("Технические работы на портале 12 марта", "Ночью на портале будут вестись технические работы."),
    ("Технические работы", "В четверг с 22:00 до 02:00 портал министерства не будет работать."),
    ("New rules on cookies and privacy", "Sites must ask before they store cookies, says the agency."),
    ("Log in to the new portal with a bank card", "Citizens can use a bank card instead of a password from May."),
]


@pytest.mark.parametrize(("title", "text"), ARTICLES, ids=[t for t, _ in ARTICLES])
def test_news_about_such_things_is_news(title: str, text: str) -> None:
    middle = f"<h1>{title}</h1><p class='date'>12.03.2026</p><p>{text}</p>"
    found = extract(page(f"{title} | Office of bridges", middle), URL)
    assert isinstance(found, Article) and (found.title, found.text) == (title, text)


@pytest.mark.parametrize("between", [f"<p>{TEXT}</p>", "<p class='date'>12.03.2026</p>"])
def test_a_notice_or_a_digest_in_front_of_boxes_is_an_article(between: str) -> None:
    title = "News in brief, week eleven of the year"
    assert "article" in reason(page(f"{title} | Office", f"<h1>{title}</h1>{between}{cards(TEXT)}"))


@pytest.mark.parametrize("address", ["https://bridges.example/news", "https://bridges.example/en/press/news/"])
def test_words_on_what_is_listed_open_a_listing(address: str) -> None:
    title = "All news of the office of bridges"
    body = page(f"{title} | Office", f"<h1>{title}</h1><p>{TEXT}</p>{cards(TEXT)}")
    found = extract(body, address)
    assert isinstance(found, Rejection) and found.reason is Reason.LISTING


def test_a_short_notice_is_an_article_wherever_the_boxes_stand() -> None:
    title = "The office of bridges is closed"
    notice = f"<h1>{title}</h1><p>The office is closed on Friday, and opens again on Monday at nine.</p>"
    dated = "<h1>Announcement</h1><p class='date'>12.03.2026</p><p>The office is closed on Friday this week.</p>"
    for boxes_first in (True, False):
        for body, name in ((notice, title), (dated, "Announcement")):
            middle = f"<div>{cards(TEXT)}</div>{body}" if boxes_first else f"{body}<div>{cards(TEXT)}</div>"
            assert "article" in reason(page(f"{name} | Office", middle)), (name, boxes_first)


def test_a_list_of_files_is_an_article() -> None:
    files = "".join(
        f"<li><a href='/f/{n}.pdf'>Permit number {n} for the use of river water</a></li>" for n in range(20)
    )
    title = "List of permits issued in March"
    found = extract(page(f"{title} | Office", f"<h1>{title}</h1><p>The permits of March.</p><ul>{files}</ul>"), URL)
    assert isinstance(found, Article) and len(found.attachments) == 20


DOOR = "<form method=post><label>Name</label><input name=u><label>Word</label><input type=password name=p></form>"


def test_a_page_of_hardly_more_than_a_door_is_refused_whatever_it_is_called() -> None:
    page = (
        f"<title>Ministry of Wells</title><body><h1>Kabinet kirisi</h1>{DOOR}<p>Tolko dlya sotrudnikov vedomstva.</p>"
    )
    found = extract(page.encode(), "https://wells.example/cabinet")
    assert isinstance(found, Rejection), found
    assert found.reason is Reason.BLOCKED


def test_a_door_beside_a_dated_notice_refuses_nothing() -> None:
    page = (
        f"<title>New well in Orrin</title><body><div>{DOOR}</div><main><h1>New well in Orrin</h1><p>10 March 2026</p>"
        "<p>The ministry opened a new well in the valley of Orrin on Tuesday.</p></main>"
    )
    found = extract(page.encode(), "https://wells.example/news/12")
    assert not isinstance(found, Rejection), found
