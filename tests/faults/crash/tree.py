"""A tree of folders, files and links on a disk that may lose what was not synced; bytes fare as in disk.py.

Names by the strict rules, which allow every state that ext4 does: a name, and what a link leads to, is there for sure
once the folder it stands in was synced. A folder that is lost takes along what was in it.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Final

from tests.faults.crash.calls import (
    Call,
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
from tests.faults.crash.disk import Fate, Inode, some_fates

EVERY: Final = 256  # up to so many, all states of a moment are tried
SOME: Final = 30  # out of more than that
FATES: Final[tuple[Fate, ...]] = (None, (), "size", (512, 1))

Entry = tuple[str, bytes]  # "file" and its bytes, "link" and where it leads, "folder" and nothing
State = dict[str, Entry]


class Tree:
    """As it was before the writer began, through all its calls. Paths are absolute, below a root."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._nodes: list[tuple[str, Inode]] = []
        self._names: dict[str, int] = {}
        for path in sorted(root.rglob("*")):
            self._add(str(path), *_found(path))
        self._synced = dict(self._names)
        self._unsynced: list[tuple[str, int | None]] = []

    def call(self, call: Call) -> None:
        """The writer did this."""
        match call:
            case Open(path):
                if path not in self._names:
                    self._change(path, self._add(path, "file", b""))
            case Mkdir(path):
                self._change(path, self._add(path, "folder", b""))
            case Symlink(path, target):
                number = self._add(path, "link", b"")
                self._nodes[number][1].ask(Write(path, 0, target.encode()))
                self._change(path, number)
            case Write(path) | Truncate(path):
                self._nodes[self._names[path]][1].ask(call)
            case Sync(path) if path == self._root or self._nodes[self._names[path]][0] == "folder":
                self._sync_folder(path)
            case Sync(path):
                self._nodes[self._names[path]][1].sync()
            case SyncAll():
                self._synced, self._unsynced = dict(self._names), []
                for _, inode in self._nodes:
                    inode.sync()
            case Rename(path, to):
                number = self._names[path]
                if self._nodes[number][0] == "folder":
                    raise ValueError(f"{path}: folders that are renamed cannot be followed")
                self._change(path, None)
                self._change(to, number)
            case Unlink(path):
                self._change(path, None)
            case SyncFailed():
                raise ValueError("a tree whose disk fails is not tried")

    def states(self, dice: random.Random) -> Iterator[State]:
        """All states after a power cut now where there are not too many, otherwise some."""
        subsets = list(self._subsets(dice))
        shown = [self._after(subset) for subset in subsets]
        unsure = max((len(self._unsure(names)) for names in shown), default=0)
        if len(shown) * len(FATES) ** unsure <= EVERY:
            for names in shown:
                for fates in product(FATES, repeat=len(self._unsure(names))):
                    yield self._state(names, fates)
            return
        for _ in range(SOME):
            names = dice.choice(shown)
            yield self._state(names, some_fates(dice, self._unsure(names)))

    def _subsets(self, dice: random.Random) -> Iterator[tuple[bool, ...]]:
        n = len(self._unsynced)
        if 2**n <= EVERY:
            yield from product((False, True), repeat=n)
            return
        for _ in range(SOME // 2):
            upto = dice.randint(0, n)
            yield tuple(k < upto for k in range(n))  # in order, as ext4 has it
            yield tuple(dice.random() < 0.5 for _ in range(n))

    def _after(self, subset: Sequence[bool]) -> dict[str, int]:
        """Names, those alone whose folders are there too."""
        names = dict(self._synced)
        for (path, number), there in zip(self._unsynced, subset, strict=True):
            if there:
                _set(names, path, number)
        left: dict[str, int] = {}
        for path in sorted(names):
            folder = path.rpartition("/")[0]
            if folder == self._root or (folder in left and self._nodes[left[folder]][0] == "folder"):
                left[path] = names[path]
        return left

    def _unsure(self, names: Mapping[str, int]) -> list[Write | Truncate]:
        inodes = (self._nodes[number][1] for number in names.values())
        return [change for inode in inodes if inode.since for change in inode.unsure]

    def _state(self, names: Mapping[str, int], fates: Sequence[Fate]) -> State:
        at, state = 0, {}
        for path, number in names.items():
            kind, inode = self._nodes[number]
            n = len(inode.unsure) if inode.since else 0
            state[path] = (kind, inode.after(fates[at : at + n]))
            at += n
        return state

    def _sync_folder(self, folder: str) -> None:
        inside = [change for change in self._unsynced if change[0].rpartition("/")[0] == folder]
        for path, number in inside:
            _set(self._synced, path, number)
            if number is not None and self._nodes[number][0] == "link":
                self._nodes[number][1].sync()
        self._unsynced = [change for change in self._unsynced if change not in inside]

    def _add(self, path: str, kind: str, data: bytes) -> int:
        self._nodes.append((kind, Inode(data)))
        self._names.setdefault(path, len(self._nodes) - 1)
        return len(self._nodes) - 1

    def _change(self, path: str, number: int | None) -> None:
        _set(self._names, path, number)
        self._unsynced.append((path, number))


def lay(state: State, root: Path, to: Path) -> None:
    """This state of a tree that lay at `root`, below `to`."""
    for path, (kind, data) in sorted(state.items()):
        place = to / Path(path).relative_to(root)
        if kind == "folder":
            place.mkdir()
        elif kind == "file":
            place.write_bytes(data)
        elif data.strip(b"\0"):  # a link to nowhere cannot even be made
            place.symlink_to(os.fsdecode(data.replace(b"\0", b"?")))


def _found(path: Path) -> Entry:
    if path.is_symlink():
        return "link", os.fsencode(path.readlink())
    return ("folder", b"") if path.is_dir() else ("file", path.read_bytes())


def _set(names: dict[str, int], path: str, number: int | None) -> None:
    if number is None:
        names.pop(path, None)
    else:
        names[path] = number
