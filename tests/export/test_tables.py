"""What an export says is what the book says: nothing counted twice, no single rating beside a name, no names."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.contract.messages import (
    AlarmAnswered,
    AlarmRaised,
    FaultBegan,
    FaultEnded,
    HelpAsked,
    PowerBack,
    PowerLost,
    SelftestDone,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketsLeft,
    TicketTransferred,
)
from device.export.formats import as_json
from device.export.page import page
from device.export.rows import TABLES
from tests.export.records import DAY, MORNING, NEXT, TICKET, rated, rows, said, tables, uuid


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
