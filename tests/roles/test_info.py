"""A display where no queue is to be followed shows the hall's information, page after page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.contract.messages import HallCall, HallNotices, HallWindow, Words
from device.effects import Say
from device.hall.plan import Info
from device.roles.board import Board
from device.roles.info import InfoBoard
from device.roles.window import Window
from screens.views import Bilingual, BoardPage, InfoPage
from tests.roles.console import sign
from tests.roles.stage import PLAN, ZHANG, Stage

ITEMS = (
    Info("guide", Bilingual("办事指南"), (Bilingual("一、取号"),)),
    Info("contact", Bilingual("咨询与投诉"), (Bilingual("拨打12345"),)),
)


def display(*items: Info) -> Stage:
    stage = Stage(InfoBoard("board-2", replace(PLAN, complaint_phone="12345"), items))
    stage.began()
    return stage


def page(stage: Stage) -> InfoPage:
    return stage.page(InfoPage)


@pytest.mark.req("R251", "R250")
def test_each_page_has_its_time_and_the_first_comes_after_the_last() -> None:
    stage = display(*ITEMS)
    kinds = []
    for _ in range(3):
        kinds.append((page(stage).kind, page(stage).page, page(stage).pages))
        stage.wait(10)
    assert kinds == [("guide", 1, 2), ("contact", 2, 2), ("guide", 1, 2)]
    assert page(stage).phone == "12345"


def test_a_single_page_stays() -> None:
    stage = display(ITEMS[0])
    before = page(stage)
    stage.wait(25)
    assert page(stage) == before


@pytest.mark.req("R286", "R004")
def test_the_halls_notices_stand_below_it() -> None:
    stage = display(*ITEMS)
    stage.hear(HallNotices(1, business=Words("医保缴费"), fault=Words("1号电梯暂停使用")))
    assert page(stage).notices == (("business", Bilingual("医保缴费")), ("fault", Bilingual("1号电梯暂停使用")))


@pytest.mark.req("R250")
def test_nothing_of_a_ticket_a_window_or_a_person_gets_onto_it() -> None:
    stage = display(*ITEMS)
    before = page(stage)
    until = (stage.wall).isoformat(timespec="milliseconds")
    effects = stage.hear(HallCall("20261123-A012", 3, PLAN.windows[3].place, 1, until))
    effects += stage.hear(HallWindow(3, 1, "serving", ZHANG, "20261123-A012"))
    assert not [effect for effect in effects if isinstance(effect, Say)]
    assert page(stage) == before
    assert "A012" not in repr(page(stage))


def test_the_clock_moves_and_the_hours_change() -> None:
    stage = display(*ITEMS)
    today = page(stage).today
    assert today
    assert today.until == "12:00"
    stage.wait(3 * 3600)
    assert page(stage).clock.text == "2026-11-23 12:30"
    today = page(stage).today
    assert today
    assert (today.open, today.until) == (False, "13:30")


@pytest.mark.parametrize(("languages", "second"), [(("zh",), "en"), (("zh", "ug", "en"), "ug"), (("mn", "zh"), "mn")])
def test_the_second_language_is_the_halls_own_first_one_beside_chinese(languages: tuple[str, ...], second: str) -> None:
    plan = replace(PLAN, languages=languages)
    for role in (InfoBoard("board-2", plan, ITEMS), Board("board-1", plan)):
        stage = Stage(role)
        stage.began()
        view = stage.view()
        assert isinstance(view, InfoPage | BoardPage)
        assert view.second == second
    window = Stage(Window("window-3", plan, plan.windows[3]))
    window.began()
    assert sign(window).second == second


@pytest.mark.parametrize("lang", ["ug", "bo", "mn"])
def test_a_notice_that_is_long_in_any_language_has_turns(lang: str) -> None:
    stage = display(ITEMS[0])
    stage.hear(HallNotices(1, business=replace(Words("短"), **{lang: "་" * 41})))
    stage.wait(8)
    assert page(stage).turn == 1
