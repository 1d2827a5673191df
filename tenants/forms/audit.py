"""The filters of the audit log: on its page, and in the API."""

from datetime import UTC, datetime
from typing import Any

import django_filters
from django import forms
from django_filters.fields import IsoDateTimeField

from tenants.forms.operations import ANY
from tenants.models import AuditEvent


class AuditFilter(forms.Form):
    """Kind, actor, days and subject, kept in the page's address."""

    actor = forms.CharField(required=False, max_length=254, label="Who")
    first_day = forms.DateField(required=False, label="From", widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(required=False, label="To", widget=forms.DateInput(attrs={"type": "date"}))
    about = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(required=False, choices=[ANY, *((kind, kind) for kind in kinds)])


class MomentField(IsoDateTimeField):
    """A moment in ISO 8601 as UTC, where every offset that Python reads is one that the database reads."""

    def to_python(self, value: Any) -> datetime | None:
        moment: datetime | None = super().to_python(value)
        try:
            return None if moment is None else moment.astimezone(UTC)
        except OverflowError as error:
            raise forms.ValidationError("Enter a moment between the years 1 and 9999.") from error


class MomentFilter(django_filters.IsoDateTimeFilter):
    """A filter by a moment."""

    field_class = MomentField


class AuditEventFilter(django_filters.FilterSet):
    """Events by kind, actor, subject and time, in the API."""

    kind = django_filters.CharFilter()
    actor_label = django_filters.CharFilter()
    about_id = django_filters.CharFilter()
    occurred_at__gte = MomentFilter(field_name="occurred_at", lookup_expr="gte")
    occurred_at__lt = MomentFilter(field_name="occurred_at", lookup_expr="lt")

    class Meta:
        model = AuditEvent
        fields: list[str] = []
