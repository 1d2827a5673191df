"""How imports, facts and mappings look in the API."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rest_framework import serializers

from harmonization.comparison.rates import FoundRate, converted
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


def _convention(name: str, kind: type[serializers.Field[Any, Any, Any, Any]]) -> Any:
    """A field that says how the import means its figures; null where its mapping does not say."""
    return kind(
        source=f"import_run.conventions.{name}",
        default=None,
        read_only=True,
        allow_null=True,
        help_text=definition_of(name),
    )


class FactSerializer(serializers.ModelSerializer[DailyFact]):
    """One day of one item in one placement of one campaign; money in ``currency``, as text with six decimals.

    ``cost_reporting`` is null where no rate of the day, or of few days before it, is known.
    """

    import_id = serializers.UUIDField(source="import_run_id", read_only=True)
    is_current = serializers.SerializerMethodField(help_text="false when a later file restated the day.")

    date_basis = _convention("date_basis", serializers.CharField)
    vat_included = _convention("vat_included", serializers.BooleanField)
    vat_rate = _convention("vat_rate", serializers.CharField)
    reporting_currency = serializers.SerializerMethodField(help_text=definition_of("reporting_currency"))
    cost_reporting = serializers.SerializerMethodField(help_text=definition_of("cost_reporting"))
    fx_rate = serializers.SerializerMethodField(help_text=definition_of("fx_rate"))
    fx_date = serializers.SerializerMethodField(help_text=definition_of("fx_date"))

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
            "date_basis",
            "vat_included",
            "vat_rate",
            "reporting_currency",
            "cost_reporting",
            "fx_rate",
            "fx_date",
        )
        read_only_fields = fields
        extra_kwargs = {name: {"help_text": definition_of(name)} for name in fields if definition_of(name)}

    def get_is_current(self, fact: DailyFact) -> bool:
        return fact.superseded_by_id is None

    def get_reporting_currency(self, fact: DailyFact) -> str | None:
        return self.context.get("reporting_currency") or None

    def get_cost_reporting(self, fact: DailyFact) -> str | None:
        found = self._rate(fact)
        return str(converted(amount=fact.cost, by=found)) if found else None

    def get_fx_rate(self, fact: DailyFact) -> str | None:
        found = self._rate(fact)
        return f"{found.rate:f}" if found else None

    def get_fx_date(self, fact: DailyFact) -> date | None:
        found = self._rate(fact)
        return (found.day or fact.event_date) if found else None

    def _rate(self, fact: DailyFact) -> FoundRate | None:
        rates: Mapping[tuple[str, date], FoundRate] = self.context.get("rates", {})
        return rates.get((fact.currency, fact.event_date))
