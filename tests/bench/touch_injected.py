"""S1 with an injected touch: kiosk and coordinator as systemd starts them, with nothing of ours inside.

The touch comes through the simulated screen's bench: a line of JSON over a unix socket, whose cost is measured beside
and stays in the value. The last byte is seen at the far end of the pty that the kiosk's serial printer has opened; the
printer there answers at once, so the wire's own time (0.5 ms a byte) is not in it.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from queue import Empty
from typing import Final

from tests.bench.figures import Rounds
from tests.bench.paper import PtyPrinter
from tests.bench.rig import SECONDS, BenchFailed, Rig, rig
from tests.bench.wire import Wire
from tests.bench.yardsticks import BareAsk, BareCommit

KIOSK: Final = "kiosk-1"
SERVICES: Final = ("social", "household", "permits")
WARM: Final = 3  # tickets a round that are not counted: the first ones load what later ones find loaded


@dataclass(slots=True)
class Touches:
    """All samples, in milliseconds. targets: where the kiosk's keys are, in pixels of 1920x1080."""

    rounds: Rounds = field(default_factory=Rounds)
    commits: list[float] = field(default_factory=list)
    asks: list[float] = field(default_factory=list)
    injections: list[float] = field(default_factory=list)
    targets: dict[str, tuple[int, int]] = field(default_factory=dict)


def one_round(found: Touches, samples: int) -> None:
    """A fresh hall's first tickets, each followed by one measure of the yardstick while the hall is at rest."""
    found.rounds.begin()
    with ExitStack() as stack:
        hall, paper = stack.enter_context(rig()), stack.enter_context(PtyPrinter())
        with_printer(hall, paper)
        hall.start("coordinator", KIOSK)
        wire = stack.enter_context(closing(Wire(hall.broker.port, speaks=False)))
        commit = stack.enter_context(closing(BareCommit(hall.folder)))
        ask = stack.enter_context(closing(BareAsk(hall.broker.port)))
        for n in range(-WARM, samples):
            value = _one_ticket(hall, paper, wire, SERVICES[n % len(SERVICES)], found.targets)
            injection = _injection(hall)
            commits, asked = (commit.once(), commit.once()), ask.once()
            if n >= 0:
                found.rounds.add(value, sum(commits) + asked)
                found.commits += commits
                found.asks.append(asked)
                found.injections.append(injection)


def with_printer(hall: Rig, paper: PtyPrinter) -> None:
    """The kiosk's printer is the one behind the pty."""
    hall.set_part(KIOSK, "printer", f'driver = "serial"\nport = "{paper.path}"\nbaud = 115200')


def last_byte(hall: Rig, paper: PtyPrinter) -> int:
    """When the next ticket's last byte came, monotonic ns."""
    try:
        printed, job = paper.tickets.get(timeout=SECONDS)
    except Empty:
        raise BenchFailed(f"no ticket came; {hall.trouble()}") from None
    if len(job) < 100:
        raise BenchFailed(f"that was no ticket: {job!r}")
    return printed


def _one_ticket(hall: Rig, paper: PtyPrinter, wire: Wire, service: str, targets: dict[str, tuple[int, int]]) -> float:
    """Milliseconds from the touch to the last byte; afterwards the kiosk is at rest again."""
    targets |= hall.wait_key(KIOSK, f"service:{service}")
    touched = time.monotonic_ns()
    hall.hands(KIOSK, "screen", "tap", key=f"service:{service}")
    printed = last_byte(hall, paper)
    wire.receipted(KIOSK, wire.upto(KIOSK) + 2)  # ticket.issued and ticket.printed
    targets |= hall.wait_key(KIOSK, "done")
    hall.hands(KIOSK, "screen", "tap", key="done")
    hall.wait_key(KIOSK, "service:social")
    return (printed - touched) / 1e6


def _injection(hall: Rig) -> float:
    """A touch that the bench refuses, there and back: more than what any touch's way to the kiosk costs."""
    begun = time.monotonic_ns()
    hall.ask(KIOSK, "screen", "touch", x=-1, y=0)
    return (time.monotonic_ns() - begun) / 1e6
