"""Shapes of requests and answers of the training API."""

from typing import Any

from rest_framework import serializers

from agents.federation.axes import Axis
from campaigns.api.serializers import operation_path
from training.models import TrainingDataset, TrainingRun


class TrainingDatasetSerializer(serializers.ModelSerializer[TrainingDataset]):
    class Meta:
        model = TrainingDataset
        fields = (
            "id",
            "name",
            "version",
            "recipe",
            "origin",
            "train_count",
            "held_out_count",
            "left_out_count",
            "fingerprint",
            "findings",
            "is_simulated",
            "created_at",
        )
        read_only_fields = fields


class NewTrainingDatasetSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    recipe = serializers.ChoiceField(choices=TrainingDataset.recipe_choices)
    origin = serializers.ChoiceField(choices=TrainingDataset.Origin.choices, default="uploaded")
    rows_jsonl = serializers.CharField(
        default="", allow_blank=True, trim_whitespace=False, help_text="One JSON object a line; for `uploaded`."
    )
    held_out_jsonl = serializers.CharField(
        default="", allow_blank=True, trim_whitespace=False, help_text="Rows never trained on; empty: split by prompt."
    )
    is_simulated = serializers.BooleanField(default=False)


class TrainingRunSerializer(serializers.ModelSerializer[TrainingRun]):
    state = serializers.CharField(source="operation.state", default="done", read_only=True)
    operation = serializers.SerializerMethodField()

    class Meta:
        model = TrainingRun
        fields = (
            "id",
            "name",
            "recipe",
            "dataset",
            "axis",
            "member",
            "start_from",
            "dials",
            "seed",
            "base_digest",
            "state",
            "operation",
            "last_step",
            "step_count",
            "points",
            "scores",
            "seconds",
            "peak_bytes",
            "device",
            "resumed_at_step",
            "adapter_name",
            "adapter_version",
            "adapter_sha256",
            "created_at",
            "finished_at",
        )
        read_only_fields = fields

    def get_operation(self, run: TrainingRun) -> str | None:
        return operation_path(run.operation_id)


class NewTrainingRunSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120, default="", allow_blank=True)
    dataset = serializers.UUIDField()
    axis = serializers.ChoiceField(choices=[one.value for one in Axis])
    member = serializers.CharField(max_length=100)
    start_from = serializers.UUIDField(default=None, allow_null=True, help_text="Adapter that training goes on from.")
    dials = serializers.DictField(
        default=dict,
        help_text="epochs, learning_rate, rank, alpha, dropout, batch_size, max_tokens, beta, quantize, "
        "checkpoint_steps",
    )
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=None, allow_null=True)
