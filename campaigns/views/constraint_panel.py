"""The panel of a plan's chips: what is said, what can be added, which versions came before."""

from typing import Any

from django.urls import reverse

from campaigns.forms.constraints import FORMS
from campaigns.models import Plan
from campaigns.planning.constraint_edits import ConstraintKey
from campaigns.planning.constraint_words import ConstraintInWords, constraints_in_words
from campaigns.selectors.history import retailer_names

TARGET = "#constraints"


def panel_context(*, plan: Plan, may_write: bool, currency: str) -> dict[str, Any]:
    """Context of ``campaigns/plan/_constraints.html``."""
    editable = may_write and plan.is_editable
    said = constraints_in_words(
        constraints=plan.constraints, currency=plan.currency or currency, names=retailer_names()
    )
    chips = [_chip(plan=plan, chip=chip, editable=editable) for chip in said]
    present = {chip.key.kind for chip in said}
    addable = [
        {"label": label, "url": constraint_url("constraint_edit", plan, ConstraintKey(kind=kind))}
        for kind, (label, _) in FORMS.items()
        if editable and (kind not in present or kind in {"caps", "floors", "fixed"})
    ]
    versions = list(plan.versions.all()[:6]) if editable else []
    return {
        "plan": plan,
        "chips": chips,
        "addable": addable,
        "is_editable": editable,
        "earlier_versions": [row for row in versions if row.version != plan.version],
        "chip_target": TARGET,
    }


def _chip(*, plan: Plan, chip: ConstraintInWords, editable: bool) -> dict[str, str]:
    edit = constraint_url("constraint_edit", plan, chip.key) if chip.key.kind in FORMS else ""
    remove = f"{constraint_url('constraint_remove', plan, chip.key)}?version={plan.version}"
    links = {"edit_url": edit, "remove_url": remove} if editable else {}
    return {"label": chip.label, "value": chip.value, **links}


def constraint_url(name: str, plan: Plan, key: ConstraintKey) -> str:
    """The address of one chip's view ``name``."""
    return reverse(f"campaigns:{name}", args=[plan.pk, str(key)])
