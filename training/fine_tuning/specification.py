"""The job a training process is given: one JSON file beside which everything it makes is written."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from training.fine_tuning.refusal import TrainingRefused

MOST_EPOCHS, MOST_RANK, MOST_TOKENS, MOST_BATCH = 50, 64, 8192, 256


class Recipe(StrEnum):
    """How an adapter learns."""

    SFT = "sft"
    DPO = "dpo"
    KTO = "kto"
    REWARD = "reward"


@dataclass(frozen=True, kw_only=True)
class Dials:
    """The few settings of a run.

    Attributes:
        epochs: passes over the training rows.
        learning_rate: peak of a linear schedule with a tenth of warm-up.
        rank, alpha, dropout: of the LoRA factors (Hu et al. 2021); the change is scaled by alpha / rank.
        batch_size: rows a step.
        max_tokens: longer rows are refused, never cut silently.
        beta: strength of the pull towards the start (DPO, Rafailov et al. 2023; KTO, Ethayarajh et al. 2024).
        quantize: keep the base in NF4 while training (QLoRA, Dettmers et al. 2023).
        checkpoint_steps: steps between checkpoints; what a killed worker can lose.
    """

    epochs: int = 3
    learning_rate: float = 1e-3
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.05
    batch_size: int = 8
    max_tokens: int = 512
    beta: float = 0.1
    quantize: bool = False
    checkpoint_steps: int = 20

    def __post_init__(self) -> None:
        for name, value, least, most in (
            ("epochs", self.epochs, 1, MOST_EPOCHS),
            ("learning_rate", self.learning_rate, 1e-7, 0.1),
            ("rank", self.rank, 1, MOST_RANK),
            ("alpha", self.alpha, 1, 4 * MOST_RANK),
            ("dropout", self.dropout, 0.0, 0.9),
            ("batch_size", self.batch_size, 1, MOST_BATCH),
            ("max_tokens", self.max_tokens, 16, MOST_TOKENS),
            ("beta", self.beta, 1e-4, 10.0),
            ("checkpoint_steps", self.checkpoint_steps, 1, 10_000),
        ):
            if not least <= value <= most:
                raise TrainingRefused(
                    "A setting is out of range", f"{name} is {value}; from {least} to {most} is possible.", where=name
                )


@dataclass(frozen=True, kw_only=True)
class Job:
    """One run.

    Attributes:
        base: folder of the base model.
        base_digest: fingerprint of its weights, kept with the adapter.
        dataset: JSONL file of training rows; ``held_out`` of rows never trained on.
        start_from: folder of the adapter that training goes on from; None starts a fresh one.
        memory_bytes: most the process may take; None is no limit.
    """

    recipe: Recipe
    base: Path
    base_digest: str
    dataset: Path
    held_out: Path
    seed: int
    start_from: Path | None = None
    memory_bytes: int | None = None
    threads: int = 1
    dials: Dials = field(default_factory=Dials)

    def as_json(self) -> str:
        return json.dumps({key: _plain(value) for key, value in asdict(self).items()}, indent=1, sort_keys=True)


def job_from_json(text: str) -> Job:
    """The job of a file. Raises TrainingRefused when it does not read as one."""
    try:
        given: dict[str, Any] = json.loads(text)
        start = given.pop("start_from", None)
        return Job(
            recipe=Recipe(given.pop("recipe")),
            base=Path(given.pop("base")),
            dataset=Path(given.pop("dataset")),
            held_out=Path(given.pop("held_out")),
            start_from=Path(start) if start else None,
            dials=dials_from(given.pop("dials", {})),
            **given,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise TrainingRefused("The job cannot be read", str(error), where="job.json") from error


def dials_from(given: Mapping[str, Any]) -> Dials:
    """Dials from a form's or an API call's values. Raises TrainingRefused on an unknown or impossible one."""
    usual = Dials()
    known = {one.name: type(getattr(usual, one.name)) for one in fields(Dials)}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise TrainingRefused("A setting is unknown", f"{unknown[0]} is none of {', '.join(known)}.", where=unknown[0])
    try:
        chosen = {name: value for name, value in given.items() if value is not None}
        return Dials(**{name: _as(known[name], value) for name, value in chosen.items()})
    except (TypeError, ValueError, KeyError) as error:
        raise TrainingRefused("A setting is no number", str(error), where="dials") from error


def _as(kind: type, value: Any) -> Any:
    """A text as a form or a command line gives it; "false" is not true."""
    if kind is bool and isinstance(value, str):
        return {"true": True, "on": True, "1": True, "false": False, "off": False, "0": False, "": False}[value.lower()]
    return kind(value)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value
