"""Celery's side of operations: one task that carries any operation of one tenant."""

from typing import Any

from celery import shared_task
from django_tenants.utils import get_public_schema_name
from tenant_schemas_celery.task import TenantTask

from tenants.database.current import connection
from tenants.services.operation_runs import run_operation


class TenantMissing(Exception):
    """A task arrived without a tenant; run in the public schema it would read or write the wrong rows."""


class TenantBoundTask(TenantTask):
    """Refuses to run outside a tenant's schema."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if connection.schema_name == get_public_schema_name():
            raise TenantMissing(f"{self.name} needs a tenant header")
        return super().__call__(*args, **kwargs)


@shared_task(base=TenantBoundTask, acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def perform_operation(operation_id: str) -> str:
    return run_operation(operation_id=operation_id)
