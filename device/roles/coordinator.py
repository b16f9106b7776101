"""The coordinator: the hall's one memory. Rules:

1. A record that arrives is entered in the book and changes the hall's state in the same step.
2. What the coordinator decides (a number, a block, a call) is a record of its own, committed before it is answered.
3. A repeated ask gets the same answer: the ask's id is the request.
4. `hall/#` always says what the book says; only what changed is said, with a `rev` that only rises.
5. State is nothing but a fold over the book, so a restart replays it.
6. What the broker kept may be the word of somebody who died with it. So whoever comes is answered with a live word (the
   notices, once for all who come together), and nobody is named at a window that has not spoken since the line came up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from device.contract.messages import (
    AnswerBlock,
    AnswerCall,
    AnswerNumber,
    AnswerSignIn,
    AskBlock,
    AskCall,
    AskNumber,
    AskSignIn,
    BlockReserved,
    DeviceState,
    Envelope,
    HallCall,
    HallMissed,
    HallNotices,
    HallService,
    HallWindow,
    NumberAllotted,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    TicketCalled,
    TicketRecalled,
    WindowPaused,
    Words,
    ticket_of,
)
from device.effects import Began, Effect, Enter, Event, Heard, Keep, Publish, Remember, Remind, Reminded
from device.hall.authority import may_decide
from device.hall.calendar import business_day, days_from, is_open
from device.hall.floor import Desk, Floor
from device.hall.numbers import Numbers, printed
from device.hall.pins import pin_ok
from device.hall.plan import Plan, StaffEntry
from device.hall.queue import Card, Queue
from device.moment import Moment
from drivers.events import LinkUp
from screens.phrases import word

TICK_SECONDS = 20.0
HERE_SECONDS = 0.05
REV_STEP = 1000
LOCK_AFTER, LOCK_SECONDS = 5, 300.0
BLOCKS_IN_AN_ANSWER = 90  # 8 KiB of payload
REMEMBERED = 2000
REMEMBERED_SIGN_INS = 50  # repeated within seconds


Truth = HallWindow | HallService | HallMissed | HallNotices


@dataclass(slots=True)
class Coordinator:
    """See the module's rules. `notices` are the hall's own texts from the config."""

    name: str
    plan: Plan
    staff: dict[str, StaffEntry]
    notices: HallNotices = HallNotices(0)  # noqa: RUF009  frozen
    numbers: Numbers = field(init=False)
    queue: Queue = field(init=False)
    floor: Floor = field(init=False)
    day: str = ""
    book: str = ""  # which memory this is
    allotted: dict[str, tuple[NumberAllotted, str]] = field(default_factory=dict)  # request -> record, day
    calls: dict[str, str] = field(default_factory=dict)  # request -> ticket
    sign_ins: dict[str, AnswerSignIn] = field(default_factory=dict)  # request -> answer, the last ones
    wrong_pins: dict[str, tuple[int, float]] = field(default_factory=dict)  # staff -> tries, locked until
    out_of_order: dict[str, None] = field(default_factory=dict)  # kiosks that cannot give tickets now
    said: dict[str, Truth] = field(default_factory=dict)
    rev: int = 0
    rev_kept: int = 0

    def __post_init__(self) -> None:
        rules = self.plan.rules
        self.numbers = Numbers(rules.online_last, rules.block)
        self.queue = Queue(rules.rejoin_after)
        self.floor = Floor(
            {n: Desk(n, w.services) for n, w in self.plan.windows.items()},
            {number: entry.person for number, entry in self.staff.items()},
        )

    def handle(self, event: Event, moment: Moment) -> list[Effect]:
        """One event in, everything to do about it out."""
        match event:
            case Began():
                return self._began(event, moment)
            case LinkUp():
                return self._say_all(moment)
            case Reminded("tick"):
                return [*self._new_day(moment), Remind(TICK_SECONDS, "tick"), *self._say_changes(moment)]
            case Reminded("here"):
                self.said.pop("notices", None)
                return self._say_changes(moment)
            case Heard(envelope, DeviceState() as state, retained):
                return self._device(envelope.device, state, retained, moment)
            case Heard(envelope, AskNumber() as ask):
                return self._number(envelope, ask, moment)
            case Heard(envelope, AskBlock() as ask):
                return self._blocks(envelope, ask, moment)
            case Heard(envelope, AskCall() as ask):
                return self._call(envelope, ask, moment)
            case Heard(envelope, AskSignIn() as ask):
                return self._sign_in(envelope, ask, moment)
            case Heard(envelope, body) if envelope.seq and isinstance(body, Record):
                return self._record(envelope, body, moment)
            case _:
                return []

    # --- beginning, ending, days -----------------------------------------------------------------------------

    def _began(self, event: Began, moment: Moment) -> list[Effect]:
        # On a new card too it begins above whatever was said on the old one: there are fewer changes than seconds.
        self.rev = self.rev_kept = max(int(event.kept.get("rev", "0")), int(moment.wall.timestamp()))
        self.day = business_day(moment.wall, self.plan.rollover)
        for envelope, record in event.book:
            self.book = event.kept.get("book", "")  # its name; an empty book is a new one: the old one may be lost
            self._apply(envelope, record)
        self.day = max([self.day, *(day for _, day in self.allotted.values())])  # a clock set back is not believed
        self.queue.drop_before(self.day)
        begun: list[Effect] = [] if self.book else [Keep("book", moment.id(250))]
        self.book = self.book or moment.id(250)
        return [*begun, Remind(TICK_SECONDS, "tick"), *self._say_changes(moment)]

    def _new_day(self, moment: Moment) -> list[Effect]:
        day = business_day(moment.wall, self.plan.rollover)
        if day <= self.day:  # a clock set back does not bring yesterday's numbers again
            return []
        self.day = day
        self.queue.drop_before(day)
        self.allotted = {r: (record, d) for r, (record, d) in self.allotted.items() if d >= day}
        self.calls.clear()
        return []

    def _device(self, device: str, state: DeviceState, retained: bool, moment: Moment) -> list[Effect]:
        """A device speaks, or somebody for it. What the broker kept may be the word of a device that is gone."""
        gone = state.status == "offline"
        here: list[Effect] = [] if gone or retained else [Remind(HERE_SECONDS, "here")]
        for desk in self.floor.desks.values():
            if self.plan.windows[desk.window].device == device and (gone or not retained):
                desk.alive = not gone
        if device in self.plan.kiosks and state.status != "ready":
            self.out_of_order[device] = None
        else:
            self.out_of_order.pop(device, None)
        return [*here, *self._say_changes(moment)]

    # --- records ---------------------------------------------------------------------------------------------

    def _record(self, envelope: Envelope, record: Record, moment: Moment) -> list[Effect]:
        self._apply(envelope, record)
        effects: list[Effect] = [Enter(envelope, record)]
        known = may_decide(self.plan, self.name, envelope.device, record)
        if known and isinstance(record, TicketRecalled) and self._recent(envelope.at, moment):
            effects.append(self._announce(envelope.id, record.ticket, record.window, record.attempt, moment))
        return effects + self._say_changes(moment)

    def _apply(self, envelope: Envelope, record: Record) -> None:
        """The fold: the same for a record that arrives and for one replayed from the book."""
        if not may_decide(self.plan, self.name, envelope.device, record):
            return
        match record:
            case NumberAllotted(request=request, ticket=ticket):
                day = f"{ticket[:4]}-{ticket[4:6]}-{ticket[6:8]}"
                self.numbers.note_online(day, ticket[9], int(ticket[10:]))
                self.allotted[request] = (record, day)
            case BlockReserved(kiosk=kiosk, holder=journal, block=block):
                self.numbers.note_block((kiosk, journal), block)
            case TicketCalled(ticket=ticket, request=request):
                self.calls[request] = ticket
                while len(self.calls) > REMEMBERED:
                    del self.calls[next(iter(self.calls))]
            case StaffSignedOut(window=window) | StaffSignedIn(window=window):
                # Whoever was at this window when it was left, or lost its power, comes next.
                self.queue.leave(window)
            case WindowPaused(window=window):
                self.queue.put_back(window)  # the call crossed the pause; nobody at the window knows of it
            case _:
                pass
        if not self._of_a_day_gone_by(envelope, record):
            self.queue.apply(envelope, record)
        self.floor.apply(envelope, record)

    def _of_a_day_gone_by(self, envelope: Envelope, record: Record) -> bool:
        """Yesterday's tickets, heard of today, wait for nobody. Unless their maker did not know the day."""
        ticket = getattr(record, "ticket", "")
        return ticket != "" and ticket[:8] < self.day.replace("-", "") and envelope.clock == "synced"

    def _decide(self, record: Record, moment: Moment, k: int = 0) -> Remember:
        self._apply(Envelope(moment.id(k), moment.at(), moment.clock, self.name), record)
        return Remember(record, moment.id(k))

    # --- asks ------------------------------------------------------------------------------------------------

    def _number(self, envelope: Envelope, ask: AskNumber, moment: Moment) -> list[Effect]:
        to, service = envelope.id, self.plan.services.get(ask.service)
        before = self.allotted.get(to)
        effects: list[Effect] = self._new_day(moment)
        if before:
            answer = self._given(to, ask.service, before[0].ticket, before[1])
        elif service is None:
            answer = AnswerNumber(to, "unknown")
        elif not self._open(moment):
            answer = AnswerNumber(to, "closed")
        elif (number := self.numbers.next_online(self.day, service.series)) is None:
            answer = AnswerNumber(to, "full")
        else:
            ticket = ticket_of(self.day, printed(service.series, number))
            effects.append(self._decide(NumberAllotted(to, envelope.device, ask.service, ticket), moment))
            answer = self._given(to, ask.service, ticket, self.day)
        return [*effects, Publish(answer, moment.id(1), place=envelope.device)]

    def _given(self, to: str, service: str, ticket: str, day: str) -> AnswerNumber:
        ahead = sum(1 for c in self.queue.waiting(frozenset({service})) if c.ticket != ticket)
        return AnswerNumber(to, "given", ticket[9:], day, ahead, self._minutes(service, ahead), self.book)

    def _blocks(self, envelope: Envelope, ask: AskBlock, moment: Moment) -> list[Effect]:
        effects: list[Effect] = self._new_day(moment)
        series, holder = self.plan.series(), (envelope.device, ask.journal)
        if envelope.device in self.plan.kiosks:
            days = days_from(self.day, min(self.plan.rules.block_days, BLOCKS_IN_AN_ANSWER // max(1, len(series))))
            for day in days:
                for letter in series:
                    block = self.numbers.next_block(holder, day, letter)
                    if block:
                        record = BlockReserved(envelope.device, ask.journal, block)
                        effects.append(self._decide(record, moment, len(effects)))
        held = self.numbers.blocks(holder, self.day)[:BLOCKS_IN_AN_ANSWER]
        return [*effects, Publish(AnswerBlock(envelope.id, held, self.book), moment.id(255), place=envelope.device)]

    def _call(self, envelope: Envelope, ask: AskCall, moment: Moment) -> list[Effect]:
        place = self.plan.window_of(envelope.device)
        desk = self.floor.desks[place.number] if place and place.device == envelope.device else None
        if desk is None or desk.staff != ask.staff or desk.state not in ("open", "calling"):
            return self._answer_call(AnswerCall(envelope.id, "refused"), envelope, moment)
        # The answer was lost, or the window was restarted: the call that stands is the answer.
        standing = self.queue.called_to(desk.window) or self.queue.cards.get(self.calls.get(envelope.id, ""))
        if standing:
            return self._answer_call(self._called(envelope.id, standing), envelope, moment)
        if ask.number:
            return self._call_out_of_order(envelope, ask, desk, moment)
        waiting = self.queue.waiting(frozenset(desk.services), desk.window)
        if not waiting:
            return self._answer_call(AnswerCall(envelope.id, "empty"), envelope, moment)
        return self._do_call(envelope, waiting[0], desk, "system", "", moment)

    def _call_out_of_order(self, envelope: Envelope, ask: AskCall, desk: Desk, moment: Moment) -> list[Effect]:
        ticket, number = ticket_of(self.day, ask.number), int(ask.number[1:])
        card = self.queue.cards.get(ticket)
        if card is None and self.numbers.out(self.day, ask.number[0], number):
            card = self.queue.card(ticket)  # whose kiosk has not been heard of since, or never will be
        if card is None or card.where == "served":
            return self._answer_call(AnswerCall(envelope.id, "unknown"), envelope, moment)
        if card.where in ("called", "serving"):
            return self._answer_call(AnswerCall(envelope.id, "elsewhere"), envelope, moment)
        if not ask.reason:
            return self._answer_call(AnswerCall(envelope.id, "refused"), envelope, moment)
        return self._do_call(envelope, card, desk, "hand", ask.reason, moment)

    def _do_call(
        self, envelope: Envelope, card: Card, desk: Desk, by: Literal["system", "hand"], reason: str, moment: Moment
    ) -> list[Effect]:
        record = TicketCalled(card.ticket, card.service, desk.window, desk.staff, by, reason, envelope.id)
        return [
            self._decide(record, moment),
            *self._answer_call(self._called(envelope.id, card), envelope, moment),
            self._announce(moment.id(0), card.ticket, desk.window, 1, moment),
            *self._say_changes(moment),
        ]

    def _called(self, to: str, card: Card) -> AnswerCall:
        return AnswerCall(to, "called", card.ticket, card.service, card.lang)

    def _answer_call(self, answer: AnswerCall, envelope: Envelope, moment: Moment) -> list[Effect]:
        return [Publish(answer, moment.id(1), place=envelope.device)]

    def _announce(self, call_id: str, ticket: str, window: int, attempt: int, moment: Moment) -> Publish:
        card = self.queue.cards.get(ticket)
        langs = tuple(dict.fromkeys(("zh", card.lang if card else "zh")))
        seconds = self.plan.rules.call_valid_seconds
        until = datetime.fromtimestamp(moment.wall.timestamp() + seconds, moment.wall.tzinfo)
        place = self.plan.windows[window].place
        call = HallCall(ticket, window, place, attempt, until.isoformat(timespec="milliseconds"), langs)
        return Publish(call, call_id, seconds=seconds)

    def _sign_in(self, envelope: Envelope, ask: AskSignIn, moment: Moment) -> list[Effect]:
        answer = self.sign_ins.get(envelope.id) or self._admit(envelope, ask, moment)
        self.sign_ins[envelope.id] = answer
        while len(self.sign_ins) > REMEMBERED_SIGN_INS:
            del self.sign_ins[next(iter(self.sign_ins))]
        return [Publish(answer, moment.id(1), place=envelope.device)]

    def _admit(self, envelope: Envelope, ask: AskSignIn, moment: Moment) -> AnswerSignIn:
        entry = self.staff.get(ask.staff)
        tries, locked = self.wrong_pins.get(ask.staff, (0, 0.0))
        if locked > moment.mono:
            return AnswerSignIn(envelope.id, "locked")
        if entry and self._may_work(entry, envelope.device) and pin_ok(ask.pin, entry.pin):
            self.wrong_pins.pop(ask.staff, None)
            return AnswerSignIn(envelope.id, "welcome", entry.person)
        self._note_wrong_pin(ask.staff, tries + 1, moment)
        return AnswerSignIn(envelope.id, "refused")

    def _may_work(self, entry: StaffEntry, device: str) -> bool:
        place = self.plan.window_of(device)
        return bool(
            entry.pin and place and place.device == device and (not entry.windows or place.number in entry.windows)
        )

    def _note_wrong_pin(self, staff: str, tries: int, moment: Moment) -> None:
        self.wrong_pins[staff] = (tries, moment.mono + LOCK_SECONDS if tries % LOCK_AFTER == 0 else 0.0)
        while len(self.wrong_pins) > REMEMBERED:
            del self.wrong_pins[next(iter(self.wrong_pins))]

    # --- what the hall may know ------------------------------------------------------------------------------

    def _open(self, moment: Moment) -> bool:
        """Whether tickets are given. Without a trusted clock nobody is turned away for the time of day."""
        return moment.clock == "floor" or is_open(self.plan, moment.wall)

    def _minutes(self, service: str, ahead: int) -> int:
        """People ahead x usual minutes / windows that serve; a first, honest estimate."""
        plan = self.plan.services[service]
        serving = sum(1 for d in self.floor.desks.values() if service in d.services and d.alive and d.staff)
        return -(-ahead * plan.minutes // max(1, serving))

    def _truths(self, moment: Moment) -> Iterable[tuple[str, Truth]]:
        for window in self.floor.desks:
            yield f"window/{window}", self.floor.truth(window, 0)
        opening = self._open(moment)
        for service in self.plan.services:
            ahead = len(self.queue.waiting(frozenset({service})))
            yield f"service/{service}", HallService(service, 0, ahead, self._minutes(service, ahead), opening)
        yield "missed", HallMissed(0, self.queue.missed()[-60:])
        yield "notices", replace(self.notices, fault=self._fault_notice())

    def _fault_notice(self) -> Words | None:
        """Which kiosk not to walk to (R037, R190)."""
        places = [self.plan.kiosks[kiosk] for kiosk in sorted(self.out_of_order)]
        if not places:
            return None
        zh = word("zh", "notice.kiosk_fault", place="、".join(p.zh for p in places))
        en = word("en", "notice.kiosk_fault", place=", ".join(p.en or p.zh for p in places))
        return Words(zh[:200], en[:200])

    def _say_changes(self, moment: Moment) -> list[Effect]:
        effects: list[Effect] = []
        for key, truth in self._truths(moment):
            if self.said.get(key) != truth:
                self.said[key] = truth
                self.rev += 1
                effects.append(Publish(replace(truth, rev=self.rev), moment.id(2 + len(effects) % 200)))
        return self._keep_rev() + effects

    def _say_all(self, moment: Moment) -> list[Effect]:
        """The broker may have forgotten: say everything again. And much may have happened at the windows meanwhile."""
        self.said.clear()
        for desk in self.floor.desks.values():
            desk.alive = False
        return self._say_changes(moment)

    def _keep_rev(self) -> list[Effect]:
        if self.rev < self.rev_kept:
            return []
        # Kept ahead in steps: after a restart `rev` begins above everything that was ever said.
        self.rev_kept = self.rev + REV_STEP
        return [Keep("rev", str(self.rev_kept))]

    def _recent(self, at: str, moment: Moment) -> bool:
        return (
            abs(moment.wall.timestamp() - datetime.fromisoformat(at).timestamp()) < self.plan.rules.call_valid_seconds
        )
