"""The Celery task: carries its tenant, and refuses to run without one."""

import pytest

from rmn_site.celery import app
from tenants.services.operations import start_operation
from tenants.tasks import TenantMissing, perform_operation


@pytest.fixture
def celery_here():
    app.set_current()
    app.conf.task_always_eager = False
    return app


def test_task_without_a_tenant_is_refused(db, celery_here):
    result = perform_operation.apply(args=["01a1fd43-100a-703a-8c2e-0f630b4d1554"])

    assert isinstance(result.result, TenantMissing)


def test_task_with_its_tenant_finds_the_operation(acme, owner, celery_here, settings):
    operation = start_operation(kind="plan", title="Plan", by=owner, parameters={})
    settings.OPERATION_KINDS = {"plan": {"handler": f"{__name__}.plan_nothing", "queue": "optimize"}}

    result = perform_operation.apply(args=[str(operation.pk)], headers={"_schema_name": "acme"})

    assert result.result == "failed"


def plan_nothing(run):
    from tenants.services.operation_runs import OperationProblem

    raise OperationProblem(title="Nothing to plan", detail="A test.")
