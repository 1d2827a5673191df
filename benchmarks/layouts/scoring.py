"""How good proposals are: F1, critical precision and recall, qualifiers, traps, abstention and calibration."""

from dataclasses import dataclass, field

from harmonization.suggestion.suggestion import CRITICAL, OUTCOMES, Suggestion

SAME = {"direct": "same_sku", "indirect": "halo"}
HEADING = (
    f"{'':30} {'F1':>6} {'crit. P':>8} {'crit. R':>8} {'qualif.':>8} {'traps':>6} {'abstained':>10} {'columns':>8}"
)
LIMITS = (
    f"{'limits: with values':30} {'≥.85':>6} {'≥.98':>8} {'≥.90':>8} {'≥.95':>8} {'≤2':>6}   (header only F1 ≥ .80)"
)
DECILES = 10


@dataclass
class Score:
    """Counts over columns; ``reliability`` holds confidence and rightness of every proposal."""

    right: int = 0
    proposed: int = 0
    true: int = 0
    critical_right: int = 0
    critical_proposed: int = 0
    critical_true: int = 0
    qualified: int = 0
    qualified_right: int = 0
    traps: int = 0
    traps_wrong: int = 0
    columns: int = 0
    reliability: list[tuple[float, bool]] = field(default_factory=list)
    by_evidence: dict[frozenset[str], list[bool]] = field(default_factory=dict)

    def add(self, *, row: dict[str, str], found: Suggestion) -> None:
        truth, proposed = row["rmis_field"] or None, found.field
        is_right = proposed is not None and proposed == truth
        is_trap = "TRAP" in row["note"]
        self.columns += 1
        self.true += truth is not None
        self.critical_true += truth in CRITICAL
        self.traps += is_trap
        if proposed is not None:
            self.proposed += 1
            self.right += is_right
            self.critical_proposed += proposed in CRITICAL
            self.critical_right += is_right and proposed in CRITICAL
            self.traps_wrong += is_trap and not is_right
            self.reliability.append((found.confidence, is_right))
            self.by_evidence.setdefault(frozenset(found.evidence), []).append(is_right)
        if is_right and truth in OUTCOMES and _said(row):
            self.qualified += 1
            self.qualified_right += qualifier_is_right(row=row, found=found)

    def line(self, name: str) -> str:
        f1 = share(2 * self.right, self.proposed + self.true)
        return (
            f"{name:30} {f1:6.3f} {share(self.critical_right, self.critical_proposed):8.3f} "
            f"{share(self.critical_right, self.critical_true):8.3f} {share(self.qualified_right, self.qualified):8.3f} "
            f"{f'{self.traps_wrong}/{self.traps}':>6} {share(self.columns - self.proposed, self.columns):10.3f} "
            f"{self.columns:8}"
        )

    def calibration(self) -> list[str]:
        """One line for every tenth of confidence that was given."""
        lines = []
        for tenth in range(DECILES):
            least, most = tenth / DECILES, (tenth + 1) / DECILES
            inside = [one for one in self.reliability if least < one[0] <= most]
            if inside:
                mean = share(sum(confidence for confidence, _ in inside), len(inside))
                right = share(sum(is_right for _, is_right in inside), len(inside))
                lines.append(f"  {least:.1f}–{most:.1f}: said {mean:.3f}, were right {right:.3f} of {len(inside)}")
        return lines


def qualifier_is_right(*, row: dict[str, str], found: Suggestion) -> bool:
    """Whether window, touch, scope and date basis are those the truth states; what it does not state is not judged."""
    pairs = {"window": found.window, "touch": found.touch, "scope": found.scope, "date_basis": found.date_basis}
    return all(pairs[key] == value for key, value in _said(row).items())


def share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _said(row: dict[str, str]) -> dict[str, str]:
    pairs = [part.split("=", 1) for part in row["qualifier"].split(";") if "=" in part]
    return {
        key: SAME.get(value, value)
        for key, value in pairs
        if key in ("window", "touch", "scope", "date_basis") and not value.startswith("request")
    }
