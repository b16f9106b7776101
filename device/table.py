"""A whole hall on a table: every station's real shell and roles, simulated parts, one broker, one clock, one thread.

A day runs in seconds and the same every time. Time passes only in `pass_time` and `until`, from one thing that is due
to the next; between them everything that follows from what happened is done. Nothing here touches a file or a network.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import lru_cache, partial
from itertools import count
from math import inf

from config.schema import Device
from config.schema import Station as Config
from device.compose import Composition
from device.contract.channels import COORDINATOR, echo_topic
from device.contract.codec import read
from device.contract.messages import Envelope, Record
from device.ears import ears
from device.parts import SCREENS
from device.roles.window import Window
from device.seat import Paper, Parts
from device.station import Station
from device.table_parts import TableLamps, TablePrinter, TableScreen, TableSpeaker
from device.timetable import TableLoop, Timetable
from device.uuid7 import Uuid7
from drivers.book_memory import MemoryBook
from drivers.clock import FakeClock
from drivers.events import ButtonPressed, KeyPressed, Scanned
from drivers.journal_memory import MemoryJournal
from drivers.link_memory import MemoryBroker, MemoryLink
from drivers.protocols import Post, Will
from screens.views import View

PIN_COST = 2  # of scrypt: nobody tries these PINs out, and people sign in often here
_read = lru_cache(maxsize=2**13)(read)  # whoever looks at the book reads the whole, and more than once
MOST_TURNS = 100_000  # at one instant; more is two roles answering each other for ever


@dataclass
class Owned:
    """The parts of one device, as hands reach for them."""

    screens: dict[str, TableScreen] = field(default_factory=dict)
    printer: TablePrinter | None = None
    speaker: TableSpeaker | None = None
    lamps: TableLamps | None = None


@dataclass
class Life:
    """One life of one station's process."""

    loop: TableLoop
    station: Station
    links: list[MemoryLink]
    parts: dict[str, Owned]


class Table:
    """See the module. configs: station name -> its config; one of the stations is the coordinator.

    pins: staff number -> PIN, for whoever signs in. seed: of every identity that is born here.
    """

    def __init__(
        self, configs: Mapping[str, Config], start: datetime, *, pins: Mapping[str, str] | None = None, seed: int = 1
    ) -> None:
        self.clock = FakeClock(start)
        self.dice = random.Random(seed)  # noqa: S311  the same day again
        self.broker = MemoryBroker(self.clock.mono)
        self.pins = dict(pins or {})
        self.book = MemoryBook()
        self._configs = dict(configs)
        self._home = {device.name: name for name, config in self._configs.items() for device in config.devices}
        self.journals = {name: MemoryJournal(self._uuid()) for name in self._configs}  # on each station's card
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._timetable = Timetable()
        self.lives: dict[str, Life] = {}
        for name in self._configs:
            self.boot(name)
        self.settle()

    # --- time ------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Everything that follows at this instant."""
        for _ in range(MOST_TURNS):
            if not self._turn():
                return
        raise AssertionError(f"the hall does not come to rest at {self.clock.now()}")

    def pass_time(self, seconds: float) -> None:
        """Time passes, from one thing that is due to the next."""
        end = self.clock.mono() + seconds
        self.settle()
        while (due := self._next_due()) <= end:
            self.clock.advance(max(0.0, due - self.clock.mono()))
            self.settle()
        self.clock.advance(max(0.0, end - self.clock.mono()))

    def until(self, clock: str) -> None:
        """`until("10:30")`: today, hall time."""
        now = self.clock.now()
        then = datetime.combine(now.date(), time.fromisoformat(clock), now.tzinfo)
        self.pass_time((then - now).total_seconds())

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        """Something that happens by itself after a while."""
        heapq.heappush(self._later, (self.clock.mono() + seconds, next(self._order), act))

    def _turn(self) -> bool:
        """One step of everybody; False if nobody had anything to do."""
        busy = False
        now = self.clock.mono()
        if self._later and self._later[0][0] <= now:
            heapq.heappop(self._later)[2]()
            busy = True
        if (due := self.broker.due()) is not None and due <= now:
            self.broker.run()
            busy = True
        return self._timetable.turn(now) or busy

    def _next_due(self) -> float:
        dues = (self.broker.due(), self._later[0][0] if self._later else None, self._timetable.next_due())
        return min((due for due in dues if due is not None), default=inf)

    # --- stations --------------------------------------------------------------------------------------------

    def boot(self, name: str) -> None:
        """A station starts, on the card it has."""
        config = self._configs[name]
        book = self.book if name == COORDINATOR else None
        turns = partial(TableLoop, timetable=self._timetable)
        composition = Composition(config, self.journals[name], book, self.clock, self._uuids(), turns)
        try:
            self.lives[name] = self._begun(config, composition)
        except BaseException:
            self._timetable.forget(composition.loop)
            raise

    def _begun(self, config: Config, composition: Composition[TableLoop]) -> Life:
        loop = composition.loop
        owned: dict[str, Owned] = {}
        seats = []
        for device in config.devices:
            parts, owned[device.name] = self._parts(device, loop.post_for(device.name))
            seat = composition.seat(device, parts)
            if isinstance(seat.role, Window):
                seat.role.pins.cost = PIN_COST
            seats.append(seat)
        station = composition.begin(seats)
        links = []
        for device, seat in zip(config.devices, seats, strict=True):
            link = self._link(config, loop.post_for(seat.name), device, station)
            seat.link = link
            links.append(link)
        return Life(loop, station, links, owned)

    def cut_power(self, name: str) -> None:
        """At the wall: nothing more is said; what was committed stays on the card."""
        life = self.lives.pop(name)
        self._timetable.forget(life.loop)
        for link in life.links:
            link.kill()
        self.journals[name] = self.journals[name].reopened()

    def new_card(self, name: str) -> None:
        """The station's card was replaced by an empty one."""
        self.journals[name] = MemoryJournal(self._uuid())

    def _link(self, config: Config, post: Post, device: Device, station: Station) -> MemoryLink:
        will = Will(*station.farewell(station.seats[device.name]))
        echo = echo_topic(config.hall.hall.id, device.name)
        return MemoryLink(
            post, broker=self.broker, name=device.name, subscriptions=ears(config, device), will=will, echo=echo
        )

    def _parts(self, device: Device, post: Post) -> tuple[Parts, Owned]:
        owned = Owned()
        parts = Parts(owned.screens)
        for section in device.parts():
            match section:
                case "screen" | "sign":
                    owned.screens[SCREENS[section]] = TableScreen(post, SCREENS[section])
                case "printer":
                    owned.printer = TablePrinter(post, self.later)
                    parts.paper = Paper(owned.printer, owned.printer.write)
                case "speaker":
                    owned.speaker = parts.speaker = TableSpeaker(post)
                case "lamps":
                    owned.lamps = parts.lamps = TableLamps()
        return parts, owned

    # --- hands and eyes --------------------------------------------------------------------------------------

    def parts(self, device: str) -> Owned:
        """The parts of a device that runs."""
        return self.lives[self._home[device]].parts[device]

    def tap(self, device: str, *keys: str, screen: str = "main") -> None:
        """A finger on each of these keys, one after another, each waiting for the page it brings."""
        for key in keys:
            self.parts(device).screens[screen].touch(key)
            self.settle()

    def press(self, device: str, level: int) -> None:
        """A button of the evaluator."""
        self.button(device, level)
        self.settle()

    def button(self, device: str, level: int) -> None:
        """The same without waiting for what follows: for hands that act by themselves (`later`)."""
        self._post(device, ButtonPressed(level))

    def key(self, device: str, key: str) -> None:
        """One key of the keyboard, likewise."""
        self._post(device, KeyPressed(key))

    def scan(self, device: str, text: str) -> None:
        """A code before the device's scanner."""
        self._post(device, Scanned(text))
        self.settle()

    def home_of(self, device: str) -> str:
        """The station on which the device lives."""
        return self._home[device]

    def runs(self, device: str) -> bool:
        """Whether the device has power."""
        return self._home[device] in self.lives

    def type(self, device: str, *keys: str) -> None:
        """Keys of a keyboard: names, or texts that are typed a character at a time."""
        for text in keys:
            for key in [text] if text in ("enter", "escape", "backspace") else text:
                self.key(device, key)
                self.settle()

    def sign_in(self, device: str, staff: str) -> None:
        """Number and PIN at the window's keyboard."""
        self.type(device, staff, "enter", self.pins[staff], "enter")

    def view(self, device: str, screen: str = "main") -> View:
        """What stands on the screen now."""
        return self.parts(device).screens[screen].view

    def records(self, *types: str) -> list[Record]:
        """The book's records in order of arrival; of these types only, if any are named."""
        return [record for _, record in self.entries() if not types or record.type in types]

    def entries(self) -> list[tuple[Envelope, Record]]:
        """The whole book."""
        found = (_read(row.payload) for row in self.book.rows)
        return [(envelope, body) for envelope, body in found if isinstance(body, Record)]

    def unsent(self) -> int:
        """Records that wait anywhere for their receipt."""
        return sum(journal.waiting for journal in self.journals.values())

    def _post(self, device: str, event: ButtonPressed | KeyPressed | Scanned) -> None:
        self.lives[self._home[device]].loop.post(device, event)

    def _uuids(self) -> Uuid7:
        return Uuid7(random.Random(self.dice.getrandbits(32)))  # noqa: S311  as above

    def _uuid(self) -> str:
        return f"01940000-0000-7000-8000-{self.dice.getrandbits(48):012x}"
