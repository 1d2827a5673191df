"""Shapes of requests and answers of the experiments' API."""

from typing import Any

from rest_framework import serializers

from campaigns.api.serializers import operation_path
from campaigns.forms.experiments import GEO_METHODS
from campaigns.models import Experiment


class WishSerializer(serializers.Serializer[Any]):
    """What a design is asked for; which fields are needed depends on the design."""

    unit = serializers.CharField(required=False, help_text="Column of the geo.")
    time = serializers.CharField(required=False, help_text="Column of the day.")
    outcome = serializers.CharField(required=False, help_text="Column of the outcome.")
    sizes = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, help_text="Geos treated."
    )
    periods = serializers.IntegerField(min_value=1, max_value=366, help_text="Days.")
    method = serializers.ChoiceField(choices=GEO_METHODS, required=False)
    alpha = serializers.FloatField(min_value=0.01, max_value=0.5, default=0.1)
    power = serializers.FloatField(min_value=0.5, max_value=0.99, default=0.8)
    expected_iroas = serializers.FloatField(min_value=0.01, required=False, allow_null=True)
    block = serializers.IntegerField(min_value=1, required=False, help_text="Switchback: days a block lasts.")
    washout = serializers.IntegerField(min_value=0, required=False, help_text="Switchback: days unread after a switch.")
    daily_budget = serializers.FloatField(min_value=0.01, required=False, help_text="Pacing: usual spend of a day.")
    swing = serializers.FloatField(
        min_value=0.01, max_value=1, required=False, help_text="Pacing: how much more and less, as a share."
    )
    base_rate = serializers.FloatField(required=False, help_text="Holdout: conversions per person without ads.")
    lift = serializers.FloatField(required=False, help_text="Holdout: smallest relative lift worth seeing.")
    holdout_share = serializers.FloatField(required=False)


class NewExperimentSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=160)
    hypothesis = serializers.CharField(help_text="One sentence that the test can prove wrong.")
    design = serializers.ChoiceField(choices=Experiment.Design.choices)
    retailers = serializers.ListField(child=serializers.CharField(max_length=80), default=list)
    brand = serializers.CharField(max_length=120, default="", allow_blank=True)
    outcome_unit = serializers.ChoiceField(choices=Experiment.OutcomeUnit.choices, default="revenue")
    planned_spend = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, default=None, allow_null=True
    )
    currency = serializers.RegexField(r"^[A-Z]{3}$", help_text="ISO code.")
    history_csv = serializers.CharField(
        default="", allow_blank=True, trim_whitespace=False, help_text="Geo, pacing: CSV text, a row per geo and day."
    )
    wish = WishSerializer()


class RegisterSerializer(serializers.Serializer[Any]):
    candidate = serializers.IntegerField(min_value=0, help_text="Place in `candidates`, from 0.")
    start_on = serializers.DateField(help_text="First day of the test, after the history's last.")


class ResultsSerializer(serializers.Serializer[Any]):
    results_csv = serializers.CharField(trim_whitespace=False, help_text="CSV text with the registered columns.")
    cost = serializers.CharField(default="", allow_blank=True, help_text="Column of the cost; without it no iROAS.")


class ExperimentSummarySerializer(serializers.ModelSerializer[Experiment]):
    """An experiment in a list."""

    verdict = serializers.SerializerMethodField(help_text="The readout in one sentence; null before.")
    created_by = serializers.StringRelatedField[Any](allow_null=True)

    class Meta:
        model = Experiment
        fields: tuple[str, ...] = (
            "id",
            "name",
            "design",
            "state",
            "retailers",
            "brand",
            "start_on",
            "end_on",
            "planned_spend",
            "currency",
            "registration_digest",
            "verdict",
            "created_by",
            "created_at",
            "registered_at",
            "read_at",
        )

    def get_verdict(self, experiment: Experiment) -> str | None:
        return (experiment.readout or {}).get("verdict")


class ExperimentSerializer(ExperimentSummarySerializer):
    """A whole experiment: what was asked, its designs, what was frozen, what was found."""

    frozen = serializers.DictField(read_only=True, help_text="The registered design; empty before.")
    candidates = serializers.ListField(read_only=True, help_text="Designs to choose from.")
    readout = serializers.DictField(allow_null=True, read_only=True, help_text="As `analyze_experiment`, with its SQL.")
    operation = serializers.SerializerMethodField(help_text="Address of the latest operation.")
    problem = serializers.SerializerMethodField(help_text="Why the latest operation failed; null otherwise.")

    class Meta(ExperimentSummarySerializer.Meta):
        fields = (
            *ExperimentSummarySerializer.Meta.fields,
            "hypothesis",
            "outcome_unit",
            "wish",
            "candidates",
            "frozen",
            "readout",
            "applied",
            "stop_reason",
            "operation",
            "problem",
        )

    def get_operation(self, experiment: Experiment) -> str | None:
        return operation_path(experiment.operation.pk) if experiment.operation else None

    def get_problem(self, experiment: Experiment) -> dict[str, Any] | None:
        return experiment.operation.problem if experiment.operation else None
