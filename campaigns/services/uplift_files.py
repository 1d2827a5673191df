"""Read a randomised trial from a CSV file, one row a person."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from campaigns.uplift.study import Progress, study_uplift
from campaigns.uplift.targeting import Offer
from campaigns.uplift.trial import LEAST_PER_ARM, Floats, Trial, UpliftRefused

MOST_ROWS, MOST_LEVELS = 500_000, 20
YES = ("1", "true", "yes", "y", "treated", "treatment", "test")
NO = ("0", "false", "no", "n", "control", "holdout")


@dataclass(frozen=True, kw_only=True)
class TrialColumns:
    """Which column is which; without ``features`` all other columns are used."""

    treatment: str
    outcome: str
    features: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UpliftWish:
    """What is asked of a trial; ``share`` is the chance of treatment as designed."""

    columns: TrialColumns
    learner: str = "dr"
    share: float | None = None
    offer: Offer | None = None
    confidence: float = 0.9
    seed: int = 0


def uplift_of_file(*, path: Path, wish: UpliftWish, progress: Progress) -> dict[str, Any]:
    """Read the file and study it.

    Raises UpliftRefused with the column or row that is wrong, and what would suffice.
    """
    trial = trial_of_file(path=path, columns=wish.columns, share=wish.share)
    return study_uplift(
        trial=trial,
        learner=wish.learner,
        offer=wish.offer,
        confidence=wish.confidence,
        seed=wish.seed,
        progress=progress,
    )


def trial_of_file(*, path: Path, columns: TrialColumns, share: float | None) -> Trial:
    """The trial; numbers stay, words become one column a level, and what cannot be used is noted."""
    table = _table(path, columns)
    if len(table) < 2 * LEAST_PER_ARM:
        detail = f"{len(table)} people are there; {LEAST_PER_ARM} treated and as many untreated suffice."
        raise UpliftRefused("Too few people", detail, columns.treatment)
    names = columns.features or tuple(name for name in table.columns if name not in _named(columns))
    parts, kept, notes = [], [], []
    for name in names:
        found, labels, note = _feature(table[name], name=name)
        parts += found
        kept += labels
        notes += [note] if note else []
    if not parts:
        detail = "No column besides treatment and outcome can be used; add what was known of each person beforehand."
        raise UpliftRefused("There are no features", detail, "features")
    return Trial(
        features=np.column_stack(parts),
        is_treated=_treatment(table[columns.treatment], name=columns.treatment),
        outcome=_outcome(table[columns.outcome], name=columns.outcome),
        names=tuple(kept),
        share=share,
        notes=tuple(notes),
    )


def _named(columns: TrialColumns) -> tuple[str, ...]:
    return (columns.treatment, columns.outcome, *columns.features)


def _table(path: Path, columns: TrialColumns) -> pl.DataFrame:
    if not path.is_file():
        raise UpliftRefused("There is no such file", "Name a CSV file with one row a person.", str(path))
    try:
        table = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise UpliftRefused("This is not a CSV table", str(error).splitlines()[0], path.name) from error
    if columns.treatment == columns.outcome:
        raise UpliftRefused("One column has two parts", "Treatment and outcome are different columns.", "outcome")
    for name in _named(columns):
        if name not in table.columns:
            raise UpliftRefused("A column is missing", f"The file has: {', '.join(table.columns[:30])}.", name)
    if len(table) > MOST_ROWS:
        raise UpliftRefused("Too many rows", f"{len(table):,} rows; at most {MOST_ROWS:,} are read.", path.name)
    return table


def _treatment(values: pl.Series, *, name: str) -> np.ndarray:
    words = values.str.strip_chars().str.to_lowercase()
    odd = (~words.is_in([*YES, *NO]) | words.is_null()).to_numpy()
    if odd.any():
        row = int(np.flatnonzero(odd)[0])
        detail = f"“{values[row]}” is neither treated nor control; write 1 and 0."
        raise UpliftRefused("A treatment is not known", detail, f"{name}, row {row + 2}")
    return words.is_in(list(YES)).to_numpy()


def _outcome(values: pl.Series, *, name: str) -> Floats:
    words = values.str.strip_chars().str.to_lowercase()
    told = words.replace({"true": "1", "yes": "1", "false": "0", "no": "0"})
    numbers = told.cast(pl.Float64, strict=False)
    odd = (numbers.is_null() | ~numbers.is_finite().fill_null(False)).to_numpy()
    if odd.any():
        row = int(np.flatnonzero(odd)[0])
        raise UpliftRefused("An outcome is no number", f"“{values[row]}” stands there.", f"{name}, row {row + 2}")
    return np.asarray(numbers.to_numpy(), dtype=np.float64)


def _feature(values: pl.Series, *, name: str) -> tuple[list[Floats], list[str], str]:
    """Columns of one feature: numbers as they are with gaps left open, words as one 0/1 column a level."""
    words = values.str.strip_chars()
    numbers = words.cast(pl.Float64, strict=False)
    gaps = words.is_null() | (words == "")
    if bool((numbers.is_not_null() | gaps).all()):
        if numbers.n_unique() <= 1:
            return [], [], f"{name} is the same for everybody and was left out."
        return [np.asarray(numbers.fill_null(float("nan")).to_numpy(), dtype=np.float64)], [name], ""
    levels = words.drop_nulls().unique().sort().to_list()
    if len(levels) > MOST_LEVELS:
        return (
            [],
            [],
            f"{name} has {len(levels):,} different words; at most {MOST_LEVELS} are used, so it was left out.",
        )
    if len(levels) < 2:
        return [], [], f"{name} is the same for everybody and was left out."
    return (
        [np.asarray((words == level).fill_null(False).to_numpy(), dtype=np.float64) for level in levels],
        [f"{name} = {level}" for level in levels],
        "",
    )
