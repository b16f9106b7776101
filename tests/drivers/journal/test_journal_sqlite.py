"""What only a file can show: rights, damage, a full disk, a second process, a long queue."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from drivers.book_sqlite import SqliteBook
from drivers.durable import JournalFailed
from drivers.journal_memory import MemoryJournal
from drivers.journal_sqlite import SWEEP, SqliteJournal
from tests.drivers.journal.cards import fact, facts
from tests.drivers.journal.full_disk import disk_full_at


def stored(path: Path) -> list[int]:
    """The seqs in the file itself, looked at from outside (no process may have it open)."""
    with closing(sqlite3.connect(path)) as db:
        return [seq for (seq,) in db.execute("SELECT seq FROM fact ORDER BY seq")]


def test_only_its_user_may_read_the_file(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "journal.db")
    journal.commit([fact(1)], {})
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()} == {
        "journal.db": "0o600",
        "journal.db-wal": "0o600",
    }
    journal.close()


def test_an_orderly_end_leaves_one_file(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "journal.db")
    journal.commit([fact(1)], {})
    journal.close()
    assert [path.name for path in tmp_path.iterdir()] == ["journal.db"]


def test_a_second_process_cannot_fork_the_numbering(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drivers.journal_file.BUSY_SECONDS", 0.05)
    journal = SqliteJournal(tmp_path / "journal.db")
    with pytest.raises(JournalFailed, match=r"locked.*Another process has it open"):
        SqliteJournal(tmp_path / "journal.db")
    journal.commit([fact(1)], {})
    journal.close()


def test_a_full_disk_is_said_and_once_there_is_room_the_journal_goes_on(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "journal.db")
    journal.commit([fact(1)], {})
    with disk_full_at(4096), pytest.raises(JournalFailed, match=r"journal\.db: .*technician"):
        journal.commit([fact(2, text="x" * 100_000)], {("kiosk-1", "a"): "1"})
    assert journal.unsent("kiosk-1") == [fact(1)]
    assert journal.kept("kiosk-1") == {}
    assert journal.head("kiosk-1")[0] == 1
    journal.commit([fact(2)], {})
    journal.close()
    journal = SqliteJournal(tmp_path / "journal.db")
    assert journal.unsent("kiosk-1") == facts(1, 2)
    journal.close()


@pytest.mark.parametrize("size", [100, 4096, 20_000], ids=["torn header", "one page", "not a database"])
def test_a_damaged_file_is_refused_with_its_name_and_the_mend(tmp_path: Path, size: int) -> None:
    path = tmp_path / "journal.db"
    journal = SqliteJournal(path)
    journal.commit(facts(1, 500), {})
    journal.close()
    whole = path.read_bytes()
    path.write_bytes(b"\xff" * size if size == 20_000 else whole[:size])
    before = path.read_bytes()
    with pytest.raises(JournalFailed, match=r"journal\.db.*\(technician\)"):
        SqliteJournal(path)
    assert path.read_bytes() == before


def test_a_page_of_rubbish_in_the_middle_is_found_when_the_journal_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    journal = SqliteJournal(path)
    journal.commit(facts(1, 2000), {})
    journal.close()
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xaa" * 4096)
    with pytest.raises(JournalFailed, match="Keep the file aside"):
        SqliteJournal(path)


@pytest.mark.parametrize(
    "hole", ["DELETE FROM fact WHERE seq = 2", "DELETE FROM fact WHERE seq = 3", "DELETE FROM head"]
)
def test_missing_records_are_found_when_the_journal_is_opened(tmp_path: Path, hole: str) -> None:
    path = tmp_path / "journal.db"
    journal = SqliteJournal(path)
    journal.commit(facts(1, 3), {})
    journal.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(hole)
        db.commit()
    with pytest.raises(JournalFailed, match="records are missing"):
        SqliteJournal(path)


def test_a_book_is_no_journal_and_a_later_version_is_left_alone(tmp_path: Path) -> None:
    SqliteBook(tmp_path / "book.db").close()
    with pytest.raises(JournalFailed, match="is not a journal"):
        SqliteJournal(tmp_path / "book.db")
    SqliteJournal(tmp_path / "journal.db").close()
    with closing(sqlite3.connect(tmp_path / "journal.db")) as db:
        db.execute("PRAGMA user_version = 2")
    with pytest.raises(JournalFailed, match="newer version"):
        SqliteJournal(tmp_path / "journal.db")


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(JournalFailed, match=r"No such file or directory\. Make its folder"):
        SqliteJournal(tmp_path / "nowhere" / "journal.db")


def cut_off(folder: Path) -> Path:
    """The journal of this folder as a kill would leave it now: nothing is swept up at the end."""
    return Path(copytree(folder, folder / "cut off")) / "journal.db"


def test_receipted_rows_leave_the_file_with_the_next_commit(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "journal.db")
    journal.commit(facts(1, 5), {})
    journal.receipt("kiosk-1", 4)
    journal.commit([fact(6)], {})
    assert stored(cut_off(tmp_path)) == [5, 6]
    journal.close()


def test_many_receipted_rows_leave_the_file_without_waiting_for_a_commit(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "journal.db")
    journal.commit(facts(1, SWEEP + 10), {})
    journal.receipt("kiosk-1", SWEEP - 1)
    journal.receipt("kiosk-1", SWEEP)
    assert stored(cut_off(tmp_path)) == list(range(SWEEP + 1, SWEEP + 11))
    journal.close()


def test_waiting_counts_the_facts_of_all_devices_also_after_a_restart(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "journal.db")
    journal.commit([*facts(1, 5), *facts(1, 2, "board-1")], {})
    journal.receipt("kiosk-1", 3)
    assert journal.waiting == 4
    journal.close()
    journal = SqliteJournal(tmp_path / "journal.db")
    assert journal.waiting == 4
    journal.close()


def test_another_thread_is_told_that_the_journal_is_not_its_own(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "journal.db")
    failures: list[Exception] = []

    def elsewhere() -> None:
        try:
            journal.commit([fact(1)], {})
        except JournalFailed as failed:
            failures.append(failed)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(failures) == 1
    journal.commit([fact(1)], {})
    journal.close()


def test_the_journal_in_memory_can_be_broken_and_mended_by_a_scenario() -> None:
    journal = MemoryJournal("0190c2a0-0000-7000-8000-000000000001")
    journal.broken = "disk full"
    with pytest.raises(JournalFailed, match="disk full"):
        journal.commit([fact(1)], {})
    journal.broken = ""
    journal.commit([fact(1)], {})
    assert journal.id == "0190c2a0-0000-7000-8000-000000000001"
    assert journal.waiting == 1
