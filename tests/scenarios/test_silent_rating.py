"""A bad rating is with the supervisor at once, and whatever anybody at a window can hear or see stays as it was."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from device.contract.messages import CaseOpened, RatingGiven
from device.table import Table
from screens.views import EvaluatorThanks
from tests.helpers.table import HallOnATable, Laid, laid
from tests.scenarios.conftest import MONDAY
from tests.scenarios.people import serve

Said = list[tuple[str, str, bytes]]


def rated(laid: Laid, level: int) -> tuple[Table, Said, Sequence[object]]:
    """A hall in which one service was rated; what was said on the wire, and what window 3 showed."""
    hall = Table(laid.configs, MONDAY, pins=laid.pins)
    said: Said = []

    def keep(device: str, topic: str, payload: bytes) -> tuple[float]:
        said.append((device, topic, payload))
        return (0.0,)

    hall.broker.toward = keep
    hall.pass_time(2)
    serve(hall)
    hall.press("evaluator-3", level)
    hall.tap("evaluator-3", "tag:efficiency")
    hall.pass_time(120)
    hall.tap("window-3", "next")
    hall.pass_time(60)
    shown = [view for screen in ("main", "sign") for view in hall.parts("window-3").screens[screen].shown]
    return hall, said, shown


@pytest.mark.req("R140")
def test_nothing_on_the_wire_or_at_the_window_tells_the_worst_rating_from_the_best() -> None:
    usual = laid()
    (hall, worst, saw_worst), (_, best, saw_best) = rated(usual, 1), rated(usual, 5)
    assert hall.records("case.opened")
    own = {topic for device, topic, _ in worst if device == "evaluator-3" and topic.endswith("/evaluator-3/record")}
    assert len(own) == 1, "only the coordinator may read it"
    assert [one for one in worst if one[1] not in own] == [one for one in best if one[1] not in own]
    assert saw_worst == saw_best


@pytest.mark.req("R140")
def test_with_the_line_up_it_is_a_case_within_a_quarter_of_a_second_of_the_press() -> None:
    hall = HallOnATable(MONDAY)
    hall.pass_time(2)
    serve(hall)
    hall.press("evaluator-3", 1)
    hall.pass_time(0.25)  # `cases watch` looks twice a second
    assert hall.records("case.opened")
    assert isinstance(hall.view("evaluator-3"), EvaluatorThanks)


@pytest.mark.req("R140")
@pytest.mark.parametrize("level", [1, 2])
def test_it_is_a_case_within_five_seconds_and_after_an_outage_as_soon_as_the_line_is_back(level: int) -> None:
    hall = HallOnATable(MONDAY)
    hall.pass_time(2)
    serve(hall)
    hall.broker.cut("evaluator-3")
    hall.pass_time(5)
    hall.press("evaluator-3", level)
    hall.pass_time(60)
    assert not hall.records("case.opened")
    hall.broker.mend("evaluator-3")
    back = hall.clock.mono()
    while not hall.records("case.opened"):
        hall.pass_time(0.5)
    assert hall.clock.mono() - back <= 5
    (case,), (rating,) = hall.records("case.opened"), hall.records("rating.given")
    assert isinstance(case, CaseOpened)
    assert isinstance(rating, RatingGiven)
    assert (case.facts.level, case.facts.ticket, case.facts.staff) == (level, rating.ticket, rating.staff)
