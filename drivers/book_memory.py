"""A book that forgets when the process ends: for scenarios and tests, never for a coordinator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drivers.book_sqlite import Heads, following
from drivers.durable import BookRow, JournalFailed


class MemoryBook:
    """The book's promise without its durability; `rows` may be looked at.

    broken: set to a reason, and every entry fails with it until it is "" again.
    """

    def __init__(self) -> None:
        self.rows: list[BookRow] = []
        self.broken = ""
        self._heads: Heads = {}

    def enter(self, rows: Sequence[BookRow]) -> None:
        heads, fresh = following(self._heads, rows)
        if self.broken:
            raise JournalFailed(f"book in memory: {self.broken}")
        self.rows += fresh
        self._heads |= heads

    def upto(self) -> dict[tuple[str, str], int]:
        return {source: seq for source, (seq, _) in self._heads.items()}

    def head(self, device: str, journal: str) -> tuple[int, str]:
        return self._heads.get((device, journal), (0, ""))

    def day_before(self, day: str) -> str:
        return max((row.day for row in self.rows if row.day < day), default="")

    def since(self, day: str, lasting: str = "") -> Iterator[BookRow]:
        return (row for row in self.rows if row.day >= (min(day, lasting or day) if row.lasting else day))

    def close(self) -> None:
        """Nothing to free; the scenario hands the same book to the coordinator's next life."""
