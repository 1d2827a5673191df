"""A small form per kind of constraint: what a chip opens when it is clicked."""

from typing import Any

from django import forms

from campaigns.planning.constraint_edits import ConstraintKey

LEVELS = [("retailer", "Retailer"), ("placement", "Placement"), ("brand", "Brand"), ("channel", "Channel")]
OBJECTIVES = [
    ("incremental_margin", "Incremental margin"),
    ("incremental_revenue", "Incremental revenue"),
    ("revenue", "Attributed revenue"),
    ("units", "Units"),
    ("profit", "Profit after ad cost"),
]
TARGETS = [*OBJECTIVES, ("roas", "ROAS")]
HUNDRED = 100


class ConstraintForm(forms.Form):
    """Reads its fields from a stored constraint and gives the value to store."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def fields_from(cls, stored: Any) -> dict[str, Any]:
        return {"value": stored}

    def stored(self) -> Any:
        return self.cleaned_data["value"]


class MoneyForm(ConstraintForm):
    value = forms.FloatField(min_value=0.01, max_value=1e12, label="Amount")


class RatioForm(ConstraintForm):
    value = forms.FloatField(min_value=0, max_value=1000, label="Attributed revenue per unit of spend")


class ShareForm(ConstraintForm):
    value = forms.FloatField(min_value=0, max_value=100, label="Percent")

    @classmethod
    def fields_from(cls, stored: Any) -> dict[str, Any]:
        return {"value": None if stored is None else round(stored * HUNDRED, 6)}

    def stored(self) -> Any:
        return self.cleaned_data["value"] / HUNDRED


class ReserveForm(ShareForm):
    value = forms.FloatField(min_value=0, max_value=99, label="Percent", help_text="Something must be left to spend.")


class RiskForm(ShareForm):
    value = forms.FloatField(
        min_value=1,
        max_value=100,
        label="Percent of outcomes",
        help_text="The split that brings most in so many of the worst outcomes; 20 is careful, 100 is the usual plan.",
    )


class ObjectiveForm(ConstraintForm):
    value = forms.ChoiceField(choices=OBJECTIVES, label="Maximise")


class TargetForm(ConstraintForm):
    """An outcome to reach with the least budget, at most the one that is said."""

    metric = forms.ChoiceField(choices=TARGETS, label="Reach")
    value = forms.FloatField(min_value=1e-6, max_value=1e12, label="At least")

    @classmethod
    def fields_from(cls, stored: Any) -> dict[str, Any]:
        return {} if not stored else dict(zip(("metric", "value"), next(iter(stored.items())), strict=True))

    def stored(self) -> Any:
        return {self.cleaned_data["metric"]: self.cleaned_data["value"]}


class RetailersForm(ConstraintForm):
    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = forms.MultipleChoiceField(
            label="Retailers", choices=sorted(names.items()), widget=forms.CheckboxSelectMultiple
        )


class BrandForm(ConstraintForm):
    value = forms.CharField(max_length=120, label="Brand")


class LimitForm(ConstraintForm):
    """A cap or a floor: a level, optionally one node of it, and a share of the budget or an amount."""

    level = forms.ChoiceField(choices=LEVELS, label="On each")
    name = forms.CharField(required=False, max_length=120, label="Only this one", help_text="Empty: every one of them.")
    share = forms.FloatField(required=False, min_value=0, max_value=100, label="Percent of the budget")
    amount = forms.FloatField(required=False, min_value=0, max_value=1e12, label="or an amount")

    @classmethod
    def fields_from(cls, stored: Any) -> dict[str, Any]:
        stored = stored or {"level": "placement", "name": None}
        share = stored.get("share")
        return dict(stored) | {"share": None if share is None else round(share * HUNDRED, 6)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and (cleaned.get("share") is None) == (cleaned.get("amount") is None):
            raise forms.ValidationError("Give either a percent of the budget or an amount.")
        return cleaned

    def stored(self) -> Any:
        limit = {"level": self.cleaned_data["level"], "name": self.cleaned_data["name"].strip() or None}
        if self.cleaned_data["share"] is not None:
            return limit | {"share": self.cleaned_data["share"] / HUNDRED}
        return limit | {"amount": self.cleaned_data["amount"]}


class FixedForm(ConstraintForm):
    name = forms.CharField(max_length=120, label="Retailer, placement or brand")
    amount = forms.FloatField(min_value=0, max_value=1e12, label="Amount")

    @classmethod
    def fields_from(cls, stored: Any) -> dict[str, Any]:
        return {} if stored is None else {"name": stored[0], "amount": stored[1]}

    def stored(self) -> Any:
        return (self.cleaned_data["name"].strip(), self.cleaned_data["amount"])


class PeriodForm(ConstraintForm):
    weeks = forms.FloatField(required=False, min_value=1, max_value=104)
    start = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    @classmethod
    def fields_from(cls, stored: Any) -> dict[str, Any]:
        return dict(stored or {})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            raise forms.ValidationError("The end lies before the start.")
        if not self.errors and not any(cleaned.get(name) for name in ("weeks", "start", "end")):
            raise forms.ValidationError("Give a number of weeks, or a start and an end.")
        return cleaned

    def stored(self) -> Any:
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        return {
            "weeks": self.cleaned_data["weeks"],
            "start": start.isoformat() if start else None,
            "end": end.isoformat() if end else None,
        }


FORMS: dict[str, tuple[str, type[ConstraintForm]]] = {
    "budget": ("Budget", MoneyForm),
    "objective": ("Maximise", ObjectiveForm),
    "retailers": ("Retailers", RetailersForm),
    "brand": ("Brand", BrandForm),
    "roas_floor": ("ROAS at least", RatioForm),
    "cpa_ceiling": ("Cost per order at most", MoneyForm),
    "reserve": ("Held for experiments", ReserveForm),
    "change_limit": ("Change per cell at most", ShareForm),
    "oos_threshold": ("No spend above stock-out risk", ShareForm),
    "risk": ("Plan for the worst", RiskForm),
    "target": ("Target", TargetForm),
    "caps": ("At most", LimitForm),
    "floors": ("At least", LimitForm),
    "fixed": ("Fixed amount", FixedForm),
    "period": ("Period", PeriodForm),
}


def constraint_form(
    *, key: ConstraintKey, stored: Any, version: int, names: dict[str, str], posted: Any = None
) -> ConstraintForm:
    """The form of a kind, filled from what is stored; KeyError for a kind that has no form."""
    _, form_class = FORMS[key.kind]
    options: dict[str, Any] = {"names": names} if form_class is RetailersForm else {}
    initial = form_class.fields_from(stored) | {"version": version}
    return form_class(posted, initial=initial, prefix=key.kind, **options)
