"""N7 with a real kiosk, coordinator and broker, and a real file system that fills up or is read-only. Needs root.

The kiosk's processes are kept running the way systemd keeps them. People's hands are the bench's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from device.demo_hall import DemoHall, write_hall
from device.demo_watch import Said, Watcher
from device.processes import Processes
from drivers.bench import BenchSilent, ask_bench
from drivers.book_sqlite import read_book
from tests.faults.kinds import tell
from tests.helpers.broker import HOST, run_mosquitto

KIOSK: Final = "kiosk-1"
COORDINATOR: Final = "coordinator"
SECONDS: Final = 30.0
Wrong = tuple[str, str]  # kind, what


def possible() -> bool:
    """Whether this process may mount a file system."""
    if os.geteuid() != 0:
        return False
    with TemporaryDirectory() as folder:
        done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, check=False)
        if done.returncode == 0:
            subprocess.run(["umount", folder], check=True)
        return done.returncode == 0


def tried() -> list[Wrong]:
    """What is wrong after both ills, each mended again."""
    with TemporaryDirectory(dir="/tmp") as place, run_mosquitto(Path(place)) as broker:
        folder = Path(place)
        files = write_hall(folder, port=broker.port)
        with (
            _mounted(folder / f"data-{KIOSK}") as disk,
            Watcher(HOST, broker.port, files.id, None) as eyes,
            Processes(folder, tell) as processes,
        ):
            for name in (COORDINATOR, KIOSK):
                processes.start(name, [sys.executable, "-m", "device", "run", "--config", str(files.stations[name])])
            if not eyes.wait(lambda s: s.where == f"{KIOSK}/answer" and s.type == "answer.block", SECONDS):
                return [("failed", "the kiosk never came up")]
            wrong = [*_ill(files, eyes, "full", _fill(disk)), *_ill(files, eyes, "read-only", _lock(disk, processes))]
            wrong += _arrived(files, eyes)
        return wrong


def _ill(files: DemoHall, eyes: Watcher, code: str, broken: Callable[[], Callable[[], None]]) -> Iterator[Wrong]:
    """The disk breaks, people go on touching, the kiosk says so; it is mended, and the kiosk gives tickets again."""
    since = len(eyes.heard)
    mend = broken()

    def stranded(said: Said) -> bool:
        notes = said.payload.get("faults", ()) if said.where == f"{KIOSK}/state" else ()
        return any((note["part"], note["code"]) == ("journal", code) for note in notes)

    _until(lambda: _touch(files) and any(stranded(said) for said in eyes.heard[since:]))
    if not any(stranded(said) for said in eyes.heard[since:]):
        yield "failed", f"{code}: the kiosk never said so"
    if _asked(files, {"do": "look"}).get("view") != "out-of-order":
        yield "failed", f"{code}: its screen invites people"
    since = len(eyes.heard)
    mend()
    ticket = _until(lambda: _touch(files) and any(said.type == "ticket.printed" for said in eyes.heard[since:]))
    if not ticket:
        yield "failed", f"{code}: mended, and the kiosk gives no ticket"


def _arrived(files: DemoHall, eyes: Watcher) -> Iterator[Wrong]:
    """Everything that anybody saw issued is in the book, once."""
    seen = {said.payload["number"] for said in eyes.heard if said.type == "ticket.issued"}
    path = files.folder / f"data-{COORDINATOR}" / "book.db"

    def issued() -> list[str]:
        rows = [row.payload for row in read_book(path) if b'"type":"ticket.issued"' in row.payload]
        return [row.partition(b'"number":"')[2][:4].decode() for row in rows]

    _until(lambda: seen <= set(issued()))
    for number in seen | set(issued()):
        if (n := issued().count(number)) != 1:
            yield "doubled" if n else "lost", f"{number} is in the book {n} times"


def _touch(files: DemoHall) -> bool:
    """One finger on whatever leads on; True, so that it can stand in a condition."""
    for key in ("service:social", "done"):
        _asked(files, {"do": "tap", "key": key})
    return True


def _asked(files: DemoHall, words: dict[str, object]) -> dict[str, object]:
    with suppress(BenchSilent, OSError):
        return ask_bench(files.benches[KIOSK], {"device": KIOSK, "part": "screen", **words}, 2.0)
    return {}


def _until(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)  # a process that restarts cannot be waited for, only asked
    return False


def _fill(disk: Path) -> Callable[[], Callable[[], None]]:
    def broken() -> Callable[[], None]:
        filler = disk / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1024))
        return filler.unlink

    return broken


def _lock(disk: Path, processes: Processes) -> Callable[[], Callable[[], None]]:
    def broken() -> Callable[[], None]:
        processes.kill(KIOSK, hold=True)  # as by a power cut; the card has locked itself meanwhile
        _until(lambda: processes.pid(KIOSK) == 0)
        _remount(disk, "ro")
        processes.release(KIOSK)
        return lambda: _remount(disk, "rw")

    return broken


def _remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


@contextmanager
def _mounted(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k,mode=700", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
