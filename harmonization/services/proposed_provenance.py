"""Keep beside an import's provenance how sure the proposals of its mapping were."""

from pathlib import Path

from harmonization.mapping.header import normal
from harmonization.models import ImportRun
from harmonization.pipeline.provenance import note_confidences
from harmonization.pipeline.writing import Datasets, name_of
from harmonization.selectors.mapping_versions import find_mapping


def keep_confidences(*, import_run: ImportRun, folder: Path) -> None:
    """Note them in the file's provenance below ``folder``; nothing for a mapping written by hand."""
    known = find_mapping(name=import_run.mapping_name, number=import_run.mapping_number)
    proposals = known.proposals if known else ()
    if not proposals:
        return
    name = name_of(source_file_id=import_run.file_sha256, mapping_name=import_run.mapping_name)
    note_confidences(
        path=folder / Datasets.PROVENANCE / f"{name}.jsonl",
        confidences={(normal(one.column), one.field): one.confidence for one in proposals},
    )
