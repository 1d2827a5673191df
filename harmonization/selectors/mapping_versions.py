"""The mappings a workspace has: its own versions, and the ones that come with the site as version 0."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from harmonization.mapping.library import available_mappings, library_text
from harmonization.mapping.reader import read_mapping
from harmonization.mapping.spec import Mapping, MappingError
from harmonization.models import MappingVersion
from harmonization.suggestion.proposed_fields import ProposedField

LIBRARY_NOTE = "Comes with the site; read-only."
TEXTS_KEPT = 256


@dataclass(frozen=True, kw_only=True)
class KnownMapping:
    """One version of a mapping with its text; ``number`` 0 is the one that comes with the site.

    Attributes:
        version: the row that keeps it; None for the site's own.
    """

    name: str
    number: int
    text: str
    mapping: Mapping
    version: MappingVersion | None = None

    @property
    def is_own(self) -> bool:
        return self.version is not None

    @property
    def title(self) -> str:
        return self.mapping.title

    @property
    def note(self) -> str:
        return self.version.note if self.version else LIBRARY_NOTE

    @property
    def proposals(self) -> tuple[ProposedField, ...]:
        """Its fields that were proposed and that nobody changed; none of a mapping written by hand."""
        return tuple(ProposedField(**one) for one in self.version.proposals) if self.version else ()

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def known_names() -> tuple[str, ...]:
    """Names of all mappings of this workspace and of the site, in order."""
    own = MappingVersion.objects.values_list("name", flat=True)
    return tuple(sorted({*own, *available_mappings()}))


def known_mappings() -> tuple[KnownMapping, ...]:
    """The current version of every mapping, in order of name."""
    own = {known.name: known for known in own_mappings()}
    site = {name: _of_site(name) for name in available_mappings() if name not in own}
    return tuple(known for _, known in sorted((own | site).items()))


def own_mappings() -> tuple[KnownMapping, ...]:
    """The current version of every mapping of this workspace."""
    rows = MappingVersion.objects.current().select_related("created_by")
    return tuple(_known(row) for row in rows)


def find_mapping(*, name: str, number: int | None = None) -> KnownMapping | None:
    """A version of a mapping, the current one where no number is given; None where there is none."""
    if number == 0:
        return _of_site(name) if name in available_mappings() else None
    rows = MappingVersion.objects.filter(name=name).select_related("created_by")
    row = (rows.order_by("-number") if number is None else rows.filter(number=number)).first()
    if row is not None:
        return _known(row)
    return _of_site(name) if number is None and name in available_mappings() else None


def mapping_of_run(*, name: str, number: int) -> Mapping:
    """The mapping an import was taken in with. Raises MappingError where that version is gone."""
    known = find_mapping(name=name, number=number)
    if known is None:
        raise MappingError(f"there is no version {number} of the mapping “{name}”")
    return known.mapping


def versions_of(*, name: str) -> tuple[KnownMapping, ...]:
    """Every version of a mapping, newest first, the site's own last."""
    rows = MappingVersion.objects.filter(name=name).select_related("created_by")
    site = (_of_site(name),) if name in available_mappings() else ()
    return (*(_known(row) for row in rows), *site)


def _known(row: MappingVersion) -> KnownMapping:
    return KnownMapping(name=row.name, number=row.number, text=row.yaml, mapping=_read(row.yaml), version=row)


@lru_cache(maxsize=TEXTS_KEPT)
def _of_site(name: str) -> KnownMapping:
    text = library_text(name=name)
    return KnownMapping(name=name, number=0, text=text, mapping=read_mapping(text=text, name=f"{name}.yaml"))


@lru_cache(maxsize=TEXTS_KEPT)
def _read(text: str) -> Mapping:
    """Texts are read once a process: a version never changes."""
    return read_mapping(text=text)
