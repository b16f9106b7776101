"""N1: the power goes at any write; nothing that was acknowledged is lost or doubled."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from device.hall import pins
from tests.faults.crash.explore import MEMORY, Found, Sample, example_text, explore
from tests.faults.crash.found import keep
from tests.faults.crash.invariants import Wrong
from tests.faults.crash.resumed import resumed
from tests.faults.crash.traces import Recipe, Trace, trace
from tests.faults.kinds import Outcome, tell
from tests.helpers.table import lay

SEED: Final = 20261123
QUICK: Final = (20_000, 2, 1, 16)  # states, traces, rounds of the day in each, halls started again
FULL: Final = (1_000_000, 8, 3, 400)
BREAKS: Final = (45, 75)  # the fdatasync, at random in between, at which a first life is killed or told EIO in turn


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says; a state in which something is wrong is kept in crash/found."""
    seed = SEED if seed is None else seed
    states, traces, rounds, again = FULL if full else QUICK
    found, wrong_again = explored(states, traces, rounds, again, seed)
    wrong = dict(found.wrong)
    for one in wrong_again:
        wrong[one.kind] = wrong.get(one.kind, 0) + 1
    why = (
        f"Up to {traces} traces of kiosk, desks, board and coordinator, {found.moments:,} calls the longest;"
        f" {found.opened:,} disks that differed from all others were opened; up to {again} halls were started again."
        f" {found.tried / found.seconds:,.0f} states a second a core, in the processor's own time."
    )
    if found.ended:
        why += f" Ended by hand at {found.tried / states:.0%} of {states:,}."
    if found.examples or wrong_again:
        why += f" First: {example_text(found.examples) or wrong_again[0].what}."
    command = f"python -m tests.faults N1{' --full' if full else ''} --seed {seed}"
    lost, doubled, failed = (wrong.get(kind, 0) for kind in ("lost", "doubled", "failed"))
    return Outcome(found.tried, lost, doubled, failed, seed, command, why)


def explored(states: int, traces: int, rounds: int, again: int, seed: int) -> tuple[Found, list[Wrong]]:
    """All traces walked, and halls started again from some of their states."""
    dice, found, samples = random.Random(seed), Found(), list[Sample]()
    recipes = []
    for n in range(traces):
        at = dice.randint(*BREAKS)
        recipes.append(Recipe(seed + n, (0, at) if n % 2 else (at, 0), 3 if rounds > 1 else 2, rounds))
    for n, traced in enumerate(_traced(recipes)):
        tell(f"  trace {n + 1} of {traces}: {recipes[n]}")
        share = states * (n + 1) // traces - states * n // traces
        part = explore(traced.calls, traced.root, share, seed + n, samples=again // traces, tell=tell)
        keep(part.examples, recipes[n])
        samples += part.samples
        part.samples = []
        found.add(part)
        if found.ended:
            break
    wrong = go_on(samples)
    tell(f"  {len(samples)} halls started again, {len(wrong)} wrong")
    return found, wrong


def _traced(recipes: Sequence[Recipe]) -> Iterator[Trace]:
    """In this order; while one is walked, the next lives are lived."""
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(2))
        stack.callback(pool.shutdown, cancel_futures=True)
        yield from pool.map(_trace, recipes)


def _trace(recipe: Recipe) -> Trace:
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, prefix="hallside-") as folder:
        return trace(Path(folder), recipe)


def go_on(samples: Sequence[Sample], processes: int = 2) -> list[Wrong]:
    """What is wrong with halls that are started again from these."""
    shares = [samples[k::processes] for k in range(processes)]
    with ProcessPoolExecutor(processes) as pool:
        return [wrong for part in pool.map(_resumed, shares) for wrong in part]


def _resumed(samples: Sequence[Sample]) -> list[Wrong]:
    pins.N, pins.R = 2, 1  # nobody here waits for scrypt
    wrong: list[Wrong] = []
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, prefix="hallside-") as folder:
        laid = lay(Path(folder) / "config", windows=(3, 4))
        for n, sample in enumerate(samples):
            place = Path(folder) / str(n)
            place.mkdir()
            wrong += resumed(sample, laid, place)
    return wrong
