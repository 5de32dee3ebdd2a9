"""Days with clocks as newsrooms write them in eighty forms: the words beside them are those of the word lists."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction.dates import Reader, read_dates

# language, country, line: all are 4 May 2026, and 13:18 where the line tells a time
LINES = """
sr|rs|4. мај 2026. године, 13:18
sr-Latn|rs|4. maj 2026. godine u 13:18
hr|hr|4. svibnja 2026. g. u 13:18
hr|hr|4. svibnja 2026. godine u 13:18 sati
bs|ba|04.05.2026. u 13:18h
sl|si|4. maja 2026 ob 13.18
sk|sk|4. mája 2026 o 13:18 hod.
cs|cz|4. května 2026 v 13:18
lt|lt|2026 m. gegužės 4 d. 13:18
lt|lt|2026-05-04 13 val. 18 min.
lv|lv|2026. gada 4. maijs, plkst. 13.18
et|ee|4. mai 2026 kell 13.18
et|ee|4. mai 2026. a. kell 13:18
mk|mk|4 мај 2026 година, 13:18 часот
bg|bg|4 май 2026 година, 13:18 часа
be|by|4 мая 2026 года, 13:18
uk|ua|4 травня 2026 року о 13 год. 18 хв.
ru|ru|4 мая 2026 года в 13 часов 18 минут
ru|ru|04/05/2026 - 13:18
kk|kz|2026 жылғы 4 мамыр сағат 13:18
ky|kg|2026-жылдын 4-майы, саат 13:18
tg|tj|4 майи соли 2026, соати 13:18
tk|tm|2026-njy ýylyň 4-nji maýy, sagat 13:18
az|az|4 may 2026-cı il, saat 13:18
az|az|4 May 2026, 13:18
uz|uz|2026-yil 4-may kuni soat 13:18 da
tr|tr|4 Mayıs 2026 saat 13.18
sq|al|4 maj 2026, ora 13:18
el|gr|4 Μαΐου 2026 ώρα 13:18
ro|ro|4 mai 2026, ora 13:18
ro|md|4 mai 2026 la ora 13:18
hu|hu|2026. május 4. 13 óra 18 perc
hy|am|4 մայիսի 2026 թ., 13:18
hy|am|2026 թվականի մայիսի 4-ին, ժամը 13:18
ka|ge|4 მაისი 2026, 13:18
ka|ge|2026 წლის 4 მაისი 13:18
ja|jp|2026年5月4日 13時18分
ko|kr|2026년 5월 4일 13시 18분
zh|cn|2026年5月4日13时18分
zh-TW|tw|民國115年5月4日下午1時18分
vi|vn|13:18 ngày 04/05/2026
th|th|วันที่ 4 พฤษภาคม 2569 เวลา 13:18 น.
km|kh|ថ្ងៃទី៤ ខែឧសភា ឆ្នាំ២០២៦ ម៉ោង ១៣:១៨
lo|la|ວັນທີ 4 ພຶດສະພາ 2026 ເວລາ 13:18
my|mm|၂၀၂၆ ခုနှစ် မေလ ၄ ရက် ၁၃:၁၈
id|id|4 Mei 2026, pukul 13.18 WIB
ms|my|4 Mei 2026, jam 1.18 petang
tl|ph|Mayo 4, 2026, 1:18 ng hapon
he|il|4 במאי 2026 בשעה 13:18
ar|eg|4 مايو 2026 الساعة 13:18
ar|tn|4 ماي 2026 على الساعة 13:18
fa|ir|۱۴ اردیبهشت ۱۴۰۵ ساعت ۱۳:۱۸
ur|pk|4 مئی 2026، 1:18 شام
hi|in|4 मई 2026 को 13:18 बजे
bn|bd|৪ মে ২০২৬, ১৩:১৮
ne|np|४ मे २०२६ १३:१८
si|lk|2026 මැයි 4, 13:18
mn|mn|2026 оны 5-р сарын 4, 13:18
is|is|4. maí 2026 kl. 13:18
nb|no|4. mai 2026 kl. 13.18
da|dk|4. maj 2026 kl. 13.18
sv|se|4 maj 2026 klockan 13.18
fi|fi|4. toukokuuta 2026 klo 13.18
nl|nl|4 mei 2026 om 13.18 uur
de|at|4. Mai 2026 um 13:18 Uhr
fr|fr|le 4 mai 2026 à 13h18
it|it|4 maggio 2026 alle ore 13:18
es|es|4 de mayo de 2026 a las 13:18 horas
es|mx|4 de mayo del 2026, 13:18 hrs
pt|br|4 de maio de 2026 às 13h18min
ca|es|4 de maig de 2026 a les 13:18
gl|es|4 de maio de 2026 ás 13:18
eu|es|2026ko maiatzaren 4a, 13:18
ga|ie|4 Bealtaine 2026, 13:18
af|za|4 Mei 2026 om 13:18
ps|af|د ۱۴۰۵ د غویي ۱۴
ckb|iq|٤ی ئایاری ٢٠٢٦ کاتژمێر ١٣:١٨
tt|ru|2026 елның 4 мае, 13:18
ba|ru|2026 йылдың 4 майы, 13:18
kaa|uz|2026-jıl 4-may, saat 13:18
sah|ru|2026 сыл ыам ыйын 4 күнэ
ru|ru|4 мая 2026 года в 13 час. 18 мин.
fr|fr|04/05/2026 13H18
ar|sa|4 مايو 2026 1:18 ظهرا
"""


@pytest.mark.parametrize("row", LINES.split("\n")[1:-1])
def test_the_day_and_its_clock(row: str) -> None:
    language, country, line = row.split("|")
    reader = Reader(UTC, datetime(2026, 11, 20, 9, tzinfo=UTC), "DMY", (language,), country)
    (found,) = read_dates(line, reader)
    told = str(found.value)[:16]
    assert told == "2026-05-04 13:18" or (told == "2026-05-04" and not any(sign in line for sign in ("13", ":", "下")))
