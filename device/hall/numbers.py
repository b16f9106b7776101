"""Who may give which number. Rules:

1. A number belongs to a series and a business day, `A001` to `A999`, and is given once.
2. Online, the coordinator gives 1..online_last, rising.
3. A kiosk holds blocks above online_last in its journal, granted once and never shared, and gives from them in rising
   order when nobody answers. Another card in the same kiosk is another journal and gets other blocks; so does another
   kiosk that shares the journal, on the same Pi.
4. A coordinator that lost its book begins a new one and knows of no number given before; no kiosk takes numbers of
   one day from two books.
5. Nothing here looks at a clock; the day is an argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from device.contract.messages import Block

LAST = 999
USED_MOST = 300  # series x days
Holder = tuple[str, str]  # kiosk, its journal


@dataclass(slots=True)
class Numbers:
    """The coordinator's side: what was given so far. A fold over number.allotted and block.reserved records."""

    online_last: int
    block: int
    given: dict[tuple[str, str], int] = field(default_factory=dict)  # (day, series) -> last online number
    granted: dict[tuple[str, str], int] = field(default_factory=dict)  # (day, series) -> last number in a block
    held: dict[Holder, list[Block]] = field(default_factory=dict)

    def next_online(self, day: str, series: str, kept: int = 0) -> int | None:
        """The number to give now, or None when the day has no more. kept: for others than this one (R080)."""
        number = self.given.get((day, series), 0) + 1
        return number if number <= self.online_last - kept else None

    def out(self, day: str, series: str, number: int) -> bool:
        """Whether somebody may hold this number: it was given, or it is in some kiosk's block."""
        last = self.given if number <= self.online_last else self.granted
        return 0 < number <= last.get((day, series), 0)

    def note_online(self, day: str, series: str, number: int) -> None:
        """A number was given."""
        self.given[day, series] = max(number, self.given.get((day, series), 0))

    def next_block(self, holder: Holder, day: str, series: str) -> Block | None:
        """A block to grant to this holder: None when it holds one already or none is left."""
        if any(b.day == day and b.series == series for b in self.held.get(holder, [])):
            return None
        first = self.granted.get((day, series), self.online_last) + 1
        last = min(first + self.block - 1, LAST)
        return Block(series, day, first, last) if first <= LAST else None

    def note_block(self, holder: Holder, block: Block) -> None:
        """A block was granted."""
        key = (block.day, block.series)
        self.granted[key] = max(block.last, self.granted.get(key, 0))
        self.held.setdefault(holder, []).append(block)

    def blocks(self, holder: Holder, day: str) -> tuple[Block, ...]:
        """What the holder has from `day` on."""
        return tuple(b for b in self.held.get(holder, []) if b.day >= day)


@dataclass(slots=True)
class Reserve:
    """The kiosk's side: its blocks and the last number it gave from each series and day.

    book, heard: the coordinator's memory that gives the numbers, and the last day for which it spoke.
    """

    blocks: tuple[Block, ...] = ()
    used: dict[str, int] = field(default_factory=dict)  # "day series" -> last number given
    book: str = ""
    heard: str = ""

    def believes(self, book: str, day: str) -> bool:
        """Whether this book may give numbers of this day: one day, one book, for a new one knows nothing of the old.

        On a later day the new one takes over, and what the old one granted ahead is void.
        """
        if book and book != self.book:
            if day <= self.heard:
                return False
            self.book, self.blocks = book, ()
        self.heard = max(day, self.heard)
        return True

    def take(self, day: str, series: str) -> int | None:
        """The next number of one's own, now spent; None when there is none left."""
        key = f"{day} {series}"
        last = self.used.get(key, 0)
        for block in sorted((b for b in self.blocks if (b.day, b.series) == (day, series)), key=lambda b: b.first):
            number = max(block.first, last + 1)
            if number <= block.last:
                self.used[key] = number
                return number
        return None

    def grant(self, blocks: Sequence[Block], today: str) -> None:
        """The coordinator says what this journal holds. Days that are over go; what was given from them is remembered.

        By count, not by date: whatever a clock says, the same block never begins anew.
        """
        first = min([today, *(b.day for b in blocks)])
        held = dict.fromkeys((*self.blocks, *blocks))
        self.blocks = tuple(b for b in held if b.day >= first)
        for key in sorted(self.used)[:-USED_MOST]:
            del self.used[key]


def printed(series: str, number: int) -> str:
    """`A`, 12 -> `A012`."""
    return f"{series}{number:03d}"
