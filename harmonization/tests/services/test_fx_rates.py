"""Rates are taken in once; a changed one is replaced and told."""

from decimal import Decimal

import pytest
from django_tenants.utils import tenant_context

from harmonization.comparison.rate_files import RatesRefused
from harmonization.models import FxRate
from harmonization.services.fx_rates import import_rates
from tenants.models import AuditEvent

TEXT = b"Date,USD,GBP\n2026-01-09,1.0812,0.83\n2026-01-08,1.0790,N/A\n"


def take_in(content=TEXT, by=None):
    return import_rates(content=content, file_name="hist.csv", by=by)


def test_the_same_file_again_changes_nothing(acme, owner):
    first, second = take_in(by=owner), take_in(by=owner)

    assert (first.read, first.new, first.changed) == (3, 3, 0)
    assert (second.new, second.changed, FxRate.objects.count()) == (0, 0, 3)
    assert AuditEvent.objects.filter(kind="fx_rates.imported").count() == 1


def test_a_corrected_rate_replaces_the_old_one_and_is_told(acme, owner):
    take_in(by=owner)

    again = take_in(TEXT.replace(b"1.0812", b"1.0813"), by=owner)

    assert (again.new, again.changed) == (0, 1)
    assert FxRate.objects.get(date="2026-01-09", quote="USD").rate == Decimal("1.0813")


def test_a_refused_file_leaves_nothing(acme):
    with pytest.raises(RatesRefused):
        take_in(TEXT + b"2026-01-07,cheap,1\n")

    assert FxRate.objects.count() == 0


def test_rates_of_one_workspace_are_not_another_ones(acme, globex):
    take_in()

    with tenant_context(globex):
        assert FxRate.objects.count() == 0
