"""The mappings this site knows: load one by name, or find the one whose columns a file has."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from harmonization.mapping.file_head import head_text
from harmonization.mapping.header import Header, best_header, candidate_headers, likely_header, matched, normal
from harmonization.mapping.reader import read_mapping
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.safe_yaml import MAX_BYTES
from harmonization.mapping.spec import Mapping, MappingError

FOLDER = Path(__file__).resolve().parents[1] / "mappings"
LEAST_EXPLAINED = 0.5
CLEAR_LEAD = 0.05
LEAST_DISTINCTIVE = 2
WHOLE_HEADER = 12  # so many columns, all of them known, are no coincidence


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """How well one mapping fits a header.

    Attributes:
        explained: share of the header's columns that the mapping knows.
        distinctive: columns of the header that no mapping of another retailer knows.
        missing: required columns the header lacks.
    """

    name: str
    explained: float
    known: int
    distinctive: int
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Detection:
    """The mapping found, or None, with the reason and every mapping's fit, best first.

    Attributes:
        refused: why the file could not be opened at all; None where it could.
    """

    name: str | None
    reason: str
    candidates: tuple[Candidate, ...]
    refused: HarmonizationRefused | None = None

    @property
    def changed_layout(self) -> str:
        """The mapping whose layout this seems to be, though a column it needs is missing; empty where there is none."""
        alike = [one for one in self.candidates if one.missing and one.explained >= LEAST_EXPLAINED]
        telling = [one for one in alike if one.distinctive >= LEAST_DISTINCTIVE]
        return max(telling, key=lambda one: one.explained).name if telling else ""


def available_mappings() -> tuple[str, ...]:
    """Names of the mappings that come with the site."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def load_mapping(name_or_path: str | Path) -> Mapping:
    """A mapping by the name it has here (text), or from a file (a Path). Raises MappingError with line and field."""
    if isinstance(name_or_path, Path):
        return _read_file(name_or_path)
    if name_or_path not in available_mappings():
        known = ", ".join(available_mappings())
        raise MappingError(f"there is no mapping “{name_or_path}”; known: {known}")
    return _built_in(name_or_path)


def library_text(*, name: str) -> str:
    """The text of a mapping that comes with the site; its name is one of ``available_mappings``."""
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8-sig")


def detect_mapping(path: Path) -> str | None:
    """The name of the one mapping whose columns the file has; None where none or several fit."""
    return explain_detection(path).name


def explain_detection(path: Path, *, own: Sequence[Mapping] = ()) -> Detection:
    """Which mapping fits the file and why, or why none is chosen.

    ``own`` are a workspace's mappings: they are looked at first, and replace mappings of the site of the same name.
    """
    try:
        text = head_text(path=path)
    except HarmonizationRefused as refused:
        return Detection(name=None, reason=str(refused), candidates=(), refused=refused)
    headers = candidate_headers(text=text)
    replaced = {mapping.name for mapping in own}
    site = [_built_in(name) for name in available_mappings() if name not in replaced]
    of_site = _choose(_candidates(site, rivals=site, headers=headers))
    if not own:
        return of_site
    return _own_first(of_own=_choose(_candidates(own, rivals=[*own, *site], headers=headers)), of_site=of_site)


def _own_first(*, of_own: Detection, of_site: Detection) -> Detection:
    """The workspace's mapping, also where its columns tell no more than those of the site's mapping that was found."""
    best, *others = of_own.candidates
    fits = not best.missing and best.explained >= LEAST_EXPLAINED
    leads = all(one.missing or best.explained - one.explained >= CLEAR_LEAD for one in others)
    if of_own.name is None and of_site.name is not None and fits and best.explained >= of_site.candidates[0].explained:
        if not leads:
            return of_own
        reason = f"{best.name}, a mapping of this workspace, knows {best.explained:.0%} of the columns."
        return Detection(name=best.name, reason=reason, candidates=(*of_own.candidates, *of_site.candidates))
    found = of_own if of_own.name is not None or (fits and of_site.name is None) else of_site
    rest = of_site if found is of_own else of_own
    return replace(found, candidates=(*found.candidates, *rest.candidates))


def _candidates(
    mappings: Sequence[Mapping], *, rivals: Sequence[Mapping], headers: list[Header]
) -> tuple[Candidate, ...]:
    known = {(mapping.retailer.id or mapping.name, column) for mapping in rivals for column in _known_columns(mapping)}
    owners = Counter(column for _, column in known)
    fits = (_fit(mapping, headers, owners) for mapping in mappings)
    return tuple(sorted(fits, key=lambda one: (bool(one.missing), -one.explained, -one.known)))


def header_of(path: Path) -> str:
    """The column names a file seems to have, in words, for a message; never raises for a bad file."""
    try:
        header = likely_header(text=head_text(path=path))
    except HarmonizationRefused as refused:
        return refused.title.lower()
    if header is None:
        return "no header was found"
    return ", ".join(header.names[:40]) + (" …" if len(header.names) > 40 else "")


def _choose(candidates: tuple[Candidate, ...]) -> Detection:
    fitting = [one for one in candidates if not one.missing and one.explained >= LEAST_EXPLAINED]
    if not fitting:
        best = candidates[0]
        lacks = f" and lacks {', '.join(best.missing)}" if best.missing else ""
        reason = f"The closest, {best.name}, knows {best.explained:.0%} of the columns{lacks}."
        return Detection(name=None, reason=f"No mapping fits. {reason}", candidates=candidates)
    first, *others = fitting
    is_whole_header = first.explained == 1 and first.known >= WHOLE_HEADER
    if first.distinctive < LEAST_DISTINCTIVE and not is_whole_header:
        reason = f"{first.name} fits, but the columns are too common to tell its reports from others."
        return Detection(name=None, reason=reason, candidates=candidates)
    rivals = [one.name for one in others if first.explained - one.explained < CLEAR_LEAD]
    if rivals:
        reason = f"{first.name} and {', '.join(rivals)} fit alike."
        return Detection(name=None, reason=reason, candidates=candidates)
    reason = f"{first.name} knows {first.explained:.0%} of the columns and misses none it needs."
    return Detection(name=first.name, reason=reason, candidates=candidates)


def _fit(mapping: Mapping, headers: list[Header], owners: Counter[str]) -> Candidate:
    best = best_header(candidates=headers, groups=mapping.column_groups)
    names = [name for name in best.names if name] if best else []
    known = [normal(name) for name in names if normal(name) in _known_columns(mapping)]
    missing = [" or ".join(group) for group in mapping.required_groups if not matched(names=names, groups=[group])]
    return Candidate(
        name=mapping.name,
        explained=len(known) / len(names) if names else 0.0,
        known=len(known),
        distinctive=sum(owners[name] == 1 for name in known),
        missing=tuple(missing),
    )


def _known_columns(mapping: Mapping) -> frozenset[str]:
    return frozenset(normal(column) for group in mapping.column_groups for column in group)


@cache
def _built_in(name: str) -> Mapping:
    return _read_file(FOLDER / f"{name}.yaml")


def _read_file(path: Path) -> Mapping:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MappingError("the file is not UTF-8", name=path.name) from error
    except OSError as error:
        raise MappingError(f"the file cannot be read: {error.strerror}", name=path.name) from error
    return read_mapping(text=text, name=path.name)
