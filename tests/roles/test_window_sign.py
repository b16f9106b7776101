"""The sign above a window: what it says when it does not serve, with the very event that changed it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.contract.messages import HallService, HallWindow, Words
from device.hall.parameters import Load
from device.roles.window import Window
from drivers.events import KeyPressed, LinkDown, LinkUp
from screens.views import Bilingual
from tests.roles.console import call, pause, sign, sign_in, staffed
from tests.roles.stage import PLAN, Stage

LEAVE = Words("窗口人员休假", "On leave")


def closed() -> Stage:
    stage = Stage(Window("window-3", PLAN, PLAN.windows[3]))
    stage.began()
    stage.send(LinkUp())
    return stage


@pytest.mark.req("R111", "R203", "R107")
@pytest.mark.parametrize("link", [True, False])
def test_a_pause_is_on_the_sign_with_its_end_in_the_same_event_also_without_the_line(link: bool) -> None:
    stage = staffed(link=link)
    if link:
        pause(stage, "1")
    else:
        for key in ("p", "1", "1"):
            stage.send(KeyPressed(key))
    shown = sign(stage)
    assert (shown.state, shown.until, shown.what) == ("paused", "09:40", None)
    assert "files" not in repr(shown)


def test_the_end_of_a_pause_that_has_passed_is_no_promise() -> None:
    stage = staffed()
    pause(stage, "1")
    stage.wait(11 * 60)
    assert (sign(stage).state, sign(stage).until) == ("paused", "")


@pytest.mark.req("R157", "R203")
def test_a_closed_window_says_what_the_coordinator_told_of_it_and_where_else_to_go() -> None:
    stage = closed()
    stage.hear(HallWindow(3, 1, "closed", elsewhere=(4,), until="2026-11-25T08:30:00+08:00", what=LEAVE))
    shown = sign(stage)
    assert (shown.until, shown.what, shown.elsewhere) == ("11-25 08:30", Bilingual("窗口人员休假", "On leave"), (4,))


def test_what_was_told_may_be_old_without_the_line_and_is_not_shown() -> None:
    stage = closed()
    stage.hear(HallWindow(3, 1, "closed", elsewhere=(4,), until="2026-11-25T08:30:00+08:00", what=LEAVE))
    stage.send(LinkDown("gone"))
    shown = sign(stage)
    assert (shown.until, shown.what, shown.elsewhere) == ("", None, ())


@pytest.mark.req("R125", "R157")
def test_nothing_of_it_is_left_when_somebody_signs_in() -> None:
    stage = closed()
    stage.hear(HallWindow(3, 1, "closed", elsewhere=(4,), until="2026-11-25T08:30:00+08:00", what=LEAVE))
    sign_in(stage)
    shown = sign(stage)
    assert (shown.state, shown.until, shown.what, shown.elsewhere) == ("open", "", None, ())


@pytest.mark.req("R127")
def test_a_window_with_a_long_queue_says_that_it_is_busy() -> None:
    plan = replace(PLAN, load=Load(long=5, short=3))
    stage = Stage(Window("window-3", plan, plan.windows[3]))
    stage.began()
    stage.send(LinkUp())
    sign_in(stage)
    call(stage)
    stage.hear(HallService("social", 1, 5, 20, True))
    assert not sign(stage).busy
    stage.hear(HallService("social", 2, 6, 25, True))
    assert sign(stage).busy
    stage.send(LinkDown("gone"))
    assert not sign(stage).busy
