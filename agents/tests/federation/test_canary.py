"""A share of requests, always the same ones."""

import pytest

from agents.federation.canary import falls_to_canary

REQUESTS = [f"Plan {number} dollars" for number in range(4_000)]


def share(*, percent: int, sha256: str = "a" * 64) -> float:
    return sum(falls_to_canary(request=one, sha256=sha256, percent=percent) for one in REQUESTS) / len(REQUESTS)


@pytest.mark.parametrize("percent", [5, 10, 50])
def test_about_the_share_is_tried(percent):
    assert share(percent=percent) == pytest.approx(percent / 100, abs=0.025)


def test_nobody_and_everybody_are_exact():
    assert (share(percent=0), share(percent=100)) == (0.0, 1.0)


def test_who_was_tried_at_ten_percent_is_tried_at_fifty():
    small = {one for one in REQUESTS if falls_to_canary(request=one, sha256="a" * 64, percent=10)}

    assert all(falls_to_canary(request=one, sha256="a" * 64, percent=50) for one in small)


def test_another_version_is_tried_on_other_requests():
    drawn = [
        {one for one in REQUESTS if falls_to_canary(request=one, sha256=digest * 64, percent=50)} for digest in "ab"
    ]

    assert 0.2 < len(drawn[0] & drawn[1]) / len(REQUESTS) < 0.3
