"""Stock told by exports and people, and how long it lasts."""

from datetime import timedelta
from decimal import Decimal

import pytest

from campaigns.models import StockCount
from campaigns.selectors.history import history_window
from campaigns.selectors.stock import known_levels
from campaigns.services.stock import StockWish, stock_list, stock_outlooks
from campaigns.services.stock_counts import NewCount, StockRefused, counts_of_csv, keep_counts
from campaigns.tests.stock import export_levels, sell_daily
from tenants.models import AuditEvent


@pytest.fixture
def last(acme, market, kept_files):
    return sell_daily()


def count(day, *, units="500", item="L1", retailer="amazon", where=""):
    return NewCount(retailer_id=retailer, sku_id=item, units=Decimal(units), counted_on=day, where=where)


def kept(*counts, by=None, today):
    return keep_counts(counts=counts, source="warehouse", by=by, today=today)


def outlooks(**wish):
    asked = StockWish(**wish)
    found = stock_list(wish=asked)
    return {row["retailer"]: row for row in stock_outlooks(window=found.window, keys=found.keys, wish=asked)}


def test_item_nobody_counted_says_how_to_tell_its_stock(last):
    row = outlooks()["amazon"]

    assert (row["on_hand"], row["outlook"]) == (None, None)
    assert "enter it" in row["reason"]


def test_counted_stock_runs_out_on_a_day_with_an_interval(last, analyst):
    kept(count(last, units="500", item="l1"), by=analyst, today=last)

    found = outlooks(horizon=21)["amazon"]["outlook"]

    days = found["runs_out"]
    assert found["probability"] == 1.0
    assert last < days["low"] <= days["day"] <= days["high"] <= last + timedelta(days=21)
    assert found["cover_days"]["low"] <= found["cover_days"]["mean"] <= found["cover_days"]["high"]
    assert found["sellable"]["mean"] == pytest.approx(500)


def test_plenty_does_not_run_out(last, analyst):
    kept(count(last, units="1000000"), by=analyst, today=last)

    found = outlooks()["amazon"]["outlook"]

    assert (found["probability"], found["runs_out"]["day"]) == (0.0, None)


def test_the_latest_day_told_counts_whoever_told_it(acme, market, kept_files, analyst):
    events = export_levels(folder=kept_files, schema=acme.schema_name, rows=[("amazon", "L1", 5, 900)])
    last = history_window().end
    kept(count(last - timedelta(days=9), units="7"), by=analyst, today=last)
    older = known_levels(events=events, until=last)["amazon", "L1"]
    kept(count(last, units="8"), by=analyst, today=last)
    newer = known_levels(events=events, until=last)["amazon", "L1"]

    assert (older.units, newer.units, newer.source) == (900.0, 8.0, "warehouse")


def test_what_was_sold_since_an_old_count_is_taken_off(last, analyst):
    kept(count(last - timedelta(days=1), units="100000"), by=analyst, today=last)

    row = outlooks()["amazon"]

    assert 0 < row["told"]["units"] - row["on_hand"] < 1_000


def test_second_count_of_a_day_replaces_the_first_and_is_audited(last, analyst):
    kept(count(last, units="5"), by=analyst, today=last)
    kept(count(last, units="6"), by=analyst, today=last)

    assert [str(one.units) for one in StockCount.objects.all()] == ["6.00"]
    assert AuditEvent.objects.filter(kind="stock.counted").count() == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"item": "X9"}, "not known"),
        ({"retailer": "nobody"}, "not known"),
        ({"units": "-1"}, "impossible"),
        ({"units": "NaN"}, "impossible"),
        ({"units": "1e12"}, "impossible"),
    ],
)
def test_wrong_count_keeps_nothing(last, analyst, change, said):
    with pytest.raises(StockRefused, match=said):
        kept(count(last), count(last - timedelta(days=1), where="row 3", **change), by=analyst, today=last)

    assert not StockCount.objects.exists()


def test_day_to_come_twice_and_nothing_at_all_are_refused(last, analyst):
    for counts in ([count(last + timedelta(days=1))], [count(last), count(last, item="l1")], []):
        with pytest.raises(StockRefused):
            kept(*counts, by=analyst, today=last)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("retailer,item\na,b", "units"),
        ("", "retailer"),
        ("retailer,item,units\namazon,L1,many", "row 2, units"),
        ("retailer,item,units,day\namazon,L1,5,yesterday", "row 2, day"),
        ('retailer,item,units\namazon,"L1', "file"),
    ],
)
def test_wrong_file_is_refused_with_its_place(text, where, django_now):
    with pytest.raises(StockRefused) as refused:
        counts_of_csv(lines=text.splitlines(), today=django_now.date())

    assert refused.value.where == where


def test_file_s_day_may_be_left_out(django_now):
    (row,) = counts_of_csv(lines=["Retailer,Item,Units,Day", "amazon,L1,5,"], today=django_now.date())

    assert (row.units, row.counted_on) == (Decimal(5), django_now.date())
