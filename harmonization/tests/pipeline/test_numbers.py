"""Three readers of numbers agree: plain and lenient expressions, and Python's own reading of the source."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.mapping.spec import Unit
from harmonization.pipeline.numbers import Cells, amount, gtin14, has_foreign, stated_currency
from harmonization.pipeline.source_numbers import day_reader, number_reader
from harmonization.rmis.gtin import normalised_gtin
from harmonization.rmis.money import SMALLEST

LIKELY = st.text(alphabet="0123456789.,-+()eE %$€USD'’ _\u00a0٣x", max_size=14)
WRITTEN = st.decimals(min_value=-(10**11), max_value=10**11, places=4, allow_nan=False, allow_infinity=False)


def read(texts, *, decimal=".", unit=Unit.ONE, are_plain=False):
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    cells = Cells(
        decimal=decimal,
        has_iso_dates=False,
        are_plain=are_plain,
        are_foreign=not are_plain and has_foreign(frame.lazy()),
    )
    stripped = pl.col("text").str.strip_chars()
    return frame.select(amount(text=stripped, unit=unit, cells=cells))["text"].to_list()


@given(texts=st.lists(LIKELY, min_size=1, max_size=20), decimal=st.sampled_from(".,"), unit=st.sampled_from(Unit))
def test_what_the_plain_reader_reads_the_lenient_reader_reads_alike(texts, decimal, unit):
    plain = read(texts, decimal=decimal, unit=unit, are_plain=True)
    lenient = read(texts, decimal=decimal, unit=unit)

    assert all(one is None or one == other for one, other in zip(plain, lenient, strict=True))


@given(texts=st.lists(LIKELY, min_size=1, max_size=20), decimal=st.sampled_from(".,"), unit=st.sampled_from(Unit))
def test_polars_and_python_read_the_same(texts, decimal, unit):
    ours = read(texts, decimal=decimal, unit=unit)
    theirs = [number_reader(decimal=decimal, unit=unit)(text) for text in texts]

    for text, one, other in zip(texts, ours, theirs, strict=True):
        if one is None:
            assert other is None or abs(other) > 10**15, text
        else:
            assert other is not None, text
            assert abs(one - other) <= SMALLEST / 2, text


@given(
    number=WRITTEN,
    decimal=st.sampled_from(".,"),
    form=st.sampled_from(["{:f}", "{:,f}", "USD {:f}", "{:,f} €", " {:f} "]),
)
def test_numbers_are_read_back_as_written(number, decimal, form):
    text = form.format(number)
    if decimal == ",":
        text = text.translate({ord(","): ".", ord("."): ","})

    assert read([text], decimal=decimal) == [number]


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("1234567", Unit.MICROS, "1.234567"),
        ("123456789", Unit.MICROCENTS, "1.234568"),
        ("12.5%", Unit.PERCENT, "0.125"),
        ("12.5 %", Unit.PERCENT, "0.125"),
        ("-3", Unit.MICROS, "-0.000003"),
    ],
)
def test_units_are_divided_exactly(text, unit, expected):
    assert read([text], unit=unit) == [Decimal(expected)]


@pytest.mark.parametrize(
    "text", ["1,5", "1,23", "12,34", "1.234,5", "1,2345", ",5", "1.2.3", "--1", "1-", "0x1f", "1_000", "๓", "十"]
)
def test_what_is_not_clearly_a_number_is_none(text):
    assert read([text]) == [None]


@given(texts=st.lists(st.text(alphabet="0123456789 -x", max_size=16), min_size=1, max_size=20))
def test_both_readers_of_gtins_agree(texts):
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})

    assert frame.select(gtin14(pl.col("text")))["text"].to_list() == [normalised_gtin(text) for text in texts]


def test_a_currency_is_told_from_code_or_unambiguous_sign():
    texts = ["USD 5", "5 EUR", "€5", "₹5", "$5", "¥5", "5"]

    found = pl.DataFrame({"text": texts}).select(stated_currency(pl.col("text")))["text"].to_list()

    assert found == ["USD", "EUR", "EUR", "INR", None, None, None]


def test_days_are_read_by_the_formats_given_only():
    read_day = day_reader(formats=("%d.%m.%Y",))

    assert read_day(" 05.01.2026 ").isoformat() == "2026-01-05"
    assert read_day("2026-01-05") is None
