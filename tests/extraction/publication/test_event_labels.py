"""Labels of another day than that of publication, in languages whose lists had few of them."""

from __future__ import annotations

import pytest

from crawler.extraction.publication.date_roles import tells_another_day

OTHERS = [
    "Last day to apply: 1 October 2026", "Next review: 1 October 2026", "Ngày sự kiện: 1/10/2026",
    "Tarehe ya mwisho: 1 Oktoba 2026", "تاریخ انقضا: 1404/12/21", "Өткізу күні: 2026 жылғы 1 қазан",
    "วันจัดงาน: 1 ตุลาคม 2569", "Tapahtuman päivämäärä: 1.10.2026", "Startdato: 1. oktober 2026",
    "Termín: 1. októbra 2026", "Datum dogodka: 1. oktober 2026", "Датум догађаја: 1. октобар 2026.",
    "Rok: 1. oktobar 2026.", "Датум на настан: 1 октомври 2026", "අවසන් දිනය: 2026 ඔක්තෝබර් 1",
    "ថ្ងៃផុតកំណត់: 2026-10-01", "ວັນໝົດເຂດ: 2026-10-01", "Petsa ng kaganapan: 1 Oktubre 2026",
    "Umsóknarfrestur: 1. október 2026", "Afati: 1 tetor 2026", "Data límit: 1 d'octubre de 2026",
    "Azken eguna: 2026ko urriaren 1a", "Spriocdháta: 1 Deireadh Fómhair 2026", "Data tal-għeluq: 1 ta' Ottubru 2026",
    "Taariikhda kama dambaysta: 1 Oktoobar 2026", "የመጨረሻ ቀን: 2026-10-01",
]  # fmt: skip
OWN = ["Opublikowano 12 marca 2026 rok", "Rok 2026, 12. března", "Pubblicato il 12 marzo 2026", "Огноо: 2026-10-01"]


@pytest.mark.parametrize("line", OTHERS)
def test_the_label_of_a_deadline_or_an_event_is_known(line: str) -> None:
    assert tells_another_day(line)


@pytest.mark.parametrize("line", OWN)
def test_years_and_labels_of_publication_are_none(line: str) -> None:
    assert not tells_another_day(line)
