"""The demo's people and tenants."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from rmn_site.demo.cast import PASSWORD, PLATFORM_ADMIN, DemoTenant
from tenants.models import Membership, Tenant, User
from tenants.permissions import Role
from tenants.services.tenants import NewTenant, create_tenant


def ensure_platform_admin() -> User:
    """The account that may enter Django admin."""
    return _ensure_user(email=PLATFORM_ADMIN, is_staff=True, is_superuser=True)


def ensure_tenant(*, demo: DemoTenant) -> tuple[Tenant, User]:
    """The tenant with one person per role (``owner@acme.example.com`` …); its owner."""
    people = {role: _ensure_user(email=f"{role}@{demo.slug}.example.com") for role in Role}
    tenant = Tenant.objects.filter(slug=demo.slug).first()
    if tenant is None:
        new = NewTenant(slug=demo.slug, name=demo.name, is_demo=True)
        tenant = create_tenant(new=new, owner=people[Role.OWNER], by=None)
    for role, user in people.items():
        Membership.objects.get_or_create(tenant=tenant, user=user, defaults={"role": role.value})
    return tenant, people[Role.OWNER]


def _ensure_user(*, email: str, **fields: bool) -> User:
    name = email.partition("@")[0].title()
    defaults = {"first_name": name, "password": make_password(PASSWORD), **fields}
    user, _ = User.objects.get_or_create(email=email, defaults=defaults)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": True, "verified": True})
    return user
