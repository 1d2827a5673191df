"""Tables and facts that the pages about mappings show."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from harmonization.comparison.vat import vat_label
from harmonization.mapping.differences import Difference
from harmonization.mapping.spec import Mapping
from harmonization.selectors.mapping_lines import mapping_lines, qualifier_in_words
from harmonization.selectors.mapping_versions import KnownMapping

PARTS = {"field": "", "outcome": "outcome", "check": "compared only", "ignored": "left out"}
SHOWN_FINGERPRINT = 12


def mappings_table(known: Sequence[KnownMapping]) -> dict[str, Any]:
    """Every mapping with its current version; the workspace's own first."""
    labels = ("Layout", "Name", "Version", "Kept by", "Retailer", "Headline outcomes")
    ordered = sorted(known, key=lambda one: (not one.is_own, one.name))
    return {
        "columns": [*({"label": label} for label in labels), {"label": "Columns", "numeric": True}],
        "rows": [_mapping_row(one) for one in ordered],
    }


def versions_table(versions: Sequence[KnownMapping]) -> dict[str, Any]:
    """The history of a mapping, newest first."""
    labels = ("Version", "Note", "Saved", "From", "Fingerprint")
    return {"columns": [{"label": label} for label in labels], "rows": [_version_row(one) for one in versions]}


def lines_table(mapping: Mapping) -> dict[str, Any]:
    """What becomes of each column."""
    columns = ("Source column", "RMIS field", "Counts", "Transform", "Part", "Definition or reason")
    return {
        "columns": [{"label": label} for label in columns],
        "rows": [
            {
                "label": " or ".join(line.source_columns),
                "cells": [
                    {"value": line.rmis_field or "–"},
                    {"value": line.qualifier},
                    {"value": line.transform},
                    {"value": PARTS[line.part]},
                    {"value": line.definition},
                ],
            }
            for line in mapping_lines(mapping=mapping)
        ],
    }


def differences_table(found: Sequence[Difference], *, names: tuple[str, str]) -> dict[str, Any]:
    """What changed, column by column, in words."""
    return {
        "columns": [{"label": "Column, field or setting"}, *({"label": name.capitalize()} for name in names)],
        "rows": [
            {
                "label": one.subject,
                "cells": [{"value": one.before or "not there"}, {"value": one.after or "not there"}],
            }
            for one in found
        ],
    }


def mapping_facts(known: KnownMapping) -> list[dict[str, str]]:
    """Terms and values about one version of a mapping."""
    mapping, currency = known.mapping, known.mapping.currency
    stated = currency.code or (f"from the column {currency.columns[0]}" if currency.columns else "no amounts")
    return [
        {"term": "Rows are", "value": mapping.kind},
        {"term": "Version", "value": f"{known.number}, {_origin(known)}"},
        {"term": "Fingerprint", "value": mapping.full_version},
        {"term": "Retailer", "value": mapping.retailer.name or mapping.retailer.id or "as each row says"},
        {
            "term": "Currency",
            "value": f"{stated}, assumed: the export does not state it" if currency.is_assumed else stated,
        },
        {"term": "Time zone", "value": mapping.timezone or "not stated"},
        {"term": "Days are", "value": f"of the {mapping.date_basis}"},
        {"term": "A row covers", "value": f"one {mapping.grain}"},
        {"term": "VAT in cost", "value": vat_label(included=mapping.vat_included, rate=mapping.vat_rate)},
        {"term": "Daily facts carry", "value": _headline(mapping)},
        {"term": "Notes", "value": " ".join(mapping.notes) or "none"},
    ]


def data_crumb() -> dict[str, str]:
    """The first breadcrumb of all pages about data."""
    return {"label": "Data", "url": reverse("harmonization:import_list")}


def _origin(known: KnownMapping) -> str:
    return _saved(known) if known.version else "comes with the site"


def _saved(known: KnownMapping) -> str:
    if known.version is None:
        return "comes with the site"
    who = known.version.created_by.email if known.version.created_by else "the system"
    return f"{localtime(known.version.created_at):%-d %b %Y, %H:%M} by {who}"


def _mapping_row(known: KnownMapping) -> dict[str, Any]:
    mapping = known.mapping
    return {
        "label": mapping.title,
        "url": reverse("harmonization:mapping_detail", args=[known.name]),
        "cells": [
            {"value": known.name},
            {"value": str(known.number)},
            {"value": "this workspace" if known.is_own else "the site"},
            {"value": mapping.retailer.name or mapping.retailer.id or "as each row says"},
            {"value": _headline(mapping)},
            {"value": str(len(mapping.column_groups)), "numeric": True},
        ],
    }


def _version_row(known: KnownMapping) -> dict[str, Any]:
    parent = known.version.parent_number if known.version else None
    return {
        "label": str(known.number),
        "url": reverse("harmonization:mapping_version", args=[known.name, known.number]),
        "cells": [
            {"value": known.note or "–"},
            {"value": _saved(known)},
            {"value": "–" if parent is None else f"version {parent}"},
            {"value": known.fingerprint[:SHOWN_FINGERPRINT]},
        ],
    }


def _headline(mapping: Mapping) -> str:
    return "; else ".join(qualifier_in_words(one) for one in mapping.headline) or "no outcomes"
