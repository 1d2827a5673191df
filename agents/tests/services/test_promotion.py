"""Which version serves, and the way back."""

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from agents.federation.axes import Axis
from agents.federation.promotion import GateVerdict
from agents.federation.refusal import AdapterRefused
from agents.models import OwnAdapter, SharedAdapter
from agents.services.adapter_files import weights_path
from agents.services.promotion import PromotionRefused, promote_adapter, roll_back_adapter
from agents.tests.registry_cast import evaluate, register, serve
from tenants.models import AuditEvent

BRAND = {"axis": Axis.BRAND, "member": "nordmill", "owner": "acme"}


def promote(row, by=None):
    return promote_adapter(adapter=row, by=by, now=timezone.now())


def states() -> dict[int, str]:
    return dict(OwnAdapter.objects.values_list("version", "state"))


def test_better_version_takes_the_place_and_gives_it_back(registry, owner):
    serve(**BRAND, score=0.90)
    second = register(**BRAND, version=2, seed=2)
    evaluate(second, score=0.97)

    promote(second, by=owner)
    assert states() == {1: "retired", 2: "serving"}

    former = roll_back_adapter(adapter=OwnAdapter.objects.get(version=2), by=owner)
    assert states() == {1: "serving", 2: "withdrawn"}
    assert former.version == 1
    kinds = AuditEvent.objects.filter(actor_label=owner.email).values_list("kind", flat=True)
    assert {"adapter.promoted", "adapter.rolled_back"} <= set(kinds)


def test_first_version_rolled_back_leaves_the_place_empty(registry):
    first = serve(**BRAND)

    assert roll_back_adapter(adapter=first, by=None) is None
    assert states() == {1: "withdrawn"}


@pytest.mark.parametrize(
    ("score", "passed", "reason"),
    [(0.90, True, "less than"), (0.975, True, "whole interval"), (0.99, False, "does not pass")],
)
def test_version_that_is_not_better_does_not_serve(registry, score, passed, reason):
    serve(**BRAND, score=0.97)
    second = register(**BRAND, version=2, seed=2)
    evaluate(second, score=score, passed=passed)

    with pytest.raises(PromotionRefused, match=reason):
        promote(second)

    assert states() == {1: "serving", 2: "candidate"}


def test_version_that_was_not_evaluated_does_not_serve(registry):
    with pytest.raises(PromotionRefused, match="not evaluated"):
        promote(register(**BRAND))


def test_what_serves_is_not_promoted_again(registry):
    with pytest.raises(PromotionRefused, match="serves already"):
        promote(serve(**BRAND))


def test_what_does_not_serve_is_not_rolled_back(registry):
    with pytest.raises(PromotionRefused, match="does not serve"):
        roll_back_adapter(adapter=register(**BRAND), by=None)


def test_damaged_file_is_not_promoted(registry):
    serve(**BRAND, score=0.90)
    second = register(**BRAND, version=2, seed=2)
    evaluate(second, score=0.97)
    weights_path(sha256=second.sha256, shared=False).write_bytes(b"damaged")

    with pytest.raises(AdapterRefused, match="not the signed ones"):
        promote(second)

    assert states() == {1: "serving", 2: "candidate"}


def test_gate_of_the_settings_decides(registry, settings, monkeypatch):
    settings.PROMOTION_GATE = "agents.tests.services.test_promotion.closed_gate"

    with pytest.raises(PromotionRefused, match="closed on Sundays"):
        promote(register(**BRAND))


def closed_gate(*, candidate, serving):
    return GateVerdict(is_allowed=False, reasons=("closed on Sundays",))


def test_shared_promotion_is_noted_in_every_workspace(registry, globex):
    serve(axis=Axis.TASK, member="planning")

    assert SharedAdapter.objects.get().is_serving
    assert AuditEvent.objects.filter(kind="adapter.promoted").count() == 1
    with tenant_context(globex):
        assert AuditEvent.objects.filter(kind="adapter.promoted").count() == 1
