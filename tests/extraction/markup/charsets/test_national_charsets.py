"""Charsets of eight bits that Python has no codec for: Armenian, Georgian, Vietnamese."""

from __future__ import annotations

import pytest

from crawler.extraction.markup.charset import decode_html
from crawler.extraction.markup.charsets.national_charsets import by_letters, decode, national

GEORGIAN = (
    "მდინარის ნაპირზე ახალი ხიდი გაიხსნა, განაცხადა სამინისტრომ. "
    "მშენებლობა ორი წელი გრძელდებოდა და სოფლის მცხოვრებლები კმაყოფილი არიან."
)
ARMENIAN = (
    "Գետի վրա նոր կամուրջ է բացվել, հայտնում է նախարարությունը։ "
    "Շինարարությունը տևել է երկու տարի, և գյուղի բնակիչները գոհ են։"
)
VIETNAMESE = "Bộ vừa khánh thành cây cầu mới bắc qua sông; công trình kéo dài hai năm, người dân rất phấn khởi."
WRITTEN = [
    (GEORGIAN, "georgian-ps", "geostd8"),
    (GEORGIAN, "georgian-academy", "georgian-academy"),
    (ARMENIAN, "armscii-8", "ARMSCII-8"),
    (VIETNAMESE, "viscii", "VISCII"),
    (VIETNAMESE, "tcvn5712-1", "tcvn"),
]


def encoded(text: str, charset: str) -> bytes:
    known = {decode(bytes([byte]), charset): byte for byte in range(255, 0, -1)}
    return bytes(known[letter] for letter in text)


def page(text: str, charset: str, declared: str) -> bytes:
    meta = f"<meta charset={declared}>" if declared else ""
    return f"<html>{meta}<p>".encode() + encoded(text, charset) + b"</p></html>"


@pytest.mark.parametrize(("text", "charset", "label"), WRITTEN)
def test_a_declared_national_charset_is_read(text: str, charset: str, label: str) -> None:
    decoded = decode_html(page(text, charset, label))
    assert text in decoded.text
    assert (decoded.charset, decoded.source, decoded.warnings) == (charset, "meta", ())


@pytest.mark.parametrize("declared", ["", "iso-8859-1", "windows-1251"])
@pytest.mark.parametrize(("text", "charset"), [(text, charset) for text, charset, _ in WRITTEN[:3]])
def test_georgian_and_armenian_are_told_by_their_letters_and_the_guess_is_a_warning(
    text: str, charset: str, declared: str
) -> None:
    decoded = decode_html(page(text, charset, declared))
    why = f"{declared} does not fit" if declared else "none is declared"
    assert text in decoded.text
    assert decoded.warnings == (f"charset: {why}, read as {charset}",)


# Letters of RFC 1456, TCVN 5712, and of the tables of Georgian and Armenian, at their bytes.
@pytest.mark.parametrize(
    ("charset", "byte", "letter"),
    [
        ("viscii", 0x02, "Ẳ"), ("viscii", 0x80, "Ạ"), ("viscii", 0xF0, "đ"), ("viscii", 0xFF, "Ữ"),
        ("tcvn5712-1", 0x01, "Ú"), ("tcvn5712-1", 0xAE, "đ"), ("tcvn5712-1", 0xB5, "à"), ("tcvn5712-1", 0xFE, "ỵ"),
        ("georgian-ps", 0xC0, "ა"), ("georgian-ps", 0xC8, "თ"), ("georgian-ps", 0xD2, "რ"), ("georgian-ps", 0x93, "“"),
        ("georgian-academy", 0xC7, "თ"), ("georgian-academy", 0xE0, "ჰ"), ("georgian-academy", 0x61, "a"),
        ("armscii-8", 0xB2, "Ա"), ("armscii-8", 0xB3, "ա"), ("armscii-8", 0xFD, "ֆ"), ("armscii-8", 0x90, "\ufffd"),
    ],
)  # fmt: skip
def test_letters_stand_at_the_bytes_of_their_standard(charset: str, byte: int, letter: str) -> None:
    assert decode(bytes([byte]), charset) == letter


RUSSIAN = "Министерство открыло новый мост через реку у посёлка, и дорога до города стала вдвое короче."


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN.upper(), "cp1251"), (RUSSIAN.upper(), "koi8-r"),
        (RUSSIAN, "cp866"), (RUSSIAN, "iso8859-5"),
        ("Ξεκίνησαν τα έργα αντικατάστασης του δικτύου ύδρευσης στο νησί", "cp1253"),
        ("تفقد وزير الري أعمال تطهير الترعة ووجه بسرعة الانتهاء منها قبل موسم الزراعة", "cp1256"),
        ("צריכת המים הביתית ירדה בשנה האחרונה כך עולה מנתונים שפרסמה היום רשות המים", "cp1255"),
        ("建设部在村庄附近开通了一座新的跨河大桥通往城市的道路缩短了一半工程持续了两年", "gb18030"),
    ],
)  # fmt: skip
def test_other_scripts_are_not_taken_for_these(text: str, charset: str) -> None:
    assert by_letters(text.encode(charset)) is None


def test_other_labels_are_none_of_these() -> None:
    assert [national(label) for label in (None, "", "windows-1251", "Armscii8", "TCVN_5712")] == [
        None, None, None, "armscii-8", "tcvn5712-1",
    ]  # fmt: skip
