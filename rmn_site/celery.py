"""The Celery application: carries operations under their tenant's schema."""

import os
from typing import TYPE_CHECKING

from kombu.exceptions import OperationalError
from tenant_schemas_celery.app import CeleryApp

if TYPE_CHECKING:
    from tenants.models import OutboxMessage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rmn_site.settings.development")

TASK = "tenants.tasks.perform_operation"

app = CeleryApp("rmn_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def deliver(message: "OutboxMessage") -> None:
    """Put one outbox row on its queue, under its tenant (settings.OPERATION_DELIVERY).

    Raises ConnectionError when the broker is away.
    """
    headers = {"_schema_name": message.schema_name}
    try:
        app.send_task(TASK, args=[str(message.operation_id)], queue=message.queue, headers=headers)
    except OperationalError as error:
        raise ConnectionError(str(error)) from error
