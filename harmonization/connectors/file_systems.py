"""Open the file system of a folder: always with the source's own key, never with the server's."""

import json
import re
from collections.abc import Mapping
from typing import Any

import fsspec

from harmonization.connectors.folder_urls import BUCKETS
from harmonization.connectors.protocol import SourceRefused

AZURE_ACCOUNT = re.compile(r"[a-z0-9]{3,24}")
ACCOUNT_FIELDS = ("project_id", "private_key_id", "private_key", "client_email", "client_id")
GOOGLE_TOKENS = "https://oauth2.googleapis.com/token"
TIMEOUTS = {"connect_timeout": 5, "read_timeout": 30}


def file_system(*, protocol: str, secrets: Mapping[str, str]) -> Any:
    """fsspec's file system, without caches. Raises SourceRefused when its package is not installed."""
    try:
        return fsspec.filesystem(
            protocol, skip_instance_cache=True, use_listings_cache=False, **_storage_options(protocol, secrets)
        )
    except ImportError as error:
        package = BUCKETS.get(protocol, protocol)
        raise SourceRefused(
            title=f"{protocol}:// needs a package that is not installed",
            detail=f"This site was installed without {package}.",
            where="url",
            fix=f"Ask whoever runs this site to install {package}, or have the files put in a folder.",
        ) from error


def _storage_options(protocol: str, secrets: Mapping[str, str]) -> dict[str, Any]:
    """Keys given, or anonymous: the server's own identity would open other people's buckets to this workspace."""
    user, key = secrets.get("access_key", ""), secrets.get("secret_key", "")
    if protocol == "s3":
        own: dict[str, Any] = {"key": user, "secret": key} if key else {"anon": True}
        return {**own, "config_kwargs": TIMEOUTS}
    if protocol == "gs":
        return {"token": _service_account(secrets.get("service_account", ""))}
    if protocol == "az":
        account = {"account_key": key, "anon": False} if key else {"anon": True}
        return {"account_name": _account_name(user), **account}
    return {}


def _service_account(text: str) -> Any:
    """The parsed key; a path to a file of the server, which gcsfs would also take, is refused."""
    if not text:
        return "anon"
    try:
        account = json.loads(text)
    except ValueError:
        account = None
    if not isinstance(account, dict) or account.get("type") != "service_account":
        raise SourceRefused(
            title="The service account key cannot be read",
            detail="It is not the JSON that Google gives for a service account.",
            where="service_account",
            fix="Paste the whole file, from { to }.",
        )
    named = {name: str(account.get(name, "")) for name in ACCOUNT_FIELDS}
    return {**named, "type": "service_account", "token_uri": GOOGLE_TOKENS}


def _account_name(text: str) -> str:
    """The name becomes part of a host name, so nothing else may stand in it."""
    if not AZURE_ACCOUNT.fullmatch(text):
        detail = "An Azure storage account has 3 to 24 lower-case letters and digits."
        raise SourceRefused(title="The account cannot be used", detail=detail, where="access_key")
    return text
