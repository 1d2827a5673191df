"""What a preview of a mapping shows: totals of source and ours, counts, the first rows."""

from typing import Any

from harmonization.rmis.dimensions import MappingKind, dimension_definition
from harmonization.rmis.registry import definition_of
from harmonization.selectors.reconciliation import ReconciledMetric
from harmonization.services.mapping_previews import MappingPreview, PreviewRows

MOST_REASONS = 5


def preview_tables(preview: MappingPreview) -> dict[str, Any]:
    """The context of the preview's part of a page."""
    return {
        "preview": preview,
        "preview_problem": preview.problem,
        "preview_totals": _totals(preview.metrics),
        "preview_rows": _rows(preview.rows, kind=preview.kind) if preview.rows else None,
        "preview_reasons": preview.reject_reasons[:MOST_REASONS],
    }


def _totals(metrics: tuple[ReconciledMetric, ...]) -> dict[str, Any]:
    columns = [
        {"label": "Metric"},
        *({"label": name, "numeric": True} for name in ("Source", "Harmonized", "Difference")),
    ]
    return {
        "columns": [*columns, {"label": "Why"}],
        "rows": [
            {
                "label": metric.metric,
                "cells": [
                    {"value": f"{metric.source.normalize():,f}", "numeric": True},
                    {"value": f"{metric.harmonized.normalize():,f}", "numeric": True},
                    {
                        "value": f"{metric.difference.normalize():,f}",
                        "numeric": True,
                        "tone": "good" if metric.is_exact else "warn",
                    },
                    {"value": "exact, every day" if metric.is_exact else "; ".join(metric.reasons)},
                ],
            }
            for metric in metrics
        ],
    }


def _rows(rows: PreviewRows, *, kind: MappingKind) -> dict[str, Any]:
    return {
        "columns": [{"label": name, "definition": _definition(name, kind=kind)} for name in rows.columns],
        "rows": [{"label": row[0], "cells": [{"value": cell} for cell in row[1:]]} for row in rows.rows],
    }


def _definition(name: str, *, kind: MappingKind) -> str:
    if kind is MappingKind.EVENTS:
        return definition_of(name.partition(",")[0])
    return dimension_definition(kind=kind, name=name) or definition_of(name)
