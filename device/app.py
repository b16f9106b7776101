"""Composition root: one station's config in, its devices running, until told to stop. `hallside run`."""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Final, NoReturn

from config.errors import ConfigErrors
from config.load import load
from config.schema import Station as Config
from device import roll_note
from device.compose import Composition
from device.contract.channels import COORDINATOR
from device.crew import Crew
from device.effects import Staffed
from device.exits import EXIT_CONFIG, EXIT_DISK, EXIT_MISSING, EXIT_SOFTWARE
from device.known_time import CLOCK
from device.line import line
from device.logs import log_to_stderr
from device.loop import Loop
from device.memory import open_memory
from device.notify import notify, watchdog_seconds
from device.office import Office
from device.parts import Workshop, bench_of
from device.roll import Roll
from device.seat import Replies, Seat
from device.staff_file import LOOK_SECONDS as STAFF_SECONDS
from device.staff_file import StaffFile
from device.station import Station
from device.stranded import wait_for_disk
from device.uuid7 import Uuid7
from drivers.clock import SystemClock
from drivers.durable import JournalFailed
from drivers.journal_file import DiskFailed
from drivers.protocols import PartMissing

HANG_UP_SECONDS: Final = 1.2
LOOK_SECONDS: Final = 10.0  # after the crew, where no watchdog asks for it more often

log = logging.getLogger(__name__)


class App:
    """A station on this machine. Everything opened is closed by `close`, the last opened first."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._open = ExitStack()
        try:
            self._make()
        except BaseException:
            self._open.close()
            raise

    def run(self) -> None:
        """Until `stop`. A role's exception, or JournalFailed, comes out of here."""
        self._loop.run()

    def stop(self) -> None:
        """From any thread or signal handler."""
        self._loop.stop()

    def close(self) -> None:
        """Say goodbye and free everything."""
        self._open.close()

    def _make(self) -> None:
        config, uuid7, crew = self._config, Uuid7(), Crew()
        journal, book = open_memory(config, self._open.callback)
        saved = journal.kept("").get(CLOCK)
        clock = SystemClock(config.clock, datetime.fromisoformat(saved) if saved else None)
        composition = Composition(config, journal, book, clock, uuid7, Loop)
        self._loop = composition.loop
        workshop = Workshop(
            bench_of(config, self._open.callback), config.recordings, self._open.callback, config.hall.hall.theme
        )
        seats = []
        for device in config.devices:
            parts = workshop.parts(device, self._loop.post_for(device.name))
            if device.role == COORDINATOR:
                parts.replies = self._office(device.name)
            seats.append(composition.seat(device, parts, workshop.theme_hash if parts.screens else ""))
        station = composition.begin(seats)
        # By the loop itself, so that it is said only as long as that turns.
        station.every(watchdog_seconds() or LOOK_SECONDS, "watchdog", partial(_all_well, crew), alone=True)
        for seat in seats:
            if seat.parts.paper and (roll := seat.parts.paper.roll):
                look = partial(_look_for_note, config.data, seat.name, roll)
                station.every(roll_note.LOOK_SECONDS, f"roll {seat.name}", look)
            if seat.presence.role == COORDINATOR:
                look = partial(self._look_at_staff, seat.name, StaffFile(config))
                station.every(STAFF_SECONDS, "staff", look, alone=True)
        self._open.callback(self._hang_up, seats, station)
        for device, seat in zip(config.devices, seats, strict=True):
            seat.link = line(config, device, self._loop.post_for(seat.name), clock, station.farewell(seat))
        crew.complete()

    def _look_at_staff(self, name: str, file: StaffFile) -> None:
        if (staff := file.changed()) is not None:
            self._loop.post(name, Staffed(staff))

    def _office(self, name: str) -> Replies | None:
        """Where commands come in. A hall goes on without: its memory must not end because of it."""
        try:
            office = Office(self._config.data, partial(self._loop.post, name))
        except (PartMissing, OSError) as why:
            log.warning("no office, its commands will not work: %s", why)
            return None
        self._open.callback(office.close)
        return office.reply

    @staticmethod
    def _hang_up(seats: Sequence[Seat], station: Station) -> None:
        """All at once: a broker that hangs may keep each of them waiting for a second."""
        leaving = [
            Thread(target=seat.link.close, args=(station.farewell(seat),), daemon=True) for seat in seats if seat.link
        ]
        for thread in leaving:
            thread.start()
        for thread in leaving:
            thread.join(HANG_UP_SECONDS)


def _all_well(crew: Crew) -> None:
    crew.check()
    notify("WATCHDOG=1")


def _look_for_note(data: Path, device: str, roll: Roll) -> None:
    """Somebody may have said that a new roll is in."""
    if roll_note.take(data, device):
        roll.changed("person")


def register(parser: ArgumentParser) -> None:
    """`hallside run`."""
    parser.description = "Run one station (one process, one or more devices of one machine) until it is told to stop."
    parser.epilog = "exit: 0 stopped, 69 a part is missing, 70 a mistake in the programme, 74 the disk, 78 the config"
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the station's config")
    parser.set_defaults(act=lambda args: run(args.config))


def run(path: Path) -> int:
    """One station from start to stop; returns the exit status, which tells systemd whether to start it again."""
    log_to_stderr()
    try:
        config = load(path)
        app = _started(config)
    except ConfigErrors as errors:
        print(errors, file=sys.stderr)
        return EXIT_CONFIG
    except PartMissing as missing:
        print(f"hallside: {missing}", file=sys.stderr)
        return EXIT_MISSING
    except JournalFailed as failed:
        print(f"hallside: {failed}", file=sys.stderr)
        return EXIT_DISK
    if app is None:
        return 0
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: app.stop())
    faulthandler.enable(sys.__stderr__ or 2)  # systemd ends a loop that hangs by SIGABRT: the log says where it hung
    log.info("ready: %s", ", ".join(f"{device.name} ({device.role})" for device in config.devices))
    notify("READY=1")
    try:
        app.run()
    except JournalFailed:
        log.exception("the disk did not take it")
        _die(EXIT_DISK)
    except Exception:
        log.exception("a mistake in the programme")
        _die(EXIT_SOFTWARE)
    notify("STOPPING=1")
    app.close()
    return 0


def _started(config: Config) -> App | None:
    """The station, as soon as its disk will have it; None if it was told to stop while it waited for that."""
    while True:
        try:
            return App(config)
        except DiskFailed as failed:
            # Ending here, to be started again every other second, would leave a black screen and say nothing.
            log.error("out of order: %s", failed)
            if not wait_for_disk(config, failed):
                return None


def _die(status: int) -> NoReturn:
    """At once and without a goodbye: systemd starts us again before the broker says our will (10 s)."""
    logging.shutdown()
    os._exit(status)
