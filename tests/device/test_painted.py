"""Views become pictures on a display: drawn when they change, touched by name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.device.glass import Glass

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")


from config.load import load
from device.demo_hall import write_hall
from device.painted import SELDOM_SECONDS, PaintedScreen, Studio
from device.parts import Workshop
from device.press import paper_of
from device.seat import Parts
from drivers.escpos_text import encode
from drivers.printer_profiles import PROFILES
from drivers.protocols import Area, PartMissing
from screens.document import Cut, Document, Line
from screens.theme import load_theme
from screens.views import EvaluatorAsk, EvaluatorThanks, PersonCard

ASK = EvaluatorAsk(3, PersonCard("1001", "王芳", 4, "综合受理"), "A012", None)


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio(load_theme())


def screen(glass: Glass, studio: Studio) -> PaintedScreen:
    return PaintedScreen(glass, (154, 86), "evaluator", "screen", studio)


def test_a_view_is_drawn_and_its_keys_are_found_where_they_are_drawn(studio: Studio) -> None:
    glass = Glass()
    painted = screen(glass, studio)
    painted.show(ASK)
    ((name, changed, targets),) = glass.flips
    assert name == "evaluator-ask"
    assert changed == [Area(0, 0, 1024, 600)]
    assert set(targets) == {f"level:{n}" for n in range(1, 6)}
    for key, area in targets.items():
        assert painted.key_at(area.x + area.w // 2, area.y + area.h // 2) == key
    assert painted.key_at(0, 599) is None


def test_the_same_view_again_is_not_drawn_again(studio: Studio) -> None:
    glass = Glass()
    painted = screen(glass, studio)
    painted.show(ASK)
    painted.show(ASK)
    assert len(glass.flips) == 1


def test_of_a_view_that_changed_a_little_only_that_is_drawn(studio: Studio) -> None:
    glass = Glass()
    painted = screen(glass, studio)
    painted.show(ASK)
    painted.show(EvaluatorAsk(3, ASK.person, "A013", None))
    changed = glass.flips[1][1]
    assert 0 < sum(area.w * area.h for area in changed) < 1024 * 600 // 4


def test_before_anything_is_shown_there_is_nothing_to_touch(studio: Studio) -> None:
    assert screen(Glass(), studio).key_at(5, 5) is None


def test_the_display_is_pumped_as_it_asks(studio: Studio) -> None:
    glass = Glass()
    painted = screen(glass, studio)
    assert painted.pump_seconds == 0.5
    painted.pump()
    assert glass.pumped == 1


def test_a_screen_that_nobody_can_reach_is_looked_after_seldom(studio: Studio) -> None:
    often = Glass(pump_seconds=1 / 30)
    for role, section, seconds in (
        ("kiosk", "screen", 1 / 30),
        ("window", "screen", 1 / 30),
        ("window", "sign", SELDOM_SECONDS),
        ("board", "screen", SELDOM_SECONDS),
    ):
        assert PaintedScreen(often, (154, 86), role, section, studio).pump_seconds == seconds
    assert PaintedScreen(Glass(pump_seconds=None), (154, 86), "board", "screen", studio).pump_seconds is None


def test_what_did_not_fit_is_logged_once_without_its_words(studio: Studio, caplog: pytest.LogCaptureFixture) -> None:
    painted = screen(Glass(), studio)
    secret = "蓁" * 400
    for number in ("A012", "A013"):
        painted.show(EvaluatorAsk(3, PersonCard("1001", secret, 4, ""), number, None))
        painted.show(EvaluatorThanks(3))
    assert len(caplog.messages) == len(set(caplog.messages)) > 0
    assert "蓁" not in caplog.text


# --- parts from the config -----------------------------------------------------------------------------------


def test_the_parts_of_a_config_are_made_and_each_tells_how_to_close_it(tmp_path: Path) -> None:
    config = load(write_hall(tmp_path).stations["kiosk-1"], {})
    closers: list[Callable[[], None]] = []
    workshop = Workshop(None, None, closers.append)
    parts = workshop.parts(config.devices[0], lambda _: None)
    assert set(parts.screens) == {"main"}
    assert parts.paper is not None
    assert (parts.speaker, parts.lamps) == (None, None)
    assert len(parts.hands) == 1, "its scanner"
    assert len(closers) == 3
    assert len(workshop.theme_hash) == 64
    for close in closers:
        close()


def test_a_device_without_a_screen_has_no_studio(tmp_path: Path) -> None:
    config = load(write_hall(tmp_path).stations["coordinator"], {})
    workshop = Workshop(None, None, lambda _: None)
    assert workshop.parts(config.devices[0], lambda _: None) == Parts({})
    assert "studio" not in vars(workshop)


def test_a_driver_whose_package_is_not_installed_is_a_missing_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> object:
        raise ModuleNotFoundError("no", name="RPi.GPIO")

    monkeypatch.setattr("device.parts.make", gone)
    config = load(write_hall(tmp_path).stations["evaluator-3"], {})
    with pytest.raises(PartMissing, match=r"needs the Python package RPi.GPIO"):
        Workshop(None, None, lambda _: None).parts(config.devices[0], lambda _: None)


def test_a_document_becomes_the_printers_bytes() -> None:
    data = paper_of("generic-80")(Document("A012", (Line("A012", 4), Cut())))
    assert data.startswith(b"\x1b@")
    assert encode("A012") in data


def test_an_unknown_model_is_named_with_the_known_ones() -> None:
    with pytest.raises(PartMissing, match=next(iter(PROFILES))):
        paper_of("nobody-99")
