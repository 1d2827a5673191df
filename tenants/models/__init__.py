"""Tenants, people, tokens (public schema); operations, audit events, idempotency records (each tenant's schema)."""

from tenants.models.api_token import ApiToken
from tenants.models.audit_event import AuditEvent
from tenants.models.audit_head import AuditHead
from tenants.models.idempotency_record import IdempotencyRecord
from tenants.models.membership import Membership
from tenants.models.operation import Operation
from tenants.models.outbox_message import OutboxMessage
from tenants.models.tenant import Domain, Tenant
from tenants.models.user import User
from tenants.models.wake_up import WakeUp

__all__ = [
    "ApiToken",
    "AuditEvent",
    "AuditHead",
    "Domain",
    "IdempotencyRecord",
    "Membership",
    "Operation",
    "OutboxMessage",
    "Tenant",
    "User",
    "WakeUp",
]
