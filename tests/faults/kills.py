"""N2: kill -9 of any process at a random moment, while people take numbers, are served and rate. Nothing is lost."""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from tests.faults.kinds import Outcome, tell
from tests.faults.real_hall import READY_SECONDS, STATIONS, RealHall, real_hall
from tests.faults.schedules import Doubled, Lost
from tests.helpers.nursery import Nursery

QUICK: Final = 100
FULL: Final = 10_000 * len(STATIONS)
FULL_SECONDS: Final = 3300.0  # no hall is begun after that; what is not done is not claimed
ROUND: Final = 250  # kills between two accounts
BROKER: Final = "broker"
MOMENT: Final = 0.4  # seconds: a kill comes at some moment within so long
CALM: Final = 0.5  # so many of the kills come after all were back, the others while some may be down or starting
DEAD_SECONDS: Final = 0.002  # between two looks whether it is
TELL_SECONDS: Final = 20.0


def sweep(hall: RealHall, kills: int, dice: random.Random, killed: Counter[str]) -> None:
    """Kill so often whoever runs, and count in `killed` whom how often. AssertionError if anybody stays away."""
    moment = threading.Event()
    told = time.monotonic()
    spared: set[str] = set()  # killed while they started; their keeper gives up after a few such deaths
    for n in range(kills):
        if dice.random() < CALM:
            _all_back(hall)
        moment.wait(MOMENT * dice.random())
        starting = set(hall.processes.wait_ready(STATIONS, 0.0))
        running = [name for name in STATIONS if hall.processes.pid(name) and name not in spared & starting]
        who = dice.choice([*running, BROKER])
        if who == BROKER:
            hall.broker.kill()
            hall.broker.start()
        else:
            _kill(hall, who)
            spared = spared | {who} if who in starting else spared - {who}
        killed[who] += 1
        if time.monotonic() - told > TELL_SECONDS:
            told = time.monotonic()
            tell(f"N2: {n + 1} of {kills} kills of this hall; hands did {dict(hall.acts)}")


def _kill(hall: RealHall, who: str) -> None:
    """It is dead on return, so that no kill is counted that hits a corpse."""
    pause, pid = threading.Event(), hall.processes.pid(who)
    hall.processes.kill(who)
    while hall.processes.pid(who) == pid:
        pause.wait(DEAD_SECONDS)


def _all_back(hall: RealHall) -> None:
    if late := hall.processes.wait_ready(STATIONS, READY_SECONDS):
        raise AssertionError(f"{late} did not come back: {[hall.processes.last_line(name) for name in late]}")


def one_hall(nursery: Nursery, kills: int, seed: int, killed: Counter[str]) -> Counter[str]:
    """One hall from start to account: how much there was to be lost. Raises Lost, Doubled ..."""
    with real_hall(spawn=nursery.spawn) as hall:
        hall.start(*STATIONS)
        with hall.people(seed):
            sweep(hall, kills, random.Random(seed), killed)
        hall.settle()
        return hall.account()


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says. The moments are the machine's own; the seed says only who and about when."""
    begun, first = time.monotonic(), seed or 0
    wanted = FULL if full else QUICK

    def hall(n: int) -> tuple[Counter[str], Counter[str], Exception | None]:
        killed: Counter[str] = Counter()
        if time.monotonic() - begun > FULL_SECONDS:
            return killed, Counter(), None
        try:
            return killed, one_hall(nursery, min(ROUND, wanted - n * ROUND), first + n, killed), None
        except Exception as wrong:  # noqa: BLE001  whatever it was, the next hall is tried
            tell(f"N2: seed {first + n}: {type(wrong).__name__}: {wrong}")
            return killed, Counter(), wrong

    with Nursery() as nursery, ThreadPoolExecutor(os.cpu_count()) as beside:
        lived = list(beside.map(hall, range(-(-wanted // ROUND))))
    killed = sum((killed for killed, _, _ in lived), Counter[str]())
    there = sum((there for _, there, _ in lived), Counter[str]())
    wrong = [error for *_, error in lived if error]
    lost, doubled = (sum(isinstance(error, kind) for error in wrong) for kind in (Lost, Doubled))
    said = ", ".join(f"{what} {n:,}" for what, n in [*sorted(killed.items()), *there.items()])
    minutes = (time.monotonic() - begun) / 60
    part = f" {killed.total():,} of {wanted:,} in {minutes:.0f} minutes." if killed.total() < wanted else ""
    why = f" {type(wrong[0]).__name__}: {wrong[0]}" if wrong else ""
    command = f"python -m tests.faults N2 --seed {first}" + " --full" * full
    return Outcome(
        killed.total(), lost, doubled, len(wrong) - lost - doubled, first, command,
        "kill -9 over a real Mosquitto while people use the hall, each station a fork of one process that has loaded"
        f" the product ({said}).{part}{why}",
    )  # fmt: skip
