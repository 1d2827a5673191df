"""Tables that the server sorts and pages."""

from datetime import date

import django_tables2 as tables
from django.utils.html import format_html

from harmonization.models import ImportRun

NO_BREAK = "\u00a0"
NUMERIC = {"th": {"class": "numeric"}, "td": {"class": "numeric"}, "tf": {"class": "numeric"}}
BADGE = (
    '{% if value %}{% include "components/badge.html" with label=value.0 tone=value.1 dot=True only %}'
    "{% else %}–{% endif %}"
)


class ImportTable(tables.Table):
    """Imports with state, rows and reconciliation."""

    file_name = tables.Column(
        verbose_name="File", linkify=("harmonization:import_detail", {"import_id": tables.A("pk")})
    )
    retailers = tables.Column(orderable=False)
    period_start = tables.Column(verbose_name="Data of")
    rows_kept = tables.Column(verbose_name="Rows kept", attrs=NUMERIC)
    rows_rejected = tables.Column(verbose_name="Rejected", attrs=NUMERIC)
    shown_state = tables.TemplateColumn(
        BADGE, accessor="shown_state", order_by=("state",), verbose_name="State", default=""
    )
    reconciled = tables.TemplateColumn(
        BADGE, accessor="shown_reconciliation", order_by=("is_reconciled",), verbose_name="Totals", default="–"
    )
    created_at = tables.DateTimeColumn(verbose_name="Uploaded", format="j M Y, H:i", order_by=("id",))

    class Meta:
        model = ImportRun
        fields = (
            "file_name",
            "retailers",
            "period_start",
            "rows_kept",
            "rows_rejected",
            "shown_state",
            "reconciled",
            "created_at",
        )
        attrs = {"data-caption": "Imported files, newest first"}

    def render_retailers(self, value: list[str], record: ImportRun) -> str:
        return ", ".join(record.retailer_names) or "–"

    def render_period_start(self, value: date, record: ImportRun) -> str:
        return days_in_words(start=value, end=record.period_end)

    def render_rows_kept(self, value: int, record: ImportRun) -> str:
        return f"{value:,} of {record.rows_read:,}"

    def render_rows_rejected(self, value: int) -> str:
        return format_html('<span class="tone-warn">{}</span>', f"{value:,}") if value else "0"


def days_in_words(*, start: date | None, end: date | None) -> str:
    """``1 Jun 2026 – 14 Jun 2026``; one day alone. A date does not break over lines."""
    if start is None or end is None:
        return "–"
    first, last = (f"{day.day} {day:%b} {day.year}".replace(" ", NO_BREAK) for day in (start, end))
    return first if start == end else f"{first} – {last}"
