"""What a real installation must have before sources can be trusted to it (``check --deploy``)."""

from typing import Any

from django.conf import settings
from django.core.checks import Error

from harmonization.services.credential_keys import KeysMissing, credential_keys


def check_sources(app_configs: Any, **kwargs: Any) -> list[Error]:
    """A key to seal secrets with, none of the laptop's, and no server of the tests."""
    found = []
    try:
        credential_keys()
    except KeysMissing as error:
        hint = "Set it to 32 random bytes in base64: rotate_credentials --new-key prints one. Keep a copy elsewhere."
        found.append(Error(f"Secrets of sources cannot be sealed. {error}", hint=hint, id="harmonization.E001"))
    if settings.AMAZON_ADS_TEST_ENDPOINT:
        hint = "Leave AMAZON_ADS_TEST_ENDPOINT empty."
        found.append(Error("Amazon Ads is asked at a server of the tests.", hint=hint, id="harmonization.E002"))
    if "memory" in settings.SOURCE_PROTOCOLS:
        hint = "Take “memory” out of SOURCE_PROTOCOLS."
        found.append(Error("Workspaces would share folders in memory.", hint=hint, id="harmonization.E003"))
    return found
