"""How mappings, their versions, proposals and alarms look in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from harmonization.mapping.safe_yaml import MAX_BYTES
from harmonization.models import DriftAlarm
from harmonization.selectors.mapping_lines import mapping_lines
from harmonization.selectors.mapping_versions import KnownMapping


class MappingLineSerializer(serializers.Serializer[Any]):
    """What becomes of one group of source columns."""

    source_columns = serializers.ListField(child=serializers.CharField())
    rmis_field = serializers.CharField(help_text="Empty for columns left out on purpose.")
    part = serializers.ChoiceField(choices=["field", "outcome", "check", "ignored"])
    qualifier = serializers.CharField()
    transform = serializers.CharField()
    definition = serializers.CharField()


class MappingSerializer(serializers.Serializer[Any]):
    """A layout that is known, in its current version."""

    name = serializers.CharField()
    title = serializers.CharField()
    version = serializers.CharField()
    number = serializers.IntegerField(help_text="0: the mapping that comes with the site.")
    is_own = serializers.BooleanField(help_text="Whether this workspace keeps it.")
    columns = MappingLineSerializer(many=True)


class MappingVersionSerializer(serializers.Serializer[Any]):
    """One version of a mapping; versions never change."""

    name = serializers.CharField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    note = serializers.CharField()
    fingerprint = serializers.CharField(help_text="SHA-256 of the text, hexadecimal.")
    parent_number = serializers.IntegerField(allow_null=True, help_text="The version it was made from.")
    created_at = serializers.DateTimeField(allow_null=True)
    created_by = serializers.CharField(allow_null=True)
    text = serializers.CharField(help_text="The mapping file (YAML).")


class NewVersionSerializer(serializers.Serializer[Any]):
    """A text to be kept as the next version."""

    text = serializers.CharField(max_length=MAX_BYTES, trim_whitespace=False)
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    parent_number = serializers.IntegerField(
        allow_null=True,
        min_value=0,
        max_value=1_000_000,
        help_text="The version that was edited: 0 the site's own; null for a new name.",
    )


@extend_schema_serializer(component_name="MappingDifference")
class DifferenceSerializer(serializers.Serializer[Any]):
    """A column or setting that changed."""

    subject = serializers.CharField()
    before = serializers.CharField(help_text="Empty where it was not there.")
    after = serializers.CharField(help_text="Empty where it is not there any more.")


class DifferencesSerializer(serializers.Serializer[Any]):
    """What differs between two versions."""

    changes = DifferenceSerializer(many=True)
    text = serializers.CharField(help_text="Unified difference of the two texts.")


class AcceptedTrialSerializer(serializers.Serializer[Any]):
    """The operation whose result has every file with rows and totals before and after."""

    operation_id = serializers.UUIDField()


class ProposalRequestSerializer(serializers.Serializer[Any]):
    """A file, or an import whose file is looked at."""

    file = serializers.FileField(required=False, allow_empty_file=True, max_length=None)
    import_id = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError("Send either a file or an import_id.")
        return attrs


class ProposedColumnSerializer(serializers.Serializer[Any]):
    """What one column is proposed to be; ``field`` is null where nothing is certain enough."""

    source_column = serializers.CharField()
    field = serializers.CharField(source="meaning", allow_null=True)
    window = serializers.CharField(allow_null=True)
    touch = serializers.CharField(allow_null=True)
    scope = serializers.CharField(allow_null=True)
    transform = serializers.CharField()
    confidence = serializers.FloatField()
    why = serializers.CharField()


class OptionSerializer(serializers.Serializer[Any]):
    """One answer."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # our word


class QuestionSerializer(serializers.Serializer[Any]):
    """Something a person must confirm."""

    key = serializers.CharField()
    text = serializers.CharField()
    options = OptionSerializer(many=True)
    proposed = serializers.CharField()
    why = serializers.CharField()


class MappingProposalSerializer(serializers.Serializer[Any]):
    """A proposal for one file."""

    columns = ProposedColumnSerializer(many=True)
    text = serializers.CharField(help_text="The mapping file (YAML).")
    questions = QuestionSerializer(many=True)
    problem = serializers.CharField(help_text="Why the text cannot be used yet; empty where it can.")


class HeaderChangeSerializer(serializers.Serializer[Any]):
    """One change of a header and what it means."""

    kind = serializers.ChoiceField(choices=["missing", "renamed", "removed", "added", "reordered"])
    column = serializers.CharField()
    was = serializers.CharField(help_text="The old name of a renamed column.")
    meaning = serializers.CharField()
    suggestion = serializers.CharField(help_text="What a new column seems to be; empty where nothing is certain.")


class DriftAlarmSerializer(serializers.ModelSerializer[DriftAlarm]):
    """A known layout came with another header."""

    changes = HeaderChangeSerializer(many=True, read_only=True)
    import_id = serializers.UUIDField(source="import_run_id", read_only=True, allow_null=True)
    draft_id = serializers.UUIDField(read_only=True, allow_null=True)

    class Meta:
        model = DriftAlarm
        fields = (
            "id",
            "mapping_name",
            "mapping_number",
            "file_name",
            "import_id",
            "draft_id",
            "is_refused",
            "changes",
            "created_at",
            "acknowledged_at",
        )
        read_only_fields = fields


def mapping_body(known: KnownMapping) -> dict[str, Any]:
    """A mapping as the list shows it."""
    return {
        "name": known.name,
        "title": known.title,
        "version": known.mapping.full_version,
        "number": known.number,
        "is_own": known.is_own,
        "columns": mapping_lines(mapping=known.mapping),
    }


def version_body(known: KnownMapping) -> dict[str, Any]:
    """A version with its text."""
    row = known.version
    return {
        "name": known.name,
        "number": known.number,
        "title": known.title,
        "note": known.note,
        "fingerprint": known.fingerprint,
        "parent_number": row.parent_number if row else None,
        "created_at": row.created_at if row else None,
        "created_by": row.created_by.email if row and row.created_by else None,
        "text": known.text,
    }
