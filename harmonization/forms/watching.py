"""What people decide about anomalies, and how they filter them."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms

from harmonization.models import Anomaly, HeldDay

DECISIONS = (("acknowledged", "Acknowledged: we know"), ("explained", "Explained: we know why"), ("open", "Open again"))
DATE = forms.DateInput(attrs={"type": "date"})


class DecisionForm(forms.Form):
    """A decision about one anomaly."""

    state = forms.ChoiceField(label="Decision", choices=DECISIONS)
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What happened, for whoever looks at this day next. Needed for an explanation.",
    )


class AnomalyFilter(django_filters.FilterSet):
    """Anomalies by state, retailer, kind and day."""

    state = django_filters.ChoiceFilter(choices=Anomaly.State.choices, empty_label="Any state")
    kind = django_filters.ChoiceFilter(choices=Anomaly.Kind.choices, empty_label="Any kind")
    retailer = django_filters.CharFilter(field_name="retailer_id", label="Retailer")
    start = django_filters.DateFilter(field_name="event_date", lookup_expr="gte", label="Days from", widget=DATE)
    end = django_filters.DateFilter(field_name="event_date", lookup_expr="lte", label="Days to", widget=DATE)

    class Meta:
        model = Anomaly
        fields: list[str] = []

    def __init__(self, *args: Any, retailers: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if retailers:
            self.filters["retailer"].extra["widget"] = forms.Select(choices=[("", "Any retailer"), *retailers])


class HeldDayFilter(django_filters.FilterSet):
    """Held days by state, retailer and day."""

    state = django_filters.ChoiceFilter(choices=HeldDay.State.choices, empty_label="Any state")
    retailer = django_filters.CharFilter(field_name="retailer_id", label="Retailer")
    start = django_filters.DateFilter(field_name="event_date", lookup_expr="gte", label="Days from", widget=DATE)
    end = django_filters.DateFilter(field_name="event_date", lookup_expr="lte", label="Days to", widget=DATE)

    class Meta:
        model = HeldDay
        fields: list[str] = []
