"""What is proposed for a file of any layout: a field for every column, a mapping file, and what is left to confirm."""

from dataclasses import dataclass
from pathlib import Path

from harmonization.selectors.mapping_versions import own_mappings
from harmonization.services.file_samples import read_file_sample
from harmonization.services.mapping_drafts import free_title, title_of
from harmonization.services.suggestions import suggest_for
from harmonization.suggestion.drafting import Question, draft_mapping
from harmonization.suggestion.suggestion import Suggestion


@dataclass(frozen=True, kw_only=True)
class MappingProposal:
    """A proposal for one file. ``problem`` says why the text cannot be used yet; empty where it can."""

    columns: tuple[Suggestion, ...]
    text: str
    questions: tuple[Question, ...]
    problem: str


def propose_mapping(*, path: Path, file_name: str) -> MappingProposal:
    """Propose a mapping for a file, learning from the workspace's own too. Raises HarmonizationRefused."""
    sample = read_file_sample(path=path, name=file_name)
    suggestions = suggest_for(sample=sample, saved=[one.mapping for one in own_mappings()])
    draft = draft_mapping(name=free_title(title_of(file_name)), file=sample, suggestions=suggestions)
    return MappingProposal(columns=suggestions, text=draft.yaml_text, questions=draft.questions, problem=draft.problem)
