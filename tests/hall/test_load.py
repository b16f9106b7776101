"""Time limits and what does not count towards them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.contract.messages import Words
from device.hall.load import limit_minutes, net_seconds
from device.hall.plan import Service
from device.moment import HALL_TIME

NINE = datetime(2026, 11, 23, 9, tzinfo=HALL_TIME)
PHARMACY = Service("pharmacy", Words("取药"), "P", 6, 5, {"small": 10, "large": 20})


def at(minute: int) -> datetime:
    return NINE + timedelta(minutes=minute)


@pytest.mark.req("R063", "R077", "R078")
def test_a_limit_depends_on_the_service_and_on_the_size_of_the_item() -> None:
    assert [limit_minutes(PHARMACY, size) for size in ("", "small", "large", "other")] == [5, 10, 20, 5]
    assert limit_minutes(None) == 0


@pytest.mark.req("R082", "R131")
def test_recorded_faults_and_power_cuts_do_not_count() -> None:
    cuts = [(at(-5), at(2)), (at(4), at(6)), (at(5), at(7)), (at(18), at(40))]
    assert net_seconds(at(0), at(20), cuts) == (20 - 2 - 3 - 2) * 60


@settings(derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.integers(-10, 40), st.integers(0, 30)), max_size=6))
def test_what_counts_is_every_minute_in_no_outage(found: list[tuple[int, int]]) -> None:
    cuts = [(at(start), at(start + length)) for start, length in found]
    inside = sum(not any(start <= at(n) < end for start, end in cuts) for n in range(20))
    assert net_seconds(at(0), at(20), cuts) == inside * 60
