"""Whether the suites would notice: deliberate defects (plants.py), put into a copy of the tree one at a time.

`python -m tests.faults planted`. A plant is caught when one of its tests fails; a test that cannot even be collected
has caught nothing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.bench.report import ROOT
from tests.faults.kinds import Planted, tell
from tests.faults.plants import PLANTS, Plant

FAILED: Final = 1  # pytest: some tests failed
ROOMS: Final = ("device", "drivers", "screens", "config", "provisioning", "tests", "pyproject.toml")
SECONDS: Final = 600.0
LEFT_OUT: Final = shutil.ignore_patterns("__pycache__", "node_modules", "*.egg-info", "found", "results.json")


class DeadPlant(LookupError):
    """What a plant changes is not there any more, or more than once."""


def planted_text(plant: Plant, root: Path = ROOT) -> str:
    """The file with the defect in it. DeadPlant if it does not apply."""
    try:
        text = (root / plant.file).read_text("utf-8")
    except FileNotFoundError:
        raise DeadPlant(f"{plant.name}: there is no {plant.file}") from None
    if text.count(plant.sound) != 1 or plant.sound == plant.defect:
        raise DeadPlant(f"{plant.name}: {plant.sound!r} stands {text.count(plant.sound)} times in {plant.file}")
    return text.replace(plant.sound, plant.defect)


@contextlib.contextmanager
def copy_of_the_tree() -> Iterator[Path]:
    """A copy to spoil, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hallside-planted-") as name:
        for room in ROOMS:
            source = ROOT / room
            if source.is_dir():
                shutil.copytree(source, Path(name) / room, ignore=LEFT_OUT, symlinks=True)
            else:
                shutil.copy(source, Path(name) / room)
        yield Path(name)


def outcome(root: Path, tests: Sequence[str]) -> int:
    """pytest's exit status for these tests in this tree."""
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "long or not long", *tests]
    done = subprocess.run(command, cwd=root, env=environ, capture_output=True, timeout=SECONDS, check=False)
    return done.returncode


def caught(plant: Plant, root: Path) -> bool:
    """Whether one of its tests fails while it stands; afterwards the tree is sound again."""
    spoilt = planted_text(plant, root)
    file = root / plant.file
    sound, was = file.read_text("utf-8"), file.stat().st_mtime
    file.write_text(spoilt, "utf-8")
    # Of another second than the sound one whatever the clock says, for by seconds and size kept bytecode is told apart.
    os.utime(file, (was + 2, was + 2))
    try:
        return any(outcome(root, [test]) == FAILED for test in plant.tests)
    finally:
        file.write_text(sound, "utf-8")
        os.utime(file, (was, was))


def try_plants(plants: Sequence[Plant]) -> list[str]:
    """The names of those that nobody noticed. DeadPlant for one that does not apply, AssertionError if the tests that
    are to catch them fail without them: then nothing is shown."""
    for plant in plants:
        planted_text(plant)
    with copy_of_the_tree() as root:
        needed = sorted({test for plant in plants for test in plant.tests})
        tell(f"planted: {len(needed)} kinds of tests without any defect")
        if bad := [test for test in needed if outcome(root, [test]) != 0]:
            raise AssertionError(f"fails without any defect: {', '.join(bad)}")
        missed = []
        for n, plant in enumerate(plants, 1):
            begun = time.monotonic()
            noticed = caught(plant, root)
            missed += [] if noticed else [plant.name]
            what = "caught" if noticed else f"MISSED: {plant.why}"
            tell(f"planted: {n} of {len(plants)}, {plant.name}: {what}, {time.monotonic() - begun:.0f} s")
    return missed


def run(full: bool, seed: int | None) -> Planted:
    """All of them, each time."""
    missed = try_plants(PLANTS)
    return Planted(len(PLANTS), len(PLANTS) - len(missed), tuple(missed), "python -m tests.faults planted")
