"""The coordinator: the book, the next number, whom to call, and what the hall may know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from device.contract.messages import (
    AnswerBlock,
    AnswerCall,
    AnswerNumber,
    AnswerPlace,
    AnswerSignIn,
    AskBlock,
    AskCall,
    AskNumber,
    AskPlace,
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
    RatingGiven,
    RatingInvited,
    RatingNone,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketRecalled,
    TicketRejoined,
    TicketServed,
    TicketStarted,
    WindowPaused,
    Words,
)
from device.effects import Enter, Heard, Publish, Remember
from device.hall.parameters import Voice
from device.hall.plan import Plan
from device.hall.sign_ins import LOCK_AFTER, LOCK_SECONDS
from device.roles.coordinator import Coordinator
from drivers.events import LinkUp
from tests.roles.stage import (
    DAY,
    JOURNAL,
    MORNING,
    PIN,
    PLAN,
    STAFF,
    ZHANG,
    Stage,
    facts,
    only,
    said,
    uid,
    window_truth,
)


class Hall:
    """The coordinator on its stage, with devices that speak to it in order."""

    def __init__(self, plan: Plan = PLAN) -> None:
        self.stage = Stage(Coordinator("coordinator", plan, STAFF))
        self.stage.began()
        self.stage.send(LinkUp())
        self.book: list[tuple[Envelope, Record]] = []
        self.seq = 0
        for number in PLAN.windows:
            self.alive(number)

    def alive(self, window: int, status: str = "ready") -> None:
        state = DeviceState("window", "1", "", "offline" if status == "offline" else "ready")
        self.stage.hear(state, device=f"window-{window}")

    def record(self, record: Record, device: str = "window-3", id: str = "") -> list[object]:
        self.seq += 1
        envelope = self.stage.envelope(id, device, self.seq)
        self.book.append((envelope, record))
        effects = self.stage.send_heard(envelope, record)
        assert only(effects, Enter).record == record
        return list(effects)

    def ask(self, body: AskCall | AskNumber | AskBlock | AskPlace | AskSignIn, request: str, device: str) -> Publish:
        effects = self.stage.hear(body, id=request, device=device)
        for effect in effects:
            if isinstance(effect, Remember):
                self.book.append((self.stage.envelope(effect.id), effect.record))
        (answer,) = [e for e in effects if isinstance(e, Publish) and type(e.body).__name__.startswith("Answer")]
        assert answer.place == device
        return answer

    def issue(self, number: str, service: str = "social", seconds: float = 0) -> None:
        self.stage.wait(seconds)
        self.record(TicketIssued(uid(int(number[1:])), f"20261123-{number}", number, DAY, service, "online"), "kiosk-1")

    def sign_in(self, window: int = 3, staff: str = "1001") -> None:
        self.record(StaffSignedIn(window, staff, "online"), f"window-{window}")

    def call(self, request: int, window: int = 3, staff: str = "1001") -> AnswerCall:
        answer = self.ask(AskCall(staff), uid(request), f"window-{window}").body
        assert isinstance(answer, AnswerCall)
        return answer

    def window(self, number: int = 3) -> HallWindow:
        return window_truth(said(self.stage.effects, HallWindow), number)


def test_numbers_rise_and_a_repeated_request_gets_the_same_one() -> None:
    hall = Hall()
    first = hall.ask(AskNumber("social"), uid(1), "kiosk-1").body
    assert isinstance(first, AnswerNumber)
    assert first == AnswerNumber(uid(1), "given", "A001", DAY, 0, 0, first.book)
    assert facts(hall.stage.last) == [NumberAllotted(uid(1), "kiosk-1", "social", "20261123-A001")]
    again = hall.ask(AskNumber("social"), uid(1), "kiosk-1").body
    assert again == first
    assert not facts(hall.stage.last)
    second = hall.ask(AskNumber("social"), uid(2), "kiosk-2").body
    assert isinstance(second, AnswerNumber)
    assert second.number == "A002"


def test_a_number_is_committed_before_it_is_answered() -> None:
    hall = Hall()
    hall.ask(AskNumber("social"), uid(1), "kiosk-1")
    kinds = [type(e) for e in hall.stage.last]
    assert kinds.index(Remember) < kinds.index(Publish)


def test_numbers_go_on_after_a_restart_and_are_never_given_twice() -> None:
    hall = Hall()
    for n in (1, 2, 3):
        hall.ask(AskNumber("tax"), uid(n), "kiosk-1")
    again = Hall()
    again.stage.role = Coordinator("coordinator", PLAN, STAFF)
    again.stage.began(hall.book)
    answer = again.ask(AskNumber("tax"), uid(4), "kiosk-1").body
    assert isinstance(answer, AnswerNumber)
    assert answer.number == "B004"
    repeated = again.ask(AskNumber("tax"), uid(2), "kiosk-1").body
    assert isinstance(repeated, AnswerNumber)
    assert repeated.number == "B002"


def test_a_used_up_series_a_closed_hall_and_an_unknown_service_are_told_apart() -> None:
    hall = Hall()
    coordinator = hall.stage.role
    assert isinstance(coordinator, Coordinator)
    coordinator.hall.numbers.note_online(DAY, "A", PLAN.rules.online_last)
    outcomes = [hall.ask(AskNumber(s), uid(n), "kiosk-1").body for n, s in ((1, "social"), (2, "nonsense"))]
    hall.stage.wall = MORNING.replace(hour=12, minute=30)
    outcomes.append(hall.ask(AskNumber("tax"), uid(3), "kiosk-1").body)
    assert [o.outcome for o in outcomes if isinstance(o, AnswerNumber)] == ["full", "unknown", "closed"]


def test_blocks_of_two_kiosks_and_of_a_new_card_never_meet() -> None:
    hall = Hall()
    given = []
    asking = (("kiosk-1", uid(91)), ("kiosk-2", uid(92)), ("kiosk-1", uid(93)), ("kiosk-2", uid(91)))
    for n, (kiosk, journal) in enumerate(asking):  # the last shares its Pi with the first
        answer = hall.ask(AskBlock(journal), uid(n), kiosk).body
        assert isinstance(answer, AnswerBlock)
        given.append({(b.series, b.day, x) for b in answer.blocks for x in range(b.first, b.last + 1)})
    assert all(given)
    assert len(set().union(*given)) == sum(map(len, given))
    assert min(x for block in given for _, _, x in block) > PLAN.rules.online_last


def test_asking_for_blocks_again_grants_none_twice_also_after_a_restart() -> None:
    hall = Hall()
    first = hall.ask(AskBlock(JOURNAL), uid(1), "kiosk-1").body
    assert any(isinstance(r, BlockReserved) for r in facts(hall.stage.last))
    again = Hall()
    again.stage.role = Coordinator("coordinator", PLAN, STAFF)
    again.stage.began(hall.book)
    second = again.ask(AskBlock(JOURNAL), uid(2), "kiosk-1").body
    assert isinstance(first, AnswerBlock)
    assert isinstance(second, AnswerBlock)
    assert second.blocks == first.blocks
    assert not facts(again.stage.last)


def test_a_device_that_is_no_kiosk_gets_no_block() -> None:
    answer = Hall().ask(AskBlock(JOURNAL), uid(1), "window-3").body
    assert isinstance(answer, AnswerBlock)
    assert answer.blocks == ()


@pytest.mark.req("R081", "R022")
def test_who_was_issued_first_is_called_first_everywhere_at_once() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    hall.issue("A002", seconds=5)
    answer = hall.call(101)
    assert (answer.outcome, answer.ticket, answer.service) == ("called", "20261123-A001", "social")
    assert facts(hall.stage.last) == [TicketCalled("20261123-A001", "social", 3, "1001", "system", request=uid(101))]
    (call,) = said(hall.stage.last, HallCall)
    assert (call.ticket, call.window, call.place.zh) == ("20261123-A001", 3, "一楼A区")
    assert (hall.window().state, hall.window().ticket) == ("calling", "20261123-A001")
    assert said(hall.stage.last, HallService)[-1].waiting == 1


@pytest.mark.req("R033", "R083")
def test_who_is_to_be_called_clearly_is_and_nobody_is_told_why() -> None:
    hall = Hall(replace(PLAN, voice=Voice(clear_for=frozenset({"elderly"}))))
    hall.sign_in()
    for number, klass in (("A001", "elderly"), ("A002", "")):
        issued = TicketIssued(uid(int(number[1:])), f"20261123-{number}", number, DAY, "social", "online", klass=klass)
        hall.record(issued, "kiosk-1")
    hall.call(101)
    (call,) = said(hall.stage.last, HallCall)
    assert call.clearly
    assert "elderly" not in repr(call)
    hall.record(TicketMissed("20261123-A001", 3, "1001"))
    hall.call(102)
    (call,) = said(hall.stage.last, HallCall)
    assert not call.clearly


@pytest.mark.req("R060")
def test_whoever_holds_a_ticket_is_told_how_far_it_is_and_where_to_go_once_it_is_called() -> None:
    hall = Hall()
    hall.sign_in()
    for number in ("A001", "A002", "A003"):
        hall.issue(number)
    third = hall.ask(AskPlace("20261123-A003"), uid(0x77), "kiosk-2").body
    assert third == AnswerPlace(uid(0x77), "waiting", "social", 2, 15, most=25)
    hall.call(101)
    first = hall.ask(AskPlace("20261123-A001"), uid(0x78), "kiosk-2").body
    assert first == AnswerPlace(uid(0x78), "called", "social", window=3)


def test_a_window_calls_only_what_it_serves() -> None:
    hall = Hall()
    hall.sign_in(3)
    hall.issue("B001", "tax")
    assert hall.call(101, 3).outcome == "empty"
    hall.sign_in(4)
    assert hall.call(102, 4).ticket == "20261123-B001"


@pytest.mark.req("R091")
def test_a_window_where_nobody_or_somebody_else_signed_in_calls_nobody() -> None:
    hall = Hall()
    hall.issue("A001")
    assert hall.call(101).outcome == "refused"
    hall.sign_in(3, "1001")
    assert hall.call(102, staff="1002").outcome == "refused"


def test_an_evaluator_may_call_nobody() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    answer = hall.ask(AskCall("1001"), uid(1), "evaluator-3").body
    assert isinstance(answer, AnswerCall)
    assert answer.outcome == "refused"


def test_an_ask_repeated_or_made_anew_while_the_call_stands_gets_that_call() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    hall.issue("A002")
    first = hall.call(101)
    assert hall.call(101).ticket == first.ticket
    assert hall.call(102).ticket == first.ticket
    hall.record(TicketStarted(first.ticket, "social", 3, "1001"))
    hall.record(TicketServed(first.ticket, "social", 3, "1001", MORNING.isoformat()))
    assert hall.call(101).ticket == first.ticket  # a late duplicate of a settled ask calls nobody new
    assert not facts(hall.stage.last)
    assert hall.call(103).ticket == "20261123-A002"


@pytest.mark.req("R023")
def test_out_of_order_needs_a_reason_and_is_recorded_with_who_did_it() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    hall.issue("A002")
    refused = hall.ask(AskCall("1001", "A002"), uid(1), "window-3").body
    assert isinstance(refused, AnswerCall)
    assert refused.outcome == "refused"
    hall.ask(AskCall("1001", "A002", "returned"), uid(2), "window-3")
    assert facts(hall.stage.last) == [TicketCalled("20261123-A002", "social", 3, "1001", "hand", "returned", uid(2))]


def test_a_number_that_is_elsewhere_served_or_unknown_cannot_be_called() -> None:
    hall = Hall()
    hall.sign_in(3)
    hall.sign_in(4, "1002")
    hall.issue("A001")
    hall.call(1, 3)
    outcomes = []
    for n, number in ((2, "A001"), (3, "A099")):
        answer = hall.ask(AskCall("1002", number, "returned"), uid(n), "window-4").body
        assert isinstance(answer, AnswerCall)
        outcomes.append(answer.outcome)
    assert outcomes == ["elsewhere", "unknown"]


def test_a_recall_is_announced_again_under_its_own_id_but_not_an_hour_later() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    ticket = hall.call(1).ticket
    hall.record(TicketRecalled(ticket, 3, "1001", 2), id=uid(77))
    recall = [e for e in hall.stage.last if isinstance(e, Publish) and isinstance(e.body, HallCall)]
    assert [(e.id, e.body.attempt) for e in recall if isinstance(e.body, HallCall)] == [(uid(77), 2)]
    late = hall.stage.envelope(device="window-3", seq=99)
    hall.stage.wait(3600)
    assert not said(hall.stage.send_heard(late, TicketRecalled(ticket, 3, "1001", 3)), HallCall)


@pytest.mark.req("R267")
def test_missed_numbers_are_shown_and_rejoin_behind_the_next_two() -> None:
    hall = Hall()
    hall.sign_in()
    for number in ("A001", "A002", "A003", "A004"):
        hall.issue(number, seconds=1)
    hall.record(TicketMissed(hall.call(1).ticket, 3, "1001"))
    assert said(hall.stage.effects, HallMissed)[-1].numbers == ("A001",)
    hall.record(TicketRejoined("20261123-A001", 3, "1001"))
    assert said(hall.stage.effects, HallMissed)[-1].numbers == ()
    order = []
    for n in range(2, 6):
        ticket = hall.call(n).ticket
        order.append(ticket[9:])
        hall.record(TicketStarted(ticket, "social", 3, "1001"))
        hall.record(TicketServed(ticket, "social", 3, "1001", MORNING.isoformat()))
    assert order == ["A002", "A003", "A001", "A004"]


def test_a_window_that_is_left_gives_back_what_it_had_called() -> None:
    hall = Hall()
    hall.sign_in(3)
    hall.issue("A001")
    hall.call(1)
    hall.record(StaffSignedOut(3, "1001"))
    hall.sign_in(4, "1002")
    assert hall.call(2, 4, "1002").ticket == "20261123-A001"


def test_a_window_that_lost_its_power_in_a_service_gets_the_same_citizen_next() -> None:
    hall = Hall()
    hall.sign_in()
    for number in ("A001", "A002"):
        hall.issue(number)
    ticket = hall.call(1).ticket
    hall.record(TicketStarted(ticket, "social", 3, "1001"))
    hall.sign_in()
    assert hall.call(2).ticket == ticket


def test_a_clock_set_back_before_a_restart_brings_no_earlier_day_again() -> None:
    hall = Hall()
    hall.ask(AskNumber("social"), uid(1), "kiosk-1")
    again = Hall()
    again.stage.wall = MORNING.replace(day=20)
    again.stage.role = Coordinator("coordinator", PLAN, STAFF)
    again.stage.began(hall.book)
    answer = again.ask(AskNumber("social"), uid(2), "kiosk-1").body
    assert isinstance(answer, AnswerNumber)
    assert (answer.number, answer.day) == ("A002", DAY)


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


def test_a_ticket_served_offline_before_its_issue_was_heard_of_is_never_called_again() -> None:
    hall = Hall()
    hall.sign_in()
    ticket = "20261123-A600"
    hall.record(TicketCalled(ticket, "", 3, "1001", "hand", "offline"))
    hall.record(TicketStarted(ticket, "", 3, "1001"))
    hall.record(TicketServed(ticket, "", 3, "1001", MORNING.isoformat()))
    hall.issue("A600")
    assert hall.call(1).outcome == "empty"


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
    services = {s.service: s for s in said(again.effects, HallService)}
    assert services["social"].waiting == 1


def test_when_the_line_returns_everything_is_said_again() -> None:
    hall = Hall()
    effects = hall.stage.send(LinkUp())
    assert {w.window for w in said(effects, HallWindow)} == {3, 4}
    assert {s.service for s in said(effects, HallService)} == {"social", "tax"}
    assert len(said(effects, HallMissed)) == len(said(effects, HallNotices)) == 1


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


@pytest.mark.req("R076")
def test_a_new_business_day_begins_with_an_empty_hall_and_number_one_without_a_restart() -> None:
    hall = Hall()
    hall.issue("A001")
    hall.ask(AskNumber("social"), uid(1), "kiosk-1")
    hall.stage.wait(86400)
    answer = hall.ask(AskNumber("social"), uid(2), "kiosk-1").body
    assert isinstance(answer, AnswerNumber)
    assert (answer.number, answer.day) == ("A001", "2026-11-24")
    hall.stage.wall = MORNING  # set back: the day stays
    answer = hall.ask(AskNumber("social"), uid(3), "kiosk-1").body
    assert isinstance(answer, AnswerNumber)
    assert (answer.number, answer.day) == ("A002", "2026-11-24")


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


def test_a_call_that_crossed_a_pause_is_taken_back() -> None:
    hall = Hall()
    hall.sign_in(3)
    hall.sign_in(4, "1002")
    hall.issue("A001")
    ticket = hall.call(1).ticket
    hall.record(WindowPaused(3, "1001", "files"))
    assert (hall.window().state, hall.window().ticket) == ("paused", "")
    assert hall.call(2, 4, "1002").ticket == ticket


def test_yesterdays_tickets_heard_of_today_change_nothing_unless_their_maker_did_not_know_the_day() -> None:
    hall = Hall()
    hall.sign_in()
    old = TicketIssued(uid(1), "20261122-A600", "A600", "2026-11-22", "social", "block")
    hall.record(old, "kiosk-1")
    hall.record(TicketCalled("20261122-A601", "", 4, "1002", "hand", "offline"), "window-4")
    hall.record(TicketMissed("20261122-A601", 4, "1002"), "window-4")
    assert hall.call(1).outcome == "empty"
    assert hall.window(4).ticket == ""
    assert [m.numbers for m in said(hall.stage.effects, HallMissed)][-1] == ()
    hall.seq += 1
    unsure = replace(hall.stage.envelope(device="kiosk-1", seq=hall.seq), clock="floor")
    hall.stage.send_heard(unsure, replace(old, request=uid(2), ticket="20261122-A602", number="A602"))
    assert hall.call(2).ticket == "20261122-A602"


def test_a_call_left_standing_over_the_night_is_no_answer_in_the_morning() -> None:
    hall = Hall()
    hall.sign_in()
    hall.issue("A001")
    request = hall.call(1).to
    hall.stage.wait(24 * 3600)
    assert hall.call(2).outcome == "empty"
    again = hall.ask(AskCall("1001"), request, "window-3").body
    assert isinstance(again, AnswerCall)
    assert again.outcome == "empty"


def test_a_standing_call_that_somebody_else_served_is_no_answer() -> None:
    hall = Hall()
    hall.sign_in(3)
    hall.issue("A001")
    hall.issue("A002", seconds=1)
    first = hall.call(1).ticket
    hall.record(TicketCalled(first, "", 4, "1002", "hand", "offline"), "window-4")
    hall.record(TicketServed(first, "", 4, "1002", MORNING.isoformat()), "window-4")
    assert hall.call(2).ticket == "20261123-A002"


def test_a_number_whose_kiosk_was_never_heard_of_again_can_be_called_by_hand_and_others_cannot() -> None:
    hall = Hall()
    hall.sign_in()
    hall.ask(AskBlock(JOURNAL), uid(1), "kiosk-1")
    outcomes = []
    for n, number in ((2, "A600"), (3, "A001"), (4, "A700")):
        answer = hall.ask(AskCall("1001", number, "returned"), uid(n), "window-3").body
        assert isinstance(answer, AnswerCall)
        outcomes.append(answer.outcome)
        if answer.outcome == "called":
            hall.record(TicketMissed(answer.ticket, 3, "1001"))
    assert outcomes == ["called", "unknown", "unknown"]


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
