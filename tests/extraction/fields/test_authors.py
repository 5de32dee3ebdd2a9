"""Who wrote an article: data for machines, marked bylines and lines, in the shapes of the systems that write them."""

from __future__ import annotations

import time

import pytest

import crawler
from crawler import Article
from crawler.extraction.lines.person_names import is_name, names_in

URL = "https://news.example.org/2026/03/harbour"
LINES = (
    "The harbour will be dredged this summer, the port authority said, so that larger ferries can call again.",
    "Work starts at the eastern quay in June and moves to the fishing basin once the season is over.",
    "The mud goes to a meadow behind the dyke, where it dries for two years before farmers may have it.",
)
TEXT = "".join(f"<p>{line}</p>" for line in LINES)
SITE = '<meta property="og:site_name" content="Coast Office">'
CARD = (
    "<div class='card'><h3><a href='/{0}'>A long headline about the {0} bridge</a></h3>"
    "<p class='{1}'>By Jens Krog</p></div>"
)


def record(byline: str = "", head: str = "", behind: str = "", url: str = URL) -> Article:
    body = f"<h1>The harbour gets deeper</h1>{byline}{TEXT}{behind}"
    found = crawler.extract(f"<html lang=en><head>{head}</head><body>{body}</body></html>".encode(), url)
    assert isinstance(found, Article), found
    return found


def data(author: str, kind: str = "NewsArticle", more: str = "") -> str:
    article = f'{{"@type": "{kind}", "headline": "The harbour gets deeper", {author}}}'
    return f'<script type="application/ld+json">{{"@graph": [{article}{more}]}}</script>'


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<div class="byline">By <a href="/author/jane-doe/">Jane Doe</a> and <a href="/author/t">Tom Reed</a></div>',
         ("Jane Doe", "Tom Reed")),
        ('<p class="byline"><span>By </span><span>Jane Doe</span><span>, </span><span>Tom Reed</span></p>',
         ("Jane Doe", "Tom Reed")),
        ('<ol class=authors><li><a href="/author/a">Anna Weber</a></li><li><a href="/author/j">Jens Krog</a></li></ol>',
         ("Anna Weber", "Jens Krog")),
        ('<ul class="articleAuthorList"><li><a href="/author/2">Anna Weber</a></li></ul>', ("Anna Weber",)),
        ('<div class="field--name-field-author"><div class="field__label">Author</div><div>Jane Doe</div></div>',
         ("Jane Doe",)),
        ('<dd class="createdby" itemprop="author" itemscope>Written by: <span itemprop="name">Jane Doe</span></dd>',
         ("Jane Doe",)),
        ('<dd class="createdby" itemprop="author" itemscope>By <span itemprop="name">Super User</span></dd>', ()),
        ('<span itemprop="author" itemscope><meta itemprop="name" content="Jane Doe"></span>', ("Jane Doe",)),
        ('<span class="documentByLine">by <span class="documentAuthor">Ana Ruiz</span> — published 09/03/2026</span>',
         ("Ana Ruiz",)),
        ('<div class="byline">by <a href="/author/dora">Dora</a> on 9 March 2026</div>', ("Dora",)),
        ('<div class="author-box"><h4>Anna Weber</h4><p>Reporter</p><a href="#">Follow</a></div>', ("Anna Weber",)),
        ('<div class="author"><span>Anna Weber</span><span>Political Editor</span></div>', ("Anna Weber",)),
        ('<div class="article-author">Anna Weber, Senior Reporter</div>', ("Anna Weber",)),
        ('<div class="author"><a href="/@ax9">ax9</a><p>Writes About Ports</p></div>', ()),
        ('<span class="writer">홍길동 기자</span>', ("홍길동",)),
        ('<div class="authorline">Von <em>Anna Weber</em>, TTX-Studio Riverton</div>', ("Anna Weber",)),
        ('<div><span>Von</span> <a href="/impressum/autor/12">Anna Weber</a></div>', ("Anna Weber",)),
        ('<div class="byline">Anna Weber / TTX / Mar 9, 2026, 10:05</div>', ("Anna Weber",)),
        ('<p class="author">Anna Weber - 9 March 2026</p>', ("Anna Weber",)),
        ('<p class="byline">Anna Weber <span>5 min read</span></p>', ("Anna Weber",)),
        ('<span itemprop="author creator">Text: Anna Weber</span>', ("Anna Weber",)),
        ('<p class="byline">Anna Weber in New Riverton</p>', ("Anna Weber",)),
        ('<span property="schema:author"><span property="schema:name">Anna Weber</span></span>', ("Anna Weber",)),
        ('<div class="meta"><i class="fa fa-user"></i> Anna Weber <i class="fa fa-clock"></i> 9 March</div>',
         ("Anna Weber",)),
        ('<ul><li><i class="icon-user"></i> <a href="#">Anna Weber</a></li><li>9 March 2026</li></ul>',
         ("Anna Weber",)),
        ('<figure><img src="a.jpg"><figcaption><span class="byline">Jens Krog</span></figcaption></figure>', ()),
    ],
)  # fmt: skip
def test_a_marked_byline_names_people_and_leaves_out_what_stands_beside_them(
    byline: str, names: tuple[str, ...]
) -> None:
    found = record(byline)
    assert found.authors == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<p>Von Anna Weber und Jens Krog</p>", ("Anna Weber", "Jens Krog")),
        ("<p>Stand: 09.03.2026 | Von Anna Weber</p>", ("Anna Weber",)),
        ("<p>Par Anne Roux - publié le 9 mars 2026</p>", ("Anne Roux",)),
        ("<p>Автор: Мария Петрова</p>", ("Мария Петрова",)),
        ("<div>Текст и фото: Иванов И.И.</div>", ("Иванов И.И.",)),
        ("<p>Muallif: Dilshod Karimov</p>", ("Dilshod Karimov",)),
        ("<p>Muhabir: Ayşe Yılmaz</p>", ("Ayşe Yılmaz",)),
        ("<p>بقلم: أحمد علي</p>", ("أحمد علي",)),
        ("<div>ავტორი: ნინო ბერიძე</div>", ("ნინო ბერიძე",)),
        ("<p>文：山田太郎</p>", ("山田太郎",)),
        ("<p>本报记者 张三</p>", ("张三",)),
        ("<div><span>2026-03-09 10:20</span><span>来源：江河报</span><span>作者：张三</span></div>", ("张三",)),
        ("<div>승인 2026.03.09 10:20 | 홍길동 기자</div>", ("홍길동",)),
        ("<p>홍길동 기자 hong@news.example.org</p>", ("홍길동",)),
        ("<dl><dt>Author</dt><dd>Anna Weber</dd><dt>Date</dt><dd>9 March 2026</dd></dl>", ("Anna Weber",)),
        ("<ul><li><b>Datum</b> 09.03.2026</li><li><b>Autorin/Autor</b> Anna Weber</li></ul>", ("Anna Weber",)),
        ("<p>人民网记者 王伟</p>", ("王伟",)),
        ("<p>Posted on March 9, 2026 by Anna Weber</p>", ("Anna Weber",)),
        ("<p>Von Anna Weber am 9. März 2026</p>", ("Anna Weber",)),
        ("<p>Piše: Ana Horvat</p>", ("Ana Horvat",)),
        ("<p>מאת: דנה לוי</p>", ("דנה לוי",)),
        ("<p>Text: Anna Weber<br>Fotos: Tom Reed</p>", ("Anna Weber",)),
        ("<p>Muallif — Dilshod Karimov</p>", ("Dilshod Karimov",)),
        ("<p>TTX muxbiri Dilshod Karimov</p>", ("Dilshod Karimov",)),
        ("<p>Ein Kommentar von Anna Weber</p>", ("Anna Weber",)),
        (
            "<table><tr><th>작성자</th><td>홍길동</td></tr><tr><th>작성일</th><td>2026-03-09</td></table>",
            ("홍길동",),
        ),
        ("<ul><li>담당부서 : 관측과</li><li>작성자 : 관리자</li></ul>", ()),  # the board's administrator
        ("<p>Speaker: Anna Weber</p>", ()),
        ("<p>Foto: Anna Weber</p>", ()),
        ("<p>By Monday the council had agreed.</p>", ()),
        ("<p>Von Berlin nach Hamburg</p>", ()),
        ("<p>Reporter</p><p>Radio Plus</p>", ()),  # a vacancy, not a byline: the word for a duty needs a colon
    ],
)
def test_a_line_that_says_who_wrote_it_names_them(line: str, names: tuple[str, ...]) -> None:
    found = record(line)
    assert found.authors == names
    if names and ":" not in line:
        assert found.paragraphs == LINES


@pytest.mark.parametrize(
    ("behind", "names"),
    [
        ("<p>Autoren Anna Weber und Jens Krog</p>", ("Anna Weber", "Jens Krog")),
        ('<p style="text-align: right;"><strong>Dilshod KARIMOV, OʻzA</strong></p>', ("Dilshod KARIMOV",)),
        ('<p align="right">Д. Каримов, ЎзА</p>', ("Д. Каримов",)),
        ("<p><b>Дилшод Каримов</b></p>", ("Дилшод Каримов",)),
        ("<p><em>Dilshod KARIMOV</em></p>", ("Dilshod KARIMOV",)),
        ("<p><b>More News</b></p>", ()),  # a heading: in English its words have capitals, too
        ("<p><b>Пресс-служба Ведомства</b></p>", ()),
        ("<p>(Reporting by Anna Weber; Editing by Tom Reed)</p>", ("Anna Weber",)),
        ('<p align="right"><b>Н.Каримова, ЎзА</b></p>', ("Н.Каримова",)),
        ("<p>Contact: Anna Weber, Press Officer</p>", ()),
        ("<footer><p>Author: Anna Weber</p></footer>", ()),
        ('<div class="comments-list"><span itemprop="author">Jens Krog</span><p>Good.</p></div>', ()),
        ('<p align="right">Министр Каримов</p>', ()),  # who signs a decree did not write the news
        ("<p>Von der Leyen in Warschau</p>", ()),
        (CARD.format("old", "byline") + CARD.format("new", "byline"), ()),
        (CARD.format("old", "author") + CARD.format("new", "author"), ()),
        ('<div class="comments"><div><span class="comment-author">Jens Krog</span><p>Good.</p></div></div>', ()),
        ("<h3>Related news</h3><p>Author: Jens Krog</p>", ()),
    ],
)
def test_names_behind_the_text_are_its_authors_where_they_sign_it(behind: str, names: tuple[str, ...]) -> None:
    assert record(behind=behind).authors == names


@pytest.mark.parametrize(("language", "names"), [("az", ("Leyla Əliyeva",)), ("de", ()), ("en", ())])
def test_a_bold_name_signs_where_headings_have_no_further_capitals(language: str, names: tuple[str, ...]) -> None:
    body = f"<h1>The harbour gets deeper</h1>{TEXT}<p><b>Leyla Əliyeva</b></p>"
    found = crawler.extract(f"<html lang={language}><body>{body}</body></html>".encode(), URL)
    assert isinstance(found, Article)
    assert found.authors == names


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (data('"author": {"@id": "#p"}', more=', {"@type": "Person", "@id": "#p", "name": "Eva Lund"}'), ("Eva Lund",)),
        (data('"author": {"givenName": "Anna", "familyName": "Weber"}'), ("Anna Weber",)),
        (data('"author": {"@list": [{"name": "Anna Weber"}, "Jens Krog"]}'), ("Anna Weber", "Jens Krog")),
        (data('"creator": ["Anna Weber"]'), ("Anna Weber",)),
        (
            data('"author": [{"name": "Eva Lund"}, {"@id": "#o"}]', more=', {"@id": "#o", "name": "Coast Ltd"}'),
            ("Eva Lund",),
        ),
        (SITE + data('"author": [{"name": "Eva Lund"}, {"name": "Coast Office"}]'), ("Eva Lund", "Coast Office")),
        (data('"author": {"name": "Anna Weber"}', kind="WebPage"), ("Anna Weber",)),
        (data('"author": {"name": "Anna Weber"}', kind="newsArticle"), ("Anna Weber",)),
        (data('"author": {"name": "Anna Weber"}', kind="SatiricalArticle"), ("Anna Weber",)),
        (data('"author": {"name": "Zo&euml; O&#8217;Neil"}'), ("Zoë O’Neil",)),
        (data('"author": {"@type": "Organization", "name": "Northern Press Bureau"}'), ("Northern Press Bureau",)),
        (f'{SITE}<meta name=author content="Coast Office"><meta property="cXenseParse:author" content="Anna Weber">',
         ("Anna Weber",)),
        (f'{SITE}<meta name=author content="Coast Office, Anna Weber">', ("Anna Weber",)),
        (f'{SITE}<meta name=author content="Coast Office, Riverton">', ("Coast Office", "Riverton")),
        ("<meta name=author content=admin>", ()),
        ("<meta name=author content=aweber>", ("aweber",)),
        ('<meta name=author content="Web Commerce Ltd www.commerce.example">', ()),
        ('<meta name=author content="Copyright River Press Ltd & Co. - all rights reserved">', ()),
        ('<meta name=author content="No Author">', ()),
    ],
)  # fmt: skip
def test_data_that_names_somebody(head: str, names: tuple[str, ...]) -> None:
    assert record(head=head).authors == names


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (data('"author": {"@type": "Organization", "name": "Northern Press Bureau"}'), URL),
        ("<meta name=author content=aweber>", URL),
        ("<meta name=author content=Administrator>", URL),
        ('<meta name=author content="Coast News">', "https://www.coast.example/2026/harbour"),
        ('<meta name=author content="Coast Daily News">', "https://cdn.example/2026/harbour"),  # its initials
        ('<meta name=author content="coast.example">', "https://www.coast.example/2026/harbour"),
    ],
)
def test_a_byline_that_readers_see_goes_before_site_organisation_and_account_in_data(head: str, url: str) -> None:
    assert record('<p class="byline">By Anna Weber</p>', head, url=url).authors == ("Anna Weber",)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Anna Weber & Jens Krog", ("Anna Weber", "Jens Krog")),
        ("Anna Weber / Jens Krog", ("Anna Weber", "Jens Krog")),
        ("Anna Weber, Jens Krog og Ole Lund", ("Anna Weber", "Jens Krog", "Ole Lund")),
        ("Anna Weber, Staff Writer", ("Anna Weber",)),
        ("dpa/abc", ("dpa/abc",)),
        ("Anna Weber with Jens Krog", ("Anna Weber", "Jens Krog")),
        ("Von Anna Weber (Text) und Jens Krog (Fotos)", ("Anna Weber",)),
        ("Anna Weber, MS, RD", ("Anna Weber",)),
        ("Anna Weber, head of the office for mud and the care of old quays", ("Anna Weber",)),
        ("Di Stefano Marco", ("Di Stefano Marco",)),
        ("Von der Heide", ("Von der Heide",)),
        ("Von Anna Weber", ("Anna Weber",)),
        ("a.weber@news.example (Anna Weber)", ("Anna Weber",)),
        ("Anna Weber @annaw", ("Anna Weber",)),
        ("山田太郎記者", ("山田太郎",)),
        ("王伟", ("王伟",)),
        ("AB", ()),
        ("기자", ()),
    ],
)
def test_names_in_one_string_are_told_apart(printed: str, names: tuple[str, ...]) -> None:
    assert names_in([printed]) == names


def test_what_names_look_like() -> None:
    assert all(map(is_name, ("Anna Weber", "ნინო ბერიძე", "Jan van der Meer", "山田 太郎", "Д.Бат", "Leyla Əliyeva")))
    assert not any(map(is_name, ("Share Article", "the mayor", "Anna 2", "Weber: the book", "All Articles", "")))


def test_references_in_article_data_are_read_as_characters() -> None:
    head = '<title>Weber&#8217;s harbour</title><meta property="og:site_name" content="Coast">'
    story = (
        '"@type": "NewsArticle", "headline": "Weber&#8217;s caf&eacute; moves", "articleSection": "Food &amp; Drink"'
    )
    body = f"<h1>Weber’s café moves</h1>{TEXT}"
    page = f'<html><head>{head}<script type="application/ld+json">{{{story}}}</script></head><body>{body}</body></html>'
    found = crawler.extract(page.encode(), URL)
    assert isinstance(found, Article)
    assert (found.title, found.category) == ("Weber’s café moves", "Food & Drink")


@pytest.mark.parametrize(
    "author",
    ["a og " * 50_000, "a." * 100_000, "Aa Bb og " * 50_000, "(a@b " * 50_000],
    ids=["joined", "dots", "names", "addresses"],
)
def test_what_data_state_as_an_author_may_be_of_any_length(author: str) -> None:
    started = time.process_time()
    record(head=f'<meta name=author content="{author}">', behind="<p class=byline>none</p>" * 2000)
    assert time.process_time() - started < 5
