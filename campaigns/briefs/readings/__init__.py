"""One module a subject; each reads its part of a brief and marks it as understood. To add one: a line in ``READINGS``.

Order matters: what could also be read as something else is read first.
"""

from collections.abc import Callable

from campaigns.briefs.readings import budget, change, limits, pace, period, returns, scope, spend, target
from campaigns.briefs.readings.reading import Reading

READINGS: tuple[Callable[[Reading], None], ...] = (
    pace.read,
    target.read,
    returns.read,
    limits.read_relative,
    change.read,
    period.read,
    limits.read,
    budget.read,
    spend.read,
    scope.read,
)
