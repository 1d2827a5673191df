"""T-, X- and DR-learner: the effect of each person, predicted by models of people before that person."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from campaigns.uplift.trial import Floats, Predicted, Trial

FOLDS, INNER_FOLDS = 5, 2
BLOCKS, LEARNT_FIRST = 8, 2
TREES, LEAVES, LEAST_IN_LEAF, RATE = 40, 4, 100, 0.06

Learner = Callable[..., Floats]


def effects_by_block(*, trial: Trial, learner: str, seed: int) -> Predicted:
    """Effects predicted for each block of people by models of the blocks before it; the first two are only learnt from.

    Were everybody predicted by everybody else, each pair of people would be counted twice, and noise would look like a
    difference far too often (Luedtke and van der Laan 2016; Wager 2024, "Sequential validation of treatment
    heterogeneity"). Blocks keep the share of the treated.
    One thread: trees this small gain nothing by more, and wait for each other without end where cores are busy.
    """
    blocks = [left_out for _, left_out in _folds(trial, np.arange(len(trial.outcome)), count=BLOCKS, seed=seed)]
    effects = []
    with threadpool_limits(limits=1, user_api="openmp"):
        for place in range(LEARNT_FIRST, BLOCKS):
            train = np.sort(np.concatenate(blocks[:place]))
            effects.append(LEARNERS[learner](trial=trial, train=train, ask=blocks[place], seed=seed))
    judged = blocks[LEARNT_FIRST:]
    return Predicted(
        people=np.concatenate(judged),
        block=np.repeat(np.arange(len(judged)), [len(block) for block in judged]),
        effect=np.concatenate(effects),
    )


def t_learner(*, trial: Trial, train: NDArray[np.int64], ask: NDArray[np.int64], seed: int) -> Floats:
    """One model of the outcome per arm; the effect is their difference (Künzel, Sekhon, Bickel, Yu 2019)."""
    treated, control = _arm_models(trial, train, seed=seed)
    return treated(ask) - control(ask)


def x_learner(*, trial: Trial, train: NDArray[np.int64], ask: NDArray[np.int64], seed: int) -> Floats:
    """What each arm's people would have done in the other arm is imputed, and the differences are learnt; the arms'
    answers are weighed by the chance of treatment (Künzel, Sekhon, Bickel, Yu 2019)."""
    treated, control = _arm_models(trial, train, seed=seed)
    of_treated, of_control = train[trial.is_treated[train]], train[~trial.is_treated[train]]
    gained = _model(trial, of_treated, trial.outcome[of_treated] - control(of_treated), seed=seed)
    missed = _model(trial, of_control, treated(of_control) - trial.outcome[of_control], seed=seed)
    chance = trial.treated_share
    return chance * missed(ask) + (1 - chance) * gained(ask)


def dr_learner(*, trial: Trial, train: NDArray[np.int64], ask: NDArray[np.int64], seed: int) -> Floats:
    """Doubly robust scores, made by models of other people, and learnt in a second stage (Kennedy 2023)."""
    scores = np.empty(len(trial.outcome))
    for known, scored in _folds(trial, train, count=INNER_FOLDS, seed=seed):
        scores[scored] = doubly_robust_scores(trial=trial, train=known, ask=scored, seed=seed)
    return _model(trial, train, scores[train], seed=seed)(ask)


def doubly_robust_scores(*, trial: Trial, train: NDArray[np.int64], ask: NDArray[np.int64], seed: int) -> Floats:
    """Each person's unbiased effect with the modelled part of the noise taken out (Robins, Rotnitzky, Zhao 1994)."""
    treated, control = _arm_models(trial, train, seed=seed)
    if_treated, if_not, chance = treated(ask), control(ask), trial.treated_share
    is_treated, outcome = trial.is_treated[ask], trial.outcome[ask]
    corrected = np.where(is_treated, (outcome - if_treated) / chance, -(outcome - if_not) / (1 - chance))
    return np.asarray(if_treated - if_not + corrected, dtype=np.float64)


def cross_fitted_scores(*, trial: Trial, seed: int) -> Floats:
    """Doubly robust scores of everybody, from models of other people, shape (n,): what predictions are judged by."""
    scores = np.empty(len(trial.outcome))
    with threadpool_limits(limits=1, user_api="openmp"):
        for train, left_out in _folds(trial, np.arange(len(trial.outcome)), count=FOLDS, seed=seed):
            scores[left_out] = doubly_robust_scores(trial=trial, train=train, ask=left_out, seed=seed)
    return scores


LEARNERS: Mapping[str, Learner] = {"t": t_learner, "x": x_learner, "dr": dr_learner}
LABELS: Mapping[str, str] = {"t": "T-learner", "x": "X-learner", "dr": "DR-learner"}


def _arm_models(
    trial: Trial, train: NDArray[np.int64], *, seed: int
) -> tuple[Callable[[NDArray[np.int64]], Floats], Callable[[NDArray[np.int64]], Floats]]:
    """Expected outcome if treated and if not."""
    treated, control = train[trial.is_treated[train]], train[~trial.is_treated[train]]
    return (
        _model(trial, treated, trial.outcome[treated], seed=seed),
        _model(trial, control, trial.outcome[control], seed=seed),
    )


def _model(
    trial: Trial, people: NDArray[np.int64], target: Floats, *, seed: int
) -> Callable[[NDArray[np.int64]], Floats]:
    """Shallow boosted trees; they take empty features as they are. No early stopping: it needs people of its own."""
    model = HistGradientBoostingRegressor(
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=LEAST_IN_LEAF,
        learning_rate=RATE,
        early_stopping=False,
        random_state=seed,
    )
    model.fit(trial.features[people], target)

    def predict(asked: NDArray[np.int64]) -> Floats:
        return np.asarray(model.predict(trial.features[asked]), dtype=np.float64)

    return predict


def _folds(
    trial: Trial, people: NDArray[np.int64], *, count: int, seed: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    splitter = StratifiedKFold(n_splits=count, shuffle=True, random_state=seed)
    for train, left_out in splitter.split(people, trial.is_treated[people]):
        yield people[train], people[left_out]
