"""The Celery application: carries operations under their tenant's schema."""

import os
from typing import TYPE_CHECKING, Any

from celery.signals import worker_process_init
from django.conf import settings
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError
from tenant_schemas_celery.app import CeleryApp

if TYPE_CHECKING:
    from tenants.models import OutboxMessage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rmn_site.settings.development")

TASK = "tenants.tasks.perform_operation"

app = CeleryApp("rmn_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def load_handlers(**_: Any) -> None:
    """Load what handlers need before the first job, which should be as quick as the next."""
    for kind in settings.OPERATION_KINDS.values():
        import_string(kind["handler"])
    import_string(settings.HARMONIZATION_BACKEND)


def deliver(message: "OutboxMessage") -> None:
    """Put one outbox row on its queue, under its tenant (settings.OPERATION_DELIVERY).

    Raises ConnectionError when the broker is away.
    """
    headers = {"_schema_name": message.schema_name}
    try:
        app.send_task(TASK, args=[str(message.operation_id)], queue=message.queue, headers=headers)
    except OperationalError as error:
        raise ConnectionError(str(error)) from error
