"""Headers are cut into words and concepts in many languages and writings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.suggestion.grammar import meaning_of
from harmonization.suggestion.header_words import read_header
from harmonization.suggestion.lexicon import LANGUAGES
from harmonization.suggestion.words import plain, words_of


def meaning(header: str) -> str | None:
    reading = read_header(header=header)
    return None if reading.unknown else meaning_of(reading=reading)


@pytest.mark.parametrize(
    "header",
    [
        "clicks",
        "Klicks",
        "Cliques",
        "Clics",
        "Клики",
        "クリック数",
        "点击量",
        "클릭수",
        "Kliknięcia",
        "Tıklama",
        "คลิก",
        "النقرات",
    ],
)
def test_one_concept_is_read_in_many_languages(header: str) -> None:
    assert meaning(header) == "clicks"


@pytest.mark.parametrize(
    "header", ["campaign_id", "campaignId", "Campaign ID", "CAMPAIGN-ID", "campaignid", "CampaignID"]
)
def test_writing_does_not_matter(header: str) -> None:
    assert meaning(header) == "campaign_id"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Costo por clic", "cpc"),
        ("Средняя стоимость клика, ₽", "cpc"),
        ("クリック単価", "cpc"),
        ("Umsatz", "revenue"),
        ("Ciro", "revenue"),
        ("成交金额", "revenue"),
        ("Verkaufte Einheiten", "units"),
        ("Termine di ricerca", "search_term"),
        ("Nama Kampanye", "campaign_name"),
        ("Anzeigengruppe", "ad_group_name"),
    ],
)
def test_phrases_are_read_as_a_whole(header: str, expected: str) -> None:
    assert meaning(header) == expected


@pytest.mark.parametrize(
    ("header", "window"),
    [
        ("sales14d", "14d"),
        ("orders_7_days", "7d"),
        ("매출액(14일)", "14d"),
        ("Sales 12 hours", "12h"),
        ("売上金額(合計720時間)", "720h"),
        ("30 dias vendas", "30d"),
        ("14-Tage-Umsatz", "14d"),
        ("2 week sales", "14d"),
        ("sales_d7", "7d"),
    ],
)
def test_windows_are_parsed_from_text(header: str, window: str) -> None:
    assert read_header(header=header).window == window


@pytest.mark.parametrize("header", ["Sales 2026", "top 10 clicks", "l1_category_name", "ean13"])
def test_other_numbers_are_no_windows(header: str) -> None:
    assert read_header(header=header).window is None


@pytest.mark.parametrize(
    ("header", "touch", "scope"),
    [
        ("View-through sales 7d", "view", "total"),
        ("unitsSoldClicks7d", "click", None),
        ("Post-click and post-view orders", "click+view", None),
        ("Direct revenue", None, "same_sku"),
        ("간접 주문수", None, "halo"),
        ("Other SKU Units", None, "halo"),
        ("Total orders", None, "total"),
    ],
)
def test_touch_and_scope_are_read(header: str, touch: str | None, scope: str | None) -> None:
    reading = read_header(header=header)

    assert reading.touch == touch
    assert scope in (None, "total") or reading.scope == scope


@given(st.text(max_size=60))
def test_no_header_breaks_the_reading(header: str) -> None:
    reading = read_header(header=header)

    assert reading.header == header
    assert meaning_of(reading=reading) is None or reading.concepts


@given(st.text(alphabet="aeiouбклнорст点击曝光数노출", max_size=20))
def test_words_keep_every_letter_of_a_text(text: str) -> None:
    assert "".join(word.text for word in words_of(text=text)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_every_language_mean_their_concept(language: object) -> None:
    wrong = [
        entry
        for concept, words in language.WORDS.items()
        for entry in (" ".join(word.split()) for word in words.split(","))
        if not entry
    ]

    assert wrong == []


@pytest.mark.parametrize("text", ["Größe", "Coût", "Kliknięcia", "CampaignName", "ＣＰＣ"])
def test_plain_texts_have_no_accents_or_capitals(text: str) -> None:
    assert plain(text) == plain(plain(text))
    assert plain(text).isascii()
