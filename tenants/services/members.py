"""Who is in a tenant: add, change role, remove. The last owner cannot leave."""

from django.db import transaction

from tenants.models import ApiToken, Membership, Tenant, User
from tenants.permissions import Role
from tenants.services.audit import record_event


class MembershipRefused(Exception):
    """The change would leave the tenant without an owner, or the person is not known."""


@transaction.atomic
def set_role(*, tenant: Tenant, user: User, role: str, by: User | None) -> Membership:
    """Add a person or change their role. Must be called in the tenant's schema."""
    _lock_people(tenant=tenant)
    earlier = Membership.objects.filter(tenant=tenant, user=user).first()
    if earlier is not None:
        check_owner_remains(membership=earlier, next_role=role)
    membership, _ = Membership.objects.update_or_create(tenant=tenant, user=user, defaults={"role": Role(role).value})
    record_event(
        kind="membership.changed" if earlier else "membership.added",
        about=membership,
        by=by,
        before={"role": earlier.role} if earlier else None,
        after={"role": membership.role},
    )
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: User) -> None:
    """Take a person out, and end their tokens here. Must be called in the tenant's schema."""
    _lock_people(tenant=membership.tenant)
    check_owner_remains(membership=membership, next_role=None)
    record_event(kind="membership.removed", about=membership, by=by, before={"role": membership.role})
    ApiToken.objects.filter(tenant=membership.tenant, user=membership.user).delete()
    membership.delete()


def check_owner_remains(*, membership: Membership, next_role: str | None) -> None:
    """Raises MembershipRefused when this is the last owner and would be one no more (None: they leave)."""
    if membership.role != Role.OWNER or next_role == Role.OWNER:
        return
    others = Membership.objects.filter(tenant_id=membership.tenant_id, role=Role.OWNER).exclude(pk=membership.pk)
    if not others.exists():
        raise MembershipRefused("This is the last owner: give the role to someone else first.")


def _lock_people(*, tenant: Tenant) -> None:
    """One change of people at a time: two owners who remove each other at once must not both succeed."""
    Tenant.objects.select_for_update().get(pk=tenant.pk)
