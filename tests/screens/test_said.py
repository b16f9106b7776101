"""What the pages say, and what they must not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screens.gallery import EVALUATOR, KIOSK, SIGN, WANG
from screens.layout import Figure, Panel, Screen, layout
from screens.views import (
    Bilingual,
    BoardPage,
    EvaluatorIdle,
    EvaluatorThanks,
    KioskHome,
    Resting,
    ServiceKey,
    SignPage,
    WindowState,
)
from tests.screens.pictures import by_name, drawn, picture, ruler, said, shapes, texts


@pytest.mark.req("R256")
@pytest.mark.parametrize("screen", EVALUATOR)
def test_the_five_levels_stand_in_the_standards_order_all_of_one_size(screen: Screen) -> None:
    page = picture("evaluator-ask", screen)
    keys = sorted(page.targets.items(), key=lambda item: item[1][0])
    assert [key for key, _ in keys] == ["level:5", "level:4", "level:3", "level:2", "level:1"]
    assert max(w for _, (_, _, w, _) in keys) - min(w for _, (_, _, w, _) in keys) <= 1
    assert len({(y, h) for _, (_, y, _, h) in keys}) == 1
    names = [t for t in texts(page) if t.text in ("非常满意", "满意", "基本满意", "不满意", "非常不满意")]
    assert [t.text for t in names] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    assert len({t.size for t in names}) == 1


@pytest.mark.req("R166", "R271")
def test_the_thank_you_is_one_picture() -> None:
    assert layout(EvaluatorThanks(3), EVALUATOR[0], ruler()) == layout(EvaluatorThanks(5), EVALUATOR[0], ruler())


@pytest.mark.req("R125")
@pytest.mark.parametrize("state", ["unknown", "closed"])
def test_an_evaluator_that_is_not_sure_who_is_there_shows_the_windows_number_alone(state: WindowState) -> None:
    sure = by_name()["evaluator-open"].view
    assert isinstance(sure, EvaluatorIdle)
    page = layout(replace(sure, state=state), EVALUATOR[0], ruler())
    assert "3" in [t.text for t in texts(page)]
    assert WANG.name not in said(page)
    assert WANG.number not in said(page)


@pytest.mark.req("R125")
def test_a_sign_whose_state_is_unknown_shows_nobody() -> None:
    sure = by_name()["sign-open"].view
    assert isinstance(sure, SignPage)
    assert WANG.name in said(layout(sure, SIGN[0], ruler()))
    for screen in SIGN:
        assert WANG.name not in said(layout(replace(sure, state="unknown"), screen, ruler()))


@pytest.mark.req("R006", "R124", "R159")
def test_the_evaluator_shows_name_number_duty_photo_and_stars() -> None:
    page = picture("evaluator-open")
    assert WANG.name in said(page)
    assert f"工号 {WANG.number}" in said(page)
    assert WANG.duty in said(page)
    assert [b.name for b in page.boxes if isinstance(b, Figure)].count("star") == WANG.stars
    assert "photo" in shapes(page)


@pytest.mark.req("R015", "R006")
def test_pause_is_shown_on_sign_and_evaluator_and_says_where_else_to_go() -> None:
    for name in ("sign-paused", "evaluator-paused"):
        assert "暂停服务" in said(picture(name))
    assert "请到 2、4号窗口" in said(picture("sign-paused"))
    assert "Please go to Window 2, 4" in said(picture("sign-paused"))


@pytest.mark.req("R056")
def test_a_clock_nobody_vouches_for_shows_no_time() -> None:
    for name in ("board-stale", "kiosk-home-called-zh", "console-number"):
        assert "时间未知" in said(picture(name))
        assert "09:30" not in said(picture(name))
    assert "Time unknown" in said(picture("kiosk-home-called-en"))
    assert "09:30" in said(picture("board"))
    assert "2026年11月21日 星期六" in said(picture("board"))
    assert "Saturday, 21 Nov 2026" in said(picture("kiosk-home-en"))


@pytest.mark.req("R004")
def test_a_fault_notice_leaves_the_other_three_slots_in_their_place() -> None:
    sample = by_name()["board"]
    assert isinstance(sample.view, BoardPage)
    with_fault = texts(picture("board"))
    without = texts(layout(replace(sample.view, notices=sample.view.notices[:3]), sample.screens[0], ruler()))
    for slot in ("business", "announcement", "sample"):
        notice = dict(sample.view.notices)[slot].en
        assert [t for t in with_fault if t.text == notice] == [t for t in without if t.text == notice] != []
    assert {"业务通知", "服务公告", "填表范本", "设备报障"} <= {t.text for t in without}


def test_a_board_whose_line_is_down_says_that_it_may_be_old() -> None:
    assert "通讯中断" in said(picture("board-stale"))
    assert "warning" in shapes(picture("board-stale"))
    assert "通讯中断" not in said(picture("board"))


def test_many_missed_numbers_are_shown_as_far_as_there_is_room_and_then_counted() -> None:
    sample = by_name()["board"]
    assert isinstance(sample.view, BoardPage)
    resting = tuple(Resting(n) for n in range(1, 31))
    many = replace(sample.view, missed=tuple(f"A{n:03d}" for n in range(60)), paused=resting)
    page = layout(many, sample.screens[0], ruler())
    assert "等 60 个" in said(page)
    assert "等 30 个" in said(page)
    assert page.flaws == ()


@pytest.mark.req("R059")
@pytest.mark.parametrize(
    ("name", "chinese", "english"),
    [
        ("board", ("现在叫号", "3号窗口", "过号"), ("Now calling", "Window 3", "Missed numbers")),
        ("sign-calling", ("请 A012 到本窗口",), ("A012, please come here",)),
        ("sign-paused", ("暂停服务",), ("Paused",)),
        ("evaluator-ask", ("请您对我的服务作出评价", "非常满意"), ("Please rate my service", "Very satisfied")),
        ("out-of-order", ("很抱歉",), ("We are sorry",)),
    ],
)
def test_public_pages_without_a_language_of_their_own_have_both(
    name: str, chinese: tuple[str, ...], english: tuple[str, ...]
) -> None:
    for screen in by_name()[name].screens:
        words = said(picture(name, screen))
        assert all(part in words for part in (*chinese, *english)), (screen, words)


@pytest.mark.req("R008", "R092")
def test_a_call_names_the_window_and_its_place_in_the_hall() -> None:
    words = said(picture("board"))
    assert "请到  Please go to" in words
    for part in ("3号窗口", "一楼东区 1-3 号窗口", "Ground floor east, windows 1-3"):
        assert part in words


@pytest.mark.req("R058")
def test_a_sign_shows_what_its_window_serves() -> None:
    for screen in SIGN:
        assert "社会保险" in said(picture("sign-serving", screen))
        assert "Medical Insurance" in said(picture("sign-serving", screen))


@pytest.mark.req("R147", "R148")
def test_the_kiosk_speaks_the_standards_phrases() -> None:
    assert "请这边取号" in said(picture("kiosk-home-zh"))
    assert "请到休息区稍坐，注意叫号" in said(picture("kiosk-take-zh"))


@pytest.mark.req("R107")
def test_no_public_page_has_the_reason_of_a_pause() -> None:
    reasons = {t.text for t in texts(picture("console-pause")) if t.on == "card" and len(t.text) > 2} - {"Esc"}
    assert "会商业务" in reasons
    for sample, _, page in drawn():
        if not sample.name.startswith("console"):
            assert not reasons & {t.text for t in texts(page)}, sample.name


@pytest.mark.req("R150")
def test_a_kiosk_without_paper_names_help_and_other_kiosks() -> None:
    for lang, others, aid in (("zh", "二楼大厅", "请人帮忙"), ("en", "First floor hall", "Call for help")):
        for why in ("paper", "printer", "lost"):
            page = picture(f"kiosk-sorry-{why}-{lang}")
            assert others in said(page)
            assert aid in said(page)
            assert "help" in page.targets


@pytest.mark.req("R055")
def test_a_closed_kiosk_says_when_it_is_open() -> None:
    told = said(picture("kiosk-sorry-closed-zh"))
    assert all(text in told for text in ("今天的服务时间", "08:30-12:00", "13:30-17:30", "11月23日 星期一", "08:30"))
    assert "今天休息" in said(picture("kiosk-sorry-rest-zh"))


@pytest.mark.req("R190", "R037", "R150")
def test_a_machine_out_of_order_says_sorry_who_knows_and_what_to_do() -> None:
    for screen in by_name()["out-of-order"].screens:
        words = said(picture("out-of-order", screen)).replace("\n", "")
        for part in ("很抱歉", "已通知维护人员", "请工作人员帮忙", "kiosk-1", "printer-unplugged"):
            assert part in words, (screen, part)


def test_english_kiosk_pages_have_no_chinese_but_the_other_language_key() -> None:
    for sample, _, page in drawn():
        if sample.name.startswith("kiosk") and sample.name.endswith("-en"):
            chinese = [t.text for t in texts(page) if any(c >= "⺀" for c in t.text)]
            assert set(chinese) <= {"中文"}, (sample.name, chinese)


def test_nothing_is_said_of_waiting_when_nobody_knows() -> None:
    service = ServiceKey("x", Bilingual("社保", "Social"), Bilingual("一楼", "Ground floor"))
    home = by_name()["kiosk-home-zh"].view
    assert isinstance(home, KioskHome)
    words = said(layout(replace(home, services=(service,)), KIOSK[0], ruler()))
    assert "等候" not in words
    assert "分钟" not in words
    assert "可以取号" in words


def test_staff_read_their_own_screen_as_dots_when_they_type_a_pin() -> None:
    page = picture("console-pin")
    assert "12345" not in said(page)
    assert [box for box in page.boxes if isinstance(box, Panel) and box.colour == "ink"][4:], "five dots"
