"""Two at the same moment: owners who remove each other, tenants made together, one key claimed twice."""

from concurrent.futures import ThreadPoolExecutor

from django.core.files.base import ContentFile
from django.db import connection
from django_tenants.utils import tenant_context

from campaigns.models import Plan
from campaigns.services.planning import request_planning
from harmonization.services.uploads import receive_upload
from tenants.models import AuditEvent, Membership, Operation, Tenant, User
from tenants.services.audit import record_event, verify_audit_log
from tenants.services.members import MembershipRefused, remove_member
from tenants.services.operations import start_operation
from tenants.services.tenants import NewTenant, create_tenant


def together(act, arguments: list) -> list:
    def alone(argument):
        try:
            return act(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as threads:
        return list(threads.map(alone, arguments))


def test_two_owners_who_remove_each_other_leave_one(real_site):
    acme, first = Tenant.objects.get(slug="acme"), User.objects.get(email="owner@example.com")
    Membership.objects.filter(user__email="manager@example.com").update(role="owner")

    def leave(membership) -> bool:
        try:
            with tenant_context(acme):
                remove_member(membership=membership, by=first)
        except MembershipRefused:
            return False
        return True

    owners = list(Membership.objects.filter(tenant=acme, role="owner").select_related("tenant", "user"))

    assert sorted(together(leave, owners)) == [False, True]


def test_tenants_made_together_each_get_a_schema_of_their_own(real_site):
    Tenant.objects.spare().first().delete()

    made = together(lambda number: create_tenant(new=_new(number), owner=None, by=None), list(range(4)))

    assert len({tenant.schema_name for tenant in made}) == 4
    for tenant in made:
        with tenant_context(tenant):
            assert AuditEvent.objects.count() == 1


def test_key_used_twice_at_once_starts_one_operation(real_site):
    acme, owner = Tenant.objects.get(slug="acme"), User.objects.get(email="owner@example.com")

    def start(_):
        with tenant_context(acme):
            return start_operation(kind="plan", title="Plan", by=owner, parameters={}, unique_key="k").pk

    assert len(set(together(start, list(range(6))))) == 1
    with tenant_context(acme):
        assert Operation.objects.count() == 1


def test_plan_asked_for_by_many_clicks_is_planned_once(real_site):
    acme, owner = Tenant.objects.get(slug="acme"), User.objects.get(email="owner@example.com")
    with tenant_context(acme):
        plan = Plan.objects.create(name="Spring", brief="Spend $1M", constraints={"budget": 1_000_000.0})

    def click(_):
        with tenant_context(acme):
            return request_planning(plan=plan, method="lp", by=owner).pk

    assert len(set(together(click, list(range(6))))) == 1
    with tenant_context(acme):
        assert Plan.objects.get().version == plan.version + 1


def test_failed_import_sent_again_by_many_clicks_is_tried_once(real_site, settings):
    settings.DATA_DIR = real_site.data_dir
    acme, owner = Tenant.objects.get(slug="acme"), User.objects.get(email="owner@example.com")

    def send(_):
        with tenant_context(acme):
            file = ContentFile(b"event_id,date\n1,2026-06-01\n")
            return receive_upload(file=file, file_name="june.csv", mapping_name="alpha", by=owner)[1].pk

    first = send(None)
    with tenant_context(acme):
        Operation.objects.update(state=Operation.State.FAILED)

    assert set(together(send, list(range(6)))) == {first}
    with tenant_context(acme):
        assert AuditEvent.objects.filter(kind="operation.retried").count() == 1
        assert len(list((real_site.data_dir / acme.schema_name / "uploads").iterdir())) == 1


def test_events_written_together_make_one_whole_chain(real_site):
    acme, owner = Tenant.objects.get(slug="acme"), User.objects.get(email="owner@example.com")

    def write(number):
        with tenant_context(acme):
            record_event(kind="thing.done", about=owner, by=owner, after={"number": number})

    together(write, list(range(12)))

    with tenant_context(acme):
        assert verify_audit_log() == (13, None)


def _new(number: int) -> NewTenant:
    return NewTenant(slug=f"made-{number}", name=f"Made {number}")
