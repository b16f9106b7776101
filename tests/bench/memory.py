"""S7: what a device keeps in memory after a busy day, beside a bare interpreter that has imported the same modules.

The day is 3,000 tickets through 30 windows (tests.bench.day), so the board has shown all of its calls. The coordinator
is measured twice: having lived the day, and started again with its book, as after a power cut; the larger one counts.
How long that start takes is S7.again: S8 starts everybody without a past.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Final

from tests.bench.day import KIOSKS, WINDOWS, furnish_large, live_a_day
from tests.bench.figures import Figure, Figures, under_one_head, verdict
from tests.bench.kinds import BOARD, COORDINATOR, KINDS, KIOSK, PANEL, SAID, furnish
from tests.bench.modules import importing, loaded_by
from tests.bench.proc import resident_mb
from tests.bench.rig import drawn_on, rig
from tests.bench.start import MOST_NO_SCREEN, bare_start
from tests.bench.wire import Wire
from tests.bench.yardsticks import standing

MOST: Final = {PANEL: 45.0, COORDINATOR: 70.0, BOARD: 100.0, KIOSK: 100.0}  # MB


def measure(rounds: int, tickets: int, tell: Callable[[str], None]) -> Figures:
    """So many days of so many tickets, each in a fresh hall."""
    values: dict[str, list[float]] = {name: [] for name in MOST}
    bare: dict[str, list[float]] = {name: [] for name in MOST}
    again: tuple[list[float], list[float]] = ([], [])
    drawn = ""
    for n in range(rounds):
        tell(f"S7 round {n + 1} of {rounds}: a day of {tickets} tickets")
        with rig(windows=WINDOWS, kiosks=KIOSKS, glass=True) as hall:
            furnish(hall)
            furnish_large(hall.folder)
            drawn = drawn_on(hall.display)
            modules = {name: loaded_by(hall, name) for name in KINDS}
            hall.start(*KINDS)
            with closing(Wire(hall.broker.port)) as wire:
                live_a_day(wire, tickets, [3], tell)
            for name in KINDS:
                values[name].append(resident_mb(hall.processes.pid(name)))
            pid, seconds = hall.start_again(COORDINATOR)
            values[COORDINATOR][-1] = max(values[COORDINATOR][-1], resident_mb(pid))
            again[0].append(seconds)
            again[1].append(bare_start())
        for name in KINDS:
            with standing(importing(modules[name])) as pid:
                bare[name].append(resident_mb(pid))
    parts = figures(values, bare, tickets, drawn)
    parts["S7.again"] = _again(*again, tickets)
    return parts


def _again(seconds: list[float], bare: list[float], tickets: int) -> Figure:
    value, kept = max(seconds), max(seconds) <= MOST_NO_SCREEN
    ratios = [ours / theirs for ours, theirs in zip(seconds, bare, strict=True)]
    why = f"the coordinator is ready {value:.2f} s after it was started with the book of {tickets} tickets"
    spread = (min(ratios), max(ratios))
    return Figure(value, "s", max(bare), f"<= {MOST_NO_SCREEN:g} s (S8)", kept, spread, why)


def figures(values: dict[str, list[float]], bare: dict[str, list[float]], tickets: int, drawn: str) -> Figures:
    """S7, and each kind of device; the largest of the rounds counts."""
    parts: Figures = {}
    for name, most in MOST.items():
        value, yard = max(values[name]), max(bare[name])
        ratios = [ours / theirs for ours, theirs in zip(values[name], bare[name], strict=True)]
        why = f"{SAID[name]}: {value:.1f} MB ({value * 1e6 / 2**20:.1f} MiB), {verdict(value, most, 'MB')}"
        parts[_part(name)] = Figure(
            value, "MB", yard, f"<= {most:g} MB", value <= most, (min(ratios), max(ratios)), why
        )
    most_of = {_part(name): most for name, most in MOST.items()}
    limit = "no screen <= 45 MB, screen <= 100 MB, coordinator after a day <= 70 MB"
    why = f"After {tickets} tickets; screens on {drawn}. " + "; ".join(part.why for part in parts.values())
    return under_one_head("S7", parts, most_of, limit, why)


def _part(name: str) -> str:
    return f"S7.{name.partition('-')[0]}"
