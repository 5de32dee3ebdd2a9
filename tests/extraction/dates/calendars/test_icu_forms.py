"""Dates as ICU prints them, in full, long and medium form, in a hundred languages and their calendars: another program
with another copy of CLDR wrote what is read here."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icu4py.messageformat import MessageFormat

from crawler.extraction.dates import Reader, read_moment
from crawler.extraction.dates.figure_order import order_of

CAPTURED = datetime(2026, 11, 20, tzinfo=UTC)
DAYS = [date(2026, 2, 1), date(2026, 8, 23)]
LOCALES = """
uz_UZ uz_Cyrl_UZ kk_KZ ky_KG tg_TJ tk_TM az_AZ mn_MN tt_RU ba_RU ru_RU uk_UA be_BY bg_BG mk_MK sr_RS sr_Latn_RS hr_HR
bs_BA sl_SI sk_SK cs_CZ pl_PL hu_HU ro_RO sq_AL el_GR tr_TR lv_LV lt_LT et_EE fi_FI sv_SE nb_NO da_DK is_IS de_DE de_AT
nl_NL fr_FR fr_CA es_ES es_MX pt_BR it_IT ca_ES gl_ES eu_ES ga_IE cy_GB gd_GB mt_MT en_US en_GB en_IN en_CA en_ZA ar_SA
ar_EG ar_DZ ar_LB ar_MA fa_IR fa_AF ps_AF ckb_IQ ur_PK hi_IN mr_IN ne_NP bn_BD pa_IN gu_IN or_IN ta_IN te_IN kn_IN ml_IN
th_TH lo_LA km_KH my_MM vi_VN id_ID ms_MY fil_PH ceb_PH sw_TZ so_SO am_ET om_ET ti_ER ha_NG ig_NG zu_ZA xh_ZA af_ZA
rw_RW mg_MG he_IL yi_001 hy_AM ka_GE ug_CN zh_CN zh_TW ja_JP ko_KR kaa_UZ sah_RU lb_LU fo_FO ku_TR
zh_TW@calendar=roc ja_JP@calendar=japanese ar_EG@calendar=islamic-umalqura fa_IR@calendar=islamic-umalqura
am_ET@calendar=ethiopic ps_AF@calendar=persian th_TH@calendar=buddhist km_KH@calendar=buddhist lo_LA@calendar=buddhist
""".split()


@pytest.mark.parametrize("name", LOCALES)
def test_a_day_as_icu_prints_it_is_that_day(name: str) -> None:
    language, _, country = name.partition("@")[0].replace("_Cyrl", "-Cyrl").replace("_Latn", "-Latn").partition("_")
    country = country.lower() if country.isalpha() else ""
    reader = Reader(None, CAPTURED, order_of((language,), country), (language,), country)
    for form in ("full", "long", "medium"):
        printer = MessageFormat(f"{{day,date,{form}}}", name)
        for day in DAYS:
            line = printer.format({"day": day})
            found = read_moment(line, reader)
            assert found is not None and found.day == day, line
