"""Write the reference of RMIS from its registry: ``manage.py write_rmis_docs [--check] [--output docs/rmis.md]``.

With ``--check`` nothing is written; an outdated file is refused.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from harmonization.rmis.reference import rmis_reference
from tenants.command import ServiceCommand


class ReferenceOutdated(Exception):
    """The file does not say what the registry says."""

    title = "The reference is outdated"
    fix = "Run manage.py write_rmis_docs and commit the file."


class Command(ServiceCommand):
    help = "Write docs/rmis.md from the registry of RMIS."
    refusals = (ReferenceOutdated, OSError)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--check", action="store_true", help="only tell whether the file is up to date")
        parser.add_argument("--output", type=Path, help="the file, docs/rmis.md by default")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        path = options["output"] or Path(settings.BASE_DIR) / "docs" / "rmis.md"
        text = rmis_reference()
        is_current = path.is_file() and path.read_text(encoding="utf-8") == text
        if options["check"] and not is_current:
            raise ReferenceOutdated(f"{path} does not say what the registry says.")
        if not is_current:
            path.write_text(text, encoding="utf-8")
        return {"file": str(path), "written": not is_current}
