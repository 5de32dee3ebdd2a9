"""Lines of several days behind labels of their own: which of them is that of publication."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import crawler
from crawler import Article
from crawler.extraction.publication.labelled_days import labelled_days

CAPTURED = datetime(2026, 11, 20, 12, tzinfo=UTC)
TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "The ministry opened three laboratories that test the drinking water of the northern districts every week.",
        "Villages that had no laboratory sent their samples to the capital until now and waited a month for answers.",
        "Farmers get pumps and pipes for half of the price, and the first of them were handed over in spring.",
    )
)


def article(line: str, lang: str = "en") -> Article:
    page = f"<html lang={lang}><h1>Three laboratories open</h1><p>{line}</p>{TEXT}</html>"
    record = crawler.extract(page.encode(), "https://www.min.example/news/labs-open", captured=CAPTURED)
    assert isinstance(record, Article)
    return record


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Last Updated: 2 November 2026. Published on: 14.10.2026"),
        ("en", "Date: 14 Oct 2026 | Event date: 20 November 2026"),
        ("en", "Meeting on 20.11.2026. Uploaded on 14-10-2026"),
        ("en", "Document date: 30 September 2026 | Published: 14 October 2026"),
        ("fr", "Mise à jour : 02 novembre 2026 - Publication : 14 octobre 2026"),
        ("de", "Stand: 03.11.2026 | Erscheinungsdatum 14.10.2026"),
        ("zh", "发文日期：2026年9月30日 发布日期：2026年10月14日"),
        ("zh", "发布日期：2026年10月14日 成文日期：2026年9月30日"),
        ("ja", "最終更新日：2026年11月2日　公開日：2026年10月14日"),
    ],
)
def test_the_day_behind_the_label_of_publication_is_taken_wherever_it_stands(lang: str, line: str) -> None:
    published = article(line, lang).published_at
    assert published is not None
    assert str(published.value)[:10] == "2026-10-14"


def test_the_day_of_a_change_in_front_is_that_of_a_change() -> None:
    modified = article("Last Updated: 2 November 2026. Published on: 14.10.2026").modified_at
    assert modified is not None
    assert str(modified.value)[:10] == "2026-11-02"


def test_the_label_of_a_document_alone_is_believed_last() -> None:
    record = article("Document date: 30 September 2026</p><p>Published: 14 October 2026")
    assert record.published_at is not None
    assert str(record.published_at.value)[:10] == "2026-10-14"


@pytest.mark.parametrize(
    "line",
    [
        "14 October 2026, 10:30 | Published by the press office",
        "20 November 2026, Main Hall. Deadline for registration: 1 November 2026",
        "05.03.2026, updated 06.03.2026",
    ],
)
def test_a_line_without_a_second_day_behind_such_a_label_is_read_as_before(line: str) -> None:
    assert not labelled_days(line)


@pytest.mark.parametrize(
    "line",
    [
        "Ministry of Health | 14 October 2026 | Statement",
        "PR261402en, Press Release Issue Date: Oct 14, 2026",
        "Published: 14 October 2026 at 11.05 hrs.",
        "Ottawa (Ontario) – 14 October 2026 – Ministry of Finance",
    ],
)
def test_a_row_with_the_day_of_the_article_and_short_names_is_no_text(line: str) -> None:
    record = article(line)
    assert record.published_at is not None
    assert "2026" not in record.text


@pytest.mark.parametrize("line", ["On 14 October 2026, the work began.", "14 October 2026: work began in Guildford"])
def test_a_sentence_and_a_heading_with_the_day_are_text(line: str) -> None:
    assert line in article(f"14 October 2026</p><p>{line}").text


def test_who_adopted_an_act_and_when_stands_in_brackets_under_its_title_and_is_text() -> None:
    adopted = "（2026年3月12日农田水利部部务会议通过）"
    page = (
        f"<html lang=zh><h1>关于批准乡镇供水工程的决议</h1><p>{adopted}</p>"
        "<p>会议审议了乡镇供水工程方案，决定批准该方案，工程总投资四千万元。</p><p>会议要求各县按期完成泵站建设。</p></html>"
    )
    record = crawler.extract(page.encode(), "https://www.wells.example/acts/content_12.htm", captured=CAPTURED)
    assert isinstance(record, Article)
    assert adopted in record.text
