"""Every page can be read, from where its readers stand, and by who sees no colours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screens.figures import FIGURES
from screens.gallery import BOARD, KIOSK, SIGN
from screens.layout import Panel, Screen, Text, layout
from screens.layout.picture import CAP
from screens.theme import Theme
from screens.views import BoardPage, WindowState
from tests.screens.pictures import behind, by_name, drawn, picture, ruler, shapes, texts

STATES: tuple[WindowState, ...] = ("unknown", "closed", "open", "calling", "serving", "paused", "overtime")


def cap_mm(text: Text, screen: Screen) -> float:
    """How tall a capital of this text is on the glass."""
    return text.size * CAP * screen.width_mm / screen.width_px


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
