"""Identifiers that tell rows apart, hours in time stamps, currencies in amounts, and campaigns in the banner."""

from decimal import Decimal

import pytest

from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.reader import read_mapping
from harmonization.tests.layouts import SMALL
from harmonization.tests.pipeline.exports import differences, events, harmonized, rejects, total, written

HEADER = "Day,Shown,Clicked,Cost,Id,When\n"
HOUR = "  hour: {from: When, formats: ['%Y-%m-%dT%H:%M:%SZ', '%Y-%m-%dT%H:%M:%S.%fZ']}\n"


def mapping_with(*, unique="", hour="", currency="{code: USD}"):
    text = SMALL.replace("currency: {code: USD}", f"currency: {currency}").replace("fields:\n", f"fields:\n{hour}")
    return read_mapping(text=f"{text}unique: {unique}\n" if unique else text)


def run(folder, mapping, *rows):
    return harmonized(written(folder, HEADER + "".join(f"2026-01-05,100,5,{row}\n" for row in rows)), mapping)


def test_a_row_that_repeats_an_identifier_is_rejected_with_its_first(tmp_path):
    result = run(tmp_path, mapping_with(unique="Id"), "1.00,a,", "2.00,b,", "4.00, a,")

    assert [(row, reason) for row, reason, _ in rejects(result)] == [(4, "repeats row 2: a")]
    assert total(result, "cost") == 3
    assert differences(result)[0][2:] == (Decimal(4), "rejected rows hold 4")


def test_rows_without_an_identifier_are_all_kept(tmp_path):
    result = run(tmp_path, mapping_with(unique="Id"), "1.00,,", "2.00,,")

    assert (result.rows_kept, total(result, "cost")) == (2, 3)


def test_identifiers_mean_nothing_where_the_mapping_does_not_say_so(tmp_path):
    assert run(tmp_path, mapping_with(), "1.00,a,", "2.00,a,").rows_kept == 2


def test_the_hour_is_read_from_a_time_stamp(tmp_path):
    times = ("2026-01-05T00:00:00Z", "2026-01-05T23:59:59.999Z", "soon", "")

    result = run(tmp_path, mapping_with(hour=HOUR), *(f"1.00,a,{time}" for time in times))

    assert events(result)["hour"].to_list() == [0, 23, None, None]
    assert result.rows_rejected == 0


def test_the_hour_may_also_stand_as_a_number(tmp_path):
    result = run(tmp_path, mapping_with(hour="  hour: {from: When}\n"), "1.00,a,7")

    assert events(result)["hour"].to_list() == [7]


def test_a_count_has_no_date_formats():
    with pytest.raises(MappingError, match="unknown key"):
        read_mapping(text=SMALL.replace("{from: Shown,", "{from: Shown, formats: '%H',"))


@pytest.mark.parametrize(("cost", "currency"), [("EUR 1.50", "EUR"), ("£1.50", "GBP"), ("1.50", "USD"), ("0", "USD")])
def test_the_currency_of_a_row_is_that_of_its_amounts(cost, currency, tmp_path):
    result = run(tmp_path, mapping_with(currency="{from: Cost, code: USD}"), f"{cost},a,")

    assert result.daily["currency"].to_list() == [currency]
    assert differences(result) == []


def test_without_a_code_an_amount_has_to_name_its_currency(tmp_path):
    result = run(tmp_path, mapping_with(currency="{from: Cost}"), "EUR 1.50,a,", "1.50,b,")

    assert [(row, "no currency code" in reason) for row, reason, _ in rejects(result)] == [(3, True)]


CAMPAIGN = '  campaign_id: {banner: "Campaign no[.] ([0-9]+)"}\n'


def run_below(folder, banner, *, campaign=CAMPAIGN, header="Day,Shown,Clicked,Cost", more=""):
    text = f"{banner}\n{header}\n2026-01-05,100,5,1.50{more}\n"
    return harmonized(written(folder, text), mapping_with(hour=campaign))


def test_what_stands_above_the_header_is_read_for_every_row(tmp_path):
    result = run_below(tmp_path, 'Report\n"Campaign no. 77, January"\n')

    assert events(result)["campaign_id"].to_list() == ["77"]
    assert result.daily["campaign_id"].to_list() == ["77"]


def test_a_banner_that_says_nothing_leaves_the_field_empty(tmp_path):
    result = run_below(tmp_path, "Report of all campaigns")

    assert events(result)["campaign_id"].to_list() == [None]


def test_a_column_is_read_rather_than_the_banner(tmp_path):
    both = CAMPAIGN.replace("{banner", "{from: Campaign, banner")

    result = run_below(tmp_path, "Campaign no. 77", campaign=both, header="Day,Shown,Clicked,Cost,Campaign", more=",12")

    assert events(result)["campaign_id"].to_list() == ["12"]


@pytest.mark.parametrize("pattern", ["no group", "(two) (groups)", "(broken", "(?<=look)(behind)"])
def test_a_banner_needs_a_pattern_with_one_group(pattern):
    with pytest.raises(MappingError, match="one group"):
        mapping_with(hour=f"  campaign_id: {{banner: '{pattern}'}}\n")


def test_a_number_is_not_read_from_the_banner():
    with pytest.raises(MappingError, match="unknown key"):
        read_mapping(text=SMALL.replace("{from: Shown,", "{from: Shown, banner: '(1)',"))
