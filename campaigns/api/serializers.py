"""Shapes of requests and answers of the plans' API."""

from typing import Any

from django.urls import get_script_prefix
from rest_framework import serializers

from campaigns.briefs.parsing import LONGEST_BRIEF
from campaigns.models import ApprovalPolicy, IncrementalityAssumption, Plan, PlanCell


def operation_path(operation_id: object) -> str:
    """Where an operation is read, below the tenant's prefix when the request had one."""
    return f"{get_script_prefix()}api/v1/operations/{operation_id}/"


class BriefSerializer(serializers.Serializer[Any]):
    brief = serializers.CharField(max_length=LONGEST_BRIEF, help_text="What to plan, in plain language.")


class ParseBriefSerializer(BriefSerializer):
    by = serializers.ChoiceField(
        choices=["both", "model", "rules"],
        required=False,
        allow_blank=True,
        default="",
        help_text="Who reads: both, the model alone or the rules alone; empty as plans are made.",
    )


class DraftSerializer(BriefSerializer):
    name = serializers.CharField(max_length=160, required=False, allow_blank=True, default="")


class ConstraintsSerializer(serializers.Serializer[Any]):
    constraints = serializers.DictField(help_text="All constraints, as `POST /briefs/parse/` gives them.")


class AllocateSerializer(serializers.Serializer[Any]):
    method = serializers.ChoiceField(choices=Plan.Method.choices, default=Plan.Method.AUTO)


class CopySerializer(serializers.Serializer[Any]):
    name = serializers.CharField(
        max_length=160, required=False, allow_blank=True, default="", help_text="Empty: the plan's name and a number."
    )


class PlanSummarySerializer(serializers.ModelSerializer[Plan]):
    """A plan in a list."""

    state = serializers.CharField(source="live_state", help_text="draft, planning, proposed, infeasible, failed, …")
    budget = serializers.FloatField(allow_null=True)
    headline = serializers.SerializerMethodField(help_text="Expected outcome with its 90% interval; null before.")
    created_by = serializers.StringRelatedField[Any](allow_null=True)
    approved_by = serializers.StringRelatedField[Any](allow_null=True)

    class Meta:
        model = Plan
        fields: tuple[str, ...] = (
            "id",
            "name",
            "state",
            "version",
            "budget",
            "currency",
            "headline",
            "is_simulated",
            "created_by",
            "created_at",
            "updated_at",
            "approved_by",
            "approved_at",
        )

    def get_headline(self, plan: Plan) -> dict[str, Any] | None:
        return plan.shown.get("headline")


class PlanSerializer(PlanSummarySerializer):
    """A whole plan: what was asked, what is proposed, why, and how sure."""

    result = serializers.DictField(allow_null=True, read_only=True, help_text="The optimizer's answer; null before.")
    explanation = serializers.DictField(allow_null=True, read_only=True, help_text="Why, in words; null before.")
    operation = serializers.SerializerMethodField(help_text="Address of the latest planning operation.")
    unsolved = serializers.SerializerMethodField(help_text="After a change: why it has no split yet; empty if it has.")

    class Meta(PlanSummarySerializer.Meta):
        fields = (
            *PlanSummarySerializer.Meta.fields,
            "brief",
            "constraints",
            "parsed_by",
            "not_understood",
            "questions",
            "method",
            "history_start",
            "history_end",
            "horizon_days",
            "planned_at",
            "result",
            "explanation",
            "operation",
            "unsolved",
        )

    def get_operation(self, plan: Plan) -> str | None:
        return operation_path(plan.operation_id) if plan.operation_id else None

    def get_unsolved(self, plan: Plan) -> str:
        return str(self.context.get("unsolved", ""))


class PlanCellSerializer(serializers.ModelSerializer[PlanCell]):
    """One leaf of the split. Money per horizon in the plan's currency."""

    current_spend = serializers.FloatField()
    proposed_spend = serializers.FloatField()
    curve = serializers.DictField(allow_null=True, help_text="The fitted response; null where the data is too thin.")

    class Meta:
        model = PlanCell
        fields = (
            "id",
            "cell_key",
            "channel",
            "retailer_id",
            "retailer_name",
            "placement",
            "brand",
            "status",
            "reason",
            "current_spend",
            "proposed_spend",
            "expected",
            "marginal_roas",
            "margin_rate",
            "curve",
            "limited_by",
        )


class AssumptionSerializer(serializers.ModelSerializer[IncrementalityAssumption]):
    """Incrementality at one retailer: the share of attributed revenue that ads caused."""

    retailer_id = serializers.CharField(max_length=80)
    mean = serializers.DecimalField(max_digits=4, decimal_places=3, min_value=0, max_value=1)
    low = serializers.DecimalField(max_digits=4, decimal_places=3, min_value=0, max_value=1)
    high = serializers.DecimalField(max_digits=4, decimal_places=3, min_value=0, max_value=1)

    class Meta:
        model = IncrementalityAssumption
        fields = ("retailer_id", "mean", "low", "high", "source")
        extra_kwargs = {"source": {"required": True, "help_text": "Where the figures come from."}}


class ApprovalPolicySerializer(serializers.ModelSerializer[ApprovalPolicy]):
    """When plans may be approved; all three rules are given together."""

    largest_budget = serializers.DecimalField(
        max_digits=16, decimal_places=2, allow_null=True, help_text="In the plan's currency; null is no limit."
    )
    smallest_floor_probability = serializers.DecimalField(
        max_digits=4, decimal_places=3, help_text="A plan with a ROAS floor reaches it at least so probably, 0 to 1."
    )
    second_person_required = serializers.BooleanField(help_text="Whoever made a plan may not approve it.")

    class Meta:
        model = ApprovalPolicy
        fields = ("largest_budget", "smallest_floor_probability", "second_person_required")


class ParsedBriefSerializer(serializers.Serializer[Any]):
    constraints = serializers.DictField()
    not_understood = serializers.ListField(child=serializers.CharField())
    questions = serializers.ListField(child=serializers.CharField())
    by = serializers.CharField()


class OperationStartedSerializer(serializers.Serializer[Any]):
    operation = serializers.CharField(help_text="Poll this address; it links to the plan when done.")
    plan = serializers.CharField()
