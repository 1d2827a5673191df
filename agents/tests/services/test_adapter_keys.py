"""Keys that sign and verify adapters."""

import base64

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from agents.services.adapter_keys import SigningKeyMissing, signing_key, trusted_keys
from agents.tests.registry_cast import FOREIGN_KEY


def raw(key) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def test_laptop_keeps_a_key_of_its_own_that_only_it_can_read(settings, tmp_path):
    settings.DATA_DIR, settings.ADAPTER_SIGNING_KEY, settings.ADAPTER_PUBLIC_KEYS = tmp_path, "", []
    assert trusted_keys() == ()

    first, second = signing_key(), signing_key()

    assert raw(first.public_key()) == raw(second.public_key()) == raw(trusted_keys()[0])
    assert (tmp_path / "adapter-signing.key").stat().st_mode & 0o777 == 0o600


def test_keys_of_releases_are_trusted_too(registry, settings):
    settings.ADAPTER_PUBLIC_KEYS = [base64.b64encode(raw(FOREIGN_KEY.public_key())).decode()]

    assert raw(FOREIGN_KEY.public_key()) in [raw(key) for key in trusted_keys()]
    assert len(trusted_keys()) == 2


@pytest.mark.parametrize("text", ["short", "AAAA", "not base64!"])
def test_bad_key_is_said_to_be_bad(settings, text):
    settings.ADAPTER_SIGNING_KEY = text

    with pytest.raises(SigningKeyMissing):
        signing_key()
