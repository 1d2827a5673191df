"""The job an evaluating process is given: which adapters, in which compositions, on how many cases."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from training.fine_tuning.refusal import TrainingRefused

MOST_CASES = 500


@dataclass(frozen=True, kw_only=True)
class Worn:
    """An adapter, and whose it is, as the harness names it: its files lie in ``adapters/AXIS-MEMBER`` of the folder."""

    sha256: str
    axis: str
    member: str

    @property
    def name(self) -> str:
        return f"{self.axis}-{self.member}"


@dataclass(frozen=True, kw_only=True)
class HeldOut:
    """Rows of a data set that were never trained on, as a suite."""

    suite: str
    path: Path
    recipe: str


@dataclass(frozen=True, kw_only=True)
class EvaluationJob:
    """One evaluation.

    Attributes:
        run: name of this evaluation, kept with every result.
        candidate: digest of the adapter that is evaluated; it is in every composition.
        compositions: digests of the adapters worn together.
        cases: at most so many of each suite.
    """

    run: str
    base: Path
    base_digest: str
    candidate: str
    members: tuple[Worn, ...]
    compositions: tuple[tuple[str, ...], ...]
    held_out: tuple[HeldOut, ...] = ()
    cases: int = 20
    threads: int = 1
    memory_bytes: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.cases <= MOST_CASES:
            detail = f"cases is {self.cases}; from 1 to {MOST_CASES} is possible."
            raise TrainingRefused("A setting is out of range", detail, where="cases")

    def as_json(self) -> str:
        return json.dumps(asdict(self), default=str, indent=1, sort_keys=True)


def evaluation_job_from_json(text: str) -> EvaluationJob:
    """The job of a file. Raises TrainingRefused when it does not read as one."""
    try:
        given: dict[str, Any] = json.loads(text)
        held_out = [HeldOut(**(one | {"path": Path(one["path"])})) for one in given.pop("held_out")]
        return EvaluationJob(
            base=Path(given.pop("base")),
            members=tuple(Worn(**one) for one in given.pop("members")),
            compositions=tuple(tuple(some) for some in given.pop("compositions")),
            held_out=tuple(held_out),
            **given,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise TrainingRefused("The job cannot be read", str(error), where="job.json") from error
