"""S12: how good the hall's waits are, on days made by an independent queue simulator, as a table."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from tests.report.queue_days import KINDS, Kind, day
from tests.report.waits import Figures, Hall, figures

BETTER, HELD = 0.3, (0.85, 0.95)  # S12


@dataclass(frozen=True, slots=True)
class Size:
    """How many days are learned from, and how many of each kind are then promised on."""

    learn: int
    told: int


FULL, QUICK = Size(20, 20), Size(3, 1)


def measure(size: Size, seed: int, say: Callable[[str], None] = lambda _: None) -> dict[Kind, Figures]:
    """Learn from ordinary days; then every kind of day, each from what was learned on ordinary ones."""
    hall = Hall()
    for n in range(size.learn):
        hall.live(day("ordinary", seed + n))
    found: dict[Kind, Figures] = {}
    for kind in KINDS:
        fresh = deepcopy(hall)
        told = [one for n in range(size.told) for one in fresh.live(day(kind, seed + 10_000 + n))]
        found[kind] = figures(told)
        say(f"{kind}: {found[kind].waits} waits")
    return found


def kept(one: Figures) -> bool:
    """Whether this is what S12 promises."""
    return one.better >= BETTER and HELD[0] <= one.held <= HELD[1]


def table(found: dict[Kind, Figures]) -> list[str]:
    """As Markdown."""
    lines = [
        "| day | waits | median wait | our error | formula's | better by | all ahead | better by | bound held | S12 |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for kind, one in found.items():
        lines.append(
            f"| {kind} | {one.waits} | {one.wait:.1f} min | {one.error:.1f} min | {one.own:.1f} min | {one.better:.0%} "
            f"| {one.all:.1f} min | {1 - one.error / one.all:.0%} | {one.held:.1%} "
            f"| {'kept' if kept(one) else 'missed'} |"
        )
    return lines
