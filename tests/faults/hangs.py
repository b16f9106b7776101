"""N11: what hangs or dies inside a station is noticed and heals within 25 s, as nobody in the hall would notice it.

Real processes over a real Mosquitto, under a supervisor that does what systemd does: the main loop stands still; a
driver's thread is gone; the line's thread is gone. And a printer that takes no byte more in the middle of a ticket.
Healed: a new life says `ready` through the broker, and its buttons answer; the printer prints the next ticket.

Quick: the watchdog waits 1 s and the rest is 0.2 s; what the unit's own times add is added to what was measured.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from device.demo_hall import DemoHall, write_hall
from device.demo_watch import Said, Watcher
from drivers.bench import BenchSilent, ask_bench
from drivers.events import HardwareEvent, Printed, PrintFailed, PrintUnknown
from drivers.printer_simulated import SimulatedPrinter
from drivers.printer_thread import DEADLINE_SECONDS
from drivers.protocols import Place
from tests.faults.kinds import Outcome, tell
from tests.faults.supervisor import Supervisor
from tests.helpers.broker import HOST, run_mosquitto

LIMIT: Final = 25.0
QUICK_WATCHDOG, QUICK_AGAIN = 1.0, 0.2
FULL_ROUNDS: Final = 10
PATIENCE: Final = 30.0
TICKET: Final = b"\x1b@" + b"A012\n" * 40 + b"\x1dV\x00"

# The product's own process, with somebody in it who obeys signals: USR1 stops the main thread where it stands, USR2 and
# RTMIN end a thread by SystemExit, which no driver catches and Python says nothing of.
SABOTEUR: Final = """
import ctypes, gc, signal, sys, threading
from pathlib import Path
from device.app import run
from drivers.link_paho import PahoLink

_, config, device = sys.argv

def hang(*_):
    while True:
        signal.pause()

def end(name):
    for thread in threading.enumerate():
        if thread.name == name:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))
    for link in gc.get_objects():
        if type(link) is PahoLink:
            link._wake()

signal.signal(signal.SIGUSR1, hang)
signal.signal(signal.SIGUSR2, lambda *_: end(f"{device} buttons"))
signal.signal(signal.SIGRTMIN, lambda *_: end(f"link {device}"))
sys.exit(run(Path(config)))
"""


class NotHealed(AssertionError):
    """What was broken stayed broken, or was mended in another way than promised."""


@dataclass(frozen=True, slots=True)
class Hurt:
    """What is done to a station. poke: touch the buttons, so that their thread wakes."""

    what: str
    number: int
    poke: bool = False


LOOP: Final = Hurt("hung loop", signal.SIGUSR1)
BUTTONS: Final = Hurt("dead driver thread", signal.SIGUSR2, poke=True)
LINE: Final = Hurt("dead line thread", signal.SIGRTMIN)
PRINTER: Final = "stuck printer"


def own_seconds(name: str) -> float:
    """A time of the unit that provisioning writes."""
    text = files("provisioning").joinpath("templates/hallside.service").read_text("utf-8")
    found = re.search(rf"^{name}=(\d+)$", text, re.MULTILINE)
    if found is None:
        raise LookupError(f"the unit says no {name}")
    return float(found[1])


@dataclass
class Ward:
    """A hall in which stations are hurt: its broker runs, `watcher` hears it all."""

    hall: DemoHall
    watcher: Watcher
    watchdog: float
    again: float

    @property
    def slower(self) -> float:
        """What the unit's own times add at most to what is measured with these."""
        return own_seconds("WatchdogSec") - self.watchdog + own_seconds("RestartSec") - self.again

    def heals(self, device: str, *hurts: Hurt) -> dict[str, float]:
        """One after another: what -> seconds until a new life is there and works, by the unit's times. Or NotHealed."""
        command = [sys.executable, "-c", SABOTEUR, str(self.hall.stations[device]), device]
        healed: dict[str, float] = {}
        with Supervisor(command, self.hall.folder / f"{device}.log", self.watchdog, self.again) as supervisor:
            heard = self._up(supervisor, device, 0, 0)
            for number, hurt in enumerate(hurts):
                if not supervisor.fed(number, PATIENCE):
                    raise NotHealed("a sound loop does not feed the watchdog")
                life = supervisor.lives[number]
                begun = time.monotonic()
                os.kill(life.pid, hurt.number)  # its parent has not taken leave of it: no other can bear this number
                if hurt.poke:
                    ask_bench(self.hall.benches[device], _asked(device, "press", level=3), PATIENCE)
                heard = self._up(supervisor, device, number + 1, heard)
                healed[hurt.what] = time.monotonic() - begun + self.slower
                if len(supervisor.lives) != number + 2:
                    raise NotHealed(f"{hurt.what}: {len(supervisor.lives)} lives: {_last(supervisor.log)}")
                if (life.ended_by == "watchdog") != (hurt is LOOP):
                    raise NotHealed(f"{hurt.what} was ended by {life.ended_by or 'itself'}, status {life.status}")
        return healed

    def _up(self, supervisor: Supervisor, device: str, life: int, since: int) -> int:
        """Wait until this life works; returns how much was heard until then."""
        if not supervisor.ready(life, PATIENCE):
            raise NotHealed(f"life {life} never was ready: {_last(supervisor.log)}")
        known = {said.payload["boot"] for said in list(self.watcher.heard)[:since] if said.where == f"{device}/state"}

        def anew(said: Said) -> bool:
            lives = said.where == f"{device}/state" and said.payload["status"] == "ready"
            return lives and said.payload["boot"] not in known

        if not self.watcher.wait(anew, PATIENCE, since):
            raise NotHealed(f"life {life} never came to the broker: {_last(supervisor.log)}")
        try:
            answer = ask_bench(self.hall.benches[device], _asked(device, "look"), PATIENCE)
        except BenchSilent as silent:
            raise NotHealed(f"the buttons of life {life} are not there: {silent}") from silent
        if not answer["ok"]:
            raise NotHealed(f"the buttons of life {life}: {answer}")
        return len(self.watcher.heard)


@contextmanager
def ward(watchdog: float, again: float) -> Iterator[Ward]:
    """A hall with a broker; the stations start as they are needed."""
    with tempfile.TemporaryDirectory(prefix="n11-", dir="/tmp") as name, run_mosquitto(Path(name)) as broker:
        hall = write_hall(Path(name) / "hall", port=broker.port)
        with Watcher(HOST, broker.port, hall.id, None) as watcher:
            if not watcher.listening(PATIENCE):
                raise RuntimeError("nobody hears the broker")
            yield Ward(hall, watcher, watchdog, again)


class Hand:
    """A bench without a socket."""

    def offer(self, device: str, part: str, act: Callable[[Mapping[str, object]], Mapping[str, object]]) -> None:
        self.act = act


def printer_heals(deadline: float) -> float:
    """Seconds until a ticket that is stuck half way is given up, by the usual deadline; and the next one is printed."""
    heard: SimpleQueue[HardwareEvent] = SimpleQueue()
    hand = Hand()
    printer = SimulatedPrinter(heard.put, Place("kiosk-1", "printer", hand), deadline_seconds=deadline)
    try:
        hand.act({"do": "fault", "name": "stuck", "after": len(TICKET) // 2})
        begun = time.monotonic()
        printer.print("first", TICKET)
        if not isinstance(given_up := _outcome(heard, "first"), PrintFailed):
            raise NotHealed(f"half a ticket is {given_up}")
        seconds = time.monotonic() - begun
        hand.act({"do": "mend"})
        printer.print("second", TICKET)
        if not isinstance(printed := _outcome(heard, "second"), Printed):
            raise NotHealed(f"after the mend there came {printed}")
    finally:
        printer.close()
    return seconds + DEADLINE_SECONDS - deadline


def _outcome(heard: SimpleQueue[HardwareEvent], job: str) -> Printed | PrintFailed | PrintUnknown:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            event = heard.get(timeout=max(0.0, end - time.monotonic()))
        except Empty:
            raise NotHealed(f"the printer never said what became of the {job} ticket") from None
        if isinstance(event, Printed | PrintFailed | PrintUnknown) and event.job == job:
            return event


def _asked(device: str, do: str, **more: object) -> Mapping[str, object]:
    return {"device": device, "part": "buttons", "do": do, **more}


def _last(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-400:]


def tries(place: Ward, deadline: float) -> dict[str, float]:
    """Each harm once, side by side: what -> seconds until it was healed."""
    with ThreadPoolExecutor() as pool:
        lanes = (
            pool.submit(place.heals, "evaluator-3", LOOP),
            pool.submit(place.heals, "evaluator-4", BUTTONS, LINE),
            pool.submit(lambda: {PRINTER: printer_heals(deadline)}),
        )
        return {what: seconds for lane in lanes for what, seconds in lane.result().items()}


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says. Nothing here is random."""
    watchdog, again = (own_seconds("WatchdogSec"), own_seconds("RestartSec")) if full else (QUICK_WATCHDOG, QUICK_AGAIN)
    tried = failed = 0
    worst: dict[str, float] = {}
    why = ""
    for number in range(FULL_ROUNDS if full else 1):
        tell(f"N11: round {number + 1}, a watchdog of {watchdog:g} s")
        tried += 4
        try:
            with ward(watchdog, again) as place:
                healed = tries(place, DEADLINE_SECONDS if full else 1.0)
        except NotHealed as wrong:
            failed, why = failed + 1, why or f" {wrong}"
            continue
        failed += sum(seconds > LIMIT for seconds in healed.values())
        worst = {what: max(seconds, worst.get(what, 0.0)) for what, seconds in healed.items()}
    said = ", ".join(f"{what} {seconds:.1f} s" for what, seconds in worst.items())
    how = "with the unit's own times" if full else f"watchdog {watchdog:g} s, reckoned with the unit's own times"
    return Outcome(
        tried, 0, 0, failed, 0, "python -m tests.faults N11" + " --full" * full,
        f"Real stations under what systemd does ({how}); at most {said or 'never'}.{why}",
    )  # fmt: skip
