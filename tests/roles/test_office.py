"""The supervisor's list: every bad rating and complaint at once, step by step until nobody is owed anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, cast

import pytest

from device.contract.messages import (
    AlarmEnded,
    AlarmRaised,
    AttendanceNoted,
    CaseCarried,
    CaseFacts,
    CaseMoved,
    CaseOpened,
    Envelope,
    HallAlarms,
    HelpAsked,
    Person,
    RatingGiven,
    RatingTagged,
    Record,
    StaffSignedIn,
)
from device.contract.messages.cases import Step
from device.effects import Began, Effect, Enter, Ordered, Publish, Remember, Reply
from device.hall.calendar import Calendar
from device.hall.orders import Attended, ImportAttendance, ListCases, ListVouchers, MoveCase, OpenCase, Order
from device.hall.pins import make_pin
from device.hall.plan import StaffEntry
from device.hall.sign_ins import LOCK_AFTER
from device.roles.coordinator import TICK_SECONDS, Coordinator
from tests.roles.stage import JOURNAL, PIN, PLAN, STAFF, Stage, facts, only, uid

VERIFIER = make_pin(PIN, b"salt of the tests", 2)
BOSS, LEADER = "9001", "9002"
OFFICE_STAFF = {
    **STAFF,
    BOSS: StaffEntry(Person(BOSS, "周主任"), frozenset(), VERIFIER, duties=frozenset({"supervisor"})),
    LEADER: StaffEntry(Person(LEADER, "吴组长"), frozenset(), VERIFIER, duties=frozenset({"leader"})),
}
WEEKDAYS = replace(PLAN, calendar=Calendar(weekend=frozenset({5, 6})))


class Office:
    """A coordinator on its stage, its book, and somebody who orders."""

    def __init__(self, book: Iterable[tuple[Envelope, Record]] = (), wall: datetime | None = None) -> None:
        self.stage = Stage(Coordinator("coordinator", WEEKDAYS, OFFICE_STAFF))
        self.stage.wall = wall or self.stage.wall
        self.book = list(book)
        self.seq = 0
        self._ids = count(0x7000)
        self._kept(self.stage.send(Began({"book": uid(77)} if self.book else {}, JOURNAL, self.book, "secret")))

    def _kept(self, effects: Iterable[Effect]) -> list[Effect]:
        for effect in (found := list(effects)):
            if isinstance(effect, Remember):
                at = self.stage.wall.isoformat(timespec="milliseconds")
                self.book.append((Envelope(effect.id, at, "synced", "coordinator"), effect.record))
            elif isinstance(effect, Enter):
                self.book.append((effect.envelope, effect.record))
        return found

    def hear(self, record: Record, device: str, record_id: str = "") -> list[Effect]:
        self.seq += 1
        return self._kept(self.stage.send_heard(self.stage.envelope(record_id, device, self.seq), record))

    def rate(self, level: int, n: int = 1, window: int = 3) -> list[Effect]:
        at = self.stage.wall.isoformat(timespec="milliseconds")
        ticket = f"20261123-A{n:03d}"
        given = RatingGiven(uid(n), ticket, "social", window, "1001", level, at, at, "")
        return self.hear(given, f"evaluator-{window}", uid(0x500 + n))

    def order(self, order: Order, staff: str = BOSS, pin: str = PIN) -> dict[str, Any]:
        effects = self._kept(self.stage.send(Ordered(uid(next(self._ids)), order, staff, pin)))
        reply = only(effects, Reply)
        assert effects[-1] is reply, "what was decided comes first"
        return cast("dict[str, Any]", dict(reply.said))

    def move(self, step: Step, note: str = "", to: str = "", case: str = "") -> dict[str, Any]:
        return self.order(MoveCase(case or self.first(), step, to, note))

    def first(self) -> str:
        return str(self.order(ListCases(every=True))["cases"][0]["id"])

    def cases(self, *, every: bool = False) -> list[dict[str, Any]]:
        return list(self.order(ListCases(every))["cases"])

    def days(self, number: int) -> None:
        """One tick of each."""
        for _ in range(number):
            self.stage.wall += timedelta(days=1)
            self._kept(self.stage.wait(TICK_SECONDS))


@pytest.mark.req("R140", "R259", "R260")
@pytest.mark.parametrize("level", [1, 2])
def test_a_bad_rating_is_a_case_in_the_same_commit_with_service_window_person_device_and_time(level: int) -> None:
    office = Office()
    opened = [record for record in facts(office.rate(level)) if isinstance(record, CaseOpened)]
    assert [(o.facts.level, o.facts.staff, o.facts.window, o.facts.service, o.facts.device) for o in opened] == [
        (level, "1001", 3, "social", "evaluator-3")
    ]
    (case,) = office.cases()
    assert (case["state"], case["days"], case["tags"]) == ("open", 5, [])
    assert case["opened"][:19] == office.stage.wall.isoformat()[:19]


@pytest.mark.req("R259")
def test_what_was_touched_after_a_bad_rating_is_with_its_case_also_in_the_next_life_and_from_no_other_device() -> None:
    office = Office()
    for n, window in ((1, 3), (2, 4)):
        office.rate(1, n, window)
    office.hear(RatingTagged(uid(0x501), 3, ("attitude",)), "evaluator-3")
    office.hear(RatingTagged(uid(0x501), 4, ("conduct",)), "evaluator-4")
    office.hear(RatingTagged(uid(0x502), 4, ("rules",)), "evaluator-3")
    again = Office(office.book)
    for one in (office, again):
        assert {case["window"]: case["tags"] for case in one.cases()} == {3: ["attitude"], 4: []}


def test_a_good_rating_is_no_case() -> None:
    office = Office()
    for level in (3, 4, 5):
        assert not [r for r in facts(office.rate(level, level)) if isinstance(r, CaseOpened)]
    assert office.cases() == []


@pytest.mark.req("R140")
def test_what_the_wire_hears_is_the_same_for_the_worst_rating_and_for_the_best() -> None:
    def said(level: int) -> list[Effect]:
        office = Office()
        office.hear(StaffSignedIn(3, "1001", "online"), "window-3")
        office.rate(level)
        office.days(12)  # reminders, deadlines, the head of the centre
        return [effect for effect in office.stage.effects if isinstance(effect, Publish)]

    assert said(1) == said(5)


@pytest.mark.req("R034")
def test_the_complaint_key_of_an_evaluator_is_a_case_of_the_person_at_that_window() -> None:
    office = Office()
    office.hear(StaffSignedIn(4, "1002", "online"), "window-4")
    office.hear(HelpAsked("complaint"), "evaluator-4")
    office.hear(HelpAsked("wheelchair"), "kiosk-1")
    (case,) = office.cases()
    assert (case["kind"], case["window"], case["staff"], case["source"]) == ("complaint", 4, "1002", "citizen")


@pytest.mark.req("R261", "R263", "R035", "R264")
def test_a_case_goes_from_hand_to_hand_until_the_citizen_has_heard_and_each_step_has_its_time() -> None:
    office = Office()
    office.rate(1)
    assert "assigned" in office.move("verified")["error"]
    assert office.move("assigned")["error"] == "say to whom it is assigned"
    assert office.move("assigned", to="nobody")["error"].startswith("nobody here")
    office.move("assigned", to="1002")
    office.move("verified")
    assert "note" in office.move("rectified")["error"]
    office.move("rectified", "trained again")
    assert office.cases()[0]["done"] is False
    told = office.move("fed-back", "told by the window's leader")
    assert told["case"]["done"] is True
    assert office.cases() == []
    moves = [(e.at, r.step, r.staff) for e, r in office.book if isinstance(r, CaseMoved)]
    assert [step for _, step, _ in moves] == ["assigned", "verified", "rectified", "fed-back"]
    assert all(at and staff == BOSS for at, _, staff in moves)


@pytest.mark.req("R261")
def test_what_was_not_so_is_closed_with_the_reason_only() -> None:
    office = Office()
    office.rate(2)
    office.move("assigned", to="1002")
    assert "note" in office.move("unfounded")["error"]
    assert office.move("unfounded", "pressed by a child")["case"]["done"] is True


@pytest.mark.req("R262", "R141", "R138", "R257")
def test_whoever_gave_a_name_is_answered_or_the_case_stays_open() -> None:
    office = Office()
    office.order(OpenCase(CaseFacts("complaint", "citizen", "phone", named=True, window=3, about="waited two hours")))
    for step, note in (("called-back", "asked what happened"), ("verified", ""), ("rectified", "x"), ("fed-back", "y")):
        if step == "verified":
            office.move("assigned", to="1002")
        office.move(cast("Step", step), note)
    counts = office.order(ListCases())["counts"]
    assert (counts["open"], counts["named"], counts["named_answered"]) == (1, 1, 0)
    assert office.move("answered", "by phone, 15:00")["case"]["done"] is True
    assert office.order(ListCases())["counts"] == {
        "known": 1, "open": 0, "overdue": 0, "named": 1, "named_answered": 1
    }  # fmt: skip


@pytest.mark.req("R265")
def test_an_item_of_the_12345_hotline_is_on_the_same_list_once() -> None:
    office = Office()
    item = OpenCase(CaseFacts("complaint", "citizen", "hotline", ref="12345-20261123-7", named=True), "2026-11-25")
    assert office.order(item)["due"] == "2026-11-25"
    assert "already" in office.order(item)["error"]
    assert len(office.cases()) == 1


@pytest.mark.req("R069", "R167", "R218")
def test_deadlines_are_working_days_by_kind_and_count_down() -> None:
    office = Office()  # a Monday
    for kind in ("complaint", "report"):
        office.order(OpenCase(CaseFacts(kind, "citizen", "letter")))
    assert [(case["due"], case["days"]) for case in office.cases()] == [("2026-11-30", 5), ("2026-12-07", 10)]
    office.days(4)
    assert [case["days"] for case in office.cases()] == [1, 6]
    office.days(4)
    assert [(case["days"], case["overdue"]) for case in office.cases()] == [(-1, True), (4, False)]


@pytest.mark.req("R264", "R261")
def test_the_supervisor_is_reminded_before_a_deadline_and_the_head_told_after_it_but_no_window_hears() -> None:
    office = Office()
    office.rate(1)
    office.days(10)
    office.move("assigned", to="1002")
    office.move("unfounded", "pressed by a child")
    office.days(1)
    alarms = [(r.kind, r.to, e.at[:10]) for e, r in office.book if isinstance(r, AlarmRaised) and "case" in r.kind]
    assert alarms == [
        ("case-due", "supervisor", "2026-11-27"),
        ("case-overdue", "supervisor", "2026-12-01"),
        ("case-overdue", "head", "2026-12-03"),
    ]
    raised = {e.id for e, r in office.book if isinstance(r, AlarmRaised) and "case" in r.kind}
    assert raised == {r.alarm for _, r in office.book if isinstance(r, AlarmEnded)} & raised
    said = [e.body for e in office.stage.effects if isinstance(e, Publish) and isinstance(e.body, HallAlarms)]
    assert not [alarm for truth in said for alarm in truth.alarms if "case" in alarm.kind]


@pytest.mark.req("R264")
def test_a_recheck_that_finds_it_not_well_begins_the_case_anew() -> None:
    office = Office()
    office.rate(1)
    office.move("assigned", to="1002")
    for step, note in (("verified", ""), ("rectified", "new sign"), ("fed-back", "told")):
        office.move(cast("Step", step), note)
    office.days(7)
    again = office.move("again", "still so")["case"]
    assert (again["state"], again["due"], again["to"]) == ("open", "2026-12-07", "")
    assert len(office.cases()) == 1


@pytest.mark.req("R261")
def test_an_open_case_outlives_the_book_that_is_read_at_a_start() -> None:
    office = Office()
    office.rate(1)
    office.move("assigned", to="1002")
    office.days(16)
    carried = [entry for entry in office.book if isinstance(entry[1], CaseCarried)]
    assert carried
    later = Office(carried, office.stage.wall)
    (case,) = later.cases()
    assert (case["state"], case["to"], case["opened"][:10], case["overdue"]) == ("assigned", "1002", "2026-11-23", True)


def test_a_restart_finds_the_list_as_it_was_and_opens_no_case_twice() -> None:
    office = Office()
    office.rate(1)
    office.rate(2, 2)
    office.move("assigned", to="1002", case=str(office.cases()[0]["id"]))
    again = Office(office.book, office.stage.wall)
    assert again.cases() == office.cases()
    assert not [r for r in facts(again.stage.effects) if isinstance(r, CaseOpened)]


def test_a_rating_put_in_from_a_dead_devices_card_is_a_case_at_the_next_start() -> None:
    office = Office()
    office.rate(1)
    without = [(e, r) for e, r in office.book if not isinstance(r, CaseOpened)]
    assert len(Office(without, office.stage.wall).cases()) == 1


@pytest.mark.req("R196")
def test_only_whose_duty_it_is_sees_single_ratings_and_five_wrong_pins_lock() -> None:
    office = Office()
    office.rate(1)
    assert office.order(ListCases(), LEADER)["ok"] is False
    assert office.order(ListCases(), "1001")["ok"] is False
    assert office.order(ListVouchers(), LEADER)["ok"] is True
    for _ in range(LOCK_AFTER):
        assert office.order(ListCases(), BOSS, "wrong")["ok"] is False
    assert "five minutes" in office.order(ListCases())["error"]


@pytest.mark.req("R114")
def test_the_four_attendance_events_of_a_day_are_read_once_each() -> None:
    office = Office()
    day = "2026-11-23"
    times: dict[Any, str] = {
        "morning-in": "08:21:07",
        "morning-out": "12:01:30",
        "afternoon-in": "13:25:00",
        "afternoon-out": "17:35:10",
    }
    events = tuple(Attended("1001", day, event, f"{day}T{at}:07+08:00") for event, at in times.items())
    stranger = Attended("7777", day, "morning-in", f"{day}T08:00:00+08:00")
    assert office.order(ImportAttendance((*events, stranger))) == {
        "ok": True, "noted": 4, "left": 0, "unknown_staff": ["7777"]
    }  # fmt: skip
    assert office.order(ImportAttendance(events))["noted"] == 0
    assert [r.event for _, r in office.book if isinstance(r, AttendanceNoted)] == list(times)
