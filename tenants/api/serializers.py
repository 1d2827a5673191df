"""Operations, tokens, audit events and the caller, as the API writes them."""

from datetime import timedelta
from typing import Any

from rest_framework import serializers

from tenants.models import ApiToken, AuditEvent, Operation, Tenant
from tenants.permissions import Action, Role


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457 problem details."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField(help_text="The request id that logs and support share.")
    where = serializers.CharField(required=False)
    fix = serializers.CharField(required=False)
    errors = serializers.DictField(  # type: ignore[assignment]  # RFC 9457 extension, by field
        required=False, help_text="By field, when fields are not right."
    )


class FailureSerializer(serializers.Serializer[Any]):
    """Why an operation failed."""

    title = serializers.CharField()
    detail = serializers.CharField()
    where = serializers.CharField(required=False, allow_blank=True)
    fix = serializers.CharField(required=False, allow_blank=True)


class OperationSerializer(serializers.ModelSerializer[Operation]):
    """Long work: poll until ``state`` is done, failed or cancelled."""

    state = serializers.ChoiceField(choices=Operation.State.choices, read_only=True)
    problem = FailureSerializer(read_only=True, allow_null=True)
    result = serializers.DictField(read_only=True, allow_null=True)
    result_url = serializers.CharField(read_only=True, help_text="Where in the portal to look, inside the tenant.")

    class Meta:
        model = Operation
        fields = (
            "id", "kind", "title", "state", "percent", "step", "result", "result_url", "problem", "attempt",
            "cancel_requested", "created_at", "started_at", "finished_at",
        )  # fmt: skip
        read_only_fields = fields


class AuditEventSerializer(serializers.ModelSerializer[AuditEvent]):
    """One row of the hash chain."""

    before = serializers.DictField(read_only=True, allow_null=True)
    after = serializers.DictField(read_only=True, allow_null=True)

    class Meta:
        model = AuditEvent
        fields = (
            "sequence", "id", "occurred_at", "actor_id", "actor_label", "kind", "about_type", "about_id",
            "about_label", "before", "after", "request_id", "previous_hash", "hash",
        )  # fmt: skip
        read_only_fields = fields


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A token without its secret."""

    user = serializers.EmailField(source="user.email", read_only=True)
    scopes = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = ApiToken
        fields: tuple[str, ...] = (
            "id", "name", "prefix", "user", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at",
        )  # fmt: skip
        read_only_fields = fields


class NewTokenSerializer(serializers.Serializer[Any]):
    """What to issue."""

    name = serializers.CharField(max_length=80)
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=[a.value for a in Action]), min_length=1)
    days = serializers.IntegerField(min_value=1, max_value=366, default=30)

    def life(self) -> timedelta:
        return timedelta(days=self.validated_data["days"])


class IssuedTokenSerializer(TokenSerializer):
    """A token and, this once, its secret."""

    secret = serializers.CharField(read_only=True, allow_null=True, help_text="Shown once; null when replayed.")

    class Meta(TokenSerializer.Meta):
        fields: tuple[str, ...] = (*TokenSerializer.Meta.fields, "secret")
        read_only_fields = fields


class CallerUserSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    email = serializers.EmailField()


class CallerTenantSerializer(serializers.ModelSerializer[Tenant]):
    class Meta:
        model = Tenant
        fields = ("id", "slug", "name", "kind", "currency", "timezone", "is_demo")
        read_only_fields = fields


class CallerSerializer(serializers.Serializer[Any]):
    """Who asks, where, and what they may do."""

    user = CallerUserSerializer()
    tenant = CallerTenantSerializer()
    role = serializers.ChoiceField(choices=[role.value for role in Role])
    actions = serializers.ListField(child=serializers.CharField())
