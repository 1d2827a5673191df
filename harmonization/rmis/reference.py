"""The reference of RMIS as Markdown, written from the registry alone so that it cannot say anything else."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from harmonization.rmis import dimensions
from harmonization.rmis.dimensions import FIELDS_BY_KIND, MappingKind
from harmonization.rmis.registry import CHOICES, DERIVED, FIELDS, METRICS, QUALIFIERS, STAMPS, RmisField

OPENING = """\
# RMIS: the Retail Media Interop Schema

Written by `manage.py write_rmis_docs` from the registry (`harmonization/rmis`), which also feeds validation and the
hints of the portal. Change the registry, not this file.

Event rows have every field below, null where a source lacks it. What was sold is not in them but in the long table of
attribution, one row per event row, metric and qualifier. Money is an exact decimal with its currency beside it.
Both tables are lazy frames over the stored files: `scan_events` and `scan_attribution` of
`harmonization.pipeline.dataset`.
"""
STAMPED = "Written by the pipeline itself, never read from a column: "
ATTRIBUTION = """\
## Attribution, the long table

Columns: `row_id`, `metric`, `value`, `window_days`, `touch`, `scope`, `sales_channel`, `attr_model`, `currency`,
`retailer_id`, `event_date`. A qualifier is null where the source does not state it. Figures of different windows,
touches or scopes stand beside each other and are never added or converted.
"""
DERIVED_TEXT = """\
## Derived

Computed from sums, never averaged and never ingested: a source's own figures are compared with them and shown.
"""
DIMENSIONS = """\
## Dimensions and histories

Mappings with a `kind:` other than events read these, with a retailer, a currency and rejects as events have them.
Of a dimension's rows with one key the first is kept. Demand and placements are Parquet rows, rolled up in the database.
"""


def rmis_reference() -> str:
    """The whole reference: fields by group, metrics of attribution, derived figures, closed vocabularies."""
    groups = groupby(sorted(_event_fields(), key=_place_of_group), key=lambda field: field.group)
    parts = [
        f"{OPENING}\n{STAMPED}{', '.join(f'`{name}`' for name in STAMPS)}.\n",
        *(f"## {group.capitalize()}\n\n{_table(fields)}" for group, fields in groups),
        f"{ATTRIBUTION}\n{_table(QUALIFIERS.values())}\n{_table(METRICS.values())}",
        f"{DERIVED_TEXT}\n{_table(DERIVED.values())}",
        f"{DIMENSIONS}\n{_dimensions()}",
        f"## Closed vocabularies\n\n{_vocabularies(CHOICES | dimensions.CHOICES)}",
    ]
    return "\n".join(parts)


def _dimensions() -> str:
    kinds = (kind for kind in MappingKind if kind is not MappingKind.EVENTS)
    return "\n".join(f"### {kind.capitalize()}\n\n{_table(FIELDS_BY_KIND[kind].values())}" for kind in kinds)


def _event_fields() -> tuple[RmisField, ...]:
    return (*FIELDS.values(), *STAMPS.values())


def _place_of_group(field: RmisField) -> int:
    """Groups in the order of the registry; sorting is stable, so stamps follow the fields of their group."""
    return list(dict.fromkeys(one.group for one in FIELDS.values())).index(field.group)


def _table(fields: Iterable[RmisField]) -> str:
    lines = ["| field | type | unit | definition | source |", "|---|---|---|---|---|"]
    lines += [
        f"| `{one.name}` | {one.type} | {_cell(one.unit)} | {_cell(one.definition)} | {_cell(one.source)} |"
        for one in fields
    ]
    return "\n".join(lines) + "\n"


def _vocabularies(vocabularies: Mapping[str, tuple[str, ...]]) -> str:
    lines = ["| field | values |", "|---|---|"]
    lines += [f"| `{name}` | {', '.join(f'`{value}`' for value in words)} |" for name, words in vocabularies.items()]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
