"""S6: what a device costs while nothing happens in its hall, beside a process that only waits in SimpleQueue.get().

All kinds stand there at once, each a process, with broker and heartbeat, clocks that go on, watchdog and printer looked
after, for a whole minute, so that exactly one change of the minute on the screens is in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from tests.bench.figures import Figure, Figures, under_one_head, verdict
from tests.bench.kinds import KINDS, NO_SCREEN, SAID, SCREENS, furnish
from tests.bench.proc import Usage, usages
from tests.bench.rig import SECONDS, BenchFailed, drawn_on, rig
from tests.bench.yardsticks import standing

CPU_NO_SCREEN: Final = 0.1  # percent of a core
CPU_SCREEN: Final = 0.5
SWITCHES: Final = 5.0  # a second, without a screen
REST: Final = 0.5  # seconds of looking whether everybody has come to rest
AT_REST: Final = 3.0  # percent of a core; starting, connecting and first pages cost ten times that

Round = list[tuple[float, float]]  # of each process: percent of a core, switches a second


def measure(rounds: int, seconds: float, tell: Callable[[str], None]) -> Figures:
    """So many rounds of so many seconds, one after the other without a gap."""
    with rig(glass=True) as hall, standing("") as bare:
        furnish(hall)
        hall.start(*KINDS)
        pids = [*(hall.processes.pid(name) for name in KINDS), bare]
        _come_to_rest(pids)
        readings = [usages(pids)]
        for n in range(rounds):
            tell(f"S6 round {n + 1} of {rounds}: {seconds:g} s of nothing")
            time.sleep(seconds)  # that nothing happens is what is measured
            readings.append(usages(pids))
        return figures(readings, drawn_on(hall.display))


def _come_to_rest(pids: Sequence[int]) -> None:
    """Wait until nobody is still busy with its start."""
    end, before = time.monotonic() + SECONDS, usages(pids)
    while True:
        time.sleep(REST)  # what a process used can only be looked at
        now = usages(pids)
        busiest = max(cpu for cpu, _ in between(before, now))
        if busiest < AT_REST:
            return
        if time.monotonic() > end:
            raise BenchFailed(f"one of the idle devices takes {busiest:.1f} % of a core and does not come to rest")
        before = now


def between(before: Sequence[Usage], after: Sequence[Usage]) -> Round:
    """Each process's costs between two readings."""
    return [now.since(then) for then, now in zip(before, after, strict=True)]


def figures(readings: Sequence[Sequence[Usage]], drawn: str) -> Figures:
    """S6, and each kind's processor and switches. The last of the processes is the yardstick."""
    whole = between(readings[0], readings[-1])
    single = [between(*pair) for pair in pairwise(readings)]
    parts: Figures = {}
    most: dict[str, float] = {}
    for n, name in enumerate(KINDS):
        for k, (word, unit) in enumerate((("cpu", "% of a core"), ("switches", "1/s"))):
            part, value, bare = f"S6.{name.partition('-')[0]}.{word}", whole[n][k], whole[-1][k]
            limit = _limit(name, word)
            if limit is not None:
                most[part] = limit
            kept = limit is None or value <= limit
            each = [costs[n][k] for costs in single]
            spread = (min(each) / bare, max(each) / bare) if bare else (min(each), max(each))
            words = f"<= {limit:g} {unit}" if limit is not None else "none"
            why = f"{SAID[name]}: {verdict(value, limit, unit)}" if limit is not None else f"{SAID[name]}"
            parts[part] = Figure(value, unit, bare, words, kept, spread, why)
    promised = f"no screen <= {CPU_NO_SCREEN:g} % of a core, <= {SWITCHES:g} switches/s; screen <= {CPU_SCREEN:g} %"
    seconds = readings[-1][0].at - readings[0][0].at
    why = f"Over {seconds:.0f} s; screens on {drawn}; the yardstick is a process in SimpleQueue.get()."
    missed = [f"{part}: {parts[part].why}" for part in most if not parts[part].passed]
    return under_one_head("S6", parts, most, promised, " ".join([why, *missed]))


def _limit(name: str, word: str) -> float | None:
    if word == "switches":
        return SWITCHES if name in NO_SCREEN else None
    return CPU_SCREEN if name in SCREENS else CPU_NO_SCREEN
