"""What the durable memory of a station promises: a device's journal, and the coordinator's book.

Neither says anything by itself: a call returns when the disk has it, or raises `JournalFailed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Fact:
    """One durable record of one device: `payload` is the very bytes that go on the wire."""

    device: str
    seq: int
    id: str
    payload: bytes


class JournalFailed(Exception):
    """The disk did not take it; nothing that depended on it may be shown."""


class Journal(Protocol):
    """The device's durable memory. `commit` returns after the disk has it (fsync), or raises JournalFailed.

    Several devices of one Pi share one journal; `seq` counts from 1 without gaps per device.
    """

    @property
    def id(self) -> str: ...
    @property
    def capacity(self) -> int:
        """How many facts of all devices may wait for a receipt; one more is JournalFailed."""
        ...

    @property
    def waiting(self) -> int:
        """How many do."""
        ...

    def head(self, device: str) -> tuple[int, str]:
        """Last seq of the device and the SHA-256 of its payload (0 and "" at the start)."""
        ...

    def commit(self, facts: Sequence[Fact], kept: Mapping[tuple[str, str], str | None]) -> None:
        """All or nothing: append facts, set or forget (device, key) -> JSON text."""
        ...

    def kept(self, device: str) -> dict[str, str]: ...
    def unsent(self, device: str, limit: int = 100) -> list[Fact]:
        """The oldest facts without a receipt, in order of seq."""
        ...

    def receipt(self, device: str, upto: int) -> int:
        """The coordinator has everything up to `upto`; those rows may go. Returns how many are still unsent."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class BookRow:
    """One record in the coordinator's book: whose, from which journal, which, and its bytes.

    lasting: it may still be wanted when its day is over. No part of the record: a book that was written before this was
    noted says so of every row.
    """

    device: str
    journal: str
    seq: int
    id: str
    day: str
    payload: bytes
    lasting: bool = field(default=True, compare=False)


class Book(Protocol):
    """The hall's memory: every record of every device once, in order of arrival. Append only."""

    def enter(self, rows: Sequence[BookRow]) -> None:
        """Commit durably, all or nothing; rows already there (same device, journal, seq) are passed over."""
        ...

    def upto(self) -> dict[tuple[str, str], int]:
        """(device, journal) -> the last seq entered; everything before it is there too."""
        ...

    def head(self, device: str, journal: str) -> tuple[int, str]:
        """The last seq entered of this device's journal and the SHA-256 of its payload (0 and "" at the start)."""
        ...

    def day_before(self, day: str) -> str:
        """The last business day before this one on which anything arrived, "" if there is none."""
        ...

    def since(self, day: str, lasting: str = "") -> Iterator[BookRow]:
        """All rows of business days >= day, in order of arrival. lasting: with what lasts from that day on."""
        ...

    def close(self) -> None: ...
