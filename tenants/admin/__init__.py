"""The platform admins' door: tenants, people and tokens; each tenant's operations and audit log, to read."""

from tenants.admin.people import MembershipAdmin, UserAdmin
from tenants.admin.tenants import DomainAdmin, TenantAdmin
from tenants.admin.tokens import ApiTokenAdmin
from tenants.admin.work import AuditEventAdmin, OperationAdmin

__all__ = [
    "ApiTokenAdmin",
    "AuditEventAdmin",
    "DomainAdmin",
    "MembershipAdmin",
    "OperationAdmin",
    "TenantAdmin",
    "UserAdmin",
]
