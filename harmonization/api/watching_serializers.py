"""How anomalies, held days, calendars, histories and differences look in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from harmonization.forms.watching import DECISIONS
from harmonization.models import Anomaly, HeldDay
from harmonization.selectors.calendar import DayState


class AnomalySerializer(serializers.ModelSerializer[Anomaly]):
    """Something odd about one source and day, and what people decided about it."""

    import_id = serializers.UUIDField(source="import_run_id", read_only=True, allow_null=True)
    decided_by = serializers.CharField(source="decided_by.email", default=None, read_only=True)

    class Meta:
        model = Anomaly
        fields = (
            "id",
            "retailer_id",
            "event_date",
            "kind",
            "campaign_id",
            "metric",
            "summary",
            "observed",
            "expected",
            "oddness",
            "odds",
            "cause",
            "advice",
            "state",
            "note",
            "decided_by",
            "decided_at",
            "found_at",
            "last_found_at",
            "import_id",
        )
        read_only_fields = fields


@extend_schema_serializer(component_name="AnomalyDecision")
class DecisionSerializer(serializers.Serializer[Any]):
    """A decision about an anomaly."""

    state = serializers.ChoiceField(choices=[state for state, _ in DECISIONS])
    note = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=2_000, help_text="Needed for “explained”."
    )


class HeldDaySerializer(serializers.ModelSerializer[HeldDay]):
    """A day that a partial file would have shrunk; its old version counts until somebody decides."""

    import_id = serializers.UUIDField(source="import_run_id", read_only=True)
    file_name = serializers.CharField(source="import_run.file_name", read_only=True)
    decided_by = serializers.CharField(source="decided_by.email", default=None, read_only=True)

    class Meta:
        model = HeldDay
        fields = (
            "id",
            "retailer_id",
            "event_date",
            "state",
            "reason",
            "facts_before",
            "facts_after",
            "cost_before",
            "cost_after",
            "currency",
            "import_id",
            "file_name",
            "held_at",
            "decided_by",
            "decided_at",
        )
        read_only_fields = fields


class CalendarDaySerializer(serializers.Serializer[Any]):
    """One source on one day."""

    day = serializers.DateField()
    state = serializers.ChoiceField(choices=[state.value for state in DayState])
    versions = serializers.IntegerField(help_text="How often the day was written; 0 without data.")
    is_final = serializers.BooleanField(allow_null=True, help_text="null where the source's rule is not known.")


class CalendarRowSerializer(serializers.Serializer[Any]):
    """One source over the period."""

    retailer_id = serializers.CharField()
    retailer_name = serializers.CharField()
    days = CalendarDaySerializer(many=True)


class DayFiguresSerializer(serializers.Serializer[Any]):
    """Totals of a day in one currency; amounts as text."""

    currency = serializers.CharField()
    facts = serializers.IntegerField()
    impressions = serializers.IntegerField()
    clicks = serializers.IntegerField()
    cost = serializers.DecimalField(max_digits=None, decimal_places=None)
    revenue = serializers.DecimalField(max_digits=None, decimal_places=None)
    orders = serializers.DecimalField(max_digits=None, decimal_places=None)
    units = serializers.DecimalField(max_digits=None, decimal_places=None)


class VersionSerializer(serializers.Serializer[Any]):
    """One version of a day, and what it changed from the one before."""

    number = serializers.IntegerField()
    import_id = serializers.UUIDField()
    file_name = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    recorded_by = serializers.CharField(help_text="E-mail; empty for the system.")
    is_final = serializers.BooleanField(allow_null=True)
    figures = DayFiguresSerializer(many=True)
    changes = serializers.DictField(
        child=serializers.DictField(child=serializers.DecimalField(max_digits=None, decimal_places=None)),
        help_text="Per currency and figure: this version minus the one before.",
    )


class DayHistorySerializer(serializers.Serializer[Any]):
    """A source's day: all versions and, where ``as_of`` was asked for, the figures known then."""

    retailer_id = serializers.CharField()
    day = serializers.DateField()
    versions = VersionSerializer(many=True)
    as_of = serializers.DateTimeField(allow_null=True)
    figures = DayFiguresSerializer(many=True, help_text="As of that moment, or now.")


class ReasonLineSerializer(serializers.Serializer[Any]):
    """One thing that can make figures differ."""

    title = serializers.CharField()
    text = serializers.CharField()
    amount = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True)


@extend_schema_serializer(component_name="ReasonCandidate")
class CandidateSerializer(serializers.Serializer[Any]):
    """One reason tried on the console's figure."""

    reason = serializers.CharField()
    sentence = serializers.CharField()
    predicted = serializers.DecimalField(max_digits=None, decimal_places=None)
    left = serializers.DecimalField(max_digits=None, decimal_places=None)


class ExplanationSerializer(serializers.Serializer[Any]):
    """The reason that explains the console's figure best; ``best`` is null where none does."""

    console = serializers.DecimalField(max_digits=None, decimal_places=None)
    gap = serializers.DecimalField(max_digits=None, decimal_places=None)
    best = CandidateSerializer(allow_null=True)
    unexplained = serializers.DecimalField(max_digits=None, decimal_places=None)
    candidates = CandidateSerializer(many=True)
    hint = serializers.CharField()


class DifferenceSerializer(serializers.Serializer[Any]):
    """The file's total beside ours, the reasons known, and the explanation of a console's figure."""

    metric = serializers.CharField()
    currency = serializers.CharField()
    source = serializers.DecimalField(  # type: ignore[assignment]  # our word for what the file states
        max_digits=None, decimal_places=None, allow_null=True
    )
    harmonized = serializers.DecimalField(max_digits=None, decimal_places=None)
    difference = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True)
    lines = ReasonLineSerializer(many=True)
    explanation = ExplanationSerializer(allow_null=True)


class SourceFreshnessSerializer(serializers.Serializer[Any]):
    """How new a source's data is, and when the next is due."""

    retailer_id = serializers.CharField()
    retailer_name = serializers.CharField()
    first_event_date = serializers.DateField()
    last_event_date = serializers.DateField()
    last_import_at = serializers.DateTimeField(allow_null=True)
    interval_days = serializers.IntegerField(allow_null=True, help_text="null until four imports brought new days.")
    due_on = serializers.DateField(allow_null=True)
    late_days = serializers.IntegerField()
