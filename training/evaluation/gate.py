"""What the gate reads about adapters before they are shipped: each alone, then every composition that can serve."""

import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

from agents.federation.digests import content_digest
from training.datasets.examples import Active, Member
from training.evaluation.bench import Bench
from training.evaluation.measuring import EVALUATIONS
from training.evaluation.runner import Runner
from training.fine_tuning.evaluation_job import EvaluationJob, Worn
from training.recipes.adapter_files import WEIGHTS
from training.recipes.members import BRANDS, INDUSTRY, ORDER, RETAILERS, TASKS, name_of


def measure_servable(*, runner: Runner, base: Path, cases: int, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Results by composition; they are kept as ``evaluations.json`` beside the adapters for those who install them."""
    worn = {member: _worn(member, runner.adapters) for member in ORDER if _weights(member, runner.adapters).exists()}
    job = EvaluationJob(
        run=f"shipped, {cases} cases a suite",
        base=base,
        base_digest=runner.digest,
        candidate="",
        members=tuple(worn.values()),
        compositions=(),
        cases=cases,
    )
    bench, found = Bench(runner=runner, job=job), list[dict[str, Any]]()
    for member in worn:
        found += _measured(bench, worn, frozenset({member}), say)
    has_industry = any(one["passed"] for one in found if one["members"] == [worn[INDUSTRY].sha256])
    for active in servable(industry=INDUSTRY if has_industry else None):
        if len(active) > 1 and active <= set(worn):
            found += _measured(bench, worn, active, say)
    kept = {"base_digest": runner.digest, "run": job.run, "results": found}
    (runner.adapters / EVALUATIONS).write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return found


def servable(*, industry: Member | None) -> Iterator[Active]:
    """Every set a request can ask for: an industry that serves is in all of them, each other axis may be missing."""
    for retailer, brand, task in product((None, *RETAILERS), (None, *BRANDS), (None, *TASKS)):
        yield frozenset(each for each in (industry, retailer, brand, task) if each is not None)


def _measured(
    bench: Bench, worn: dict[Member, Worn], active: Active, say: Callable[[str], None]
) -> list[dict[str, Any]]:
    members = [worn[member] for member in sorted(active)]
    results = bench.results(members, composition=[one.sha256 for one in members])
    told = " ".join(one.name for one in members)
    say(f"{told}: {results[0]['score']:.2f}, {'passes' if results[0]['passed'] else 'does not pass'}")
    return results


def _worn(member: Member, adapters: Path) -> Worn:
    return Worn(sha256=content_digest(_weights(member, adapters).read_bytes()), axis=member[0], member=member[1])


def _weights(member: Member, adapters: Path) -> Path:
    return adapters / name_of(member) / WEIGHTS
