"""A ticket that did not come out: its number stands, and one marked paper follows as soon as there can be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from device.contract.messages import (
    AnswerBlock,
    AnswerNumber,
    Block,
    HallCall,
    HallWindow,
    TicketIssued,
    TicketPrinted,
    TicketPrintFailed,
    TicketPrintUnknown,
    Words,
)
from device.effects import Effect, Keep, Print, Publish, Tapped
from device.roles.errand import REPRINTS, Errand
from device.roles.kiosk import Kiosk
from drivers.events import LinkUp, Printed, PrinterReport, PrintFailed, PrintUnknown
from screens.document import Document, Line, Pair
from screens.ticket import void
from screens.views import KioskBusy, KioskHome, KioskNoPaper, KioskSorry, KioskTake
from tests.roles.stage import DAY, MORNING, PLAN, Stage, facts, only, uid

TICKET = "20261123-A012"
READY = PrinterReport(ready=True)
NO_PAPER = PrinterReport(ready=False, code="paper-out")
LIMIT = PLAN.rules.reprint_seconds


def begun(kept: dict[str, str] | None = None) -> Stage:
    stage = Stage(Kiosk("kiosk-1", PLAN))
    stage.kept = dict(kept or {})
    stage.began()
    return stage


def printing() -> Stage:
    """A kiosk that has given its first number and prints it."""
    stage = begun()
    stage.send(READY)
    stage.send(LinkUp())
    stage.hear(AnswerBlock(uid(1), (Block("A", DAY, 600, 699),)))
    request = only(stage.send(Tapped("service:social")), Publish).id
    stage.hear(AnswerNumber(request, "given", "A012", DAY, 4, 16))
    return stage


def owing() -> Stage:
    """And the paper ran out in the middle."""
    stage = printing()
    stage.send(NO_PAPER)
    stage.send(PrintFailed(TICKET, "paper-out"))
    return stage


def again(kept: dict[str, str], later: float) -> Stage:
    """The kiosk's next life, so many seconds later."""
    stage = Stage(Kiosk("kiosk-1", PLAN))
    stage.kept = dict(kept)
    stage.wall += timedelta(seconds=later)
    stage.began()
    return stage


def printed(effects: list[Effect]) -> list[Document]:
    return [effect.document for effect in effects if isinstance(effect, Print)]


def text(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Line))


@pytest.mark.req("R150")
def test_after_the_roll_is_changed_one_ticket_comes_out_marked_as_a_reprint_with_the_same_number() -> None:
    stage = owing()
    view = stage.page(KioskNoPaper)
    assert (view.number, view.sure) == ("A012", True)
    stage.wait(20)
    (document,) = printed(stage.send(READY))
    assert "重印" in text(document)
    assert "A012" in text(document)
    assert not any(isinstance(block, Pair) and "4" in block.right for block in document.blocks), "nobody counted anew"
    assert isinstance(stage.view(), KioskBusy)
    assert facts(stage.send(Printed(f"{TICKET} again 1"))) == [TicketPrinted(TICKET, reprint=True)]
    take = stage.page(KioskTake)
    assert (take.number, take.ahead, take.minutes) == ("A012", None, None)
    assert not printed(stage.send(READY)), "one, and no more"
    assert len([r for r in facts(stage.effects) if isinstance(r, TicketIssued)]) == 1


def test_a_reprint_says_when_the_number_was_given_and_not_when_it_was_printed() -> None:
    stage = owing()
    stage.wait(300)
    (document,) = printed(stage.send(READY))
    assert any(isinstance(block, Pair) and block.right == "2026-11-23 09:30" for block in document.blocks)


def test_it_comes_out_although_the_page_that_told_of_it_is_gone_and_nobody_else_can_take_a_number_meanwhile() -> None:
    stage = owing()
    stage.wait(PLAN.rules.idle_seconds)
    sorry = stage.page(KioskSorry)
    assert sorry.why == "paper"
    assert not facts(stage.send(Tapped("service:tax")))
    assert len(printed(stage.send(READY))) == 1


def test_the_page_of_a_reprint_is_not_taken_away_by_the_clock_of_the_page_before() -> None:
    stage = owing()
    stage.wait(PLAN.rules.idle_seconds - 1)
    stage.send(READY)
    stage.wait(2)
    assert isinstance(stage.view(), KioskBusy)


def test_whoever_touches_the_page_knows_the_number_and_wants_no_paper() -> None:
    stage = owing()
    stage.send(Tapped("done"))
    assert "owed" not in stage.kept
    assert not printed(stage.send(READY))
    assert isinstance(stage.view(), KioskHome)


@pytest.mark.parametrize(
    "called",
    [
        HallCall(TICKET, 3, Words("一楼A区"), 1, "2026-11-23T09:31:00+08:00"),
        HallWindow(3, 7, "serving", ticket=TICKET),
    ],
)
def test_a_number_that_is_at_the_window_by_now_gets_no_paper_any_more(called: HallCall | HallWindow) -> None:
    stage = owing()
    stage.hear(HallWindow(4, 6, "serving", ticket="20261123-B001"))
    assert "owed" in stage.kept
    stage.hear(called)
    assert "owed" not in stage.kept
    assert not printed(stage.send(READY))


def test_after_ten_minutes_nobody_waits_for_paper_any_more() -> None:
    stage = owing()
    stage.wait(LIMIT - 1)
    assert "owed" in stage.kept
    stage.wait(2)
    assert "owed" not in stage.kept
    assert not printed(stage.send(READY))


def test_the_ticket_of_a_day_that_is_over_is_not_printed() -> None:
    stage = owing()
    stage.wall += timedelta(hours=20)
    stage.hear(HallWindow(3, 7, "open"))  # the coordinator's time names the day
    assert not printed(stage.send(READY))
    assert "owed" not in stage.kept
    generous = replace(PLAN, rules=replace(PLAN.rules, reprint_seconds=1_000_000))
    errand = Errand("", PLAN.services["social"], "zh", TICKET, since=MORNING)
    assert errand.owed(MORNING.replace(hour=23), generous) > 0
    assert errand.owed(MORNING.replace(day=24, hour=4, minute=1), generous) == 0


def test_a_ticket_that_may_have_come_out_is_not_printed_again_for_there_would_be_two() -> None:
    stage = printing()
    stage.send(PrintUnknown(TICKET, "unplugged"))
    assert "owed" not in stage.kept
    assert not printed(stage.send(READY))


def test_a_power_cut_while_paper_is_out_does_not_take_the_ticket_from_the_citizen() -> None:
    stage = again(owing().kept, later=60)
    view = stage.page(KioskNoPaper)
    assert (view.number, view.sure) == ("A012", True)
    assert not printed(stage.send(NO_PAPER))
    (document,) = printed(stage.send(READY))
    assert "重印" in text(document)


def test_after_a_long_night_without_power_the_ticket_is_forgotten() -> None:
    stage = again(owing().kept, later=LIMIT + 1)
    assert "owed" not in stage.kept
    assert not printed(stage.send(READY))
    assert isinstance(stage.view(), KioskHome)


def test_a_power_cut_in_the_middle_of_a_reprint_ends_it_for_nobody_knows_whether_it_came_out() -> None:
    stage = owing()
    effects = stage.send(READY)
    assert {effect.key: effect.value is None for effect in effects if isinstance(effect, Keep)} == {
        "owed": True,
        "printing": False,
    }
    stage = again(stage.kept, later=5)
    assert facts(stage.effects) == [TicketPrintUnknown(TICKET, "restart", reprint=True)]
    assert printed(stage.effects) == [void()]
    assert not printed(stage.send(READY))


def test_a_reprint_that_fails_is_owed_again_three_times_at_most() -> None:
    stage = owing()
    for attempt in range(1, REPRINTS + 1):
        assert len(printed(stage.send(READY))) == 1
        stage.send(NO_PAPER)
        failed = facts(stage.send(PrintFailed(f"{TICKET} again {attempt}", "paper-out")))
        assert failed == [TicketPrintFailed(TICKET, "paper-out", reprint=True)]
    assert not printed(stage.send(READY))


def test_a_late_word_on_the_first_paper_says_nothing_of_the_reprint() -> None:
    stage = owing()
    stage.send(READY)
    assert not facts(stage.send(Printed(TICKET)))
    assert isinstance(stage.view(), KioskBusy)


def test_a_printer_that_used_to_answer_and_takes_no_ticket_gives_no_further_numbers_without_paper() -> None:
    stage = printing()
    silent = PrinterReport(ready=False, code="silent")
    stage.send(silent)
    stage.send(PrintFailed(TICKET, "silent"))
    stage.send(silent)
    stage.wait(PLAN.rules.idle_seconds)
    sorry = stage.page(KioskSorry)
    assert sorry.why == "printer"
    assert len(printed(stage.send(READY))) == 1


def test_several_reasons_at_once_do_not_hide_that_paper_is_out() -> None:
    stage = begun()
    stage.send(PrinterReport(ready=False, code="cover-open", also=("paper-out",)))
    sorry = stage.page(KioskSorry)
    assert sorry.why == "paper"


def test_half_a_ticket_of_an_earlier_life_is_voided_before_anything_else_is_printed() -> None:
    stage = again(owing().kept, later=60)
    assert printed(stage.effects) == [void()]
    stage.send(NO_PAPER)
    stage.send(PrintFailed("void", "paper-out"))
    voided, ticket = printed(stage.send(READY))
    assert voided == void()
    assert "重印" in text(ticket)
    assert "half" in stage.kept
    stage.send(Printed("void"))
    assert "half" not in stage.kept


def test_a_paper_that_was_voided_is_not_voided_again_and_a_whole_ticket_never() -> None:
    stage = owing()
    stage.send(READY)
    stage.send(Printed(f"{TICKET} again 1"))
    assert "half" not in stage.kept
    assert not printed(again(stage.kept, later=1).effects)


def test_a_printer_that_never_answers_leaves_whole_tickets_and_nothing_to_void() -> None:
    stage = printing()
    stage.send(PrintUnknown(TICKET, "silent"))
    assert not printed(again(stage.kept, later=1).effects)


def test_whoever_says_that_no_paper_came_gets_it_once_more_marked_as_a_copy() -> None:
    stage = printing()
    stage.send(PrintUnknown(TICKET, "timeout"))
    view = stage.page(KioskNoPaper)
    assert (view.sure, view.again) == (False, True)
    (document,) = printed(stage.send(Tapped("again")))
    assert "重印" in text(document)
    assert "A012" in text(document)
    assert facts(stage.send(Printed(f"{TICKET} again 1"))) == [TicketPrinted(TICKET, reprint=True)]
    assert isinstance(stage.view(), KioskTake)


def test_it_is_printed_so_only_once_and_only_by_a_printer_that_is_ready() -> None:
    stage = printing()
    stage.send(PrinterReport(ready=False, code="silent"))
    stage.send(PrintUnknown(TICKET, "silent"))
    view = stage.page(KioskNoPaper)
    assert not view.again
    assert not printed(stage.send(Tapped("again")))
    stage.send(READY)
    assert printed(stage.send(Tapped("again")))
    stage.send(PrintUnknown(f"{TICKET} again 1", "timeout"))
    view = stage.page(KioskNoPaper)
    assert (view.sure, view.again) == (False, False)
    assert not printed(stage.send(Tapped("again")))


def test_what_surely_did_not_come_out_needs_no_asking() -> None:
    stage = owing()
    view = stage.page(KioskNoPaper)
    assert not view.again
