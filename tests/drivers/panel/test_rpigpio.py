"""The drivers on the `RPi.GPIO` API: what they say when it is not there or fails, and what they leave behind."""

from __future__ import annotations

import importlib.util
import inspect
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers import backoff
from drivers.buttons_rpigpio import RpigpioButtons
from drivers.events import ButtonPressed, PartFailed, PartMended
from drivers.lamps_rpigpio import RpigpioLamps
from drivers.protocols import PartMissing
from tests.drivers.panel.fake_rpigpio import BOARD, FakeGpio
from tests.drivers.panel.rigs import BUTTONS, LAMPS, LINE_OF, LINES, Ear, eventually


def buttons(ear: Ear) -> RpigpioButtons:
    return RpigpioButtons(ear.post, BUTTONS, lines=LINES)


def lamps(ear: Ear) -> RpigpioLamps:
    return RpigpioLamps(ear.post, LAMPS, lines=LINES)


MAKERS: list[Callable[[Ear], RpigpioButtons | RpigpioLamps]] = [buttons, lamps]


@pytest.mark.parametrize("make", MAKERS)
def test_without_the_package_the_part_is_missing_and_the_extra_is_named(
    make: Callable[[Ear], object], ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "RPi", None)
    with pytest.raises(PartMissing, match="extra `rpigpio`"):
        make(ear)


@pytest.mark.parametrize("make", MAKERS)
def test_a_pin_another_program_has_is_named_and_none_of_the_others_is_kept(
    make: Callable[[Ear], object], rpigpio: FakeGpio, ear: Ear
) -> None:
    rpigpio.busy.add(13)
    with pytest.raises(PartMissing, match="GPIO 13: GPIO busy"):
        make(ear)
    assert rpigpio.direction == {}


def test_a_module_already_counting_by_board_is_not_used(rpigpio: FakeGpio, ear: Ear) -> None:
    rpigpio.setmode(BOARD)
    with pytest.raises(PartMissing, match="A different mode has already been set"):
        buttons(ear)


def test_a_kernel_that_gives_no_edges_is_said_with_the_mend_and_nothing_is_kept(rpigpio: FakeGpio, ear: Ear) -> None:
    rpigpio.edgeless = True
    with pytest.raises(PartMissing, match=r"no edges from GPIO 5: Failed to add edge detection. Install rpi-lgpio"):
        buttons(ear)
    assert rpigpio.direction == {}


def test_pins_that_cannot_be_read_at_the_start_are_missing_and_freed(rpigpio: FakeGpio, ear: Ear) -> None:
    rpigpio.broken = True
    with pytest.raises(PartMissing, match="the pins cannot be read: unknown handle"):
        buttons(ear)
    assert rpigpio.direction == {}


def test_a_button_down_when_the_station_starts_is_no_press_but_a_fault_until_it_is_let_go(
    rpigpio: FakeGpio, ear: Ear
) -> None:
    rpigpio.high[LINE_OF[3]] = False
    rpigpio.driven.add(LINE_OF[3])
    made = RpigpioButtons(ear.post, BUTTONS, lines=LINES, debounce_ms=1)
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert failed.code == "stuck-3"
    rpigpio.let_go(LINE_OF[3])
    assert ear.next() == PartMended("buttons")
    made.close()


def test_buttons_wired_to_the_supply_are_pulled_down_and_heard_when_they_rise(rpigpio: FakeGpio, ear: Ear) -> None:
    made = RpigpioButtons(ear.post, BUTTONS, lines=LINES, active_low=False)
    assert not any(rpigpio.high[pin] for pin in LINES)
    rpigpio.drive(LINE_OF[2], high=True)
    assert ear.next() == ButtonPressed(2)
    made.close()


def test_a_level_read_wrongly_in_the_last_edge_is_put_right_by_reading_once_more(
    rpigpio: FakeGpio, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = buttons(ear)
    truth = rpigpio.input
    stale = [1, 0, 1]  # what the callbacks of a press read, from the end; the last one still saw the contact open
    monkeypatch.setattr(rpigpio, "input", lambda pin: stale.pop() if stale else truth(pin))
    rpigpio.high[LINE_OF[4]] = False
    for _ in range(3):
        rpigpio.tell(LINE_OF[4])
    assert ear.next() == ButtonPressed(4)
    made.close()


def test_pins_that_can_no_longer_be_read_are_a_fault_told_once_and_mended_by_the_next_edge(
    rpigpio: FakeGpio, ear: Ear
) -> None:
    made = buttons(ear)
    rpigpio.broken = True
    rpigpio.drive(LINE_OF[5], high=False)
    assert ear.next() == PartFailed("buttons", "unreadable", "level 5 cannot be read", "technician")
    rpigpio.broken = False
    rpigpio.drive(LINE_OF[5], high=False)
    assert ear.next() == PartMended("buttons")
    assert ear.next() == ButtonPressed(5)
    made.close()


def test_lamps_that_cannot_be_set_are_a_fault_and_show_the_last_wish_when_they_can(
    rpigpio: FakeGpio, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoff, "STEPS", (0.01,))
    made = lamps(ear)
    rpigpio.broken = True
    made.light(frozenset({5}))
    assert ear.next() == PartFailed("lamps", "unplugged", "unknown handle", "technician")
    rpigpio.broken = False
    assert ear.next() == PartMended("lamps")
    assert [pin for pin in LINES if rpigpio.high[pin]] == [LINE_OF[5]]
    made.close()


def test_lamps_lit_by_a_low_pin_are_dark_while_it_is_high(rpigpio: FakeGpio, ear: Ear) -> None:
    made = RpigpioLamps(ear.post, LAMPS, lines=LINES, active_low=True)
    assert all(rpigpio.high[pin] for pin in LINES)
    made.light(frozenset({5, 4}))
    eventually(lambda: [rpigpio.high[pin] for pin in LINES] == [False, False, True, True, True], "5 and 4 lit")
    made.close()
    assert all(rpigpio.high[pin] for pin in LINES)


def test_buttons_and_lamps_share_the_module_and_free_only_their_own_pins(rpigpio: FakeGpio, ear: Ear) -> None:
    pressed = buttons(ear)
    lit = RpigpioLamps(ear.post, LAMPS, lines=(1, 2, 3, 4, 7))
    lit.close()
    assert set(rpigpio.direction) == set(LINES)
    rpigpio.drive(LINE_OF[1], high=False)
    assert ear.next() == ButtonPressed(1)
    pressed.close()


# --- the real package, where it is installed -----------------------------------------------------------------

installed = pytest.mark.skipif(importlib.util.find_spec("lgpio") is None, reason="the extra `rpigpio` is not installed")


@installed
def test_the_real_package_without_a_chip_is_missing_and_leaves_no_pipe_in_the_working_directory(
    tmp_path: Path,
) -> None:
    code = (
        "import os\n"
        "from drivers.buttons_rpigpio import RpigpioButtons\n"
        "from drivers.protocols import PartMissing, Place\n"
        "before = os.getcwd()\n"
        "try:\n"
        "    RpigpioButtons(print, Place('evaluator-3', 'buttons'), lines=[5, 6, 13, 19, 26])\n"
        "except PartMissing as missing:\n"
        "    print(missing.tried)\n"
        "assert os.getcwd() == before and os.listdir() == [] and 'LG_WD' not in os.environ\n"
    )
    root = Path(__file__).parents[3]
    clear = {name: value for name, value in os.environ.items() if not name.startswith(("LG_", "RPI_"))}
    # A chip number no machine has: what a Pi of this revision says when its chip is not there.
    env = clear | {"PYTHONPATH": str(root), "RPI_LGPIO_REVISION": "c03114", "RPI_LGPIO_CHIP": "99"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "RPi.GPIO does not start: can not open gpiochip\n"), done.stderr


@installed
@pytest.mark.parametrize(
    "name", ["setmode", "setwarnings", "setup", "input", "output", "add_event_detect", "remove_event_detect", "cleanup"]
)
def test_the_module_of_the_tests_is_called_as_the_real_one_is(name: str, tmp_path: Path) -> None:
    spec = importlib.util.find_spec("RPi")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    source = (Path(spec.submodule_search_locations[0]) / "GPIO" / "__init__.py").read_text()
    [line] = [line for line in source.splitlines() if line.startswith(f"def {name}(")]
    theirs = [word.split("=")[0].strip() for word in line[line.index("(") + 1 : line.rindex(")")].split(",")]
    assert list(inspect.signature(getattr(FakeGpio, name)).parameters)[1:] == theirs
