"""N1: the power goes at any write; nothing that was acknowledged is lost or doubled."""

from __future__ import annotations

import random
import tarfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from device.hall import pins
from tests.faults.crash.explore import MEMORY, Found, Sample, example_text, explore
from tests.faults.crash.invariants import Wrong
from tests.faults.crash.resumed import resumed
from tests.faults.crash.traces import trace
from tests.faults.kinds import Outcome, tell
from tests.helpers.table import lay

SEED: Final = 20261123
QUICK: Final = (20_000, 2, 1, 16)  # states, traces, rounds of the day in each, halls started again
FULL: Final = (1_000_000, 8, 3, 400)
BREAKS: Final = (45, 75)  # the fdatasync, at random in between, at which a first life is killed or told EIO in turn
FOUND: Final = Path(__file__).parent / "crash" / "found"


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says; a state in which something is wrong is kept in crash/found."""
    seed = SEED if seed is None else seed
    states, traces, rounds, again = FULL if full else QUICK
    found, wrong_again, begun = explored(states, traces, rounds, again, seed)
    seconds = time.monotonic() - begun
    keep(found, seed)
    wrong = dict(found.wrong)
    for one in wrong_again:
        wrong[one.kind] = wrong.get(one.kind, 0) + 1
    why = (
        f"Up to {traces} traces of kiosk, desks, board and coordinator, {found.moments:,} calls the longest;"
        f" {found.opened:,} disks that differed from all others were opened; up to {again} halls were started again."
        f" {found.tried / seconds:,.0f} states a second on two cores."
    )
    if found.ended:
        why += f" Ended by hand at {found.tried / states:.0%} of {states:,}."
    if found.examples or wrong_again:
        why += f" First: {example_text(found.examples) or wrong_again[0].what}."
    command = f"python -m tests.faults N1{' --full' if full else ''} --seed {seed}"
    lost, doubled, failed = (wrong.get(kind, 0) for kind in ("lost", "doubled", "failed"))
    return Outcome(found.tried, lost, doubled, failed, seed, command, why)


def explored(states: int, traces: int, rounds: int, again: int, seed: int) -> tuple[Found, list[Wrong], float]:
    """All traces walked, and halls started again from some of their states; since when it was walking."""
    dice, found, begun = random.Random(seed), Found(), time.monotonic()
    samples: list[Sample] = []
    for n in range(traces):
        at, killed = dice.randint(*BREAKS), n % 2 == 0
        with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, prefix="hallside-") as folder:
            tell(f"  seed {seed}, trace {n + 1} of {traces}: {'killed' if killed else 'told EIO'} at fdatasync {at}")
            ill = (at, 0) if killed else (0, at)
            traced = trace(Path(folder), seed + n, ill, lives=3 if rounds > 1 else 2, rounds=rounds)
            share = states * (n + 1) // traces - states * n // traces
            part = explore(traced.calls, traced.root, share, seed + n, samples=again // traces, tell=tell)
            samples += part.samples
            part.samples = []
            found.add(part)
        if found.ended:
            break
    wrong = go_on(samples)
    tell(f"  {len(samples)} halls started again, {len(wrong)} wrong")
    return found, wrong, begun


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


def keep(found: Found, seed: int) -> None:
    """Wrong states as fixtures: the disks' files, and what is wrong in the archive's name and comment."""
    for n, (moment, wrong, disks) in enumerate(found.examples):
        FOUND.mkdir(exist_ok=True)
        with tarfile.open(FOUND / f"{seed}-{moment}-{n}-{wrong.kind}.tar.gz", "w:gz") as archive:
            files = {
                f"{unit.rpartition('/')[0]}/{Path(path).name}": data
                for unit, disk in disks.items()
                for path, data in disk.items()
            }
            for name, data in {"wrong.txt": f"{wrong.unit}: {wrong.what}\n".encode(), **files}.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                archive.addfile(entry, BytesIO(data))
