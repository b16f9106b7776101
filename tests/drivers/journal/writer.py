"""A process that commits for ever and says on standard output what has been acknowledged: to be killed."""

from __future__ import annotations

import sys
from pathlib import Path

from drivers.book_sqlite import SqliteBook
from drivers.journal_sqlite import SqliteJournal
from tests.drivers.journal.cards import fact, row


def journal(path: Path) -> None:
    memory = SqliteJournal(path)
    seq = memory.head("kiosk-1")[0]
    while True:
        seq += 1
        memory.commit([fact(seq)], {("kiosk-1", "last"): str(seq)})
        if seq % 7 == 0:
            memory.receipt("kiosk-1", seq - 5)
        sys.stdout.write(f"{seq}\n")
        sys.stdout.flush()


def book(path: Path) -> None:
    memory = SqliteBook(path)
    seq = memory.head("kiosk-1", "j-1")[0]
    while True:
        memory.enter([row(seq + 1), row(seq + 2), row(seq + 3)])
        seq += 3
        sys.stdout.write(f"{seq}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    {"journal": journal, "book": book}[sys.argv[1]](Path(sys.argv[2]))
