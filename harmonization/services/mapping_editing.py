"""A draft on the workbench: the file's columns with samples and proposals, and the mapping as the editor changes it."""

from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field

from harmonization.mapping.dimension_editing import FieldUse, with_field_uses
from harmonization.mapping.editing import ColumnUse, columns_of, uses_of, with_use, without_dangling_headline
from harmonization.mapping.file_settings import FileSettings, with_settings
from harmonization.mapping.reader import read_unchecked
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Mapping, MappingError
from harmonization.mapping.writing import mapping_text
from harmonization.models import MappingDraft
from harmonization.rmis.dimensions import MappingKind
from harmonization.selectors.mapping_drafts import draft_file
from harmonization.selectors.mapping_versions import own_mappings
from harmonization.services.file_samples import read_file_sample
from harmonization.services.suggestions import suggest_for
from harmonization.suggestion.drafting import draft_mapping
from harmonization.suggestion.suggestion import Suggestion

MOST_COLUMNS = 120  # more are edited as text: a form of theirs would be larger than a request may be
SAMPLES = 4
NO_FILE = "There is no file to look at: the columns are those the mapping knows."


@dataclass(frozen=True, kw_only=True)
class Workbench:
    """What the editor shows beside the mapping.

    Attributes:
        samples: the first different values of each column.
        proposals: what each column would be by the suggestion, where it proposes anything.
        hidden: how many further columns the file has.
        note: why there is no file to look at; empty where there is one.
    """

    columns: tuple[str, ...]
    samples: Dictionary[str, tuple[str, ...]] = field(default_factory=dict)
    suggestions: Dictionary[str, Suggestion] = field(default_factory=dict)
    proposals: Dictionary[str, ColumnUse] = field(default_factory=dict)
    hidden: int = 0
    note: str = ""


def lay_out(*, draft: MappingDraft, mapping: Mapping) -> Workbench:
    """The columns of the draft's file with samples and proposals; those of the mapping where there is no file."""
    path = draft_file(draft=draft)
    known = columns_of(mapping=mapping)
    if path is None:
        return Workbench(columns=known[:MOST_COLUMNS], hidden=max(0, len(known) - MOST_COLUMNS), note=NO_FILE)
    try:
        sample = read_file_sample(path=path, name=draft.file_name)
    except HarmonizationRefused as refusal:
        return Workbench(columns=known[:MOST_COLUMNS], note=f"{draft.file_name}: {refusal.detail}")
    samples = {one: tuple(dict.fromkeys(sample.texts(one)))[:SAMPLES] for one in sample.columns}
    hidden = max(0, len(sample.columns) - MOST_COLUMNS)
    if mapping.kind is not MappingKind.EVENTS:
        return Workbench(columns=sample.columns[:MOST_COLUMNS], samples=samples, hidden=hidden)
    suggestions = suggest_for(sample=sample, saved=[one.mapping for one in own_mappings()])
    proposed = read_unchecked_or_none(draft_mapping(name=draft.name, file=sample, suggestions=suggestions).yaml_text)
    uses = uses_of(mapping=proposed, columns=sample.columns) if proposed else ()
    return Workbench(
        columns=sample.columns[:MOST_COLUMNS],
        samples=samples,
        suggestions={one.source_column: one for one in suggestions},
        proposals={use.column: use for use in uses},
        hidden=hidden,
    )


def edited(*, mapping: Mapping, settings: FileSettings | None, uses: Iterable[ColumnUse]) -> Mapping:
    """The mapping with the settings and what each column becomes; a headline no outcome has any more is dropped."""
    changed = with_settings(mapping=mapping, settings=settings) if settings else mapping
    for use in uses:
        changed = with_use(mapping=changed, use=use)
    return without_dangling_headline(mapping=changed)


def edited_dimension(*, mapping: Mapping, settings: FileSettings | None, uses: Iterable[FieldUse]) -> Mapping:
    """The mapping of a dimension with the settings and what each field is read from."""
    changed = with_settings(mapping=mapping, settings=settings) if settings else mapping
    return with_field_uses(mapping=changed, uses=uses)


def edited_text(*, text: str, before: Mapping, after: Mapping) -> str:
    """The text of the edited mapping: the one there is, with its comments, where nothing changed."""
    return text if before == after else mapping_text(mapping=after)


def read_unchecked_or_none(text: str) -> Mapping | None:
    """The mapping as far as the text is well formed; None where it is not."""
    try:
        return read_unchecked(text=text)
    except MappingError:
        return None
