"""Every kind of check by the name packs use, built from what a pack says of it."""

from collections.abc import Callable, Mapping
from typing import Any

from campaigns.creative.checks import (
    alt_text,
    capitals,
    categories,
    click_address,
    contacts,
    dates,
    disclaimers,
    images,
    lengths,
    names,
    phrases,
    punctuation,
    required_text,
)
from campaigns.creative.checks.conditions import Condition, Conditional, read_condition
from campaigns.creative.checks.parameters import PackError, Parameters
from campaigns.creative.rules import Check

BUILDERS: Mapping[str, Callable[[Parameters], Check]] = {
    "words": phrases.build,
    "longer_than": lengths.build,
    "item_count": lengths.build_item_count,
    "capitals": capitals.build,
    "end_punctuation": punctuation.build_end,
    "odd_punctuation": punctuation.build_odd,
    "drawings": punctuation.build_drawing,
    "contacts": contacts.build,
    "personal_data": contacts.build_personal,
    "click_address": click_address.build,
    "image": images.build,
    "alt_text": alt_text.build,
    "required_text": required_text.build,
    "required_words": required_text.build_words,
    "category": categories.build,
    "locale": categories.build_locale,
    "event_dates": dates.build,
    "competitors": names.build_competitors,
    "trademarks": names.build_trademarks,
    "disclaimers": disclaimers.build,
}


def build_check(*, document: Mapping[str, Any], where: str) -> Check:
    """The check a pack describes: ``kind``, its parameters, and optionally ``when`` and ``unless``.

    Raises:
        PackError: an unknown kind, or a parameter that the kind does not have.
    """
    described = {name: value for name, value in document.items() if name not in {"kind", "when", "unless"}}
    builder = BUILDERS.get(str(document.get("kind")))
    if builder is None:
        raise PackError(f"{where}: no check of the kind “{document.get('kind')}”; there are {', '.join(BUILDERS)}")
    parameters = Parameters(described, where=where)
    check = builder(parameters)
    parameters.finish()
    when, unless = (_condition(document.get(name), where=f"{where}, {name}") for name in ("when", "unless"))
    return Conditional(check=check, when=when, unless=unless) if when or unless else check


def _condition(document: Any, *, where: str) -> Condition | None:
    if document is None:
        return None
    if not isinstance(document, dict) or not document:
        raise PackError(f"{where}: must name at least one fact")
    return read_condition(Parameters(document, where=where))
