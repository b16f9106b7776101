"""What is said of waits, on the pages of the kiosk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screens.gallery import KIOSK
from screens.layout import layout
from screens.layout.picture import Screen
from screens.layout.waits import about, span
from screens.phrases import Words
from screens.views import KioskClosing, KioskHome, KioskTake
from tests.screens.pictures import by_name, ruler, said


def test_only_what_is_known_is_said() -> None:
    words = Words("en")
    assert about(0, 0, words) == about(0, 20, words) == ""
    assert about(40, 0, words) == about(40, 40, words) == "about 40 minutes of waiting"
    assert about(40, 55, words) == "about 40 minutes of waiting, rarely more than 55"
    assert (span(40, 0), span(40, 55)) == ("40", "40–55")


@pytest.mark.req("R242")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("screen", KIOSK)
def test_every_page_of_the_kiosk_has_room_for_both_figures(screen: Screen, lang: str) -> None:
    home, take, closing = (by_name()[f"kiosk-{name}-{lang}"].view for name in ("home", "take", "closing"))
    assert isinstance(home, KioskHome)
    assert isinstance(take, KioskTake)
    assert isinstance(closing, KioskClosing)
    for minutes, most, told in ((45, 60, "45–60"), (60, 90, "60–90"), (110, 160, "110 ")):
        services = tuple(replace(s, waiting=120, minutes=minutes, most=most) for s in home.services)
        shown = layout(replace(home, services=services), screen, ruler())
        assert not shown.flaws
        assert told in said(shown)
    for view in (replace(take, minutes=110, most=160), replace(closing, minutes=110, most=160)):
        page = layout(view, screen, ruler())
        assert not page.flaws
        assert "160" in said(page)
