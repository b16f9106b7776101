"""The evaluator's panel as it is wired: five levels, listed 5, 4, 3, 2, 1 (非常满意 first) in the config's `lines`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

LEVELS: Final = (5, 4, 3, 2, 1)


def by_level(lines: Sequence[int]) -> dict[int, int]:
    """level -> line. ValueError unless there are five different lines."""
    if len(lines) != len(LEVELS) or len(set(lines)) != len(LEVELS):
        raise ValueError(f"a panel has five different lines, level 5 first; these are {list(lines)}")
    return dict(zip(LEVELS, lines, strict=True))


def check_levels(levels: frozenset[int]) -> None:
    """ValueError for a level the panel does not have."""
    strange = levels - set(LEVELS)
    if strange:
        raise ValueError(f"levels are 1 to 5, not {sorted(strange)}")
