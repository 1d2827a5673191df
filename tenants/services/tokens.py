"""Issue, check and revoke API tokens. The secret is shown once and never stored."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tenants.models import ApiToken, Membership, Tenant, User
from tenants.permissions import Action, allowed_actions
from tenants.services.audit import record_event

SCHEME = "rmn"
LONGEST_LIFE = timedelta(days=366)
LAST_USED_STEP = timedelta(minutes=1)


class TokenRefused(Exception):
    """The token cannot be issued as asked."""


@transaction.atomic
def issue_token(
    *, tenant: Tenant, user: User, name: str, scopes: list[str], life: timedelta, by: User
) -> tuple[ApiToken, str]:
    """A new token for ``user`` in ``tenant`` and its secret ``rmn_<prefix>_<secret>``, shown once.

    Raises TokenRefused when the scopes exceed the user's role or the life is not within 1 day to 1 year.
    Must be called in the tenant's schema.
    """
    membership = Membership.objects.filter(tenant=tenant, user=user).first()
    if membership is None:
        raise TokenRefused(f"{user} does not belong to {tenant}.")
    beyond = set(scopes) - allowed_actions(role=membership.role)
    if not scopes or beyond:
        raise TokenRefused(f"Choose scopes that the role {membership.role} has; not allowed: {sorted(beyond)}.")
    if not timedelta(days=1) <= life <= LONGEST_LIFE:
        raise TokenRefused("A token lives between one day and one year.")
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        tenant=tenant,
        user=user,
        name=name,
        prefix=prefix,
        digest=_digest(secret),
        scopes=sorted(Action(scope).value for scope in scopes),
        expires_at=timezone.now() + life,
    )
    record_event(kind="token.issued", about=token, by=by, after={"scopes": token.scopes})
    return token, f"{SCHEME}_{prefix}_{secret}"


def find_token(*, secret: str, now: datetime) -> ApiToken | None:
    """The usable token of a presented secret, or None; compares digests in constant time."""
    scheme, _, rest = secret.partition("_")
    prefix, _, key = rest.partition("_")
    if scheme != SCHEME or not key:
        return None
    token = ApiToken.objects.select_related("tenant", "user").filter(prefix=prefix).first()
    if token is None or not hmac.compare_digest(token.digest, _digest(key)):
        return None
    if not token.is_usable(now=now) or not token.user.is_active:
        return None
    if token.last_used_at is None or token.last_used_at < now - LAST_USED_STEP:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> ApiToken:
    """End a token at once. Must be called in the tenant's schema."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record_event(kind="token.revoked", about=token, by=by)
    return token


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
