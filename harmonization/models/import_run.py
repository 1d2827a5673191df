"""One file that was uploaded, and what became of it."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models

from tenants.identifiers import uuid7
from tenants.models import Operation

STATES = {"waiting": ("Waiting", "neutral"), "done": ("Harmonized", "good"), "refused": ("Refused", "bad")}
OPERATION_STATES = {
    "queued": ("Queued", "neutral"),
    "running": ("Running", "info"),
    "done": ("Harmonized", "good"),
    "failed": ("Failed", "bad"),
    "cancelled": ("Cancelled", "neutral"),
}


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Adjectives for imports."""

    def done(self) -> Self:
        return self.filter(state=ImportRun.State.DONE)

    def of_retailer(self, retailer_id: str) -> Self:
        return self.filter(retailers__contains=[retailer_id])

    def about_period(self, start: date | None, end: date | None) -> Self:
        """Whose data touches the days from ``start`` to ``end``; an open side is None."""
        rows = self if start is None else self.filter(period_end__gte=start)
        return rows if end is None else rows.filter(period_start__lte=end)


class ImportRun(models.Model):
    """A file, the mapping it was read with, its counts, quality and reconciliation."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Harmonized"
        REFUSED = "refused", "Refused"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file_name = models.CharField(max_length=200)
    file_size = models.BigIntegerField(help_text="Bytes as uploaded.")
    file_sha256 = models.CharField(max_length=64, db_index=True)
    stored_path = models.CharField(max_length=300, help_text="Below the tenant's folder in DATA_DIR.")
    kind = models.CharField(max_length=12, default="events", help_text="What its rows are: events, products, demand …")
    mapping_name = models.CharField(max_length=80)
    mapping_number = models.PositiveIntegerField(
        default=0, help_text="Version of the workspace's own mapping; 0: the one that comes with the site."
    )
    mapping_version = models.CharField(max_length=80, blank=True)
    header = models.JSONField(default=list, help_text="Names of the file's columns, in order.")
    is_simulated = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    operation = models.ForeignKey(Operation, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    rows_read = models.PositiveBigIntegerField(default=0)
    rows_kept = models.PositiveBigIntegerField(default=0)
    rows_rejected = models.PositiveBigIntegerField(default=0)
    retailers = models.JSONField(default=list, help_text="Retailer ids found in the file.")
    facts_written = models.PositiveBigIntegerField(default=0)
    facts_restated = models.PositiveBigIntegerField(
        default=0, help_text="Earlier daily facts that this file replaced; they are kept as history."
    )
    headline = models.JSONField(
        default=list,
        help_text="Per retailer: retailer_id, retailer_name, window_days, touch, scope, currency of its outcomes.",
    )
    final_after_days = models.PositiveSmallIntegerField(
        null=True, help_text="Days after which the source no longer changes a day; null where that is not known."
    )
    conventions = models.JSONField(
        default=dict,
        help_text="How the mapping says figures are meant: date_basis, timezone, vat_included, vat_rate (a fraction).",
    )
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    quality = models.JSONField(default=dict)
    reconciliation = models.JSONField(
        default=list, help_text="Lines: metric, date, source, harmonized, difference, reason."
    )
    is_reconciled = models.BooleanField(
        null=True, help_text="Whether every harmonized total equals the source's; null until the import is done."
    )
    rejects_path = models.CharField(max_length=300, blank=True)
    problem = models.JSONField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["file_sha256", "mapping_name", "mapping_number"], name="one_import_per_file_and_mapping_version"
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_unfinished(self) -> bool:
        """Whether a worker still has to read it, or is reading it now."""
        return self.state != self.State.DONE and self.operation is not None and not self.operation.is_finished

    @property
    def retailer_names(self) -> list[str]:
        """What the retailers of the file are called; the id where no outcome told a name."""
        names = {line["retailer_id"]: line["retailer_name"] for line in self.headline}
        return [names.get(retailer_id) or retailer_id for retailer_id in self.retailers]

    @property
    def shown_state(self) -> tuple[str, str]:
        """The state in words and its tone, from the import and its operation together."""
        if self.operation is not None and (self.is_unfinished or self.state == self.State.WAITING):
            return OPERATION_STATES[self.operation.state]
        return STATES[self.state]

    @property
    def shown_reconciliation(self) -> tuple[str, str] | None:
        """Whether totals match, in words with a tone; None until the import is done."""
        if self.is_reconciled is None:
            return None
        return ("Reconciled", "good") if self.is_reconciled else ("Differs", "warn")
