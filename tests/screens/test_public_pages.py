"""What boards and signs say, in Chinese and English: hours, who is next, why a window rests, notices of any length."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from screens.gallery_board import BOARD, SIGN, boards, infos, signs
from screens.layout import Figure, Picture, Screen, Text, layout
from screens.views import Bilingual, BoardPage, InfoPage, Resting, SignPage, Slot, Today
from tests.screens.pictures import ruler, said, texts

SLOTS: tuple[Slot, ...] = ("business", "announcement", "sample", "fault")


def board(name: str = "board") -> BoardPage:
    view = boards()[name]
    assert isinstance(view, BoardPage)
    return view


def sign(name: str) -> SignPage:
    view = signs()[name]
    assert isinstance(view, SignPage)
    return view


def draw(view: BoardPage | InfoPage | SignPage, screen: Screen = BOARD[0]) -> Picture:
    return layout(view, screen, ruler())


@pytest.mark.parametrize("screen", BOARD)
def test_a_board_says_who_is_next_and_names_nobody_when_nobody_waits(screen: Screen) -> None:
    words = said(draw(board(), screen))
    assert all(part in words for part in ("请准备  Next, please get ready", "A013", "B024"))
    assert "A013" not in said(draw(replace(board(), next=()), screen))


def test_a_board_that_may_be_out_of_date_does_not_say_that_nobody_is_next() -> None:
    nobody, unknown = replace(board(), next=(), missed=("A003",), paused=(Resting(5),)), replace(board(), live=False)
    assert "暂无  None" in said(draw(nobody))
    assert "暂无  None" not in said(draw(unknown))


@pytest.mark.req("R268", "R127")
def test_a_busy_board_asks_people_to_wait_and_says_how_long_in_two_languages() -> None:
    words = said(draw(board("board-zone")))
    assert "今天业务较多，请您排队等候，预计约 45–60 分钟" in words
    assert "It is busy today. Please wait in line, about 45–60 minutes" in words
    assert "预计约" not in said(draw(replace(board("board-zone"), busy=None)))
    assert "业务较多" not in said(draw(board()))


@pytest.mark.req("R127")
@pytest.mark.parametrize("screen", SIGN)
def test_a_busy_window_says_please_wait_while_it_serves(screen: Screen) -> None:
    assert "业务较忙，请稍等" in said(draw(sign("sign-busy"), screen))
    assert "请稍等" not in said(draw(replace(sign("sign-open"), busy=True), screen))


@pytest.mark.req("R055")
@pytest.mark.parametrize(
    ("today", "words"),
    [
        (
            Today("08:30-12:00 13:30-17:30", open=True, until="12:00"),
            ("今天服务时间 08:30-12:00 13:30-17:30", "现在办理业务，至 12:00", "Open now, until 12:00"),
        ),
        (Today("08:30-12:00", open=False, until="13:30"), ("现在休息，13:30 开始办理", "Closed now, opens 13:30")),
        (Today("", open=False, until="11-23 08:30"), ("今天休息", "现在休息，11-23 08:30 开始办理")),
        (Today("00:00-24:00", open=True), ("现在全天办理", "Open all day")),
        (Today("", open=False), ("今天休息", "Closed now")),
    ],
)
def test_a_board_says_todays_hours_and_what_comes_next_of_them(today: Today, words: tuple[str, ...]) -> None:
    page = draw(replace(board(), today=today))
    assert page.flaws == ()
    assert all(part in said(page) for part in words)


@pytest.mark.req("R057")
def test_a_board_names_the_telephone_for_complaints() -> None:
    assert "监督投诉电话 12345  Complaints 12345" in said(draw(board()))


@pytest.mark.req("R203", "R157")
def test_a_board_says_until_when_a_window_rests_why_if_that_is_public_and_where_to_go() -> None:
    words = said(draw(board()))
    assert "5号窗口暂停服务，预计 10:25 恢复，请到 4、6号窗口" in words
    assert "9号窗口设备检修，预计 11-23 08:30 恢复" in words
    many = draw(replace(board(), paused=tuple(Resting(n, "10:25") for n in range(1, 9))))
    assert many.flaws == ()
    assert "10:25" not in said(many)  # no room for all of them: their numbers alone


@pytest.mark.req("R157", "R203", "R015")
@pytest.mark.parametrize("screen", SIGN)
def test_a_sign_says_why_and_until_when_it_does_not_serve_and_where_else_to_go(screen: Screen) -> None:
    words = said(draw(sign("sign-away"), screen))
    for part in ("窗口人员休假", "预计 11-25 08:30 恢复服务", "Back at about 11-25 08:30", "请到 2、4号窗口"):
        assert part in words
    assert "预计 10:25 恢复服务" in said(draw(sign("sign-paused"), screen))


@pytest.mark.req("R006", "R125")
def test_a_sign_without_a_photo_shows_a_figure_and_still_name_number_duty_and_stars() -> None:
    for screen in SIGN:
        page = draw(sign("sign-overtime"), screen)
        assert [box.name for box in page.boxes if isinstance(box, Figure)].count("star") == 4
        assert "photo" in {box.name for box in page.boxes if isinstance(box, Figure)}
        words = said(page).replace("\n", "")
        assert all(part in words for part in ("王晓明", "工号 1001", "社会保险综合受理", "延时服务"))


@pytest.mark.req("R250", "R251")
@pytest.mark.parametrize("screen", BOARD)
def test_information_has_its_kind_its_title_its_lines_and_the_notices_in_their_slots(screen: Screen) -> None:
    view = infos()["info-guide"]
    assert isinstance(view, InfoPage)
    page = draw(view, screen)
    words = said(page)
    for part in (
        "办事指南  How to",
        "怎样办理社会保险业务",
        "一、取号：在正门取号机选择业务",
        "1/2",
        "设备报障",
        "业务通知",
    ):
        assert part in words
    assert page.targets == {}


@pytest.mark.req("R250")
@pytest.mark.parametrize("kind", ["staff", "guide", "progress", "result", "contact"])
def test_every_kind_of_information_has_a_name_and_a_figure(kind: Any) -> None:
    view = infos()["info-contact"]
    assert isinstance(view, InfoPage)
    page = draw(replace(view, kind=kind))
    assert page.flaws == ()
    assert len([box for box in page.boxes if isinstance(box, Figure) and box.colour == "called"]) == 2


LONG = Bilingual(
    "".join(f"{n}号电梯检修请走{n + 20}号扶梯；" for n in range(1, 12)),
    " ".join(f"Lift {n} is out of service, please use escalator {n + 20}." for n in range(1, 5)),
)


@pytest.mark.req("R004")
@pytest.mark.parametrize(("screen", "slot"), list(zip(BOARD, SLOTS, strict=True)))
def test_a_notice_too_long_for_its_slot_is_shown_whole_a_part_at_a_time(screen: Screen, slot: Slot) -> None:
    view = replace(board(), notices=((slot, LONG),))
    assert len(LONG.zh) > 140
    first = {text.text for text in texts(draw(replace(view, notices=()), screen))}
    shown: list[list[str]] = []
    for turn in range(14):
        page = draw(replace(view, turn=turn), screen)
        assert page.flaws == ()
        shown.append([text.text for text in texts(page) if text.text not in first])
    assert any(one != other for one, other in pairwise(shown))
    lines = list(dict.fromkeys(line for lines in shown for line in lines if "/" not in line))
    assert "".join(line for line in lines if max(line) >= "⺀") == LONG.zh
    assert " ".join(line for line in lines if max(line) < "⺀") == LONG.en


def test_a_short_notice_stays_as_it_is_whatever_turn_it_is() -> None:
    assert draw(replace(board(), turn=3)) == draw(board())


@pytest.mark.req("R004")
def test_no_slot_moves_or_changes_for_what_another_says() -> None:
    full, other = board(), replace(board(), notices=(("fault", LONG),), turn=2)

    def of(view: BoardPage, slot: str) -> list[Text]:
        return [text for text in texts(draw(view)) if text.text == slot]

    for name in ("业务通知", "服务公告", "填表范本", "设备报障"):
        assert of(full, name) == [replace(text, colour=of(full, name)[0].colour) for text in of(other, name)]
