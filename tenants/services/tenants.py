"""Create and delete tenants."""

import re
import shutil
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import transaction
from django_tenants.utils import tenant_context

from tenants.models import Domain, Membership, OutboxMessage, Tenant, User, WakeUp
from tenants.permissions import Role
from tenants.services.audit import record_event
from tenants.services.schemas import drop_tenant_role, grant_tenant_role, take_spare_schema

SLUG = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
CURRENCY = re.compile(r"^[A-Z]{3}$")
RESERVED = frozenset({"public", "admin", "api", "static", "accounts", "information-schema", "www"})


class TenantRefused(Exception):
    """The tenant cannot be created as asked; the message says why and what to change."""


@dataclass(frozen=True, kw_only=True)
class NewTenant:
    """What a tenant is created from."""

    slug: str
    name: str
    kind: str = Tenant.Kind.MANUFACTURER
    currency: str = "USD"
    timezone: str = "UTC"
    is_demo: bool = False
    domain: str = ""


@transaction.atomic
def create_tenant(*, new: NewTenant, owner: User | None, by: User | None) -> Tenant:
    """Take a spare schema, name it, give it its role and its first owner. All or nothing."""
    check_slug(slug=new.slug)
    check_zone_and_currency(timezone=new.timezone, currency=new.currency)
    tenant = take_spare_schema(schema_name=new.slug.replace("-", "_"))
    tenant.slug, tenant.name, tenant.kind = new.slug, new.name or new.slug, new.kind
    tenant.currency, tenant.timezone, tenant.is_demo = new.currency, new.timezone, new.is_demo
    tenant.status = Tenant.Status.LIVE
    tenant.save()
    grant_tenant_role(tenant=tenant)
    if new.domain:
        Domain.objects.create(tenant=tenant, domain=new.domain)
    if owner is not None:
        Membership.objects.create(tenant=tenant, user=owner, role=Role.OWNER)
    with tenant_context(tenant):
        record_event(kind="tenant.created", about=tenant, by=by, after={"slug": tenant.slug, "kind": tenant.kind})
    return tenant


@transaction.atomic
def set_tenant_status(*, tenant: Tenant, status: Tenant.Status, by: User | None) -> Tenant:
    """Suspend a tenant, so that nobody can enter and no work starts, or let it live again."""
    before, tenant.status = tenant.status, status
    tenant.save(update_fields=["status"])
    with tenant_context(tenant):
        record_event(kind="tenant.status", about=tenant, by=by, before={"status": before}, after={"status": status})
    return tenant


def delete_tenant(*, tenant: Tenant) -> None:
    """Remove the schema, its role, its files, its messages and its rows: nothing of the tenant is left."""
    files, role, schema_name = settings.DATA_DIR / tenant.schema_name, tenant.database_role, tenant.schema_name
    with transaction.atomic():
        tenant.delete(force_drop=True)
        OutboxMessage.objects.filter(schema_name=schema_name).delete()
        WakeUp.objects.filter(schema_name=schema_name).delete()
        drop_tenant_role(role=role)
    shutil.rmtree(files, ignore_errors=True)


def check_slug(*, slug: str) -> None:
    """Raises TenantRefused when a tenant cannot have this name in web addresses."""
    if not SLUG.match(slug) or slug in RESERVED or slug.startswith(("pg-", "spare-")) or len(slug) > 40:
        raise TenantRefused(
            f"“{slug}” cannot be used as a web address: use up to 40 lower-case letters, digits and single hyphens, "
            "starting with a letter."
        )
    if Tenant.objects.filter(slug=slug).exists():
        raise TenantRefused(f"A tenant “{slug}” already exists: choose another name.")


def check_zone_and_currency(*, timezone: str, currency: str) -> None:
    """Raises TenantRefused unless they are an IANA zone and the form of an ISO 4217 code."""
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise TenantRefused(f"“{timezone}” is not a time zone: use an IANA name such as Europe/Paris.") from error
    if not CURRENCY.match(currency):
        raise TenantRefused(f"“{currency}” is not a currency: use three capital letters (ISO 4217), such as USD.")
