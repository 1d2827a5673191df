"""Work of acme on a real site: files large enough to be caught in the middle, and history to plan from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files import File
from django_tenants.utils import tenant_context

from campaigns.simulation import ExportFile, build_world, write_exports
from harmonization.models import ImportRun
from harmonization.services.uploads import receive_upload
from rmn_site.tests.real_site import RealSite
from tenants.models import Operation, Tenant, User

START = date(2025, 1, 6)


@dataclass(frozen=True, kw_only=True)
class Uploaded:
    """An import, its operation, and what the file holds."""

    run: ImportRun
    operation: Operation
    export: ExportFile

    @property
    def cost(self) -> Decimal:
        return self.export.cost


@pytest.fixture
def site(real_site) -> RealSite:
    """The real site inside acme."""
    with tenant_context(Tenant.objects.get(slug="acme")):
        yield real_site


@pytest.fixture
def owner(site) -> User:
    return User.objects.get(email="owner@example.com")


@pytest.fixture
def upload(site, owner, tmp_path) -> Callable[..., Uploaded]:
    """``upload(retailer_id="alpha", days=14)`` takes in the export of so many simulated days."""

    def receive(*, retailer_id: str, days: int) -> Uploaded:
        world = build_world(seed=5, start=START, days=days, manufacturer="acme")
        (export,) = write_exports(world=world, directory=_folder(tmp_path), retailer_ids=[retailer_id])
        with export.path.open("rb") as file:
            run, operation = receive_upload(
                file=File(file), file_name=export.path.name, mapping_name=export.mapping_name, by=owner
            )
        return Uploaded(run=run, operation=operation, export=export)

    return receive


def _folder(path: Path) -> Path:
    return path / "exports"
