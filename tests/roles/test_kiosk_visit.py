"""What a citizen can choose at the kiosk beside the service, and what the kiosk does when it gets late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

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
    HelpAsked,
    TicketIssued,
    Words,
)
from device.effects import Publish, Tapped
from drivers.events import LinkDown, Printed, Scanned
from screens.views import (
    KioskBooked,
    KioskBusy,
    KioskClasses,
    KioskClosing,
    KioskElsewhere,
    KioskHelp,
    KioskLookup,
    KioskPlace,
    KioskSorry,
    KioskStill,
    KioskTimes,
    Modes,
)
from tests.roles.at_kiosk import WHOLE, home, kiosk, touch
from tests.roles.front_desk import FrontDesk
from tests.roles.stage import DAY, MORNING, PLAN, Stage, facts, only, said

CLOSES = MORNING.replace(hour=12, minute=0).isoformat(timespec="seconds")


# --- priority and needs --------------------------------------------------------------------------------------


@pytest.mark.req("R032", "R221")
def test_a_priority_class_goes_into_the_question_and_onto_the_ticket() -> None:
    stage = kiosk()
    assert home(stage).priority
    page = touch(stage, "priority")
    assert isinstance(page, KioskClasses)
    assert [key.id for key in page.classes] == ["elderly", "sick"]
    touch(stage, "class:elderly", "done")
    assert home(stage).klass is not None
    effects = stage.send(Tapped("service:social"))
    (ask,) = said(effects, AskNumber)
    assert ask.klass == "elderly"
    given = AnswerNumber(only(effects, Publish).id, "given", "A012", DAY, 0, 0, klass="elderly")
    (issued,) = facts(stage.hear(given))
    assert isinstance(issued, TicketIssued)
    assert issued.klass == "elderly"


def test_a_class_touched_twice_is_given_up_and_one_nobody_defined_is_none() -> None:
    stage = kiosk()
    touch(stage, "priority", "class:elderly", "class:elderly", "class:king", "done")
    assert home(stage).klass is None


@pytest.mark.req("R054")
def test_somebody_can_ask_for_sign_language_and_the_ticket_says_so_without_the_line_too() -> None:
    stage = kiosk()
    touch(stage, "priority", "need:sign", "class:sick", "done")
    stage.send(LinkDown("gone"))
    issued = next(r for r in facts(stage.send(Tapped("service:social"))) if isinstance(r, TicketIssued))
    assert (issued.need, issued.klass, issued.source) == ("sign", "sick", "block")


def test_a_hall_without_classes_and_needs_shows_no_priority_key() -> None:
    assert not home(kiosk(PLAN)).priority


def test_the_next_citizen_is_nobodys_priority() -> None:
    stage = kiosk()
    touch(stage, "mode:large", "priority", "class:elderly", "done")
    request = only(stage.send(Tapped("service:social")), Publish).id
    stage.hear(AnswerNumber(request, "given", "A012", DAY, 0, 0, klass="elderly"))
    stage.send(Printed("20261123-A012"))
    assert getattr(stage.view(), "modes") == Modes(large=True)  # noqa: B009  of any page
    stage.wait(PLAN.rules.take_seconds)
    assert (home(stage).klass, home(stage).modes) == (None, Modes())
    assert said(stage.send(Tapped("service:social")), AskNumber)[0].klass == ""


# --- modes, groups, time-outs --------------------------------------------------------------------------------


@pytest.mark.req("R274")
@pytest.mark.parametrize("mode", ["large", "contrast", "low"])
def test_a_mode_holds_for_every_page_until_the_errand_ends(mode: str) -> None:
    stage, on = kiosk(), dict[str, Any]({mode: True})
    wanted = Modes(**on)
    for key in (f"mode:{mode}", "priority", "done", "lookup", "done", "help"):
        page: Any = touch(stage, key)  # every page of a kiosk has modes
        assert page.modes == wanted
    touch(stage, "done", f"mode:{mode}")
    assert home(stage).modes == Modes()


def test_a_mode_nobody_knows_changes_nothing() -> None:
    stage = kiosk()
    assert stage.send(Tapped("mode:upside-down")) == []


def test_whoever_does_nothing_is_asked_for_20_seconds_and_one_touch_goes_on() -> None:
    stage = kiosk()
    touch(stage, "lang:en", "mode:large", "priority")
    stage.wait(PLAN.rules.idle_seconds)
    asked = stage.view()
    assert isinstance(asked, KioskStill)
    assert (asked.lang, asked.seconds, asked.modes) == ("en", 20, Modes(large=True))
    stage.wait(19.9)
    assert isinstance(touch(stage, "stay"), KioskClasses)
    stage.wait(PLAN.rules.idle_seconds + 19.9)
    assert isinstance(stage.view(), KioskStill)
    stage.wait(0.2)
    assert (home(stage).lang, home(stage).modes) == ("zh", Modes())


@pytest.mark.parametrize("keys", [(), ("help",), ("mode:low", "mode:low"), ("elsewhere", "done")])
def test_a_kiosk_that_is_as_the_next_citizen_finds_it_asks_nobody(keys: tuple[str, ...]) -> None:
    stage = kiosk()
    touch(stage, *keys)
    stage.wait(600)
    home(stage)
    assert not [e for e in stage.effects if isinstance(getattr(e, "view", None), KioskStill)]


def test_pages_and_groups_turn_and_come_back() -> None:
    people = Words("民生", "People")
    grouped = {i: replace(s, group=people) for i, s in WHOLE.services.items()}
    stage = kiosk(replace(WHOLE, services=grouped))
    assert home(stage).services[0].group
    touch(stage, "more", "more", "group:民生")
    assert (home(stage).group, home(stage).page) == ("民生", 0)
    touch(stage, "more", "all")
    assert (home(stage).group, home(stage).page) == ("", 0)
    assert stage.send(Tapped("group:no such")) == []


@pytest.mark.req("R208")
def test_what_is_done_elsewhere_is_listed_with_place_and_phone() -> None:
    stage = kiosk()
    page = touch(stage, "elsewhere")
    assert isinstance(page, KioskElsewhere)
    assert [(p.name.zh, p.place.zh, p.phone) for p in page.places] == [("出入境", "公安局", "0452-5550110")]
    touch(stage, "done")
    assert home(stage).elsewhere
    assert not home(kiosk(PLAN)).elsewhere


def test_a_service_that_kiosks_do_not_offer_has_no_key() -> None:
    services = {**PLAN.services, "tax": replace(PLAN.services["tax"], offered=False)}
    stage = kiosk(replace(PLAN, services=services))
    assert [s.id for s in home(stage).services] == ["social"]
    assert not said(stage.send(Tapped("service:tax")), AskNumber)


# --- help ----------------------------------------------------------------------------------------------------


@pytest.mark.req("R021", "R209")
def test_help_is_called_at_the_first_touch_and_can_be_told_what_for() -> None:
    stage = kiosk()
    assert facts(stage.send(Tapped("help"))) == [HelpAsked("general")]
    assert isinstance(stage.view(), KioskHelp)
    assert facts(stage.send(Tapped("reason:medical"))) == [HelpAsked("medical")]
    assert facts(stage.send(Tapped("reason:medical"))) == []
    assert facts(stage.send(Tapped("reason:disability"))) == [HelpAsked("disability")]
    assert facts(stage.send(Tapped("reason:bored"))) == []
    touch(stage, "done")
    assert home(stage).notice == "kiosk.help_called"


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
    page = stage.view()
    assert isinstance(page, KioskClosing)
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
    times = stage.view()
    assert isinstance(times, KioskTimes)
    assert times.slots[0] == ("t0", "2026-11-23 13:30")  # never before the hall opens again
    assert len(times.slots) == 6
    effects = stage.send(Tapped("slot:t1"))
    (ask,) = said(effects, AskBooking)
    assert (ask.service, ask.source) == ("social", "on-site")
    asked = next(e.id for e in effects if isinstance(e, Publish))
    assert stage.send(Tapped("slot:t2")) == []  # one question at a time
    stage.hear(AnswerBooking(asked, "full"))
    again = stage.view()
    assert isinstance(again, KioskTimes)
    assert (again.taken, len(again.slots)) == (True, 5)
    asked = next(e.id for e in stage.send(Tapped("slot:t2")) if isinstance(e, Publish))
    stage.hear(AnswerBooking(asked, "booked", "482913", "2026-11-24T08:30:00+08:00", "2026-11-24T09:30:00+08:00"))
    booked = stage.view()
    assert isinstance(booked, KioskBooked)
    assert (booked.code, booked.at, booked.until) == ("482913", "2026-11-24 08:30", "2026-11-24 09:30")


@pytest.mark.req("R180")
def test_without_the_line_the_kiosk_makes_the_appointment_itself() -> None:
    stage = kiosk()
    late(stage)
    touch(stage, "choose:appointment")
    stage.send(LinkDown("gone"))
    (made,) = facts(stage.send(Tapped("slot:t0")))
    assert isinstance(made, AppointmentBooked)
    booked = stage.view()
    assert isinstance(booked, KioskBooked)
    assert booked.code == made.code
    assert len(made.code) == 6


def test_an_answer_about_an_appointment_that_does_not_come_leaves_help_and_no_second_question() -> None:
    stage = kiosk()
    late(stage)
    touch(stage, "choose:appointment", "slot:t0")
    stage.wait(2)
    page = stage.view()
    assert isinstance(page, KioskTimes)
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
    page = stage.view()
    assert isinstance(page, KioskLookup)
    assert (page.code, page.entry) == (True, "48291")
    touch(stage, "type:3")
    assert home(stage).checkin
    assert said(stage.send(Tapped("service:social")), AskNumber)[0].appointment == "482913"


def test_a_code_that_is_not_for_this_service_sends_nobody_away() -> None:
    stage = kiosk()
    stage.send(Scanned("482913"))
    request = only(stage.send(Tapped("service:tax")), Publish).id
    stage.hear(AnswerNumber(request, "unknown"))
    page = stage.view()
    assert isinstance(page, KioskPlace)
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
    page = stage.view()
    assert isinstance(page, KioskSorry)
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
    page = stage.view()
    assert isinstance(page, KioskSorry)
    assert (page.opens, page.hours) == ("2026-11-24 08:30", "08:30-12:00 13:30-17:30")
