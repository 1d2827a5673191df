"""Harmonize one file where there is neither Django nor a database: everything comes with the job."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from harmonization.comparison.rates import FoundRate, RateTable
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Mapping as FileMapping
from harmonization.pipeline.reporting_currency import Pair, Reporting
from harmonization.pipeline.run import HarmonizationResult, harmonize_file


@dataclass(frozen=True, kw_only=True)
class Job:
    """One file to harmonize; the paths are the same on every machine.

    Attributes:
        currency: the currency of the workspace, empty where it has none.
        rates: every rate of the workspace, as they are when the job is sent.
        known_digest: SHA-256 of the file, empty where nobody has added it up.
    """

    input_path: Path
    mapping: FileMapping
    output_dir: Path
    currency: str
    rates: RateTable
    known_digest: str = ""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A HarmonizationRefused as a value, which travels between machines whole."""

    title: str
    detail: str
    where: str
    fix: str

    @classmethod
    def of(cls, refused: HarmonizationRefused) -> "Refusal":
        """What the exception says."""
        return cls(title=refused.title, detail=refused.detail, where=refused.where, fix=refused.fix)

    def raised(self) -> HarmonizationRefused:
        return HarmonizationRefused(title=self.title, detail=self.detail, where=self.where, fix=self.fix)


def harmonize_away(job: Job) -> HarmonizationResult | Refusal:
    """The same function as here, with rates from the job instead of the database."""
    find = partial(_found, job.rates, job.currency)
    reporting = Reporting(currency=job.currency, find=find) if job.currency else None
    try:
        return harmonize_file(
            input_path=job.input_path,
            mapping=job.mapping,
            output_dir=job.output_dir,
            reporting=reporting,
            known_digest=job.known_digest,
        )
    except HarmonizationRefused as refused:
        return Refusal.of(refused)


def _found(rates: RateTable, currency: str, pairs: Sequence[Pair]) -> Mapping[Pair, FoundRate]:
    found = {(base, day): rates.find(base=base, quote=currency, on=day) for base, day in pairs}
    return {pair: rate for pair, rate in found.items() if rate is not None}
