"""A printer without hardware: the same thread, jobs and questions as the real ones, over a printer in memory.

On the bench: {"do": "fault", "name": "paper-out", "after": 120} (after: bytes of the next job, may be left out),
{"do": "mend"} or {"do": "mend", "name": "paper-low"}, {"do": "look"}.
Each job's bytes that reached the port are kept as tickets/<device>/<n>.bin below the recordings folder.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from drivers.escpos_machine import FAULTS, ON_THE_LINE, Machine
from drivers.printer_port import PortGone
from drivers.printer_profiles import check_model
from drivers.printer_thread import DEADLINE_SECONDS, PACE, Pace, PortPrinter
from drivers.protocols import Place, Post

WHERE: Final = "simulated printer"
NAMES: Final = ", ".join(sorted(FAULTS))


class SimulatedPort:
    """A line to a machine in memory. `changed` guards the machine and tells of every change to it."""

    def __init__(self, machine: Machine, changed: threading.Condition) -> None:
        self._machine, self._changed = machine, changed
        with changed:
            if "unplugged" in machine.faults:
                raise PortGone(f"{WHERE}: unplugged")

    def write(self, data: bytes, seconds: float) -> int:
        with self._changed:
            self._await(lambda: not self._machine.faults & ON_THE_LINE, seconds)
            return self._machine.receive(data)

    def read(self, seconds: float) -> bytes:
        with self._changed:
            self._await(lambda: bool(self._machine.answers), seconds)
            heard = bytes(self._machine.answers)
            self._machine.answers.clear()
            return heard

    def pending(self) -> bool:
        return False

    def status(self) -> None:
        return None

    def close(self) -> None:
        with self._changed, contextlib.suppress(OSError):  # a recording that cannot be written was told while printing
            self._machine.answers.clear()
            self._machine.hang_up()

    def _await(self, ready: Callable[[], bool], seconds: float) -> None:
        self._changed.wait_for(lambda: "unplugged" in self._machine.faults or ready(), seconds)
        if "unplugged" in self._machine.faults:
            raise PortGone(f"{WHERE}: unplugged")


class SimulatedPrinter(PortPrinter):
    """Implements drivers.protocols.Printer."""

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        model: str = "generic-80",
        profiles: Path | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
        pace: Pace = PACE,
    ) -> None:
        profile = check_model(model, profiles)
        self._tickets = place.recordings / "tickets" / place.device if place.recordings else None
        self._jobs = _last(self._tickets)
        self._machine = Machine(self._keep)
        self._changed = threading.Condition()
        super().__init__(post, place, self._plug_in, "This cannot be", deadline_seconds, pace, asb=profile.asb)
        if place.bench:
            place.bench.offer(place.device, place.part, self._act)

    def papers(self) -> list[bytes]:
        """The last pieces that were cut off, as the commands that made them."""
        with self._changed:
            return list(self._machine.papers)

    def _plug_in(self) -> SimulatedPort:
        return SimulatedPort(self._machine, self._changed)

    def _keep(self, job: bytes) -> None:
        """Whoever looks into the folder sees whole files only."""
        self._jobs += 1
        if self._tickets:
            self._tickets.mkdir(parents=True, exist_ok=True)
            partly = self._tickets / f"{self._jobs}.part"
            partly.write_bytes(job)
            partly.rename(partly.with_suffix(".bin"))

    def _act(self, request: Mapping[str, object]) -> Mapping[str, object]:
        """What somebody at the printer does. ValueError says what is wrong with the request."""
        name, after = request.get("name"), request.get("after", 0)
        with self._changed:
            match request["do"]:
                case "fault" if isinstance(name, str) and isinstance(after, int):
                    self._machine.fault(name, after)
                case "mend" if name is None or isinstance(name, str):
                    self._machine.mend(name)
                case "look":
                    pass
                case _:
                    raise ValueError(f"a printer can: fault name (after), mend (name), look. Its faults: {NAMES}")
            self._changed.notify_all()
            seen = {"faults": sorted(self._machine.faults), "papers": self._machine.cuts, "jobs": self._jobs}
        self.ask()  # a person at the printer is not kept waiting for the next look at it
        return seen


def _last(tickets: Path | None) -> int:
    """The number of the last ticket kept there by an earlier life of this device."""
    kept = tickets.glob("*.bin") if tickets else ()
    return max((int(file.stem) for file in kept if file.stem.isdecimal()), default=0)
