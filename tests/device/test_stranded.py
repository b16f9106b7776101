"""A disk that takes nothing: the station promises nothing, says what people should do, and goes on once mended."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest

from config.load import load
from device.app import App
from device.demo_hall import write_hall
from device.demo_watch import Watcher
from device.memory import TRIED, open_memory, try_again
from device.moment import HALL_TIME
from drivers.book_sqlite import SqliteBook
from drivers.durable import BookRow, JournalFailed
from drivers.journal_file import DiskFailed, failed
from drivers.journal_sqlite import SqliteJournal
from tests.device.running import SECONDS, look, station, tap
from tests.helpers.broker import Broker
from tests.helpers.tiny import OTHERS

pytestmark = pytest.mark.timeout(30)  # real processes on a machine that others use too


@pytest.mark.req("R150", "R190")
def test_a_kiosk_with_a_damaged_journal_says_so_and_goes_on_by_itself_once_it_is_mended(
    mosquitto: Broker, hall: Path
) -> None:
    files = write_hall(hall, port=mosquitto.port)
    journal = hall / "data-kiosk-1" / "journal.db"
    journal.parent.mkdir()
    journal.write_bytes(b"not a database at all" * 100)
    with Watcher("127.0.0.1", mosquitto.port, files.id, None) as eyes, station(files.stations["kiosk-1"]) as kiosk:
        assert eyes.listening(SECONDS)
        state = eyes.wait(lambda s: s.where == "kiosk-1/state" and s.payload["status"] == "fault", SECONDS)
        assert state
        (note,) = state.payload["faults"]
        assert (note["part"], note["code"], note["mender"]) == ("journal", "damaged", "technician")
        seen = look(files, "kiosk-1")
        assert (seen["view"], seen["targets"]) == ("out-of-order", {})
        journal.rename(journal.with_suffix(".rescue"))
        assert eyes.wait(lambda s: s.where == "kiosk-1/state" and s.payload["status"] == "ready", SECONDS)
        tap(files, "kiosk-1", "service:social")  # it has come back as if nothing had been
        assert kiosk.stop()[0] == 0


@pytest.mark.req("R142")
def test_a_coordinator_stands_at_a_damaged_record_of_its_book_until_that_is_put_aside(hall: Path) -> None:
    config = load(write_hall(hall, port=1).stations["coordinator"], {})
    now = datetime.now(HALL_TIME)
    with ExitStack() as opened:
        _, book = open_memory(config, opened.callback)
        assert book
        row = BookRow("kiosk-1", OTHERS, 1, "id-1", now.date().isoformat(), b'{"type":"help.asked"')
        book.enter([row])
    with pytest.raises(DiskFailed, match=r"book.db: record 1 of kiosk-1 .*\(technician\)") as ill:
        App(config)
    with pytest.raises(DiskFailed, match="record 1 of kiosk-1"):  # else it would start again and fail for ever
        try_again(config, ill.value, now)
    (config.data / "book.db").rename(config.data / "book.rescue")
    try_again(config, ill.value, now)
    App(config).close()


def test_a_card_that_cannot_be_read_where_the_book_stands_is_not_taken_for_mended(
    hall: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> None:
        raise failed("book", sqlite3.OperationalError("disk I/O error"))

    config = load(write_hall(hall, port=1).stations["coordinator"], {})
    monkeypatch.setattr(SqliteBook, "since", unreadable)
    with pytest.raises(DiskFailed) as ill:
        App(config)
    assert ill.value.code == "broken"
    with pytest.raises(DiskFailed, match="disk I/O error"):
        try_again(config, ill.value, datetime.now(HALL_TIME))
    monkeypatch.undo()
    try_again(config, ill.value, datetime.now(HALL_TIME))


def test_told_to_stop_a_stranded_station_is_gone_like_any_other(hall: Path) -> None:
    files = write_hall(hall, port=1)
    journal = hall / "data-evaluator-3" / "journal.db"
    journal.parent.mkdir()
    journal.write_bytes(b"garbage" * 1000)
    with station(files.stations["evaluator-3"]) as evaluator:
        assert look(files, "evaluator-3")["view"] == "out-of-order"
        status, said = evaluator.stop()
    assert status == 0
    assert "out of order: journal" in said
    assert journal.read_bytes() == b"garbage" * 1000


def test_a_disk_that_is_read_and_takes_no_write_is_known_at_the_start(
    hall: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = load(write_hall(hall, port=1).stations["kiosk-1"], {})
    with ExitStack() as opened:
        journal, book = open_memory(config, opened.callback)
        assert book is None
        assert journal.kept("") == {TRIED: "yes"}

    def full(*_: object) -> None:
        raise failed("journal", sqlite3.OperationalError("database or disk is full"))

    monkeypatch.setattr(SqliteJournal, "commit", full)
    with ExitStack() as opened, pytest.raises(DiskFailed) as ill:
        open_memory(config, opened.callback)
    assert ill.value.code == "full"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (sqlite3.OperationalError("database or disk is full"), "full"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "full"),
        (OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)), "full"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "read-only"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "read-only"),
        (sqlite3.OperationalError("disk I/O error"), "broken"),
        (OSError(errno.EIO, os.strerror(errno.EIO)), "broken"),
        (sqlite3.DatabaseError("database disk image is malformed"), "damaged"),
        (sqlite3.DatabaseError("file is not a database"), "damaged"),
    ],
)
def test_every_ill_of_a_disk_has_its_word(error: Exception, code: str) -> None:
    found = failed("journal", error)
    assert isinstance(found, DiskFailed)
    assert found.code == code
    assert "(technician)" in str(found)


def test_what_is_no_ill_of_the_disk_strands_nobody() -> None:
    for error in (sqlite3.OperationalError("database is locked"), PermissionError(errno.EACCES, "Permission denied")):
        found = failed("journal", error)
        assert isinstance(found, JournalFailed)
        assert not isinstance(found, DiskFailed)
