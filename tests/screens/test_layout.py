"""Every view on every screen it is made for fits; what is too much, or bad, for a page ends well and is named."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from screens.gallery import CONSOLE, EVALUATOR, KIOSK
from screens.layout import Screen, Text, hit, layout
from screens.views import Bilingual, ConsolePage, KioskHome, ServiceKey
from tests.screens.pictures import by_name, drawn, ruler, said, texts
from tests.screens.plain_ruler import PlainRuler


def test_layout_needs_no_graphics_library() -> None:
    asked = "import sys, screens.layout, screens.announce; sys.exit('pygame' in sys.modules)"
    subprocess.run([sys.executable, "-c", asked], check=True)


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
