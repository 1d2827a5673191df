"""Propose a mapping for a file of an unknown layout: ``manage.py suggest_mapping report.csv --json``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.services.file_samples import read_file_sample
from harmonization.services.suggestions import suggest_for
from harmonization.suggestion.suggestion import Suggestion
from tenants.command import ServiceCommand


class Command(ServiceCommand):
    help = "Propose what each column of a file means; abstain where it is not certain."
    refusals = (HarmonizationRefused, OSError)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="the export")
        parser.add_argument("--header-only", action="store_true", help="look at no values")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        sample = read_file_sample(path=options["file"])
        proposals = suggest_for(sample=sample, is_header_only=options["header_only"])
        return {"columns": [_as_json(proposal) for proposal in proposals]}

    def describe(self, answer: dict[str, Any]) -> str:
        return "\n".join(_line(column) for column in answer["columns"])


def _line(column: dict[str, Any]) -> str:
    """One column for people: what it is proposed to be, how surely, and why."""
    told = [value for key, value in column["qualifier"].items() if value and (key, value) != ("scope", "total")]
    field = " ".join([column["rmis_field"] or f"({column['rmis_ext_field'] or 'not mapped'})", *told])
    sure = f"{column['confidence']:.0%}" if column["rmis_field"] else ""
    return f"{column['source_column']:32} {field:36} {sure:>4}  {column['why']}"


def _as_json(proposal: Suggestion) -> dict[str, Any]:
    return {
        "source_column": proposal.source_column,
        "rmis_field": proposal.field,
        "qualifier": {
            "window": proposal.window,
            "touch": proposal.touch,
            "scope": proposal.scope,
            "sales_channel": proposal.sales_channel,
            "date_basis": proposal.date_basis,
        },
        "rmis_ext_field": proposal.extension,
        "transform": proposal.transform or None,
        "confidence": proposal.confidence,
        "why": proposal.why,
    }
