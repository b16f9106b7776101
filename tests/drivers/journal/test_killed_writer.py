"""A writer killed with -9 in the middle: whatever it acknowledged is there (R126, N2)."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from drivers.book_sqlite import SqliteBook, read_book
from drivers.journal_sqlite import SqliteJournal

ROUNDS = 20


def killed(what: str, path: Path, after: int) -> int:
    """Start the writer, let it acknowledge `after` times, kill it. Returns the last seq it acknowledged."""
    command = [sys.executable, "-m", "tests.drivers.journal.writer", what, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(after)]
        writer.kill()
        lines += writer.stdout.readlines()
    return int([line for line in lines if line.endswith("\n")][-1])


@pytest.mark.req("R126", "R287")
@pytest.mark.timeout(30)
def test_a_journal_killed_twenty_times_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    moments = random.Random(20261121)
    identity, seen = "", 0
    for _ in range(ROUNDS):
        acknowledged = killed("journal", tmp_path / "journal.db", moments.randint(1, 40))
        journal = SqliteJournal(tmp_path / "journal.db")
        head, last = journal.head("kiosk-1")[0], journal.kept("kiosk-1")["last"]
        waiting = [fact.seq for fact in journal.unsent("kiosk-1", 1000)]
        assert acknowledged <= head <= acknowledged + 1  # the one in flight may have made it
        assert int(last) == head
        assert waiting == list(range(waiting[0], head + 1))
        assert head > seen
        assert identity in ("", journal.id)
        identity, seen = journal.id, head
        journal.close()


@pytest.mark.req("R287")
def test_a_book_killed_in_the_middle_has_whole_groups_only(tmp_path: Path) -> None:
    for after in (1, 5, 17):
        acknowledged = killed("book", tmp_path / "book.db", after)
        assert [row.seq for row in read_book(tmp_path / "book.db")][:acknowledged] == list(range(1, acknowledged + 1))
        book = SqliteBook(tmp_path / "book.db")
        upto = book.upto()[("kiosk-1", "j-1")]
        assert upto in (acknowledged, acknowledged + 3)
        assert [row.seq for row in book.since("")] == list(range(1, upto + 1))
        book.close()
