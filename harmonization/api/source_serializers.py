"""How sources look in the API. Secrets go in by ``credential`` and come out nowhere."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field
from rest_framework import serializers

from harmonization.models import DataSource, SourceFile, SourceRun
from harmonization.services.sources import SourceSettings
from harmonization.timing.schedule import Schedule

FILES_SHOWN = 500
SECRETS = {"client_id": "amzn1.…", "client_secret": "amzn1.oa2-cs…", "refresh_token": "Atzr|…"}
WISH = {
    "name": "Amazon US",
    "kind": "amazon_ads",
    "retailer": "Amazon",
    "mapping": "",
    "options": {"region": "NA", "profile_id": "1234567890", "report": "advertised_product"},
    "every_minutes": None,
    "daily_at": "06:30:00",
    "timezone": "America/Los_Angeles",
}
SOURCE = {
    "id": "01997c5e-7d3a-7c31-9d5e-0c8d6a1b2c3d",
    **WISH,
    "is_enabled": True,
    "next_run_at": "2026-06-21T13:30:00Z",
    "last_run_at": "2026-06-20T13:30:00Z",
    "last_success_at": "2026-06-20T13:52:00Z",
    "last_error": None,
    "credential": {"set_at": "2026-06-01T09:00:00Z", "set_by": "ann@example.com", "last_four": "4f7c"},
}
RUN = {
    "id": "01997c5e-7d3b-7f02-8a51-6b7c8d9e0f11",
    "operation": "01997c5e-7d3b-7f02-8a51-6b7c8d9e0f10",
    "state": "done",
    "asked_by": None,
    "started_at": "2026-06-20T13:30:00Z",
    "finished_at": "2026-06-20T13:52:00Z",
    "files_seen": 1,
    "files_taken": 1,
    "files_skipped": 0,
    "files_failed": 0,
    "note": "",
    "problem": None,
}
FILE = {
    "name": "amazon-ads-spAdvertisedProduct-2026-06-06-to-2026-06-19.json.gz",
    "size": None,
    "modified_at": None,
    "state": "taken",
    "import_id": "01997c5e-7d3a-7c31-9d5e-0c8d6a1b2c3e",
    "problem": None,
}
WISH_EXAMPLE = OpenApiExample("A source", value={**WISH, "credential": SECRETS}, request_only=True)
SOURCE_EXAMPLE = OpenApiExample("A source", value=SOURCE, response_only=True)
RUN_EXAMPLE = OpenApiExample("A run", value=RUN, response_only=True)
RUN_DETAIL_EXAMPLE = OpenApiExample("A run with its files", value={**RUN, "files": [FILE]}, response_only=True)
CREDENTIAL_EXAMPLE = OpenApiExample("Secrets", value=SECRETS, request_only=True)
ANSWER_EXAMPLE = OpenApiExample(
    "It works", value={"detail": "The profile answers: Acme, US, USD, America/Los_Angeles."}, response_only=True
)


class CredentialStandingSerializer(serializers.Serializer[Any]):
    """That there are secrets: when they were set, by whom, and their last four characters."""

    set_at = serializers.DateTimeField()
    set_by = serializers.CharField(source="set_by.email", default=None, allow_null=True)
    last_four = serializers.CharField()


class SourceSerializer(serializers.ModelSerializer[DataSource]):
    """A source and how it stands."""

    mapping = serializers.CharField(source="mapping_name", help_text="Empty: detected from each file's header.")
    options = serializers.DictField(child=serializers.CharField())
    last_error = serializers.JSONField(help_text="The problem of the last run; null when it ended well.")
    credential = CredentialStandingSerializer(read_only=True, allow_null=True)

    class Meta:
        model = DataSource
        fields = tuple(SOURCE)
        read_only_fields = fields


class ChangedSourceSerializer(serializers.Serializer[Any]):
    """What a person decides about a source."""

    name = serializers.CharField(max_length=80)
    retailer = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    mapping = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    options = serializers.DictField(child=serializers.CharField(max_length=500, allow_blank=True))
    every_minutes = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    daily_at = serializers.TimeField(required=False, allow_null=True, default=None)
    timezone = serializers.CharField(max_length=64, required=False, default="UTC")

    def wish(self) -> SourceSettings:
        sent = self.validated_data
        schedule = Schedule(every_minutes=sent["every_minutes"], daily_at=sent["daily_at"], timezone=sent["timezone"])
        return SourceSettings(
            name=sent["name"],
            retailer=sent["retailer"],
            mapping_name=sent["mapping"],
            options=sent["options"],
            schedule=schedule,
        )


class NewSourceSerializer(ChangedSourceSerializer):
    """A source to set up; its secrets may come with it."""

    kind = serializers.CharField(max_length=40)
    credential = serializers.DictField(
        child=serializers.CharField(max_length=10_000),
        required=False,
        write_only=True,
        help_text="Secrets, never returned.",
    )


class SourceRunSerializer(serializers.ModelSerializer[SourceRun]):
    """A run and its counts."""

    operation = serializers.UUIDField(source="operation_id", help_text="The work, under /operations/.")
    asked_by = serializers.CharField(source="asked_by.email", default=None, allow_null=True)
    problem = serializers.JSONField(source="shown_problem")

    class Meta:
        model = SourceRun
        fields: tuple[str, ...] = tuple(RUN)
        read_only_fields: tuple[str, ...] = fields


class SourceFileSerializer(serializers.ModelSerializer[SourceFile]):
    """One file that was new to a run."""

    import_id = serializers.UUIDField(source="import_run_id", allow_null=True)
    problem = serializers.JSONField()

    class Meta:
        model = SourceFile
        fields = tuple(FILE)
        read_only_fields = fields


class SourceRunDetailSerializer(SourceRunSerializer):
    """A run with its files, at most 500."""

    files = serializers.SerializerMethodField()

    class Meta(SourceRunSerializer.Meta):
        fields = (*SourceRunSerializer.Meta.fields, "files")
        read_only_fields = fields

    @extend_schema_field(SourceFileSerializer(many=True))
    def get_files(self, run: SourceRun) -> Any:
        return SourceFileSerializer(run.files.all()[:FILES_SHOWN], many=True).data


class TestAnswerSerializer(serializers.Serializer[Any]):
    """What was reached."""

    __test__ = False
    detail = serializers.CharField()
