"""Walk a trace, and at every call let the power go: so many states, each opened by the product and judged.

A state is all disks of the hall at one moment. What a disk shows in a state it was already opened in is remembered:
equal states count as tried, and how many were really opened is told beside.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from tests.faults.crash.calls import Call, Mark, Open, Sync, SyncFailed
from tests.faults.crash.disk import Disk, Rules, State
from tests.faults.crash.invariants import Wrong, wrongs
from tests.faults.crash.model import JournalModel, Model
from tests.faults.crash.recovery import View, book_view, journal_view, lay_down

RULES: Final[tuple[Rules, ...]] = ("strict", "ext4")
KEPT_EXAMPLES: Final = 5
COMPANIONS: Final = ("-wal", "-journal")
MEMORY: Final = Path("/dev/shm")
Files = dict[str, bytes]


@dataclass(slots=True)
class Found:
    """What a walk came to. examples: the first wrong states, as (moment, what, files by disk)."""

    tried: int = 0
    opened: int = 0
    moments: int = 0
    wrong: dict[str, int] = field(default_factory=dict)  # kind -> states in which it was so
    examples: list[tuple[int, Wrong, dict[str, Files]]] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    ended: bool = False

    def add(self, other: Found) -> None:
        """Another share of the same walk."""
        self.tried += other.tried
        self.opened += other.opened
        self.moments = max(self.moments, other.moments)
        for kind, n in other.wrong.items():
            self.wrong[kind] = self.wrong.get(kind, 0) + n
        self.examples = sorted([*self.examples, *other.examples], key=lambda example: example[0])[:KEPT_EXAMPLES]
        self.samples += other.samples
        self.ended |= other.ended


class Sample(NamedTuple):
    """A state from which a hall may be started again. seen: what had been seen of it when the power went."""

    moment: int
    files: dict[str, Files]
    seen: frozenset[str]


class Share(NamedTuple):
    """One process's part of a walk."""

    calls: Sequence[Call]
    root: str
    states: int
    seed: int
    part: int
    samples: int


class Walk:
    """One process's walk."""

    def __init__(self, share: Share, scratch: Path) -> None:
        self._share = share
        self._scratch = scratch
        self._dice = random.Random(f"{share.seed} {share.part}")
        self._disks: dict[str, Disk] = {}
        self._known: dict[str, dict[tuple[object, ...], View]] = {}
        self._model = Model()
        self._found = Found()

    def go(self) -> Found:
        """The whole trace."""
        counts = quotas(self._share.calls, self._share.root, self._share.states, self._share.part)
        every = max(1, self._share.states // self._share.samples) if self._share.samples else 0
        for moment, call in enumerate(self._share.calls):
            self._step(call)
            for _ in range(counts[moment]):
                files = self._judge(moment)
                self._found.tried += 1
                if every and self._found.tried % every == 0:
                    sample = Sample(moment, files, frozenset(self._model.seen))
                    self._found.samples.append(sample)
        self._found.moments = len(self._share.calls)
        return self._found

    def _step(self, call: Call) -> None:
        if isinstance(call, Mark):
            self._model.hear(call.text)
            return
        unit = unit_of(call.path, self._share.root)
        if unit:
            self._disks.setdefault(unit, Disk()).call(call)
            if isinstance(call, Sync | SyncFailed):
                self._known.pop(unit, None)
        elif isinstance(call, Sync):
            for name, disk in self._disks.items():
                if f"{self._share.root}/{name}".rpartition("/")[0] == call.path:
                    disk.sync_folder()
                    self._known.pop(name, None)

    def _judge(self, moment: int) -> dict[str, Files]:
        rules = self._dice.choice(RULES)
        states = {name: disk.state(self._dice, rules) for name, disk in self._disks.items()}
        views = {name: self._view(name, state) for name, state in states.items()}
        kinds: dict[str, Wrong] = {}
        for wrong in wrongs(self._model, views):
            kinds.setdefault(wrong.kind, wrong)
        files = {name: state.files for name, state in states.items()}
        for kind, wrong in kinds.items():
            self._found.wrong[kind] = self._found.wrong.get(kind, 0) + 1
            if len(self._found.examples) < KEPT_EXAMPLES:
                self._found.examples.append((moment, wrong, files))
        return files

    def _view(self, name: str, state: State) -> View:
        known = self._known.setdefault(name, {})
        if state.key not in known:
            lay_down(self._scratch, state.files)
            model = self._model.units.get(name)
            devices = model.devices if isinstance(model, JournalModel) else ()
            book = name.endswith("book.db")
            known[state.key] = book_view(self._scratch) if book else journal_view(self._scratch, devices)
            self._found.opened += 1
        return known[state.key]


def _deaf() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def unit_of(path: str, root: str) -> str:
    """Which disk a file belongs to: the database's name below the root; "" for a folder."""
    name = path.removeprefix(f"{root}/")
    for companion in COMPANIONS:
        name = name.removesuffix(companion)
    return name if name.endswith(".db") else ""


def quotas(calls: Sequence[Call], root: str, states: int, part: int) -> list[int]:
    """How many states at each moment: one everywhere, the rest where much is not synced; `states` in all."""
    open_changes: dict[str, int] = {}
    weights = []
    for call in calls:
        if isinstance(call, Sync):
            open_changes.pop(unit_of(call.path, root), None)
        elif not isinstance(call, Mark) and not (isinstance(call, Open) and call.path in open_changes):
            unit = unit_of(call.path, root)
            open_changes[unit] = open_changes.get(unit, 0) + 1
        weights.append(sum(min(n, 12) for n in open_changes.values()) + 0.2)
    total, before, quota = sum(weights), 0.0, []
    offset = (part * 0.37) % 1  # so that not all shares pass over the same moments when states are few
    for weight in weights:
        after = before + weight * states / total
        quota.append(int(after + offset) - int(before + offset))
        before = after
    return quota


def walk(share: Share) -> Found:
    """In a process of its own."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, prefix="hallside-") as scratch:
        return Walk(share, Path(scratch)).go()


def explore(
    calls: Sequence[Call],
    root: Path,
    states: int,
    seed: int,
    *,
    processes: int = 2,
    samples: int = 0,
    tell: Callable[[str], None] | None = None,
) -> Found:
    """`states` states out of this trace, shared among processes. samples: states kept to start a hall again from.

    Ctrl-C: enough; what was tried so far is returned, with `ended` set.
    """
    found = Found()
    for share in _shares(calls, str(root), states, seed, processes, samples):
        try:
            with ProcessPoolExecutor(processes, initializer=_deaf) as pool:
                for part in pool.map(walk, share):
                    found.add(part)
        except KeyboardInterrupt:
            found.ended = True
            return found
        if tell:
            tell(f"  {found.tried:,} states, {found.opened:,} opened, {sum(found.wrong.values())} wrong")
    return found


def _shares(
    calls: Sequence[Call], root: str, states: int, seed: int, processes: int, samples: int
) -> Iterator[list[Share]]:
    """Rounds of some 12,000 states a process, so that it can be told how it goes."""
    rounds = max(1, round(states / (12_000 * processes)))
    parts = rounds * processes
    sizes = [states * (k + 1) // parts - states * k // parts for k in range(parts)]
    for start in range(0, parts, processes):
        yield [
            Share(calls, root, sizes[part], seed, part, -(-samples // parts))
            for part in range(start, start + processes)
        ]


def example_text(examples: Sequence[tuple[int, Wrong, Mapping[str, Files]]]) -> str:
    """The first thing that went wrong, for people."""
    return "; ".join(f"at call {moment}: {wrong.kind}, {wrong.unit}: {wrong.what}" for moment, wrong, _ in examples[:1])
