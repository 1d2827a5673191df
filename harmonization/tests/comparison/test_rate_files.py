"""Files of rates as the European Central Bank gives them are read; anything doubtful is refused whole."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.comparison.rate_files import RatesRefused, read_rates

XML = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
  xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <Cube>
    <Cube time="2026-01-09"><Cube currency="USD" rate="1.0812"/><Cube currency="GBP" rate="0.83"/></Cube>
    <Cube time="2026-01-08"><Cube currency="USD" rate="1.0790"/></Cube>
  </Cube>
</gesmes:Envelope>"""
HISTORY = "Date,USD,JPY,BGN,\n2026-01-09,1.0812,164.1,N/A,\n2026-01-08,1.0790,163.9,1.9558,\n"
DAILY = "Date, USD, JPY, \n09 January 2026, 1.0812, 164.1, \n"
LIST = "date,base,quote,rate,source\n2026-01-09,USD,MXN,20.1,Banxico\n"


def read(text):
    return {(one.day.isoformat(), one.base, one.quote): one.rate for one in read_rates(content=text.encode(), name="f")}


def test_xml_of_many_days_is_read():
    assert read(XML) == {
        ("2026-01-09", "EUR", "USD"): Decimal("1.0812"),
        ("2026-01-09", "EUR", "GBP"): Decimal("0.83"),
        ("2026-01-08", "EUR", "USD"): Decimal("1.0790"),
    }


def test_csv_of_history_is_read_without_missing_values():
    found = read(HISTORY)

    assert len(found) == 5
    assert ("2026-01-09", "EUR", "BGN") not in found
    assert found["2026-01-08", "EUR", "BGN"] == Decimal("1.9558")


def test_csv_of_one_day_with_its_month_in_words_is_read():
    assert read(DAILY)["2026-01-09", "EUR", "JPY"] == Decimal("164.1")


def test_a_list_of_rates_names_its_own_source():
    (one,) = read_rates(content=LIST.encode(), name="list.csv")

    assert (one.day, one.base, one.quote, one.source) == (date(2026, 1, 9), "USD", "MXN", "Banxico")


@pytest.mark.parametrize(
    ("text", "detail", "where"),
    [
        ("", "header", "f, line 1"),
        ("Date,USD\n", "no rate", "f"),
        ("<a/>", "no rate", "f"),
        ("<a", "not XML", "f"),
        ("Date,USD\n2026-01-09,cheap\n", "no rate", "f, line 2, USD"),
        ("Date,USD\n2026-01-09,-1\n", "between a billionth", "f, line 2, USD"),
        ("Date,USD\n2026-01-09,NaN\n", "between a billionth", "f, line 2, USD"),
        ("Date,USD\n09.01.2026,1.1\n", "no day", "f, line 2"),
        ("Date,USD\n2026-01-09,1.1\n2026-01-09,1.2\n", "two rates", "f"),
        ("date,base,quote,rate\n2026-01-09,EUR,dollar,1.1\n", "no currency code", "f, line 2"),
        ("date,base,quote,rate\n2026-01-09,EUR\n", "2 cells", "f, line 2"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><x/>', "entities", "f"),
        ("day,price\n1,2\n", "header", "f, line 1"),
    ],
)
def test_a_doubtful_file_is_refused_with_its_place(text, detail, where):
    with pytest.raises(RatesRefused) as refused:
        read(text)

    assert detail in refused.value.detail
    assert refused.value.where == where


def test_old_line_ends_are_read():
    assert read(HISTORY.replace("\n", "\r")) == read(HISTORY)


def test_a_cell_without_end_is_refused():
    with pytest.raises(RatesRefused, match="no table"):
        read(f'Date,USD\n"{"1" * 200_000}')


def test_a_zip_is_refused():
    with pytest.raises(RatesRefused, match="unpacked"):
        read_rates(content=b"PK\x03\x04\xff\xfe", name="eurofxref-hist.zip")


def is_read_or_refused(content):
    try:
        return bool(read_rates(content=content, name="f"))
    except RatesRefused as refused:
        return bool(refused.detail and refused.fix)


@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    assert is_read_or_refused(content)


@given(cut=st.integers(0, len(XML)))
def test_xml_cut_anywhere_is_read_or_refused(cut):
    assert is_read_or_refused(XML[:cut].encode())
