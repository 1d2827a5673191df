"""Days stay as the retailer reports them; instants are in UTC, through every change of clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.reader import read_mapping
from harmonization.pipeline.time_zones import comes_twice, instant, is_skipped, start_of_hour
from harmonization.tests.layouts import SMALL
from harmonization.tests.pipeline.exports import events, harmonized, written

HEADER = "Day,Shown,Clicked,Cost,Hour,When,Made\n"
HOURLY = "  hour: {from: Hour}\n"
STAMPED = "  event_ts: {from: When, formats: ['%Y-%m-%dT%H:%M:%S%z', '%Y-%m-%dT%H:%M:%SZ', '%Y-%m-%d %H:%M']}\n"


def mapping_with(fields="", *, top="timezone: Europe/Berlin\n"):
    return read_mapping(text=SMALL.replace("fields:\n", f"fields:\n{fields}") + top)


def run(folder, mapping, *rows, banner=""):
    text = banner + HEADER + "".join(f"{day},100,5,1.50,{rest}\n" for day, rest in rows)
    return harmonized(written(folder, text), mapping)


def instants(result):
    return events(result)["event_ts"].to_list()


def test_an_hour_becomes_an_instant_and_the_day_stays_the_retailers(tmp_path):
    result = run(tmp_path, mapping_with(HOURLY), ("2026-01-05", "0,,"), ("2026-07-05", "0,,"))

    assert instants(result) == [datetime(2026, 1, 4, 23, tzinfo=UTC), datetime(2026, 7, 4, 22, tzinfo=UTC)]
    assert events(result)["event_date"].to_list() == [date(2026, 1, 5), date(2026, 7, 5)]


def test_an_hour_the_clocks_skip_has_no_instant_and_is_told(tmp_path):
    result = run(tmp_path, mapping_with(HOURLY), ("2026-03-29", "2,,"), ("2026-03-29", "3,,"))

    assert instants(result) == [None, datetime(2026, 3, 29, 1, tzinfo=UTC)]
    assert result.rows_kept == 2
    assert any("1 rows name an hour that clocks in Europe/Berlin skip" in note for note in result.quality.notes)


def test_an_hour_that_comes_twice_begins_with_the_first_and_is_told(tmp_path):
    result = run(tmp_path, mapping_with(HOURLY), ("2026-10-25", "2,,"), ("2026-10-25", "3,,"))

    assert instants(result) == [datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC)]
    assert any("1 rows name an hour that comes twice" in note for note in result.quality.notes)


@pytest.mark.parametrize("hour", ["24", "-1", ""])
def test_an_hour_outside_the_day_gives_no_instant(hour, tmp_path):
    assert instants(run(tmp_path, mapping_with(HOURLY), ("2026-01-05", f"{hour},,"))) == [None]


@pytest.mark.parametrize("zone", ["", "timezone: of the advertiser's account\n"])
def test_without_a_zone_no_instant_is_made_up(zone, tmp_path):
    result = run(tmp_path, mapping_with(HOURLY, top=zone), ("2026-01-05", "7,,"))

    assert (instants(result), events(result)["hour"].to_list()) == ([None], [7])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-05T01:30:00+0530", datetime(2026, 1, 4, 20, tzinfo=UTC)),
        ("2026-01-05T01:30:00Z", datetime(2026, 1, 5, 1, 30, tzinfo=UTC)),
        ("2026-01-05 01:30", datetime(2026, 1, 5, 0, 30, tzinfo=UTC)),
        ("2026-03-29 02:30", None),
        ("2026-10-25 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("soon", None),
    ],
)
def test_a_time_stamp_is_read_with_its_offset_or_in_the_mappings_zone(text, expected, tmp_path):
    result = run(tmp_path, mapping_with(STAMPED), ("2026-01-05", f"1,{text},"))

    assert instants(result) == [expected]
    assert events(result)["event_date"].to_list() == [date(2026, 1, 5)]


@pytest.mark.parametrize("zone", ["Europe/Berln", "PST", "GMT+25"])
def test_a_zone_that_is_none_is_refused(zone):
    with pytest.raises(MappingError, match="no IANA zone"):
        mapping_with(top=f"timezone: {zone}\n")


def test_a_local_time_needs_a_zone():
    with pytest.raises(MappingError, match="needs an IANA timezone"):
        mapping_with("  event_ts: {from: When, formats: '%Y-%m-%d %H:%M'}\n", top="")


@given(
    day=st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 12, 31)),
    hour=st.integers(0, 23),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Seoul"]),
)
def test_instants_agree_with_pythons_own_zones(day, hour, zone):
    frame = pl.DataFrame({"event_date": [day], "hour": [hour]})
    found, skipped, twice = frame.select(
        start_of_hour(zone=zone).alias("ts"), is_skipped(zone=zone).alias("skipped"), comes_twice(zone=zone)
    ).row(0)

    local = datetime(day.year, day.month, day.day, hour)
    first = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    last = local.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)
    is_real = first.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local

    assert (found, skipped) == ((first, False) if is_real else (None, True))
    assert not is_real or twice == (last != first)


def test_instants_of_a_whole_day_follow_each_other_by_an_hour():
    frame = pl.DataFrame({"event_date": [date(2026, 6, 1)] * 24, "hour": list(range(24))})

    steps = frame.select(start_of_hour(zone="America/New_York").diff().drop_nulls().unique()).to_series().to_list()

    assert steps == [timedelta(hours=1)]


def test_a_text_in_no_format_is_no_instant():
    frame = pl.DataFrame({"text": ["05.01.2026", ""]})

    found = frame.select(instant(text=pl.col("text"), formats=("%Y-%m-%dT%H:%M:%SZ",), zone="UTC"))

    assert found.to_series().to_list() == [None, None]


PULLED = "  report_pulled_at: {from: Made, formats: '%Y-%m-%d %H:%M'}\nfinal_after_days: 14\n"


@pytest.mark.parametrize(("made", "is_final"), [("2026-01-19 23:00", False), ("2026-01-20 01:00", True), ("", None)])
def test_a_day_is_final_once_the_network_restates_it_no_more(made, is_final, tmp_path):
    pulled, final_after = PULLED.splitlines(keepends=True)
    mapping = mapping_with(pulled, top=f"timezone: Europe/Berlin\n{final_after}")

    result = run(tmp_path, mapping, ("2026-01-05", f"1,,{made}"))

    assert events(result)["is_final"].to_list() == [is_final]


def test_when_the_report_was_made_may_stand_above_the_header(tmp_path):
    made = "  report_pulled_at: {banner: 'Generated: ([0-9: -]+)', formats: '%Y-%m-%d %H:%M'}\n"

    result = run(tmp_path, mapping_with(made), ("2026-01-05", "1,,"), banner='"Generated: 2026-02-01 09:00"\n')

    assert events(result)["report_pulled_at"].to_list() == [datetime(2026, 2, 1, 8, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("fields", "top", "grain"),
    [("", "", "day"), (HOURLY, "", "hour"), ("", "time_grain: week\n", "week")],
)
def test_rows_say_what_they_cover(fields, top, grain, tmp_path):
    result = run(tmp_path, mapping_with(fields, top=top), ("2026-01-05", "1,,"))

    assert events(result)["time_grain"].to_list() == [grain]


@pytest.mark.parametrize(
    ("top", "included", "rate"),
    [
        ("", None, None),
        ("vat_included: true\n", True, None),
        ("vat_included: false\nvat_rate: 7.5\n", False, "0.075000"),
    ],
)
def test_rows_say_whether_tax_is_in_their_cost(top, included, rate, tmp_path):
    row = events(run(tmp_path, mapping_with(top=top), ("2026-01-05", "1,,"))).row(0, named=True)

    assert (row["vat_included"], rate and str(row["vat_rate"])) == (included, rate)
    assert str(row["cost"]) == "1.500000"


@pytest.mark.parametrize(
    ("top", "message"),
    [("vat_rate: 20\n", "vat_included"), ("vat_included: true\nvat_rate: lots\n", "not allowed")],
)
def test_a_rate_of_tax_needs_its_meaning(top, message):
    with pytest.raises(MappingError, match=message):
        mapping_with(top=top)


@pytest.mark.parametrize(
    ("top", "said"), [("", False), ("vat_included: true\nvat_rate: 19\n", True), ("vat_included: false\n", True)]
)
def test_the_quality_report_says_what_is_known_of_tax(top, said, tmp_path):
    notes = run(tmp_path, mapping_with(top=top), ("2026-01-05", "1,,")).quality.notes

    assert any("VAT in cost" in note for note in notes) is said
