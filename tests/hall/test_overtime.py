"""The ledger of overtime: every second once, none in opening hours, whatever services overlap."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.contract.messages import OvertimeWorked
from device.hall.calendar import Calendar, DayRule, closed_spans
from device.hall.overtime import Overtime
from device.moment import HALL_TIME
from tests.roles.stage import PLAN, uid

TICKET = "20261123-A001"


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, second, tzinfo=HALL_TIME)


def book(ledger: Overtime, began: datetime, ended: datetime, n: int = 1, window: int = 3) -> list[OvertimeWorked]:
    entries = list(ledger.worked(PLAN, "1001", window, TICKET, began, ended, uid(n)))
    for entry in entries:
        ledger.apply(entry)
    return entries


@pytest.mark.req("R247", "R011")
def test_an_entry_names_person_window_ticket_begin_end_and_length() -> None:
    (entry,) = book(Overtime(), at(17, 25), at(17, 41, 30), 7)
    assert (entry.staff, entry.window, entry.ticket, entry.of) == ("1001", 3, TICKET, uid(7))
    assert (entry.began[11:19], entry.ended[11:19], entry.seconds) == ("17:30:00", "17:41:30", 690)


def test_a_service_within_opening_hours_makes_no_entry_and_one_over_lunch_counts_lunch() -> None:
    assert book(Overtime(), at(9), at(9, 30)) == []
    (lunch,) = book(Overtime(), at(11, 50), at(13, 40))
    assert (lunch.began[11:16], lunch.ended[11:16], lunch.seconds) == ("12:00", "13:30", 5400)


@pytest.mark.req("R172", "R247")
def test_one_person_at_two_windows_is_counted_once() -> None:
    ledger = Overtime()
    book(ledger, at(17, 20), at(17, 50), 1, 3)
    entries = book(ledger, at(17, 40), at(18), 2, 4)
    assert [(e.window, e.began[11:16], e.ended[11:16]) for e in entries] == [(4, "17:50", "18:00")]
    assert ledger.months["1001", "2026-11"] == 30 * 60


services = st.lists(st.tuples(st.integers(0, 30 * 3600), st.integers(0, 4 * 3600)), max_size=12)


@pytest.mark.req("R247", "R178")
@settings(derandomize=True, deadline=None)
@given(services)
def test_the_total_is_the_time_at_work_outside_opening_hours_each_second_once(made: list[tuple[int, int]]) -> None:
    ledger, worked = Overtime(), set()
    for n, (start, length) in enumerate(made):
        begin, step = at(6) + timedelta(minutes=start // 60), timedelta(minutes=1)
        minutes = length // 60
        book(ledger, begin, begin + minutes * step, n)
        worked |= {begin + k * step for k in range(minutes)}
    closed = {
        start + k * timedelta(minutes=1)
        for start, end in closed_spans(PLAN, at(0), at(0) + timedelta(days=3))
        for k in range(int((end - start).total_seconds()) // 60)
    }
    assert sum(ledger.months.values()) == 60 * len(worked & closed)


@pytest.mark.req("R100", "R247")
def test_on_an_extra_day_all_work_is_overtime_with_the_kind_of_day_and_who_approved_it() -> None:
    sunday = datetime(2026, 11, 22, 9, 0, tzinfo=HALL_TIME)
    rest = Calendar(
        weekend=frozenset({6}),
        on_weekend=DayRule(closed=True),
        special={"2026-11-22": ("weekend", DayRule(sessions=((540, 720),)))},
        approved={"2026-11-22": "1009"},
    )
    (entry,) = Overtime().worked(
        replace(PLAN, calendar=rest), "1001", 3, "20261122-A001", sunday, sunday + timedelta(minutes=20), uid(1)
    )
    assert (entry.seconds, entry.kind, entry.approved_by) == (1200, "weekend", "1009")
    (usual,) = book(Overtime(), at(17, 30), at(17, 40))
    assert (usual.kind, usual.approved_by) == ("workday", "")
