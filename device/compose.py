"""From config to seats and a station, whatever the parts, the journal and the clock are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Generic, TypeVar
from uuid import UUID

from config.schema import Device
from config.schema import Station as Config
from device.door import Door
from device.effects import Role
from device.ledger import Ledger
from device.loop import Handle, Happening, Loop
from device.outbox import Outbox
from device.presence import FULL, Presence
from device.roles.build import build, plan_of
from device.roles.common import beside_chinese
from device.roles.out_of_order import OutOfOrderRole
from device.seat import Parts, Seat
from device.station import Station
from device.uuid7 import Uuid7
from device.version import hallside_version
from drivers.durable import Book, Journal
from drivers.protocols import WallClock

NO_ROOM: Final = "journal-full"
L = TypeVar("L", bound=Loop)


class Composition(Generic[L]):
    """One station put together. The loop is there first, for parts to post to; `station` needs all the seats.

    turns: what makes its loop, `Loop` itself or, on a table, a loop that others turn.
    """

    def __init__(
        self,
        config: Config,
        journal: Journal,
        book: Book | None,
        clock: WallClock,
        uuid7: Uuid7,
        turns: Callable[[WallClock, Handle], L],
    ) -> None:
        self._config = config
        self._clock = clock
        self._uuid7 = uuid7
        self._full = journal.waiting >= FULL * journal.capacity
        self._ledger = Ledger(journal, plan_of(config.hall).rollover, book)
        self.loop = turns(clock, self._handle)
        self.station: Station

    def seat(self, device: Device, parts: Parts, theme: str = "") -> Seat:
        """A device's place, not yet connected."""
        journal = self._ledger.journal
        boot = str(UUID(int=self._uuid7.seed(self._clock.now())))
        return Seat(
            device.name,
            self._role(device, parts),
            parts,
            Presence(device.role, hallside_version(), boot, self._config.hash, theme),
            Outbox(partial(journal.unsent, device.name), journal.head(device.name)[0]),
            Door(device.name),
        )

    def _role(self, device: Device, parts: Parts) -> Role:
        if not self._full:
            return build(device, self._config)
        second = beside_chinese(self._config.hall.hall.languages)
        return OutOfOrderRole(device.name, NO_ROOM, tuple(parts.screens), second)

    def begin(self, seats: Sequence[Seat]) -> Station:
        """The station with these devices, its first pages shown; links come next."""
        hall = self._config.hall.hall.id
        self.station = Station(hall, seats, self._ledger, self.loop, self._clock, self._uuid7, idle=self._full)
        self.station.begin()
        return self.station

    def _handle(self, batch: Sequence[Happening]) -> None:
        self.station.handle(batch)
