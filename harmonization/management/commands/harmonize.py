"""Harmonize a file: ``manage.py harmonize --mapping alpha --input report.csv --output out/ --json``.

Without ``--tenant`` no database is asked; with it the file is taken in as an upload of that workspace.
"""

import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from harmonization.dimensions.loading import load_dimension
from harmonization.mapping.library import available_mappings, load_mapping
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Mapping, MappingError
from harmonization.pipeline.run import harmonize_file
from harmonization.rmis.dimensions import MappingKind
from harmonization.services.direct_imports import DirectImportRefused, import_directly
from harmonization.services.mapping_versions import VersionRefused
from harmonization.services.report_json import as_json
from harmonization.services.upload_files import UploadRefused
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Read an export through a mapping and write RMIS files."
    refusals = (
        HarmonizationRefused,
        MappingError,
        UploadRefused,
        DirectImportRefused,
        VersionRefused,
        OSError,
        Tenant.DoesNotExist,
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--mapping", required=True, help="name of a mapping, or a YAML file")
        parser.add_argument("--input", required=True, type=Path, help="the export")
        parser.add_argument("--output", type=Path, help="folder for the RMIS files")
        parser.add_argument("--tenant", help="slug of the workspace that takes the file in")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        if options["tenant"]:
            return import_directly(
                tenant_slug=options["tenant"],
                path=options["input"],
                mapping_name=options["mapping"],
                output=options["output"],
            )
        if options["output"] is None:
            sys.stderr.write("harmonize: --output is required without --tenant\n")
            sys.exit(2)
        return _harmonize(mapping=options["mapping"], path=options["input"], output=options["output"])


def _harmonize(*, mapping: str, path: Path, output: Path) -> dict[str, Any]:
    chosen = _mapping(mapping)
    if chosen.kind is not MappingKind.EVENTS:
        return _load(mapping=chosen, path=path, output=output)
    result = harmonize_file(input_path=path, mapping=chosen, output_dir=output)
    return {
        "rows_read": result.rows_read,
        "rows_kept": result.rows_kept,
        "rows_rejected": result.rows_rejected,
        "reconciliation": [as_json(asdict(line)) for line in result.reconciliation],
        "quality": as_json(asdict(result.quality)),
        "output": str(output),
        "seconds": round(result.seconds, 4),
    }


def _load(*, mapping: Mapping, path: Path, output: Path) -> dict[str, Any]:
    """A dimension or a history: the same keys, and what its rows are."""
    result = load_dimension(input_path=path, mapping=mapping, output_dir=output)
    return {
        "kind": str(mapping.kind),
        "rows_read": result.report.rows_read,
        "rows_kept": result.report.rows_kept,
        "rows_rejected": result.report.rows_rejected,
        "reconciliation": [as_json(asdict(line)) for line in result.reconciliation],
        "quality": as_json(asdict(result.report)),
        "output": str(output),
        "seconds": round(result.seconds, 4),
    }


def _mapping(name_or_file: str) -> Mapping:
    """A mapping of this site by its name, else the YAML file."""
    path = Path(name_or_file)
    is_file = name_or_file not in available_mappings() and (path.suffix or path.exists())
    return load_mapping(path if is_file else name_or_file)
