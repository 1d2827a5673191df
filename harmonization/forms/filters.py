"""Filters whose whole state is in the address, for pages and API alike."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from harmonization.models import DailyFact, ImportRun
from harmonization.models.daily_fact import DailyFactQuerySet
from harmonization.models.import_run import ImportRunQuerySet

DATE = forms.DateInput(attrs={"type": "date"})


class ImportFilter(django_filters.FilterSet):
    """Imports by state, retailer, mapping and the days their data is about."""

    state = django_filters.ChoiceFilter(choices=ImportRun.State.choices, empty_label="Any state")
    retailer = django_filters.CharFilter(method="of_retailer", label="Retailer")
    mapping = django_filters.CharFilter(field_name="mapping_name", label="Mapping", widget=forms.HiddenInput)
    start = django_filters.DateFilter(method="from_day", label="Data from", widget=DATE)
    end = django_filters.DateFilter(method="to_day", label="Data to", widget=DATE)

    class Meta:
        model = ImportRun
        fields: list[str] = []

    def __init__(self, *args: Any, retailers: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if retailers:
            self.filters["retailer"].extra["widget"] = forms.Select(choices=[("", "Any retailer"), *retailers])

    def of_retailer(self, rows: ImportRunQuerySet, name: str, value: str) -> ImportRunQuerySet:
        return rows.of_retailer(value)

    def from_day(self, rows: ImportRunQuerySet, name: str, value: date) -> ImportRunQuerySet:
        return rows.about_period(value, None)

    def to_day(self, rows: ImportRunQuerySet, name: str, value: date) -> ImportRunQuerySet:
        return rows.about_period(None, value)


class FactFilter(django_filters.FilterSet):
    """Daily facts by day, retailer, campaign, placement, item, brand and currency."""

    start = django_filters.DateFilter(field_name="event_date", lookup_expr="gte", help_text="First day, included.")
    end = django_filters.DateFilter(field_name="event_date", lookup_expr="lte", help_text="Last day, included.")
    retailer = django_filters.CharFilter(field_name="retailer_id")
    advertiser = django_filters.CharFilter(field_name="advertiser_id")
    channel = django_filters.CharFilter()
    campaign = django_filters.CharFilter(field_name="campaign_id")
    placement = django_filters.CharFilter(field_name="placement_type")
    sku = django_filters.CharFilter(field_name="sku_id")
    brand = django_filters.CharFilter()
    currency = django_filters.CharFilter()
    import_id = django_filters.UUIDFilter(field_name="import_run_id")
    superseded = django_filters.BooleanFilter(
        method="with_superseded", help_text="true: also facts that a later file restated."
    )
    as_of = django_filters.IsoDateTimeFilter(
        method="known_at", help_text="Facts as they were known at this moment (ISO 8601, with its offset)."
    )

    class Meta:
        model = DailyFact
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[DailyFact]) -> Any:
        rows = super().filter_queryset(queryset)
        chosen = self.form.cleaned_data
        return rows if chosen.get("superseded") or chosen.get("as_of") else rows.filter(superseded_by=None)

    def known_at(self, rows: DailyFactQuerySet, name: str, value: datetime) -> DailyFactQuerySet:
        return rows.known_at(value)

    def with_superseded(self, rows: QuerySet[DailyFact], name: str, value: bool) -> QuerySet[DailyFact]:
        return rows
