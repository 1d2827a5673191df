"""Harmonizing on Ray gives what harmonizing here gives. Skipped where Ray is not installed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from harmonization.comparison.rates import FoundRate
from harmonization.mapping.library import load_mapping
from harmonization.mapping.refusal import DEFAULT_LIMITS, HarmonizationRefused
from harmonization.pipeline.dataset import scan_attribution, scan_events
from harmonization.pipeline.reporting_currency import Reporting
from harmonization.pipeline.run import harmonize_file
from harmonization.tests.files import LAST_DAY, alpha_bytes, alpha_with_bad_date, beta_bytes, only_header

ray = pytest.importorskip("ray")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of Ray's own options, as it starts
RATE = Decimal("0.9")


@pytest.fixture(scope="module")
def cluster():
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield
    ray.shutdown()


@pytest.fixture
def files(tmp_path):
    """Four exports, one with a reject, of two layouts."""
    contents = {
        "june.csv": alpha_bytes(),
        "may.csv": alpha_bytes(last_day=LAST_DAY - timedelta(days=14)),
        "bad.csv": alpha_with_bad_date(),
        "beta.csv": beta_bytes(),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [(tmp_path / name, load_mapping("beta" if name == "beta.csv" else "alpha")) for name in contents]


def silent(share: float, step: str) -> None:
    pass


def test_several_files_at_once_give_the_same_facts_totals_and_rejects(cluster, files, tmp_path):
    from harmonization.backends import on_ray

    here = [
        harmonize_file(input_path=path, mapping=mapping, output_dir=tmp_path / "here", progress=silent)
        for path, mapping in files
    ]

    with ThreadPoolExecutor() as workers:  # as so many Celery workers do
        away = list(
            workers.map(
                lambda file: on_ray.harmonize(
                    input_path=file[0], mapping=file[1], output_dir=tmp_path / "away", progress=silent
                ),
                files,
            )
        )

    assert [one.rows_rejected for one in here] == [0, 0, 1, 0]
    for mine, theirs in zip(here, away, strict=True):
        assert_frame_equal(mine.daily, theirs.daily, check_row_order=False)
        assert (mine.reconciliation, mine.quality) == (theirs.reconciliation, theirs.quality)
        assert rejects(mine) == rejects(theirs)
    assert rows_below(tmp_path / "here").equals(rows_below(tmp_path / "away"))


@pytest.fixture
def large(tmp_path):
    """Six thousand rows with a cell that is not plain, a quoted line feed, a row of totals' length, and rejects."""
    header, *rows = alpha_bytes().decode().splitlines()
    rows = [row.replace("SIM-", f"R{number}-", 1) for number in range(60) for row in rows]
    cells = rows[4_000].split(",")
    rows[4_000] = ",".join([*cells[:12], '"1,234.50"', *cells[13:]])
    rows[5_000] = ",".join([*cells[:11], "many", *cells[12:]])
    rows[5_500] = ",".join([*cells[:3], '"two\nlines, and a ""quote"""', *cells[4:]])
    rows[6_000] = ",".join(cells[:9])
    path = tmp_path / "large.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8", newline="")
    return path


def test_large_file_read_by_ray_data_gives_the_same_row_for_row(cluster, large, tmp_path, monkeypatch):
    from harmonization.backends import on_ray, on_ray_data

    monkeypatch.setattr(on_ray, "LARGE_BYTES", 1)
    monkeypatch.setattr(on_ray_data, "PIECE_BYTES", 1 << 16)
    steps = []

    here = harmonize_file(input_path=large, mapping=load_mapping("alpha"), output_dir=tmp_path / "here")
    away = on_ray.harmonize(
        input_path=large,
        mapping=load_mapping("alpha"),
        output_dir=tmp_path / "away",
        progress=lambda share, step: steps.append((share, step)),
    )

    pieces = [step for _, step in steps if "pieces are read" in step]
    assert len(pieces) > 5
    assert pieces[-1] == f"{len(pieces)} of {len(pieces)} pieces are read"
    assert (here.rows_read, here.rows_rejected) == (6_720, 2)
    assert_frame_equal(here.daily, away.daily)
    assert (here.reconciliation, here.quality) == (away.reconciliation, away.quality)
    assert rejects(here) == rejects(away)
    assert rows_below(tmp_path / "here").equals(rows_below(tmp_path / "away"))
    order = ["row_id", "metric"]
    outcomes = [scan_attribution(tmp_path / name).sort(order).collect() for name in ("here", "away")]
    assert outcomes[0].equals(outcomes[1])


def test_refusal_of_a_piece_arrives_with_its_words(cluster, large, tmp_path, monkeypatch):
    from harmonization.backends import on_ray_data

    monkeypatch.setattr(on_ray_data, "PIECE_BYTES", 1 << 16)

    with pytest.raises(HarmonizationRefused, match="too many rows"):
        harmonize_file(
            input_path=large,
            mapping=load_mapping("alpha"),
            output_dir=tmp_path / "away",
            limits=replace(DEFAULT_LIMITS, rows=10),
            read=on_ray_data.read_rows_with_ray_data,
        )

    assert not list((tmp_path / "away").iterdir())


def test_refusal_arrives_with_its_words(cluster, tmp_path):
    from harmonization.backends import on_ray

    path = tmp_path / "empty.csv"
    path.write_bytes(only_header())

    with pytest.raises(HarmonizationRefused) as here:
        harmonize_file(input_path=path, mapping=load_mapping("beta"), output_dir=tmp_path / "here")
    with pytest.raises(HarmonizationRefused) as away:
        on_ray.harmonize(input_path=path, mapping=load_mapping("beta"), output_dir=tmp_path / "away", progress=silent)

    assert vars(away.value) == vars(here.value)


def test_stop_ends_the_task(cluster, files, tmp_path, monkeypatch):
    from harmonization.backends import on_ray

    class Stopped(Exception):
        pass

    def stop(share: float, step: str) -> None:
        raise Stopped

    cancelled = []
    monkeypatch.setattr(on_ray.ray, "wait", lambda tasks, timeout: ([], tasks))
    monkeypatch.setattr(on_ray.ray, "cancel", lambda task, force: cancelled.append(task))
    path, mapping = files[0]

    with pytest.raises(Stopped):
        on_ray.harmonize(input_path=path, mapping=mapping, output_dir=tmp_path / "away", progress=stop)

    assert len(cancelled) == 1


def test_cost_is_reported_with_the_rates_of_the_workspace(cluster, acme, files, tmp_path):
    from harmonization.backends import on_ray
    from harmonization.models import FxRate

    FxRate.objects.create(date=LAST_DAY - timedelta(days=13), base="USD", quote="EUR", rate=RATE, source="test")
    path, mapping = files[0]

    on_ray.harmonize(
        input_path=path,
        mapping=mapping,
        output_dir=tmp_path / "away",
        progress=silent,
        reporting=Reporting(currency="EUR", find=not_asked),
    )

    first = rows_below(tmp_path / "away").filter(pl.col("event_date") == LAST_DAY - timedelta(days=13))
    assert first["reporting_currency"].unique().to_list() == ["EUR"]
    assert (first["cost_reporting"] - first["cost"] * RATE).abs().max() < Decimal("0.00001")


def not_asked(pairs: list[tuple[str, date]]) -> dict[tuple[str, date], FoundRate]:
    raise AssertionError("the database was asked from the cluster")


def rejects(result) -> str:
    return result.rejects_path.read_text(encoding="utf-8") if result.rejects_path else ""


def rows_below(folder) -> pl.DataFrame:
    return scan_events(folder).drop("harmonized_at", strict=False).sort("row_id").collect()
