"""Install adapters from a folder: those that come with the product, and those that somebody brings."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from agents.federation.promotion import SuiteScore
from agents.federation.refusal import AdapterRefused
from agents.models import AdapterRow, AdapterState, OwnEvaluation, SharedEvaluation
from agents.services.evaluations import Measured, record_evaluations
from agents.services.promotion import PromotionRefused, promote_adapter
from agents.services.registry import MANIFEST_FILE, read_package, register_adapter
from tenants.models import User

EVALUATIONS_FILE = "evaluations.json"


@dataclass(frozen=True, kw_only=True)
class Installed:
    """One adapter of the folder; ``why`` says why the gate held it back, if it did."""

    row: AdapterRow
    why: str = ""


def install_folder(*, folder: Path, shared: bool, promote: bool, by: User | None, now: datetime) -> list[Installed]:
    """Register each sub-folder's adapter and the evaluations beside them; a second time changes nothing.

    Raises AdapterRefused at the first that is not what it must be; those before it stay.
    """
    packages = [read_package(folder=one.parent) for one in sorted(folder.glob(f"*/{MANIFEST_FILE}"))]
    if not packages:
        raise AdapterRefused("There is no adapter", f"No folder in it holds a {MANIFEST_FILE}.", folder.name)
    rows = [register_adapter(package=package, shared=shared, by=by) for package in packages]
    _record_new(folder=folder, shared=shared, now=now)
    return [_promoted(row, by=by, now=now) if promote else Installed(row=row) for row in rows]


def read_evaluations(*, folder: Path) -> Iterator[Measured]:
    """Results from ``evaluations.json``: ``base_digest``, ``run`` and ``results``: suites on member digests."""
    try:
        kept = json.loads((folder / EVALUATIONS_FILE).read_text(encoding="utf-8"))
        for one in kept["results"]:
            score = SuiteScore(
                suite=one["suite"], score=one["score"], low=one["low"], high=one["high"], passed=one["passed"]
            )
            yield Measured(
                base_digest=kept["base_digest"],
                members=tuple(one["members"]),
                score=score,
                case_count=one["cases"],
                run_name=kept["run"],
            )
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError) as error:
        raise AdapterRefused("The evaluations cannot be read", f"{error!r}", EVALUATIONS_FILE) from error


def _record_new(*, folder: Path, shared: bool, now: datetime) -> None:
    measured = list(read_evaluations(folder=folder))
    model = SharedEvaluation if shared else OwnEvaluation
    runs = {one.run_name for one in measured}
    known = set(model._default_manager.filter(run_name__in=runs).values_list("run_name", flat=True))
    record_evaluations(measured=[one for one in measured if one.run_name not in known], shared=shared, now=now)


def _promoted(row: AdapterRow, *, by: User | None, now: datetime) -> Installed:
    if row.state != AdapterState.CANDIDATE:
        return Installed(row=row)
    try:
        return Installed(row=promote_adapter(adapter=row, by=by, now=now))
    except PromotionRefused as refused:
        return Installed(row=row, why=str(refused))
