"""One module a subject; each reads its part of a brief and marks it as understood. To add one: a line in ``READINGS``.

Order matters: what could also be read as something else is read first.
"""

from collections.abc import Callable

from campaigns.briefs.readings import (
    aims,
    background,
    budget,
    change,
    corrections,
    each,
    exclusions,
    limits,
    loose_limits,
    loose_shares,
    pace,
    pairs,
    period,
    returns,
    scope,
    spend,
    target,
)
from campaigns.briefs.readings.reading import Reading

READINGS: tuple[Callable[[Reading], None], ...] = (
    background.read,
    corrections.read,
    pace.read,
    target.read,
    loose_shares.read_rejected,
    returns.read,
    limits.read_relative,
    exclusions.read,
    change.read,
    period.read,
    loose_limits.read_negated,
    pairs.read,
    each.read,
    limits.read,
    budget.read,
    loose_shares.read,
    loose_limits.read,
    aims.read,
    spend.read,
    scope.read,
    corrections.ask_about_the_rest,
)
