"""Which of the eight dimensions citizens touched after rating, of the whole hall: no person, no window (R259).

A business day is counted when it is over, so that nobody at a window learns what the one just served had touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from device.contract.messages import Envelope, RatingGiven, RatingTagged, Record
from device.export.rows import DimensionRow

BAD = 2  # this level and below (R256)


@dataclass(slots=True)
class Dimensions:
    """A fold over ratings and over what was touched after them, whatever the order of arrival."""

    given: dict[str, tuple[str, RatingGiven]] = field(default_factory=dict)  # by the rating's id, with its device
    touched: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)  # by rating and device

    def add(self, envelope: Envelope, record: Record) -> None:
        """Take one record in."""
        match record:
            case RatingGiven():
                self.given[envelope.id] = (envelope.device, record)
            case RatingTagged(rating, _, tags):
                self.touched[rating, envelope.device] = tags
            case _:
                pass

    def rows(self, today: str) -> Iterator[DimensionRow]:
        """Of days that are over. today: the one that is not."""
        counted: dict[tuple[str, str, str], DimensionRow] = {}
        for identity, (device, rating) in self.given.items():
            day = day_of_ticket(rating.ticket)
            tags = self.touched.get((identity, device), rating.tags) if day < today else ()
            for name in dict.fromkeys(tags):
                key = (day, rating.service, name)
                row = counted.setdefault(key, DimensionRow(*key))
                if rating.level <= BAD:
                    row.bad += 1
                else:
                    row.other += 1
        return iter(counted.values())


def day_of_ticket(ticket: str) -> str:
    """The business day of the service: a press just after rollover belongs to it."""
    return f"{ticket[:4]}-{ticket[4:6]}-{ticket[6:8]}"
