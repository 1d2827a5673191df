"""Take exchange rates in from a file."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from harmonization.comparison.rate_files import read_rates
from harmonization.comparison.rates import DatedRate
from tenants.database.current import connection
from tenants.models import User
from tenants.services.audit import record_event


@dataclass
class RatesFile:
    """What the audit log is about: a file of rates by its name."""

    pk: str

    def __str__(self) -> str:
        return self.pk


@dataclass(frozen=True, kw_only=True)
class RateImport:
    """What a file of rates brought.

    Attributes:
        new, changed: rates that were not known, or known with another value, which the file's replaced.
        first_day, last_day: of the file.
    """

    read: int
    new: int
    changed: int
    first_day: date
    last_day: date
    currencies: tuple[str, ...]


def import_rates(*, content: bytes, file_name: str, by: User | None) -> RateImport:
    """Take in every rate of the file; the same file again changes nothing. Raises RatesRefused and keeps nothing."""
    rates = read_rates(content=content, name=file_name)
    with transaction.atomic():
        new, changed = _write(rates)
        found = RateImport(
            read=len(rates),
            new=new,
            changed=changed,
            first_day=min(one.day for one in rates),
            last_day=max(one.day for one in rates),
            currencies=tuple(sorted({one.quote for one in rates} | {one.base for one in rates})),
        )
        if new or changed:
            counts = {"read": found.read, "new": new, "changed": changed}
            about = RatesFile(pk=file_name[:200])
            record_event(kind="fx_rates.imported", about=about, by=by, after=counts | {"to": str(found.last_day)})
    return found


def _write(rates: tuple[DatedRate, ...]) -> tuple[int, int]:
    """How many rates are new and how many changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO harmonization_fxrate AS known (date, base, quote, rate, source)
            SELECT DISTINCT ON (base, quote, date) date, base, quote, rate, source
            FROM unnest(%s::date[], %s::text[], %s::text[], %s::numeric[], %s::text[])
                AS file (date, base, quote, rate, source)
            ON CONFLICT (base, quote, date) DO UPDATE
                SET rate = excluded.rate, source = excluded.source, imported_at = now()
                WHERE known.rate <> excluded.rate
            RETURNING xmax = 0
            """,
            [
                [one.day for one in rates],
                [one.base for one in rates],
                [one.quote for one in rates],
                [one.rate for one in rates],
                [one.source for one in rates],
            ],
        )
        written = [is_new for (is_new,) in cursor.fetchall()]
    return sum(written), len(written) - sum(written)
