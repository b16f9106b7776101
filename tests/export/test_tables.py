"""What an export says is what the book says: nothing counted twice, no single rating beside a name, no names."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from random import Random
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.contract.messages import (
    AlarmAnswered,
    AlarmRaised,
    ChoiceMade,
    Envelope,
    EstimateShown,
    FaultBegan,
    FaultEnded,
    HelpAsked,
    NumberAllotted,
    OvertimeWorked,
    PowerBack,
    PowerLost,
    RatingGiven,
    RatingInvited,
    RatingNone,
    RatingTagged,
    Record,
    SelftestDone,
    StaffSignedIn,
    StaffSignedOut,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketPrinted,
    TicketPrintFailed,
    TicketServed,
    TicketsLeft,
    TicketStarted,
    TicketTransferred,
    WindowHandedOver,
    WindowPaused,
    WindowResumed,
)
from device.export.formats import as_json
from device.export.page import page
from device.export.rows import TABLES
from device.export.tables import Tables
from device.hall.calendar import business_day

DAY, NEXT = "2026-11-20", "2026-11-21"
TICKET = "20261120-A001"


def uuid(n: int) -> str:
    return f"01940000-0000-7000-8000-{n:012d}"


def said(n: int, at: str, record: Record, device: str = "window-3", clock: str = "synced") -> tuple[Envelope, Record]:
    return Envelope(uuid(n), f"{DAY}T{at}+08:00", "floor" if clock == "floor" else "synced", device), record


MORNING = [
    said(1, "08:25:00", StaffSignedIn(3, "1001", "online")),
    said(2, "09:00:00", TicketIssued(uuid(900), TICKET, "A001", DAY, "social", "online", "en"), "kiosk-1"),
    said(3, "09:00:02", TicketPrintFailed(TICKET, "paper-out"), "kiosk-1"),
    said(4, "09:05:00", TicketPrinted(TICKET, reprint=True), "kiosk-1"),
    said(5, "09:10:00", TicketCalled(TICKET, "social", 3, "1001", "hand", "offline")),
    said(6, "09:11:00", TicketStarted(TICKET, "social", 3, "1001")),
    said(
        7,
        "09:21:00",
        TicketServed(TICKET, "social", 3, "1001", f"{DAY}T09:11:00+08:00", over="system", away_seconds=60),
    ),
    said(8, "09:21:00", RatingInvited(TICKET, "social", 3, "1001", f"{DAY}T09:22:00+08:00")),
    said(9, "09:30:00", WindowPaused(3, "1001", "restroom")),
    said(10, "09:40:00", WindowResumed(3, "1001")),
    said(11, "12:00:00", WindowHandedOver(3, "1001", "1002", "nothing")),
    said(12, "12:00:00", StaffSignedIn(3, "1002", "online")),
    said(
        13,
        "17:45:00",
        OvertimeWorked("1002", 3, TICKET, f"{DAY}T17:30:00+08:00", f"{DAY}T17:45:00+08:00", 900, uuid(7)),
    ),
    said(14, "17:46:00", StaffSignedOut(3, "1002")),
]


def tables(records: list[tuple[Envelope, Record]]) -> Tables:
    found = Tables(lambda at: business_day(datetime.fromisoformat(at), 240), {"1001": "人社局"})
    for envelope, record in records:
        found.add(envelope, record)
    return found


def rows(records: list[tuple[Envelope, Record]], table: str, today: str = NEXT) -> list[dict[str, object]]:
    return [asdict(row) for row in tables(records).between(DAY, DAY, today)[table]]


@pytest.mark.req("R082")
def test_what_a_broken_window_and_a_power_cut_took_is_no_work_of_anybodys() -> None:
    broken = [
        said(20, "09:12:00", FaultBegan("keypad", "unplugged")),
        said(21, "09:13:00", FaultBegan("photo", "photo-missing")),  # they work on without
        said(22, "09:14:00", FaultEnded("keypad", "unplugged")),
        said(23, "09:14:00", FaultBegan("keypad", "unplugged"), "window-4"),
        said(24, "09:17:00", PowerLost(f"{DAY}T09:16:00+08:00", ("window-3", "window-4"), "seen"), "coordinator"),
        said(25, "09:19:00", PowerBack(f"{DAY}T09:16:00+08:00", 2, "power"), "coordinator"),
        said(26, "09:20:00", FaultEnded("keypad", "unplugged"), "window-4"),
        said(27, "09:20:00", FaultEnded("photo", "photo-missing")),
    ]
    (ticket,) = rows([*MORNING, *broken], "tickets")  # what is told late counts too
    assert ticket["service_seconds"] == (10 - 1 - 2 - 3) * 60
    assert [row["service_seconds"] for row in rows([*MORNING, *broken], "staff")] == [240, 0]


@pytest.mark.req("R053", "R118")
def test_a_ticket_is_one_row_with_its_waits_computed_from_stored_times() -> None:
    (ticket,) = rows(MORNING, "tickets")
    assert ticket["wait_seconds"] == 600
    assert ticket["service_seconds"] == 600 - 60
    assert (ticket["paper"], ticket["by_hand"], ticket["over"], ticket["state"]) == (
        "printed",
        "offline",
        "system",
        "served",
    )
    assert not any("level" in name or "rating" in name for name in ticket)


def test_from_a_clock_that_was_not_trusted_no_wait_is_computed() -> None:
    issued = said(2, "03:00:00", TicketIssued(uuid(900), TICKET, "A001", DAY, "social", "block"), "kiosk-1", "floor")
    (ticket,) = rows([issued, *MORNING[4:7]], "tickets")
    assert ticket["wait_seconds"] is None


@pytest.mark.req("R046", "R050", "R051", "R052")
def test_each_person_has_a_day_of_what_they_did_and_where_they_belong() -> None:
    one, two = rows(MORNING, "staff")
    assert (one["staff"], one["department"], one["served"], one["calls"], one["by_hand"]) == ("1001", "人社局", 1, 1, 1)
    assert (one["duty_seconds"], one["pauses"], one["paused_seconds"]) == (3.5833333333333335 * 3600, 1, 600)
    assert (one["over_limit"], one["handed_over"]) == (1, 1)
    assert (two["staff"], two["overtime_seconds"]) == ("1002", 900)


@pytest.mark.req("R173", "R176")
def test_duties_and_absences_are_stretches_with_their_substitutes() -> None:
    found = rows(MORNING, "windows")
    assert [(w["staff"], w["state"], w["seconds"], w["reason"], w["substitute"]) for w in found] == [
        ("1001", "duty", 12900, "hand-over", "1002"),
        ("1001", "paused", 600, "restroom", ""),
        ("1002", "duty", 20760, "", ""),
    ]


def test_a_duty_whose_end_the_power_took_stays_open() -> None:
    (duty,) = rows(MORNING[:1], "windows")
    assert (duty["ended"], duty["seconds"]) == (None, None)


def rated(*levels: int) -> list[tuple[Envelope, Record]]:
    """So many services of one person, rated so (0: not at all)."""
    found: list[tuple[Envelope, Record]] = []
    for n, level in enumerate(levels):
        ticket, at = f"20261120-A{n:03d}", f"{DAY}T10:00:00+08:00"
        invited = RatingInvited(ticket, "social", 3, "1001", at)
        answer: Record = RatingNone(uuid(n), ticket, "social", 3, "1001", "timeout")
        if level:
            answer = RatingGiven(uuid(n), ticket, "social", 3, "1001", level, at, at, "")
        found += [said(100 + 2 * n, "10:00:00", invited), said(101 + 2 * n, "10:00:10", answer, "evaluator-3")]
    return found


@pytest.mark.req("R259")
def test_dimensions_are_counted_for_the_hall_bad_ratings_apart_and_only_of_days_that_are_over() -> None:
    touched: list[tuple[Envelope, Record]] = []
    for n, level, tags in ((1, 1, ("attitude", "rules")), (3, 2, ("attitude", "attitude")), (5, 5, ("attitude",))):
        given = said(n, "10:00:10", rated(level)[1][1], "evaluator-3")
        after = RatingTagged(given[0].id, 3, tags)
        touched += [given, said(n + 1, "10:00:14", after, "evaluator-3")]
        touched += [said(n + 20, "10:00:14", replace(after, tags=("conduct",)), "evaluator-4")]  # not its own
    old = replace(cast("RatingGiven", rated(3)[1][1]), tags=("rules",))  # from a device that asks before the press
    touched += [said(9, "11:00:00", old, "evaluator-3")]
    assert rows(touched, "dimensions", today=DAY) == []
    found = rows(touched, "dimensions", today=NEXT)
    assert [(row["dimension"], row["bad"], row["other"]) for row in found] == [("attitude", 2, 1), ("rules", 1, 1)]
    assert not {"staff", "window"} & found[0].keys()


@pytest.mark.req("R051", "R067")
def test_of_a_day_that_is_not_over_ratings_are_withheld_until_there_are_five() -> None:
    (few,) = rows(rated(1, 5, 5, 0), "ratings", today=DAY)
    assert few["withheld"] is True
    assert [few[f"level_{n}"] for n in range(1, 6)] == [None] * 5
    (five,) = rows(rated(1, 5, 5, 4, 3), "ratings", today=DAY)
    assert (five["withheld"], five["level_1"], five["level_5"]) == (False, 1, 2)
    (over,) = rows(rated(1, 5, 5, 0), "ratings", today=NEXT)
    assert (over["level_1"], over["level_5"], over["none"], over["invited"]) == (1, 2, 1, 4)


@pytest.mark.req("R256", "R257", "R258")
def test_not_rated_is_never_counted_as_good() -> None:
    (row,) = rows(rated(0, 0, 0), "ratings")
    assert [row[f"level_{n}"] for n in range(1, 6)] == [0] * 5
    assert (row["none"], row["source"], row["channel"]) == (3, "citizen", "evaluator")


@pytest.mark.req("R068", "R187", "R189", "R047")
def test_faults_alarms_and_what_a_patrol_looks_at() -> None:
    records = [
        said(1, "08:00:00", SelftestDone("SOON", ()), "kiosk-1"),
        said(2, "09:00:00", FaultBegan("printer", "paper-out"), "kiosk-1"),
        said(3, "09:10:00", FaultEnded("printer", "paper-out"), "kiosk-1"),
        said(4, "09:20:00", FaultBegan("speaker", "unplugged"), "kiosk-1"),
        said(5, "09:30:00", HelpAsked("aid"), "kiosk-1"),
        said(6, "09:30:00", AlarmRaised("help", "leader"), "coordinator"),
        said(7, "09:31:30", AlarmAnswered(uuid(6), 3, "1001", "went-there")),
        said(8, "09:40:00", AlarmAnswered(uuid(6), 3, "1002", "too-late")),
    ]
    assert [(f["code"], f["seconds"]) for f in rows(records, "faults")] == [("paper-out", 600), ("unplugged", None)]
    (alarm,) = rows(records, "alarms")
    assert (alarm["answered_by"], alarm["action"], alarm["seconds"]) == ("1001", "went-there", 90)
    kiosk = next(row for row in rows(records, "patrol") if row["device"] == "kiosk-1")
    assert (kiosk["selftest"], kiosk["faults"], kiosk["fault_seconds"], kiosk["help_asked"]) == ("SOON", 2, 600, 1)


@pytest.mark.req("R070", "R087", "R253")
def test_repairs_are_counted_with_what_broke_how_long_it_was_to_take_and_whether_the_asker_was_called_back() -> None:
    asked = AlarmRaised("repair", "technician", 3, about="kiosk-1", part="printer", code="cutter")
    records = [said(n, "09:00:00", asked, "coordinator") for n in range(1, 11)]
    records += [said(50 + n, "09:05:00", AlarmAnswered(uuid(n), 4, "1002", "noted", 30)) for n in range(1, 11)]
    records += [said(70 + n, "09:40:00", AlarmAnswered(uuid(n), 4, "1002", "called-back")) for n in range(1, 9)]
    first = rows(records, "alarms")[0]
    assert (first["about"], first["part"], first["code"]) == ("kiosk-1", "printer", "cutter")
    assert first["expected_minutes"] == 30
    assert (first["action"], first["seconds"], first["called_back"]) == ("noted", 300, f"{DAY}T09:40:00+08:00")
    assert "8/10 (80 %，低于 below 90 %)" in page(DAY, tables(records).between(DAY, DAY, NEXT))
    records.append(said(90, "09:45:00", AlarmAnswered(uuid(9), 4, "1002", "called-back")))
    assert "9/10 (90 %)" in page(DAY, tables(records).between(DAY, DAY, NEXT))


def test_who_was_left_at_the_end_of_the_day_is_left_and_who_was_served_is_not() -> None:
    left = said(20, "18:00:00", TicketsLeft(DAY, (TICKET, "20261120-A002"), "day-ended"), "coordinator")
    assert [t["state"] for t in rows([*MORNING, left], "tickets")] == ["served", "left"]


@pytest.mark.req("R285")
def test_whoever_was_kept_waiting_by_a_power_cut_may_still_be_served_on_that_day() -> None:
    cut = said(2, "09:00:30", TicketsLeft(DAY, (TICKET,), "power"), "coordinator")
    assert [t["state"] for t in rows([*MORNING, cut], "tickets")] == ["served"]
    assert [t["state"] for t in rows([*MORNING[:2], cut], "tickets")] == ["waiting"]


@pytest.mark.req("R215")
def test_a_ticket_that_moves_on_and_is_missed_keeps_one_row() -> None:
    records = [
        *MORNING[1:6],
        said(30, "09:12:00", TicketTransferred(TICKET, 3, "1001", "", 4)),
        said(31, "09:13:00", TicketCalled(TICKET, "social", 4, "1002", "system"), "coordinator"),
        said(32, "09:15:00", TicketMissed(TICKET, 4, "1002"), "window-4"),
    ]
    (ticket,) = rows(records, "tickets")
    assert (ticket["transfers"], ticket["calls"], ticket["window"], ticket["state"]) == (1, 2, 4, "missed")


@pytest.mark.req("R051", "R216")
@given(st.integers(0, 2**32))
def test_the_same_records_give_the_same_tables_also_when_some_come_twice(seed: int) -> None:
    every = MORNING + rated(5, 4, 0, 1)
    dice = Random(seed)
    twice = sorted([*every, *dice.sample(every, 5)], key=lambda one: one[0].id)
    one, two = tables(every).between(DAY, DAY, NEXT), tables(twice).between(DAY, DAY, NEXT)
    assert {name: as_json(name, one[name]) for name in TABLES} == {name: as_json(name, two[name]) for name in TABLES}


def test_a_clock_set_back_makes_no_negative_work() -> None:
    late = [replace(e, at=f"{DAY}T08:00:00+08:00") if e.id == uuid(14) else e for e, _ in MORNING]
    found = rows([(e, r) for e, (_, r) in zip(late, MORNING, strict=True)], "windows")
    assert all(row["seconds"] is None or float(str(row["seconds"])) >= 0 for row in found)


def allotted(n: int, at: str, number: int, minutes: int, most: int) -> list[tuple[Envelope, Record]]:
    """Somebody was promised this, and took the number."""
    ticket = f"20261120-A{number:03d}"
    record = NumberAllotted(uuid(900 + number), "kiosk-1", "social", ticket, minutes=minutes, most=most)
    issued = TicketIssued(uuid(900 + number), ticket, ticket[9:], DAY, "social", "online")
    return [said(n, at, record, "coordinator"), said(n + 1, at, issued, "kiosk-1")]


PROMISED = [
    *allotted(100, "09:00:00", 1, 10, 15),  # waits 12
    *allotted(102, "09:00:00", 2, 20, 30),  # waits 31
    *allotted(104, "09:00:00", 3, 5, 9),  # is called by hand after 2
    *allotted(106, "09:00:00", 4, 0, 0),  # was promised nothing
    *allotted(108, "09:00:00", 5, 30, 45),  # is never called
    said(110, "09:02:00", TicketCalled("20261120-A003", "social", 3, "1001", "hand", "ill")),
    said(111, "09:12:00", TicketCalled("20261120-A001", "social", 3, "1001", "system"), "coordinator"),
    said(112, "09:13:00", TicketCalled("20261120-A004", "social", 3, "1001", "system"), "coordinator"),
    said(113, "09:31:00", TicketCalled("20261120-A002", "social", 3, "1001", "system"), "coordinator"),
    said(114, "17:10:00", EstimateShown(uuid(1000), "social", 5, 40, f"{DAY}T17:30:00+08:00", 55), "kiosk-1"),
    said(115, "17:10:05", ChoiceMade(uuid(1000), "social", "appointment"), "kiosk-1"),
]


@pytest.mark.req("R242", "R244")
def test_what_was_promised_is_held_against_what_happened_every_day() -> None:
    (row,) = rows(PROMISED, "forecasts")
    assert (row["promised"], row["called"], row["kept"]) == (4, 2, 1)
    assert row["error_seconds"] == pytest.approx((2 * 60 + 11 * 60) / 2)
    assert (row["shown"], row["waited"], row["booked"], row["left"]) == (1, 0, 1, 0)
    told = {row["ticket"]: (row["told_minutes"], row["told_most"]) for row in rows(PROMISED, "tickets")}
    assert told["20261120-A002"] == (20, 30)
    assert told["20261120-A004"] == (None, None)
    shown = page(DAY, tables(PROMISED).between(DAY, DAY, NEXT))
    assert "median error of forecasts<td>6.5 min" in shown
    assert "bound of forecasts held<td>50 %" in shown


def test_a_number_that_nobody_took_was_promised_to_nobody() -> None:
    assert rows(PROMISED[:1], "forecasts") == []
    assert rows(PROMISED[:1], "tickets") == []
