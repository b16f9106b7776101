"""Business days and hours are the hall's, not UTC's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.contract.messages import Words
from device.hall.calendar import (
    Calendar,
    DayRule,
    Outage,
    announced,
    bookable,
    business_day,
    closed_spans,
    closes,
    days_from,
    hours,
    hours_on,
    is_open,
    kind_of,
    opens,
    outage_of,
    table_ends_soon,
    windows_open,
    working_day_after,
)
from device.hall.plan import Plan
from device.moment import HALL_TIME
from device.public_holidays import china
from tests.roles.stage import PLAN


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HALL_TIME)


@pytest.mark.req("R076")
def test_the_business_day_begins_at_the_halls_own_hour() -> None:
    assert business_day(at(23, 4), 240) == "2026-11-23"
    assert business_day(at(23, 3, 59), 240) == "2026-11-22"
    assert business_day(at(23, 0), 0) == "2026-11-23"  # 16:00 of the day before in UTC


def test_days_follow_each_other_over_the_end_of_a_month() -> None:
    assert days_from("2026-11-29", 3) == ("2026-11-29", "2026-11-30", "2026-12-01")


@pytest.mark.req("R044", "R115")
def test_between_the_sessions_and_after_them_the_hall_is_closed() -> None:
    opening = [is_open(PLAN, at(23, h, m)) for h, m in ((8, 29), (8, 30), (11, 59), (12, 0), (13, 30), (17, 30))]
    assert opening == [False, True, True, False, True, False]
    assert hours(PLAN) == "08:30-12:00 13:30-17:30"


def test_a_hall_without_sessions_never_closes() -> None:
    always = replace(PLAN, sessions=())
    assert is_open(always, at(23, 3))
    assert hours(always) == "00:00-24:00"


WORKDAY = ((510, 720), (810, 1050))
SUMMER = ((510, 720), (840, 1080))


def plan(**rules: Any) -> Plan:
    return replace(PLAN, calendar=Calendar(**rules))


def on(month: int, day: int, hour: int = 10, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HALL_TIME)


@pytest.mark.req("R043", "R044", "R062")
def test_a_hall_that_says_nothing_is_open_every_day_of_the_year_alike() -> None:
    first = date(2026, 1, 1)
    assert {hours_on(PLAN, first + timedelta(days=n)).sessions for n in range(365)} == {WORKDAY}


@pytest.mark.req("R010", "R062")
def test_on_rest_days_only_the_named_windows_serve_and_only_what_they_serve_is_offered() -> None:
    hall = plan(weekend=frozenset({5, 6}), on_weekend=DayRule(sessions=((540, 660),), windows=frozenset({3})))
    saturday, monday = on(11, 21), on(11, 23)
    assert [set(windows_open(hall, day)) for day in (saturday, monday)] == [{3}, {3, 4}]
    assert (is_open(hall, saturday, "social"), is_open(hall, saturday, "tax")) == (True, False)
    assert is_open(hall, monday, "tax")
    assert not is_open(hall, on(11, 21, 11))  # the shorter session
    assert not is_open(plan(weekend=frozenset({5}), on_weekend=DayRule(closed=True)), saturday)


@pytest.mark.req("R116", "R117", "R115")
def test_summer_and_winter_timetables_change_on_their_day_and_the_clock_never() -> None:
    hall = plan(seasons=(((5, 1), SUMMER), ((10, 1), WORKDAY)))
    stops = [is_open(hall, on(m, d, 17, 59)) for m, d in ((4, 30), (5, 1), (9, 30), (10, 1))]
    assert stops == [False, True, True, False]
    assert hours(hall, on(1, 5)) == "08:30-12:00 13:30-17:30"  # last year's winter goes on
    assert hours(hall, on(7, 1)) == "08:30-12:00 14:00-18:00"
    assert on(7, 1).utcoffset() == on(1, 1).utcoffset() == timedelta(hours=8)


@pytest.mark.req("R117")
@settings(derandomize=True, deadline=None)
@given(st.integers(0, 365 * 24 * 60 - 1))
def test_numbers_are_given_to_the_last_minute_of_every_session_and_not_after(minute: int) -> None:
    hall = plan(seasons=(((5, 1), SUMMER), ((10, 1), WORKDAY)))
    wall = on(1, 1, 0) + timedelta(minutes=minute)
    end = closes(hall, wall)
    assert (end is not None) == is_open(hall, wall)
    if end:
        assert is_open(hall, end - timedelta(seconds=1))
        assert not is_open(hall, end)


@pytest.mark.req("R043")
def test_public_holidays_and_make_up_workdays_are_the_state_councils() -> None:
    table = china()
    hall = plan(
        weekend=frozenset({5, 6}), on_weekend=DayRule(closed=True), on_holiday=DayRule(closed=True),
        holidays=table.holidays, workdays=table.workdays, table_ends=table.ends,
    )  # fmt: skip
    kinds = [kind_of(hall.calendar, date(2026, m, d)) for m, d in ((10, 1), (2, 14), (2, 17), (11, 21), (11, 23))]
    assert kinds == ["holiday", "workday", "holiday", "weekend", "workday"]  # 14 February: a Saturday that is worked
    assert working_day_after(hall, date(2026, 2, 13), 2) == date(2026, 2, 24)


def test_a_hall_has_the_last_word_over_every_table() -> None:
    hall = plan(
        holidays=frozenset({"2026-10-01", "2026-10-02"}),
        on_holiday=DayRule(closed=True),
        special={
            "2026-10-01": ("holiday", DayRule(sessions=((540, 720),), windows=frozenset({4}))),
            "2026-12-31": ("workday", DayRule(closed=True)),
        },
    )
    assert [is_open(hall, on(m, d)) for m, d in ((10, 1), (10, 2), (10, 3), (12, 31))] == [True, False, True, False]
    assert windows_open(hall, on(10, 1)) == {4}


def test_technicians_hear_before_the_table_of_holidays_ends_and_the_hall_goes_on_by_weekday_then() -> None:
    hall = plan(table_ends="2026-12-31", weekend=frozenset({5, 6}), holidays=frozenset({"2026-10-01"}))
    assert [table_ends_soon(hall, on(m, d)) for m, d in ((11, 23), (12, 2))] == ["", "2026-12-31"]
    assert table_ends_soon(hall, on(3, 1, year=2027)) == "2026-12-31"
    assert table_ends_soon(PLAN, on(3, 1, year=2027)) == ""  # no table is followed
    assert kind_of(hall.calendar, date(2027, 10, 1)) == "workday"


@pytest.mark.req("R076", "R043")
def test_a_hall_of_twenty_four_hours_is_open_over_midnight_and_has_no_closing() -> None:
    always = replace(PLAN, sessions=())
    assert all(is_open(always, on(11, 22, h)) for h in range(24))
    assert closes(always, on(11, 22, 23, 59)) is None
    assert list(closed_spans(always, on(11, 22, 23), on(11, 24, 2))) == []


OUTAGE = Outage("wires", on(12, 5, 12), on(12, 5, 18), Words("线路检修"), frozenset({4}))


@pytest.mark.req("R065")
def test_a_planned_outage_is_announced_from_seven_days_before_until_it_is_over() -> None:
    hall = plan(outages=(OUTAGE,))
    told = [bool(announced(hall, on(*t))) for t in ((11, 27), (11, 28), (12, 5, 17), (12, 5, 18))]
    assert told == [False, True, True, False]


@pytest.mark.req("R202", "R010")
def test_a_window_closed_by_plan_serves_nobody_and_its_services_go_unless_another_has_them() -> None:
    hall = plan(outages=(OUTAGE,))
    during, before = on(12, 5, 15), on(12, 5, 11)
    assert [set(windows_open(hall, time)) for time in (before, during)] == [{3, 4}, {3}]
    assert (is_open(hall, during, "social"), is_open(hall, during, "tax")) == (True, False)
    assert outage_of(hall, 4, during) == OUTAGE
    assert outage_of(hall, 3, during) is None
    whole = plan(outages=(replace(OUTAGE, windows=frozenset()),))
    assert not is_open(whole, during)
    network = plan(outages=(replace(OUTAGE, windows=frozenset(), services=frozenset({"social"})),))
    assert (is_open(network, during, "social"), is_open(network, during, "tax")) == (False, True)


@settings(derandomize=True, deadline=None)
@given(st.integers(0, 600), st.integers(0, 200))
def test_closed_spans_are_exactly_the_half_hours_at_which_the_hall_is_closed(start: int, length: int) -> None:
    hall = plan(
        weekend=frozenset({5}), on_weekend=DayRule(closed=True), seasons=(((1, 1), WORKDAY), ((11, 25), SUMMER))
    )
    half = timedelta(minutes=30)
    begin = on(11, 16, 0) + start * half
    spans = list(closed_spans(hall, begin, begin + length * half))
    closed = [begin + n * half for n in range(length) if not is_open(hall, begin + n * half)]
    assert [a + n * half for a, b in spans for n in range((b - a) // half)] == closed


def test_when_the_hall_opens_again_is_known_over_nights_and_holidays() -> None:
    hall = plan(weekend=frozenset({5, 6}), on_weekend=DayRule(closed=True))
    assert opens(hall, on(11, 20, 12, 30)) == on(11, 20, 13, 30)
    assert opens(hall, on(11, 20, 18)) == on(11, 23, 8, 30)
    assert opens(plan(weekend=frozenset(range(7)), on_weekend=DayRule(closed=True)), on(11, 20)) is None


RESTING = Calendar(
    weekend=frozenset({5, 6}),
    on_weekend=DayRule(closed=True),
    special={"2026-11-21": ("weekend", DayRule(sessions=((540, 720),)))},
)
SATURDAY = datetime(2026, 11, 21, 10, 0, tzinfo=HALL_TIME)


@pytest.mark.req("R100")
def test_on_a_day_of_rest_on_which_the_hall_works_appointments_need_somebodys_approval() -> None:
    extra = replace(PLAN, calendar=RESTING)
    assert is_open(extra, SATURDAY, "social")
    assert not bookable(extra, SATURDAY, "social")
    approved = replace(PLAN, calendar=replace(RESTING, approved={"2026-11-21": "1009"}))
    assert bookable(approved, SATURDAY, "social")
    assert not bookable(approved, SATURDAY + timedelta(days=1), "social")  # the hall rests
    assert bookable(extra, SATURDAY + timedelta(days=2), "social")  # a Monday needs no approval
    open_weekends = replace(PLAN, calendar=replace(RESTING, on_weekend=DayRule()))
    assert bookable(open_weekends, SATURDAY, "social")  # nor a weekend on which the hall is always open
