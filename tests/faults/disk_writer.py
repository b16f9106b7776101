"""A process that keeps a journal and a book as a station does, says what was acknowledged, and ends as one does."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from drivers.book_sqlite import SqliteBook
from drivers.durable import BookRow, Fact, JournalFailed
from drivers.journal_file import DiskFailed
from drivers.journal_sqlite import SqliteJournal

EXIT_DISK: Final = 74  # as device.app
COMMITS: Final = 3


def fact(seq: int) -> Fact:
    return Fact("kiosk-1", seq, f"id-{seq}", f"record {seq} {'.' * 300}".encode())


def row(seq: int) -> BookRow:
    return BookRow("kiosk-1", "j-1", seq, f"id-{seq}", "2026-11-23", f"record {seq} {'.' * 300}".encode())


def live(folder: Path) -> None:
    """A life: open, commit, hear receipts, close. What is acknowledged is said at once, `j 3` or `b 2`."""
    journal = SqliteJournal(folder / "journal.db")
    head = journal.head("kiosk-1")[0]
    for seq in range(head + 1, head + COMMITS + 1):
        journal.commit([fact(seq)], {("kiosk-1", "last"): str(seq)})
        _say(f"j {seq}")
        if seq == 2:
            journal.receipt("kiosk-1", 1)
    book = SqliteBook(folder / "book.db")
    upto = book.upto().get(("kiosk-1", "j-1"), 0)
    for seq in range(upto + 1, upto + 3):
        book.enter([row(seq)])
        _say(f"b {seq}")
    book.close()
    journal.close()


def _say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


def main() -> None:
    """74 and the ill's word on standard error when the disk will not; at once, the file's handle never used again."""
    try:
        live(Path(sys.argv[1]))
    except JournalFailed as failed:
        os.write(2, f"{failed.code if isinstance(failed, DiskFailed) else 'other'}: {failed}\n".encode())
        os._exit(EXIT_DISK)


if __name__ == "__main__":
    main()
