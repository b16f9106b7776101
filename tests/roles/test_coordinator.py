"""The coordinator: the book, and what the hall may know."""

from __future__ import annotations

from datetime import timedelta

import pytest

from device.contract.messages import (
    AnswerNumber,
    AnswerSignIn,
    AskNumber,
    AskSignIn,
    DeviceState,
    HallCall,
    HallMissed,
    HallNotices,
    HallService,
    HallWindow,
    RatingGiven,
    RatingInvited,
    RatingNone,
    StaffSignedOut,
    TicketIssued,
    TicketRecalled,
    TicketStarted,
    WindowPaused,
    Words,
)
from device.effects import Heard, Publish
from device.hall.sign_ins import LOCK_AFTER, LOCK_SECONDS
from device.roles.coordinator import SERVICES_SECONDS, Coordinator
from drivers.events import LinkUp
from tests.roles.at_coordinator import Hall
from tests.roles.stage import (
    DAY,
    MORNING,
    PIN,
    PLAN,
    STAFF,
    ZHANG,
    Stage,
    said,
    uid,
    window_truth,
)


@pytest.mark.req("R125")
def test_a_window_names_its_person_only_while_its_controller_is_heard_of() -> None:
    hall = Hall()
    hall.sign_in()
    assert hall.window().person == ZHANG
    hall.alive(3, "offline")
    assert (hall.window().person, hall.window().state) == (None, "unknown")
    hall.alive(3)
    assert hall.window().person == ZHANG
    hall.record(StaffSignedOut(3, "1001"))
    assert hall.window().person is None


def test_the_oldest_invitation_is_in_the_windows_truth_until_its_evaluator_has_answered() -> None:
    hall = Hall()
    hall.sign_in()
    until = (MORNING + timedelta(seconds=30)).isoformat()
    invited = RatingInvited("20261123-A001", "social", 3, "1001", until)
    hall.record(invited, id=uid(50))
    invitation = hall.window().invitation
    assert invitation is not None
    assert (invitation.id, invitation.person) == (uid(50), ZHANG)
    given = RatingGiven(uid(50), "20261123-A001", "social", 3, "1001", 1, until, until, "")
    effects = hall.record(given, "evaluator-3")
    assert hall.window().invitation is None
    published = [e for e in effects if isinstance(e, Publish)]
    assert "level" not in repr(published)  # R166: nobody at the window learns it
    hall.record(invited, id=uid(51))
    hall.record(TicketStarted("20261123-A002", "social", 3, "1001"))
    hall.record(invited, id=uid(52))
    for unheard in (uid(51), uid(52)):
        invitation = hall.window().invitation
        assert invitation is not None
        assert invitation.id == unheard
        hall.record(RatingNone(unheard, "20261123-A001", "social", 3, "1001", "next"), "evaluator-3")
    assert hall.window().invitation is None


def test_an_answer_that_is_heard_before_its_invitation_settles_it_all_the_same() -> None:
    hall = Hall()
    hall.sign_in()
    until = (MORNING + timedelta(seconds=30)).isoformat()
    given = RatingGiven(uid(50), "20261123-A001", "social", 3, "1001", 5, until, until, "")
    hall.record(given, "evaluator-3")  # a desk's two lines break and mend each for itself
    hall.record(RatingInvited("20261123-A001", "social", 3, "1001", until), id=uid(50))
    assert hall.window().invitation is None


def test_sign_in_is_by_pin_for_the_windows_of_that_person_and_locks_after_five_wrong_ones() -> None:
    hall = Hall()

    def attempt(staff: str, pin: str, window: int, n: int) -> str:
        answer = hall.ask(AskSignIn(staff, pin), uid(n), f"window-{window}").body
        assert isinstance(answer, AnswerSignIn)
        return answer.outcome

    assert attempt("1001", PIN, 3, 1) == "welcome"
    assert attempt("1002", PIN, 3, 2) == "refused"  # not this person's window
    assert attempt("1003", "", 3, 3) == "refused"  # no PIN was ever set: nobody can
    assert attempt("9999", PIN, 3, 4) == "refused"
    for n in range(LOCK_AFTER):
        assert attempt("1001", "000000", 3, 10 + n) == "refused"
    assert attempt("1001", PIN, 3, 20) == "locked"
    hall.stage.wait(LOCK_SECONDS)
    assert attempt("1001", PIN, 3, 21) == "welcome"


@pytest.mark.req("R142", "R260")
def test_a_record_from_whom_it_does_not_belong_to_is_kept_as_evidence_and_changes_nothing() -> None:
    hall = Hall()
    hall.sign_in()
    until = (MORNING + timedelta(seconds=30)).isoformat()
    hall.record(RatingInvited("20261123-A001", "social", 3, "1001", until), id=uid(50))
    given = RatingGiven(uid(50), "20261123-A001", "social", 3, "1001", 5, until, until, "")
    for forger in ("window-3", "evaluator-4", "kiosk-1"):
        hall.record(given, forger)
        assert hall.window().invitation is not None
    hall.record(StaffSignedOut(3, "1001"), "window-4")
    hall.record(TicketRecalled("20261123-A001", 3, "1001", 2), "window-4")
    assert not said(hall.stage.last, HallCall)
    assert hall.window().person == ZHANG
    hall.record(TicketIssued(uid(1), "20261123-A001", "A001", DAY, "social", "online"), "window-3")
    assert hall.call(9).outcome == "empty"


def test_rev_only_rises_also_over_a_restart() -> None:
    hall = Hall()
    hall.sign_in()
    before = max(w.rev for w in said(hall.stage.effects, HallWindow))
    again = Stage(Coordinator("coordinator", PLAN, STAFF))
    again.kept = hall.stage.kept
    again.began(hall.book)
    again.send(LinkUp())
    assert min(w.rev for w in said(again.effects, HallWindow)) > before


def test_a_restart_knows_the_whole_hall_from_the_book_alone() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    hall.issue("A002")
    hall.call(1)
    again = Stage(Coordinator("coordinator", PLAN, STAFF))
    again.began(hall.book)
    again.hear(DeviceState("window", "1", "", "ready"), device="window-3")
    truth = window_truth(said(again.effects, HallWindow), 3)
    assert (truth.state, truth.ticket, truth.person) == ("calling", "20261123-A001", ZHANG)
    services = {s.service: s for s in said(again.wait(SERVICES_SECONDS), HallService)}
    assert services["social"].waiting == 1


def test_when_the_line_returns_everything_is_said_again() -> None:
    hall = Hall()
    effects = hall.stage.send(LinkUp())
    assert {w.window for w in said(effects, HallWindow)} == {3, 4}
    assert {s.service for s in said(hall.stage.wait(SERVICES_SECONDS), HallService)} == {"social", "tax"}
    assert len(said(effects, HallMissed)) == len(said(effects, HallNotices)) == 1


def test_what_is_said_of_the_services_is_worked_out_once_for_all_that_happens_in_a_moment() -> None:
    hall = Hall()
    hall.stage.wait(1)
    hall.issue("A001")
    hall.issue("A002", seconds=SERVICES_SECONDS / 2)
    assert not said(hall.stage.last, HallService)
    (social,) = said(hall.stage.wait(SERVICES_SECONDS * 0.6), HallService)  # not put off by the second
    assert social.waiting == 2
    assert not said(hall.stage.wait(1), HallService)


def test_only_what_changed_is_said() -> None:
    hall = Hall()
    hall.sign_in()
    effects = hall.record(WindowPaused(3, "1001", "files"))
    published = [e.body for e in effects if isinstance(e, Publish)]
    assert [type(b) for b in published if isinstance(b, HallWindow) and b.window == 3] == [HallWindow]
    assert not [b for b in published if isinstance(b, HallService)]
    assert "files" not in repr(published)  # R107: the public never sees the reason


@pytest.mark.req("R004", "R037", "R190")
def test_a_kiosk_out_of_order_is_said_in_the_fault_slot_and_overwrites_no_other_notice() -> None:
    hall = Hall()
    coordinator = hall.stage.role
    assert isinstance(coordinator, Coordinator)
    coordinator.notices = HallNotices(0, business=Words("医保缴费"))
    hall.stage.hear(DeviceState("kiosk", "1", "", "fault"), device="kiosk-2")
    notices = said(hall.stage.last, HallNotices)[-1]
    assert notices.business == Words("医保缴费")
    assert notices.fault is not None
    assert "西门" in notices.fault.zh
    hall.stage.hear(DeviceState("kiosk", "1", "", "ready"), device="kiosk-2")
    assert said(hall.stage.last, HallNotices)[-1].fault is None


def test_a_question_for_sign_in_that_is_repeated_counts_once_and_has_one_answer() -> None:
    hall = Hall()
    for _ in range(LOCK_AFTER + 1):
        answer = hall.ask(AskSignIn("1001", "000000"), uid(1), "window-3").body
        assert isinstance(answer, AnswerSignIn)
        assert answer.outcome == "refused"
    answer = hall.ask(AskSignIn("1001", PIN), uid(2), "window-3").body
    assert isinstance(answer, AnswerSignIn)
    assert answer.outcome == "welcome"


def test_whoever_comes_is_answered_with_a_live_word_once_for_all_who_come_together() -> None:
    hall = Hall()
    hall.stage.wait(1)
    for device in ("evaluator-3", "board-1", "kiosk-1"):
        hall.stage.hear(DeviceState("board", "1", "", "ready"), device=device)
    assert not said(hall.stage.last, HallNotices)
    assert len(said(hall.stage.wait(1), HallNotices)) == 1
    hall.stage.hear(DeviceState("board", "1", "", "offline"), device="board-1")
    assert not said(hall.stage.wait(1), HallNotices)


@pytest.mark.req("R125")
def test_a_window_known_only_from_what_the_broker_kept_names_nobody() -> None:
    hall = Hall()
    hall.sign_in()
    hall.stage.send(LinkUp())
    ready = DeviceState("window", "1", "", "ready")
    hall.stage.send(Heard(hall.stage.envelope(device="window-3"), ready, retained=True))
    assert (hall.window().person, hall.window().state) == (None, "unknown")
    hall.alive(3)
    assert hall.window().person == ZHANG
    gone = DeviceState("window", "1", "", "offline")
    hall.stage.send(Heard(hall.stage.envelope(device="window-3"), gone, retained=True))
    assert hall.window().person is None


def test_on_a_new_card_what_is_said_is_newer_than_all_that_was_said_before() -> None:
    hall = Hall()
    before = max(word.rev for word in said(hall.stage.effects, HallWindow))
    later = Stage(Coordinator("coordinator", PLAN, STAFF), wall=MORNING + timedelta(minutes=5))
    later.began()
    later.send(LinkUp())
    assert min(word.rev for word in said(later.effects, HallWindow)) > before


def test_a_book_has_a_name_that_a_restart_keeps_and_a_new_one_has_another() -> None:
    hall = Hall()
    first = hall.ask(AskNumber("social"), uid(1), "kiosk-1").body
    assert isinstance(first, AnswerNumber)
    names = []
    for book in (hall.book, []):
        again = Hall()
        again.stage.role = Coordinator("coordinator", PLAN, STAFF)
        again.stage.kept = dict(hall.stage.kept)
        again.stage.wait(1)
        again.stage.began(book)
        answer = again.ask(AskNumber("social"), uid(2), "kiosk-1").body
        assert isinstance(answer, AnswerNumber)
        names.append(answer.book)
    assert first.book == names[0] != names[1]
