"""Bytes to text: the charset a page is written in, whatever it declares."""

from __future__ import annotations

import pytest

from crawler.extraction.markup.charset import decode_html

RU = "Министерство строительства открыло новый мост через реку у посёлка, и дорога до города стала вдвое короче. " * 3
JA = "建設省は村の近くで川にかかる新しい橋を開通させ、町までの道のりは半分になりました。工事は二年間続きました。" * 3
ZH = "建设部在村庄附近开通了一座新的跨河大桥,通往城市的道路缩短了一半。工程持续了两年,由两家公司负责施工。" * 3
KO = (
    "건설부는 마을 근처에 강을 건너는 새 다리를 개통했으며 도시로 가는 길이 절반으로 줄었습니다. 공사는 2년 걸렸습니다."
    * 3
)
FR = (
    "L'école du village a été rénovée à l'été : le préfet a inauguré la crèche, où trente enfants étudieront déjà. " * 3
)
CHARSETS = [
    (RU, "utf-8"), (RU, "utf-8-sig"), (RU, "utf-16"), (RU, "utf-16-le"), (RU, "utf-16-be"), (RU, "windows-1251"),
    (RU, "koi8-r"), (RU, "iso8859-5"), (RU, "cp866"), (ZH, "gb18030"), (ZH, "gb2312"), (JA, "shift_jis"),
    (JA, "iso2022_jp"), (KO, "euc_kr"), (KO, "cp949"),
]  # fmt: skip


def page(text: str, declared: str = "") -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<!DOCTYPE html><html><head>{meta}<title>{text[:30]}</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("declared", ["", "own", "iso-8859-1"])
@pytest.mark.parametrize(("text", "charset"), CHARSETS, ids=[f"{c}-{t[:2]}" for t, c in CHARSETS])
def test_a_charset_is_found_with_no_a_right_and_a_stale_declaration(text: str, charset: str, declared: str) -> None:
    written = page(text, charset if declared == "own" else declared)
    assert decode_html(written.encode(charset)).text == written


@pytest.mark.parametrize("lie", ["koi8-r", "iso-8859-5", "cp866", "windows-1252", "windows-1254", "gb2312", "utf-8"])
@pytest.mark.parametrize("place", ["header", "meta"])
def test_a_declaration_is_not_believed_where_it_makes_no_words(lie: str, place: str) -> None:
    body = page(RU, lie if place == "meta" else "").encode("cp1251")
    found = decode_html(body, f"text/html; charset={lie}" if place == "header" else None)
    assert found.text == page(RU, lie if place == "meta" else "")


@pytest.mark.parametrize(
    ("text", "charset", "label"),
    [
        (JA, "euc_jp", "euc-jp"),
        (FR, "cp1252", "iso-8859-1"),
        (RU, "cp1251", "win-1251"),
        (RU, "cp1251", "x-cp1251"),
        (JA, "cp932", "x-sjis"),
    ],
)
def test_labels_of_the_web_are_known(text: str, charset: str, label: str) -> None:
    found = decode_html(page(text, label).encode(charset))
    assert (found.text, found.charset, found.source) == (page(text, label), charset, "meta")


def test_the_header_goes_before_the_document() -> None:
    found = decode_html(page(FR, "iso-8859-2").encode("cp1252"), "text/html; charset=ISO-8859-1")
    assert (found.charset, found.source) == ("cp1252", "header")


@pytest.mark.parametrize("declared", ["", "windows-1251"])
def test_a_broken_character_does_not_make_it_another_charset(declared: str) -> None:
    body = page(RU, declared).encode()
    middle = body.index("мост".encode())
    for broken in (body[:middle] + b"\xff" + body[middle:], body[: body.rindex("е".encode()) + 1]):
        found = decode_html(broken)
        assert found.charset == "utf-8" and found.text.count("\ufffd") == 1


def test_one_accent_of_windows_1252_among_ascii_is_no_broken_utf_8() -> None:
    found = decode_html(b"<p>A caf\xe9 in the ministry opens at nine, and closes at five.</p>", "x")
    assert "café" in found.text and found.charset == "cp1252"


@pytest.mark.parametrize("body", [bytes(range(128, 256)) * 200, b"\xd0" * 9000, b"a<" * 9000 + b"\xe9"])
def test_noise_is_read_in_a_charset_of_the_web(body: bytes) -> None:
    assert decode_html(body).charset in ("cp1252", "cp1251", "gb18030", "cp1250")


@pytest.mark.parametrize(
    "name", ["punycode", "unicode_escape", "idna", "base64", "rot13", "utf-7", "nonsense", "a" * 40]
)
def test_a_codec_that_is_no_charset_is_not_used(name: str) -> None:
    assert decode_html(page(FR, name).encode("cp1252")).charset not in (name, "unicode-escape")


def test_a_charset_is_found_behind_long_scripts_in_ascii() -> None:
    script = "<script>" + "var a = 1;\n" * 30_000 + "</script>"
    written = page(RU).replace("</head>", script + "</head>").replace(RU[:30] + "</title>", "Bridge</title>")
    for stated in (None, "text/html; charset=iso-8859-1"):
        assert decode_html(written.encode("cp1251"), stated).text == written


SIGNS = [*range(0x20), 0x7F, 0x80, 0x9F, 0xA0, 0xC2, 0xD7FF, 0xFFFD, 0xFFFE, 0xFFFF, 0x10FFFF]


@pytest.mark.parametrize("sign", SIGNS)
def test_controls_are_taken_out_of_any_text_and_nothing_else_is(sign: int) -> None:
    """Whether there are any is looked for in a hundredth of a page: the answer is that of a look at each character."""
    for text in (f"<p>plain{chr(sign)}words</p>", f"<p>Привет{chr(sign)}é{chr(sign)}</p>", f"<p>新闻</p>{chr(sign)}"):
        kept = "".join(c for c in text if c in "\t\n\r" or not (ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0))
        kept = kept.replace("\ufffe", "").replace("\uffff", "")
        assert decode_html(text.encode("utf-8")).text == kept


def test_a_declared_charset_that_is_not_known_is_told_with_what_the_page_was_read_as() -> None:
    page = "<meta charset=x-user-defined><p>Министр открыл новую больницу в северном районе</p>".encode("cp1251")
    decoded = decode_html(page)
    assert decoded.warnings == (f"charset: x-user-defined is not known, read as {decoded.charset}",)
    assert not decode_html(page.replace(b"x-user-defined", b"windows-1251")).warnings


def test_replacement_characters_that_a_page_itself_has_are_counted() -> None:
    found = decode_html("<p>Caf\u00e9 \ufffd and \ufffd</p>".encode())
    assert (found.source, found.warnings) == ("utf-8", ("charset: 2 replacement characters",))
