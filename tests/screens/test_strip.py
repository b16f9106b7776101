"""The one line of a strip sign says what its window's page says, and fits sixteen columns."""

from __future__ import annotations

from typing import get_args

import pytest

from screens.gallery import samples
from screens.strip import strip_line
from screens.views import Bilingual, BoardPage, CallRow, Clockface, EvaluatorThanks, PersonCard, SignPage, WindowState

CLOCK = Clockface("2026-11-23 09:30", True)
WANG = PersonCard("1001", "王小明", 4, "综合受理")
PLACE = Bilingual("一楼", "Floor 1")


def sign(state: WindowState, number: str = "", window: int = 3) -> SignPage:
    return SignPage(window, PLACE, state, number, WANG, (), (), CLOCK)


def columns(text: str) -> int:
    return len(text.encode("gb2312"))


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (sign("calling", "A012"), ("请A012到本窗口", "A012")),
        (sign("serving", "A012"), ("A012 正在办理", "A012")),
        (sign("open"), ("3号窗口欢迎办理", "")),
        (sign("paused"), ("3号窗口暂停服务", "")),
        (sign("closed"), ("3号窗口暂未开放", "")),
    ],
)
def test_a_windows_line_says_the_number_or_the_state(page: SignPage, line: tuple[str, str]) -> None:
    assert strip_line(page) == line


def test_a_paused_window_shows_the_pause_and_no_number() -> None:
    assert strip_line(sign("paused", "A012")) == ("3号窗口暂停服务", "")


def test_the_halls_line_is_the_newest_call() -> None:
    call = CallRow("A012", 3, PLACE)
    page = BoardPage(PLACE, call, (), (), (), (), None, CLOCK, True)
    assert strip_line(page) == ("请A012到3号窗口", "A012")
    assert strip_line(BoardPage(PLACE, None, (), (), (), (), None, CLOCK, True)) == ("欢迎办理", "")


@pytest.mark.parametrize("state", get_args(WindowState))
@pytest.mark.parametrize("number", ["", "A012"])
def test_every_line_of_a_window_fits_sixteen_columns(state: WindowState, number: str) -> None:
    line = strip_line(sign(state, number, window=99))
    assert line is not None
    assert columns(line[0]) <= 16


def test_no_page_ever_puts_a_name_on_a_strip() -> None:
    for sample in samples():
        line = strip_line(sample.view)
        assert line is None or WANG.name not in line[0]


def test_a_page_for_one_citizen_says_nothing_to_the_hall() -> None:
    assert strip_line(EvaluatorThanks(3)) is None
