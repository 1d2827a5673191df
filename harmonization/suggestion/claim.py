"""What the words of one column claim it to be, and what speaks for and against it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from harmonization.suggestion.grammar import meaning_of
from harmonization.suggestion.header_words import HeaderReading, read_header
from harmonization.suggestion.knowledge import Knowledge
from harmonization.suggestion.reasons import in_words, why_unmapped

SCOPED = frozenset({"orders", "units", "revenue", "roas", "acos", "add_to_cart", "detail_page_views"})
CONTAINERS = frozenset(
    [
        *(
            "segment",
            "metric",
            "dimension",
            "attribute",
            "stat",
            "statistic",
            "value",
            "result",
            "row",
            "data",
            "report",
        ),
        *("event", "customer", "propertie", "field", "record", "item", "total", "performance", "measure"),
    ]
)
AMOUNTS = frozenset({"amount", "value", "units", "number", "total"})
WORDS, KNOWN, VALUES, ARITHMETIC, FILE = "words", "known", "values", "arithmetic", "file"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A column on its way to a proposal.

    Attributes:
        meaning: a field of the interchange vocabulary or of RMIS; None where the column abstains.
        evidence: the kinds of evidence that agree: words, known, values, arithmetic, file.
        candidate: what it would be if a person confirmed it.
        guess: what its known words say, where it has others besides.
    """

    column: str
    reading: HeaderReading
    meaning: str | None
    evidence: frozenset[str] = frozenset()
    why: str = ""
    transform: str = ""
    candidate: str | None = None
    touch: str | None = None
    guess: str | None = None

    def abstaining(self, *, why: str, is_asked: bool = True) -> "Claim":
        """The claim given up, with what a person may confirm."""
        candidate = self.meaning if is_asked else None
        return replace(self, meaning=None, why=why, candidate=candidate, evidence=frozenset(), transform="")

    def becoming(self, meaning: str, *, why: str, evidence: str = FILE) -> "Claim":
        """The claim of another field, told by what stands beside it."""
        return replace(self, meaning=meaning, why=why, evidence=self.evidence | {evidence})

    def backed(self, kind: str, *, why: str = "") -> "Claim":
        """The claim with one more kind of evidence."""
        told = f"{self.why}; {why}" if why else self.why
        return replace(self, evidence=self.evidence | {kind}, why=told)


def claims_of(*, header: Iterable[str], knowledge: Knowledge) -> list[Claim]:
    """One claim per column, from its own words and from known mappings with the same words."""
    return [_claim(column, _read(column), knowledge) for column in header]


def _read(column: str) -> HeaderReading:
    """The reading of a name; of a path that part which tells something, of ``metrics.clicks`` and ``spend.amount``."""
    reading = read_header(header=column)
    first, _, rest = column.partition(".")
    if not rest or not (reading.unknown or meaning_of(reading=reading) is None):
        return reading
    if first.lower().rstrip("s") in CONTAINERS:
        return replace(read_header(header=rest), header=column)
    if rest.lower() in AMOUNTS:
        return replace(read_header(header=first), header=column)
    return reading


def _claim(column: str, reading: HeaderReading, knowledge: Knowledge) -> Claim:
    told = meaning_qualified(reading=reading)
    meaning = None if reading.unknown else told
    claim = Claim(column=column, reading=reading, meaning=meaning, transform=reading.unit, touch=reading.touch)
    settled = knowledge.settled(reading=reading)
    if settled is not None and settled != meaning:
        return _as_known(claim, settled)
    if meaning is None:
        return replace(claim, why=why_unmapped(reading=reading), guess=told)
    claim = replace(claim, evidence=frozenset({WORDS}), why=f"its words say {in_words(meaning)}")
    if knowledge.networks(reading=reading, meaning=meaning):
        return claim.backed(KNOWN, why="as in known mappings")
    return claim


def meaning_qualified(*, reading: HeaderReading) -> str | None:
    """The field of a reading, or the part of an outcome that its qualifiers leave."""
    meaning = meaning_of(reading=reading)
    if meaning == "revenue_part":
        meaning = "revenue" if reading.scope else None
    if meaning in SCOPED:
        if reading.sales_channel == "in_store":
            return f"{meaning}_in_store"
        if reading.touch == "view":
            return f"{meaning}_view_through"
        if reading.scope in ("same_sku", "halo"):
            return f"{meaning}_{reading.scope}"
    if meaning and meaning.startswith("ntb_") and (reading.scope in ("same_sku", "halo") or reading.touch == "view"):
        return None
    return meaning


def _as_known(claim: Claim, settled: str) -> Claim:
    """The claim as known mappings have it, which may be to leave the column out."""
    if not settled:
        return replace(claim, meaning=None, why="your own mappings leave columns with these words out")
    why = f"columns with the same words are {in_words(settled)} in known mappings"
    return replace(claim, meaning=settled, evidence=frozenset({KNOWN, FILE}), why=why)
