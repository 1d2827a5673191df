"""Where the federation's adapters stand in the picture: five tiers, a box each, lines through what serves together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from agents.federation.axes import ORDER, Axis
from agents.models import AdapterRow

BOX_WIDTH, BOX_HEIGHT = 176, 56
TIER_STEP, BOX_STEP = 216, 76
LEFT, TOP = 8, 40
TIER_NAMES = ("Base model", "Industry", "Retailer", "Brand", "Task")
LONGEST_LABEL = 20


@dataclass(frozen=True, kw_only=True)
class Box:
    """One adapter (or the base) in the picture; ``kind`` is serving, idle or base."""

    x: int
    y: int
    label: str
    note: str
    kind: str
    row: AdapterRow | None = None
    is_chosen: bool = False

    @property
    def text_x(self) -> int:
        return self.x + 12

    @property
    def label_y(self) -> int:
        return self.y + 24

    @property
    def note_y(self) -> int:
        return self.y + 43


@dataclass(frozen=True, kw_only=True)
class Line:
    """From one box's right side to the next one's left."""

    path: str
    is_thick: bool


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Everything to draw, in the units of the view box."""

    width: int
    height: int
    tiers: tuple[tuple[int, str], ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def lay_out(*, rows: Sequence[AdapterRow], together: Sequence[AdapterRow], base_digest: str, chosen: object) -> Picture:
    """The newest version of each adapter in its tier; a thick line through what serves together.

    Args:
        together: members of the composition, in the order of the axes.
        chosen: id of the adapter whose card is open.
    """
    columns = [_newest([row for row in rows if row.axis == axis]) for axis in ORDER]
    tallest = max([1, *map(len, columns)])
    base = _place(0, 0, count=1, tallest=tallest)
    boxes = [Box(x=base[0], y=base[1], label="Base model", note=base_digest[:12] or "none here", kind="base")]
    serving = {row.pk for row in together}
    tried = {(row.axis, row.member): row for row in rows if row.is_canary}
    for tier, column in enumerate(columns, start=1):
        for number, row in enumerate(column):
            x, y = _place(tier, number, count=len(column), tallest=tallest)
            kind = "serving" if row.pk in serving else "idle"
            note = _note(row, tried=tried.get((row.axis, row.member)))
            is_chosen = row.pk == chosen
            boxes.append(Box(x=x, y=y, label=_label(row), note=note, kind=kind, row=row, is_chosen=is_chosen))
    return Picture(
        width=LEFT * 2 + TIER_STEP * len(ORDER) + BOX_WIDTH,
        height=TOP + tallest * BOX_STEP,
        tiers=tuple((LEFT + TIER_STEP * tier, name) for tier, name in enumerate(TIER_NAMES)),
        boxes=tuple(boxes),
        lines=_lines(boxes),
    )


def _newest(rows: Sequence[AdapterRow]) -> list[AdapterRow]:
    """One box a place: what serves there, else the newest version; a tenant's own beside a shared one."""
    found: dict[tuple[str, bool], AdapterRow] = {}
    for row in sorted(rows, key=lambda one: (one.is_serving, one.version)):
        found[row.member, row.is_shared] = row
    return sorted(found.values(), key=lambda one: (one.member, one.is_shared))


def _place(tier: int, number: int, *, count: int, tallest: int) -> tuple[int, int]:
    spare = (tallest - count) * BOX_STEP // 2
    return LEFT + TIER_STEP * tier, TOP + spare + number * BOX_STEP


def _note(row: AdapterRow, *, tried: AdapterRow | None) -> str:
    """Its version and state, and which version is tried beside it."""
    note = f"v{row.version} · {row.get_state_display().split()[0].lower()}"
    if tried is None or tried.pk == row.pk:
        return note
    return f"{note}, v{tried.version} on {tried.canary_percent}%"


def _label(row: AdapterRow) -> str:
    name = row.member.replace("_", " ").title() if row.member else Axis(row.axis).value.title()
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"


def _lines(boxes: Sequence[Box]) -> tuple[Line, ...]:
    """From the base through every serving box, tier by tier; thin ones from the base to what stands idle."""
    chain = [box for box in boxes if box.kind in ("base", "serving")]
    idle = [box for box in boxes if box.kind == "idle"]
    thick = [Line(path=_around(one, other, idle), is_thick=True) for one, other in pairwise(chain)]
    near = [box for box in idle if box.row is not None and box.row.axis == Axis.INDUSTRY]
    return (*(Line(path=_curve(chain[0], box), is_thick=False) for box in near), *thick)


def _around(one: Box, other: Box, idle: Sequence[Box]) -> str:
    """From one to the other; above the boxes of tiers in between that serve nothing here, so that none seems to."""
    skipped = [box for box in idle if one.x < box.x < other.x]
    if not skipped:
        return _curve(one, other)
    lane = min(box.y for box in skipped) - (BOX_STEP - BOX_HEIGHT) // 2
    first, last = min(box.x for box in skipped), max(box.x for box in skipped) + BOX_WIDTH
    start_y, end_y = one.y + BOX_HEIGHT // 2, other.y + BOX_HEIGHT // 2
    rising = _bend(one.x + BOX_WIDTH, start_y, first, lane)
    return f"M{one.x + BOX_WIDTH} {start_y} {rising} L{last} {lane} {_bend(last, lane, other.x, end_y)}"


def _curve(one: Box, other: Box) -> str:
    start_x, start_y = one.x + BOX_WIDTH, one.y + BOX_HEIGHT // 2
    return f"M{start_x} {start_y} {_bend(start_x, start_y, other.x, other.y + BOX_HEIGHT // 2)}"


def _bend(start_x: int, start_y: int, end_x: int, end_y: int) -> str:
    middle = (start_x + end_x) // 2
    return f"C{middle} {start_y} {middle} {end_y} {end_x} {end_y}"
