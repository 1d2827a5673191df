"""Fill the demo tenants through the product's own services: exports of a simulated world, catalogue, a first plan."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.files import File
from django.utils import timezone
from django_tenants.utils import tenant_context

from agents.federation.refusal import AdapterRefused
from agents.services.shipped import install_shipped
from campaigns.models import Brand, Plan, Sku
from campaigns.services.drafting import draft_plan
from campaigns.services.planning import request_planning
from campaigns.simulation import ExportFile, World, build_world, write_exports
from harmonization.models import ImportRun
from harmonization.services.uploads import receive_upload
from harmonization.services.watching import KIND as WATCHING
from rmn_site.demo.cast import BRIEF, DEMO_TENANTS, DemoTenant
from rmn_site.demo.people import ensure_platform_admin, ensure_tenant
from rmn_site.demo.products import begin_joining, begin_products
from tenants.models import Operation, Tenant, User
from tenants.services.operation_runs import run_operation

log = structlog.get_logger(__name__)
DAYS = 90


class SeedFailed(Exception):
    """A part of the demo did not come out as it must; the message says which."""


def seed_demo() -> list[dict[str, Any]]:
    """Create what is missing; what each tenant holds afterwards. A second run changes nothing."""
    ensure_platform_admin()
    _install_adapters(by=None)
    return [_seed_tenant(demo=demo) for demo in DEMO_TENANTS]


def demo_world(*, demo: DemoTenant, today: date) -> World:
    """The tenant's simulated market over the ninety days before ``today``."""
    return build_world(seed=demo.seed, start=today - timedelta(days=DAYS), days=DAYS, manufacturer=demo.slug)


def add_catalogue(*, world: World) -> int:
    """Brands and SKUs of a world into the current tenant; how many SKUs it has."""
    brands = {name: Brand.objects.get_or_create(name=name)[0] for name in world.brands}
    rows = [
        Sku(
            retailer_id=retailer_id,
            sku_id=sku_id,
            gtin=sku.gtin,
            name=sku.name,
            brand=brands[sku.brand],
            margin_rate=sku.margin_rate,
            price=sku.price,
            currency="USD",
        )
        for sku in world.skus
        for retailer_id, sku_id in sku.retailer_ids.items()
    ]
    Sku.objects.bulk_create(rows, ignore_conflicts=True)
    return Sku.objects.count()


def _seed_tenant(*, demo: DemoTenant) -> dict[str, Any]:
    tenant, owner = ensure_tenant(demo=demo)
    with tenant_context(tenant):
        _install_adapters(by=owner)
        if not ImportRun.objects.done().exists():
            world = demo_world(demo=demo, today=timezone.localdate())
            add_catalogue(world=world)
            folder = Path(settings.DATA_DIR) / "demo-exports" / demo.slug
            for export in write_exports(world=world, directory=folder):
                _import(export=export, by=owner)
            _products(world=world, folder=folder, by=owner)
            for look in Operation.objects.unfinished().filter(kind=WATCHING):
                _perform(operation=look)
        if not Plan.objects.exists():
            _first_plan(tenant=tenant, by=owner)
        return {"tenant": demo.slug, "imports": ImportRun.objects.done().count(), "plans": Plan.objects.count()}


def _install_adapters(*, by: User | None) -> None:
    """Those that are refused are told in the log, and the base model serves without them."""
    try:
        install_shipped(folder=settings.SHIPPED_ADAPTERS_DIR, by=by, now=timezone.now())
    except AdapterRefused as refusal:
        log.warning("demo.adapter_refused", reason=str(refusal))


def _import(*, export: ExportFile, by: User) -> None:
    with export.path.open("rb") as file:
        _, operation = receive_upload(
            file=File(file), file_name=export.path.name, mapping_name=export.mapping_name, by=by
        )
    if operation is not None:
        _perform(operation=operation)


def _products(*, world: World, folder: Path, by: User) -> None:
    operation = begin_products(world=world, folder=folder, by=by)
    if operation is not None:
        _perform(operation=operation)
    _perform(operation=begin_joining(by=by))


def _first_plan(*, tenant: Tenant, by: User) -> None:
    plan = draft_plan(brief=BRIEF, by=by, name=f"{tenant.name}: next quarter")
    _perform(operation=request_planning(plan=plan, method=plan.method, by=by))


def _perform(*, operation: Operation) -> None:
    """Do the work here and now: at the first start there is no worker yet."""
    state = run_operation(operation_id=str(operation.pk))
    if state not in {Operation.State.DONE, "skipped"}:
        operation.refresh_from_db()
        raise SeedFailed(f"{operation.title}: {operation.problem or state}")
