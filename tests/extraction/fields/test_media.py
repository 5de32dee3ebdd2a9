"""Pictures by the addresses of the originals, with captions, in order; files with their names."""

from __future__ import annotations

import pytest
from lxml import html

from crawler import extract
from crawler.discovery.subresources.originals import original
from crawler.extraction.fields.media import attachments
from crawler.extraction.page.page import Page
from crawler.model import Article
from crawler.pages import Fields
from tests.growth import inside
from tests.test_growth import grows_badly

URL = "https://port.example/ru/news/12"
TEXT = (
    "<p>Порт принял первое судно после ремонта причала, который занял всю зиму и часть весны этого года.</p>{0}"
    "<p>Начальник порта показал журналистам новые краны и рассказал, сколько груза они поднимут за сутки.</p>"
    "<p>Следующее судно придёт в четверг, его разгрузка займёт два дня, сообщили в диспетчерской службе.</p>{1}"
)


def read(first: str, second: str = "", head: str = "", beside: str = "") -> Article:
    body = f"<main><article><h1>Порт принял первое судно</h1>{TEXT.format(first, second)}</article>{beside}</main>"
    record = extract(f"<html lang='ru'><head>{head}</head><body>{body}</body></html>".encode(), URL)
    assert isinstance(record, Article), record
    assert len(record.paragraphs) >= 3
    return record


ORIGINALS = {
    "https://x.example/_next/image?url=%2Fmedia%2Fa.jpg&w=640&q=75": "https://x.example/media/a.jpg",
    "https://x.example/_next/image?url=https%3A%2F%2Fw.example%2Fwp-content%2Fuploads%2Fa-300x200.jpg&w=64": (
        "https://w.example/wp-content/uploads/a.jpg"
    ),
    "https://x.example/wp-content/uploads/2026/03/pier-1024x683.jpg": "https://x.example/wp-content/uploads/2026/03/pier.jpg",
    "https://x.example/wp-content/uploads/pier-scaled.jpeg?w=300&v=2": "https://x.example/wp-content/uploads/pier.jpeg?v=2",
    "https://i1.wp.com/x.example/wp-content/uploads/a.png?resize=90%2C60&ssl=1": "https://x.example/wp-content/uploads/a.png",
    "https://x.example/sites/default/files/styles/wide/public/2026-03/a.jpg?itok=Qz": (
        "https://x.example/sites/default/files/2026-03/a.jpg"
    ),
    "https://x.example/sites/default/files/styles/w/public/a.png.webp?itok=Q": "https://x.example/sites/default/files/a.png",
    "https://x.example/sites/default/files/styles/w/public/a.webp": "https://x.example/sites/default/files/a.webp",
    "https://x.example/system/files/styles/w/private/a.gif": "https://x.example/system/files/a.gif",
    "https://x.example/upload/resize_cache/iblock/0f1/300_200_2/crane.jpg": "https://x.example/upload/iblock/0f1/crane.jpg",
    "https://x.example/upload/resize_cache/iblock/0f1/9ab/640_480_1c0ffee/k.png": "https://x.example/upload/iblock/0f1/9ab/k.png",
    "https://x.example/_ipx/w_300,f_webp/img/a.jpg": "https://x.example/img/a.jpg",
    "https://x.example/_ipx/w_300/https:/cdn.example/a.jpg": "https://cdn.example/a.jpg",
    "https://x.example/cdn-cgi/image/width=80,quality=75/img/a.jpg": "https://x.example/img/a.jpg",
    "https://x.example/timthumb.php?src=/img/a.jpg&w=90": "https://x.example/img/a.jpg",
    "https://i.example/insecure/rs:fill:800:600/g:no/plain/https://x.example/a.jpg@webp": "https://x.example/a.jpg",
    "https://i.example/unsafe/rs:fit:90:60/aHR0cHM6Ly94LmV4YW1wbGUvYS5qcGc.webp": "https://x.example/a.jpg",
    "https://res.cloudinary.com/pier/image/upload/w_400,h_300,c_fill/e_sharpen/v12/f/a.jpg": (
        "https://res.cloudinary.com/pier/image/upload/v12/f/a.jpg"
    ),
    "https://res.cloudinary.com/pier/image/fetch/w_400,f_auto/https://x.example/a.jpg": "https://x.example/a.jpg",
    "https://wsrv.nl/?url=x.example/a.jpg&w=300": "https://x.example/a.jpg",
    "https://images.weserv.nl/?url=https%3A%2F%2Fx.example%2Fa.jpg&w=300": "https://x.example/a.jpg",
    "https://t.example/unsafe/300x200/smart/filters:quality(80)/x.example/a.jpg": "https://x.example/a.jpg",
    "https://t.example/unsafe/fit-in/300x/https://x.example/a.jpg": "https://x.example/a.jpg",
}
AS_THEY_ARE = [
    "https://x.example/img/plan-300x200.jpg",
    "https://x.example/wp-content/uploads/plan-2026.jpg",
    "https://x.example/upload/iblock/0f1/crane.jpg",
    "https://x.example/files/styles.jpg",
    "https://x.example/_next/image?w=64",
    "https://x.example/_next/image?url=javascript%3Aalert(1)",
    "https://x.example/image.php?id=7",
    "https://x.example/unsafe/roads/a.jpg",
    "https://x.example/image/upload/2026/a.jpg",
    "https://wsrv.nl/?w=300",
    "https://i.example/unsafe/rs:fit:90:60/plain/local:///a.jpg",
    "https://res.cloudinary.com/pier/image/upload/" + "a_" * 3000,
]


@pytest.mark.parametrize(("shown", "behind"), ORIGINALS.items(), ids=range(len(ORIGINALS)))
def test_the_original_behind_a_resizer(shown: str, behind: str) -> None:
    assert original(shown) == behind
    assert original(behind) == behind


@pytest.mark.parametrize("url", AS_THEY_ARE, ids=range(len(AS_THEY_ARE)))
def test_other_addresses_stay(url: str) -> None:
    assert original(url) == url


LAZY = {
    "data-src": '<img src="data:image/gif;base64,R0lGOD" data-src="/i/a.jpg">',
    "lazy loader": '<img src="/blank.gif" data-lazy-src="/i/a.jpg"><noscript><img src="/i/a.jpg"></noscript>',
    "srcset": '<img src="/i/a-s.jpg" srcset="/i/a-s.jpg 300w, /i/a.jpg 1200w">',
    "densities, no blanks": '<img src="/i/s.jpg" srcset="/i/s.jpg 1x,/i/a.jpg 2x">',
    "commas in the address": '<img srcset="/w_3,h_2/s.jpg 300w, /i/a.jpg 900w">',
    "picture": '<picture><source srcset="/i/a.jpg 1x"><img src="data:,"></picture>',
    "amp": '<amp-img src="/i/a.jpg" width="600" height="400"></amp-img>',
    "what a click opens": '<a href="/i/a.jpg"><img src="/i/a-small.jpg"></a>',
    "no letters, no counters": '<img class="emoji" src="/1f600.png"><img src="https://counter.yadro.ru/hit?q">'
    '<img src="/i/a.jpg">',
    "joomla": '<img src="/i/a.jpg#joomlaImage://local-images/a.jpg?width=640&amp;height=480">',
}


@pytest.mark.parametrize("markup", LAZY.values(), ids=LAZY.keys())
def test_the_best_address_of_a_picture(markup: str) -> None:
    assert [image.url for image in read(f"<div>{markup}</div>").images] == ["https://port.example/i/a.jpg"]


CAPTIONS = {
    "figure": '<figure><img src="/a.jpg"><figcaption>Новый кран</figcaption></figure>',
    "wordpress": '<div class="wp-caption"><a><img src="/a.jpg"></a><p class="wp-caption-text">Новый кран</p></div>',
    "table": '<table><tr><td><img src="/a.jpg"></td></tr><tr><td class="photo-caption">Новый кран</td></tr></table>',
    "joomla": '<p><img class="caption" src="/a.jpg" title="Новый кран"></p>',
}


@pytest.mark.parametrize("markup", CAPTIONS.values(), ids=CAPTIONS.keys())
def test_the_words_under_a_picture(markup: str) -> None:
    (image,) = read(markup).images
    assert image.caption == "Новый кран"


def test_order_and_each_once() -> None:
    pair = '<img src="/b.jpg" alt="Причал"><img src="/a.jpg"><img src="/b.jpg?" width="40"><img src="/b.jpg">'
    record = read(f"<div>{pair}</div>", "<div><img src='/c.jpg' title='x'></div>")
    assert [(i.url.rpartition("/")[2], i.alt) for i in record.images] == [
        ("b.jpg", "Причал"), ("a.jpg", None), ("c.jpg", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "count"), [("crane.jpg", 1), ("logo.png", 0), ("site-logo-ru.png", 0), ("default.jpg", 0)]
)
def test_the_picture_for_sharing_is_the_article_s_unless_it_is_the_office_s(name: str, count: int) -> None:
    assert len(read("", head=f"<meta property='og:image' content='/i/{name}'>").images) == count


PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = {
    '<a href="/f/plan.PDF">План работ</a>': ("/f/plan.PDF", "План работ", PDF),
    '<a href="/get.php?id=7&amp;file=plan.docx">План</a>': (
        "/get.php?id=7&file=plan.docx", "План", WORD,
    ),
    '<a href="/files/41" download="plan.xls">План</a>': ("/files/41", "План", "application/vnd.ms-excel"),
    '<a href="/files/42" type="application/pdf">План</a>': ("/files/42", "План", PDF),
    '<div>План работ на лето <a href="/f/p.pdf">Скачать</a></div>': ("/f/p.pdf", "План работ на лето", PDF),
    '<a href="/f/p.pdf" title="План"><img src="/pdf.png" width="16"></a>': ("/f/p.pdf", "План", PDF),
    '<iframe src="/f/p.pdf" title="План"></iframe>': ("/f/p.pdf", "План", PDF),
    '<object data="/f/p.pdf" type="application/pdf">-</object>': ("/f/p.pdf", None, PDF),
    '<iframe src="https://docs.google.com/viewer?url=https%3A%2F%2Fport.example%2Ff%2Fp.pdf"></iframe>': (
        "/f/p.pdf", None, PDF,
    ),
    '<a href="/file/12/">План работ (pdf, 2 МБ)</a>': ("/file/12/", "План работ (pdf, 2 МБ)", PDF),
    '<a href="/file/12/">План работ [DOCX]</a>': ("/file/12/", "План работ [DOCX]", WORD),
    '<a href="/file/12/">План работ, 140 KB</a>': ("/file/12/", "План работ, 140 KB", None),
    '<a href="/download?id=12">План работ</a>': ("/download?id=12", "План работ", None),
    '<a href="/bitrix/tools/download.php?id=5">План</a>': ("/bitrix/tools/download.php?id=5", "План", None),
    '<a href="/ru/files/download/12">План</a>': ("/ru/files/download/12", "План", None),
    '<a href="/f/12" download>План</a>': ("/f/12", "План", None),
    '<a href="/f/a.rar">Архив снимков</a>': ("/f/a.rar", "Архив снимков", "application/vnd.rar"),
    '<a href="/file/1">계획_2026.hwpx</a>': ("/file/1", "계획_2026.hwpx", "application/vnd.hancom.hwpx"),
    '<a href="/file/2">plan-of-wells.pdf</a> (212KB)': ("/file/2", "plan-of-wells.pdf", "application/pdf"),
    '<a href="/f/tender.pdf.p7m">Bando</a>': ("/f/tender.pdf.p7m", "Bando", "application/pkcs7-mime"),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), FILES.items(), ids=range(len(FILES)))
def test_files_have_address_name_and_type(markup: str, expected: tuple[str, str | None, str | None]) -> None:
    (file,) = read(f"<div>{markup}</div>").attachments
    assert (file.url.removeprefix("https://port.example"), file.title, file.mime) == expected


def test_links_that_are_no_files() -> None:
    none = '<a href="/download">Файлы</a> <a href="#x" download>x</a> '
    links = none + '<a href="/pdf">О PDF</a> <a href="/news/13?q=plan">План</a> <a href="mailto:a@b.example">x</a>'
    assert read(f"<p>{links}</p>").attachments == ()


def test_a_record_with_files_and_no_text_is_valid() -> None:
    page = (
        "<html lang='ru'><body><main><article><h1>План работ на лето опубликован</h1>{}</article></main></body></html>"
    )
    record = extract(page.format('<p><a href="/f/p.pdf">План работ</a></p>').encode(), URL)
    assert isinstance(record, Article)
    assert [file.url for file in record.attachments] == ["https://port.example/f/p.pdf"]


def test_many_frames_in_one_box_cost_no_walk_of_the_box_each() -> None:
    def titles(data: bytes) -> None:
        root = html.fromstring(data)
        attachments(Page(root, URL, None, None, Fields()), [root])

    shape = inside(b"<iframe src=/x.pdf></iframe>")
    assert grows_badly(titles, shape, 100_000) is None
