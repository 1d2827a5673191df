"""Which outcomes of which days are compared over retailers."""

from datetime import date, timedelta
from typing import Any

from django import forms

from harmonization.rmis.registry import METRICS

DEFAULT_DAYS = 28
MOST_DAYS = 366
METRIC_CHOICES = [(name, name.replace("_", " ")) for name in ("revenue", "orders", "units", "ntb_revenue")]


class WindowsForm(forms.Form):
    """Days and a metric; the newest four weeks and revenue where nothing is asked."""

    start = forms.DateField(required=False, label="From", widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(required=False, label="To", widget=forms.DateInput(attrs={"type": "date"}))
    metric = forms.ChoiceField(required=False, choices=METRIC_CHOICES, help_text=METRICS["revenue"].definition)

    def __init__(self, *args: Any, data_end: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.data_end = data_end

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        end = cleaned.get("end") or self.data_end
        if end is None:
            raise forms.ValidationError("There is no data yet.")
        start = cleaned.get("start") or end - timedelta(days=DEFAULT_DAYS - 1)
        if not timedelta(0) <= end - start < timedelta(days=MOST_DAYS):
            raise forms.ValidationError(f"Choose 1 to {MOST_DAYS} days, the first before the last.")
        return {"start": start, "end": end, "metric": cleaned.get("metric") or "revenue"}
