"""A hall of real processes to measure: its files on a real disk, Mosquitto, devices, hands at their benches.

The bench that measures lives in a process of its own; a device knows nothing of it but its config.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from device.demo_hall import DemoHall, write_hall
from device.processes import Processes
from drivers.bench import ask_bench
from tests.helpers.broker import Broker, run_mosquitto

HALL: Final = "bench"
DISK: Final = Path("/var/tmp")  # kept over a reboot (FHS 5.15), so never memory; /tmp is memory on Debian 13
SECONDS: Final = 20.0  # for anything to happen; a device needs well under one
LOOK: Final = 0.001  # between two looks at a part that has no way to call us; never inside what is measured
WATCHDOG_USEC: Final = "15000000"  # as in the unit that systemd starts a device with
IN_MEMORY: Final = frozenset({"tmpfs", "ramfs"})


class BenchFailed(RuntimeError):
    """Something that was to be measured did not happen; the message says what and what was said last."""


@contextlib.contextmanager
def disk_folder() -> Iterator[Path]:
    """A folder on a real disk, gone afterwards. BenchFailed where there is none: commits to memory measure nothing."""
    kind = file_system(DISK)
    if kind in IN_MEMORY:
        raise BenchFailed(f"{DISK} is {kind}, no disk of its own: mount one there")
    folder = Path(tempfile.mkdtemp(prefix="hallside-bench-", dir=DISK))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def file_system(path: Path) -> str:
    """The kernel's name of the file system that holds this path."""
    best = ("", "")
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, where, kind, *_ = line.split()
        if path.is_relative_to(where) and len(where) >= len(best[0]):
            best = (where, kind)
    return best[1]


@dataclass
class Rig:
    """What runs. display: an X server's, "" without. started: names of its devices, in the order they were started."""

    folder: Path
    broker: Broker
    hall: DemoHall
    processes: Processes
    display: str
    restarts: list[str]
    started: list[str] = field(default_factory=list)

    @property
    def environ(self) -> dict[str, str]:
        """What a device finds in its environment besides NOTIFY_SOCKET."""
        return {"WATCHDOG_USEC": WATCHDOG_USEC, **({"DISPLAY": self.display} if self.display else {})}

    def command(self, station: str, module: str = "device") -> list[str]:
        """How a station is started. module: `device`, or one that runs it with something of ours inside."""
        words = ["run"] if module == "device" else []
        return [sys.executable, "-m", module, *words, "--config", str(self.hall.stations[station])]

    def start(self, *stations: str, module: str = "device") -> None:
        """Start these stations and wait for READY of all."""
        for name in stations:
            environ = [f"{key}={value}" for key, value in self.environ.items()]
            self.processes.start(name, ["env", *environ, *self.command(name, module)])
            self.started.append(name)
        late = self.processes.wait_ready(stations, SECONDS)
        if late:
            raise BenchFailed("; ".join(f"{name}: {self.processes.last_line(name)}" for name in late))

    def start_again(self, station: str) -> tuple[int, float]:
        """Stop this station in an orderly way, start it again with what it has kept.

        Its new process id, and how many seconds it took to be ready.
        """
        pidfd = os.pidfd_open(self.processes.pid(station))
        try:
            signal.pidfd_send_signal(pidfd, signal.SIGTERM)
            if not select.select([pidfd], [], [], SECONDS)[0]:
                raise BenchFailed(f"{station} does not end")
        finally:
            os.close(pidfd)
        again = f"{station}-again"
        environ = [f"{key}={value}" for key, value in self.environ.items()]
        begun = time.monotonic()
        self.processes.start(again, ["env", *environ, *self.command(station)])
        if self.processes.wait_ready([again], SECONDS):
            raise BenchFailed(f"{again}: {self.processes.last_line(again)}")
        seconds = time.monotonic() - begun
        self.restarts[:] = [said for said in self.restarts if not said.startswith(f"{station} ended (exit 0)")]
        return self.processes.pid(again), seconds

    def hands(self, device: str, part: str, do: str, **more: object) -> dict[str, Any]:
        """Do something to a simulated part. BenchFailed if it refuses."""
        reply = self.ask(device, part, do, **more)
        if not reply.get("ok"):
            raise BenchFailed(f"{device} {part} {do}: {reply.get('error')}; {self.trouble()}")
        return reply

    def ask(self, device: str, part: str, do: str, **more: object) -> dict[str, Any]:
        """The same, with a refusal as an answer."""
        path = self.folder / f"{device}.sock"
        return ask_bench(path, {"device": device, "part": part, "do": do, **more}, SECONDS)

    def wait_key(self, device: str, key: str) -> dict[str, tuple[int, int]]:
        """Wait until this key can be touched; all keys that can be then, with their middles in pixels."""
        end = time.monotonic() + SECONDS
        while key not in (targets := self.hands(device, "screen", "look")["targets"]):
            if time.monotonic() > end:
                raise BenchFailed(f"{device} never showed {key}; {self.trouble()}")
            time.sleep(LOOK)  # a screen cannot be waited for, only looked at
        return {name: (x + w // 2, y + h // 2) for name, (x, y, w, h) in targets.items()}

    def trouble(self) -> str:
        """What the devices said last, for whoever reads why the bench failed."""
        return "; ".join([*self.restarts, *(f"{name}: {self.processes.last_line(name)}" for name in self.started)])

    def set_part(self, station: str, section: str, text: str) -> None:
        """Put another section in a device's config; text: its lines."""
        self._change(station, section, f"[device.{section}]\n{text}\n")

    def drop_part(self, station: str, section: str) -> None:
        """Take a part away."""
        self._change(station, section, "")

    def _change(self, station: str, section: str, text: str) -> None:
        path = self.hall.stations[station]
        whole, count = re.subn(rf"(?m)^\[device\.{section}\]\n(?:[^\[\n].*\n)*", text, path.read_text("utf-8"))
        if count != 1:
            raise BenchFailed(f"{path} has no section {section}")
        if '"simulated"' not in whole:
            whole = re.sub("(?m)^bench = .*\n", "", whole)  # a config must not name a bench on which nothing lies
        path.write_text(whole, "utf-8")


@contextlib.contextmanager
def rig(*, windows: Sequence[int] = (3, 4), kiosks: int = 1, glass: bool = False) -> Iterator[Rig]:
    """A hall's files and its Mosquitto; devices are started by `Rig.start`. A device that dies ends the bench.

    glass: with a display server for real screens, where there is one.
    """
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(disk_folder())
        broker = stack.enter_context(run_mosquitto(folder))
        display = stack.enter_context(x_server(folder)) if glass else ""
        hall = write_hall(folder, hall=HALL, port=broker.port, windows=windows, kiosks=kiosks)
        restarts: list[str] = []
        processes = stack.enter_context(Processes(folder, restarts.append))
        made = Rig(folder, broker, hall, processes, display, restarts)
        yield made
        if restarts:
            raise BenchFailed(f"a device ended while it was measured: {made.trouble()}")


@contextlib.contextmanager
def x_server(folder: Path) -> Iterator[str]:
    """A display server without a screen (Xvfb) where it is installed; its DISPLAY, else ""."""
    program = shutil.which("Xvfb")
    if program is None:
        yield ""
        return
    reader, writer = os.pipe()
    command = [program, "-displayfd", str(writer), "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"]
    with (folder / "xvfb.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=(writer,))
    os.close(writer)
    try:
        with os.fdopen(reader) as said:
            number = said.readline().strip()
        if not number:
            raise BenchFailed(f"Xvfb did not start: {(folder / 'xvfb.log').read_text()}")
        yield f":{number}"
    finally:
        process.terminate()
        process.wait(5)


def screen(display: str, mm: tuple[int, int], px: tuple[int, int]) -> str:
    """The section of a real screen: pygame's window on the display server, or SDL's `dummy` where there is none."""
    video = "x11" if display else "dummy"
    sizes = f"width_mm = {mm[0]}\nheight_mm = {mm[1]}\nwidth = {px[0]}\nheight = {px[1]}"
    return f'driver = "pygame"\nvideo = "{video}"\nfullscreen = false\n{sizes}'


def drawn_on(display: str) -> str:
    """For people: what the screens were drawn on."""
    return "an X server without glass (Xvfb)" if display else "SDL's dummy (no Xvfb here)"
