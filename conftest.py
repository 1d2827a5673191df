"""The tests' database, cast and doors.

One template database, keyed by the migrations, is cloned per run and worker. It holds two tenants: acme and globex.
The cast: ``owner``, ``manager``, ``analyst`` and ``teammate`` (a viewer) of acme, ``stranger`` (owner of globex).
"""

import os
from collections.abc import Callable, Iterator

import pytest
import redis
from django.db import connection
from django.test import Client
from django_tenants.utils import tenant_context

from rmn_site.tests.databases import cloned_database, ensure_template, own_broker, using_database
from rmn_site.tests.real_site import RealSite, stopping

PASSWORD = "a-long-test-password"
CAST = {
    "owner": ("acme", "owner"),
    "manager": ("acme", "manager"),
    "analyst": ("acme", "analyst"),
    "teammate": ("acme", "viewer"),
    "stranger": ("globex", "owner"),
}


def _build_template() -> None:
    from tenants.models import Membership, Tenant, User
    from tenants.services.schemas import add_spare_schemas, migrate_sites
    from tenants.services.tenants import NewTenant, create_tenant

    migrate_sites()
    add_spare_schemas(wanted=4)
    for slug in ("acme", "globex"):
        create_tenant(new=NewTenant(slug=slug, name=slug.title()), owner=None, by=None)
    for person, (slug, role) in CAST.items():
        user = User.objects.create_user(f"{person}@example.com", PASSWORD, first_name=person.title())
        Membership.objects.create(user=user, tenant=Tenant.objects.get(slug=slug), role=role)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    clone = f"rmn_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with django_db_blocker.unblock():
        ensure_template(build=_build_template)
        with cloned_database(name=clone), using_database(name=clone):
            yield


@pytest.fixture(autouse=True)
def _tests_run_operations_inline(settings: pytest.FixtureRequest) -> None:
    """No broker in unit tests: outbox rows wait until ``run_operations`` performs them; worker tests opt out."""
    settings.OPERATION_DELIVERY = "rmn_site.tests.delivery.deliver_nowhere"


@pytest.fixture
def acme(db):
    from tenants.models import Tenant

    tenant = Tenant.objects.get(slug="acme")
    with tenant_context(tenant):
        yield tenant


@pytest.fixture
def globex(db):
    from tenants.models import Tenant

    return Tenant.objects.get(slug="globex")


def _member(name: str):
    @pytest.fixture(name=name)
    def person(db):
        from tenants.models import User

        return User.objects.get(email=f"{name}@example.com")

    return person


owner, manager, analyst, teammate, stranger = (_member(name) for name in CAST)


@pytest.fixture
def portal(db) -> Callable[..., Client]:
    """``portal(owner)`` is signed in and its paths start at acme's portal; ``portal(owner, "globex")`` at globex's."""

    def sign_in(user, slug: str = "acme") -> Client:
        client = PortalClient(slug=slug, raise_request_exception=False)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


class OutsideClient(Client):
    """A client whose requests leave the test in the tenant it was in, as if the server were another process."""

    def generic(self, *args, **kwargs):
        tenant = connection.tenant
        try:
            return super().generic(*args, **kwargs)
        finally:
            connection.set_tenant(tenant)


class PortalClient(OutsideClient):
    """A test client inside one tenant: ``client.get("/plans/")`` asks for ``/t/<slug>/plans/``."""

    def __init__(self, *, slug: str, **options) -> None:
        super().__init__(**options)
        self.slug = slug

    def generic(self, method, path, *args, **kwargs):
        inside = path if path.startswith(("/t/", "http")) else f"/t/{self.slug}{path}"
        return super().generic(method, inside, *args, **kwargs)


@pytest.fixture
def api(acme) -> Callable[..., Client]:
    """``api(owner)`` calls ``/api/v1/…`` with a fresh token of that person that has all scopes of the role."""
    from datetime import timedelta

    from tenants.models import Membership, Tenant
    from tenants.permissions import allowed_actions
    from tenants.services.tokens import issue_token

    def with_token(user, scopes: list[str] | None = None) -> Client:
        membership = Membership.objects.get(user=user)
        tenant = Tenant.objects.get(pk=membership.tenant_id)
        with tenant_context(tenant):
            _, secret = issue_token(
                tenant=tenant,
                user=user,
                name="test",
                scopes=scopes or list(allowed_actions(role=membership.role)),
                life=timedelta(days=1),
                by=user,
            )
        return OutsideClient(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)

    return with_token


@pytest.fixture
def run_operations(db) -> Callable[[], list[str]]:
    """Perform every queued operation of acme as a worker would, inside the test; the states they end in.

    What they start in turn (the look at a source after its import) is performed too, and has to succeed.
    """
    from tenants.models import Operation, Tenant
    from tenants.services.operation_runs import run_operation

    def run() -> list[str]:
        with tenant_context(Tenant.objects.get(slug="acme")):
            known = set(Operation.objects.values_list("pk", flat=True))
            waiting = list(Operation.objects.filter(state="queued").order_by("id").values_list("pk", flat=True))
            states = [run_operation(operation_id=str(pk)) for pk in waiting]
            for started in Operation.objects.filter(state="queued").exclude(pk__in=known):
                assert run_operation(operation_id=str(started.pk)) == "done"
            return states

    return run


@pytest.fixture
def real_site(django_db_setup, django_db_blocker, settings, tmp_path):
    """Committed rows in a database of its own, with real worker and relay processes at hand (see RealSite)."""
    settings.DATA_DIR = tmp_path
    settings.OPERATION_DELIVERY = "rmn_site.tests.delivery.leave_for_the_relay"
    clone = f"rmn_real_{os.getpid()}"
    with django_db_blocker.unblock(), cloned_database(name=clone) as database_url, using_database(name=clone):
        site = RealSite(database_url=database_url, redis_url=own_broker(), data_dir=tmp_path)
        with redis.Redis.from_url(site.redis_url) as broker:
            broker.flushdb()  # what an earlier test's killed worker left
        with stopping(site):
            yield site
