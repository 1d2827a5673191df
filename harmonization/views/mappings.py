"""Pages about mappings: the layouts this site knows, and what becomes of each column."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from harmonization.comparison.vat import vat_label
from harmonization.mapping.library import available_mappings, load_mapping
from harmonization.mapping.spec import Mapping
from harmonization.selectors.mapping_lines import mapping_lines, qualifier_in_words
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

PARTS = {"field": "", "outcome": "outcome", "check": "compared only", "ignored": "left out"}


@requires(Action.READ_DATA)
@require_GET
def mapping_list(request: TenantRequest) -> HttpResponse:
    mappings = [load_mapping(name) for name in sorted(available_mappings())]
    context = {
        "table": {
            "columns": [
                {"label": "Layout"},
                {"label": "Name"},
                {"label": "Version"},
                {"label": "Retailer"},
                {"label": "Headline outcomes"},
                {"label": "Columns", "numeric": True},
            ],
            "rows": [_mapping_row(mapping) for mapping in mappings],
        },
        "breadcrumbs": [_data_crumb(), {"label": "Mappings"}],
    }
    return render(request, "harmonization/mappings/list.html", context)


@requires(Action.READ_DATA)
@require_GET
def mapping_detail(request: TenantRequest, name: str) -> HttpResponse:
    if name not in available_mappings():
        raise Http404("There is no such mapping.")
    mapping = load_mapping(name)
    lines_url = {"label": "Mappings", "url": reverse("harmonization:mapping_list")}
    context = {
        "mapping": mapping,
        "facts": _facts(mapping),
        "table": _lines_table(mapping),
        "breadcrumbs": [_data_crumb(), lines_url, {"label": mapping.title}],
    }
    return render(request, "harmonization/mappings/detail.html", context)


def _mapping_row(mapping: Mapping) -> dict[str, Any]:
    return {
        "label": mapping.title,
        "url": reverse("harmonization:mapping_detail", args=[mapping.name]),
        "cells": [
            {"value": mapping.name},
            {"value": mapping.version},
            {"value": mapping.retailer.name or "as each row says"},
            {"value": _headline(mapping)},
            {"value": str(len(mapping.column_groups)), "numeric": True},
        ],
    }


def _facts(mapping: Mapping) -> list[dict[str, str]]:
    currency = mapping.currency
    stated = currency.code or f"from the column {currency.columns[0]}"
    return [
        {"term": "Version", "value": mapping.full_version},
        {"term": "Retailer", "value": mapping.retailer.name or "as each row says"},
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


def _headline(mapping: Mapping) -> str:
    return "; else ".join(qualifier_in_words(one) for one in mapping.headline) or "no outcomes"


def _lines_table(mapping: Mapping) -> dict[str, Any]:
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


def _data_crumb() -> dict[str, str]:
    return {"label": "Data", "url": reverse("harmonization:import_list")}
