"""What must be on each disk, told by the writer's marks alone: what it asked for, what returned, what anybody saw."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = tuple[str, str, int, str, str]  # device, journal, seq, id, SHA-256 of the payload
Where = tuple[str, int]  # unit, number of its commit
Word = Mapping[str, Any]


@dataclass(slots=True)
class JournalModel:
    """One journal. states[n]: heads and kept values after n commits. need: no state before this one may come back.

    asked: the newest state that may come back, because its commit has begun.
    """

    states: list[tuple[dict[str, tuple[int, str]], dict[tuple[str, str], str]]] = field(
        default_factory=lambda: [({}, {})]
    )
    facts: dict[tuple[str, int], tuple[str, str]] = field(default_factory=dict)  # (device, seq) -> id, SHA-256
    receipted: dict[str, int] = field(default_factory=dict)
    id: str = ""
    need: int = 0
    done: int = 0
    devices: tuple[str, ...] = ()

    @property
    def asked(self) -> int:
        return len(self.states) - 1

    def opened(self, word: Word) -> None:
        """A life began with what it found; from now on all of that is promised."""
        heads = {device: (head[0], head[1]) for device, head in word["heads"].items() if head[0]}
        kept = {(device, key): value for device, key, value in word["kept"]}
        if (heads, kept) != self.states[-1]:
            self.states.pop()  # the commit during which the last life died is not there
        if not self.states or (heads, kept) != self.states[-1]:
            raise ValueError("the writer itself found something else than it had written")
        self.id = self.id or word["id"]
        self.devices = tuple(word["heads"])
        self.done = self.need = self.asked

    def intent(self, word: Word) -> None:
        """A commit begins."""
        heads, kept = dict(self.states[-1][0]), dict(self.states[-1][1])
        for device, seq, identity, sha in word["facts"]:
            heads[device] = (seq, sha)
            self.facts[device, seq] = (identity, sha)
        for device, key, value in word["kept"]:
            kept.pop((device, key), None)
            if value is not None:
                kept[device, key] = value
        self.states.append((heads, kept))


@dataclass(slots=True)
class BookModel:
    """The coordinator's book. sizes[n]: how many rows after n commits; the rest as of a journal."""

    rows: list[Row] = field(default_factory=list)
    sizes: list[int] = field(default_factory=lambda: [0])
    need: int = 0
    done: int = 0

    @property
    def asked(self) -> int:
        return len(self.sizes) - 1

    def opened(self, word: Word) -> None:
        """As of a journal."""
        if word["rows"] != self.sizes[-1]:
            self.sizes.pop()
        if not self.sizes or word["rows"] != self.sizes[-1]:
            raise ValueError("the writer itself found something else than it had entered")
        del self.rows[self.sizes[-1] :]
        self.done = self.need = self.asked

    def intent(self, word: Word) -> None:
        """An entry begins."""
        self.rows += [(row[0], row[1], row[2], row[3], row[4]) for row in word["rows"]]
        self.sizes.append(len(self.rows))


@dataclass(slots=True)
class Model:
    """All disks. orphans: what somebody saw although no commit with it had even begun.

    seen: the tags of everything anybody saw.
    """

    units: dict[str, JournalModel | BookModel] = field(default_factory=dict)
    orphans: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    _where: dict[str, Where] = field(default_factory=dict)

    def hear(self, text: str) -> None:
        """One mark."""
        word: Word = json.loads(text)
        if word["k"] == "saw":
            self._saw(word["tags"])
            return
        name: str = word["unit"]
        model = self.units.get(name)
        if model is None:
            model = self.units[name] = BookModel() if name.endswith("book.db") else JournalModel()
        match word["k"]:
            case "opened":
                model.opened(word)
                self._where = {tag: where for tag, where in self._where.items() if self._there(where)}
            case "intent":
                model.intent(word)
                for tag in word["tags"]:
                    self._where.setdefault(tag, (name, model.asked))
                self._saw([tag for tag in word["tags"] if tag in self.orphans])
            case "done":
                model.done = model.need = model.asked
            case "receipt":
                assert isinstance(model, JournalModel)
                device, upto = word["device"], word["upto"]
                model.receipted[device] = max(upto, model.receipted.get(device, 0))
            case other:
                raise ValueError(f"nobody says {other}")

    def _saw(self, tags: Sequence[str]) -> None:
        for tag in tags:
            self.seen.add(tag)
            self.orphans.discard(tag)
            if tag in self._where:
                unit, number = self._where[tag]
                self.units[unit].need = max(self.units[unit].need, number)
            else:
                self.orphans.add(tag)

    def _there(self, where: Where) -> bool:
        unit, number = where
        return number <= self.units[unit].asked
