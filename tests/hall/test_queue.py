"""First come, first served, whatever order the records arrive in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from device.contract.messages import (
    Envelope,
    ItemServed,
    PriorityRefused,
    Record,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketRejoined,
    TicketReleased,
    TicketServed,
    TicketStarted,
    TicketTransferred,
)
from device.hall.queue import Queue
from tests.roles.stage import uid

A, B = frozenset({"social"}), frozenset({"tax"})


def issued(number: str, at: str, service: str = "social", clock: Any = "synced") -> tuple[Envelope, Record]:
    envelope = Envelope(uid(int(number[1:])), f"2026-11-23T{at}:00+08:00", clock, "kiosk-1", seq=1, journal=uid(9))
    source: Literal["online", "block"] = "block" if int(number[1:]) >= 600 else "online"
    return envelope, TicketIssued(uid(1), f"20261123-{number}", number, "2026-11-23", service, source)


def queue(*records: tuple[Envelope, Record]) -> Queue:
    made = Queue()
    for envelope, record in records:
        made.apply(envelope, record)
    return made


def numbers(made: Queue, services: frozenset[str] = A, window: int = 3) -> list[str]:
    return [card.number for card in made.waiting(services, window)]


ENVELOPE = issued("A999", "12:00")[0]


def test_tickets_of_a_kiosk_that_was_cut_off_are_merged_by_their_time_of_issue() -> None:
    made = queue(issued("A001", "09:00"), issued("A002", "09:20"), issued("A600", "09:10"))
    assert numbers(made) == ["A001", "A600", "A002"]


def test_a_kiosk_without_a_trusted_clock_gets_the_place_of_arrival_not_of_its_clock() -> None:
    made = queue(issued("A001", "09:00"), issued("A600", "03:00", clock="floor"), issued("A002", "09:20"))
    assert numbers(made) == ["A001", "A600", "A002"]


def test_a_clock_that_was_set_back_puts_nobody_before_whoever_came_earlier() -> None:
    made = queue(issued("A001", "09:58"), issued("A002", "09:59"), issued("A003", "08:30"), issued("A004", "08:31"))
    assert numbers(made) == ["A001", "A002", "A003", "A004"]
    late = queue(issued("A001", "09:58"), issued("A003", "10:02"), issued("A002", "09:59"))  # its word was held up
    assert numbers(late) == ["A001", "A002", "A003"]


def test_a_kiosk_alone_whose_clock_was_set_back_keeps_its_own_order() -> None:
    made = queue(issued("A600", "09:58"), issued("A601", "08:30"), issued("A001", "09:30"))
    assert numbers(made) == ["A001", "A600", "A601"]


def test_the_same_ticket_heard_of_twice_waits_once() -> None:
    assert numbers(queue(issued("A001", "09:00"), issued("A001", "09:30"))) == ["A001"]


def test_a_transferred_ticket_keeps_its_number_and_its_place() -> None:
    made = queue(issued("A001", "09:00"), issued("B001", "09:10", "tax"))
    made.apply(ENVELOPE, TicketCalled("20261123-A001", "social", 3, "1001", "system"))
    made.apply(ENVELOPE, TicketTransferred("20261123-A001", 3, "1001", "tax"))
    assert numbers(made, B, 4) == ["A001", "B001"]


def test_a_ticket_sent_to_one_window_is_called_by_that_one_only_whatever_it_serves() -> None:
    made = queue(issued("A001", "09:00"))
    made.apply(ENVELOPE, TicketTransferred("20261123-A001", 3, "1001", to_window=7))
    assert numbers(made, A, 3) == []
    assert numbers(made, frozenset(), 7) == ["A001"]


def test_calling_another_puts_an_unanswered_one_back_in_its_place() -> None:
    made = queue(issued("A001", "09:00"), issued("A002", "09:10"))
    made.apply(ENVELOPE, TicketCalled("20261123-A001", "social", 3, "1001", "system"))
    made.apply(ENVELOPE, TicketCalled("20261123-A002", "social", 3, "1001", "hand", "offline"))
    assert numbers(made) == ["A001"]


def test_a_no_show_at_one_window_does_not_undo_a_service_at_another() -> None:
    made = queue(issued("A001", "09:00"))
    made.apply(ENVELOPE, TicketCalled("20261123-A001", "social", 4, "1002", "system"))
    made.apply(ENVELOPE, TicketServed("20261123-A001", "social", 3, "1001", ENVELOPE.at))
    made.apply(ENVELOPE, TicketMissed("20261123-A001", 4, "1002"))
    assert made.missed() == ()
    assert numbers(made) == []


def test_only_a_missed_ticket_can_rejoin() -> None:
    made = queue(issued("A001", "09:00"))
    made.apply(ENVELOPE, TicketServed("20261123-A001", "social", 3, "1001", ENVELOPE.at))
    made.apply(ENVELOPE, TicketRejoined("20261123-A001", 3, "1001"))
    assert numbers(made) == []


def test_two_who_rejoin_stand_in_the_order_in_which_they_came_back() -> None:
    made = queue(*(issued(f"A00{n}", f"09:0{n}") for n in range(1, 6)))
    for n in (1, 2):
        made.apply(ENVELOPE, TicketCalled(f"20261123-A00{n}", "social", 3, "1001", "system"))
        made.apply(ENVELOPE, TicketMissed(f"20261123-A00{n}", 3, "1001"))
    for n in (2, 1):
        made.apply(ENVELOPE, TicketRejoined(f"20261123-A00{n}", 3, "1001"))
    assert numbers(made) == ["A003", "A004", "A002", "A001", "A005"]


def test_whoever_was_served_stays_served_whatever_is_heard_of_them_later() -> None:
    made = queue(issued("A001", "09:00"))
    made.apply(ENVELOPE, TicketServed("20261123-A001", "social", 4, "1002", ENVELOPE.at))
    for late in (
        TicketCalled("20261123-A001", "", 3, "1001", "hand", "offline"),
        TicketMissed("20261123-A001", 3, "1001"),
        TicketCalled("20261123-A001", "", 3, "1001", "hand", "offline"),
        TicketStarted("20261123-A001", "", 3, "1001"),
        TicketTransferred("20261123-A001", 3, "1001", "tax"),
    ):
        made.apply(ENVELOPE, late)
        assert (made.missed(), numbers(made), numbers(made, B)) == ((), [], [])


def test_whoever_stands_at_a_window_is_not_taken_away_by_another_windows_late_word() -> None:
    made = queue(issued("A001", "09:00"))
    made.apply(ENVELOPE, TicketStarted("20261123-A001", "social", 4, "1002"))
    for late in (
        TicketCalled("20261123-A001", "", 3, "1001", "hand", "offline"),
        TicketMissed("20261123-A001", 3, "1001"),
        TicketStarted("20261123-A001", "", 3, "1001"),
        TicketTransferred("20261123-A001", 3, "1001", "tax"),
    ):
        made.apply(ENVELOPE, late)
        assert (made.cards["20261123-A001"].where, made.cards["20261123-A001"].window) == ("serving", 4)
    made.apply(ENVELOPE, TicketTransferred("20261123-A001", 4, "1002", "tax"))
    assert numbers(made, B) == ["A001"]


def test_who_rejoined_before_it_was_known_that_they_were_missed_waits_again_once() -> None:
    made = queue(issued("A001", "09:00"), issued("A002", "09:10"))
    made.apply(ENVELOPE, TicketRejoined("20261123-A001", 4, "1002"))
    for _ in range(2):
        made.apply(ENVELOPE, TicketCalled("20261123-A001", "", 3, "1001", "hand", "offline"))
        made.apply(ENVELOPE, TicketMissed("20261123-A001", 3, "1001"))
        if not made.missed():
            assert numbers(made) == ["A002", "A001"]
    assert made.missed() == ("A001",)


def test_a_call_by_whoever_knew_of_the_rejoining_uses_it_up() -> None:
    made = queue(issued("A001", "09:00"))
    made.apply(ENVELOPE, TicketRejoined("20261123-A001", 4, "1002"))
    made.apply(ENVELOPE, TicketCalled("20261123-A001", "social", 3, "1001", "system", request=uid(7)))
    made.apply(ENVELOPE, TicketMissed("20261123-A001", 3, "1001"))
    assert made.missed() == ("A001",)


def test_whoever_was_sent_on_waits_there_though_their_kiosk_has_not_been_heard_of() -> None:
    made = queue(issued("A002", "09:10", "tax"))
    made.apply(ENVELOPE, TicketStarted("20261123-A600", "", 3, "1001"))
    made.apply(ENVELOPE, TicketTransferred("20261123-A600", 3, "1001", "tax"))
    assert numbers(made, B) == ["A600", "A002"]
    made.apply(*issued("A600", "09:20"))
    assert numbers(made, B) == ["A002", "A600"]  # in the place that is theirs


def test_a_ticket_of_tomorrow_is_not_forgotten_with_yesterday() -> None:
    made = queue(issued("A001", "09:00"))
    made.drop_before("2026-11-22")
    assert numbers(made) == ["A001"]


def test_yesterday_is_forgotten() -> None:
    made = queue(issued("A001", "09:00"))
    made.drop_before("2026-11-24")
    assert not made.cards
    assert numbers(made) == []


def issued_as(
    number: str, at: str, klass: str = "", need: str = "", service: str = "social"
) -> tuple[Envelope, Record]:
    envelope, record = issued(number, at, service)
    assert isinstance(record, TicketIssued)
    return envelope, replace(record, klass=klass, need=need)


@pytest.mark.req("R024", "R212")
def test_a_visit_of_several_items_stays_at_its_window_under_one_number() -> None:
    made = queue(issued("A001", "09:00"), issued("A002", "09:10"))
    made.apply(ENVELOPE, TicketStarted("20261123-A001", "social", 3, "1001"))
    made.apply(ENVELOPE, ItemServed("20261123-A001", "social", 3, "1001", ENVELOPE.at, "tax"))
    card = made.cards["20261123-A001"]
    assert (card.where, card.window, card.service) == ("serving", 3, "tax")
    assert numbers(made) == ["A002"]
    assert numbers(made, B) == []


@pytest.mark.req("R042", "R093", "R129")
def test_a_priority_ticket_that_is_sent_on_keeps_its_class_and_its_place() -> None:
    made = queue(issued_as("A001", "09:00", "soldier"), issued_as("B001", "08:00", "soldier", service="tax"))
    made.apply(ENVELOPE, TicketTransferred("20261123-A001", 3, "1001", "tax"))
    assert [(h.ticket[9:], h.klass) for h in made.lanes.heads(B, 4)] == [("B001", "soldier")]
    made.apply(ENVELOPE, TicketServed("20261123-B001", "tax", 4, "1002", ENVELOPE.at))
    assert [(h.ticket[9:], h.klass) for h in made.lanes.heads(B, 4)] == [("A001", "soldier")]


@pytest.mark.req("R130")
def test_without_proof_a_priority_ticket_waits_on_in_its_place_as_an_ordinary_one() -> None:
    made = queue(issued("A001", "09:00"), issued_as("A002", "09:10", "soldier"), issued("A003", "09:20"))
    made.apply(ENVELOPE, TicketCalled("20261123-A002", "social", 3, "1001", "system"))
    made.apply(ENVELOPE, PriorityRefused("20261123-A002", "soldier", 3, "1001"))
    assert numbers(made) == ["A001", "A002", "A003"]
    assert made.cards["20261123-A002"].klass == ""


@pytest.mark.req("R178", "R244")
def test_a_ticket_its_citizen_gave_up_is_never_called_again() -> None:
    made = queue(issued("A001", "09:00"), issued("A002", "09:10"))
    made.apply(ENVELOPE, TicketReleased("20261123-A001", "gave-up"))
    made.apply(ENVELOPE, TicketRejoined("20261123-A001", 3, "1001"))
    made.apply(ENVELOPE, TicketCalled("20261123-A001", "social", 3, "1001", "hand", "mistake"))
    assert (numbers(made), made.missed()) == (["A002"], ())


@pytest.mark.req("R080", "R149")
def test_whoever_was_sent_to_a_window_that_is_left_can_be_called_by_others_priority_at_any_pause() -> None:
    made = queue(issued_as("A001", "09:00", "soldier"), issued("A002", "09:10"))
    for number in ("A001", "A002"):
        made.apply(ENVELOPE, TicketTransferred(f"20261123-{number}", 3, "1001", to_window=7))
    assert numbers(made, A, 3) == []
    made.unbind(7, priority_only=True)
    assert numbers(made, A, 3) == ["A001"]
    made.unbind(7, priority_only=False)
    assert numbers(made, A, 3) == ["A001", "A002"]


class Lines(RuleBasedStateMachine):
    """Whatever is done to a queue, its lines hold exactly the tickets that wait, each once, each line in order."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = Queue()
        self.minute = 0

    tickets = st.sampled_from([f"A{n:03d}" for n in range(1, 7)])
    windows = st.sampled_from([3, 4])

    def tell(self, record: Record) -> None:
        self.queue.apply(ENVELOPE, record)

    @rule(number=tickets, klass=st.sampled_from(["", "soldier"]), need=st.sampled_from(["", "en"]))
    def issue(self, number: str, klass: str, need: str) -> None:
        self.minute += 1
        self.queue.apply(*issued_as(number, f"{9 + self.minute // 60:02d}:{self.minute % 60:02d}", klass, need))

    @rule(number=tickets, window=windows, by=st.sampled_from(["system", "hand"]))
    def call(self, number: str, window: int, by: Any) -> None:
        self.tell(TicketCalled(f"20261123-{number}", "social", window, "1001", by))

    @rule(number=tickets, window=windows, what=st.sampled_from([0, 1, 2, 3, 4]))
    def go_on(self, number: str, window: int, what: int) -> None:
        ticket = f"20261123-{number}"
        self.tell(
            (
                TicketStarted(ticket, "social", window, "1001"),
                TicketServed(ticket, "social", window, "1001", ENVELOPE.at),
                TicketMissed(ticket, window, "1001"),
                TicketRejoined(ticket, window, "1001"),
                PriorityRefused(ticket, "soldier", window, "1001"),
            )[what]
        )

    @rule(number=tickets, window=windows, to=st.sampled_from([("tax", 0), ("", 4), ("", 3), ("social", 0)]))
    def send_on(self, number: str, window: int, to: tuple[str, int]) -> None:
        self.tell(TicketTransferred(f"20261123-{number}", window, "1001", *to))

    @rule(window=windows, all_of_them=st.booleans())
    def leave(self, window: int, all_of_them: bool) -> None:
        self.queue.back_in_line(window)
        self.queue.unbind(window, priority_only=not all_of_them)

    @rule()
    def same_day_again(self) -> None:
        self.queue.drop_before("2026-11-23")

    @invariant()
    def lines_are_the_waiting(self) -> None:
        waiting = sorted(c.ticket for c in self.queue.cards.values() if c.where == "waiting" and c.known)
        lines = [line for kinds in self.queue.lanes.lanes.values() for line in kinds.values()]
        assert sorted(ticket for line in lines for *_, ticket in line) == waiting
        assert all(line == sorted(line) for line in lines)
        assert {t for by in self.queue.by.values() for t in by} == set(self.queue.cards)
        assert sum(map(len, self.queue.by.values())) == len(self.queue.cards)


TestLines = Lines.TestCase
TestLines.settings = settings(derandomize=True, max_examples=40, stateful_step_count=25, deadline=None)
