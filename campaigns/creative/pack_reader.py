"""Read a policy pack: YAML that is checked whole before any of it is used."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from campaigns.creative.checks.parameters import PackError
from campaigns.creative.checks.registry import build_check
from campaigns.creative.rules import Pack, Rule, Source, Verdict
from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.safe_yaml import Located, read_yaml

PACK_KEYS = {"pack", "title", "retailer", "version", "aliases", "notice", "includes", "sources", "rules"}
RULE_KEYS = {"id", "text", "source", "severity", "effective_from", "effective_until", "checks"}
SOURCE_KEYS = {"title", "url", "captured_on", "note"}
SEVERITIES = {str(verdict): verdict for verdict in (Verdict.FIX, Verdict.REVIEW, Verdict.REJECT)}


def read_pack(*, text: str, included: Callable[[str], Pack]) -> Pack:
    """A pack with the rules of those it includes, its own first except where personal data blocks all.

    Raises:
        PackError: what is wrong and where.
    """
    document = _plain(_document(text))
    if not isinstance(document, dict):
        raise PackError("a pack is a mapping with “pack”, “title”, “sources” and “rules”")
    _only(document, PACK_KEYS, where="the pack")
    sources = {name: _source(name, value) for name, value in (document.get("sources") or {}).items()}
    own = [_rule(value, sources=sources) for value in document.get("rules") or []]
    shared = [rule for name in document.get("includes") or [] for rule in included(name).rules]
    rules = sorted([*own, *shared], key=lambda rule: not rule.id.startswith("GOV-"))
    ids = [rule.id for rule in rules]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise PackError(f"these rules stand twice: {', '.join(twice)}")
    return Pack(
        name=_text(document, "pack", where="the pack"),
        title=_text(document, "title", where="the pack"),
        retailer=str(document.get("retailer") or ""),
        version=str(document.get("version") or "1"),
        rules=tuple(rules),
        notice=str(document.get("notice") or ""),
        aliases=tuple(document.get("aliases") or ()),
        is_empty=not own,
    )


def _document(text: str) -> Located:
    try:
        return read_yaml(text=text)
    except MappingError as error:
        raise PackError(str(error)) from error


def _plain(located: Located) -> Any:
    """The values without their lines."""
    value = located.value
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _source(name: str, document: Mapping[str, Any]) -> Source:
    where = f"the source “{name}”"
    _only(document, SOURCE_KEYS, where=where)
    captured = _day(document, "captured_on", where=where)
    if captured is None:
        raise PackError(f"{where}: say on which day it was captured")
    return Source(
        title=_text(document, "title", where=where),
        url=str(document.get("url") or ""),
        captured_on=captured,
        note=str(document.get("note") or ""),
    )


def _rule(document: Mapping[str, Any], *, sources: Mapping[str, Source]) -> Rule:
    where = f"the rule “{document.get('id')}”"
    _only(document, RULE_KEYS, where=where)
    if document.get("source") not in sources:
        raise PackError(f"{where}: no source “{document.get('source')}”")
    if document.get("severity") not in SEVERITIES:
        raise PackError(f"{where}: the severity is one of {', '.join(SEVERITIES)}")
    described = document.get("checks") or []
    if not described:
        raise PackError(f"{where}: without checks it would never be broken")
    return Rule(
        id=_text(document, "id", where=where),
        text=_text(document, "text", where=where),
        source=sources[document["source"]],
        severity=SEVERITIES[document["severity"]],
        checks=tuple(build_check(document=one, where=where) for one in described),
        effective_from=_day(document, "effective_from", where=where),
        effective_until=_day(document, "effective_until", where=where),
        parameters=tuple(described),
    )


def _only(document: Mapping[str, Any], known: set[str], *, where: str) -> None:
    if unknown := sorted(document.keys() - known):
        raise PackError(f"{where}: unknown {', '.join(unknown)}")


def _text(document: Mapping[str, Any], name: str, *, where: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not value.strip():
        raise PackError(f"{where}: “{name}” is missing")
    return value


def _day(document: Mapping[str, Any], name: str, *, where: str) -> date | None:
    value = document.get(name)
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise PackError(f"{where}: “{name}” is no day as YYYY-MM-DD") from error
