"""An edit, a gap, a swap or a record put in is found, in book and journal; and a dead card's records are saved."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from config.load import load
from device.cli import main
from device.contract.codec import encode, record_hash
from device.contract.messages import Envelope, PaperLow
from device.demo_hall import write_hall
from device.memory import open_memory
from device.moment import HALL_TIME
from device.rescue_command import imported, rescue
from device.verify_command import verify
from drivers.book_sqlite import SqliteBook, read_book
from drivers.durable import BookRow, Fact, JournalFailed
from drivers.journal_file import DiskFailed
from drivers.journal_rescue import read_card
from drivers.journal_sqlite import SqliteJournal

MORNING = datetime(2026, 11, 23, 9, tzinfo=HALL_TIME)


@dataclass
class Maker:
    """Makes a device's records, each naming the one before."""

    journal: str
    device: str = "kiosk-1"
    seq: int = 0
    prev: str = ""

    def fact(self) -> Fact:
        self.seq += 1
        at = (MORNING + timedelta(seconds=self.seq)).isoformat(timespec="milliseconds")
        identity = f"01940000-0000-7000-8000-{self.seq:012x}"
        payload = encode(
            Envelope(identity, at, "synced", self.device, 1, self.seq, self.journal, self.prev), PaperLow()
        )
        self.prev = record_hash(payload)
        return Fact(self.device, self.seq, identity, payload)


def card(path: Path, count: int, receipted: int = 0) -> list[Fact]:
    """A journal with so many records, of which the first have their receipt. Returns all."""
    journal = SqliteJournal(path)
    maker = Maker(journal.id)
    facts = [maker.fact() for _ in range(count)]
    journal.commit(facts, {})
    journal.receipt("kiosk-1", receipted)
    journal.close()
    return facts


def book(path: Path, journal: str, facts: list[Fact]) -> None:
    """A book with these."""
    entered = SqliteBook(path)
    entered.enter([BookRow(f.device, journal, f.seq, f.id, "2026-11-23", f.payload) for f in facts])
    entered.close()


def hurt(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(statement)


EDITED = "UPDATE record SET payload = CAST(replace(payload, 'synced', 'floor') AS BLOB) WHERE seq = {}"


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (EDITED.format(3), "record 4: the record before it was changed"),
        (EDITED.format(5), "record 5: the last record was changed"),
        ("DELETE FROM record WHERE seq = 2", "record 3: 1 before it are missing"),
        ("DELETE FROM record WHERE seq = 1", "record 2: 1 before it are missing"),
        ("DELETE FROM record WHERE seq = 5", "record 5: the last one is number 4, and 5 was said to be there"),
        ("UPDATE record SET id = 'another' WHERE seq = 2", "record 2: it says that it is another one"),
        ("UPDATE record SET payload = x'00' WHERE seq = 2", "record 2: it is no record of ours"),
        ("UPDATE record SET n = 100 WHERE seq = 2", "record 3: 1 before it are missing"),
    ],
)
def test_whatever_is_done_to_a_book_is_found(
    statement: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "book.db"
    maker = Maker("01940000-0000-7000-8000-00000000abcd")
    book(path, maker.journal, [maker.fact() for _ in range(5)])
    assert main(["verify", str(path)]) == 0
    assert "5 records, unbroken" in capsys.readouterr().out
    hurt(path, statement)
    assert main(["verify", str(path)]) == 1
    assert said in capsys.readouterr().out


def test_a_book_that_is_being_written_can_be_verified_and_one_that_is_none_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, maker = tmp_path / "book.db", Maker("01940000-0000-7000-8000-00000000abcd")
    writing = SqliteBook(path)
    fact = maker.fact()
    writing.enter([BookRow("kiosk-1", maker.journal, 1, fact.id, "2026-11-23", fact.payload)])
    assert verify(path) == 0
    writing.close()
    (tmp_path / "other").write_bytes(b"something else" * 100)
    assert verify(tmp_path / "other") == 74
    assert "not a database" in capsys.readouterr().err


@pytest.mark.req("R142")
def test_a_card_is_verified_from_the_first_record_that_waits(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    card(path, 6, receipted=2)
    assert verify(path) == 0
    hurt(path, "UPDATE fact SET payload = CAST(replace(payload, 'synced', 'floor') AS BLOB) WHERE seq = 4")
    assert verify(path) == 1


def test_a_station_does_not_start_on_a_journal_whose_records_were_changed(tmp_path: Path) -> None:
    config = load(write_hall(tmp_path, port=1).stations["kiosk-1"], {})
    path = config.data / "journal.db"
    path.parent.mkdir()
    card(path, 3)
    with ExitStack() as opened:
        assert open_memory(config, opened.callback)[0].waiting == 3
    hurt(path, "UPDATE fact SET payload = CAST(replace(payload, 'synced', 'floor') AS BLOB) WHERE seq = 3")
    with ExitStack() as opened, pytest.raises(DiskFailed, match="record 3: the last record was changed") as failed:
        open_memory(config, opened.callback)
    assert failed.value.code == "damaged"


@pytest.mark.req("R287")
def test_a_dead_devices_card_put_in_ten_times_is_in_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, to = tmp_path / "journal.db", tmp_path / "book.db"
    facts = card(path, 9, receipted=2)
    known = read_card(path)
    assert known is not None
    book(to, known.journal, facts[:5])  # some of what has no receipt had arrived
    before = path.read_bytes()
    for _ in range(10):
        assert main(["rescue", str(path), "--to", str(to)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith(f"7 records on the card, 4 of them new in {to}")
    assert all("0 of them new" in line for line in said[1:])
    assert [row.payload for row in read_book(to)] == [fact.payload for fact in facts]
    assert verify(to) == 0
    assert path.read_bytes() == before, "a dead device's card is evidence"


@pytest.mark.req("R178")
def test_a_card_that_is_rescued_on_a_closed_day_leaves_the_last_day_the_last(tmp_path: Path) -> None:
    path, to, friday = tmp_path / "journal.db", tmp_path / "book.db", (datetime.now(HALL_TIME) - timedelta(days=2))
    last = f"{friday:%Y-%m-%d}"
    card(path, 2)
    with closing(SqliteBook(to)) as entered:
        entered.enter([BookRow("window-3", "another", 1, "id", last, b"{}")])
    assert main(["rescue", str(path), "--to", str(to)]) == 0
    with closing(SqliteBook(to)) as entered:  # a start on any later day reads both
        assert entered.day_before("9999") == last
        assert len(list(entered.since(last))) == 3


def test_a_card_that_was_never_closed_gives_what_stands_only_in_its_log(tmp_path: Path) -> None:
    path, to = tmp_path / "journal.db", tmp_path / "book.db"
    journal = SqliteJournal(path)
    maker = Maker(journal.id)
    journal.commit([maker.fact(), maker.fact()], {})
    for name in ("journal.db", "journal.db-wal"):  # the card as it is pulled out
        (tmp_path / f"pulled-{name}").write_bytes((tmp_path / name).read_bytes())
    journal.close()
    book(to, journal.id, [])
    pulled = read_card(tmp_path / "pulled-journal.db")
    assert pulled is not None
    assert imported(pulled, to) == (2, 0)


def test_a_card_with_a_hole_gives_what_is_before_the_hole_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, to = tmp_path / "journal.db", tmp_path / "book.db"
    card(path, 6)
    hurt(path, "DELETE FROM fact WHERE seq = 4")
    book(to, "01940000-0000-7000-8000-00000000abcd", [])
    assert rescue(path, to) == 1
    assert [row.seq for row in read_book(to)] == [1, 2, 3]
    assert "1 could not be read, 2 that follow a gap were not put in" in capsys.readouterr().out


def test_a_running_coordinators_book_is_left_alone(tmp_path: Path) -> None:
    path, to = tmp_path / "journal.db", tmp_path / "book.db"
    card(path, 2)
    found = read_card(path)
    assert found is not None
    coordinator = SqliteBook(to)
    coordinator.enter([])
    with pytest.raises(JournalFailed, match="stop that one"):
        imported(found, to)
    coordinator.close()
    assert imported(found, to) == (2, 0)
    assert rescue(path, tmp_path / "nowhere.db") == 74
    assert rescue(to, to) == 64
