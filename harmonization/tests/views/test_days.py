"""The calendar, a day's history, and the page about the console's figure."""

from datetime import timedelta
from html import unescape

import pytest

from harmonization.models import DayVersion
from harmonization.services.uploads import receive_upload
from harmonization.tests.files import LAST_DAY, alpha_bytes, alpha_with_bad_date, upload

DAY_PAGE = f"/data/days/alpha/{LAST_DAY}/"
CONSOLE_PAGE = f"/data/console/alpha/{LAST_DAY}/cost/"


@pytest.fixture
def imported(acme, analyst, run_operations, settings, tmp_path):
    settings.DATA_DIR = tmp_path

    def do(name: str, content: bytes):
        run, _ = receive_upload(file=upload(name, content), file_name=name, mapping_name="alpha", by=analyst)
        assert run_operations() == ["done"]
        return run

    return do


@pytest.fixture
def restated(imported):
    imported("first.csv", alpha_bytes())
    return imported("second.csv", dearer())


def dearer() -> bytes:
    """Every row of the last day costs one dollar more."""
    lines = alpha_bytes().decode().splitlines()
    return "\n".join(_dearer(line) if LAST_DAY.isoformat() in line else line for line in lines).encode()


def _dearer(line: str) -> str:
    cells = line.split(",")
    return ",".join([*cells[:12], f"{float(cells[12]) + 1:.2f}", *cells[13:]])


def words(client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def test_calendar_shows_each_day_with_a_word_for_its_state(restated, teammate, portal):
    page = words(portal(teammate), "/data/calendar/")

    assert "Alpha, 14 June: Restated" in page
    assert f"/t/acme{DAY_PAGE}" in page
    assert "0 missing, 0 anomalous, 0 held" in page


def test_calendar_of_any_period_in_the_address(restated, teammate, portal):
    client = portal(teammate)

    assert "June 2026" in words(client, "/data/calendar/?start=2026-06-01&end=2026-06-07")
    for odd in ("?start=x&end=y", "?start=0001-01-01&end=0001-01-02", "?start=9999-12-30&end=9999-12-31"):
        assert client.get(f"/data/calendar/{odd}").status_code == 200


def test_calendar_asks_few_queries_however_many_days(restated, teammate, portal, django_assert_max_num_queries):
    client = portal(teammate)

    with django_assert_max_num_queries(14):
        client.get("/data/calendar/?start=2026-04-01&end=2026-06-30")


def test_day_shows_versions_with_what_changed_and_by_whom(restated, teammate, portal):
    page = words(portal(teammate), DAY_PAGE)

    assert "(+$8.00)" in page
    assert "first.csv" in page
    assert "second.csv" in page
    assert "analyst@example.com" in page


def test_day_as_it_was_known_before_is_empty_and_today_is_not(restated, teammate, portal):
    client = portal(teammate)
    written = DayVersion.objects.first().recorded_at.date()

    assert "Nothing was known of this day then" in words(client, f"{DAY_PAGE}?as_of={written - timedelta(days=2)}")
    assert "Figures known then" in words(client, f"{DAY_PAGE}?as_of={written + timedelta(days=2)}")
    assert "That is no date" in words(client, f"{DAY_PAGE}?as_of=soon")


@pytest.mark.parametrize(
    "address",
    ["/data/days/alpha/nothing/", "/data/days/nobody/2026-06-14/", f"/data/console/alpha/{LAST_DAY}/nothing/"],
)
def test_what_is_no_day_source_or_figure_is_not_found(restated, teammate, portal, address):
    assert portal(teammate).get(address).status_code == 404


def test_day_without_data_says_so(restated, teammate, portal):
    assert "No data on this day" in words(portal(teammate), "/data/days/alpha/2026-07-14/")


def test_earlier_version_explains_the_consoles_figure(restated, teammate, portal):
    earlier = DayVersion.objects.get(event_date=LAST_DAY, number=1).figures[0]["cost"]

    page = words(portal(teammate), f"{CONSOLE_PAGE}?console={float(earlier):.2f}")

    assert "It is version 1, from first.csv" in page


def test_gap_nobody_can_explain_is_said_to_be_unexplained(restated, teammate, portal):
    page = words(portal(teammate), f"{CONSOLE_PAGE}?console=999999.99")

    assert "Unexplained: $99" in page


def test_figure_that_is_no_number_is_asked_for_again(restated, teammate, portal):
    response = portal(teammate).get(f"{CONSOLE_PAGE}?console=many")

    assert response.status_code == 422
    assert "Enter a number" in response.content.decode()


def test_rejected_rows_and_file_total_are_told(imported, teammate, portal):
    imported(
        "bad.csv", alpha_with_bad_date(name="x").replace(b"2026-13-45", b"2026-06-14").replace(b",10,1,", b",ten,1,")
    )

    page = words(portal(teammate), CONSOLE_PAGE)

    assert "1 rows of bad.csv could not be read" in page
    assert "The file states" in page
    assert "$1.00" in page


def test_stranger_finds_neither_day_nor_figure(restated, stranger, portal):
    for address in (DAY_PAGE, CONSOLE_PAGE):
        assert portal(stranger).get(address).status_code == 404
        assert portal(stranger, "globex").get(address).status_code == 404
