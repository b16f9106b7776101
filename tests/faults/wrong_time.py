"""A real kiosk whose clock is set while it runs (N3): libfaketime before the unmodified process, a real Mosquitto.

`python -m tests.faults.wrong_time`, and part of N3. The coordinator's time is right; the kiosk's is set back for days
and forward for years, also while cut off (`jumps`; a minute, for libfaketime stretches timed waits), or is of the last
century from its start on, and again after a restart with nobody to tell it the time (`without_a_battery`).
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from device.contract.codec import read
from device.contract.messages import Body, Envelope, TicketIssued
from device.hall.calendar import business_day
from device.moment import HALL_TIME
from drivers.book_sqlite import read_book
from tests.faults.proxy import Proxy
from tests.faults.real_hall import TICKET, RealHall, real_hall
from tests.faults.real_hands import KIOSK
from tests.helpers.broker import free_port

LIBRARY: Final = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
SECONDS: Final = 60.0
LOOK: Final = 0.05
ROLLOVER: Final = 240
JUMPS: Final = ("-3d", "+5y")


def jumps(folder: Path) -> list[str]:
    """The tickets people took while the kiosk's clock jumped, all sound. AssertionError if they are not."""
    offset = folder / "offset"
    broker = free_port()
    with Proxy(broker) as proxy, real_hall(proxy.port, at=broker) as hall:
        _set(offset, "+0")
        hall.start("coordinator")
        hall.start(KIOSK, environ=_environ(offset))
        numbers = [_ticket(hall)]
        for jump in JUMPS:
            _set(offset, jump)
            numbers.append(_ticket(hall))
            proxy.mode = "refuse"
            numbers.append(_ticket(hall))
            proxy.mode = "pass"
        assert len(set(numbers)) == len(numbers), numbers
        stamped = _stamped(hall, numbers[-1])
        issued = [body for _, body in stamped if isinstance(body, TicketIssued)]
        today = business_day(datetime.now(HALL_TIME), ROLLOVER)
        assert {body.day for body in issued} == {today}, "only the coordinator says which day it is"
        for source in ("online", "block"):
            given = [body.number for body in issued if body.source == source]
            assert given == sorted(given), source
        years = {envelope.at[:7] for envelope, body in stamped if isinstance(body, TicketIssued)}
        assert len(years) > 1, "the clock of the process never jumped, so nothing was shown"
        return numbers


def _stamped(hall: RealHall, last: str) -> list[tuple[Envelope, Body]]:
    """What the kiosk put into the book, once its last ticket is there."""
    came = hall.watcher.wait(lambda said: said.payload.get("ticket") == last, SECONDS)
    assert came, "the last ticket never came over the line"
    hall.settle()
    hall.account()
    rows = read_book(hall.hall.folder / "data-coordinator" / "book.db")
    return [read(row.payload) for row in rows if row.device == KIOSK]


def without_a_battery(folder: Path) -> list[tuple[datetime, str]]:
    """What a kiosk stamps its tickets with whose clock begins decades ago at every start: (when, `clock`), in order.

    First with the coordinator, then started again without any line. AssertionError if a ticket is not sound.
    """
    offset, broker = folder / "offset", free_port()
    with Proxy(broker) as proxy, real_hall(proxy.port, at=broker) as hall:
        _set(offset, "-30y")
        hall.start("coordinator")
        hall.start(KIOSK, environ=_environ(offset))
        numbers = [_ticket(hall)]
        proxy.mode = "refuse"
        _set(offset, "-35y")
        hall.processes.kill(KIOSK)
        numbers.append(_ticket(hall))
        assert len(set(numbers)) == 2, numbers
        proxy.mode = "pass"
        stamped = _stamped(hall, numbers[-1])
        return [
            (datetime.fromisoformat(envelope.at), envelope.clock)
            for envelope, body in stamped
            if isinstance(body, TicketIssued)
        ]


def _environ(offset: Path) -> dict[str, str]:
    """A wall clock off by what this file says, and a right one that only rises: as of a machine whose clock is set."""
    return {
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def _set(file: Path, offset: str) -> None:
    part = file.with_suffix(".part")
    part.write_text(offset)
    part.replace(file)


def _ticket(hall: RealHall) -> str:
    """A citizen takes a number from the kiosk; the ticket as on the paper."""
    before = len(list(hall.recordings.glob("tickets/*/*.bin")))
    _until(lambda: bool(hall.hand(KIOSK, "tap", "service:social")))  # not before it has paper and a page for it
    _until(lambda: len(list(hall.recordings.glob("tickets/*/*.bin"))) > before)
    _until(lambda: bool(hall.hand(KIOSK, "tap", "done")))
    newest = max(hall.recordings.glob("tickets/*/*.bin"), key=os.path.getmtime)
    found = TICKET.search(newest.read_bytes())
    if found is None:
        raise AssertionError(f"{newest} is no ticket")
    return found[1].decode()


def _until(true: Callable[[], bool]) -> None:
    end, pause = time.monotonic() + SECONDS, threading.Event()
    while not true():
        assert time.monotonic() < end, "it did not come"
        pause.wait(LOOK)


def main() -> int:
    """0 if all held, 77 without libfaketime."""
    if LIBRARY is None:
        print("libfaketime is not installed: apt-get install faketime")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        print(*jumps(Path(folder)), *(f"{at} {clock}" for at, clock in without_a_battery(Path(folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
