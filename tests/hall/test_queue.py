"""First come, first served, whatever order the records arrive in."""

from __future__ import annotations

from device.contract.messages import (
    Envelope,
    Record,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketRejoined,
    TicketServed,
    TicketStarted,
    TicketTransferred,
)
from device.hall.queue import Queue
from tests.roles.stage import uid

A, B = frozenset({"social"}), frozenset({"tax"})


def issued(number: str, at: str, service: str = "social", clock: str = "synced") -> tuple[Envelope, Record]:
    trust = "synced" if clock == "synced" else "floor"
    envelope = Envelope(uid(int(number[1:])), f"2026-11-23T{at}:00+08:00", trust, "kiosk-1", seq=1, journal=uid(9))  # type: ignore[arg-type]
    return envelope, TicketIssued(uid(1), f"20261123-{number}", number, "2026-11-23", service, "online")


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
