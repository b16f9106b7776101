"""Traces of the writer: a hall lives, is killed in the middle of a commit or cut off at the wall, and lives again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from device.exits import EXIT_DISK
from tests.faults.crash.calls import Call, Mkdir, Sync, calls, strace
from tests.faults.crash.explore import unit_of

KILLED = -9


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a hall lives. ill: at which fdatasync its first life is killed with -9, its commit written and not synced, or

    at which the disk says EIO to it; (0, 0): it ends by itself, as at the wall.
    """

    seed: int
    ill: tuple[int, int] = (0, 0)
    lives: int = 2
    rounds: int = 1


@dataclass(frozen=True, slots=True)
class Trace:
    """What all lives asked of the disks below `root`, in order."""

    calls: Sequence[Call]
    root: Path

    def without_folder_syncs(self) -> Trace:
        """As a writer would leave it that never syncs a folder."""
        left = [c for c in self.calls if not (isinstance(c, Sync) and not unit_of(c.path, str(self.root)))]
        return Trace(left, self.root)


def trace(folder: Path, recipe: Recipe, *, planted: str = "") -> Trace:
    """Run the writer's lives under strace. RuntimeError if the first was not killed or refused as it should be."""
    kill_at, fail_at = recipe.ill
    said, words = folder / "marks", [sys.executable, "-m", "tests.faults.crash.writer", str(folder)]
    found: list[Call] = []
    for life in range(1, recipe.lives + 1):
        log = folder / f"trace-{life}"
        what = f"signal=SIGKILL:when={kill_at}" if kill_at else f"error=EIO:when={fail_at}" if fail_at else ""
        inject = f"fdatasync:{what}" if what and life == 1 else ""
        command = [*words, str(said), str(life), str(recipe.seed), *([planted] if planted else [])]
        status = strace(command, log, inject=inject, environ={"ROUNDS": str(recipe.rounds)})
        if inject and status != (KILLED if kill_at else EXIT_DISK):
            raise RuntimeError(f"the writer never came to its fdatasync number {kill_at or fail_at}: {status}")
        found += (call for call in calls(log, folder / "disks", said) if not isinstance(call, Mkdir))
        log.unlink()
    return Trace(found, folder / "disks")
