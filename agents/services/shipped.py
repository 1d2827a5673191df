"""Install adapters from a folder: those that come with the product, and those that somebody brings."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from agents.federation.promotion import SuiteScore
from agents.federation.refusal import AdapterRefused
from agents.models import AdapterRow, AdapterState, OwnAdapter, OwnEvaluation, SharedAdapter, SharedEvaluation
from agents.selectors.standing import inside_a_tenant
from agents.services.evaluations import Measured, record_evaluations
from agents.services.promotion import PromotionRefused, promote_adapter
from agents.services.registry import MANIFEST_FILE, AdapterPackage, current_slug, read_package, register_adapter
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
    return _install(_packages(folder), folder=folder, shared=shared, promote=promote, by=by, now=now)


def install_shipped(*, folder: Path, by: User | None, now: datetime) -> list[Installed]:
    """From a folder that holds everybody's: what is shared outside of any tenant, in a tenant what is signed for it.

    A folder that is not there installs nothing.
    """
    if not folder.is_dir():
        return []
    owner = current_slug() if inside_a_tenant() else ""
    packages = [one for one in _packages(folder) if one.manifest.owner == owner]
    return _install(packages, folder=folder, shared=not owner, promote=True, by=by, now=now)


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


def _packages(folder: Path) -> list[AdapterPackage]:
    packages = [read_package(folder=one.parent) for one in sorted(folder.glob(f"*/{MANIFEST_FILE}"))]
    if not packages:
        raise AdapterRefused("There is no adapter", f"No folder in it holds a {MANIFEST_FILE}.", folder.name)
    return packages


def _install(
    packages: Sequence[AdapterPackage], *, folder: Path, shared: bool, promote: bool, by: User | None, now: datetime
) -> list[Installed]:
    rows = [register_adapter(package=package, shared=shared, by=by) for package in packages]
    _record_new(folder=folder, shared=shared, now=now)
    return [_promoted(row, by=by, now=now) if promote else Installed(row=row) for row in rows]


def _record_new(*, folder: Path, shared: bool, now: datetime) -> None:
    """Results on composites of what is registered here; a tenant's own hold at least one of its adapters."""
    common = set(SharedAdapter.objects.values_list("sha256", flat=True))
    own = set() if shared else set(OwnAdapter.objects.values_list("sha256", flat=True))
    measured = [
        one
        for one in read_evaluations(folder=folder)
        if set(one.members) <= common | own and (shared or own & set(one.members))
    ]
    model = SharedEvaluation if shared else OwnEvaluation
    digests = set(model._default_manager.values_list("digest", "suite", "run_name"))
    new = [one for one in measured if (one.digest, one.score.suite, one.run_name) not in digests]
    record_evaluations(measured=new, shared=shared, now=now)


def _promoted(row: AdapterRow, *, by: User | None, now: datetime) -> Installed:
    if row.state != AdapterState.CANDIDATE:
        return Installed(row=row)
    try:
        return Installed(row=promote_adapter(adapter=row, by=by, now=now))
    except PromotionRefused as refused:
        return Installed(row=row, why=str(refused))
