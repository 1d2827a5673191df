"""Propose a mapping for a file of an unknown layout: ``manage.py suggest_mapping report.csv --json``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from harmonization.mapping.library import available_mappings, load_mapping
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.suggestion.file_sample import file_sample
from harmonization.suggestion.knowledge import examples_of, learn
from harmonization.suggestion.suggest import Suggestion, suggest
from tenants.command import ServiceCommand


class Command(ServiceCommand):
    help = "Propose what each column of a file means; abstain where it is not certain."
    refusals = (HarmonizationRefused, OSError)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="the export")
        parser.add_argument("--header-only", action="store_true", help="look at no values")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        header, values = file_sample(path=options["file"])
        known = [example for name in available_mappings() for example in examples_of(mapping=load_mapping(name))]
        shown = {} if options["header_only"] else values
        proposals = suggest(header=header, values=shown, knowledge=learn(examples=known))
        return {"columns": [_as_json(proposal) for proposal in proposals]}


def _as_json(proposal: Suggestion) -> dict[str, Any]:
    return {
        "source_column": proposal.source_column,
        "rmis_field": proposal.field,
        "qualifier": {
            "window": proposal.window,
            "touch": proposal.touch,
            "scope": proposal.scope,
            "sales_channel": None,
            "date_basis": None,
        },
        "transform": proposal.transform or None,
        "confidence": proposal.confidence,
        "why": proposal.why,
    }
