"""A strip sign beside a window's sign or the hall's board: the page in one line, over the station's one bus."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from config.load import load
from device import selftest_parts
from device.check import check
from device.hands import Hands
from device.parts import Workshop
from device.seat import Parts
from device.strip import StripScreen, Together
from device.verdict import fault
from drivers.bench import ask_bench
from drivers.events import ButtonPressed, HardwareEvent, KeyPressed, PartFailed
from drivers.frame_template import Template
from drivers.frames import CALL, DIGITS, FRAMES, PRESS
from screens.views import (
    Bilingual,
    BoardPage,
    CallRow,
    Clockface,
    ConsolePage,
    EvaluatorThanks,
    SignPage,
    View,
    WindowState,
)
from tests.config.site import spoilt
from tests.device.running import station as running
from tests.device.stations import DESK, SCREEN, station
from tests.drivers.serialpanel.conftest import wire as wire
from tests.drivers.serialpanel.line import Ear, Hand, Wire

PAD = Template.parse(FRAMES["desk-pad"].template)
LIHE = Template.parse(FRAMES["lihe"].template)
CLOCK = Clockface("2026-11-23 09:30", True)


def page(state: WindowState, number: str = "") -> SignPage:
    return SignPage(1, Bilingual("一楼", "Floor 1"), state, number, None, (), (), CLOCK)


class Sign:
    """A strip that remembers."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []
        self.open = True

    def show(self, text: str, number: str) -> None:
        self.shown.append((text, number))

    def close(self) -> None:
        self.open = False


class Screen:
    """A screen that remembers its pages."""

    pump_seconds: float | None = 0.25

    def __init__(self) -> None:
        self.pages: list[View] = []
        self.pumped = self.closed = 0

    def show(self, view: View) -> None:
        self.pages.append(view)

    def key_at(self, x: int, y: int) -> str | None:
        return f"{x},{y}"

    def pump(self) -> None:
        self.pumped += 1

    def close(self) -> None:
        self.closed += 1


def test_the_same_line_is_said_once_however_often_the_clock_on_the_page_changes() -> None:
    sign = Sign()
    screen = StripScreen(sign)
    screen.show(page("open"))
    screen.show(SignPage(1, Bilingual("一楼"), "open", "", None, (), (), Clockface("2026-11-23 09:31", True)))
    screen.show(EvaluatorThanks(1))
    screen.show(page("calling", "A012"))
    assert sign.shown == [("1号窗口欢迎办理", ""), ("请A012到本窗口", "A012")]
    assert (screen.key_at(1, 1), screen.pump_seconds) == (None, None)
    screen.pump()
    screen.close()
    assert not sign.open


def test_a_sign_and_its_strip_show_together_and_only_the_sign_is_touched() -> None:
    sign, screen = Sign(), Screen()
    both = Together(screen, StripScreen(sign))
    both.show(page("paused"))
    assert (screen.pages, sign.shown) == ([page("paused")], [("1号窗口暂停服务", "")])
    assert (both.key_at(3, 4), both.pump_seconds) == ("3,4", 0.25)
    both.pump()
    both.close()
    assert (screen.pumped, screen.closed, sign.open) == (1, 1, False)


# --- a desk from its config ----------------------------------------------------------------------------------

PANEL = '[device.buttons]\ndriver = "serial"\nlevels = [5, 4, 3, 2, 1]\n'
BOARD = f"""\
hall = "hall.toml"
data = "var"
[[device]]
name = "board-1"
role = "board"
[device.screen]
{SCREEN}
[device.strip]
driver = "simulated"
"""
SIMULATED_STRIP = ("[device.keypad]", '[device.strip]\ndriver = "simulated"\n[device.keypad]')


def parts_of(path: Path) -> tuple[dict[str, Parts], dict[str, Ear], list[Callable[[], None]]]:
    config = load(path, {})
    closers: list[Callable[[], None]] = []
    ears: dict[str, Ear] = {device.name: Ear() for device in config.devices}
    workshop = Workshop(None, None, closers.append)
    return {d.name: workshop.parts(d, ears[d.name].post) for d in config.devices}, ears, closers


def test_a_desk_whose_pad_panel_and_strip_share_one_line_hears_and_shows_over_it(tmp_path: Path, wire: Wire) -> None:
    line = f'port = "{wire.port}"\naddress = 3\n'
    text = spoilt(
        DESK,
        ('bench = "b.sock"\n', ""),
        (
            '[device.keypad]\ndriver = "simulated"',
            f'[device.keypad]\ndriver = "callpad"\n{line}[device.strip]\ndriver = "serial"\nframe = "lihe"\n{line}',
        ),
        (
            '[device.buttons]\ndriver = "simulated"',
            f'[device.buttons]\ndriver = "serial"\nlevels = [5,4,3,2,1]\n{line}',
        ),
        ('[device.lamps]\ndriver = "simulated"', f'[device.lamps]\ndriver = "serial"\n{line}'),
    )
    made, ears, closers = parts_of(station(tmp_path, text))
    window = made["window-1"]
    window.screens["sign"].show(page("calling", "A012"))
    said = LIHE.encode(3, DIGITS, data="请A012到本窗口".encode("gb2312"))
    assert wire.heard(len(said)) == said
    wire.say(PAD.encode(3, DIGITS, data=bytes([CALL])) + PAD.encode(3, PRESS, data=b"\x00"))
    assert ears["window-1"].next() == KeyPressed("n")
    heard: HardwareEvent = ears["evaluator-1"].next()
    assert heard == ButtonPressed(5)
    for close in closers:
        close()


def test_a_boards_strip_says_the_newest_call(tmp_path: Path) -> None:
    config = load(station(tmp_path, BOARD), {})
    bench = Hand()
    parts = Workshop(bench, None, lambda _: None).parts(config.devices[0], lambda _: None)
    place = Bilingual("一楼", "Floor 1")
    parts.screens["main"].show(BoardPage(place, CallRow("A012", 3, place), (), (), (), (), None, CLOCK, True))
    assert bench.do("board-1", "strip", "look") == {"text": "请A012到3号窗口", "number": "A012"}


@pytest.mark.timeout(30)  # a real process, on a machine that others use too
def test_a_window_shows_its_state_on_its_strip_from_the_first_page(tmp_path: Path) -> None:
    """The whole way: role, performer, screens, bench."""
    with running(station(tmp_path, spoilt(DESK, SIMULATED_STRIP))):
        seen = ask_bench(tmp_path / "b.sock", {"device": "window-1", "part": "strip", "do": "look"}, timeout=5)
    assert seen == {"ok": True, "text": "1号窗口暂未开放", "number": ""}


def test_a_console_page_says_nothing_to_the_strip() -> None:
    sign = Sign()
    StripScreen(sign).show(ConsolePage(1, "open", None, "", None, "", 0, (), True, 0, CLOCK))
    assert sign.shown == []


# --- check and self test -------------------------------------------------------------------------------------


@pytest.mark.req("R014", "R226")
def test_a_line_that_is_not_there_is_named_with_the_mend_for_every_part_on_it(tmp_path: Path) -> None:
    port = str(tmp_path / "ttyRS485")
    line = f'port = "{port}"\naddress = 3\n'
    changes = [
        ('[device.keypad]\ndriver = "simulated"', f'[device.keypad]\ndriver = "callpad"\n{line}'),
        (
            '[device.buttons]\ndriver = "simulated"',
            f'[device.buttons]\ndriver = "serial"\nlevels = [5,4,3,2,1]\n{line}',
        ),
    ]
    out = StringIO()
    assert check(station(tmp_path, DESK, *changes), out, json=True) == 69
    rows = {row["part"]: row for row in json.loads(out.getvalue())["parts"]}
    for part in ("keypad", "buttons"):
        assert rows[part]["word"] == "NOW"
        assert rows[part]["what"].startswith(f"{port}: No such file or directory; ")
        assert rows[part]["mend"].startswith("Plug it in, correct `port` in its config")


@pytest.mark.req("R014", "R226")
@pytest.mark.parametrize(("seen", "word", "code"), [(True, "OK", ""), (False, "NOW", "not-seen")])
def test_the_self_test_shows_a_line_on_the_strip_and_believes_whoever_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seen: bool, word: str, code: str
) -> None:
    monkeypatch.setattr(selftest_parts, "STRIP_SECONDS", 0.01)
    (device, _) = load(station(tmp_path, spoilt(DESK, SIMULATED_STRIP)), {}).devices
    sign, hands = Sign(), Hands(StringIO(), lambda _: seen, 1.0)
    (verdict,) = selftest_parts.strip_shows(device, sign, hands)
    assert (verdict.word, verdict.code) == (word, code)
    assert sign.shown == [("A888 自检", "A888")]


@pytest.mark.req("R014", "R226")
def test_the_self_test_names_a_button_that_is_down_before_anybody_pressed(tmp_path: Path) -> None:
    (_, device) = load(station(tmp_path, DESK), {}).devices
    hands = Hands(StringIO(), None, 0.01)
    hands.post_for("evaluator-1")(PartFailed("buttons", "stuck-3", "level 3: down since the start or for too long"))
    (verdict,) = selftest_parts.lamps_and_buttons_show(device, None, object(), hands)
    assert (verdict.part, verdict.word, verdict.code) == ("buttons", "NOW", "stuck-3")
    assert verdict.what == "level 3: down since the start or for too long"


@pytest.mark.parametrize(
    ("code", "mend"),
    [("stuck-5-1", "Free the button"), ("short-5-4", "Part the two wires"), ("loose-2", "Fasten the button's wire")],
)
def test_what_is_wrong_with_buttons_has_a_mend_whichever_buttons_they_are(code: str, mend: str) -> None:
    verdict = fault("evaluator-3", "buttons", code, "")
    assert (verdict.code, verdict.mender) == (code, "technician")
    assert verdict.mend.startswith(mend)
