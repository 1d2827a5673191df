"""Sealed secrets: open at their own place with a known key, and nowhere else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.governance.sealed_secrets import (
    KeyInvalid,
    SealBroken,
    key_name_of,
    seal,
    sealing_key,
    unseal,
)

OLD = sealing_key(base64.b64encode(bytes(range(32))).decode())
NEW = sealing_key(base64.urlsafe_b64encode(b"\xff" * 32).decode())
PLACE = "tenant-1:source-1"
NONCE = bytes(12)


@given(plain=st.binary(max_size=500), nonce=st.binary(min_size=12, max_size=12))
def test_what_is_sealed_opens_at_its_place(plain, nonce):
    sealed = seal(plain=plain, key=NEW, place=PLACE, nonce=nonce)

    assert unseal(sealed=sealed, keys=[OLD, NEW], place=PLACE) == plain


def test_value_copied_to_another_place_does_not_open():
    sealed = seal(plain=b"secret", key=NEW, place=PLACE, nonce=NONCE)

    with pytest.raises(SealBroken):
        unseal(sealed=sealed, keys=[NEW], place="tenant-2:source-1")


@given(position=st.integers(min_value=0), flip=st.integers(min_value=1, max_value=255))
def test_altered_value_does_not_open(position, flip):
    head, _, text = seal(plain=b"secret", key=NEW, place=PLACE, nonce=NONCE).rpartition(".")
    octets = bytearray(base64.urlsafe_b64decode(text))
    octets[position % len(octets)] ^= flip

    with pytest.raises(SealBroken):
        unseal(sealed=f"{head}.{base64.urlsafe_b64encode(octets).decode()}", keys=[NEW], place=PLACE)


@pytest.mark.parametrize("sealed", ["", "1", "1.nokey.AAAA", "2.00000000.AAAA", "nonsense"])
def test_what_is_no_sealed_value_does_not_open(sealed):
    with pytest.raises(SealBroken):
        unseal(sealed=sealed, keys=[OLD, NEW], place=PLACE)


def test_value_of_a_key_that_was_taken_away_does_not_open():
    sealed = seal(plain=b"secret", key=OLD, place=PLACE, nonce=NONCE)

    assert key_name_of(sealed) == OLD.name
    with pytest.raises(SealBroken):
        unseal(sealed=sealed, keys=[NEW], place=PLACE)


@pytest.mark.parametrize("text", ["", "short", base64.b64encode(bytes(31)).decode(), "ä" * 44])
def test_bad_key_is_refused_without_repeating_it(text):
    with pytest.raises(KeyInvalid) as refusal:
        sealing_key(text)

    assert not text or text not in str(refusal.value)


def test_key_is_not_shown_by_its_representation():
    assert "255" not in repr(NEW)
    assert "\\xff" not in repr(NEW)
