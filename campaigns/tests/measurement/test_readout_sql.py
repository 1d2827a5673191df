"""The clean room's SQL, run against tables in memory."""

import duckdb
import pytest

from campaigns.measurement.panel import MeasurementRefused
from campaigns.measurement.readout_sql import SqlRequest, readout_sql

REQUEST = SqlRequest(start="2026-05-01", end="2026-05-02", geos=("North", "O'Hare"), least_people=2)


@pytest.fixture
def room():
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE sales (geo TEXT, day DATE, person_id INT, amount DOUBLE)")
        connection.execute("CREATE TABLE ad_costs (geo TEXT, day DATE, cost DOUBLE)")
        connection.execute(
            "INSERT INTO sales VALUES ('North','2026-05-01',1,10),('North','2026-05-01',2,5),"
            "('North','2026-05-01',2,1),"
            "('North','2026-05-02',1,99),('O''Hare','2026-05-02',1,3),('O''Hare','2026-05-02',3,4),"
            "('North','2026-04-30',1,7),('North','2026-04-30',2,7),('South','2026-05-01',1,8),('South','2026-05-01',2,8)"
        )
        connection.execute(
            "INSERT INTO ad_costs VALUES ('North','2026-05-01',2),('North','2026-05-01',3),('South','2026-05-01',9)"
        )
        yield connection


def test_sums_are_by_geo_and_day_of_the_window_and_costs_are_not_multiplied(room):
    rows = room.execute(readout_sql(request=REQUEST)).fetchall()

    assert [(geo, str(day), outcome, cost) for geo, day, outcome, cost in rows] == [
        ("North", "2026-05-01", 16.0, 5.0),
        ("O'Hare", "2026-05-02", 7.0, 0.0),
    ]


def test_days_of_too_few_people_are_left_out(room):
    rows = room.execute(readout_sql(request=REQUEST)).fetchall()

    assert ("North", "2026-05-02") not in {(row[0], str(row[1])) for row in rows}


def test_a_quote_cannot_leave_its_text(room):
    hostile = SqlRequest(start="2026-05-01", end="2026-05-02", geos=("x'); DROP TABLE sales; --",))

    room.execute(readout_sql(request=hostile))

    assert room.execute("SELECT COUNT(*) FROM sales").fetchone() == (10,)


@pytest.mark.parametrize(("changes", "where"), [({"geos": ()}, "geos"), ({"end": "2026-04-01"}, "end")])
def test_what_asks_for_nothing_is_refused(changes, where):
    asked = {"start": "2026-05-01", "end": "2026-05-02", "geos": ("North",)} | changes

    with pytest.raises(MeasurementRefused) as refusal:
        readout_sql(request=SqlRequest(**asked))

    assert refusal.value.where == where
