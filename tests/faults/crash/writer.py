"""The process that is traced: one life of a hall whose journals and book are real files.

`python -m tests.faults.crash.writer FOLDER MARKS LIFE SEED [PLANTED]`: kiosk, board, desk and coordinator, all of the
product's shell and roles, one thread. Life 1 begins on empty disks; later lives go on with what the one before left.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from config.schema import Device
from config.schema import Station as Config
from device.contract.channels import COORDINATOR
from device.exits import EXIT_DISK
from device.hall import pins
from device.moment import HALL_TIME
from device.seat import Paper, Parts
from device.table import Owned, Table
from device.table_parts import keys_of
from drivers.durable import JournalFailed
from drivers.protocols import Post
from screens.views import ConsolePage, KioskHome
from tests.faults.crash.marked import MarkedBook, MarkedJournal, MarkedLink, MarkedPrinter, MarkedScreen, Marks
from tests.faults.crash.planted import plant
from tests.helpers.table import lay

MORNING: Final = datetime(2026, 11, 23, 9, tzinfo=HALL_TIME)
BOOK: Final = "coordinator/book.db"


def unit(station: str) -> str:
    """A station's journal, as the trace names it and where it lies below the folder of all disks."""
    return f"{station}/journal.db"


class HallOnDisk(Table):
    """The hall on a table, each station with a folder for a disk."""

    def __init__(
        self,
        configs: Mapping[str, Config],
        pin: Mapping[str, str],
        start: datetime,
        disks: Path,
        marks: Marks,
        seed: int,
    ) -> None:
        self._disks, self._marks, self._open = disks, marks, False
        self._day = f"{start:%Y%m%d}"
        super().__init__(configs, start, pins=pin, seed=seed)

    def boot(self, name: str) -> None:
        folder = self._disks / name
        folder.mkdir(exist_ok=True)
        devices = [device.name for device in self._configs[name].devices]
        self.journals[name] = MarkedJournal(folder / "journal.db", unit(name), devices, self._marks)  # type: ignore[assignment]
        if name == COORDINATOR:
            self.book = MarkedBook(self._disks / BOOK, BOOK, self._marks)  # type: ignore[assignment]
        super().boot(name)
        for device, seat in self.lives[name].station.seats.items():
            if seat.link is not None:
                seat.link = MarkedLink(seat.link, device, self._marks)

    def close(self) -> None:
        """A clean stop of every station."""
        for journal in self.journals.values():
            journal.close()
        self.book.close()

    def _parts(self, device: Device, post: Post) -> tuple[Parts, Owned]:
        parts, owned = super()._parts(device, post)
        for name in owned.screens:
            screen = MarkedScreen(post, name)
            screen.device, screen.day, screen.marks = device.name, self._day, self._marks
            owned.screens[name] = screen
        if owned.printer:
            owned.printer = MarkedPrinter(post, self.later)
            owned.printer.marks = self._marks
            parts.paper = Paper(owned.printer, owned.printer.write)
        return parts, owned


def live(hall: HallOnDisk, dice: random.Random, rounds: int) -> None:
    """Everything that promises somebody something, with and without a line, some of it in a random order."""
    hall.pass_time(2)
    _sign_in(hall)
    for _ in range(rounds):
        deeds = [_online, _offline, _serve, _pause, _no_paper]
        dice.shuffle(deeds)
        for deed in deeds:
            deed(hall, dice)
    hall.pass_time(10)


def _sign_in(hall: HallOnDisk) -> None:
    """Unless the window knows from its last life who is there."""
    page = hall.view("window-3")
    if isinstance(page, ConsolePage) and page.person is None:
        hall.sign_in("window-3", "1001")


def _tap(hall: HallOnDisk, *keys: str) -> None:
    """Those of these keys of the window's that are there when their turn comes: its last life may have left a page."""
    for key in keys:
        if key in keys_of(hall.view("window-3")):
            hall.tap("window-3", key)
        hall.pass_time(5)


def _take(hall: HallOnDisk, dice: random.Random) -> None:
    if isinstance(hall.view("kiosk-1"), KioskHome):
        hall.tap("kiosk-1", f"service:{dice.choice(('social', 'household', 'permits'))}")
    hall.pass_time(3)
    hall.pass_time(30)  # the page goes by itself


def _online(hall: HallOnDisk, dice: random.Random) -> None:
    _take(hall, dice)
    _take(hall, dice)


def _offline(hall: HallOnDisk, dice: random.Random) -> None:
    hall.broker.cut("kiosk-1")
    _take(hall, dice)
    _take(hall, dice)
    hall.broker.mend("kiosk-1")
    hall.pass_time(3)


def _serve(hall: HallOnDisk, dice: random.Random) -> None:
    _take(hall, dice)
    _tap(hall, "next", "start")
    hall.pass_time(60)
    _tap(hall, "finish")
    hall.press("evaluator-3", dice.randint(1, 5))
    hall.pass_time(20)


def _pause(hall: HallOnDisk, dice: random.Random) -> None:
    _tap(hall, "pause", "reason:incident", "resume")  # the reason for which nobody is asked whether one may


def _no_paper(hall: HallOnDisk, dice: random.Random) -> None:
    printer = hall.parts("kiosk-1").printer
    assert printer is not None
    printer.set_fault("paper-out")
    hall.settle()
    _take(hall, dice)
    printer.set_fault("")
    hall.pass_time(2)


def main(folder: Path, said: Path, life: int, seed: int, planted: str) -> None:
    """One life. It ends cleanly, or as at the wall if the life's number is odd."""
    pins.N, pins.R = 2, 1  # PINs are checked as always, without the time that scrypt takes on purpose
    plant(planted)
    disks = folder / "disks"
    disks.mkdir(exist_ok=True)
    laid = lay(folder / f"config-{life}", windows=(3, 4))
    start = MORNING + timedelta(hours=life - 1)
    rounds = int(os.environ.get("ROUNDS", "1"))
    try:
        hall = HallOnDisk(laid.configs, laid.pins, start, disks, Marks(said), seed * 100 + life)
        live(hall, random.Random(f"{seed} {life}"), rounds)
    except JournalFailed:
        os._exit(EXIT_DISK)  # at once, as device.app does
    if life % 2:
        os._exit(0)
    hall.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), "".join(sys.argv[5:6]))
