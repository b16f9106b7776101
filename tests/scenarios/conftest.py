"""A hall on a table for every scenario that asks for one."""

from __future__ import annotations

from datetime import datetime

import pytest

from device.hall import pins
from device.moment import HALL_TIME
from tests.helpers.table import HallOnATable

MONDAY = datetime(2026, 11, 23, 9, tzinfo=HALL_TIME)


@pytest.fixture(autouse=True)
def pins_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """PINs are checked as always, without the time that scrypt takes on purpose: people sign in often here."""
    monkeypatch.setattr(pins, "N", 2)
    monkeypatch.setattr(pins, "R", 1)


@pytest.fixture
def hall() -> HallOnATable:
    """One kiosk, one board, desks 3 and 4, everybody ready, 9 o'clock on a Monday."""
    table = HallOnATable(MONDAY)
    table.pass_time(2.0)
    return table


@pytest.fixture
def apart() -> HallOnATable:
    """The same with every device on a Pi of its own."""
    table = HallOnATable(MONDAY, desks=False)
    table.pass_time(2.0)
    return table
