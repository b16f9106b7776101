"""A commit returns after the disk has it: the real system calls, looked at with strace (N1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drivers.journal.trace import traced, unsynced_acknowledgements

JOURNAL = """
import os
from pathlib import Path
from drivers.journal_sqlite import SqliteJournal
from tests.drivers.journal.cards import fact
journal = SqliteJournal(Path("{folder}/journal.db"))
{spoil}
for seq in range(1, 6):
    journal.commit([fact(seq)], {{("kiosk-1", "last"): str(seq)}})
    os.write(1, b"acknowledged")
os._exit(0)
"""
BOOK = """
import os
from pathlib import Path
from drivers.book_sqlite import SqliteBook
from tests.drivers.journal.cards import row
book = SqliteBook(Path("{folder}/book.db"))
for seq in range(1, 10, 3):
    book.enter([row(seq), row(seq + 1), row(seq + 2)])
    os.write(1, b"acknowledged")
os._exit(0)
"""


def acknowledged(calls: list[tuple[str, str, str]]) -> int:
    return sum(name == "write" and "acknowledged" in arguments for name, _, arguments in calls)


@pytest.mark.req("R126", "R287")
def test_the_journal_syncs_its_file_and_its_folder_before_a_commit_returns(tmp_path: Path) -> None:
    calls = traced(JOURNAL.format(folder=tmp_path, spoil=""), tmp_path)
    assert acknowledged(calls) == 5
    assert unsynced_acknowledgements(calls, tmp_path) == []
    assert ("fsync", str(tmp_path)) in [call[:2] for call in calls]


@pytest.mark.req("R287")
def test_the_book_syncs_before_it_returns_and_once_for_a_whole_group(tmp_path: Path) -> None:
    calls = traced(BOOK.format(folder=tmp_path), tmp_path)
    assert acknowledged(calls) == 3
    assert unsynced_acknowledgements(calls, tmp_path) == []
    spoken = [k for k, (name, _, arguments) in enumerate(calls) if name == "write" and "acknowledged" in arguments]
    between = calls[spoken[0] : spoken[-1]]
    assert sum(name == "fdatasync" for name, _, _ in between) == 2


def test_a_journal_that_does_not_wait_for_the_disk_is_caught(tmp_path: Path) -> None:
    spoil = 'journal._db.execute("PRAGMA synchronous=NORMAL")'
    calls = traced(JOURNAL.format(folder=tmp_path, spoil=spoil), tmp_path)
    assert acknowledged(calls) == 5
    assert len(unsynced_acknowledgements(calls, tmp_path)) >= 4


def test_a_folder_that_was_never_synced_is_caught(tmp_path: Path) -> None:
    spoil = f'Path("{tmp_path}/made.txt").touch()'
    calls = traced(JOURNAL.format(folder=tmp_path, spoil=spoil), tmp_path)
    assert len(unsynced_acknowledgements(calls, tmp_path)) == 5
