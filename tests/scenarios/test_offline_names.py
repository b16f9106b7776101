"""A name on a screen is the name of who is there, or there is none: whoever is gone, and in whatever order (R125)."""

from __future__ import annotations

from datetime import datetime

import pytest

from device.contract.codec import read
from device.contract.messages import HallWindow
from device.moment import HALL_TIME
from device.table import Table
from screens.views import EvaluatorAsk, EvaluatorIdle, SignPage
from tests.helpers.table import HallOnATable, laid
from tests.scenarios.hurt import HurtHall
from tests.scenarios.people import serve

pytestmark = pytest.mark.req("R125")
NOTICED = 11.0  # seconds until the broker says that somebody is gone


def names(hall: Table, window: int = 3) -> tuple[str, str, str]:
    """Who stands on the sign, on the evaluator and in the hall's truth."""
    sign, evaluator, hall_says = hall.view(f"window-{window}", "sign"), hall.view(f"evaluator-{window}"), truth(hall)
    assert isinstance(sign, SignPage)
    assert isinstance(evaluator, EvaluatorIdle)
    on_sign, on_evaluator, in_truth = (
        person.number if person else "" for person in (sign.person, evaluator.person, hall_says.person)
    )
    return on_sign, on_evaluator, in_truth


def truth(hall: Table, window: int = 3) -> HallWindow:
    """What the broker keeps of a window."""
    body = read(hall.broker.retained()[f"hallside/1/longjiang/hall/window/{window}"])[1]
    assert isinstance(body, HallWindow)
    return body


def restart_broker(hall: HallOnATable) -> None:
    """With everything it kept."""
    hall.broker.down()
    hall.pass_time(1)
    hall.broker.up()
    hall.pass_time(2)


def test_after_a_sign_in_all_three_agree_and_after_a_sign_out_nobody_is_named(apart: HallOnATable) -> None:
    apart.sign_in("window-3", "1001")
    assert names(apart) == ("1001", "1001", "1001")
    apart.tap("window-3", "signout")
    assert names(apart) == ("", "", "")


def test_a_sign_out_while_the_windows_line_is_down_takes_the_name_away_as_soon_as_that_is_noticed(
    apart: HallOnATable,
) -> None:
    apart.sign_in("window-3", "1001")
    apart.broker.cut("window-3")
    apart.tap("window-3", "signout")
    apart.pass_time(NOTICED)
    assert names(apart) == ("", "", "")
    apart.broker.mend("window-3")
    apart.pass_time(3)
    assert names(apart) == ("", "", "")
    assert truth(apart).state == "closed"


def test_while_the_line_comes_back_no_old_name_is_seen_for_a_moment(apart: HallOnATable) -> None:
    apart.sign_in("window-3", "1001")
    apart.broker.down()
    apart.settle()
    apart.tap("window-3", "signout")
    seen = len(apart.parts("evaluator-3").screens["main"].shown)
    apart.broker.up()
    apart.pass_time(30)
    assert named(apart, seen) == set()
    assert names(apart) == ("", "", "")


@pytest.mark.parametrize("order", ["coordinator first", "broker first"])
def test_broker_and_coordinator_in_one_box_lose_their_power_and_an_old_name_is_not_believed(
    apart: HallOnATable, order: str
) -> None:
    apart.sign_in("window-3", "1001")
    if order == "coordinator first":
        apart.cut_power("coordinator")
        apart.broker.down()
    else:
        apart.broker.down()
        apart.cut_power("coordinator")
    apart.pass_time(2)
    apart.tap("window-3", "signout")
    seen = len(apart.parts("evaluator-3").screens["main"].shown)
    apart.broker.up()
    apart.pass_time(120)  # the broker is back, with everything that it kept; the coordinator is not
    assert named(apart, seen) == set()
    apart.boot("coordinator")
    apart.pass_time(5)
    assert named(apart, seen) == set()
    assert truth(apart).state == "closed"
    apart.sign_in("window-3", "1001")
    assert names(apart) == ("1001", "1001", "1001")


def test_the_coordinator_killed_takes_names_from_evaluators_that_only_it_can_tell(apart: HallOnATable) -> None:
    apart.sign_in("window-3", "1001")
    apart.cut_power("coordinator")
    apart.pass_time(NOTICED)
    evaluator = apart.view("evaluator-3")
    assert isinstance(evaluator, EvaluatorIdle)
    assert (evaluator.person, evaluator.state) == (None, "unknown")
    apart.boot("coordinator")
    apart.pass_time(3)
    assert names(apart) == ("1001", "1001", "1001")


@pytest.mark.parametrize("broker", ["alive", "restarted", "restarted and empty"])
def test_a_window_that_is_killed_is_named_by_nobody(apart: HallOnATable, broker: str) -> None:
    apart.sign_in("window-3", "1001")
    apart.cut_power("window-3")
    if broker != "alive":
        apart.broker.down(forget=broker == "restarted and empty")
        apart.pass_time(1)
        apart.broker.up()
    apart.pass_time(NOTICED)
    evaluator = apart.view("evaluator-3")
    assert isinstance(evaluator, EvaluatorIdle)
    assert (evaluator.person, evaluator.state) == (None, "unknown")
    assert (truth(apart).person, truth(apart).state) == (None, "unknown")
    apart.boot("window-3")
    apart.pass_time(3)
    assert names(apart) == ("1001", "1001", "1001")  # the same day, the same session


def test_after_a_restart_of_the_coordinator_a_window_that_died_meanwhile_is_named_by_nobody(
    apart: HallOnATable,
) -> None:
    apart.sign_in("window-3", "1001")
    apart.broker.down()
    apart.cut_power("coordinator")
    apart.cut_power("window-3")
    apart.pass_time(2)
    apart.broker.up()
    apart.boot("coordinator")
    apart.pass_time(5)
    assert (truth(apart).person, truth(apart).state) == (None, "unknown")
    evaluator = apart.view("evaluator-3")
    assert isinstance(evaluator, EvaluatorIdle)
    assert evaluator.person is None


@pytest.mark.req("R126", "R177")
@pytest.mark.parametrize("desks", [True, False])
@pytest.mark.parametrize("page", ["open", "calling", "serving", "paused"])
def test_power_is_cut_at_the_wall_in_the_evening_and_in_the_morning_nobody_is_on_duty(page: str, desks: bool) -> None:
    hall = HallOnATable(datetime(2026, 11, 23, 17, tzinfo=HALL_TIME), desks=desks)
    hall.pass_time(2)
    hall.tap("kiosk-1", "service:social")
    hall.pass_time(2)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", *{"open": (), "calling": ("next",), "serving": ("next", "start")}.get(
        page, ("pause", "reason:incident")))  # fmt: skip
    stations = list(hall.lives)
    hall.broker.down()
    for station in stations:
        hall.cut_power(station)
    hall.pass_time(15 * 3600)
    hall.broker.up()
    for station in stations:
        hall.boot(station)
    hall.pass_time(5)
    assert names(hall) == ("", "", "")
    assert truth(hall).state == "closed"
    assert [getattr(r, "staff", "") for r in hall.records("staff.signed_out")] == ["1001"]
    hall.sign_in("window-3", "1002")
    assert names(hall) == ("1002", "1002", "1002")


@pytest.mark.parametrize("desks", [True, False])
def test_without_a_trusted_clock_nobody_is_named_and_no_old_question_is_put_to_somebody_else(desks: bool) -> None:
    hall = HurtHall(laid(desks=desks), datetime(2026, 11, 23, 17, tzinfo=HALL_TIME))
    hall.pass_time(2)
    serve(hall)
    assert isinstance(hall.view("evaluator-3"), EvaluatorAsk)
    stations = [hall.home("window-3"), *([] if desks else ["evaluator-3"])]
    for station in stations:
        hall.cut_power(station)
        hall.clocks[station].believed = "floor"  # its clock stands where it was
    hall.pass_time(5)
    for station in stations:
        hall.boot(station)
    hall.pass_time(2)
    assert names(hall) == ("", "", "")
    assert [getattr(r, "why", "") for r in hall.records("rating.none")] == ["restart"]


def test_an_evaluator_that_was_away_ends_every_invitation_it_missed_and_asks_nobody_for_somebody_else(
    apart: HallOnATable,
) -> None:
    apart.broker.cut("evaluator-3")
    for _ in range(3):
        serve_one(apart)
    apart.tap("kiosk-1", "service:social")
    apart.pass_time(2)
    apart.tap("window-3", "next", "start")
    seen = len(apart.parts("evaluator-3").screens["main"].shown)
    apart.broker.mend("evaluator-3")
    apart.pass_time(3)
    ended = [getattr(r, "invitation", "") for r in apart.records("rating.none", "rating.given")]
    assert ended == [e.id for e, r in apart.entries() if r.type == "rating.invited"]
    shown = apart.parts("evaluator-3").screens["main"].shown[seen:]
    assert not [view for view in shown if isinstance(view, EvaluatorAsk)]
    apart.tap("window-3", "finish")
    asked = apart.view("evaluator-3")
    assert isinstance(asked, EvaluatorAsk)
    assert asked.number == "A004"


def serve_one(hall: HallOnATable) -> None:
    """A citizen comes, is served, and goes before anybody asks them."""
    hall.tap("kiosk-1", "service:social")
    hall.pass_time(10)
    if isinstance(sign := hall.view("window-3", "sign"), SignPage) and sign.state == "closed":
        hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next", "start", "finish")


def named(hall: HallOnATable, since: int) -> set[str]:
    """Everybody whom the evaluator has named since this page."""
    shown = hall.parts("evaluator-3").screens["main"].shown[since:]
    return {view.person.number for view in shown if isinstance(view, EvaluatorIdle) and view.person}
