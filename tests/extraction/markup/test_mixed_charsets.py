# ruff: noqa: E501 - one sentence on a line
"""Pages written in more than one charset, torn by a server, declared as a sister of their charset, or encoded twice."""

from __future__ import annotations

import random

import pytest

from crawler import extract
from crawler.extraction.markup.charset import decode_html
from crawler.model import Article

# (charset of the part, text of the page in UTF-8, part in the legacy charset)
TEXTS = {
    "ru": ("cp1251", "Министерство построит мост через реку у посёлка. Работы начнутся в мае.", "Все права защищены"),
    "ru-koi": ("koi8_r", "Министерство построит мост через реку у посёлка. Работы начнутся в мае.", "Все права защищены"),
    "uk": ("cp1251", "Міністерство збудує міст через річку біля селища. Роботи почнуться в травні.", "Усі права захищені"),
    "kk": ("ptcp154", "Министрлік ауыл маңындағы өзен арқылы көпір салады. Жұмыс мамырда басталады.", "Барлық құқықтар"),
    "fr": ("cp1252", "Le ministère bâtira un pont sur la rivière près du village à l’été.", "Tous droits réservés"),
    "de": ("cp1252", "Das Ministerium baut eine Brücke über den Fluß, größer als früher.", "Alle Rechte für Bürger"),
    "pl": ("cp1250", "Ministerstwo zbuduje most przez rzekę. Będzie dłuższy, większy i mocniejszy niż wąska kładka.",
           "Wszelkie prawa zastrzeżone, żródła wód są wspólną własnością"),
    "tr": ("cp1254", "Bakanlık köyün yanında ırmağın üstüne köprü yapacak. İşler mayısta başlayacak.", "Bütün hakları saklıdır"),
    "el": ("cp1253", "Το υπουργείο θα χτίσει γέφυρα στο ποτάμι κοντά στο χωριό τον Μάιο.", "Όλα τα δικαιώματα"),
    "he": ("cp1255", "המשרד יבנה גשר מעל הנהר ליד הכפר בחודש מאי הקרוב.", "כל הזכויות שמורות"),
    "ar": ("cp1256", "ستبني الوزارة جسرا فوق النهر قرب القرية في شهر مايو المقبل.", "جميع الحقوق محفوظة"),
    "th": ("cp874", "กระทรวงจะสร้างสะพานข้ามแม่น้ำใกล้หมู่บ้านในเดือนพฤษภาคม", "สงวนลิขสิทธิ์"),
    "zh": ("gb18030", "建设部将在村庄附近的河上修建一座新桥,工程五月开始,版权问题由建设部负责。", "版权所有建设部"),
    "ko": ("cp949", "건설부는 마을 근처 강에 새 다리를 짓는다. 공사는 오월에 시작하며 모든 권리는 건설부에 있다.", "모든 권리는 건설부"),
}  # fmt: skip


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("name", TEXTS)
def test_a_part_in_a_legacy_charset_is_read_apart(name: str, times: int) -> None:
    charset, text, part = TEXTS[name]
    before, behind = (
        f"<html><head><meta charset='utf-8'><title>{text[:20]}</title></head><body><p>{text}</p><div>",
        "</div>",
    )
    found = decode_html(before.encode() + (part * times).encode(charset) + behind.encode())
    assert found.charset == "utf-8"
    assert found.text == f"{before}{part * times}{behind}"
    assert any(f"read as {charset}" in warning for warning in found.warnings)


@pytest.mark.parametrize("name", TEXTS)
def test_torn_characters_are_counted_and_cost_only_themselves(name: str) -> None:
    _, text, _ = TEXTS[name]
    whole = f"<html><body>{''.join(f'<p>{n}: {text}</p>' for n in range(60))}</body></html>"
    body = bytearray(whole.encode())
    places = [n for n, byte in enumerate(body) if byte >= 0x80]
    for place in sorted(random.Random(3).sample(places, 12), reverse=True):  # noqa: S311 - always the same
        del body[place]
    found = decode_html(bytes(body), "text/html; charset=windows-1251")
    assert found.charset == "utf-8"
    assert sum(line in found.text for line in whole.split("<")) >= len(whole.split("<")) - 12
    assert "charset: " in found.warnings[-1] and "replacement characters" in found.warnings[-1]


SISTERS = [
    ("iso-8859-2", "cp1250", "Ministerstwo otworzyło śluzę na rzece; źródła ścieków są już znane, twierdzą śledczy."),
    ("iso-8859-2", "cp1250", "Ministerstvo otevřelo šest škol, žáci už začali; část peněz šla na šatny a tělocvičny."),
    ("iso-8859-13", "cp1257", "Ministerija atidarė šešias mokyklas – „vaikai džiaugiasi“, sakė ministras, „ir mes taip pat“."),
    ("iso-8859-7", "cp1253", "Το υπουργείο άνοιξε έξι σχολεία – «Άριστα» είπε ο υπουργός… ‘ναι’, “και οι μαθητές”."),
    ("iso-8859-1", "cp1254", "Bakanlık altı okul açtı; öğrenciler şimdiden başladı, ışıklar yandı, sınıflar dolu."),
    ("windows-1252", "cp1254", "Bakanlık altı okul açtı; öğrenciler şimdiden başladı, ışıklar yandı, sınıflar dolu."),
    ("windows-1251", "ptcp154", "Министрлік алты мектеп ашты, оқушылар оқуға кірісті, үлкен қуаныш, көңіл көтеріңкі болды."),
    ("iso-8859-1", "cp1250", "A minisztérium hat iskolát nyitott, őszre kettő még épül; a hűvös tantermeket fűtik, a szülők örülnek."),
    ("windows-1252", "cp1250", "Ministerul a deschis şase şcoli; ţara aşteaptă încă două, iar părinţii şi elevii mulţumesc."),
    ("iso-8859-1", "cp1250", "Ministarstvo je otvorilo šest škola; đaci kreću već u rujnu, a učitelji čekaju knjige i žele više."),
    ("iso-8859-1", "cp1257", "Ministerija atidarė šešias mokyklas, mokiniai džiaugiasi, o mokytojų užduotys dar rašomos."),
    ("iso-8859-9", "cp1254", "Bakanlık altı okul açtı – “öğrenciler” şimdiden başladı, sınıflar dolu."),
    ("windows-1251", "kz1048", "Министрлік алты мектеп ашты, оқушылар оқуға кірісті, үлкен қуаныш, көңіл көтеріңкі болды."),
    ("", "ptcp154", "Министрлік алты мектеп ашты, оқушылар оқуға кірісті, үлкен қуаныш, көңіл көтеріңкі болды, жұрт риза."),
    ("koi8-r", "koi8_t", "Вазорат шаш мактабро кушод, хонандагон ба таҳсил шурӯъ карданд, ҷашн ҳам шуд, муаллимон қаноатманданд."),
    ("windows-1251", "koi8_r", "Министерство открыло шесть школ, ученики уже пришли. Министр поздравил их. Занятия начались."),
    ("koi8-r", "cp1251", "Министерство открыло шесть школ, ученики уже пришли. Министр поздравил их. Занятия начались."),
    ("iso-8859-8", "cp1255", "המשרד פתח שישה בתי ספר – התלמידים כבר החלו ללמוד, והשר בירך אותם ואת המורים."),
    ("iso-8859-13", "cp1257", "Ministrija atvēra sešas skolas – skolēni jau mācās, un ministrs viņus sveica."),
    ("iso-8859-1", "cp1252", "The ministry’s six “new schools” opened – pupils’ lessons began… at once."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("declared", "written", "text"), SISTERS, ids=[f"{d}-{w}-{n}" for n, (d, w, _) in enumerate(SISTERS)]
)
def test_a_sister_charset_is_known_by_its_words(declared: str, written: str, text: str) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body><p>{text}</p></body></html>"
    found = decode_html(page.encode(written))
    assert found.text == page


OWN = [
    ("iso-8859-1", "Ráðuneytið opnaði þrjá nýja skóla í dag; börnin þökkuðu fyrir sig á íslensku."),
    ("iso-8859-1", "O ministério abriu três escolas; as crianças já estão na sala, e os pais não pagarão as lições, são de graça."),
    ("windows-1252", "Der Minister grüßte Herrn Peña, Frau Sørensen, São Tomé und Åbo; die Bücher für die Schüler sind schön."),
    ("iso-8859-15", "L'œuvre coûte 12 € : le préfet a remercié Mme Muñoz, M. Ångström et M. Jørgensen, à l'été, où l'école fête sa rentrée."),
    ("windows-1251", "Министр принял господ Ѓорѓи Ќосева и Љубицу Њежић, которые приехали из соседних стран, чтобы посмотреть, как строят школы, больницы и дороги, и рассказать о том, как ведут такие работы у них."),
    ("windows-1250", "Ministarstvo je otvorilo šest škola, a ministar je pozdravio gospođu Müller i djecu čija je želja ispunjena."),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "text"), OWN, ids=[f"{d}-{n}" for n, (d, _) in enumerate(OWN)])
def test_a_right_declaration_is_kept(declared: str, text: str) -> None:
    page = f"<meta charset='{declared}'><p>{text}</p>"
    assert decode_html(page.encode(declared)).text == page


TWICE = [
    ("cp1252", "“Water comes,” said the minister – at last. Café Zürich: 12 € für Bürger."),
    ("cp1251", "Министерство построит мост — работы начнутся в мае."),
    ("cp1252", "Każda szkoła będzie większa, a źródła pieniędzy są znane."),
    ("cp1250", "Ministerstwo otworzyło szkoły, które są większe, i będzie ich więcej."),
    ("cp1254", "Bakanlık altı okul açtı; öğrenciler şimdiden başladı."),
    ("latin-1", "Το υπουργείο άνοιξε έξι σχολεία στις βόρειες περιοχές."),
    ("latin-1", "افتتحت الوزارة ست مدارس في المناطق الشمالية."),
    ("latin-1", "水利部在北部六县开通了六所学校。"),
]


@pytest.mark.parametrize(("charset", "text"), TWICE)
def test_what_was_encoded_twice_is_read_once_more(charset: str, text: str) -> None:
    twice = text.encode().decode(charset, "replace")
    found = decode_html(f"<p>{twice}</p><p>Zürich, Genève, Москва — â la carte</p>".encode())
    assert found.text.replace("\ufffd", "") in (f"<p>{text}</p><p>Zürich, Genève, Москва — â la carte</p>",)
    assert "charset: 1 lines were encoded twice" in found.warnings


def test_the_warnings_reach_the_record() -> None:
    charset, text, part = TEXTS["ru"]
    page = f"<html><head><title>Мост через реку построят в мае</title></head><body><h1>Мост через реку построят в мае</h1><p>{text}"
    record = extract(
        page.encode() + b"</p><p>" + part.encode(charset) + b" \xd0</p></body>", "https://x.example/news/1"
    )
    assert isinstance(record, Article)
    assert any(warning.startswith("charset: ") for warning in record.warnings)
