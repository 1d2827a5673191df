"""Deliveries for tests whose process has no broker."""

from tenants.models import OutboxMessage


def deliver_nowhere(message: OutboxMessage) -> None:
    """Leave the operation in the database; ``run_operations`` performs it."""


def leave_for_the_relay(message: OutboxMessage) -> None:
    """As if the broker were away from here: the outbox row waits for the relay process."""
    raise ConnectionError("left for the relay process")
