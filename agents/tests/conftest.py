"""What the tests of agents share."""

import pytest

from agents.services.federation import configured_backend
from agents.tests.federation.adapters import BASE
from agents.tests.registry_cast import KEY_TEXT


@pytest.fixture
def registry(acme, settings, tmp_path):
    """A registry in acme's context, with the tests' base and signing key."""
    settings.DATA_DIR = tmp_path
    settings.BASE_DIGEST = BASE
    settings.ADAPTER_SIGNING_KEY = KEY_TEXT
    settings.INFERENCE_BACKEND = "agents.backends.fake.FakeBackend"
    configured_backend().loaded.clear()  # it lives as long as the process
    return acme
