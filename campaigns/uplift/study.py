"""A trial read whole: every learner judged alike, one of them used for targeting, as one JSON object."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np

from campaigns.uplift.judgement import Judgement, judge
from campaigns.uplift.learners import LABELS, LEARNERS, cross_fitted_scores, effects_by_block
from campaigns.uplift.targeting import Offer, target
from campaigns.uplift.trial import Trial, UpliftRefused

Progress = Callable[[float, str], None]


def study_uplift(
    *, trial: Trial, learner: str, offer: Offer | None, confidence: float, seed: int, progress: Progress
) -> dict[str, Any]:
    """Judge T-, X- and DR-learner, and with an offer say whom to treat by ``learner``.

    The learner is chosen beforehand, not by its Qini: the best of three in the same data would look too good.

    Raises:
        UpliftRefused: the learner is not known, or the confidence is out of range.
    """
    if learner not in LEARNERS:
        raise UpliftRefused("The learner is not known", f"Choose one of {', '.join(LEARNERS)}.", "learner")
    if not 0.5 <= confidence < 1:
        raise UpliftRefused("The confidence is out of range", "Give a share such as 0.9.", "confidence")
    progress(5, "Estimating each person's effect")
    scores = cross_fitted_scores(trial=trial, seed=seed)
    judged = {}
    for place, name in enumerate(LEARNERS):
        progress(15 + 25 * place, f"Learning effects: {LABELS[name]}")
        predicted = effects_by_block(trial=trial, learner=name, seed=seed)
        rng = np.random.default_rng([seed, place])
        judged[name] = judge(predicted=predicted, scores=scores, confidence=confidence, rng=rng)
    targeting = None
    if offer is not None:
        rng = np.random.default_rng([seed, len(LEARNERS)])
        people = len(trial.outcome)
        targeting = target(judgement=judged[learner], people=people, offer=offer, confidence=confidence, rng=rng)
    return _told(trial, judged, learner=learner, confidence=confidence) | {
        "offer": asdict(offer) if offer else None,
        "targeting": asdict(targeting) if targeting else None,
    }


def _told(trial: Trial, judged: dict[str, Judgement], *, learner: str, confidence: float) -> dict[str, Any]:
    return {
        "learner": learner,
        "confidence": confidence,
        "people": len(trial.outcome),
        "treated": int(trial.is_treated.sum()),
        "treated_share": trial.treated_share,
        "is_binary": trial.is_binary,
        "features": list(trial.names),
        "claim": judged[learner].claim,
        "learners": {name: {"name": LABELS[name], **asdict(one)} for name, one in judged.items()},
        "notes": list(trial.notes),
    }
