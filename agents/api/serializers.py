"""How adapters and compositions look in the API."""

from typing import Any

from rest_framework import serializers

from agents.federation.strategies import Strategy
from agents.services.promotion import MOST_PERCENT


class EvaluationSerializer(serializers.Serializer[Any]):
    """One suite's newest result on an adapter, alone on the base."""

    suite = serializers.CharField()
    score = serializers.FloatField(help_text="Share of cases, 0 to 1.")
    low = serializers.FloatField()
    high = serializers.FloatField()
    cases = serializers.IntegerField()
    passed = serializers.BooleanField()
    run = serializers.CharField()
    evaluated_at = serializers.DateTimeField()


class AdapterSerializer(serializers.Serializer[Any]):
    """One version of one adapter. Where its file lies is nobody's business."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    axis = serializers.CharField()
    member = serializers.CharField(allow_blank=True)
    owner = serializers.CharField(help_text="shared or workspace")
    state = serializers.CharField()
    canary_percent = serializers.IntegerField(help_text="Share of questions it is tried on; 0 where it is not.")
    rank = serializers.IntegerField()
    alpha = serializers.FloatField()
    targets = serializers.ListField(child=serializers.CharField())
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    base_digest = serializers.CharField()
    trained_against = serializers.ListField(child=serializers.CharField())
    training_data = serializers.DictField()
    evaluations = EvaluationSerializer(many=True)
    registered_at = serializers.DateTimeField()
    promoted_at = serializers.DateTimeField(allow_null=True)


class TrialSerializer(serializers.Serializer[Any]):
    """On which share of questions a version is tried."""

    percent = serializers.IntegerField(min_value=1, max_value=MOST_PERCENT)


class CompositionRequestSerializer(serializers.Serializer[Any]):
    """For which task, retailer and brand; names of places, never of adapters or files."""

    task = serializers.CharField(max_length=100)
    retailer = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    brand = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    strategy = serializers.ChoiceField(
        choices=[one.value for one in Strategy], required=False, default=Strategy.CONCATENATED.value
    )


class MemberSerializer(serializers.Serializer[Any]):
    """An adapter that serves in a composition."""

    axis = serializers.CharField()
    member = serializers.CharField(allow_blank=True)
    adapter = serializers.CharField()
    sha256 = serializers.CharField()


class LeftOutSerializer(serializers.Serializer[Any]):
    """A wanted adapter that does not serve, and why."""

    axis = serializers.CharField()
    member = serializers.CharField(allow_blank=True)
    why = serializers.CharField()


class CompositionSerializer(serializers.Serializer[Any]):
    """What serves together; without members the base model alone."""

    digest = serializers.CharField(allow_blank=True)
    strategy = serializers.CharField()
    rank = serializers.IntegerField()
    bytes = serializers.IntegerField()
    members = MemberSerializer(many=True)
    left_out = LeftOutSerializer(many=True)
    from_cache = serializers.BooleanField()
    seconds = serializers.FloatField()


class HealthSerializer(serializers.Serializer[Any]):
    """Whether the model runtime answers."""

    is_ready = serializers.BooleanField()
    detail = serializers.CharField(allow_blank=True)
    device = serializers.CharField(allow_blank=True)
    loaded_count = serializers.IntegerField(help_text="Adapters it holds.")
    loaded_bytes = serializers.IntegerField()
