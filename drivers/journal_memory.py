"""A journal that forgets when the process ends: for scenarios and tests, never for a device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID, uuid4

from drivers.durable import Fact, JournalFailed
from drivers.journal_sqlite import CAPACITY, advanced

Another = TypeVar("Another", bound="MemoryJournal")


class MemoryJournal:
    """The journal's promise without its durability.

    broken: set to a reason, and every commit fails with it until it is "" again.
    reopened: the same card after a restart. id: given where a scenario must be the same at every run.
    """

    def __init__(self, id: str | None = None, *, capacity: int = CAPACITY) -> None:
        self._id = str(UUID(id) if id else uuid4())
        self._facts: dict[str, list[Fact]] = {}
        self._kept: dict[tuple[str, str], str] = {}
        self._heads: dict[str, tuple[int, str]] = {}
        self._closed = False
        self.capacity = capacity
        self.broken = ""

    @property
    def id(self) -> str:
        return self._id

    @property
    def waiting(self) -> int:
        """How many facts of all devices have no receipt yet; compare with `capacity`."""
        return sum(map(len, self._facts.values()))

    def head(self, device: str) -> tuple[int, str]:
        return self._heads.get(device, (0, ""))

    def commit(self, facts: Sequence[Fact], kept: Mapping[tuple[str, str], str | None]) -> None:
        heads = advanced(self._heads, facts)
        if self._closed or self.broken:
            raise JournalFailed(f"journal in memory: {self.broken or 'closed'}")
        if facts and self.waiting + len(facts) > self.capacity:
            raise JournalFailed(f"journal in memory: full, {self.waiting} records wait")
        for fact in facts:
            self._facts.setdefault(fact.device, []).append(fact)
        self._heads = heads
        for key, value in kept.items():
            self._kept.pop(key, None)
            if value is not None:
                self._kept[key] = value

    def kept(self, device: str) -> dict[str, str]:
        return {key: value for (owner, key), value in self._kept.items() if owner == device}

    def unsent(self, device: str, limit: int = 100) -> list[Fact]:
        return self._facts.get(device, [])[:limit]

    def receipt(self, device: str, upto: int) -> int:
        left = [fact for fact in self._facts.get(device, []) if fact.seq > upto]
        self._facts[device] = left
        return len(left)

    def close(self) -> None:
        self._closed = True

    def reopened(self) -> MemoryJournal:
        """What the next life finds."""
        return self._copied_to(MemoryJournal(self._id, capacity=self.capacity))

    def _copied_to(self, again: Another) -> Another:
        again._facts = {device: list(facts) for device, facts in self._facts.items()}
        again._kept, again._heads = dict(self._kept), dict(self._heads)
        return again
