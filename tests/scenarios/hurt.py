"""A hall on a table that can be hurt: power cut between any two acts of a station, clocks set wrong one by one.

A fuse counts what its station does durably or says aloud (a commit of the journal, an entry in the book, a message set
out for the broker) and cuts the power just before or just after the one it was set for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

from device.contract.channels import COORDINATOR
from device.table import Owned, Table
from drivers.book_memory import MemoryBook
from drivers.clock import FakeClock
from drivers.durable import BookRow, Fact
from drivers.journal_memory import MemoryJournal
from drivers.protocols import Link
from tests.helpers.table import Laid


class PowerCut(BaseException):
    """The station's process is gone in the middle of what it was doing."""

    def __init__(self, station: str) -> None:
        super().__init__(station)
        self.station = station


@dataclass
class Fuse:
    """left: how many acts from now the power goes; None: it holds."""

    station: str
    left: int | None = None

    def act(self) -> None:
        """One act is about to be done, or was just done."""
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                self.left = None
                raise PowerCut(self.station)


class FusedJournal(MemoryJournal):
    """A journal beside a fuse. Like the one on disk it lets receipted facts go with the next commit, not before."""

    def __init__(self, id: str, fuse: Fuse, made: list[tuple[str, Fact]]) -> None:
        super().__init__(id)
        self.fuse, self.made = fuse, made
        self._upto: dict[str, int] = {}

    @property
    def waiting(self) -> int:
        return sum(1 for device, facts in self._facts.items() for fact in facts if fact.seq > self._upto.get(device, 0))

    def commit(self, facts: Sequence[Fact], kept: Mapping[tuple[str, str], str | None]) -> None:
        self.fuse.act()
        super().commit(facts, kept)
        self.made += [(self.id, fact) for fact in facts]
        for device, upto in self._upto.items():
            super().receipt(device, upto)
        self.fuse.act()

    def unsent(self, device: str, limit: int = 100) -> list[Fact]:
        return [fact for fact in self._facts.get(device, []) if fact.seq > self._upto.get(device, 0)][:limit]

    def receipt(self, device: str, upto: int) -> int:
        self._upto[device] = max(upto, self._upto.get(device, 0))
        return len(self.unsent(device, self.capacity))

    def reopened(self) -> FusedJournal:
        return self._copied_to(FusedJournal(self.id, self.fuse, self.made))


class FusedBook(MemoryBook):
    """The coordinator's book beside its fuse."""

    def __init__(self, fuse: Fuse) -> None:
        super().__init__()
        self.fuse = fuse

    def enter(self, rows: Sequence[BookRow]) -> None:
        self.fuse.act()
        super().enter(rows)
        self.fuse.act()


@dataclass
class FusedLink:
    """A link beside a fuse: what was committed may never set out."""

    link: Link
    fuse: Fuse

    def publish(self, topic: str, payload: bytes, *, qos: int, retain: bool, expiry: int | None) -> bool:
        self.fuse.act()
        return self.link.publish(topic, payload, qos=qos, retain=retain, expiry=expiry)

    def close(self, farewell: tuple[str, bytes] | None = None) -> None:
        self.link.close(farewell)


class WrongClock(FakeClock):
    """The table's clock as one station reads it: `by` off, and believed or not."""

    def __init__(self, true: FakeClock) -> None:
        super().__init__(true.now())
        self.true, self.by = true, timedelta(0)
        self.believed: Literal["synced", "floor"] = "synced"

    def wall(self) -> datetime:
        return self.true.now() + self.by

    def mono(self) -> float:
        return self.true.mono()

    def trust(self) -> Literal["synced", "floor"]:
        return self.believed


class HurtHall(Table):
    """See the module. owned: of each device, the parts of all its lives, for what people saw on them.

    made: every record that was ever committed anywhere, with its journal, whatever became of the card.
    blown: how often each station died by its fuse.
    between: called between any two steps of the hall, for hands that do not wait until everything has followed.
    back_seconds: how long after a fuse has blown somebody switches the station on again.
    """

    def __init__(self, laid: Laid, start: datetime, *, seed: int = 1) -> None:
        self.fuses: dict[str, Fuse] = {}
        self.clocks: dict[str, WrongClock] = {}
        self.owned: dict[str, list[Owned]] = defaultdict(list)
        self.made: list[tuple[str, Fact]] = []
        self.back_seconds = 5.0
        self.between: Callable[[], None] | None = None
        self.blown: Counter[str] = Counter()
        super().__init__(laid.configs, start, pins=laid.pins, seed=seed)

    @property
    def stations(self) -> tuple[str, ...]:
        """All of them, whether they have power or not."""
        return tuple(self._configs)

    def devices(self, station: str) -> tuple[str, ...]:
        """The devices of a station: each has a line of its own."""
        return tuple(device.name for device in self._configs[station].devices)

    def of_role(self, role: str) -> tuple[str, ...]:
        """The devices that are kiosks, windows ..."""
        return tuple(d.name for config in self._configs.values() for d in config.devices if d.role == role)

    def lit(self, device: str) -> bool:
        """Whether something stands on its screen; for a hundredth of a second after its start nothing may."""
        return self.runs(device) and bool(self.parts(device).screens["main"].shown)

    def home(self, device: str) -> str:
        """The station of a device."""
        return self._home[device]

    def waiting(self, station: str) -> int:
        """How many records of this station have no receipt yet."""
        return self.journals[station].waiting

    def heads(self) -> dict[tuple[str, str], int]:
        """(device, journal) -> how many records the card that is in now has seen of it; not the coordinator's own."""
        return {
            (device, journal.id): journal.head(device)[0]
            for station, journal in self.journals.items()
            for device in self.devices(station)
            if device != COORDINATOR
        }

    def boot(self, name: str) -> None:
        fuse = self.fuses.setdefault(name, Fuse(name))
        if not isinstance(self.journals[name], FusedJournal):
            self.journals[name] = FusedJournal(self.journals[name].id, fuse, self.made)
        if name == COORDINATOR and not isinstance(self.book, FusedBook):
            self.book = FusedBook(fuse)
        table, self.clock = self.clock, self.clocks.setdefault(name, WrongClock(self.clock))
        try:
            super().boot(name)
        finally:
            self.clock = table
        life = self.lives[name]
        for device, seat in life.station.seats.items():
            assert seat.link is not None
            seat.link = FusedLink(seat.link, fuse)
            self.owned[device].append(life.parts[device])

    def settle(self) -> None:
        while True:
            try:
                super().settle()
            except PowerCut as cut:
                self.blown[cut.station] += 1
                self.cut_power(cut.station)
                self.later(self.back_seconds, partial(self.ensure, cut.station))
            else:
                return

    def _turn(self) -> bool:
        busy = super()._turn()
        if busy and self.between:
            self.between()
        return busy

    def cut_power(self, name: str) -> None:
        """As promised; also for a station that was still booting, or had no power."""
        self.fuses[name].left = None
        if name in self.lives:
            super().cut_power(name)
        else:
            self.journals[name] = self.journals[name].reopened()

    def lose_book(self) -> None:
        """The coordinator's book is gone; it begins an empty one."""
        self.book = FusedBook(self.fuses[COORDINATOR])

    def ensure(self, name: str) -> None:
        """The station has power, if it had none."""
        if name not in self.lives:
            self.boot(name)
