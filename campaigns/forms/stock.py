"""Stock levels as asked for and as typed."""

from typing import Any

from django import forms

from campaigns.services.stock import LONGEST_HORIZON


class StockForm(forms.Form):
    """Which items, and how far ahead."""

    retailer = forms.ChoiceField(required=False, label="Retailer")
    q = forms.CharField(max_length=80, required=False, label="Item id contains")
    horizon = forms.IntegerField(min_value=1, max_value=LONGEST_HORIZON, required=False, initial=28, label="Days ahead")

    def __init__(self, *args: Any, retailers: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["retailer"] = forms.ChoiceField(
            required=False, label="Retailer", choices=[("", "All retailers"), *retailers.items()]
        )


class CountForm(forms.Form):
    """A file of counts, or one count."""

    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="Counts as a file",
        help_text="CSV with the columns retailer, item, units and day (2026-06-01; today where it is empty).",
    )
    retailer = forms.ChoiceField(required=False, label="Retailer")
    item = forms.CharField(
        max_length=80, required=False, label="Item id", help_text="As the retailer's exports have it."
    )
    units = forms.DecimalField(max_digits=14, decimal_places=2, min_value=0, required=False, label="Units on hand")
    day = forms.DateField(
        required=False,
        label="At the end of",
        help_text="Today where it is empty.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, retailers: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["retailer"] = forms.ChoiceField(
            required=False, label="Retailer", choices=[("", "Choose one"), *retailers.items()]
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("file"):
            for name in ("retailer", "item", "units"):
                if cleaned.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, "Needed where no file is given.")
        return cleaned
