"""One of the rules that contradict each other, and what would resolve it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One rule of a contradiction.

    Attributes:
        kind: a rule's kind, ``budget``, ``minimum`` or ``maximum``.
        value: as the problem has it, in the rule's own unit.
        relaxed: the value nearest to it that resolves every contradiction while all other rules stay, rounded to the
            loose side; None when changing this rule alone is not enough.
        sentence: the change in words.
    """

    rule: str
    kind: str
    value: float
    value_kind: str
    relaxed: float | None
    sentence: str
