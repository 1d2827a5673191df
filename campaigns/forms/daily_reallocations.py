"""The schedule of daily reallocation, as typed."""

from decimal import Decimal
from typing import Any

from django import forms


class ScheduleForm(forms.Form):
    """Whether, over which cells, how much money, and the guardrails."""

    is_on = forms.BooleanField(
        required=False,
        label="Propose every morning",
        help_text="It waits for approval; no money moves by itself.",
    )
    retailers = forms.MultipleChoiceField(required=False)
    brand = forms.CharField(max_length=120, required=False, label="Brand", help_text="Empty: all brands.")
    daily_budget = forms.DecimalField(
        max_digits=14,
        decimal_places=2,
        min_value=Decimal("0.01"),
        required=False,
        label="Money a day",
        help_text="Empty: as much as on a day of the last week.",
    )
    floor = forms.DecimalField(max_digits=5, decimal_places=4, min_value=0, max_value=1, label="Least share of a cell")
    cap = forms.DecimalField(max_digits=5, decimal_places=4, min_value=0, max_value=1, label="Most share of a cell")
    change = forms.DecimalField(
        max_digits=5,
        decimal_places=4,
        min_value=Decimal("0.0001"),
        max_value=1,
        label="Change limit",
        help_text="0.2: in a day a cell gains or loses at most a fifth of its share, or of an equal share.",
    )

    def __init__(self, *args: Any, retailers: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["retailers"] = forms.MultipleChoiceField(
            required=False,
            label="Retailers",
            choices=list(retailers.items()),
            widget=forms.CheckboxSelectMultiple,
            help_text="None chosen: all of them, where they have one currency.",
        )
