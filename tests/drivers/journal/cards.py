"""The same steps for every journal and book: where it lives, opened again after a restart."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from drivers.book_memory import MemoryBook
from drivers.book_sqlite import SqliteBook
from drivers.durable import Book, BookRow, Fact, Journal
from drivers.journal_memory import MemoryJournal
from drivers.journal_sqlite import SqliteJournal


class JournalCard(Protocol):
    def journal(self, capacity: int = 1000) -> Journal:
        """The journal on this card, after whatever an earlier life left on it."""
        ...


class SqliteJournalCard:
    def __init__(self, folder: Path) -> None:
        self._path = folder / "journal.db"

    def journal(self, capacity: int = 1000) -> Journal:
        return SqliteJournal(self._path, capacity=capacity)


class MemoryJournalCard:
    def __init__(self, _folder: Path) -> None:
        self._last: MemoryJournal | None = None

    def journal(self, capacity: int = 1000) -> Journal:
        self._last = self._last.reopened() if self._last else MemoryJournal(capacity=capacity)
        return self._last


class BookCard(Protocol):
    def book(self) -> Book: ...


class SqliteBookCard:
    def __init__(self, folder: Path) -> None:
        self._path = folder / "book.db"

    def book(self) -> Book:
        return SqliteBook(self._path)


class MemoryBookCard:
    def __init__(self, _folder: Path) -> None:
        self._book = MemoryBook()

    def book(self) -> Book:
        return self._book


def fact(seq: int, device: str = "kiosk-1", text: str = "") -> Fact:
    return Fact(device, seq, f"id-{device}-{seq}", (text or f"{device} says {seq}").encode())


def facts(first: int, last: int, device: str = "kiosk-1") -> list[Fact]:
    return [fact(seq, device) for seq in range(first, last + 1)]


def row(seq: int, device: str = "kiosk-1", journal: str = "j-1", day: str = "2026-11-21") -> BookRow:
    return BookRow(device, journal, seq, f"id-{device}-{journal}-{seq}", day, f"{device} {journal} {seq}".encode())
