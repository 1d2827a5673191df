"""Whether a new version may take the place of the one that serves."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SuiteScore:
    """One evaluation suite's result: a share of cases in 0–1 with its interval."""

    suite: str
    score: float
    low: float
    high: float
    passed: bool


@dataclass(frozen=True, kw_only=True)
class GateVerdict:
    """Allowed or not, and every reason why not."""

    is_allowed: bool
    reasons: tuple[str, ...] = ()


def judge_promotion(*, candidate: Sequence[SuiteScore], serving: Sequence[SuiteScore] | None) -> GateVerdict:
    """Every suite passes, none is worse than what serves, and one is better with its whole interval.

    Args:
        serving: scores of the version that serves; None when nothing serves in its place yet. Of two results on one
            suite (the installation's and the workspace's) the candidate has to be better than the higher.
    """
    mine = {one.suite: one for one in candidate}
    if not mine:
        return GateVerdict(is_allowed=False, reasons=("It was not evaluated.",))
    reasons = [f"{one.suite}: {one.score:.3f} does not pass." for one in candidate if not one.passed]
    if serving is not None:
        reasons += [reason for one in serving if (reason := _regression(mine.get(one.suite), one))]
        highest = {one.suite: one for one in sorted(serving, key=lambda one: one.score)}
        if not any(_is_better(mine[suite], one) for suite, one in highest.items() if suite in mine):
            reasons.append("No suite is better than what serves with its whole interval.")
    return GateVerdict(is_allowed=not reasons, reasons=tuple(reasons))


def _regression(mine: SuiteScore | None, theirs: SuiteScore) -> str:
    if mine is None:
        return f"{theirs.suite}: it was not evaluated on a suite that the serving version was."
    if mine.score < theirs.score:
        return f"{theirs.suite}: {mine.score:.3f} is less than the {theirs.score:.3f} that serves."
    return ""


def _is_better(mine: SuiteScore, theirs: SuiteScore) -> bool:
    return mine.low > theirs.score
