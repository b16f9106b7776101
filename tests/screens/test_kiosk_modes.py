"""The kiosk as one citizen wishes it: large print, high contrast, within reach of a wheelchair, by group."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from screens.gallery import KIOSK
from screens.gallery_kiosk import MANY, kiosk_views
from screens.layout import Panel, Screen, layout
from screens.layout.modes import HIGH, LARGE, LOW_LEAST_MM, low_height
from screens.theme import Theme
from screens.views import KioskHome, Modes
from tests.screens.pictures import kept_page, picture, ruler, said, texts

WIDE, SMALL, UPRIGHT = KIOSK


def home(lang: str = "zh") -> KioskHome:
    view = kiosk_views()[f"kiosk-home-{lang}"]
    assert isinstance(view, KioskHome)
    return view


@pytest.mark.req("R274")
@pytest.mark.parametrize("screen", [WIDE, UPRIGHT])
def test_in_low_reach_every_key_of_every_page_lies_in_the_lower_part(screen: Screen) -> None:
    for name, view in kiosk_views().items():
        if view.modes.low:
            top = screen.height_px - low_height(screen)
            assert top >= screen.height_px * 29 // 100
            assert all(y >= top for _, y, _, _ in kept_page(name, screen).targets.values()), name


@pytest.mark.req("R274")
def test_a_glass_no_higher_than_a_hand_is_within_reach_as_it_is() -> None:
    assert SMALL.height_mm <= LOW_LEAST_MM
    assert layout(replace(home(), modes=Modes(low=True)), SMALL, ruler()).boxes[0].h == SMALL.height_px


def test_high_contrast_has_7_or_more_for_every_text_and_names_no_colour_of_the_usual_set(theme: Theme) -> None:
    for name, view in kiosk_views().items():
        if view.modes.contrast:
            for screen in KIOSK:
                page = kept_page(name, screen)
                assert all(box.colour.startswith(HIGH) for box in page.boxes)
                for text in texts(page):
                    assert theme.contrast(text.colour, text.on) >= 7, (name, text)


def test_in_high_contrast_every_key_has_an_edge_that_can_be_seen(theme: Theme) -> None:
    page = layout(replace(home(), modes=Modes(contrast=True)), WIDE, ruler())
    for x, y, w, h in page.targets.values():
        [plate] = [p for p in page.boxes if isinstance(p, Panel) and (p.x, p.y, p.w, p.h) == (x, y, w, h)]
        seen = max(theme.contrast(colour, HIGH + "page") for colour in (plate.colour, plate.edge) if colour)
        assert seen >= 3, plate  # WCAG 2.2, 1.4.11


@pytest.mark.parametrize("name", ["社会保险", "户籍与身份证", "不动产登记"])
def test_large_print_is_larger_by_the_stated_part_where_there_is_room(name: str) -> None:
    usual, large = (
        next(t.size for t in texts(layout(replace(home(), modes=modes), UPRIGHT, ruler())) if t.text == name)
        for modes in (Modes(), Modes(large=True))
    )
    assert large == pytest.approx(usual * LARGE, rel=0.02)


def test_large_print_makes_no_text_smaller() -> None:
    for lang in ("zh", "en"):
        for screen in KIOSK:
            usual = {t.text: t.size for t in texts(layout(home(lang), screen, ruler())) if t.main and t.on != "brand"}
            large = {
                t.text: t.size for t in texts(layout(replace(home(lang), modes=Modes(large=True)), screen, ruler()))
            }
            both = usual.keys() & large.keys() - {"English", "中文"}
            assert [text for text in both if large[text] < usual[text] * 0.9] == []


@pytest.mark.parametrize("mode", ["large", "contrast", "low"])
def test_the_key_of_a_mode_that_is_on_is_filled(mode: str) -> None:
    colours, on = [], dict[str, Any]({mode: True})
    for modes in (Modes(), Modes(**on)):
        page = layout(replace(home(), modes=modes), WIDE, ruler())
        x, y, w, h = page.targets[f"mode:{mode}"]
        colours += [p.colour for p in page.boxes if isinstance(p, Panel) and (p.x, p.y, p.w, p.h) == (x, y, w, h)]
    assert [colour.removeprefix(HIGH) for colour in colours] == ["brand", "on-brand"]


@pytest.mark.req("R207")
@pytest.mark.parametrize("screen", [WIDE, SMALL])
def test_services_that_do_not_fit_stand_under_their_department(screen: Screen) -> None:
    view = replace(home(), services=MANY)
    first = layout(view, screen, ruler())
    groups = {key.removeprefix("group:") for key in first.targets if key.startswith("group:")}
    assert groups == {"民生服务区", "住房与土地", "企业服务区"}
    assert not [key for key in first.targets if key.startswith("service:")]
    assert "等候 39 人" in said(first)
    seen: set[str] = set()
    for group in groups:
        for number in range(4):
            page = layout(replace(view, group=group, page=number), screen, ruler())
            assert "all" in page.targets
            seen |= {key for key in page.targets if key.startswith("service:")}
    assert seen == {f"service:{service.id}" for service in MANY}


@pytest.mark.req("R217")
def test_a_closed_kiosk_has_a_key_for_what_is_always_open() -> None:
    for screen in KIOSK:
        assert "service:unsolved" in picture("kiosk-sorry-closed-zh", screen).targets
    assert "办不成事反映窗口" in said(picture("kiosk-sorry-closed-zh"))


@pytest.mark.req("R208")
def test_what_is_done_elsewhere_is_told_with_its_place_and_phone() -> None:
    told = said(picture("kiosk-elsewhere-zh"))
    assert all(text in told for text in ("出入境证件", "公安局出入境大厅", "0452-5550110"))


@pytest.mark.req("R242", "R244")
def test_near_closing_the_forecast_and_the_choice_are_on_one_page() -> None:
    told = said(picture("kiosk-closing-zh"))
    assert all(text in told for text in ("17:30", "5 人", "40 分钟", "取号等候", "预约时间", "暂不取号"))
