"""Which of the eight dimensions citizens touched after rating, of the whole hall: no person, no window (R259).

A business day is counted when it is over, so that nobody at a window learns what the one just served had touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from device.contract.messages import RatingGiven
from device.export.rows import DimensionRow

BAD = 2  # this level and below (R256)


@dataclass(slots=True)
class Dimensions:
    """A fold over ratings."""

    counted: dict[tuple[str, str, str], DimensionRow] = field(default_factory=dict)

    def add(self, day: str, rating: RatingGiven) -> None:
        """Each of a rating's dimensions counts once. day: the service's."""
        for name in dict.fromkeys(rating.tags):
            key = (day, rating.service, name)
            row = self.counted.setdefault(key, DimensionRow(*key))
            if rating.level <= BAD:
                row.bad += 1
            else:
                row.other += 1

    def rows(self, today: str) -> Iterable[DimensionRow]:
        """Of days that are over. today: the one that is not."""
        return (row for row in self.counted.values() if row.day < today)
