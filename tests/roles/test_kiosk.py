"""The ticket kiosk: one touch, one ticket, one number that stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from device.contract.messages import (
    AnswerBlock,
    AnswerNumber,
    AskBlock,
    AskNumber,
    Block,
    DeviceState,
    HallService,
    HelpAsked,
    TicketIssued,
    TicketPrinted,
    TicketPrintFailed,
    TicketPrintUnknown,
)
from device.effects import Keep, Print, Publish, Remember, Tapped
from device.hall.calendar import Calendar
from device.roles.kiosk import Kiosk
from drivers.events import LinkDown, LinkUp, Printed, PrinterReport, PrintFailed, PrintUnknown
from screens.ticket import void
from screens.views import KioskBusy, KioskHome, KioskNoPaper, KioskSorry, KioskTake
from tests.roles.stage import DAY, MORNING, PLAN, Stage, facts, only, said, uid

BLOCKS = (Block("A", DAY, 600, 699), Block("B", DAY, 600, 602))


def kiosk(*, link: bool = True, blocks: tuple[Block, ...] = BLOCKS) -> Stage:
    stage = Stage(Kiosk("kiosk-1", PLAN))
    stage.began()
    stage.send(PrinterReport(ready=True))
    if link or blocks:
        stage.send(LinkUp())
        stage.hear(AnswerBlock(uid(1), blocks))
    if not link:
        stage.send(LinkDown("gone"))
    return stage


def touch(stage: Stage, service: str = "social") -> str:
    """Touch a service; the request's id comes back."""
    effects = stage.send(Tapped(f"service:{service}"))
    return only(effects, Publish).id


def given(request: str, number: str = "A012", ahead: int = 4) -> AnswerNumber:
    return AnswerNumber(request, "given", number, DAY, ahead, 16, most=20)


@pytest.mark.req("R021", "R148")
def test_a_touch_becomes_a_committed_printed_ticket() -> None:
    stage = kiosk()
    request = touch(stage)
    assert isinstance(stage.view(), KioskBusy)
    effects = stage.hear(given(request))
    (issued,) = facts(effects)
    assert issued == TicketIssued(request, "20261123-A012", "A012", DAY, "social", "online")
    assert only(effects, Print).job == "20261123-A012"
    assert effects.index(only(effects, Remember)) < effects.index(only(effects, Print))
    assert facts(stage.send(Printed("20261123-A012"))) == [TicketPrinted("20261123-A012")]
    view = stage.page(KioskTake)
    assert (view.number, view.ahead, view.minutes, view.most) == ("A012", 4, 16, 20)
    stage.wait(PLAN.rules.take_seconds)
    assert isinstance(stage.view(), KioskHome)


def test_a_second_tap_while_waiting_does_not_take_a_second_number() -> None:
    stage = kiosk()
    request = touch(stage)
    assert not said(stage.send(Tapped("service:social")), AskNumber)
    stage.hear(given(request))
    assert not stage.send(Tapped("service:tax"))
    assert not facts(stage.hear(given(request)))  # the same answer delivered twice
    stage.send(Printed("20261123-A012"))
    assert not said(stage.send(Tapped("service:tax")), AskNumber)  # the paper is not taken yet
    assert [r.number for r in facts(stage.effects) if isinstance(r, TicketIssued)] == ["A012"]


@pytest.mark.req("R036")
def test_when_nobody_answers_in_time_the_number_comes_from_the_kiosks_own_block() -> None:
    stage = kiosk()
    touch(stage)
    assert not facts(stage.wait(0.39))
    (issued,) = [r for r in facts(stage.wait(0.02)) if isinstance(r, TicketIssued)]
    assert (issued.number, issued.source) == ("A600", "block")


def test_an_answer_that_comes_too_late_takes_no_second_number() -> None:
    stage = kiosk()
    request = touch(stage)
    stage.wait(0.5)
    assert not stage.hear(given(request))
    assert len([r for r in facts(stage.effects) if isinstance(r, TicketIssued)]) == 1


def test_without_a_line_the_kiosk_does_not_wait_at_all() -> None:
    stage = kiosk(link=False)
    effects = stage.send(Tapped("service:social"))
    assert isinstance(facts(effects)[0], TicketIssued)
    assert not said(effects, AskNumber)


def test_numbers_from_the_block_rise_and_are_spent_once_even_over_a_restart() -> None:
    stage = kiosk(link=False)
    for number in ("B600", "B601"):
        stage.send(Tapped("service:tax"))
        stage.send(Printed(f"20261123-{number}"))
        stage.send(Tapped("done"))
    again = Stage(Kiosk("kiosk-1", PLAN))
    again.kept = dict(stage.kept)
    again.began()
    again.send(PrinterReport(ready=True))
    (issued,) = [r for r in facts(again.send(Tapped("service:tax"))) if isinstance(r, TicketIssued)]
    assert issued.number == "B602"


def test_a_used_up_block_is_said_and_nobody_is_sent_away() -> None:
    stage = kiosk(link=False, blocks=(Block("A", DAY, 600, 600),))
    stage.send(Tapped("service:social"))
    stage.send(Printed("20261123-A600"))
    stage.send(Tapped("done"))
    assert not facts(stage.send(Tapped("service:social")))
    view = stage.page(KioskSorry)
    assert (view.why, view.others[0].zh, view.retry) == ("lost", "西门", True)


def test_a_clock_set_back_over_midnight_gives_no_number_of_a_day_that_is_over() -> None:
    stage = kiosk(link=False, blocks=(*BLOCKS, Block("A", "2026-11-22", 600, 699)))
    stage.send(Tapped("service:social"))
    stage.send(Printed("20261123-A600"))
    stage.send(Tapped("done"))
    stage.wall = MORNING.replace(day=22)
    (issued,) = [r for r in facts(stage.send(Tapped("service:social"))) if isinstance(r, TicketIssued)]
    assert issued.ticket == "20261123-A601"


@pytest.mark.req("R150")
@pytest.mark.parametrize("hours", [-30, -12, 12, 30])
def test_a_clock_that_is_set_wrong_while_the_kiosk_runs_makes_no_other_day_and_closes_nothing(hours: int) -> None:
    stage = kiosk(link=False)
    stage.wall += timedelta(hours=hours)
    (issued,) = facts(stage.send(Tapped("service:social")))
    assert isinstance(issued, TicketIssued)
    assert (issued.day, issued.number) == (DAY, "A600")


def test_without_paper_no_number_is_taken_and_another_kiosk_is_named() -> None:
    stage = kiosk()
    stage.send(PrinterReport(ready=False, code="paper-out"))
    view = stage.page(KioskSorry)
    assert (view.why, [o.zh for o in view.others]) == ("paper", ["西门"])
    assert not said(stage.send(Tapped("service:social")), AskNumber)
    stage.send(PrinterReport(ready=True))
    assert isinstance(stage.view(), KioskHome)


def test_a_ticket_that_did_not_print_keeps_its_number_and_is_shown_it() -> None:
    stage = kiosk()
    stage.hear(given(touch(stage)))
    assert facts(stage.send(PrintFailed("20261123-A012", "paper-out"))) == [
        TicketPrintFailed("20261123-A012", "paper-out")
    ]
    view = stage.page(KioskNoPaper)
    assert (view.number, view.sure) == ("A012", True)


def test_a_silent_printer_is_unknown_and_never_called_printed() -> None:
    stage = kiosk()
    stage.send(PrinterReport(ready=False, code="silent"))
    stage.hear(given(touch(stage)))
    assert facts(stage.send(PrintUnknown("20261123-A012", "silent"))) == [TicketPrintUnknown("20261123-A012", "silent")]
    view = stage.page(KioskNoPaper)
    assert not view.sure


def test_a_power_cut_between_number_and_paper_tells_the_number_and_prints_no_second_ticket() -> None:
    stage = kiosk()
    stage.hear(given(touch(stage)))
    again = Stage(Kiosk("kiosk-1", PLAN))
    again.kept = dict(stage.kept)
    effects = again.began()
    assert facts(effects) == [TicketPrintUnknown("20261123-A012", "restart")]
    assert only(effects, Print).document == void()  # what lies half printed on the roll is marked and cut off
    assert isinstance(again.view(), KioskNoPaper)
    third = Stage(Kiosk("kiosk-1", PLAN))
    third.kept = dict(again.kept)
    assert not facts(third.began())


def test_another_jobs_outcome_changes_nothing() -> None:
    stage = kiosk()
    stage.hear(given(touch(stage)))
    assert not stage.send(Printed("20261123-A011"))
    assert isinstance(stage.view(), KioskBusy)


@pytest.mark.req("R145")
def test_the_language_chosen_follows_the_ticket_and_ends_with_the_citizen() -> None:
    stage = kiosk()
    stage.send(Tapped("lang:en"))
    request = touch(stage)
    assert said(stage.last, AskNumber)[0].lang == "en"
    (issued,) = facts(stage.hear(given(request)))
    assert isinstance(issued, TicketIssued)
    assert issued.lang == "en"
    stage.send(Printed("20261123-A012"))
    stage.send(Tapped("done"))
    home = stage.page(KioskHome)
    assert home.lang == "zh"


def test_a_forgotten_language_goes_back_to_the_halls_own() -> None:
    stage = kiosk()
    stage.send(Tapped("lang:en"))
    stage.wait(PLAN.rules.idle_seconds + PLAN.rules.warn_seconds)
    home = stage.page(KioskHome)
    assert home.lang == "zh"


@pytest.mark.req("R021")
def test_the_help_key_calls_once_however_often_it_is_pressed() -> None:
    stage = kiosk()
    assert facts(stage.send(Tapped("help"))) == [HelpAsked()]
    assert not facts(stage.send(Tapped("help")))
    stage.send(Tapped("done"))
    assert not facts(stage.send(Tapped("help")))
    stage.wait(20)
    stage.send(Tapped("done"))
    assert facts(stage.send(Tapped("help"))) == [HelpAsked()]


def test_the_kiosk_asks_for_blocks_until_it_has_some_and_again_every_hour() -> None:
    stage = Stage(Kiosk("kiosk-1", PLAN))
    stage.began()
    assert len(said(stage.send(LinkUp()), AskBlock)) == 1
    assert len(said(stage.wait(30), AskBlock)) == 1
    effects = stage.hear(AnswerBlock(uid(1), BLOCKS))
    assert any(isinstance(e, Keep) and e.key == "reserve" for e in effects)
    assert not said(stage.wait(3500), AskBlock)
    assert len(said(stage.wait(110), AskBlock)) == 1


def test_a_coordinator_that_comes_up_after_the_kiosk_is_asked_for_blocks_at_once() -> None:
    stage = Stage(Kiosk("kiosk-1", PLAN))
    stage.began()
    stage.send(LinkUp())
    assert len(said(stage.hear(DeviceState("coordinator", "1", "", "ready")), AskBlock)) == 1
    assert not said(stage.hear(DeviceState("coordinator", "1", "", "offline")), AskBlock)
    stage.hear(AnswerBlock(uid(1), BLOCKS))
    assert not said(stage.hear(DeviceState("coordinator", "1", "", "ready")), AskBlock)


def test_outside_opening_hours_the_hours_are_shown_unless_the_clock_is_not_trusted() -> None:
    stage = Stage(Kiosk("kiosk-1", PLAN), wall=MORNING.replace(hour=20))
    stage.began()
    stage.send(PrinterReport(ready=True))
    view = stage.page(KioskSorry)
    assert (view.why, view.hours) == ("closed", "08:30-12:00 13:30-17:30")
    unsure = Stage(Kiosk("kiosk-1", PLAN), wall=MORNING.replace(hour=20), clock="floor")
    unsure.began()
    unsure.send(PrinterReport(ready=True))
    assert isinstance(unsure.view(), KioskHome)


def test_when_little_paper_is_left_nothing_changes_for_citizens() -> None:
    stage = kiosk()
    assert not stage.send(PrinterReport(ready=True, low=True))
    assert isinstance(stage.view(), KioskHome)


def test_waiting_numbers_older_than_what_is_known_are_passed_over_and_none_are_shown_without_a_line() -> None:
    stage = kiosk()
    stage.hear(HallService("social", 7, 5, 20, True))
    stage.hear(HallService("social", 6, 1, 1, True))
    home = stage.page(KioskHome)
    assert home.services[0].waiting == 5
    stage.send(LinkDown("gone"))
    home = stage.page(KioskHome)
    assert home.services[0].waiting is None


@pytest.mark.req("R055", "R116")
def test_a_kiosk_that_gives_no_tickets_shows_the_hours_of_the_day_as_the_calendar_has_them() -> None:
    summer = Calendar(seasons=(((5, 1), ((510, 720), (840, 1080))), ((10, 1), ((510, 720), (810, 1050)))))
    stage = Stage(Kiosk("kiosk-1", replace(PLAN, calendar=summer)), wall=MORNING.replace(month=7, day=1, hour=13))
    stage.began()
    view = stage.page(KioskSorry)
    assert view.hours == "08:30-12:00 14:00-18:00"
