"""N10: a config or software update is cut at any step; the machine starts from the old or the new, never neither."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from provisioning.slot import NUMBERED
from tests.faults import swap_writer
from tests.faults.crash.calls import Call, Mark, calls, strace
from tests.faults.crash.explore import MEMORY
from tests.faults.crash.tree import State, Tree, lay
from tests.faults.kinds import Outcome, tell
from tests.faults.swap_writer import SLOTS
from tests.provisioning.wheels import tiny_wheels

KILLS: Final = (12, 1_000)
ENVIRONMENTS: Final = (0, 40)  # whole installations killed
ROUNDS: Final = (1, 40)  # of drawing states where they are too many to try all
ENOUGH: Final = 20
ILL: Final = "signal=SIGKILL:when="
CUTS: Final = (3, 9)  # the folder syncs, one of which at random a first life does not outlive


@dataclass(slots=True)
class Seen:
    """What came of it. wrong: (kind of Outcome, what)."""

    tried: int = 0
    opened: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says."""
    seed = 0 if seed is None else seed
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, prefix="hallside-") as name:
        seen, moments = cuts(Path(name), seed, ROUNDS[full])
        tell(f"  {seen.tried:,} states of {moments} calls, {seen.opened} that differed, {len(seen.wrong)} wrong")
        killed = killing(Path(name), KILLS[full], seed, seen)
        killed += environments(Path(name) / "real", ENVIRONMENTS[full], seed, seen)
    kinds = Counter(kind for kind, _ in seen.wrong)
    why = (
        f"A release and a station's bundle changed and changed back, also by a life that was killed before: every state"
        f" of {moments} calls, where they are not thousands, {seen.opened:,} that differed; and {killed} real kills."
    )
    if seen.wrong:
        why += f" First: {seen.wrong[0][1]}."
    command = f"python -m tests.faults N10{' --full' if full else ''} --seed {seed}"
    return Outcome(seen.tried + killed, kinds["lost"], kinds["doubled"], kinds["failed"], seed, command, why)


def cuts(folder: Path, seed: int, rounds: int = 1, planted: str = "") -> tuple[Seen, int]:
    """The power goes at every call of two lives, the first killed in the middle; of one if a defect is planted."""
    dice, seen, moments = random.Random(seed), Seen(), 0
    swap_writer.prepare(folder)
    for kill_at in (0,) if planted else (dice.randint(*CUTS), 0):
        tree, made = Tree(folder / "root"), _traced(folder, kill_at, planted)
        Judge(folder, seen, dice, rounds).walk(tree, made)
        moments += len(made)
    return seen, moments


def killing(folder: Path, times: int, seed: int, seen: Seen) -> int:
    """Real kill -9 at random moments of the same; how many."""
    words = [sys.executable, "-m", "tests.faults.swap_writer", str(folder), "kills", str(times), str(seed)]
    before = swap_writer.boots(folder, folder / "root")
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    for line in lines:
        told = json.loads(line)
        may = {kind: {version} for kind, version in before.items()}
        before = told["boots"]
        for said in told["said"]:
            may[said["kind"]] = _may(may[said["kind"]], said)
        _judge(told["boots"], may, seen, "killed")
    return len(lines)


def environments(folder: Path, times: int, seed: int, seen: Seen) -> int:
    """Kill -9 of a whole installation, virtual environment and all, and what then really starts; how often."""
    if not times:
        return 0
    dice, into = random.Random(seed), folder / "opt"
    wheels = [tiny_wheels(folder / version, version) for version in swap_writer.VERSIONS]
    words = [sys.executable, "-m", "provisioning.release"]
    begun = time.monotonic()
    subprocess.run([*words, str(wheels[0]), str(into)], check=True, capture_output=True)
    whole, may = time.monotonic() - begun, {"hallside 1.0"}
    for n in range(times):
        may.add(f"hallside {swap_writer.VERSIONS[(n + 1) % 2]}")
        install = subprocess.Popen(
            [*words, str(wheels[(n + 1) % 2]), str(into)], start_new_session=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        with contextlib.suppress(subprocess.TimeoutExpired):
            install.wait(dice.uniform(0, whole * 1.1))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(install.pid, signal.SIGKILL)
        install.wait()
        started = [str(into / "current" / "bin" / "hallside"), "version"]
        said = subprocess.run(started, capture_output=True, text=True, check=False).stdout.strip()
        if said not in may:
            seen.wrong.append(("failed", f"killed: a release that says {said!r} and not {' or '.join(sorted(may))}"))
        may = {said}
        tell(f"  {n + 1} of {times} installations killed; it starts {said}")
    return times


def _traced(folder: Path, kill_at: int, planted: str) -> list[Call]:
    """What one life did. It is killed at its so many-th fsync unless that is 0."""
    log, marks = folder / "trace", folder / "marks"
    marks.unlink(missing_ok=True)
    words = [sys.executable, "-m", "tests.faults.swap_writer", str(folder), *([planted] if planted else [])]
    strace(words, log, inject=f"fsync:{ILL}{kill_at}" if kill_at else "")
    return list(calls(log, folder / "root", marks))


class Judge:
    """Walks one life."""

    def __init__(self, folder: Path, seen: Seen, dice: random.Random, rounds: int) -> None:
        self._folder, self._seen, self._dice, self._rounds = folder, seen, dice, rounds
        self._root = folder / "root"
        self._known: dict[frozenset[tuple[str, tuple[str, bytes]]], dict[str, str]] = {}
        self._may: dict[str, set[str]] = {}
        self._folders: dict[str, str] = {}

    def walk(self, tree: Tree, made: list[Call]) -> None:
        """Every call of it, unless enough is found before."""
        for state in tree.states(self._dice):
            self._may = {kind: {version} for kind, version in self._boots(state).items()}
        for moment, call in enumerate(made):
            if isinstance(call, Mark):
                said = json.loads(call.text)
                self._may[said["kind"]] = _may(self._may[said["kind"]], said)
            else:
                tree.call(call)
            for _ in range(self._rounds):
                for state in tree.states(self._dice):
                    self._seen.tried += 1
                    _judge(self._boots(state), self._may, self._seen, f"at call {moment}")
                    if len(self._seen.wrong) >= ENOUGH:
                        return

    def _numbered(self, path: str) -> str:
        """The folder of a slot that it lies in; "" if in none."""
        if path not in self._folders:
            self._folders[path] = next((part for part in path.split("/") if NUMBERED.fullmatch(part)), "")
        return self._folders[path]

    def _boots(self, state: State) -> dict[str, str]:
        """As the product finds it. Folders that are not in force are left out: nobody starts from them."""
        links = (state.get(f"{self._root}/{slot}/current", ("", b"")) for slot in SLOTS.values())
        force = {"", *(target.decode(errors="replace") for _, target in links)}
        left = {path: entry for path, entry in state.items() if self._numbered(path) in force}
        key = frozenset(left.items())
        if key not in self._known:
            self._seen.opened += 1
            disk = self._folder / "disk"
            shutil.rmtree(disk, ignore_errors=True)
            disk.mkdir()
            lay(left, self._root, disk)
            self._known[key] = swap_writer.boots(self._folder, disk)
        return self._known[key]


def _may(before: set[str], said: Mapping[str, str]) -> set[str]:
    """What may be started from: the old or the new while it is changed, and the new once that has ended."""
    return before | {said["to"]} if "to" in said else {said["is"]}


def _judge(boots: Mapping[str, str], may: Mapping[str, set[str]], seen: Seen, when: str) -> None:
    for kind, version in boots.items():
        if not version:
            seen.wrong.append(("failed", f"{when}: neither an old {kind} nor a new one"))
        elif version not in may[kind]:
            seen.wrong.append(("lost", f"{when}: the {kind} is {version} and was said to be {'/'.join(may[kind])}"))
