"""From a citizen's touch to the rating in the coordinator's book, on the real roles and the real shell."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from device.moment import HALL_TIME
from screens.views import BoardPage, EvaluatorAsk, EvaluatorIdle, EvaluatorThanks, KioskHome, KioskTake, SignPage
from tests.helpers.table import HallOnATable

MORNING = datetime(2026, 11, 23, 9, tzinfo=HALL_TIME)


@pytest.fixture
def hall(tmp_path: Path) -> HallOnATable:
    table = HallOnATable(tmp_path, MORNING)
    table.pass_time(2.0)
    return table


def test_a_citizen_goes_all_the_way(hall: HallOnATable) -> None:
    hall.tap("kiosk-1", "service:social")
    hall.pass_time(1.0)
    taken = hall.view("kiosk-1")
    assert isinstance(taken, KioskTake)
    assert taken.number == "A001"
    print(hall.parts("kiosk-1").printer.numbers)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next")
    print(hall.view("window-3"))
    print(hall.view("board-1"))
    hall.pass_time(2)
    hall.tap("window-3", "start")
    hall.pass_time(60)
    hall.tap("window-3", "finish")
    print(hall.view("evaluator-3"))
    hall.press("evaluator-3", 5)
    print(hall.view("evaluator-3"))
    hall.pass_time(10)
    print(hall.view("evaluator-3"))
    for r in hall.records(): print(r)
    assert hall.unsent()==0
