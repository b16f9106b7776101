"""What stands in a hall's files is what its roles decide by."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from config.errors import ConfigErrors
from config.load import load_hall
from device.hall.calendar import hours, is_open, kind_of, windows_open
from device.hall.plan import Plan
from device.moment import HALL_TIME
from device.roles.build import plan_of
from tests.config.site import HALL

RULES = """
[calendar]
weekend = ["sat", "sun"]
public_holidays = "china"
on_weekend = { sessions = [["09:00", "11:00"]], windows = [1] }
on_holiday = { closed = true }

[queue]
policy = "weighted"
ageing_minutes = 20

[leave]
minutes = 15
reason_minutes = { phone = 3 }

[[season]]
name = "summer"
begins = "05-01"
sessions = [["08:30", "12:00"], ["14:00", "18:00"]]

[[season]]
name = "winter"
begins = "10-01"
sessions = [["08:30", "12:00"], ["13:30", "17:30"]]

[[day]]
date = "2026-12-31"
kind = "workday"
sessions = [["08:30", "12:00"]]

[[outage]]
id = "wires"
begins = "2026-12-07T09:00"
ends = "2026-12-07T10:00"
what = { zh = "线路检修", en = "Wiring" }
windows = [2]
"""


def hall(folder: Path, rules: str) -> Plan:
    file = folder / "hall.toml"
    file.write_text(HALL + rules, "utf-8")
    return plan_of(load_hall(file))


def on(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=HALL_TIME)


@pytest.mark.req("R010", "R043", "R102", "R116", "R200")
def test_a_halls_own_rules_reach_its_roles(tmp_path: Path) -> None:
    plan = hall(tmp_path, RULES)
    assert (hours(plan, on(7, 1)), hours(plan, on(12, 1))) == ("08:30-12:00 14:00-18:00", "08:30-12:00 13:30-17:30")
    assert [kind_of(plan.calendar, on(*day).date()) for day in ((10, 1), (2, 14), (12, 5))] == [
        "holiday", "workday", "weekend",
    ]  # fmt: skip
    assert (is_open(plan, on(10, 1)), set(windows_open(plan, on(12, 5))), hours(plan, on(12, 31))) == (
        False, {1}, "08:30-12:00",
    )  # fmt: skip
    assert set(windows_open(plan, on(12, 7, 9))) == {1}
    assert (plan.leave.allowed("errand"), plan.leave.allowed("phone")) == (15, 3)
    assert (plan.discipline.policy, plan.discipline.ageing) == ("weighted", 1200.0)


@pytest.mark.req("R032", "R085", "R102", "R221")
def test_a_hall_that_says_nothing_has_the_defaults(tmp_path: Path) -> None:
    plan = hall(tmp_path, "")
    assert {"soldier", "pregnant", "elderly", "disabled", "sick", "infant"} <= set(plan.discipline.classes)
    assert (plan.leave.minutes, plan.load.long, plan.load.short, plan.people.windows_each) == (10, 10, 7, 2)
    assert kind_of(plan.calendar, on(10, 1).date()) == "workday"


@pytest.mark.parametrize(
    ("rules", "key", "what"),
    [
        ('[[day]]\ndate = "2026-02-30"\nkind = "holiday"', "day[0].date", "there is no day '2026-02-30'"),
        ("[load]\nlong = 5\nshort = 5", "load.short", "a queue that is long at 5 cannot be short again at 5"),
        ("[calendar]\non_weekend = { windows = [9] }", "calendar.on_weekend.windows[0]", "there is no window 9"),
        (
            '[[season]]\nname = "odd"\nbegins = "05-01"\nsessions = [["12:00", "08:00"]]',
            "season[0].sessions",
            "the times do not rise",
        ),
        (
            '[[outage]]\nid = "x"\nbegins = "2026-12-05T12:00"\nends = "2026-12-05T11:00"\nwhat = { zh = "检修" }',
            "outage[0].ends",
            "it ends before it begins",
        ),
    ],
)
def test_rules_that_cannot_be_meant_are_mistakes(tmp_path: Path, rules: str, key: str, what: str) -> None:
    with pytest.raises(ConfigErrors) as wrong:
        hall(tmp_path, f"\n{rules}\n")
    assert [(error.keys, error.what) for error in wrong.value.errors] == [(key, what)]
