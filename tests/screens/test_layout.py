"""Every view on every screen it is made for: fits, can be touched, can be read, by anyone."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from screens.figures import FIGURES
from screens.gallery import BOARD, CONSOLE, EVALUATOR, KIOSK, SIGN, WANG, samples
from screens.layout import Figure, Panel, Picture, Screen, Text, hit, layout
from screens.layout.picture import CAP
from screens.theme import Theme
from screens.views import (
    DIMENSIONS,
    Bilingual,
    BoardPage,
    ConsolePage,
    EvaluatorIdle,
    EvaluatorThanks,
    KioskHome,
    Resting,
    ServiceKey,
    SignPage,
    WindowState,
)
from tests.screens.golden import check_layouts, known_layouts, size
from tests.screens.pictures import behind, by_name, drawn, pages, picture, ruler, said, texts
from tests.screens.plain_ruler import PlainRuler

STATES: tuple[WindowState, ...] = ("unknown", "closed", "open", "calling", "serving", "paused", "overtime")


def cap_mm(text: Text, screen: Screen) -> float:
    """How tall a capital of this text is on the glass."""
    return text.size * CAP * screen.width_mm / screen.width_px


def test_layout_needs_no_graphics_library() -> None:
    asked = "import sys, screens.layout, screens.announce; sys.exit('pygame' in sys.modules)"
    subprocess.run([sys.executable, "-c", asked], check=True)


@pytest.mark.parametrize("name", [sample.name for sample in samples()])
def test_every_view_comes_out_as_meant_on_every_screen_it_is_made_for(name: str) -> None:
    assert [(screen, page.flaws) for screen, page in pages(name) if page.flaws] == []
    check_layouts(name, pages(name))


def test_every_page_of_every_view_language_mode_and_size_is_among_the_golden_ones_and_none_is_left_over() -> None:
    assert {(s.name, size(screen)) for s in samples() for screen in s.screens} == set(known_layouts())


def test_every_text_fits_its_box_and_every_box_its_page() -> None:
    for sample, screen, page in drawn():
        for box in page.boxes:
            assert box.w > 0, (sample.name, box)
            assert box.h > 0, (sample.name, box)
            assert 0 <= box.x <= box.x + box.w <= screen.width_px, (sample.name, screen, box)
            assert 0 <= box.y <= box.y + box.h <= screen.height_px, (sample.name, screen, box)
            if isinstance(box, Text):
                room = box.h if box.down else box.w
                assert ruler().width(box.text, box.size, box.bold) <= room, (sample.name, screen, box)


def test_no_two_texts_lie_upon_each_other() -> None:
    for sample, screen, page in drawn():
        all_texts = texts(page)
        for i, one in enumerate(all_texts):
            for other in all_texts[i + 1 :]:
                apart = one.x + one.w <= other.x or other.x + other.w <= one.x
                assert apart or one.y + one.h <= other.y or other.y + other.h <= one.y, (
                    sample.name,
                    screen,
                    one,
                    other,
                )


def test_the_same_view_is_always_the_same_picture() -> None:
    assert picture("board") == picture("board")


# --- touching ------------------------------------------------------------------------------------------------


def test_every_key_is_at_least_20_mm_and_no_two_overlap() -> None:
    for sample, screen, page in drawn():
        areas = list(page.targets.items())
        for i, (key, (x, y, w, h)) in enumerate(areas):
            assert min(screen.mm(w, h)) >= 20, (sample.name, screen, key)
            for other, (ox, oy, ow, oh) in areas[i + 1 :]:
                assert x + w <= ox or ox + ow <= x or y + h <= oy or oy + oh <= y, (sample.name, screen, key, other)


def test_a_touch_on_a_key_is_that_key_and_a_touch_beside_it_is_none() -> None:
    page = picture("kiosk-home-zh")
    for key, (x, y, w, h) in page.targets.items():
        assert {hit(page, x, y), hit(page, x + w - 1, y + h - 1), hit(page, x + w // 2, y + h // 2)} == {key}
    x, y, w, h = page.targets["service:social"]
    assert hit(page, x - 1, y) is None
    assert hit(page, x + w, y + h) is None


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("kiosk-home-zh", {"service:social", "service:company", "lang:zh", "lang:en", "help", "lookup", "mode:large"}),
        ("kiosk-home-en", {"mode:contrast", "mode:low", "priority", "elsewhere"}),
        ("kiosk-classes-zh", {"class:elderly", "class:soldier", "need:sign", "need:en", "done", "help"}),
        ("kiosk-elsewhere-more-en", {"more", "done", "help"}),
        ("kiosk-help-zh", {"reason:medical", "reason:disability", "done"}),
        ("kiosk-still-en", {"stay", "done"}),
        ("kiosk-closing-zh", {"choose:wait", "choose:appointment", "choose:leave", "help"}),
        ("kiosk-times-en", {"slot:a", "slot:f", "done", "help"}),
        ("kiosk-booked-zh", {"done"}),
        ("kiosk-sorry-closed-zh", {"help", "service:unsolved"}),
        ("kiosk-getting-zh", set()),
        ("kiosk-printing-en", set()),
        ("kiosk-take-en", {"done"}),
        ("kiosk-no-paper-zh", {"done"}),
        ("kiosk-sorry-paper-zh", {"help"}),
        ("kiosk-sorry-full-en", {"help", "done"}),
        ("board", set()),
        ("sign-calling", set()),
        ("evaluator-open", {"complain"}),
        ("evaluator-plain-open", set()),
        ("evaluator-ask", {"level:5", "level:4", "level:3", "level:2", "level:1"}),
        ("evaluator-thanks", {f"tag:{name}" for name in DIMENSIONS}),
        ("evaluator-plain-thanks", set()),
        ("evaluator-complaint-ask", {"complain:yes", "complain:no"}),
        ("evaluator-complaint-noted", set()),
        ("console-calling", {"start", "recall", "missed"}),
        ("console-pin", {"type:0", "type:9", "enter", "back", "cancel"}),
        ("out-of-order", set()),
    ],
)
def test_what_can_be_touched_is_what_the_view_promises(name: str, keys: set[str]) -> None:
    for screen in by_name()[name].screens:
        targets = picture(name, screen).targets.keys()
        assert keys <= targets
        assert keys or not targets


def test_a_key_that_is_not_enabled_cannot_be_touched() -> None:
    assert "finish" not in picture("console-calling").targets


# --- reading -------------------------------------------------------------------------------------------------


def test_contrast_is_at_least_4_5_and_7_for_what_a_page_is_for(theme: Theme) -> None:
    for sample, screen, page in drawn():
        for text in texts(page):
            enough = 7.0 if text.main else 4.5
            assert theme.contrast(text.colour, text.on) >= enough, (sample.name, screen, text)


def test_the_colour_named_behind_a_text_is_the_one_that_is_there() -> None:
    for sample, screen, page in drawn():
        for text in texts(page):
            assert behind(page, text) == text.on, (sample.name, screen, text)


def test_every_page_names_what_it_is_for() -> None:
    for sample, _, page in drawn():
        assert any(text.main for text in texts(page)), sample.name


def test_kiosk_texts_fill_16_arc_minutes_for_somebody_standing_before_it() -> None:
    for sample, screen, page in drawn():
        if sample.name.startswith("kiosk"):
            for text in texts(page):
                assert text.size >= 0.98 * screen.type_of_arc(16), (sample.name, screen, text)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("kiosk-home-zh", {"社会保险", "户籍与身份证", "不动产登记"}),
        ("kiosk-take-zh", {"A012", "请取走您的号票", "社会保险"}),
        ("kiosk-take-en", {"A012", "Please take your ticket", "Social Insurance"}),
        ("kiosk-no-paper-zh", {"A012"}),
        ("kiosk-printing-en", {"A012", "Printing your ticket"}),
        ("kiosk-sorry-paper-zh", {"号票纸用完了，正在换纸", "请按“请人帮忙”，工作人员马上来为您取号"}),
    ],
)
def test_what_a_kiosk_page_is_for_has_capitals_of_8_6_mm(name: str, wanted: set[str]) -> None:
    screen = KIOSK[0]
    found = {t.text: cap_mm(t, screen) for t in texts(picture(name, screen)) if t.text in wanted}
    assert found.keys() == wanted
    assert min(found.values()) >= 8.6, found


def test_long_english_names_are_still_as_large_as_their_key_allows() -> None:
    screen = KIOSK[0]
    names = [t for t in texts(picture("kiosk-home-en", screen)) if t.main and t.on in ("card", "dim")]
    assert min(cap_mm(text, screen) for text in names) >= 7.5


@pytest.mark.parametrize("screen", BOARD)
def test_the_newest_call_can_be_read_from_the_halls_stated_distance(screen: Screen) -> None:
    needed = screen.distance_m * 5.8  # 58 mm at 10 m: 20 arc minutes
    page = picture("board", screen)
    for wanted in ("A012", "3号窗口"):
        [text] = [t for t in texts(page) if t.text == wanted]
        assert cap_mm(text, screen) >= needed, (wanted, cap_mm(text, screen))


def test_a_55_inch_boards_newest_call_can_be_read_from_ten_metres() -> None:
    far = replace(BOARD[0], distance_m=10)
    heights = {t.text: cap_mm(t, far) for t in texts(picture("board", far))}
    assert heights["A012"] >= 58
    assert heights["3号窗口"] >= 58


def test_earlier_calls_can_be_read_from_where_people_sit() -> None:
    screen = BOARD[0]
    for text in texts(picture("board", screen)):
        if text.text in ("B023", "A011", "4号窗口", "2号窗口"):
            assert text.size >= 0.98 * screen.type_of_arc(16), text


@pytest.mark.parametrize("screen", SIGN)
def test_a_signs_window_and_ticket_can_be_read_from_its_distance(screen: Screen) -> None:
    for state in ("calling", "serving"):
        heights = {t.text: cap_mm(t, screen) for t in texts(picture(f"sign-{state}", screen))}
        assert heights["3"] >= screen.distance_m * 5.8
        assert heights["A012"] >= screen.distance_m * 5.8


# --- colour never alone --------------------------------------------------------------------------------------


def shapes(page: Picture) -> set[str]:
    return {box.name for box in page.boxes if isinstance(box, Figure)}


@pytest.mark.req("R188")
@pytest.mark.parametrize("screen", SIGN)
def test_each_state_of_a_window_has_a_word_a_shape_and_a_colour_of_its_own(screen: Screen) -> None:
    seen = set()
    for state in STATES:
        page = picture(f"sign-{state}", screen)
        words = frozenset(t.text for t in texts(page) if t.main and t.on == "night")
        colours = {box.colour for box in page.boxes if isinstance(box, Panel)} & set(STATES)
        assert f"state-{state}" in shapes(page)
        assert colours == {state}
        seen.add((words, f"state-{state}", state))
    assert len({words for words, _, _ in seen}) == len(STATES)


def test_the_shapes_of_the_states_differ_from_one_another() -> None:
    assert len({FIGURES[f"state-{state}"] for state in STATES}) == len(STATES)


def test_a_fresh_call_on_the_board_has_a_bell_and_not_only_a_colour() -> None:
    fresh = picture("board")
    sample = by_name()["board"]
    assert isinstance(sample.view, BoardPage)
    assert sample.view.newest is not None
    calm = replace(
        sample.view,
        newest=replace(sample.view.newest, fresh=False),
        rows=tuple(replace(row, fresh=False) for row in sample.view.rows),
    )
    assert "state-calling" in shapes(fresh)
    assert "state-calling" not in shapes(layout(calm, sample.screens[0], ruler()))


# --- what the pages say --------------------------------------------------------------------------------------


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


# --- bad input -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", KIOSK)
def test_a_service_name_of_90_characters_ends_in_an_ellipsis_and_is_reported(screen: Screen) -> None:
    long = ServiceKey(
        "long", Bilingual("特别长的业务名称" * 11 + "办理", "Very long name of a service " * 3), Bilingual("一楼")
    )
    home = by_name()["kiosk-home-zh"].view
    assert isinstance(home, KioskHome)
    page = layout(replace(home, services=(*home.services[:4], long)), screen, ruler())
    assert [flaw for flaw in page.flaws if flaw.startswith("cut: 特别长")]
    assert any(t.text.endswith("…") for t in texts(page))
    assert "service:long" in page.targets


def test_a_character_no_font_has_is_reported() -> None:
    page = layout(by_name()["evaluator-open"].view, EVALUATOR[0], PlainRuler(without="晓"))
    assert "glyph: 晓" in page.flaws


def test_a_phrase_nobody_wrote_is_shown_by_its_key_and_reported() -> None:
    view = by_name()["console-open"].view
    assert isinstance(view, ConsolePage)
    page = layout(replace(view, message="console.no_such"), CONSOLE[0], ruler())
    assert "word: console.no_such" in page.flaws
    assert "console.no_such" in said(page)
    unfilled = layout(replace(view, message="console.rejoined"), CONSOLE[0], ruler())
    assert "word: console.rejoined" in unfilled.flaws


def test_a_screen_too_small_for_the_keys_says_which() -> None:
    tiny = Screen(320, 240, 60, 45)
    page = layout(by_name()["kiosk-home-zh"].view, tiny, ruler())
    assert [flaw for flaw in page.flaws if flaw.startswith("small: ")]
    assert hit(page, *page.targets["help"][:2]) == "help"


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 6, 8, 12, 20, 40])
@pytest.mark.parametrize("screen", KIOSK)
def test_any_number_of_services_gets_keys_of_one_size_that_a_finger_can_hit(screen: Screen, count: int) -> None:
    keys = tuple(ServiceKey(f"s{n}", Bilingual("社会保险", "Social"), Bilingual("一楼"), 3, 9) for n in range(count))
    home = by_name()["kiosk-home-zh"].view
    assert isinstance(home, KioskHome)
    seen: set[str] = set()
    for number in range(12):
        page = layout(replace(home, services=keys, page=number), screen, ruler())
        areas = {key: area for key, area in page.targets.items() if key.startswith("service:")}
        assert not page.flaws
        assert (
            max((w for _, _, w, _ in areas.values()), default=0) - min((w for _, _, w, _ in areas.values()), default=0)
            < 2
        )
        assert ("more" in page.targets) == (len(areas) < count)
        seen |= areas.keys()
    assert len(seen) == count
