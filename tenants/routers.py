"""Which tables are made in which schema: some apps' models are split between public and tenants."""

from typing import Any, cast

from django.conf import settings
from django.db import connections
from django_tenants.routers import TenantSyncRouter
from django_tenants.utils import get_public_schema_name

from tenants.database.base import DatabaseWrapper

TENANT_MODELS = frozenset({"auditevent", "audithead", "operation", "idempotencyrecord"})


class SplitTenantRouter(TenantSyncRouter):
    """django-tenants routes whole apps; within ``tenants`` each model has its own place.

    Apps above name their few public models in ``settings.SHARED_MODELS``; tenants may read those tables only.
    """

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        in_public = cast(DatabaseWrapper, connections[db]).schema_name == get_public_schema_name()
        if app_label == "tenants" and model_name is not None:
            return in_public != (model_name.lower() in TENANT_MODELS)
        if app_label in settings.SHARED_MODELS and model_name is not None:
            return in_public == (model_name.lower() in settings.SHARED_MODELS[app_label])
        return super().allow_migrate(db, app_label, model_name=model_name, **hints)
