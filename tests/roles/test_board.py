"""The call display: what the coordinator says, once aloud."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from device.contract.messages import DeviceState, HallCall, HallMissed, HallNotices, HallService, HallWindow, Words
from device.effects import Effect, Heard, Say
from device.hall.parameters import Voice
from device.moment import Clock
from device.roles.board import Board
from drivers.events import LinkDown, LinkUp
from screens.views import BoardPage, Resting
from tests.roles.stage import MORNING, PLAN, ZHANG, Stage, only, uid


def board() -> Stage:
    stage = Stage(Board("board-1", PLAN))
    stage.began()
    stage.send(LinkUp())
    return stage


def call(number: str = "A012", window: int = 3, seconds: float = 60) -> HallCall:
    until = (MORNING + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")
    return HallCall(f"20261123-{number}", window, PLAN.windows[window].place, 1, until, ("zh", "en"))


def calling(number: str, window: int, at: str, rev: int = 1) -> HallWindow:
    return HallWindow(window, rev, "calling", ZHANG, f"20261123-{number}", called_at=f"2026-11-23T{at}+08:00")


def page(stage: Stage) -> BoardPage:
    return stage.page(BoardPage)


@pytest.mark.req("R008", "R022", "R083")
def test_a_call_is_the_newest_large_and_spoken_with_number_and_window_only() -> None:
    stage = board()
    utterance = only(stage.hear(call(), id=uid(1)), Say).utterance
    spoken = " ".join(phrase.text for phrase in utterance.phrases)
    assert {phrase.lang for phrase in utterance.phrases} == {"zh", "en"}
    assert "张敏" not in spoken
    newest = page(stage).newest
    assert newest is not None
    assert (newest.number, newest.window, newest.place.zh, newest.fresh) == ("A012", 3, "一楼A区", True)
    stage.wait(PLAN.rules.call_fresh_seconds)
    newest = page(stage).newest
    assert newest is not None
    assert not newest.fresh


def test_a_call_delivered_twice_is_spoken_once_and_a_recall_again() -> None:
    stage = board()
    stage.hear(call(), id=uid(1))
    assert not [e for e in stage.hear(call(), id=uid(1)) if isinstance(e, Say)]
    assert [e for e in stage.hear(call(), id=uid(2)) if isinstance(e, Say)]


def heard(effects: list[Effect]) -> list[str]:
    """What is said, phrase by phrase."""
    return [phrase.text for e in effects if isinstance(e, Say) for phrase in e.utterance.phrases]


@pytest.mark.req("R033")
def test_a_call_that_is_to_be_clear_is_louder_and_said_twice() -> None:
    stage = board()
    clear = only(stage.hear(replace(call(), clearly=True), id=uid(1)), Say).utterance
    usual = only(stage.hear(call("A013"), id=uid(2)), Say).utterance
    assert [phrase.lang for phrase in clear.phrases] == ["zh", "en", "zh", "en"]
    assert clear.volume > usual.volume == 100


@pytest.mark.req("R128")
def test_a_call_after_a_long_wait_begins_with_an_apology_in_every_language() -> None:
    zh, en = heard(board().hear(replace(call(), waited=True), id=uid(1)))
    assert zh.startswith("对不起，让您久等了。请 A ")
    assert en.startswith("We are sorry for the long wait. Ticket A,")


def test_a_recall_is_said_to_be_one() -> None:
    [zh, _] = heard(board().hear(replace(call(), attempt=2), id=uid(1)))
    assert zh.startswith("再次提醒")


def test_a_hall_speaks_its_own_languages_before_the_citizen_s_and_says_one_as_it_likes() -> None:
    plan = replace(PLAN, voice=Voice(languages=("en",), yao=True))
    stage = Stage(Board("board-1", plan))
    stage.began()
    assert heard(stage.hear(call("A011"), id=uid(1))) == [
        "Ticket A, zero one one, please go to window three", "请 A 零 幺 幺 号，到三号窗口办理"
    ]  # fmt: skip


def test_a_board_says_only_the_calls_of_its_zone_and_shows_them_all() -> None:
    stage = Stage(Board("board-1", PLAN, zone=frozenset({4})))
    stage.began()
    assert not heard(stage.hear(call("A012", 3), id=uid(1)))
    newest = page(stage).newest
    assert newest is not None
    assert newest.number == "A012"
    assert heard(stage.hear(call("A013", 4), id=uid(2)))


def talking(wall: datetime, clock: Clock = "synced") -> Stage:
    voice = Voice(opening=True, closing_minutes=30, apology=True)
    stage = Stage(Board("board-1", replace(PLAN, voice=voice)), wall=wall, clock=clock)
    stage.began()
    return stage


@pytest.mark.req("R029", "R074", "R243")
def test_the_hall_is_welcomed_when_it_opens_and_told_before_it_closes_once_each_day() -> None:
    stage = talking(MORNING.replace(hour=8, minute=0))
    said = heard(stage.wait(10 * 3600))
    assert [text[:12] for text in said] == [
        "您好，欢迎您来办事。请先",
        "Welcome. Ple",
        "各位办事群众请注意，今天",
        "Attention pl",
    ]
    assert "十七点三十分" in said[2]
    tomorrow = heard(stage.wait(24 * 3600))
    assert tomorrow == said


def test_neither_is_said_late_nor_by_a_clock_that_nobody_trusts() -> None:
    assert not heard(talking(MORNING).wait(1800))
    assert not heard(talking(MORNING.replace(hour=8, minute=0), clock="floor").wait(3600))


@pytest.mark.req("R037")
def test_what_is_out_of_order_is_apologised_for_once_and_not_for_what_the_broker_kept() -> None:
    stage = talking(MORNING)
    broken = HallNotices(1, fault=Words("2号取号机维修"))
    assert not heard(stage.send(Heard(stage.envelope(), broken, retained=True)))
    stage.hear(HallNotices(2))
    assert heard(stage.hear(broken))[0].startswith("很抱歉")
    stage.hear(HallNotices(3))
    assert not heard(stage.hear(broken))
    stage.wait(3600)
    stage.hear(HallNotices(4))
    assert heard(stage.hear(broken))


def test_a_board_without_a_speaker_says_nothing_at_all() -> None:
    stage = Stage(Board("board-1", replace(PLAN, voice=Voice(opening=True, apology=True)), speaks=False))
    stage.began()
    effects = stage.hear(call(), id=uid(1)) + stage.hear(HallNotices(1, fault=Words("维修"))) + stage.wait(86_400)
    assert not heard(effects)


def test_a_call_whose_time_is_over_stays_silent() -> None:
    stage = board()
    stage.hear(HallNotices(1))
    assert not stage.hear(call(seconds=-1), id=uid(1))
    assert page(stage).newest is None


def test_with_a_clock_not_to_be_trusted_the_call_is_spoken_all_the_same() -> None:
    stage = Stage(Board("board-1", PLAN), clock="floor", wall=MORNING + timedelta(days=400))
    stage.began()
    assert only(stage.hear(call(), id=uid(1)), Say).utterance.until is None


def test_rows_are_the_windows_newest_call_first_and_the_newest_is_not_said_twice() -> None:
    stage = board()
    stage.hear(calling("A011", 4, "09:29:00.000"))
    stage.hear(call("A012", 3), id=uid(1))
    stage.hear(calling("A012", 3, "09:30:00.000"))
    view = page(stage)
    assert view.newest is not None
    assert view.newest.number == "A012"
    assert [row.number for row in view.rows] == ["A011"]


def test_after_a_restart_the_board_shows_what_the_windows_still_call() -> None:
    stage = board()
    stage.hear(calling("A011", 4, "09:29:00.000"))
    newest = page(stage).newest
    assert newest is not None
    assert (newest.number, newest.fresh) == ("A011", False)


def test_missed_paused_waiting_and_the_four_notices_each_have_their_place() -> None:
    stage = board()
    stage.hear(HallMissed(1, ("A003",)))
    stage.hear(HallWindow(4, 1, "paused"))
    stage.hear(HallService("social", 1, 4, 9, True))
    stage.hear(HallService("tax", 1, 2, 9, True))
    stage.hear(HallNotices(1, business=Words("办税延时"), fault=Words("2号取号机维修")))
    view = page(stage)
    assert (view.missed, view.paused, view.waiting) == (("A003",), (Resting(4),), 6)
    assert [slot for slot, _ in view.notices] == ["business", "fault"]


def test_without_the_line_or_the_coordinator_the_board_says_it_may_be_old() -> None:
    stage = board()
    stage.hear(HallNotices(1))
    assert page(stage).live
    stage.send(LinkDown("gone"))
    assert not page(stage).live
    stage.send(LinkUp())
    stage.send_heard(stage.envelope(), HallNotices(1))
    assert page(stage).live
    stage.hear(DeviceState("coordinator", "1", "", "offline"))
    assert not page(stage).live


def test_what_the_broker_kept_may_be_old_until_the_coordinator_speaks() -> None:
    stage = board()
    stage.send(Heard(stage.envelope(), DeviceState("coordinator", "1", "", "ready"), retained=True))
    stage.send(Heard(stage.envelope(), calling("A012", 3, "09:30:00.000"), retained=True))
    assert not page(stage).live
    stage.hear(DeviceState("coordinator", "1", "", "ready"))
    assert page(stage).live


def test_an_older_word_does_not_undo_a_newer_one_until_the_line_comes_back() -> None:
    stage = board()
    stage.hear(calling("A012", 3, "09:30:00.000", rev=9))
    stage.hear(HallWindow(3, 8, "open", ZHANG))
    assert page(stage).newest is not None
    stage.send(LinkUp())
    stage.hear(HallWindow(3, 1, "open", ZHANG))  # a new book counts from the beginning
    assert page(stage).newest is None


@pytest.mark.req("R056")
def test_the_clock_moves_every_minute_and_says_when_it_is_not_trusted() -> None:
    stage = board()
    stage.wait(61)
    assert page(stage).clock.text == "2026-11-23 09:31"
    unsure = Stage(Board("board-1", PLAN), clock="floor")
    unsure.began()
    assert not page(unsure).clock.trusted
