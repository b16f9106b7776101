"""A whole morning told in seconds: citizens come, staff serve, and what must be true at noon is true."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime

import pytest

from device.contract.messages import RatingGiven, RatingInvited, RatingNone, TicketCalled, TicketIssued
from device.moment import HALL_TIME
from tests.helpers.chains import chained
from tests.helpers.table import HallOnATable
from tests.scenarios.people import Citizens, Clerk

OPENING = datetime(2026, 11, 23, 8, 30, tzinfo=HALL_TIME)
SERVICES = ("social", "household", "permits")


def morning(seed: int) -> tuple[HallOnATable, Citizens]:
    """40 visitors until half past ten, two windows until all are served."""
    hall = HallOnATable(OPENING, seed=seed)
    dice = random.Random(seed)
    hall.pass_time(3)
    for number, staff in ((3, "1001"), (4, "1002")):
        Clerk(hall, dice, f"window-{number}", f"evaluator-{number}", staff, until=3.4 * 3600).begin()
    citizens = Citizens(hall, dice)
    citizens.come(40, 2 * 3600, SERVICES)
    return hall, citizens


def must_be_true(hall: HallOnATable, citizens: Citizens) -> None:
    """Of every morning, whatever happened in it."""
    issued = hall.records("ticket.issued")
    numbers = [record.number for record in issued if isinstance(record, TicketIssued)]
    assert len(numbers) == len(set(numbers)), "a number was given twice"
    assert set(citizens.took) <= set(numbers), "somebody holds a number that nobody knows of"
    settled = Counter(getattr(record, "ticket", "") for record in hall.records("ticket.served", "ticket.missed"))
    assert set(settled) == {getattr(record, "ticket", "") for record in issued}, "somebody was forgotten"
    assert set(settled.values()) == {1}, "somebody was served twice"
    invited = [e.id for e, record in hall.entries() if isinstance(record, RatingInvited)]
    rated = Counter(r.invitation for r in hall.records() if isinstance(r, RatingGiven | RatingNone))
    assert rated == Counter(invited), "each invitation ends in exactly one record"
    assert hall.unsent() == 0, "something waits for its receipt"
    chained(hall)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_morning_with_40_visitors(seed: int) -> None:
    hall, citizens = morning(seed)
    hall.until("12:30")
    assert len(citizens.took) == 40
    must_be_true(hall, citizens)
    online = [r for r in hall.records("ticket.issued") if isinstance(r, TicketIssued) and r.source == "online"]
    assert len(online) == 40


@pytest.mark.req("R023")
def test_on_a_quiet_morning_nobody_is_called_before_somebody_who_came_earlier_for_the_same() -> None:
    hall, _ = morning(7)
    hall.until("12:30")
    came = {r.ticket: n for n, r in enumerate(hall.records("ticket.issued")) if isinstance(r, TicketIssued)}
    by_service: dict[str, list[int]] = {}
    for record in hall.records("ticket.called"):
        assert isinstance(record, TicketCalled)
        by_service.setdefault(record.service, []).append(came[record.ticket])
    assert all(order == sorted(order) for order in by_service.values())
    assert set(by_service) == set(SERVICES)


@pytest.mark.parametrize("seed", [11, 12])
def test_a_morning_in_which_everything_fails_once(seed: int) -> None:
    hall, citizens = morning(seed)
    hall.until("08:50")
    hall.broker.down(forget=True)
    hall.until("09:00")
    hall.broker.up()
    hall.until("09:10")
    hall.cut_power("coordinator")
    hall.pass_time(90)
    hall.boot("coordinator")
    hall.until("09:20")
    hall.cut_power("desk-3")
    hall.pass_time(40)
    hall.boot("desk-3")
    hall.until("09:30")
    printer = hall.parts("kiosk-1").printer
    assert printer is not None
    printer.set_fault("paper-out")
    hall.pass_time(180)
    printer.set_fault("")
    hall.until("09:40")
    hall.cut_power("kiosk-1")
    hall.pass_time(30)
    hall.boot("kiosk-1")
    hall.broker.cut("kiosk-1")
    hall.until("09:50")
    hall.broker.mend("kiosk-1")
    hall.broker.cut("window-4")
    hall.broker.cut("evaluator-4")
    hall.pass_time(240)
    hall.broker.mend("window-4")
    hall.broker.mend("evaluator-4")
    hall.until("12:40")
    assert len(citizens.took) >= 39  # one may have stood at the kiosk when its power went
    sources = {record.source for record in hall.records("ticket.issued") if isinstance(record, TicketIssued)}
    assert sources == {"online", "block"}
    must_be_true(hall, citizens)


@pytest.mark.parametrize("seed", [21, 22])
def test_a_morning_on_a_wire_that_loses_doubles_and_delays(seed: int) -> None:
    dice = random.Random(seed)

    def bad(_device: str, _topic: str, _payload: bytes) -> tuple[float, ...]:
        luck = dice.random()
        return () if luck < 0.03 else (0.01, 0.4) if luck < 0.1 else (0.3,) if luck < 0.15 else (0.01,)

    hall, citizens = morning(seed)
    hall.broker.toward = hall.broker.from_ = bad
    hall.until("11:20")
    hall.broker.toward = hall.broker.from_ = lambda *_: (0.0,)
    hall.broker.down()  # nobody who stays connected misses what such a wire swallowed; a real one loses with the line
    hall.broker.up()
    hall.until("12:50")
    must_be_true(hall, citizens)
