"""What the quality report of an import says, as sentences and data tables."""

from typing import Any

TOO_EMPTY = 0.5
LEFT_OUT = (("blank_rows", "blank rows"), ("totals_rows", "rows of totals"))


def quality_report(*, quality: dict[str, Any]) -> dict[str, Any]:
    """The parts of the page about quality; empty for an import that was not read."""
    if not quality:
        return {}
    return {
        "reading": reading_in_words(quality),
        "notes": quality["notes"],
        "unmapped_columns": quality["unmapped_columns"],
        "ignored_columns": quality["ignored_columns"],
        "tables": [table for table in _tables(quality) if table["rows"]],
    }


def reading_in_words(quality: dict[str, Any]) -> str:
    """How the file was opened and what was left out of its rows."""
    parts = [quality["format"].upper(), quality["encoding"]]
    parts.append(f"separator “{quality['separator']}”" if quality["separator"].strip() else "")
    parts.append(f"header in row {quality['header_row']}" if quality["header_row"] else "")
    left_out = [f"{name} ({quality[key]:,})" for key, name in LEFT_OUT if quality[key]]
    words = ", ".join(part for part in parts if part)
    return f"{words}; left out: {' and '.join(left_out)}" if left_out else words


def _tables(quality: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    reasons = sorted(quality["reject_reasons"].items(), key=lambda entry: -entry[1])
    return (
        {
            "id": "reject-reasons",
            "caption": "Why rows were rejected",
            "columns": _columns("Reason", "#Rows"),
            "rows": [{"label": reason, "cells": [_count(rows)]} for reason, rows in reasons],
        },
        {
            "id": "invariants",
            "caption": "Rules that rows should keep; rows that break one are kept and counted",
            "columns": _columns("Rule", "Meaning", "#Rows checked", "#Rows that break it", "First such row"),
            "rows": [_invariant_row(invariant) for invariant in quality["invariants"]],
        },
        {
            "id": "unknown-values",
            "caption": "Values the mapping does not know",
            "columns": _columns("Value", "Field", "Taken as", "#Rows"),
            "rows": [
                {
                    "label": one["value"] or "(empty)",
                    "cells": [{"value": one["field"]}, {"value": one["taken_as"]}, _count(one["rows"])],
                }
                for one in quality["unknown_values"]
            ],
        },
        {
            "id": "coverage",
            "caption": "How full each field is",
            "columns": _columns("Field", "Source column", "#Rows filled", "Share"),
            "rows": [_coverage_row(field) for field in quality["coverage"]],
        },
    )


def _columns(*labels: str) -> list[dict[str, Any]]:
    return [{"label": label.removeprefix("#"), "numeric": label.startswith("#")} for label in labels]


def _count(value: int, tone: str = "") -> dict[str, Any]:
    return {"value": f"{value:,}", "numeric": True, "tone": tone}


def _invariant_row(invariant: dict[str, Any]) -> dict[str, Any]:
    first = invariant["first_row"]
    return {
        "label": invariant["name"],
        "cells": [
            {"value": invariant["description"]},
            _count(invariant["rows_checked"]),
            _count(invariant["rows_broken"], "warn" if invariant["rows_broken"] else "good"),
            {"value": f"row {first}" if first is not None else "–"},
        ],
    }


def _coverage_row(field: dict[str, Any]) -> dict[str, Any]:
    percent = round(100 * field["share"], 1)
    return {
        "label": field["field"],
        "cells": [
            {"value": field["column"]},
            _count(field["rows_filled"]),
            {"value": f"{percent:g}%", "percent": percent, "tone": "warn" if field["share"] < TOO_EMPTY else "good"},
        ],
    }
