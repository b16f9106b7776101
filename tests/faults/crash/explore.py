"""Walk a trace, and at every call let the power go: so many states, each opened by the product and judged.

A state is all disks of the hall at one moment. What a disk with the same bytes showed lately is remembered: each state
is judged, only such disks are opened as were not yet, and how many that were is told beside.
"""

from __future__ import annotations

import hashlib
import random
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from tests.faults.crash.calls import Call, Mark, Open, Sync, SyncFailed
from tests.faults.crash.disk import Choice, Disk, Rules, State
from tests.faults.crash.invariants import Wrong, alone, together
from tests.faults.crash.model import JournalModel, Model
from tests.faults.crash.recovery import View, book_view, journal_view, lay_down

RULES: Final[tuple[Rules, ...]] = ("strict", "ext4")
KEPT_EXAMPLES: Final = 5
REMEMBERED: Final = 1_000  # disks of each station, so that memory stays small however long the walk
NEAR: Final = 60  # calls before and after a state that is tried again
BLOCK: Final = 16  # moments that follow one another and go to one process: their disks are often the same
COMPANIONS: Final = ("-wal", "-journal")
MEMORY: Final = Path("/dev/shm")
Files = dict[str, bytes]


class Example(NamedTuple):
    """A state in which something is wrong. choices: by disk, what was drawn for it, so that it can be made again."""

    moment: int
    wrong: Wrong
    files: dict[str, Files]
    choices: dict[str, Choice]


@dataclass(slots=True)
class Found:
    """What a walk came to. opened: disks. examples: the first wrong states."""

    tried: int = 0
    opened: int = 0
    moments: int = 0
    seconds: float = 0.0  # of a processor's time, so that a busy machine changes nothing
    wrong: dict[str, int] = field(default_factory=dict)  # kind -> states in which it was so
    examples: list[Example] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    ended: bool = False

    def add(self, other: Found) -> None:
        """Another share of the same walk."""
        self.tried += other.tried
        self.opened += other.opened
        self.seconds += other.seconds
        self.moments = max(self.moments, other.moments)
        for kind, n in other.wrong.items():
            self.wrong[kind] = self.wrong.get(kind, 0) + n
        self.examples = sorted([*self.examples, *other.examples], key=lambda example: example.moment)[:KEPT_EXAMPLES]
        self.samples += other.samples
        self.ended |= other.ended


class Sample(NamedTuple):
    """A state from which a hall may be started again. seen: what had been seen of it when the power went."""

    moment: int
    files: dict[str, Files]
    seen: frozenset[str]


class Share(NamedTuple):
    """One process's part of a round: `states` is the round's, and this is process `part` of `parts`.

    again: this very state, if the writer can still come to it, and `states` others around it.
    """

    calls: Sequence[Call]
    root: str
    states: int
    seed: int
    round: int
    part: int
    parts: int
    samples: int
    again: Example | None = None


class Walk:
    """One process's walk."""

    def __init__(self, share: Share, scratch: Path) -> None:
        self._share = share
        self._scratch = scratch
        self._dice = random.Random(f"{share.seed} {share.round} {share.part}")
        self._disks: dict[str, Disk] = {}
        self._known: dict[str, dict[tuple[object, ...], View]] = {}  # by the state's key, until the disk's next sync
        self._equal: dict[str, dict[bytes, View]] = {}  # by the SHA-1 of all bytes
        self._verdicts: dict[tuple[str, int], tuple[View, list[Wrong]]] = {}  # until the next mark
        self._model = Model()
        self._found = Found()

    def go(self) -> Found:
        """The whole trace."""
        share, begun = self._share, time.process_time()
        counts = quotas(share.calls, share.root, share.states, share.round, share.again)
        every = max(1, share.states // (share.samples * share.parts)) if share.samples else 0
        for moment, call in enumerate(share.calls):
            self._step(call)
            if share.again and moment == share.again.moment and (that := self._that(share.again.choices)):
                self._judge(moment, that)
            if moment // BLOCK % share.parts != share.part:
                continue
            for _ in range(counts[moment]):
                states = self._some()
                self._judge(moment, states)
                if every and self._found.tried % every == 0:
                    sample = Sample(moment, _files(states), frozenset(self._model.seen))
                    self._found.samples.append(sample)
        self._found.moments = len(share.calls)
        self._found.seconds = time.process_time() - begun
        return self._found

    def _step(self, call: Call) -> None:
        if isinstance(call, Mark):
            self._model.hear(call.text)
            self._verdicts.clear()
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

    def _some(self) -> dict[str, State]:
        rules = self._dice.choice(RULES)
        return {name: disk.state(self._dice, rules) for name, disk in self._disks.items()}

    def _that(self, choices: Mapping[str, Choice]) -> dict[str, State]:
        """Exactly this one; {} if it cannot be, because the writer does not do what it did then."""
        if choices.keys() != self._disks.keys():
            return {}
        states = {name: disk.again(choices[name]) for name, disk in self._disks.items()}
        return {name: state for name, state in states.items() if state} if all(states.values()) else {}

    def _judge(self, moment: int, states: Mapping[str, State]) -> None:
        self._found.tried += 1
        views = {name: self._view(name, state) for name, state in states.items()}
        kinds: dict[str, Wrong] = {}
        for wrong in self._wrongs(views):
            kinds.setdefault(wrong.kind, wrong)
        for kind, wrong in kinds.items():
            self._found.wrong[kind] = self._found.wrong.get(kind, 0) + 1
            if len(self._found.examples) < KEPT_EXAMPLES:
                choices = {name: state.choice for name, state in states.items()}
                self._found.examples.append(Example(moment, wrong, _files(states), choices))

    def _wrongs(self, views: Mapping[str, View]) -> Iterator[Wrong]:
        for name, view in views.items():
            at = (name, id(view))
            if at not in self._verdicts:
                self._verdicts[at] = (view, list(alone(self._model, name, view)))
            yield from self._verdicts[at][1]
        yield from together(self._model, views)

    def _view(self, name: str, state: State) -> View:
        known = self._known.setdefault(name, {})
        if state.key not in known:
            known[state.key] = self._opened(name, state.files)
        return known[state.key]

    def _opened(self, name: str, files: Files) -> View:
        equal, digest = self._equal.setdefault(name, {}), hashlib.sha1(usedforsecurity=False)
        for path, data in files.items():
            digest.update(f"{path} {len(data)} ".encode())
            digest.update(data)
        sha = digest.digest()
        if sha not in equal:
            lay_down(self._scratch, files)
            model = self._model.units.get(name)
            devices = model.devices if isinstance(model, JournalModel) else ()
            book = name.endswith("book.db")
            if len(equal) >= REMEMBERED:
                del equal[next(iter(equal))]
            equal[sha] = book_view(self._scratch) if book else journal_view(self._scratch, devices)
            self._found.opened += 1
        return equal[sha]


def _files(states: Mapping[str, State]) -> dict[str, Files]:
    return {name: state.files for name, state in states.items()}


def _deaf() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def unit_of(path: str, root: str) -> str:
    """Which disk a file belongs to: the database's name below the root; "" for a folder."""
    name = path.removeprefix(f"{root}/")
    for companion in COMPANIONS:
        name = name.removesuffix(companion)
    return name if name.endswith(".db") else ""


def quotas(calls: Sequence[Call], root: str, states: int, turn: int, again: Example | None = None) -> list[int]:
    """How many states at each moment: some everywhere, most where much is not synced; `states` in all."""
    open_changes: dict[str, int] = {}
    weights = []
    for moment, call in enumerate(calls):
        if isinstance(call, Sync):
            open_changes.pop(unit_of(call.path, root), None)
        elif not isinstance(call, Mark) and not (isinstance(call, Open) and call.path in open_changes):
            unit = unit_of(call.path, root)
            open_changes[unit] = open_changes.get(unit, 0) + 1
        near = again is None or abs(moment - again.moment) <= NEAR
        weights.append((sum(min(n, 12) for n in open_changes.values()) + 0.2) * near)
    reached = list(accumulate(weights))
    offset = (turn * 0.37) % 1  # so that not all rounds pass over the same moments when states are few
    upto = [int(sofar / reached[-1] * states + offset) for sofar in reached]
    return [after - before for before, after in pairwise([0, *upto])]


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
    """So many states out of this trace, shared among processes. samples: states kept to start a hall again from.

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
    for n in range(rounds):
        size = states * (n + 1) // rounds - states * n // rounds
        every = -(-samples // (rounds * processes))
        yield [Share(calls, root, size, seed, n, part, processes, every) for part in range(processes)]


def example_text(examples: Sequence[Example]) -> str:
    """The first thing that went wrong, for people."""
    return "; ".join(f"at call {e.moment}: {e.wrong.kind}, {e.wrong.unit}: {e.wrong.what}" for e in examples[:1])
