"""What an uplift study is asked for, as typed."""

from typing import Any

from django import forms

from campaigns.uplift.learners import LABELS


class UpliftForm(forms.Form):
    """A trial, its columns, and what treating costs and brings."""

    name = forms.CharField(max_length=120, label="Name")
    trial = forms.FileField(
        allow_empty_file=True,
        label="Trial",
        help_text="CSV with a header, one row per person: treated or not by chance, the outcome, "
        "and what was known of the person beforehand.",
    )
    treatment = forms.CharField(max_length=120, initial="treated", label="Column: treated (1 or 0)")
    outcome = forms.CharField(max_length=120, initial="outcome", label="Column: outcome (1 or 0, or an amount)")
    features = forms.CharField(
        max_length=2_000,
        required=False,
        label="Columns known beforehand",
        help_text="Split by commas; empty uses all others. Nothing that the treatment could have changed.",
    )
    learner = forms.ChoiceField(choices=list(LABELS.items()), initial="dr", label="Learner used for targeting")
    share = forms.FloatField(
        min_value=0.01,
        max_value=0.99,
        required=False,
        label="Share treated, as designed",
        help_text="Empty takes the share found.",
    )
    budget = forms.FloatField(min_value=0.01, required=False, label="Budget for targeting")
    cost = forms.FloatField(min_value=0.000001, required=False, label="Cost per person treated")
    value = forms.FloatField(min_value=0.000001, required=False, label="Margin per unit of the outcome")
    currency = forms.RegexField(r"^[A-Z]{3}$", label="Currency", help_text="ISO code, such as USD.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        missing = [name for name in ("budget", "cost", "value") if cleaned.get(name) is None]
        if 0 < len(missing) < 3:
            for name in missing:
                self.add_error(name, "Targeting needs budget, cost and margin together; or leave all three empty.")
        return cleaned
