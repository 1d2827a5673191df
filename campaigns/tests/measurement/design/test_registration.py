"""Designs frozen before they start."""

import pytest

from campaigns.measurement.design.registration import DesignChanged, register, verify

DESIGN = {"treated": ["A", "B"], "periods": 14}


def test_same_design_has_the_same_digest_however_written():
    assert register(design=DESIGN).digest == register(design={"periods": 14, "treated": ["A", "B"]}).digest


def test_registered_design_is_verified():
    verify(design=DESIGN, digest=register(design=DESIGN).digest)


@pytest.mark.parametrize("changed", [{"periods": 15}, {"treated": ["B", "A"]}, {"note": "later"}])
def test_changed_design_is_found(changed):
    with pytest.raises(DesignChanged, match="changed after"):
        verify(design=DESIGN | changed, digest=register(design=DESIGN).digest)


def test_what_is_no_number_cannot_be_registered():
    with pytest.raises(ValueError, match="JSON"):
        register(design={"power": float("nan")})
