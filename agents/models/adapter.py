"""Adapters that may serve: a tenant's own beside its other rows, those shared with all in the public schema."""

from typing import Any, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from agents.federation.axes import Axis
from agents.federation.manifests import Manifest
from tenants.identifiers import uuid7

RowT = TypeVar("RowT", bound="AdapterRow")


class AdapterState(models.TextChoices):
    """From registered to serving and out again."""

    CANDIDATE = "candidate", "Waiting for promotion"
    CANARY = "canary", "Tried on a share"
    SERVING = "serving", "Serving"
    RETIRED = "retired", "Replaced by a newer version"
    WITHDRAWN = "withdrawn", "Rolled back"


class AdapterQuerySet(models.QuerySet[RowT]):
    """Adjectives for adapters."""

    def serving(self) -> Self:
        return self.filter(state=AdapterState.SERVING)

    def on_base(self, base_digest: str) -> Self:
        return self.filter(base_digest=base_digest)


class AdapterRow(models.Model):
    """One version of one adapter. Manifest and signature are kept as signed; the columns repeat them for queries."""

    axis_choices = [(axis.value, axis.value.title()) for axis in Axis]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=100, help_text="The manifest's adapter_id; versions share it.")
    version = models.PositiveIntegerField()
    axis = models.CharField(max_length=10, choices=axis_choices)
    member = models.CharField(max_length=100, blank=True, help_text="Which retailer, brand or task it is for.")
    rank = models.PositiveIntegerField()
    alpha = models.FloatField()
    targets = ArrayField(models.CharField(max_length=60), default=list)
    base_digest = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, help_text="Of the weights' bytes, hexadecimal.")
    size = models.PositiveBigIntegerField(help_text="Bytes of the weights.")
    trained_against = ArrayField(models.CharField(max_length=64), default=list)
    manifest = models.JSONField()
    signature = models.CharField(max_length=100)
    training_data = models.JSONField(default=dict, help_text="What it was trained on, in the trainer's words.")
    state = models.CharField(max_length=10, choices=AdapterState, default=AdapterState.CANDIDATE)
    replaced = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+", help_text="What served before it."
    )
    registered_at = models.DateTimeField(auto_now_add=True)
    canary_percent = models.PositiveSmallIntegerField(default=0, help_text="Share of requests that try it.")
    canary_at = models.DateTimeField(null=True, help_text="Since when it has been tried.")
    promoted_at = models.DateTimeField(null=True)
    promoted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ("axis", "member", "-version")
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="%(class)s_one_row_per_version"),
            models.UniqueConstraint(
                fields=["axis", "member", "base_digest"],
                condition=models.Q(state="serving"),
                name="%(class)s_one_serving_per_place",
            ),
            models.UniqueConstraint(
                fields=["axis", "member", "base_digest"],
                condition=models.Q(state="canary"),
                name="%(class)s_one_canary_per_place",
            ),
            models.CheckConstraint(
                condition=models.Q(state="canary", canary_percent__range=(1, 100))
                | (~models.Q(state="canary") & models.Q(canary_percent=0)),
                name="%(class)s_share_only_of_a_canary",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} version {self.version}"

    @property
    def is_shared(self) -> bool:
        raise NotImplementedError

    @property
    def is_serving(self) -> bool:
        return self.state == AdapterState.SERVING

    @property
    def is_canary(self) -> bool:
        return self.state == AdapterState.CANARY

    def signed_manifest(self) -> Manifest:
        """The manifest whose bytes were signed."""
        kept: dict[str, Any] = dict(self.manifest)
        lists = {key: tuple(kept[key]) for key in ("trained_against", "parents")}
        return Manifest(**(kept | {"axis": Axis(kept["axis"])} | lists))


class SharedAdapter(AdapterRow):
    """Of an industry, a retailer or a task: read by every tenant, written by the installation only (public schema)."""

    is_shared = True
    objects = AdapterQuerySet["SharedAdapter"].as_manager()


class OwnAdapter(AdapterRow):
    """A tenant's own, in its schema: another tenant's database role cannot read the row."""

    is_shared = False
    objects = AdapterQuerySet["OwnAdapter"].as_manager()
