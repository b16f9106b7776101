"""S1: from the touch on a service to the ticket's last byte at the printer's port.

Kiosk and coordinator are two processes as systemd starts them, with nothing of ours inside; between them a real
Mosquitto. The touch comes through the simulated screen's bench: a line of JSON over a unix socket, whose cost is
measured beside (`injection`) and stays in the value. The last byte is seen at the far end of the pty that the kiosk's
serial printer has opened; the printer there answers at once, so the wire's own time (0.5 ms a byte) is not in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from queue import Empty
from typing import Final

from tests.bench.figures import Figures, Rounds, percentile, verdict
from tests.bench.paper import PtyPrinter
from tests.bench.rig import SECONDS, BenchFailed, Rig, rig
from tests.bench.wire import Wire
from tests.bench.yardsticks import BareAsk, BareCommit

KIOSK: Final = "kiosk-1"
SERVICES: Final = ("social", "household", "permits")
RATIO_P50: Final = 3.0
MOST_P99: Final = 25.0  # ms
WARM: Final = 3  # tickets a round that are not counted: the first ones load what later ones find loaded


@dataclass(slots=True)
class Touches:
    """All samples of S1, in milliseconds."""

    rounds: Rounds = field(default_factory=Rounds)
    commits: list[float] = field(default_factory=list)
    asks: list[float] = field(default_factory=list)
    injections: list[float] = field(default_factory=list)


def measure(rounds: int, samples: int, tell: Callable[[str], None]) -> Figures:
    """So many rounds, each in a fresh hall, of so many tickets."""
    found = Touches()
    for n in range(rounds):
        tell(f"S1 round {n + 1} of {rounds}")
        one_round(found, samples)
    return figures(found)


def one_round(found: Touches, samples: int) -> None:
    """A fresh hall's first tickets, each followed by one measure of the yardstick while the hall is at rest."""
    found.rounds.begin()
    with ExitStack() as stack:
        hall, paper = stack.enter_context(rig()), stack.enter_context(PtyPrinter())
        hall.set_part(KIOSK, "printer", f'driver = "serial"\nport = "{paper.path}"\nbaud = 115200')
        hall.start("coordinator", KIOSK)
        wire = stack.enter_context(closing(Wire(hall.broker.port)))
        commit = stack.enter_context(closing(BareCommit(hall.folder)))
        ask = stack.enter_context(closing(BareAsk(hall.broker.port)))
        for n in range(-WARM, samples):
            value = _one_ticket(hall, paper, wire, SERVICES[n % len(SERVICES)])
            injection = _injection(hall)
            commits, asked = (commit.once(), commit.once()), ask.once()
            if n >= 0:
                found.rounds.add(value, sum(commits) + asked)
                found.commits += commits
                found.asks.append(asked)
                found.injections.append(injection)


def _one_ticket(hall: Rig, paper: PtyPrinter, wire: Wire, service: str) -> float:
    """Milliseconds from the touch to the last byte; afterwards the kiosk is at rest again."""
    hall.wait_key(KIOSK, f"service:{service}")
    touched = time.monotonic_ns()
    hall.hands(KIOSK, "screen", "tap", key=f"service:{service}")
    try:
        printed, job = paper.tickets.get(timeout=SECONDS)
    except Empty:
        raise BenchFailed(f"no ticket came; {hall.trouble()}") from None
    if len(job) < 100:
        raise BenchFailed(f"that was no ticket: {job!r}")
    wire.receipted(KIOSK, wire.upto(KIOSK) + 2)  # ticket.issued and ticket.printed
    hall.wait_key(KIOSK, "done")
    hall.hands(KIOSK, "screen", "tap", key="done")
    hall.wait_key(KIOSK, "service:social")
    return (printed - touched) / 1e6


def _injection(hall: Rig) -> float:
    """A touch that the bench refuses, there and back: more than what any touch's way to the kiosk costs."""
    begun = time.monotonic_ns()
    hall.ask(KIOSK, "screen", "touch", x=-1, y=0)
    return (time.monotonic_ns() - begun) / 1e6


def figures(found: Touches) -> Figures:
    """S1 and S1.p99."""
    rounds = found.rounds
    p50, yard, p99 = rounds.value(50), rounds.yardstick(50), rounds.value(99)
    why = (
        f"p50 {verdict(p50, RATIO_P50 * yard, 'ms')}, p99 {p99:.1f} ms {verdict(p99, MOST_P99, 'ms')}. "
        f"Yardstick p50: commit {percentile(found.commits, 50):.2f} ms twice, request {percentile(found.asks, 50):.2f} "
        f"ms. The injected touch's socket adds at most {percentile(found.injections, 50):.2f} ms, not taken off."
    )
    fast, bounded = p50 <= RATIO_P50 * yard, p99 <= MOST_P99
    return {
        "S1": rounds.figure(50, "ms", f"p50 <= {RATIO_P50:g} x, p99 <= {MOST_P99:g} ms", fast and bounded, why),
        "S1.p99": rounds.figure(99, "ms", f"p99 <= {MOST_P99:g} ms", bounded, ""),
    }
