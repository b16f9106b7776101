"""What a citizen is told and can choose when the hall closes soon or is closed, and appointments."""

from __future__ import annotations

from datetime import timedelta

import pytest

from device.contract.messages import (
    AnswerBooking,
    AnswerNumber,
    AppointmentBooked,
    AskBooking,
    AskNumber,
    ChoiceMade,
    EstimateShown,
    HallService,
    TicketIssued,
)
from device.effects import Publish, Tapped
from drivers.events import LinkDown, Scanned
from screens.views import KioskBooked, KioskBusy, KioskClosing, KioskLookup, KioskPlace, KioskSorry, KioskTimes
from tests.roles.at_kiosk import WHOLE, home, kiosk, touch
from tests.roles.front_desk import FrontDesk
from tests.roles.stage import DAY, MORNING, Stage, facts, only, said

CLOSES = MORNING.replace(hour=12, minute=0).isoformat(timespec="seconds")


# --- near closing --------------------------------------------------------------------------------------------


def late(stage: Stage, minutes: int = 40, *, before: int = 20, most: int = 0) -> str:
    """So many minutes before the end somebody touches a service for which one waits so long. The request's id."""
    stage.wall = MORNING.replace(hour=12, minute=0) - timedelta(minutes=before)
    stage.hear(HallService("social", 1, 5, minutes, True, CLOSES, most))
    effects = stage.send(Tapped("service:social"))
    shown = next((r for r in facts(effects) if isinstance(r, EstimateShown)), None)
    assert not said(effects, AskNumber) or shown is None
    return shown.request if shown else ""


@pytest.mark.req("R242", "R243", "R244")
def test_near_closing_the_forecast_is_shown_and_recorded_and_the_choice_is_the_citizens() -> None:
    stage = kiosk()
    request = late(stage, most=55)
    page = stage.page(KioskClosing)
    assert (page.waiting, page.minutes, page.most, page.closes, page.appointment) == (5, 40, 55, "12:00", True)
    assert EstimateShown(request, "social", 5, 40, CLOSES, 55) in facts(stage.effects)
    effects = stage.send(Tapped("choose:wait"))
    assert facts(effects) == [ChoiceMade(request, "social", "wait")]
    asks = [e for e in effects if isinstance(e, Publish) and isinstance(e.body, AskNumber)]
    assert [ask.id for ask in asks] == [request]  # the number can be laid beside the forecast
    assert isinstance(stage.view(), KioskBusy)


@pytest.mark.req("R243")
def test_a_forecast_beyond_closing_is_told_however_early() -> None:
    stage = kiosk()
    assert late(stage, 130, before=120)
    assert not late(kiosk(), 40, before=120)
    assert late(kiosk(), 100, before=120, most=130)  # one wait in ten would go beyond it
    assert not late(kiosk(), 100, before=120, most=110)


@pytest.mark.req("R244")
def test_to_give_up_is_recorded_and_nothing_is_given() -> None:
    stage = kiosk()
    request = late(stage)
    effects = stage.send(Tapped("choose:leave"))
    assert facts(effects) == [ChoiceMade(request, "social", "leave")]
    assert not said(effects, AskNumber)
    home(stage)


@pytest.mark.req("R246", "R061", "R180")
def test_an_appointment_is_asked_for_and_its_code_shown_with_how_late_one_may_come() -> None:
    stage = kiosk()
    request = late(stage)
    assert ChoiceMade(request, "social", "appointment") in facts(stage.send(Tapped("choose:appointment")))
    times = stage.page(KioskTimes)
    assert times.slots[0] == ("t0", "2026-11-23 13:30")  # never before the hall opens again
    assert len(times.slots) == 6
    effects = stage.send(Tapped("slot:t1"))
    (ask,) = said(effects, AskBooking)
    assert (ask.service, ask.source) == ("social", "on-site")
    asked = next(e.id for e in effects if isinstance(e, Publish))
    assert stage.send(Tapped("slot:t2")) == []  # one question at a time
    stage.hear(AnswerBooking(asked, "full"))
    again = stage.page(KioskTimes)
    assert (again.taken, len(again.slots)) == (True, 5)
    asked = next(e.id for e in stage.send(Tapped("slot:t2")) if isinstance(e, Publish))
    stage.hear(AnswerBooking(asked, "booked", "482913", "2026-11-24T08:30:00+08:00", "2026-11-24T09:30:00+08:00"))
    booked = stage.page(KioskBooked)
    assert (booked.code, booked.at, booked.until) == ("482913", "2026-11-24 08:30", "2026-11-24 09:30")


@pytest.mark.req("R180")
def test_without_the_line_the_kiosk_makes_the_appointment_itself() -> None:
    stage = kiosk()
    late(stage)
    touch(stage, "choose:appointment")
    stage.send(LinkDown("gone"))
    (made,) = facts(stage.send(Tapped("slot:t0")))
    assert isinstance(made, AppointmentBooked)
    booked = stage.page(KioskBooked)
    assert booked.code == made.code
    assert len(made.code) == 6


def test_an_answer_about_an_appointment_that_does_not_come_leaves_help_and_no_second_question() -> None:
    stage = kiosk()
    late(stage)
    touch(stage, "choose:appointment", "slot:t0")
    stage.wait(2)
    page = stage.page(KioskTimes)
    assert page.slots == ()


def test_what_the_coordinator_says_of_a_time_is_what_the_kiosk_offered() -> None:
    desk, stage = FrontDesk(plan=WHOLE), kiosk()
    late(stage)
    touch(stage, "choose:appointment")
    effects = stage.send(Tapped("slot:t3"))
    asked = next(e for e in effects if isinstance(e, Publish))
    assert isinstance(asked.body, AskBooking)
    answer = desk.ask(asked.body, "kiosk-1", asked.id)
    assert isinstance(answer, AnswerBooking)
    assert answer.outcome == "booked"
    stage.hear(answer)
    assert isinstance(stage.view(), KioskBooked)


# --- appointments checked in ---------------------------------------------------------------------------------


@pytest.mark.req("R181")
def test_an_appointments_code_is_checked_in_with_the_service_it_is_for() -> None:
    stage = kiosk()
    stage.send(Scanned("482913"))
    assert home(stage).checkin
    effects = stage.send(Tapped("service:social"))
    (ask,) = said(effects, AskNumber)
    assert ask.appointment == "482913"
    slot = f"{DAY}T10:00:00+08:00"
    request = next(e.id for e in effects if isinstance(e, Publish))
    (issued,) = facts(stage.hear(AnswerNumber(request, "given", "A012", DAY, klass="appointment", slot=slot)))
    assert isinstance(issued, TicketIssued)
    assert (issued.klass, issued.slot) == ("appointment", slot)


@pytest.mark.req("R061", "R181")
def test_an_appointments_code_can_be_keyed_in() -> None:
    stage = kiosk()
    touch(stage, "lookup", "checkin", *(f"type:{digit}" for digit in "4829"), "back", "type:x", "type:9", "type:1")
    page = stage.page(KioskLookup)
    assert (page.code, page.entry) == (True, "48291")
    touch(stage, "type:3")
    assert home(stage).checkin
    assert said(stage.send(Tapped("service:social")), AskNumber)[0].appointment == "482913"


def test_a_code_that_is_not_for_this_service_sends_nobody_away() -> None:
    stage = kiosk()
    stage.send(Scanned("482913"))
    request = only(stage.send(Tapped("service:tax")), Publish).id
    stage.hear(AnswerNumber(request, "unknown"))
    page = stage.page(KioskPlace)
    assert page.what == "appointment"
    touch(stage, "done")
    assert not home(stage).checkin


def tell_time(stage: Stage, hour: int, minute: int = 0) -> None:
    """The coordinator says what the time is."""
    stage.wall = MORNING.replace(hour=hour, minute=minute)
    stage.hear(HallService("tax", 1, 0, 0, False))


# --- closed --------------------------------------------------------------------------------------------------


@pytest.mark.req("R217")
def test_what_is_always_open_can_be_had_at_a_closed_kiosk_and_nothing_else() -> None:
    stage = kiosk()
    tell_time(stage, 12, 30)
    page = stage.page(KioskSorry)
    assert ([s.id for s in page.still], page.opens) == (["unsolved"], "2026-11-23 13:30")
    assert not said(stage.send(Tapped("service:social")), AskNumber)
    assert said(stage.send(Tapped("service:unsolved")), AskNumber)


@pytest.mark.req("R217")
def test_the_coordinator_gives_numbers_for_it_when_the_hall_is_closed() -> None:
    desk = FrontDesk(plan=WHOLE, wall=MORNING.replace(hour=12, minute=30))
    assert desk.take("unsolved") == "C001"
    assert desk.take("social") == "closed"
    assert desk.service("unsolved").open
    assert not desk.service("social").open


def test_a_closed_kiosk_says_when_it_opens_on_another_day() -> None:
    stage = kiosk()
    tell_time(stage, 20)
    page = stage.page(KioskSorry)
    assert (page.opens, page.hours) == ("2026-11-24 08:30", "08:30-12:00 13:30-17:30")
