"""What is left on a card: a journal read without changing a byte of it, also when nothing else works any more."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from drivers.durable import Fact, JournalFailed
from drivers.journal_file import explained
from drivers.journal_sqlite import KIND

FROM_BOTH_ENDS: Final = (
    "SELECT device, seq, id, payload FROM fact ORDER BY device, seq",
    "SELECT device, seq, id, payload FROM fact ORDER BY device DESC, seq DESC",
)
APPLICATION_AT: Final = 68  # the SQLite file format, 1.3: a 4-byte big-endian number


@dataclass(frozen=True, slots=True)
class Card:
    """journal: its id. heads: device -> last seq and hash. facts: those without a receipt, by device and seq.

    lost: how many records the heads speak of that could not be read.
    """

    journal: str
    heads: dict[str, tuple[int, str]]
    facts: tuple[Fact, ...]
    lost: int


def read_card(path: Path) -> Card | None:
    """Everything readable on the card; None if the file is something else of ours. JournalFailed if it cannot be read.

    It is copied first, with its log: SQLite would recover it in place, and a dead device's card is evidence.
    """
    with explained(f"journal {path}"), path.open("rb") as file:
        file.seek(APPLICATION_AT)
        if int.from_bytes(file.read(4)) not in (KIND.application, 0):  # 0: it still stands in the log
            return None
    with explained(f"journal {path}"), TemporaryDirectory(prefix="hallside-rescue-") as folder:
        copy = Path(folder) / "journal.db"
        shutil.copyfile(path, copy)
        log = path.with_name(f"{path.name}-wal")
        with suppress(FileNotFoundError):
            shutil.copyfile(log, copy.with_name("journal.db-wal"))
        with closing(sqlite3.connect(copy)) as db:
            (application,) = db.execute("PRAGMA application_id").fetchone()
            if application != KIND.application:
                return None
            return _read(db, path)


def _read(db: sqlite3.Connection, path: Path) -> Card:
    row: tuple[str] | None = db.execute("SELECT id FROM about").fetchone()
    if row is None:
        raise JournalFailed(f"journal {path}: it has no identity, nothing was ever kept in it")
    heads = {row[0]: (row[1], row[2]) for row in _rows(db, "SELECT device, seq, hash FROM head")}
    facts = {}
    for query in FROM_BOTH_ENDS:  # a bad page in the middle takes only what is on it
        for found in _rows(db, query):
            facts[found[0], found[1]] = Fact(*found)
    kept = tuple(facts[key] for key in sorted(facts))
    oldest = {fact.device: fact.seq for fact in reversed(kept)}
    spoken = sum(heads[device][0] - first + 1 for device, first in oldest.items() if device in heads)
    return Card(row[0], heads, kept, max(0, spoken - len(kept)))


def _rows(db: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    """Row by row, until a page cannot be read."""
    with suppress(sqlite3.DatabaseError):
        yield from db.execute(query)
