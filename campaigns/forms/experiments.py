"""The experiment wizard's questions, as typed."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from campaigns.measurement.analysis import METHODS
from campaigns.models import Experiment

GEO_METHODS = [(name, label) for name, label in METHODS.items() if name != "trimmed_match"]
PICKED = {
    "unit": ("geo", "region", "market", "dma", "unit"),
    "time": ("day", "date", "time"),
    "outcome": ("sales", "revenue", "outcome"),
}


class ExperimentForm(forms.Form):
    """What is asked, where, and the history that answers how well."""

    name = forms.CharField(max_length=160, label="Name")
    hypothesis = forms.CharField(
        label="Hypothesis",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One sentence that the test can prove wrong. It is frozen with the design.",
    )
    design = forms.ChoiceField(
        label="Design",
        choices=Experiment.Design.choices,
        help_text="Geo: some regions get ads, others do not. Switchback: all on and off in blocks. "
        "Holdout: part of the audience sees nothing. Pacing: days of more and less money by chance, none without ads.",
    )
    retailer = forms.ChoiceField(required=False, label="Retailer", help_text="Whose incrementality the test measures.")
    brand = forms.CharField(max_length=120, required=False, label="Brand", help_text="As your imports name it.")
    outcome_unit = forms.ChoiceField(label="The outcome is", choices=Experiment.OutcomeUnit.choices)
    planned_spend = forms.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, required=False, label="Planned spend on the test"
    )
    currency = forms.RegexField(r"^[A-Z]{3}$", label="Currency", help_text="ISO code, such as USD.")
    history = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="History (geo and pacing tests)",
        help_text="CSV with a header, one row per geo and day, for example: geo,day,sales,cost.",
    )

    def __init__(self, *args: Any, retailers: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "retailer", [("", "None or several"), *retailers.items()])


class _WishForm(forms.Form):
    """What every design is asked for."""

    periods = forms.IntegerField(min_value=1, max_value=366, initial=28, label="Days")
    alpha = forms.FloatField(
        min_value=0.01,
        max_value=0.5,
        initial=0.1,
        label="Alpha",
        help_text="How often a test of nothing may cry wolf; the interval holds the rest.",
    )
    power = forms.FloatField(
        min_value=0.5, max_value=0.99, initial=0.8, label="Power", help_text="How often the lift should be found."
    )


class GeoWishForm(_WishForm):
    """Columns, sizes, days, method."""

    unit = forms.ChoiceField(label="Column of the geo")
    time = forms.ChoiceField(label="Column of the day")
    outcome = forms.ChoiceField(label="Column of the outcome")
    sizes = forms.CharField(initial="4, 6, 8", label="Treated geos", help_text="Sizes to try, separated by commas.")
    method = forms.ChoiceField(choices=GEO_METHODS, initial="tbr", label="Method of the readout")
    expected_iroas = forms.FloatField(
        min_value=0.01, required=False, label="Expected iROAS", help_text="Says what a detectable lift would cost."
    )

    field_order = ("unit", "time", "outcome", "sizes", "periods", "method", "alpha", "power", "expected_iroas")

    def __init__(self, *args: Any, header: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _pick_columns(self, header)

    def clean_sizes(self) -> list[int]:
        parts = [part.strip() for part in self.cleaned_data["sizes"].split(",") if part.strip()]
        if not parts or not all(part.isdigit() and 0 < int(part) < 10_000 for part in parts):
            raise forms.ValidationError("Give whole numbers of geos, separated by commas, such as 4, 6, 8.")
        return sorted({int(part) for part in parts})


class SwitchbackWishForm(_WishForm):
    """Blocks and washout, and how the results will be named."""

    block = forms.IntegerField(min_value=1, max_value=60, initial=7, label="Days a block lasts")
    washout = forms.IntegerField(
        min_value=0,
        max_value=30,
        initial=1,
        label="Days unread after a switch",
        help_text="While the last block echoes.",
    )
    unit = forms.CharField(initial="geo", label="Column of the geo in the results")
    time = forms.CharField(initial="day", label="Column of the day in the results")
    outcome = forms.CharField(initial="sales", label="Column of the outcome in the results")


class PacingWishForm(_WishForm):
    """Columns of the history, usual spend, and how far days swing around it."""

    unit = forms.ChoiceField(label="Column of the geo")
    time = forms.ChoiceField(label="Column of the day")
    outcome = forms.ChoiceField(label="Column of the outcome")
    daily_budget = forms.FloatField(min_value=0.01, max_value=1e12, label="Usual spend of a day")
    swing = forms.FloatField(
        min_value=0.01,
        max_value=1,
        initial=0.3,
        label="Swing",
        help_text="0.3: high days get 30% more than usual, low days 30% less; the total stays.",
    )

    field_order = ("unit", "time", "outcome", "daily_budget", "swing", "periods", "alpha", "power")

    def __init__(self, *args: Any, header: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _pick_columns(self, header)


class HoldoutWishForm(_WishForm):
    """Rates and the share held out."""

    base_rate = forms.FloatField(
        min_value=0.00001, max_value=0.99, initial=0.02, label="Conversions per person without ads"
    )
    lift = forms.FloatField(min_value=0.001, max_value=10, initial=0.1, label="Smallest relative lift worth seeing")
    holdout_share = forms.FloatField(min_value=0.01, max_value=0.99, initial=0.2, label="Share held out")


class RegisterForm(forms.Form):
    """Which design, and from when."""

    candidate = forms.TypedChoiceField(coerce=int, label="Design", widget=forms.RadioSelect)
    start_on = forms.DateField(label="First day of the test", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, designs: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "candidate", list(enumerate(designs)))


class ResultsForm(forms.Form):
    """What the test showed."""

    results = forms.FileField(label="Results", allow_empty_file=True)
    cost = forms.CharField(
        max_length=120,
        required=False,
        label="Column of the cost",
        help_text="Advertising cost per row. Without it there is no iROAS.",
    )


def wish_form(*, experiment: Experiment, posted: Any) -> forms.Form:
    """The questions of its design, with what was asked for last time."""
    wish = dict(experiment.wish)
    if isinstance(wish.get("sizes"), list):
        wish["sizes"] = ", ".join(str(size) for size in wish["sizes"])
    if experiment.design == Experiment.Design.GEO:
        return GeoWishForm(posted, initial=wish, header=wish.get("header", ()))
    if experiment.design == Experiment.Design.PACING:
        return PacingWishForm(posted, initial=wish, header=wish.get("header", ()))
    kind = SwitchbackWishForm if experiment.design == Experiment.Design.SWITCHBACK else HoldoutWishForm
    return kind(posted, initial=wish)


def _pick_columns(form: forms.Form, header: Sequence[str]) -> None:
    """The file's columns to choose from, those with the usual names chosen."""
    for field, names in PICKED.items():
        _choices(form, field, [(name, name) for name in header])
        found = [name for name in header if name.lower() in names]
        form.initial.setdefault(field, found[0] if found else "")


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices
