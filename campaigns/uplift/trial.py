"""A randomised trial, one row a person, and what cannot carry an answer."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

LEAST_PER_ARM = 200
LEAST_OF_A_CLASS = 25
MOST_FEATURES = 200

Floats = NDArray[np.float64]


class UpliftRefused(Exception):
    """The trial cannot carry an answer.

    Attributes:
        title: what is wrong.
        detail: what would suffice.
        where: the column or argument it is about.
    """

    def __init__(self, title: str, detail: str, where: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where = title, detail, where


@dataclass(frozen=True, kw_only=True, eq=False)
class Predicted:
    """Effects predicted block by block, each by models of the people before it, in the order of the blocks.

    Attributes:
        people: rows of the trial, shape (n,); people who were only learnt from are not among them.
        block: which block each is of, shape (n,).
        effect: shape (n,).
    """

    people: NDArray[np.int64]
    block: NDArray[np.int64]
    effect: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Trial:
    """People who were treated or not by chance.

    Attributes:
        features: known before the treatment, shape (n, n_features).
        is_treated: shape (n,).
        outcome: 0 or 1, or an amount, shape (n,).
        share: with which people were treated; None takes the share found.
    """

    features: Floats
    is_treated: NDArray[np.bool_]
    outcome: Floats
    names: tuple[str, ...]
    share: float | None = None
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        count = len(self.outcome)
        if len(self.features) != count or len(self.is_treated) != count or self.features.ndim != 2:
            raise UpliftRefused("The columns are not of one length", f"Give {count} rows of each.", "features")
        if not 1 <= self.features.shape[1] <= MOST_FEATURES:
            detail = f"{self.features.shape[1]} features are given; 1 to {MOST_FEATURES} can be used."
            raise UpliftRefused("The features do not fit", detail, "features")
        if not np.all(np.isfinite(self.outcome)):
            row = int(np.flatnonzero(~np.isfinite(self.outcome))[0]) + 1
            raise UpliftRefused("An outcome is no number", "Correct or leave out the row.", f"row {row}")
        if np.any(np.isinf(self.features)):
            raise UpliftRefused("A feature is infinite", "Correct it, or leave it empty.", "features")
        if self.share is not None and not 0 < self.share < 1:
            raise UpliftRefused("The treated share is out of range", "Give a share such as 0.5.", "share")
        values = np.unique(self.outcome)
        if len(values) == 1:
            detail = f"Every outcome is {values[0]:g}; people with and without it are needed."
            raise UpliftRefused("The outcome never varies", detail, "outcome")
        self._needs_both_arms()
        self._needs_both_classes()

    def _needs_both_arms(self) -> None:
        treated, untreated = int(self.is_treated.sum()), int((~self.is_treated).sum())
        for name, found in (("treated", treated), ("control", untreated)):
            if found == 0:
                detail = f"Nobody is in the {name} group; keep at least {LEAST_PER_ARM} people in it, chosen by chance."
                raise UpliftRefused(f"There is no {name} group", detail, "treatment")
            if found < LEAST_PER_ARM:
                detail = f"{found} people are in the {name} group; {LEAST_PER_ARM} suffice."
                raise UpliftRefused("Too few people", detail, "treatment")

    def _needs_both_classes(self) -> None:
        if not self.is_binary:
            return
        for name, arm in (("treated", self.is_treated), ("control", ~self.is_treated)):
            rarest = int(min(self.outcome[arm].sum(), (1 - self.outcome[arm]).sum()))
            if rarest < LEAST_OF_A_CLASS:
                detail = f"The rarer outcome stands {rarest} times in the {name} group; {LEAST_OF_A_CLASS} suffice."
                raise UpliftRefused("One outcome is too rare", detail, "outcome")

    @property
    def is_binary(self) -> bool:
        """Whether the outcome is yes or no."""
        return bool(np.all((self.outcome == 0) | (self.outcome == 1)))

    @property
    def treated_share(self) -> float:
        """The chance of being treated: as designed where that was said, else as found."""
        return float(self.is_treated.mean()) if self.share is None else self.share

    @property
    def scores(self) -> Floats:
        """Each person's unbiased, noisy effect: outcome weighted by arm and inverse chance, the arms' mean taken out.

        Horvitz and Thompson's transformed outcome, around the arm-weighted mean so that it is less noisy; its mean over
        any group fixed beforehand is that group's effect.
        """
        chance = self.treated_share
        weight = np.where(self.is_treated, 1 / chance, -1 / (1 - chance))
        middle = (1 - chance) * self.outcome[self.is_treated].mean() + chance * self.outcome[~self.is_treated].mean()
        return np.asarray(weight * (self.outcome - middle), dtype=np.float64)
