"""One file with its companions on a disk that may lose what was not synced. What survives a power cut:

- A file's bytes as of its last fsync or fdatasync; of every write and truncation since then any subset, each write
  whole, torn into sectors of 512 bytes or pages of 4 KiB of which any subset survives, or as a size without its bytes.
- Its names. Strict rules (POSIX): as of the folder's last fsync, of each change since then any subset. Rules of ext4:
  a sync of any file takes all names along, and changes of names survive in order.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from tests.faults.crash.calls import (
    Call,
    Mark,
    Mkdir,
    Open,
    Rename,
    Symlink,
    Sync,
    SyncAll,
    SyncFailed,
    Truncate,
    Unlink,
    Write,
)

SECTORS: Final = (512, 4096)
Change = Write | Truncate
Rules = Literal["strict", "ext4"]

# What becomes of one unsynced change: None is lost; () is there whole; (sector size, seed) is torn; "size" grew only.
Fate = None | tuple[()] | tuple[int, int] | Literal["size"]


@dataclass(slots=True)
class Inode:
    """synced: its bytes for sure, as far as `since` leaves them. since: what was asked for later, and whether it is

    `sure`, `open` until the next sync, or in `doubt` for ever because a sync of it failed.
    """

    synced: bytes = b""
    since: list[tuple[Change, Literal["sure", "open", "doubt"]]] = field(default_factory=list)
    version: int = 0  # rises with every sync

    @property
    def unsure(self) -> list[Change]:
        """Of what the disk may have lost something."""
        return [change for change, how in self.since if how != "sure"]

    def ask(self, change: Change) -> None:
        """A write or a truncation."""
        self.since.append((change, "open"))

    def sync(self) -> None:
        """Everything asked for is there, but for what a failed sync gave up."""
        self.version += 1
        if any(how == "doubt" for _, how in self.since):
            self.since = [(change, "sure" if how == "open" else how) for change, how in self.since]
        else:
            self.synced, self.since = self.after([()] * len(self.since)), []

    def fail(self) -> None:
        """A sync failed: nobody will ever write again what was asked for before it."""
        self.version += 1
        self.since = [(change, "doubt" if how == "open" else how) for change, how in self.since]

    def after(self, fates: Sequence[Fate]) -> bytes:
        """The bytes when each unsure change met its fate."""
        if not self.since:
            return self.synced
        data, left = bytearray(self.synced), iter(fates)
        for change, how in self.since:
            fate = () if how == "sure" else next(left)
            if fate is None:
                continue
            if isinstance(change, Truncate):
                _resize(data, change.size)
                continue
            end = change.offset + len(change.data)
            if len(data) < end:
                _resize(data, end)
            if fate == "size":
                continue
            for start, stop in _survived(change, fate):
                data[start:stop] = change.data[start - change.offset : stop - change.offset]
        return bytes(data)


class Choice(NamedTuple):
    """What was drawn: which of the unsynced changes of names are there, and the fates of each file's changes."""

    rules: Rules
    names: tuple[bool, ...]
    fates: dict[str, list[Fate]]


@dataclass(frozen=True, slots=True)
class State:
    """One state in which the files may come back; equal keys are equal states. parts: each file's path and fates.

    It holds as long as nothing more is asked of the disk.
    """

    key: tuple[object, ...]
    choice: Choice
    parts: list[tuple[str, Inode, list[Fate]]]

    @property
    def files(self) -> dict[str, bytes]:
        """Made when asked for: most states are known by their keys."""
        return {path: inode.after(fates) for path, inode, fates in self.parts}


class Disk:
    """Files that belong together, by path, through all calls on them."""

    def __init__(self) -> None:
        self._inodes: list[Inode] = []
        self._names: dict[str, int] = {}  # as the running system sees them
        self._synced: dict[Rules, dict[str, int]] = {"strict": {}, "ext4": {}}
        self._unsynced: dict[Rules, list[tuple[str, int | None]]] = {"strict": [], "ext4": []}
        self._versions = dict.fromkeys(("strict", "ext4"), 0)

    def call(self, call: Call) -> None:
        """The writer did this to a file of this disk; a folder's sync is `sync_folder`."""
        match call:
            case Open(path):
                if path not in self._names:
                    self._inodes.append(Inode())
                    self._name(path, len(self._inodes) - 1)
            case Write(path) | Truncate(path):
                self._inodes[self._names[path]].ask(call)
            case Sync(path):
                self._inodes[self._names[path]].sync()
                self._sync_names("ext4")
            case SyncFailed(path):
                self._inodes[self._names[path]].fail()
            case Rename(path, to):
                inode = self._names[path]
                self._name(path, None)
                self._name(to, inode)
            case Unlink(path):
                self._name(path, None)
            case Mkdir() | Symlink() | SyncAll() | Mark():
                raise ValueError(f"no disk of files alone: {call}")

    def sync_folder(self) -> None:
        """The folder of the files was synced."""
        self._sync_names("strict")
        self._sync_names("ext4")

    def state(self, dice: random.Random, rules: Rules) -> State:
        """Some state after a power cut now."""
        chosen = self._choose_names(dice, rules)
        names = self._names_after(rules, chosen)
        fates = {path: some_fates(dice, self._inodes[number].unsure) for path, number in sorted(names.items())}
        return self._state(Choice(rules, chosen, fates), names)

    def again(self, choice: Choice) -> State | None:
        """The state that was drawn as `choice`; None if these files have other unsynced changes now."""
        if len(choice.names) != len(self._unsynced[choice.rules]):
            return None
        names = self._names_after(choice.rules, choice.names)
        lengths = {path: len(self._inodes[number].unsure) for path, number in names.items()}
        if lengths != {path: len(fates) for path, fates in choice.fates.items()}:
            return None
        return self._state(choice, names)

    def _state(self, choice: Choice, names: Mapping[str, int]) -> State:
        key: list[object] = [choice.rules, self._versions[choice.rules], choice.names]
        parts = []
        for path, fates in choice.fates.items():
            inode = self._inodes[names[path]]
            key += (path, names[path], inode.version, tuple(fates))
            parts.append((path, inode, fates))
        return State(tuple(key), choice, parts)

    def _choose_names(self, dice: random.Random, rules: Rules) -> tuple[bool, ...]:
        unsynced = self._unsynced[rules]
        if rules == "ext4":
            kept = dice.randint(0, len(unsynced))
            return tuple(n < kept for n in range(len(unsynced)))
        return tuple(dice.random() < 0.5 for _ in unsynced)

    def _names_after(self, rules: Rules, chosen: Sequence[bool]) -> dict[str, int]:
        names = dict(self._synced[rules])
        for (path, inode), there in zip(self._unsynced[rules], chosen, strict=True):
            if there:
                _set(names, path, inode)
        return names

    def _name(self, path: str, inode: int | None) -> None:
        _set(self._names, path, inode)
        for unsynced in self._unsynced.values():
            unsynced.append((path, inode))

    def _sync_names(self, rules: Rules) -> None:
        if self._unsynced[rules]:
            self._synced[rules] = dict(self._names)
            self._unsynced[rules] = []
            self._versions[rules] += 1


def some_fates(dice: random.Random, changes: Sequence[Change]) -> list[Fate]:
    """What may become of unsynced changes: a way at random out of those in which disks really fail."""
    n = len(changes)
    if not n:
        return []
    way = dice.randrange(8)
    fates: list[Fate] = [()] * n
    if way == 0:
        return [None] * n
    if way == 1:
        return fates
    if way == 2:  # in order, up to one that is torn
        last = dice.randrange(n)
        return [*fates[:last], _torn(dice), *[None] * (n - last - 1)]
    if way == 3:  # all but one
        fates[dice.randrange(n)] = None
        return fates
    if way == 4:  # one alone
        only = dice.randrange(n)
        return [() if k == only else None for k in range(n)]
    if way == 5:
        return [() if dice.random() < 0.5 else None for _ in changes]
    if way == 6:  # all there but one, which is torn
        fates[dice.randrange(n)] = _torn(dice)
        return fates
    return [dice.choice(((), None, "size", _torn(dice))) for _ in changes]


def _torn(dice: random.Random) -> tuple[int, int]:
    return dice.choice(SECTORS), dice.randrange(64)


def _survived(change: Write, fate: tuple[()] | tuple[int, int]) -> list[tuple[int, int]]:
    """The parts (start, stop) of the file that a write really changed."""
    begin, end = change.offset, change.offset + len(change.data)
    if not fate:
        return [(begin, end)]
    sector, seed = fate
    dice = random.Random(seed)
    edges = [begin, *range((begin // sector + 1) * sector, end, sector), end]
    return [(a, b) for a, b in pairwise(edges) if dice.random() < 0.5]


def _resize(data: bytearray, size: int) -> None:
    if size < len(data):
        del data[size:]
    else:
        data.extend(bytes(size - len(data)))


def _set(names: dict[str, int], path: str, inode: int | None) -> None:
    if inode is None:
        names.pop(path, None)
    else:
        names[path] = inode
