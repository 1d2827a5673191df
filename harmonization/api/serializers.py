"""How imports, facts and mappings look in the API."""

from typing import Any

from rest_framework import serializers

from harmonization.models import DailyFact, ImportRun
from harmonization.rmis.registry import definition_of


class ImportSerializer(serializers.ModelSerializer[ImportRun]):
    """An import: counts, period, what its outcomes mean; money stands in facts and reconciliation."""

    operation = serializers.UUIDField(source="operation_id", read_only=True, help_text="The work, under /operations/.")
    uploaded_by = serializers.CharField(source="uploaded_by.email", default=None, read_only=True)
    problem = serializers.JSONField(read_only=True, help_text="Why it was refused: title, detail, where, fix.")

    class Meta:
        model = ImportRun
        fields: tuple[str, ...] = (
            "id",
            "file_name",
            "file_size",
            "file_sha256",
            "mapping_name",
            "mapping_version",
            "is_simulated",
            "state",
            "operation",
            "uploaded_by",
            "created_at",
            "finished_at",
            "rows_read",
            "rows_kept",
            "rows_rejected",
            "facts_written",
            "facts_restated",
            "retailers",
            "headline",
            "period_start",
            "period_end",
            "is_reconciled",
            "problem",
        )
        read_only_fields: tuple[str, ...] = fields


class ImportDetailSerializer(ImportSerializer):
    """An import with its quality report."""

    quality = serializers.JSONField(read_only=True)

    class Meta(ImportSerializer.Meta):
        fields: tuple[str, ...] = (*ImportSerializer.Meta.fields, "quality")
        read_only_fields: tuple[str, ...] = fields


class UploadSerializer(serializers.Serializer[Any]):
    """What is posted to take an export in."""

    file = serializers.FileField(
        allow_empty_file=True, max_length=None, help_text="CSV, XLSX, JSONL or Parquet, also gzipped."
    )
    mapping = serializers.CharField(
        required=False, help_text="Name of a mapping; detected from the header if left out."
    )


class AcceptedImportSerializer(serializers.Serializer[Any]):
    """An import that was queued, and the operation to follow."""

    import_id = serializers.UUIDField()
    operation_id = serializers.UUIDField()


class ReconciledDaySerializer(serializers.Serializer[Any]):
    """One day of a metric."""

    day = serializers.CharField(help_text="ISO 8601; empty for what has no day.")
    source = serializers.DecimalField(max_digits=None, decimal_places=None)  # type: ignore[assignment]  # our word
    harmonized = serializers.DecimalField(max_digits=None, decimal_places=None)
    difference = serializers.DecimalField(max_digits=None, decimal_places=None)
    reason = serializers.CharField()


class ReconciledMetricSerializer(serializers.Serializer[Any]):
    """A metric over the whole file, and its days."""

    metric = serializers.CharField()
    source = serializers.DecimalField(max_digits=None, decimal_places=None)  # type: ignore[assignment]  # our word
    harmonized = serializers.DecimalField(max_digits=None, decimal_places=None)
    difference = serializers.DecimalField(max_digits=None, decimal_places=None)
    is_exact = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField())
    days = ReconciledDaySerializer(many=True)


class RejectedRowSerializer(serializers.Serializer[Any]):
    """A row that could not be read."""

    row_number = serializers.CharField()
    reason = serializers.CharField()
    raw_row = serializers.CharField()


class RejectsSerializer(serializers.Serializer[Any]):
    """A stretch of the rejected rows; ``next_offset`` is null at the end."""

    total = serializers.IntegerField()
    next_offset = serializers.IntegerField(allow_null=True)
    results = RejectedRowSerializer(many=True)


class FactSerializer(serializers.ModelSerializer[DailyFact]):
    """One day of one item in one placement of one campaign; money in ``currency``, as text with six decimals."""

    import_id = serializers.UUIDField(source="import_run_id", read_only=True)
    is_current = serializers.SerializerMethodField(help_text="false when a later file restated the day.")

    class Meta:
        model = DailyFact
        fields = (
            "id",
            "import_id",
            "is_current",
            "event_date",
            "retailer_id",
            "retailer_name",
            "advertiser_id",
            "channel",
            "campaign_id",
            "campaign_name",
            "placement_type",
            "sku_id",
            "product_name",
            "brand",
            "currency",
            "impressions",
            "clicks",
            "cost",
            "revenue",
            "orders",
            "units",
            "ntb_revenue",
            "attribution_window_days",
            "touch",
            "scope",
        )
        read_only_fields = fields
        extra_kwargs = {name: {"help_text": definition_of(name)} for name in fields if definition_of(name)}

    def get_is_current(self, fact: DailyFact) -> bool:
        return fact.superseded_by_id is None
