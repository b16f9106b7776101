"""Whatever a hall's day brings, the coordinator keeps order, loses nobody, starves nobody, counts overtime by the
second and names the right person; and its book alone says all of it again.

What should be is worked out from what was done (expected_day.py), not from the coordinator's own memory.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from device.contract.messages import (
    AnswerBooking,
    AnswerCall,
    AskBooking,
    AskCall,
    NumberAllotted,
    OvertimeWorked,
    StaffSignedOut,
    TicketCalled,
    TicketMissed,
    TicketRejoined,
    TicketServed,
    TicketTransferred,
    WindowPaused,
    WindowResumed,
    Words,
)
from device.hall.discipline import Discipline, Klass, Policy
from tests.roles.expected_day import Book, Ticket, is_open
from tests.roles.front_desk import FrontDesk
from tests.roles.stage import DAY, PLAN

AGEING = 20 * 60.0
CLASSES = {
    "elderly": Klass("elderly", Words("老年人"), 2),
    "emergency": Klass("emergency", Words("紧急"), 1),
}
STAFF_OF = {3: "1001", 4: "1002"}
SERVES = {3: {"social"}, 4: {"social", "tax"}}
WINDOWS = st.sampled_from([3, 4])


class AnyDay(RuleBasedStateMachine):
    """See the module."""

    policy: Policy = "strict"

    def __init__(self) -> None:
        super().__init__()
        rules = Discipline(self.policy, ageing=AGEING, classes=CLASSES)
        self.desk = FrontDesk(replace(PLAN, discipline=rules))
        self.book = Book()

    @property
    def now(self) -> datetime:
        return self.desk.stage.wall

    def ready(self, window: int, state: str = "") -> bool:
        """Whether somebody sits here who is not away, and is at this step with a citizen ("": with none)."""
        number = self.book.at(window)
        here = self.book.tickets[number].where if number else ""
        return window in self.book.seated and window not in self.book.paused and here == state

    @rule(seconds=st.sampled_from([7, 60, 240, 600, 2400]))
    def time_passes(self, seconds: int) -> None:
        if self.now + timedelta(seconds=seconds) < self.now.replace(hour=23, minute=0):
            self.desk.wait(seconds)

    @rule(service=st.sampled_from(["social", "social", "tax"]), klass=st.sampled_from(["", "", "elderly", "emergency"]))
    def somebody_comes(self, service: str, klass: str) -> None:
        at = self.now
        number = self.desk.take(service, klass)
        assert (number == "closed") is not is_open(at)
        if number != "closed":
            assert number not in self.book.tickets, "a number given twice"
            self.book.tickets[number] = Ticket(service, klass, at)

    @rule(minutes=st.sampled_from([20, 45, 90]), klass=st.sampled_from(["", "elderly"]))
    def somebody_with_an_appointment_comes(self, minutes: int, klass: str) -> None:
        at = self.now
        wish = (at + timedelta(minutes=minutes)).isoformat(timespec="seconds")
        answer = self.desk.ask(AskBooking("social", wish, "phone"), "window-3")
        assert isinstance(answer, AnswerBooking)
        number = self.desk.take("social", klass, appointment=answer.code) if answer.outcome == "booked" else "closed"
        if number != "closed":
            slot = datetime.fromisoformat(answer.slot)
            self.book.tickets[number] = Ticket("social", klass or "appointment", at, slot=slot)

    @rule(window=WINDOWS)
    def sign_in(self, window: int) -> None:
        if window not in self.book.seated:
            self.desk.sign_in(window, STAFF_OF[window])
            self.book.seated[window] = STAFF_OF[window]

    @precondition(lambda self: self.book.seated)
    @rule(window=WINDOWS)
    def call(self, window: int) -> None:
        if not self.ready(window):
            return
        answer = self.desk.ask(AskCall(STAFF_OF[window]), f"window-{window}")
        assert isinstance(answer, AnswerCall)
        may = {
            n: t
            for n, t in self.book.tickets.items()
            if t.where == "waiting" and (t.only == window or (not t.only and t.service in SERVES[window]))
            if t.callable(self.now)
        }
        if answer.outcome == "empty":
            assert not may
            return
        number = answer.ticket[9:]
        assert number in may
        self.in_order(number, may)
        ticket = self.book.tickets[number]
        ticket.where, ticket.window, ticket.called = "called", window, self.now

    def in_order(self, number: str, may: dict[str, Ticket]) -> None:
        """Nobody of the same kind came earlier, and nobody who has waited long enough is overtaken by a later one."""
        called = may.pop(number)
        if called.slot and called.klass != "emergency":
            assert not [t for t in may.values() if t.klass == "emergency"], "an appointment before an emergency"
            assert not [t for t in may.values() if t.slot and t.slot < called.slot], "an earlier appointment waits"
        if called.slot or called.klass == "emergency":
            return
        assert not [t for t in may.values() if t.slot], "whose time has come waits"
        if called.sent_on:
            return
        for other in may.values():
            if other.sent_on or other.at >= called.at:
                continue
            assert other.klass != called.klass, "somebody of the same class came earlier"
            ripe = (self.now - other.at).total_seconds() >= AGEING
            assert not ripe or called.klass == "emergency", "somebody starves"

    @precondition(lambda self: self.book.seated)
    @rule(window=WINDOWS)
    def start(self, window: int) -> None:
        if self.ready(window, "called"):
            number = self.book.at(window)
            ticket = self.book.tickets[number]
            self.desk.start(number, window, STAFF_OF[window], ticket.service)
            ticket.where, ticket.started = "serving", self.now

    @precondition(lambda self: self.book.seated)
    @rule(window=WINDOWS, ending=st.sampled_from(["served", "served", "service", "window"]))
    def finish(self, window: int, ending: str) -> None:
        if not self.ready(window, "serving"):
            return
        number, staff = self.book.at(window), STAFF_OF[window]
        ticket = self.book.tickets[number]
        identity = f"{DAY.replace('-', '')}-{number}"
        if ending == "served":
            assert ticket.started
            assert ticket.called
            self.desk.record(
                TicketServed(identity, ticket.service, window, staff, ticket.started.isoformat(timespec="milliseconds"))
            )
            self.book.work[staff].append((ticket.called, self.now))
            ticket.where = "served"
            return
        to_service, to_window = ("tax", 0) if ending == "service" else ("", 7 - window)
        self.desk.record(TicketTransferred(identity, window, staff, to_service, to_window))
        ticket.where, ticket.window, ticket.sent_on = "waiting", 0, True
        ticket.service, ticket.only = to_service or ticket.service, to_window

    @precondition(lambda self: self.book.seated)
    @rule(window=WINDOWS, back=st.booleans())
    def nobody_comes(self, window: int, back: bool) -> None:
        if self.ready(window, "called"):
            number, staff = self.book.at(window), STAFF_OF[window]
            ticket = self.book.tickets[number]
            self.desk.record(TicketMissed(f"{DAY.replace('-', '')}-{number}", window, staff))
            ticket.where, ticket.window = "missed", 0
            if back:
                self.desk.record(TicketRejoined(f"{DAY.replace('-', '')}-{number}", window, staff))
                ticket.where, ticket.sent_on, ticket.slot = "waiting", True, None

    @precondition(lambda self: self.book.seated)
    @rule(window=WINDOWS)
    def a_pause_begins_or_ends(self, window: int) -> None:
        if window in self.book.paused:
            self.desk.record(WindowResumed(window, STAFF_OF[window]))
            self.book.paused.remove(window)
        elif self.ready(window):
            self.desk.record(WindowPaused(window, STAFF_OF[window], "short-leave"))
            self.book.paused.add(window)
            self.left(window, priority_only=True)

    @precondition(lambda self: self.book.seated)
    @rule(window=WINDOWS)
    def sign_out(self, window: int) -> None:
        if window not in self.book.seated:
            return
        if number := self.book.at(window):  # who stood there waits again, first of all
            ticket = self.book.tickets[number]
            ticket.where, ticket.window = "waiting", 0
        self.desk.record(StaffSignedOut(window, self.book.seated.pop(window)))
        self.book.paused.discard(window)
        self.left(window, priority_only=False)

    def left(self, window: int, *, priority_only: bool) -> None:
        """Whoever was sent to this window alone may be called elsewhere."""
        for ticket in self.book.tickets.values():
            if ticket.only == window and ticket.where == "waiting" and (ticket.klass or not priority_only):
                ticket.only = 0

    @rule()
    def the_coordinator_begins_anew(self) -> None:
        before = self.desk.role.hall
        self.desk.begin(self.now)
        after = self.desk.role.hall
        assert after.queue.cards == before.queue.cards
        assert after.waits == before.waits
        assert after.overtime == before.overtime

    # --- what is always so -----------------------------------------------------------------------------------

    @invariant()
    def everybody_is_somewhere_once(self) -> None:
        cards = self.desk.role.hall.queue.cards
        assert {number: t.where for number, t in self.book.tickets.items()} == {
            card.number: card.where for card in cards.values()
        }
        taken = Counter(card.window for card in cards.values() if card.where in ("called", "serving"))
        assert not taken or max(taken.values()) == 1

    @invariant()
    def overtime_is_counted_by_the_second(self) -> None:
        counted: Counter[str] = Counter()
        for _, record in self.desk.book:
            if isinstance(record, OvertimeWorked):
                counted[record.staff] += record.seconds
        assert counted == Counter({s: n for s in STAFF_OF.values() if (n := self.book.closed_seconds(s))})

    @invariant()
    def every_call_and_minute_belongs_to_who_sat_there(self) -> None:
        for _, record in self.desk.book:
            if isinstance(record, TicketCalled | OvertimeWorked):
                assert record.staff == STAFF_OF[record.window]

    @invariant()
    def no_number_was_given_twice(self) -> None:
        given = [record.ticket for _, record in self.desk.book if isinstance(record, NumberAllotted)]
        assert len(given) == len(set(given))


class AnyWeightedDay(AnyDay):
    """The same where each class has its share."""

    policy: Policy = "weighted"


@pytest.mark.req("R023", "R032", "R081", "R247")
@pytest.mark.parametrize("machine", [AnyDay, AnyWeightedDay])
def test_on_any_day_order_is_kept_nobody_starves_or_is_lost_and_every_second_is_somebodys(
    machine: type[AnyDay],
) -> None:
    size = settings(derandomize=True, max_examples=5, stateful_step_count=40, deadline=None, report_multiple_bugs=False)
    run_state_machine_as_test(machine, settings=size)


def waiting_room() -> AnyDay:
    """Two have come, one after the other."""
    day = AnyDay()
    day.sign_in(3)
    for _ in range(2):
        day.somebody_comes("social", "")
    return day


def test_what_is_not_so_is_seen() -> None:
    unfair = waiting_room()
    first, second = unfair.book.tickets.values()
    first.at, second.at = second.at, first.at
    with pytest.raises(AssertionError, match="came earlier"):
        unfair.call(3)
    lost = waiting_room()
    lost.book.tickets["A002"].where = "served"
    with pytest.raises(AssertionError):
        lost.everybody_is_somewhere_once()
    unpaid = waiting_room()
    unpaid.book.work["1001"].append((unpaid.now.replace(hour=18), unpaid.now.replace(hour=19)))
    with pytest.raises(AssertionError):
        unpaid.overtime_is_counted_by_the_second()
    starved = waiting_room()
    starved.book.tickets["A002"].klass = "elderly"
    starved.book.tickets["A001"].at -= timedelta(seconds=AGEING)
    with pytest.raises(AssertionError, match="starves"):
        starved.in_order("A002", dict(starved.book.tickets))
