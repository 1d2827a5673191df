"""Better with its interval, and nowhere worse."""

import pytest

from agents.federation.promotion import SuiteScore, judge_promotion


def score(value: float, *, suite: str = "held-out", passed: bool = True) -> SuiteScore:
    return SuiteScore(suite=suite, score=value, low=value - 0.02, high=value + 0.02, passed=passed)


@pytest.mark.parametrize(
    ("candidate", "serving", "allowed"),
    [
        ([score(0.9)], None, True),
        ([], None, False),
        ([score(0.9, passed=False)], None, False),
        ([score(0.95)], [score(0.9)], True),
        ([score(0.91)], [score(0.9)], False),
        ([score(0.95), score(0.5, suite="b")], [score(0.9), score(0.6, suite="b")], False),
        ([score(0.95), score(0.6, suite="b")], [score(0.9), score(0.6, suite="b")], True),
        ([score(0.95)], [score(0.9), score(0.6, suite="b")], False),
        ([score(0.95)], [], False),
        ([score(0.95)], [score(0.94), score(0.6)], False),  # two results on one suite: the higher counts
        ([score(0.97)], [score(0.94), score(0.6)], True),
    ],
)
def test_verdict(candidate, serving, allowed):
    verdict = judge_promotion(candidate=candidate, serving=serving)

    assert verdict.is_allowed is allowed
    assert bool(verdict.reasons) is not allowed
