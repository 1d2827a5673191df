"""Read a log of a bandit's decisions from a CSV file: one row a decision, oldest first."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from campaigns.bandits.decisions import BanditRefused
from campaigns.bandits.off_policy import Log
from campaigns.bandits.reallocation import Guardrails, judge_reallocation

MOST_ROWS, MOST_ARMS = 50_000, 200


@dataclass(frozen=True, kw_only=True)
class LogColumns:
    """Which column is which; with ``time`` rows are put in its order, else they are as they stand."""

    arm: str = "arm"
    reward: str = "reward"
    propensity: str = "propensity"
    time: str = ""

    @property
    def named(self) -> list[str]:
        """The columns that are named."""
        return [name for name in (self.arm, self.reward, self.propensity, self.time) if name]


@dataclass(frozen=True, kw_only=True)
class ReplayWish:
    """What is asked of a log."""

    columns: LogColumns = field(default_factory=LogColumns)
    guardrails: Guardrails = field(default_factory=Guardrails)
    confidence: float = 0.9
    seed: int = 0


def replay_file(*, path: Path, wish: ReplayWish) -> dict[str, Any]:
    """Tomorrow's shares inside the guardrails, and what such shares would have earned.

    Raises BanditRefused with the column or row that is wrong, and what would suffice.
    """
    log, names = log_of_file(path=path, columns=wish.columns)
    return judge_reallocation(
        log=log, names=names, guardrails=wish.guardrails, confidence=wish.confidence, seed=wish.seed
    )


def log_of_file(*, path: Path, columns: LogColumns) -> tuple[Log, tuple[str, ...]]:
    """The log and the arms' names in their order."""
    table = _table(path, columns)
    names = tuple(table[columns.arm].unique().sort().to_list())
    if len(names) > MOST_ARMS:
        raise BanditRefused("Too many arms", f"{len(names)} arms; at most {MOST_ARMS}.", columns.arm)
    places = {name: place for place, name in enumerate(names)}
    log = Log(
        arms=np.array([places[name] for name in table[columns.arm].to_list()], dtype=np.int64),
        rewards=_numbers(table, columns.reward),
        propensities=_numbers(table, columns.propensity),
    )
    return log, names


def _table(path: Path, columns: LogColumns) -> pl.DataFrame:
    try:
        table = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise BanditRefused("This is not a CSV table", str(error).splitlines()[0], path.name) from error
    for name in columns.named:
        if name not in table.columns:
            raise BanditRefused("A column is missing", f"The file has: {', '.join(table.columns[:30])}.", name)
    if len(table) > MOST_ROWS:
        raise BanditRefused("Too many rows", f"{len(table):,} rows; give the last {MOST_ROWS:,}.", path.name)
    missing = table[columns.arm].is_null().to_numpy()
    if missing.any():
        raise BanditRefused("An arm is missing", "Name it.", f"{columns.arm}, row {int(missing.argmax()) + 2}")
    return table.sort(columns.time, maintain_order=True) if columns.time else table


def _numbers(table: pl.DataFrame, name: str) -> np.ndarray:
    values = table[name].str.strip_chars().cast(pl.Float64, strict=False)
    odd = (values.is_null() | ~values.is_finite().fill_null(False)).to_numpy()
    if odd.any():
        row = int(odd.argmax())
        raise BanditRefused("A value is no number", f"“{table[name][row]}” stands there.", f"{name}, row {row + 2}")
    return np.asarray(values.to_numpy(), dtype=np.float64)
