"""The shell around the roles of one process. A batch of happenings becomes one durable commit, then what people see.

happening -> role -> effects -> ledger (one commit) -> screens, paper, voice, wire -> records on their way
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from device.contract.channels import COORDINATOR
from device.contract.messages import AskCall, Envelope, Record
from device.effects import Began, Enter, Event, Keep, Publish, Remember, Reminded, Tapped
from device.known_time import KEEP_SECONDS, KnownTime
from device.ledger import Ledger, refuse_damaged, replayed_days
from device.loop import Happening, Loop
from device.moment import Moment
from device.perform import PICTURES, Do, Performer
from device.presence import FULL, KEPT
from device.roll import KEPT as ROLL
from device.roll import Roll
from device.seat import Seat
from device.travel import KNOCK, Travel
from device.uuid7 import Uuid7
from drivers.durable import JournalFailed
from drivers.events import Closed, Delivered, LinkUp, PartFailed, PrinterReport, Stirred, Touched
from drivers.protocols import WallClock

SHELL_KEYS: Final = "shell."  # what the shell itself keeps in the journal; roles do not see it
ROOM_AGAIN: Final = 0.7  # of the journal filled: then roles come back
_DURABLE: Final = (Remember, Keep, Enter)

log = logging.getLogger(__name__)


class Station:
    """All devices of one process. idle: with nobody's role, only to hand over the records of a full journal.

    `begin` before the loop runs, `handle` is the loop's, `farewell` for the end.
    """

    def __init__(
        self,
        hall: str,
        seats: Sequence[Seat],
        ledger: Ledger,
        loop: Loop,
        clock: WallClock,
        uuid7: Uuid7,
        *,
        idle: bool = False,
    ) -> None:
        self._idle = idle
        self.seats = {seat.name: seat for seat in seats}
        self._ledger = ledger
        self._loop = loop
        self._clock = clock
        self._time = KnownTime(clock)
        self._uuid7 = uuid7
        self._performer = Performer(hall, loop, seats)
        self._travel = Travel(hall, self.seats, ledger, loop, self._performer)
        self._rolls: dict[str, str] = {}  # as the journal has them
        self._chores: dict[str, tuple[float, Callable[[], object], bool]] = {}

    def moment(self) -> Moment:
        """Now, with identities of its own."""
        wall = self._clock.now()
        return Moment(wall, self._clock.mono(), self._clock.trust(), self._uuid7.seed(wall))

    def begin(self) -> None:
        """Every role's first event; what it shows then is on the screens when this returns."""
        dos: list[Do] = []
        for seat in self.seats.values():
            moment = self.moment()
            kept = self._ledger.journal.kept(seat.name)
            self._health(seat, seat.presence.begin(kept), moment)
            if roll := _roll_of(seat):
                roll.begin(kept.get(ROLL))
            own = {key: value for key, value in kept.items() if not key.startswith(SHELL_KEYS)}
            secret = self._uuid7.secret() if seat.name == COORDINATOR else ""
            began = Began(own, self._ledger.journal.id, self._book(seat, moment), secret)
            try:
                dos += self._role(seat, began, moment)
            except Exception:
                self._blame(seat, moment)
                raise
            for name, screen in seat.parts.screens.items():
                if screen.pump_seconds is not None:
                    self.every(screen.pump_seconds, f"pump {seat.name} {name}", screen.pump, alone=True)
        self.every(KEEP_SECONDS, "clock", self._keep_clock)
        self._keep_clock()
        self._finish(dos)

    def every(self, seconds: float, name: str, act: Callable[[], object], *, alone: bool = False) -> None:
        """The process's own chore, on the main thread. alone: it leaves nothing to be committed or sent."""
        self._chores[name] = (seconds, act, alone)
        self._loop.remind("", name, seconds)

    def handle(self, batch: Sequence[Happening]) -> None:
        """What happened, in order. JournalFailed or a role's own exception ends the process."""
        dos: list[Do] = []
        news = False  # a screen may be pumped 30 times a second; there is nothing to do about that
        for device, event in batch:
            if isinstance(event, Stirred):
                self.seats[device].parts.screens[event.screen].pump()
            elif device:
                dos += self._one(self.seats[device], event)
            elif isinstance(event, Reminded):
                news |= self._chore(event.key)
        if news or self._left():
            self._finish(dos)
        elif dos:  # most of what is heard leaves nothing but other pages
            self._performer.perform([self._travel.after_all(do) for do in dos])

    def farewell(self, seat: Seat) -> tuple[str, bytes]:
        """Topic and payload of `offline`: the will, and the last word on a clean stop."""
        return self._performer.sealed(seat, seat.presence.farewell(), self.moment())

    # --- one happening ---------------------------------------------------------------------------------------

    def _one(self, seat: Seat, event: Event) -> list[Do]:
        moment = self.moment()
        match event:
            case Touched(x, y, screen):
                key = seat.parts.screens[screen].key_at(x, y)
                return self._role(seat, Tapped(key, screen), moment) if key else []
            case Delivered(payload=payload):
                heard = seat.door.open(event, moment.mono)
                if heard is None:
                    return []
                self._time.hear(heard)
                if self._travel.notice(seat, heard, moment.mono):
                    return []
                return self._role(seat, heard, moment) if self._travel.admit(seat, heard, payload) else []
            case Closed():
                self._loop.stop()
                return []
            case PartFailed(part, code, detail):
                log.warning("%s: %s failed, %s: %s", seat.name, part, code, detail)
            case LinkUp():
                seat.presence.changed = True  # the broker may have forgotten it
        self._travel.notice(seat, event, moment.mono)
        if isinstance(event, PrinterReport) and (roll := _roll_of(seat)):
            roll.notice(event)
        self._health(seat, seat.presence.notice(event, moment.wall), moment)
        return self._role(seat, event, moment)

    def _role(self, seat: Seat, event: Event, moment: Moment) -> list[Do]:
        """What the role wants: the durable part is noted for the commit, the visible part returned."""
        visible: list[Do] = []
        for effect in seat.role.handle(event, moment):
            if isinstance(effect, _DURABLE):
                self._ledger.write(seat.name, effect, moment)
            else:
                visible.append(Do(seat, effect, moment))
        return visible

    def _health(self, seat: Seat, records: Sequence[Record], moment: Moment) -> None:
        for k, record in enumerate(records):
            # Roles count identities from the front, the shell from the back.
            self._ledger.write(seat.name, Remember(record, moment.id(255 - k)), moment)
        if records:
            self._ledger.write(seat.name, Keep(KEPT, seat.presence.kept()), moment)

    def _chore(self, key: str) -> bool:
        """Do it; whether it may have left something to be committed or sent."""
        if key.startswith(KNOCK):
            self._travel.knock(key.removeprefix(KNOCK), self._clock.mono())
            return True
        if key == PICTURES:
            self._performer.show_pictures()
            return False
        seconds, act, alone = self._chores[key]
        act()
        self._loop.remind("", key, seconds)
        return not alone

    def _left(self) -> bool:
        """Whether there is anything to commit or to send."""
        if self._ledger.pending or self._travel.pending:
            return True
        return any(seat.presence.changed or _roll_of(seat) for seat in self.seats.values())

    def _keep_clock(self) -> None:
        for keep in self._time.due(anyway=self._ledger.pending):
            self._ledger.write("", keep, self.moment())

    def _book(self, seat: Seat, moment: Moment) -> Iterable[tuple[Envelope, Record]]:
        """Read while the role folds it: a day as a list would stay in memory, 20 MB of it."""
        if seat.name != COORDINATOR:
            return ()
        return self._ledger.replay(*replayed_days(moment.wall, self._ledger.rollover))

    def _blame(self, seat: Seat, moment: Moment) -> None:
        """A start that failed is the book's fault if the book is damaged: then that is what must be said."""
        if seat.name == COORDINATOR and self._ledger.book:
            refuse_damaged(self._ledger.book, *replayed_days(moment.wall, self._ledger.rollover))

    def _paper(self, seat: Seat, roll: Roll, moment: Moment) -> None:
        """What was counted, in the commit that says what became of the ticket."""
        due, roll.due = roll.due, []
        for k, record in enumerate(due):
            self._ledger.write(seat.name, Remember(record, moment.id(k)), moment)
        if (memory := roll.kept()) != self._rolls.get(seat.name):
            self._rolls[seat.name] = memory
            self._ledger.write(seat.name, Keep(ROLL, memory), moment)
        seat.presence.paper_ends(roll.low, moment.wall)

    def _turn(self, filled: float) -> None:
        """Roles stop before the journal is full, and come back when it has room. Each is a new life of the process."""
        waiting = f"{self._ledger.journal.waiting} records wait for the coordinator"
        if filled >= FULL and not self._idle:
            raise JournalFailed(f"journal full: {waiting}. Bring it back; until then this is out of order (technician)")
        if filled < ROOM_AGAIN and self._idle:
            raise JournalFailed(f"the journal has room again, {waiting}: starting anew")

    # --- after the batch -------------------------------------------------------------------------------------

    def _finish(self, dos: Sequence[Do]) -> None:
        filled = self._ledger.journal.waiting / self._ledger.journal.capacity
        self._turn(filled)
        wall = self._clock.now()
        for seat in self.seats.values():
            presence = seat.presence
            if records := presence.book_behind(seat.outbox.behind, wall) + presence.journal_fills(filled, wall):
                self._health(seat, records, self.moment())
            if roll := _roll_of(seat):
                self._paper(seat, roll, self.moment())
        self._keep_clock()
        fresh = self._ledger.commit()
        if any(isinstance(do.effect, Publish) and isinstance(do.effect.body, AskCall) for do in dos):
            # Whom to call depends on what the window did before: that goes first, also on the wire.
            self._travel.send(fresh, self.moment())
            dos, fresh = [self._travel.after_all(do) for do in dos], {}
        self._performer.perform(dos)
        if fresh or self._travel.pending:
            self._travel.send(fresh, self.moment())
        for seat in self.seats.values():
            if seat.presence.changed and seat.link:
                moment = self.moment()
                state = Publish(seat.presence.state(), moment.id(0))
                seat.presence.changed = not self._performer.publish(seat, state, moment)


def _roll_of(seat: Seat) -> Roll | None:
    return seat.parts.paper.roll if seat.parts.paper else None
