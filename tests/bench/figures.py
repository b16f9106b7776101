"""From samples to the figures of one promise, in the shape that results.json has. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One promise, or one part of it (`S1.p99`), as it stands in results.json.

    yardstick: the same quantity of the yardstick, in the same unit, from the same run. ratio: value / yardstick; None
    where the yardstick measured nothing at all. limit: what PROMISES allows, in words. spread: the lowest and the
    highest round, as ratios, or as values where there is no ratio. why: what was measured; for a miss by how much, and
    why.
    """

    value: float
    unit: str
    yardstick: float
    limit: str
    passed: bool
    spread: tuple[float, float]
    why: str = ""

    @property
    def ratio(self) -> float | None:
        return quotient(self.value, self.yardstick)

    def as_json(self) -> dict[str, Any]:
        """One entry below `promises`."""
        return {
            "value": rounded(self.value),
            "unit": self.unit,
            "yardstick": rounded(self.yardstick),
            "ratio": self.ratio,
            "limit": self.limit,
            "spread": [rounded(end) for end in self.spread],
            "pass": self.passed,
            "why": self.why,
        }


Figures = dict[str, Figure]


def under_one_head(name: str, parts: Figures, most: dict[str, float], limit: str, why: str) -> Figures:
    """A promise of several parts: under its own name the part that comes nearest to its limit, or is farthest over it.

    It is kept if all parts are. most: each part's limit as a number; parts without one are for information.
    """
    worst = max(most, key=lambda part: parts[part].value / most[part])
    head = replace(parts[worst], limit=limit, passed=all(parts[part].passed for part in most), why=f"{worst}. {why}")
    return {name: head, **parts}


@dataclass(slots=True)
class Rounds:
    """Samples of what is measured and of its yardstick, taken in turns, round by round; all in one unit."""

    values: list[list[float]] = field(default_factory=list)
    yardsticks: list[list[float]] = field(default_factory=list)

    def begin(self) -> None:
        """The samples from now on are another round's."""
        self.values.append([])
        self.yardsticks.append([])

    def add(self, value: float, yardstick: float) -> None:
        """A pair, taken one right after the other."""
        self.values[-1].append(value)
        self.yardsticks[-1].append(yardstick)

    def value(self, percent: float) -> float:
        """Over all rounds."""
        return percentile([sample for samples in self.values for sample in samples], percent)

    def yardstick(self, percent: float) -> float:
        """Over all rounds."""
        return percentile([sample for samples in self.yardsticks for sample in samples], percent)

    def spread(self, percent: float) -> tuple[float, float]:
        """The lowest and the highest round's ratio."""
        ratios = [
            percentile(ours, percent) / percentile(bare, percent)
            for ours, bare in zip(self.values, self.yardsticks, strict=True)
        ]
        return min(ratios), max(ratios)

    def figure(self, percent: float, unit: str, limit: str, passed: bool, why: str) -> Figure:
        """What a promise says of this percentile."""
        return Figure(self.value(percent), unit, self.yardstick(percent), limit, passed, self.spread(percent), why)


def percentile(samples: Sequence[float], percent: float) -> float:
    """The smallest sample that at least so many percent do not exceed (nearest rank). ValueError without samples."""
    if not samples:
        raise ValueError("no samples")
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def rounded(value: float) -> float:
    """Three digits that mean something."""
    return float(f"{value:.3g}")


def quotient(value: float, yardstick: float) -> float | None:
    """None where there is nothing to divide by."""
    return rounded(value / yardstick) if yardstick > 0 else None


def verdict(value: float, most: float, unit: str) -> str:
    """By how much a limit is kept or missed, in words."""
    if value <= most:
        return f"kept with {rounded(most - value):g} {unit} to spare"
    return f"missed by {rounded(value - most):g} {unit}"
