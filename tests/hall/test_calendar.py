"""Business days and hours are the hall's, not UTC's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from device.hall.calendar import business_day, days_from, hours, is_open
from device.moment import HALL_TIME
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
