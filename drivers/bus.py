"""Serial lines that several parts of a station share (RS-485, RS-232): one thread owns each port, all members by turns.

`Buses` makes one `Bus` a port, when its first member comes, and ends it with its last.
"""

from __future__ import annotations

import contextlib
import select
import socket
import termios
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Final

from drivers.backoff import reopen
from drivers.bus_line import LineSettings
from drivers.bus_turns import Speech, Turns
from drivers.events import PartFailed, PartMended
from drivers.frame_splitter import Kind, Splitter
from drivers.frame_template import Frame, Template
from drivers.mistake import CODE, PAUSE_SECONDS, where
from drivers.protocols import PartMissing, Post

if TYPE_CHECKING:
    from drivers.bus_port import BusPort

QUIET_SECONDS: Final = 0.05  # a frame's bytes follow one another at once; after this pause it is none any more
ECHO_SECONDS: Final = 0.2


@dataclass(frozen=True)
class Member:
    """A part on the line. ears: by this name members with the same kind of frame share one ear.

    heard: is given each frame from its address, on the bus's thread, and returns what is to be said back at once.
    routine: what it is asked every so many seconds. repeats: its answers may be what was said to it, word for word;
    elsewhere that is our own voice, which some adapters hear too.
    """

    part: str
    post: Post
    address: int
    ears: str
    kind: Kind
    heard: Callable[[Frame], Sequence[bytes]]
    routine: tuple[Speech, ...] = ()
    every: float = 0.0
    repeats: bool = False

    @classmethod
    def speaking(
        cls,
        template: Template,
        part: str,
        post: Post,
        address: int,
        heard: Callable[[Frame], Sequence[bytes]],
        routine: tuple[Speech, ...] = (),
        every: float = 0.0,
    ) -> Member:
        """One whose frames are of this template; without an address in it, it is alone on its line."""
        own = address if any(part.kind == "addr" for part in template.parts) else 0
        return cls(part, post, own, template.text, template, heard, routine, every)


class Bus:
    """One open port. PartMissing if it cannot be opened."""

    def __init__(self, part: str, settings: LineSettings) -> None:
        self._settings = settings
        self._port = _opened(part, settings)
        self._part = part
        self._members: dict[int, Member] = {}
        self._wishes: dict[int, tuple[Sequence[Speech], float]] = {}
        self._orders: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._woken, self._wake = socket.socketpair()
        self._fresh()
        self._thread = Thread(target=self._run, name=f"bus {settings.port}", daemon=True)
        self._thread.start()

    # --- from the main thread --------------------------------------------------------------------------------

    def join(self, number: int, member: Member) -> None:
        """From now on it is heard, and spoken to by turns."""
        self._order(lambda: self._take(number, member))

    def leave(self, number: int) -> None:
        """It is neither heard nor spoken to any more."""
        self._order(lambda: self._drop(number))

    def wish(self, number: int, speeches: Sequence[Speech], again: float = 0.0) -> None:
        """Say these to the member instead of what was wished before; again every so many seconds."""
        self._order(lambda: self._want(number, speeches, again))

    def close(self) -> None:
        """End the thread and free the port."""
        self._orders.put(None)
        self._wake.close()
        self._thread.join(timeout=1.0)

    def _order(self, order: Callable[[], None]) -> None:
        self._orders.put(order)
        with contextlib.suppress(OSError):
            self._wake.send(b"!")

    # --- the thread ------------------------------------------------------------------------------------------

    def _run(self) -> None:
        with self._woken:
            while True:
                try:
                    self._serve()
                    return
                except (OSError, termios.error) as fault:
                    self._tell_all("unplugged", f"{self._settings.port}: {fault}")
                except Exception as mistake:  # noqa: BLE001  a thread that dies hears nothing for ever
                    self._tell_all(CODE, f"{self._settings.port}: {where(mistake)}")
                    if self._closing(PAUSE_SECONDS):
                        return
                finally:
                    self._port.close()
                port = reopen(lambda: _opened(self._part, self._settings), self._closing)
                if port is None:
                    return
                self._port = port
                self._fresh()
                for member in self._members.values():
                    member.post(PartMended(member.part))

    def _fresh(self) -> None:
        """Nothing heard, nobody silent, everything still to be said."""
        self._turns = Turns(self._settings.baud / 10)
        self._ears: dict[str, Splitter] = {}
        self._said: dict[bytes, float] = {}
        for number, member in self._members.items():
            self._seat(number, member)

    def _serve(self) -> None:
        """Hear and speak until closed; OSError or termios.error when the port goes."""
        poll = select.poll()
        poll.register(self._woken, select.POLLIN)
        poll.register(self._port.fileno(), select.POLLIN)
        while True:
            ready = dict(poll.poll(self._patience()))
            if self._woken.fileno() in ready and not self._obey():
                return
            if self._port.fileno() in ready:
                data = self._port.read()
                for ears, ear in self._ears.items():
                    self._hear(ears, ear.feed(data))
            elif not ready:
                for ears, ear in self._ears.items():
                    self._hear(ears, ear.flush())
            now = time.monotonic()
            for turn in self._turns.tick(now):
                self._fell(turn.member)
            if spoken := self._turns.next(now):
                self._say(*spoken)

    def _patience(self) -> float | None:
        """Milliseconds until something is to be done though nothing happens."""
        due = self._turns.due()
        waits = [] if due is None else [max(0.0, due - time.monotonic())]
        if any(ear.waiting for ear in self._ears.values()):
            waits.append(QUIET_SECONDS)
        return min(waits) * 1000 if waits else None

    def _say(self, number: int, speech: Speech) -> None:
        member = self._members.get(number)
        if member is None:  # it left with an answer of its own on the way
            return
        now = time.monotonic()
        self._said = {data: until for data, until in self._said.items() if until > now}
        if not member.repeats:
            self._said[speech.data] = now + len(speech.data) / (self._settings.baud / 10) + ECHO_SECONDS
        self._port.write(speech.data)

    def _hear(self, ears: str, frames: Sequence[Frame]) -> None:
        now = time.monotonic()
        for frame in frames:
            if self._said.pop(frame.raw, 0.0) > now:
                continue  # our own voice
            for number, member in list(self._members.items()):
                if member.ears == ears and member.address == frame.addr:
                    for _ in self._turns.heard(number, now):
                        member.post(PartMended(member.part))
                    for reply in member.heard(frame):
                        self._turns.reply(number, reply)

    def _fell(self, number: int) -> None:
        member = self._members[number]
        detail = f"address {member.address} on {self._settings.port} is silent"
        member.post(PartFailed(member.part, "silent", detail))

    # --- orders ----------------------------------------------------------------------------------------------

    def _obey(self) -> bool:
        """Carry out what was ordered; False when it is time to go."""
        with contextlib.suppress(BlockingIOError):
            self._woken.recv(4096, socket.MSG_DONTWAIT)
        with contextlib.suppress(Empty):
            while (order := self._orders.get_nowait()) is not None:
                order()
            return False
        return True

    def _take(self, number: int, member: Member) -> None:
        self._members[number] = member
        self._seat(number, member)

    def _seat(self, number: int, member: Member) -> None:
        now = time.monotonic()
        self._turns.join(number, member.routine, member.every, now)
        if member.ears not in self._ears:
            self._ears[member.ears] = Splitter(member.kind)
        if number in self._wishes:
            self._turns.wish(number, *self._wishes[number], now)

    def _drop(self, number: int) -> None:
        self._members.pop(number, None)
        self._wishes.pop(number, None)
        self._turns.leave(number)

    def _want(self, number: int, speeches: Sequence[Speech], again: float) -> None:
        self._wishes[number] = speeches, again
        self._turns.wish(number, speeches, again, time.monotonic())

    def _tell_all(self, code: str, detail: str) -> None:
        for member in self._members.values():
            member.post(PartFailed(member.part, code, detail))

    def _closing(self, seconds: float) -> bool:
        """Wait so long; True as soon as the bus is closed. Members come and go meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self._woken], [], [], left)[0] and not self._obey():
                return True
        return False


class Desk:
    """A member's own place at a bus."""

    def __init__(self, bus: Bus, number: int, left: Callable[[], None]) -> None:
        self._bus, self._number, self._left = bus, number, left
        self._here = True

    def wish(self, speeches: Sequence[Speech], again: float = 0.0) -> None:
        """See Bus.wish."""
        self._bus.wish(self._number, speeches, again)

    def leave(self) -> None:
        """May be said twice; the last member ends the bus."""
        if self._here:
            self._here = False
            self._left()


class Buses:
    """The lines of one process, made as they are needed. For the main thread only."""

    def __init__(self) -> None:
        self._buses: dict[str, tuple[LineSettings, Bus, set[int]]] = {}
        self._next = 0

    def join(self, settings: LineSettings, member: Member) -> Desk:
        """PartMissing if the port cannot be opened, or is open with another speed or parity."""
        if settings.port not in self._buses:
            self._buses[settings.port] = settings, Bus(member.part, settings), set()
        open_as, bus, members = self._buses[settings.port]
        if open_as != settings:
            tried = f"{settings.port} is open with {open_as}, and wanted with {settings}"
            raise PartMissing(member.part, tried, "Give all parts on one line the same `baud` and `parity`")
        self._next += 1
        number = self._next
        members.add(number)
        bus.join(number, member)
        return Desk(bus, number, lambda: self._leave(settings.port, number))

    def _leave(self, port: str, number: int) -> None:
        _, bus, members = self._buses[port]
        members.discard(number)
        bus.leave(number)
        if not members:
            del self._buses[port]
            bus.close()


def _opened(part: str, settings: LineSettings) -> BusPort:
    """pyserial is loaded when there is a line to open."""
    from drivers.bus_port import BusPort

    return BusPort(part, settings)
