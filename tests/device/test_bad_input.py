"""What a screen cannot show as meant: visible, named to the technician, and the device works on. One test a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pygame
import pytest

from config.load import load
from device.check import look
from device.contract.messages import FaultBegan
from device.demo_hall import write_hall
from device.painted import FLAWS, PaintedScreen, Studio
from device.parts import Workshop
from device.presence import Presence
from device.verdict import MENDS
from drivers.events import HardwareEvent, PartFailed
from drivers.protocols import PartMissing
from screens.fonts import GETA
from screens.gallery import KIOSK, WANG
from screens.gallery_kiosk import kiosk_views
from screens.layout import Figure, Screen, layout
from screens.phrases import Words
from screens.theme import Theme, load_theme, theme_hash
from screens.views import Bilingual, ConsolePage, EvaluatorIdle, KioskHome, View
from tests.device.glass import Glass
from tests.screens.pictures import texts

RARE = "\U0003fffd"  # no character at all: in no font, whatever the machine has
NOW = datetime.fromisoformat("2026-11-23T09:30:00+08:00")


def told(view: View, theme: Theme | None = None, mm: tuple[int, int] = (344, 194)) -> list[HardwareEvent]:
    """What a screen tells of this page."""
    heard: list[HardwareEvent] = []
    glass = Glass(pygame.Surface((1280, 720)))
    PaintedScreen(glass, mm, "kiosk", "screen", Studio(theme or load_theme()), post=heard.append).show(view)
    assert glass.flips, "the page is shown all the same"
    return heard


def home(**changes: Any) -> KioskHome:
    view = kiosk_views()["kiosk-home-zh"]
    assert isinstance(view, KioskHome)
    return replace(view, **changes)


def code_of(heard: list[HardwareEvent]) -> list[tuple[str, str]]:
    return [(event.part, event.code) for event in heard if isinstance(event, PartFailed)]


def test_a_page_that_is_well_tells_nothing() -> None:
    assert told(home()) == []


def test_a_missing_glyph_is_a_mark_and_a_fault() -> None:
    heard = told(home(hall=Bilingual(f"龙江{RARE}大厅")))
    assert code_of(heard) == [("glyph", "glyph-missing")]
    assert RARE not in repr(heard)  # it may be one of somebody's name
    fonts = Studio(load_theme()).fonts
    assert [run.text for run in fonts.runs(f"王{RARE}")] == [f"王{GETA}"]


def test_a_missing_photo_is_a_silhouette_and_a_fault(tmp_path: Path) -> None:
    view = EvaluatorIdle(3, "open", replace(WANG, photo="1001.png"), home().clock)
    assert code_of(told(view, replace(load_theme(), photos=tmp_path))) == [("photo", "photo-missing")]


def test_a_photo_that_is_no_picture_is_a_silhouette_and_a_fault(tmp_path: Path) -> None:
    (tmp_path / "1001.png").write_text("no picture")
    view = EvaluatorIdle(3, "open", replace(WANG, photo="1001.png"), home().clock)
    assert code_of(told(view, replace(load_theme(), photos=tmp_path))) == [("photo", "photo-missing")]


def test_a_missing_emblem_is_a_plain_building_and_a_fault(tmp_path: Path) -> None:
    assert code_of(told(home(), replace(load_theme(), logo=tmp_path / "emblem.png"))) == [("logo", "logo-missing")]


def test_the_halls_own_emblem_is_shown(tmp_path: Path) -> None:
    emblem = pygame.Surface((60, 60))
    emblem.fill((12, 200, 34))
    pygame.image.save(emblem, tmp_path / "emblem.png")
    glass = Glass(pygame.Surface((1280, 720)))
    theme = replace(load_theme(), logo=tmp_path / "emblem.png")
    PaintedScreen(glass, (344, 194), "kiosk", "screen", Studio(theme)).show(home())
    x, y, side, _ = _emblem()
    assert glass.surface.get_at((x + side // 2, y + side // 2))[1] > 180


def _emblem() -> tuple[int, int, int, int]:
    page = layout(home(), Screen(1280, 720, 344, 194), Studio(load_theme()).fonts)
    box = next(box for box in page.boxes if isinstance(box, Figure) and box.name == "emblem")
    side = min(box.w, box.h)
    return box.x + (box.w - side) // 2, box.y + (box.h - side) // 2, side, side


def test_a_language_without_its_font_is_chinese_named_and_a_fault() -> None:
    theme = load_theme()
    without = replace(theme, scripts={**theme.scripts, "Mong": replace(theme.scripts["Mong"], path=None)})
    heard = told(home(lang="mn", langs=("zh", "en", "mn")), without)
    assert ("font", "font-missing") in code_of(heard)


@pytest.mark.parametrize("screen", KIOSK)
def test_a_service_name_of_90_characters_ends_in_an_ellipsis_whole_and_a_fault(screen: object) -> None:
    name = "机关事业单位工作人员" * 9
    long = replace(home().services[0], name=Bilingual(name))
    view = home(services=(long, *home().services[1:]))
    assert len(name) == 90
    assert code_of(told(view)) == [("text", "text-cut")]
    page = layout(view, KIOSK[0], Studio(load_theme()).fonts)
    shown = [text.text for text in texts(page) if text.text.startswith("机关")]
    assert shown
    assert any(text.endswith("…") for text in (t.text for t in texts(page)))


def test_a_screen_smaller_than_planned_says_which_keys_are_too_small_and_is_a_fault() -> None:
    assert ("keys", "keys-small") in code_of(told(home(), mm=(90, 50)))


def test_a_phrase_nobody_wrote_is_its_key_and_a_fault() -> None:
    view = ConsolePage(3, "open", WANG, "", None, "", 0, (), True, 0, home().clock, message="console.no_such_phrase")
    assert ("phrase", "phrase-missing") in code_of(told(view))


def test_what_is_less_than_meant_is_on_record_and_sends_nobody_elsewhere() -> None:
    voice = [("speaker", "language-silent"), ("speaker", "clip-damaged")]
    for part, code in [*dict.fromkeys(FLAWS.values()), *voice]:
        presence = Presence("kiosk", "1", "", "")
        (record,) = presence.notice(PartFailed(part, code, "kiosk-home: cut"), NOW)
        assert isinstance(record, FaultBegan)
        assert (record.part, record.code) == (part, code)
        state = presence.state()
        assert (state.status, [note.code for note in state.faults]) == ("ready", [code])
        assert state.faults[0].urgency == "soon"
        assert code in MENDS  # the technician reads what to do


def test_it_is_told_once_however_often_the_page_comes_up() -> None:
    heard: list[HardwareEvent] = []
    screen = PaintedScreen(Glass(), (344, 194), "kiosk", "screen", Studio(load_theme()), post=heard.append)
    cut = home(hall=Bilingual(f"龙江{RARE}"))
    for view in (cut, kiosk_views()["kiosk-still-zh"], cut):
        screen.show(view)
    assert len(heard) == 1


# --- the hall's theme ----------------------------------------------------------------------------------------


@pytest.mark.req("R007")
def test_every_screen_of_the_hall_has_the_one_theme_its_config_names_and_reports_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "theme.toml"
    own = Path("screens/theme.toml").read_text("utf-8")
    path.write_text(own.replace('brand = "#0B3B8C"', 'brand = "#7A1020"', 1), "utf-8")
    workshop = Workshop(None, None, lambda _: None, path)
    assert workshop.theme_hash == theme_hash(path) != theme_hash()
    assert workshop.studio.theme.colours["brand"] == (0x7A, 0x10, 0x20)


def test_a_theme_nobody_could_read_is_told_by_the_check_and_starts_no_screen(tmp_path: Path) -> None:
    hall = write_hall(tmp_path)
    station = load(hall.stations["kiosk-1"], {})
    path = tmp_path / "theme.toml"
    path.write_text(Path("screens/theme.toml").read_text("utf-8").replace('ink = "#0F1E3D"', 'ink = "#EEEEEE"', 1))
    hall_config = station.hall.model_copy(update={"hall": station.hall.hall.model_copy(update={"theme": path})})
    (verdict,) = look(replace(station, hall=hall_config))
    assert verdict.word == "NOW"
    assert "ink #EEEEEE on page" in verdict.what
    with pytest.raises(PartMissing, match="ink #EEEEEE on page"):
        _ = Workshop(None, None, lambda _: None, path).studio
    assert look(station) == []


def test_a_theme_is_named_in_hall_toml_beside_it(tmp_path: Path) -> None:
    hall = write_hall(tmp_path)
    (tmp_path / "look.toml").write_text(Path("screens/theme.toml").read_text("utf-8"), "utf-8")
    toml = next(tmp_path.rglob("hall.toml"))
    toml.write_text(toml.read_text("utf-8").replace("[hall]", f'[hall]\ntheme = "{tmp_path}/look.toml"', 1), "utf-8")
    station = load(hall.stations["kiosk-1"], {})
    assert station.hall.hall.theme == tmp_path / "look.toml"
    assert look(station)[0].word == "OK"
    assert Words("zh")("kiosk.lead")
