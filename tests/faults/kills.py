"""N2: kill -9 of any process at a random moment, while people take numbers, are served and rate. Nothing is lost."""

from __future__ import annotations

import random
import threading
import time
from typing import Final

from tests.faults.kinds import Outcome, tell
from tests.faults.real_hall import READY_SECONDS, STATIONS, RealHall, real_hall
from tests.faults.schedules import Doubled, Lost

QUICK: Final = 100
FULL: Final = 10_000 * len(STATIONS)
FULL_SECONDS: Final = 3300.0  # what is not done by then is not claimed
ROUND: Final = 250  # kills between two accounts
BROKER: Final = "broker"
MOMENT: Final = 0.5  # seconds: a kill comes at some moment within so long
TELL_SECONDS: Final = 20.0


def sweep(hall: RealHall, kills: int, dice: random.Random) -> dict[str, int]:
    """Kill so often, anybody, each time after all had come back and people went on. Returns whom how often."""
    killed = dict.fromkeys((*STATIONS, BROKER), 0)
    moment = threading.Event()
    told = time.monotonic()
    while sum(killed.values()) < kills:
        if late := hall.processes.wait_ready(STATIONS, READY_SECONDS):
            raise AssertionError(f"{late} did not come back: {[hall.processes.last_line(name) for name in late]}")
        moment.wait(MOMENT * dice.random())
        who = dice.choice((*STATIONS, BROKER))
        if who == BROKER:
            hall.broker.kill()
            hall.broker.start()
        else:
            hall.processes.kill(who)
        killed[who] += 1
        if time.monotonic() - told > TELL_SECONDS:
            told = time.monotonic()
            tell(f"N2: {sum(killed.values())} of {kills} kills of this hall; hands did {dict(hall.acts)}")
    return killed


def one_hall(kills: int, seed: int) -> tuple[dict[str, int], dict[str, int]]:
    """One hall from start to account: whom how often, and how much there was to be lost. Raises Lost, Doubled ..."""
    with real_hall() as hall:
        hall.start(*STATIONS)
        with hall.people(seed):
            killed = sweep(hall, kills, random.Random(seed))
        hall.settle()
        return killed, dict(hall.account())


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says. The moments are the machine's own; the seed says only who and about when."""
    begun, first = time.monotonic(), seed or 0
    wanted = FULL if full else QUICK
    tried = lost = doubled = failed = halls = 0
    account: dict[str, int] = {}
    why = ""
    while tried < wanted and time.monotonic() - begun < FULL_SECONDS:
        kills = min(ROUND, wanted - tried)
        try:
            killed, there = one_hall(kills, first + halls)
        except Exception as wrong:  # noqa: BLE001  whatever it was, the next hall is tried
            lost += isinstance(wrong, Lost)
            doubled += isinstance(wrong, Doubled)
            failed += not isinstance(wrong, Lost | Doubled)
            why = why or f" {type(wrong).__name__}: {wrong}"
            tell(f"N2: {type(wrong).__name__}: {wrong}")
        else:
            for what, n in (killed | there).items():
                account[what] = account.get(what, 0) + n
        tried, halls = tried + kills, halls + 1
    said = ", ".join(f"{what} {n:,}" for what, n in account.items())
    part = f" {tried:,} of {wanted:,} in {FULL_SECONDS / 60:.0f} minutes." if tried < wanted else ""
    command = f"python -m tests.faults N2 --seed {first}" + " --full" * full
    return Outcome(
        tried, lost, doubled, failed, first, command,
        f"kill -9 over a real Mosquitto while people use the hall ({said}).{part}{why}",
    )  # fmt: skip
