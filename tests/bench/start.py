"""S8: from starting a device's process to READY=1 at systemd's socket, beside `python -c pass`.

The files are in the disk cache and compiled, as at every start but the first after an installation.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from typing import Final

from tests.bench.figures import Figures, Rounds, under_one_head, verdict
from tests.bench.kinds import KINDS, NO_SCREEN, SAID, furnish
from tests.bench.rig import SECONDS, BenchFailed, Rig, drawn_on, rig

MOST_NO_SCREEN: Final = 0.6  # s
MOST_SCREEN: Final = 1.2


def measure(rounds: int, samples: int, tell: Callable[[str], None]) -> Figures:
    """So many rounds of so many starts of each kind, in turns with the yardstick."""
    starts = {name: Rounds() for name in KINDS}
    with rig(glass=True) as hall:
        furnish(hall)
        for name in KINDS if rounds > 1 else ():
            _start(hall, name)  # makes the journal, fills the caches; a single round is for trying the bench out
        for n in range(rounds):
            tell(f"S8 round {n + 1} of {rounds}")
            for name in KINDS:
                starts[name].begin()
            for _ in range(samples):
                for name in KINDS:
                    starts[name].add(_start(hall, name), bare_start())
        return figures(starts, drawn_on(hall.display))


def _start(hall: Rig, station: str) -> float:
    """Seconds until READY=1; then the device is told to stop, and has."""
    path = hall.folder / "ready.sock"
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as notify:
        notify.bind(str(path))
        notify.settimeout(SECONDS)
        environ = {**os.environ, **hall.environ, "NOTIFY_SOCKET": str(path)}
        log = hall.folder / f"{station}.log"
        with log.open("ab") as said:
            begun = time.monotonic()
            process = subprocess.Popen(
                hall.command(station), stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=environ
            )
            try:
                if b"READY=1" not in notify.recv(4096).split(b"\n"):
                    raise BenchFailed(f"{station} said something else than READY first")
                ready = time.monotonic()
            except TimeoutError:
                raise BenchFailed(f"{station} was not ready: {log.read_text('utf-8', 'replace')}") from None
            finally:
                process.terminate()
                process.wait(SECONDS)
                path.unlink()
    return ready - begun


def bare_start() -> float:
    """Seconds of the shortest Python programme there is, from its start to its end."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.monotonic() - begun


def figures(starts: dict[str, Rounds], drawn: str) -> Figures:
    """S8, and each kind of device: the middle of all starts; the slowest is told."""
    parts: Figures = {}
    most_of: dict[str, float] = {}
    for name, rounds in starts.items():
        most = MOST_NO_SCREEN if name in NO_SCREEN else MOST_SCREEN
        p50, slowest = rounds.value(50), rounds.value(100)
        part = f"S8.{name.partition('-')[0]}"
        most_of[part] = most
        why = f"{SAID[name]}: {p50:.2f} s, {verdict(p50, most, 's')}, the slowest {slowest:.2f} s"
        parts[part] = rounds.figure(50, "s", f"<= {most:g} s", p50 <= most, why)
    limit = f"no screen <= {MOST_NO_SCREEN:g} s, screen <= {MOST_SCREEN:g} s"
    why = f"Median of {sum(map(len, rounds.values))} starts each, caches warm; screens on {drawn}. "
    return under_one_head("S8", parts, most_of, limit, why + "; ".join(part.why for part in parts.values()))
