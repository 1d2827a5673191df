"""Put secrets in, and open them for a connector: nothing else ever reads them."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from harmonization.connectors.protocol import SourceRefused
from harmonization.connectors.registry import connector
from harmonization.models import DataSource, SourceCredential
from harmonization.services.credential_keys import KeysMissing, credential_keys
from tenants.database.current import connection
from tenants.governance.sealed_secrets import NONCE_BYTES, SealBroken, key_name_of, seal, unseal
from tenants.models import Tenant, User
from tenants.services.audit import record_event

LONGEST = 10_000
SHORTEST_SHOWN = 12


@transaction.atomic
def set_credential(
    *, source: DataSource, values: Mapping[str, str], by: User | None, now: datetime
) -> SourceCredential:
    """Seal all secrets of a source, in place of those before. Raises SourceRefused; records no secret."""
    wanted = connector(kind=source.kind).secrets
    given = {one.name: str(values.get(one.name) or "").strip() for one in wanted}
    missing = [one for one in wanted if one.required and not given[one.name]]
    if missing or not any(given.values()):
        names = ", ".join(one.label for one in missing) or "all of them"
        raise _refused(detail=f"Missing: {names}.", where=missing[0].name if missing else "credentials")
    if set(values) - set(given) or any(len(text) > LONGEST or "\x00" in text for text in given.values()):
        raise _refused(detail="There is a field that is unknown or too long.", where="credentials")
    try:
        key = credential_keys()[0]
    except KeysMissing as error:
        raise _refused(detail="This site has no key to seal secrets with (CREDENTIAL_KEYS).", where="") from error
    plain = json.dumps({name: text for name, text in given.items() if text}).encode()
    sealed = seal(plain=plain, key=key, place=_place(source.pk), nonce=secrets.token_bytes(NONCE_BYTES))
    shown = {"sealed": sealed, "last_four": _last_four(list(given.values())), "set_at": now, "set_by": by}
    credential, _ = SourceCredential.objects.update_or_create(source=source, defaults=shown)
    record_event(kind="source.credential_set", about=source, by=by, after={"fields": sorted(json.loads(plain))})
    return credential


@transaction.atomic
def remove_credential(*, source: DataSource, by: User | None) -> None:
    """Forget the secrets; removing none changes nothing."""
    removed, _ = SourceCredential.objects.filter(source=source).delete()
    if removed:
        record_event(kind="source.credential_removed", about=source, by=by)


def opened_secrets(*, source: DataSource) -> dict[str, str]:
    """The secrets of a source of the current tenant; empty when none were set. Raises SourceRefused."""
    credential = SourceCredential.objects.filter(source=source).first()
    if credential is None:
        return {}
    try:
        plain = unseal(sealed=credential.sealed, keys=credential_keys(), place=_place(source.pk))
    except (SealBroken, KeysMissing) as error:
        detail = "They were sealed with a key that this site no longer has, or belong to another place."
        raise _refused(detail=detail, where="credentials") from error
    opened: dict[str, str] = json.loads(plain)
    return opened


@transaction.atomic
def reseal_credentials(*, by: User | None) -> int:
    """Seal every secret of the current tenant that another key sealed anew under the first key; how many.

    Raises SourceRefused at one that does not open; nothing of this tenant changed then.
    """
    key, resealed = credential_keys()[0], 0
    for credential in SourceCredential.objects.select_for_update().select_related("source"):
        if key_name_of(credential.sealed) == key.name:
            continue
        plain = json.dumps(opened_secrets(source=credential.source)).encode()
        nonce = secrets.token_bytes(NONCE_BYTES)
        credential.sealed = seal(plain=plain, key=key, place=_place(credential.source_id), nonce=nonce)
        credential.save(update_fields=["sealed"])
        record_event(kind="source.credential_resealed", about=credential.source, by=by, after={"key": key.name})
        resealed += 1
    return resealed


def _place(source_id: UUID) -> str:
    """Tenant and source, by ids that do not change with a name."""
    tenant = connection.tenant
    if not isinstance(tenant, Tenant):
        raise TypeError("secrets belong to a tenant")
    return f"{tenant.pk}:{source_id}"


def _last_four(values: list[str]) -> str:
    """Of the last secret that is long enough to spare four characters."""
    long = [text for text in values if len(text) >= SHORTEST_SHOWN]
    shown = long[-1][-4:] if long else ""
    return shown if shown.isalnum() else ""


def _refused(*, detail: str, where: str) -> SourceRefused:
    fix = "Enter all of them anew; what is there already is not shown and not kept in parts."
    return SourceRefused(title="The credentials were not taken", detail=detail, where=where, fix=fix)
