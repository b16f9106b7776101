"""A station around roles that are a line each: for tests of the shell itself."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from device.contract.codec import decode, encode
from device.contract.messages import Body, Envelope, HelpAsked
from device.door import Door
from device.effects import Effect, Event, Remember, Show
from device.ledger import Ledger
from device.loop import Loop
from device.moment import HALL_TIME, Moment
from device.outbox import Outbox
from device.presence import Presence, RoleName
from device.seat import Parts, Seat
from device.station import Station
from device.table_parts import TableScreen
from device.uuid7 import Uuid7
from drivers.book_memory import MemoryBook
from drivers.clock import FakeClock
from drivers.events import ButtonPressed, Delivered, LinkDown, LinkUp
from drivers.journal_memory import MemoryJournal
from screens.views import EvaluatorThanks

HALL = "longjiang"
MORNING = datetime(2026, 11, 21, 9, tzinfo=HALL_TIME)
JOURNAL = "01940000-0000-7000-8000-00000000aaaa"
OTHERS = "01940000-0000-7000-8000-00000000bbbb"

React = Callable[[Event, Moment], list[Effect]]


@dataclass
class TinyRole:
    """Does what `react` says, and remembers what it was told."""

    react: React
    heard: list[Event] = field(default_factory=list)

    def handle(self, event: Event, moment: Moment) -> list[Effect]:
        self.heard.append(event)
        return self.react(event, moment)


@dataclass
class TinyLink:
    """A line that notes what went out. up: whether it takes anything."""

    up: bool = True
    sent: list[tuple[str, bytes, bool, int | None]] = field(default_factory=list)

    def publish(self, topic: str, payload: bytes, *, qos: int, retain: bool, expiry: int | None) -> bool:
        assert qos == 1
        if self.up:
            self.sent.append((topic, payload, retain, expiry))
        return self.up

    def close(self, farewell: tuple[str, bytes] | None = None) -> None:
        if farewell:
            self.publish(*farewell, qos=1, retain=True, expiry=None)

    def bodies(self) -> list[Body]:
        """What was said, in order."""
        return [decode(topic, payload)[1] for topic, payload, _, _ in self.sent]

    def topics(self) -> list[str]:
        """Where, without the hall's part."""
        return [topic.removeprefix(f"hallside/1/{HALL}/") for topic, *_ in self.sent]


class TinyStation:
    """Devices with tiny roles, a journal (and book) in memory, a clock set by hand."""

    def __init__(
        self,
        roles: dict[str, tuple[RoleName, React]],
        parts: dict[str, Parts] | None = None,
        journal: MemoryJournal | None = None,
        book: MemoryBook | None = None,
        clock: FakeClock | None = None,
    ) -> None:
        self.clock = clock or FakeClock(MORNING)
        self.journal = journal or MemoryJournal(JOURNAL)
        self.book = book
        self.loop = Loop(self.clock, lambda batch: self.station.handle(batch))  # noqa: PLW0108  made below
        self.roles = {name: TinyRole(react) for name, (_, react) in roles.items()}
        self.links = {name: TinyLink(up=False) for name in roles}
        seats = [
            Seat(
                name,
                self.roles[name],
                (parts or {}).get(name, Parts()),
                Presence(kind, "1", "", ""),
                Outbox(partial(self.journal.unsent, name), self.journal.head(name)[0]),
                Door(name),
                self.links[name],
            )
            for name, (kind, _) in roles.items()
        ]
        ledger = Ledger(self.journal, 240, book)
        self.station = Station(HALL, seats, ledger, self.loop, self.clock, Uuid7(random.Random(1)))
        self.station.begin()
        for seat in seats:  # as if the line had been up for a while
            self.links[seat.name].up, seat.presence.changed = True, False

    def happen(self, device: str, *events: Event) -> None:
        """One batch, handled to its end and to the end of what follows from it."""
        for event in events:
            self.loop.post(device, event)
        self.settle()

    def settle(self) -> None:
        while self.loop.step():
            pass

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.settle()

    def line_up(self, device: str) -> None:
        self.links[device].up = True
        self.happen(device, LinkUp())

    def line_down(self, device: str) -> None:
        self.links[device].up = False
        self.happen(device, LinkDown("refused"))


def said(sender: str, where: str, body: Body, *, seq: int = 0, journal: str = "", n: int = 1) -> Delivered:
    """A message as the wire brings it."""
    identity = f"01940000-0000-7000-8000-{n:012x}"
    envelope = Envelope(identity, "2026-11-21T09:00:00.000+08:00", "synced", sender, 1, seq, journal)
    return Delivered(f"hallside/1/{HALL}/{where}", encode(envelope, body), retained=False)


def nothing(_: Event, __: Moment) -> list[Effect]:
    return []


def help_at_a_press(event: Event, moment: Moment) -> list[Effect]:
    match event:
        case ButtonPressed():
            return [Remember(HelpAsked(), moment.id(0)), Show(EvaluatorThanks(3))]
        case _:
            return []


def screen_of(parts: dict[str, Parts], device: str) -> TableScreen:
    screen = parts[device].screens["main"]
    assert isinstance(screen, TableScreen)
    return screen


def with_screen(device: str) -> dict[str, Parts]:
    return {device: Parts({"main": TableScreen(lambda _: None, "main")})}
