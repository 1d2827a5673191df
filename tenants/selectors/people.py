"""Who is in a tenant, and which tokens live there."""

from django.db.models import QuerySet

from tenants.models import ApiToken, Membership, Tenant


def members_of(*, tenant: Tenant) -> QuerySet[Membership]:
    """Memberships by e-mail address, with their people."""
    return Membership.objects.filter(tenant=tenant).select_related("user", "tenant").order_by("user__email")


def tokens_of(*, tenant: Tenant) -> QuerySet[ApiToken]:
    """Tokens of the tenant, newest first, revoked and expired ones too, with their people."""
    return ApiToken.objects.filter(tenant=tenant).select_related("user").order_by("-created_at")
