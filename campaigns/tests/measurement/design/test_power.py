"""Power against published tables."""

import json
from pathlib import Path

import pytest

from campaigns.measurement.design.power import count_per_group, holdout_size, t_test_power, two_sample_power
from campaigns.measurement.panel import MeasurementRefused

CASE = Path(__file__).parents[5] / "shared" / "cases" / "decisions" / "power_pwr_r" / "pwr_reference.json"


@pytest.mark.parametrize(("effect", "count"), [(0.2, 394), (0.5, 64), (0.8, 26)])
def test_cohens_sample_sizes(effect, count):
    """Cohen (1988), table 2.4.1: power 0.8 at α 0.05, two-sided."""
    assert count_per_group(effect=effect, power=0.8, alpha=0.05) == count


@pytest.mark.skipif(not CASE.exists(), reason="the published cases are not here")
def test_table_of_the_r_package_pwr():
    for row in json.loads(CASE.read_text())["rows"]:
        if row["test"] == "one-sample t":
            found = t_test_power(effect=row["d"], count=row["n"], alpha=row["alpha"], side=row["alt"])
        else:
            count, other = row.get("n1", row.get("n")), row.get("n2", row.get("n"))
            found = two_sample_power(
                effect=row["d"], count=count, other_count=other, alpha=row["alpha"], side=row["alt"]
            )
        assert found == pytest.approx(row["power"], abs=1e-6)


def test_rare_conversions_need_more_people():
    few = holdout_size(base_rate=0.1, lift=0.1, holdout_share=0.5, power=0.8, alpha=0.1)
    many = holdout_size(base_rate=0.01, lift=0.1, holdout_share=0.5, power=0.8, alpha=0.1)

    assert many[0] > 5 * few[0]
    assert few[0] == pytest.approx(few[1], abs=1)


def test_small_holdout_needs_more_people_in_all():
    half, tenth = (
        sum(holdout_size(base_rate=0.02, lift=0.05, holdout_share=share, power=0.8, alpha=0.1)) for share in (0.5, 0.1)
    )

    assert tenth > 2 * half


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"base_rate": 0}, "base rate"),
        ({"base_rate": 0.9, "lift": 0.5}, "base rate"),
        ({"lift": 0}, "base rate"),
        ({"holdout_share": 1}, "holdout share"),
        ({"alpha": 0}, "alpha"),
    ],
)
def test_impossible_holdouts_are_refused(change, where):
    asked = {"base_rate": 0.02, "lift": 0.05, "holdout_share": 0.1, "power": 0.8, "alpha": 0.1} | change

    with pytest.raises(MeasurementRefused) as refused:
        holdout_size(**asked)

    assert refused.value.where == where


def test_no_number_of_units_shows_no_effect():
    with pytest.raises(MeasurementRefused):
        count_per_group(effect=0, power=0.8, alpha=0.05)
