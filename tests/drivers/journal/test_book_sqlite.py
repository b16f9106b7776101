"""What only a file can show: readers beside the writer, damage, a full disk, the cost of a long life."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.book_memory import MemoryBook
from drivers.book_sqlite import SqliteBook, read_book
from drivers.durable import JournalFailed
from tests.drivers.journal.cards import row
from tests.drivers.journal.full_disk import disk_full_at


def test_somebody_else_may_read_while_the_coordinator_writes(tmp_path: Path) -> None:
    book = SqliteBook(tmp_path / "book.db")
    book.enter([row(1), row(2)])
    assert read_book(tmp_path / "book.db") == [row(1), row(2)]
    book.enter([row(3)])
    assert read_book(tmp_path / "book.db") == [row(1), row(2), row(3)]
    book.close()
    assert read_book(tmp_path / "book.db") == [row(1), row(2), row(3)]


def test_the_reader_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(JournalFailed, match="unable to open"):
        read_book(tmp_path / "book.db")
    assert list(tmp_path.iterdir()) == []


def test_a_path_with_odd_letters_is_read_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "政务 100%?#.db"
    book = SqliteBook(path)
    book.enter([row(1)])
    book.close()
    assert read_book(path) == [row(1)]


def test_a_full_disk_is_said_and_nothing_of_the_group_is_entered(tmp_path: Path) -> None:
    book = SqliteBook(tmp_path / "book.db")
    book.enter([row(1)])
    many = [row(seq) for seq in range(2, 3000)]
    with disk_full_at(8192), pytest.raises(JournalFailed, match=r"book\.db: .*technician"):
        book.enter(many)
    assert book.upto() == {("kiosk-1", "j-1"): 1}
    book.enter(many)
    assert book.upto() == {("kiosk-1", "j-1"): 2999}
    book.close()
    assert len(read_book(tmp_path / "book.db")) == 2999


def test_a_book_that_two_write_at_once_takes_each_record_once(tmp_path: Path) -> None:
    first, second = SqliteBook(tmp_path / "book.db"), SqliteBook(tmp_path / "book.db")
    first.enter([row(1)])
    with pytest.raises(JournalFailed):
        second.enter([row(1)])
    assert read_book(tmp_path / "book.db") == [row(1)]
    first.close()
    second.close()


def test_damage_to_the_heads_is_found_at_opening_and_damage_to_the_rows_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    book = SqliteBook(path)
    book.enter([row(seq) for seq in range(1, 3000)])
    assert book.damage() == ""
    book.close()
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xaa" * 4096)
    with closing(SqliteBook(path)) as damaged:
        assert damaged.damage() != ""
    path.write_bytes(path.read_bytes()[:4096])
    with pytest.raises(JournalFailed, match="Keep the file aside"):
        SqliteBook(path)


class Steps:
    """How many hundred steps SQLite's machine has taken for this book from now on."""

    def __init__(self, book: SqliteBook) -> None:
        self.taken = 0
        book._db.set_progress_handler(self._one, 100)  # no promise of a book tells what reading costs

    def _one(self) -> int:
        self.taken += 1
        return 0


def test_a_day_is_found_through_its_index(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    book = SqliteBook(path)
    book.enter([row(seq, day=f"2026-{1 + seq // 300:02}-01") for seq in range(1, 3000)])
    steps = Steps(book)
    assert len(list(book.since("2026-10-01"))) == 300
    few = steps.taken
    assert len(list(book.since("2026-01-01"))) == 2999
    assert few * 5 < steps.taken - few
    book.close()


def test_a_day_far_ahead_from_a_clock_that_was_wrong_makes_no_start_read_the_whole_book(tmp_path: Path) -> None:
    with closing(SqliteBook(tmp_path / "book.db")) as book:
        book.enter([row(1, day="2099-01-01")])
        book.enter([row(seq, day=f"2026-{1 + seq // 300:02}-01") for seq in range(2, 3000)])
        steps = Steps(book)
        assert [one.seq for one in book.since("2026-10-01")] == [1, *range(2700, 3000)]
        few = steps.taken
        assert len(list(book.since("2026-01-01"))) == 2999
        assert few * 5 < steps.taken - few


def test_of_a_book_that_was_begun_before_anything_was_marked_all_may_last(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    with closing(SqliteBook(path)) as book:
        book.enter([row(1, day="2026-11-01")])
    with closing(sqlite3.connect(path)) as before:
        before.executescript("DROP INDEX record_lasting; ALTER TABLE record DROP COLUMN lasting")
    for seq in (2, 3):  # marked once, and opened again as it is
        with closing(SqliteBook(path)) as book:
            book.enter([replace(row(seq, day="2026-11-02"), lasting=False)])
            assert [one.seq for one in book.since("2026-11-20", "2026-11-01")] == [1]
            assert book.damage() == ""
    with closing(sqlite3.connect(path)) as older:  # an earlier version of ours, put back after an update
        older.execute("INSERT INTO record (source, seq, id, day, payload) VALUES (1, 4, 'id', '2026-11-02', x'00')")
        older.commit()
    with closing(SqliteBook(path)) as book:
        assert [one.seq for one in book.since("2026-11-20", "2026-11-01")] == [1, 4]


def test_the_book_in_memory_can_be_broken_and_mended_by_a_scenario() -> None:
    book = MemoryBook()
    book.broken = "disk full"
    with pytest.raises(JournalFailed, match="disk full"):
        book.enter([row(1)])
    book.broken = ""
    book.enter([row(1)])
    assert book.rows == [row(1)]
