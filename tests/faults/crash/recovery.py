"""What the product itself finds on a disk that came back: opened as at every start, read through its own words."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from drivers.book_sqlite import SqliteBook
from drivers.durable import JournalFailed
from drivers.journal_sqlite import SqliteJournal
from tests.faults.crash.model import Row


@dataclass(frozen=True, slots=True)
class JournalView:
    id: str
    heads: dict[str, tuple[int, str]]
    kept: dict[tuple[str, str], str]
    facts: list[tuple[str, int, str, str]]  # device, seq, id, SHA-256; in order of seq for each device


@dataclass(frozen=True, slots=True)
class BookView:
    rows: list[Row]
    upto: dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Refused:
    """It did not open."""

    why: str


View = JournalView | BookView | Refused


def lay_down(folder: Path, files: Mapping[str, bytes]) -> None:
    """Exactly these files (by name) in a folder."""
    for left in os.listdir(folder):  # noqa: PTH208  a hundred thousand times: Path objects would be half of the work
        os.unlink(f"{folder}/{left}")  # noqa: PTH108  as above
    for path, data in files.items():
        to = os.open(f"{folder}/{path.rpartition('/')[2]}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.write(to, data)
        os.close(to)


def journal_view(folder: Path, devices: Sequence[str]) -> View:
    """`journal.db` in a folder, as a station finds it."""
    try:
        journal = SqliteJournal(folder / "journal.db")
    except JournalFailed as failed:
        return Refused(str(failed))
    try:
        facts = [
            (fact.device, fact.seq, fact.id, hashlib.sha256(fact.payload).hexdigest())
            for device in devices
            for fact in journal.unsent(device, 1_000_000)
        ]
        heads = {device: journal.head(device) for device in devices}
        kept = {(device, key): value for device in ("", *devices) for key, value in journal.kept(device).items()}
        return JournalView(journal.id, {device: head for device, head in heads.items() if head[0]}, kept, facts)
    except JournalFailed as failed:
        return Refused(str(failed))
    finally:
        journal.close()


def book_view(folder: Path) -> View:
    """`book.db` in a folder, as the coordinator finds it."""
    try:
        book = SqliteBook(folder / "book.db")
    except JournalFailed as failed:
        return Refused(str(failed))
    try:
        rows = [(r.device, r.journal, r.seq, r.id, hashlib.sha256(r.payload).hexdigest()) for r in book.since("")]
        return BookView(rows, book.upto())
    except JournalFailed as failed:
        return Refused(str(failed))
    finally:
        book.close()
