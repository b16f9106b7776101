"""What parts may share and what each must have alone: serial lines, addresses, GPIO lines of one header."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import load
from tests.config.site import DESK, mistakes, only, spoilt, write

GPIO = '[device.buttons]\ndriver = "gpiod"\nchip = "pinctrl-bcm2711"\nlines = [5, 6, 13, 19, 26]\n'
GPIO_LAMPS = '[device.lamps]\ndriver = "gpiod"\nchip = "pinctrl-bcm2711"\nlines = [16, 17, 20, 21, 22]\n'
PORT = "/dev/serial/by-id/usb-FTDI_FT232R-if00-port0"
PANEL = f'[device.buttons]\ndriver = "serial"\nport = "{PORT}"\naddress = 3\nlevels = [5, 4, 3, 2, 1]\n'
LIGHT = f'[device.lamps]\ndriver = "serial"\nport = "{PORT}"\naddress = 3\n'
PAD = f'[device.keypad]\ndriver = "callpad"\nport = "{PORT}"\naddress = 3\n'
STRIP = f'[device.strip]\ndriver = "serial"\nport = "{PORT}"\naddress = 3\nframe = "desk-pad"\n'
SECOND = '\n[[device]]\nname = "evaluator-1"\n'
SERIAL = spoilt(DESK, (GPIO, PANEL), (GPIO_LAMPS, LIGHT), (SECOND, "\n" + PAD + STRIP + SECOND))


def test_pad_digits_evaluator_and_its_light_share_one_line_and_one_address(tmp_path: Path) -> None:
    window, evaluator = load(write(tmp_path, station=SERIAL)).devices
    assert [*window.parts()] == ["screen", "sign", "keypad", "strip"]
    assert evaluator.buttons is not None
    assert evaluator.buttons.options()["port"] == PORT


@pytest.mark.parametrize(
    ("old", "new", "key", "what"),
    [
        (STRIP, STRIP.replace("address = 3", "address = 3\nbaud = 19200"), "device[0].strip.baud",
         f"the line '{PORT}' has another baud or parity for window-1's keypad"),
        (LIGHT, LIGHT + 'parity = "even"\n', "device[1].lamps.baud",
         f"the line '{PORT}' has another baud or parity for window-1's keypad"),
        (PAD, PAD + f'[device.scanner]\ndriver = "serial"\nport = "{PORT}"\n', "device[0].scanner.port",
         f"'{PORT}' is already used by window-1's keypad"),
        ("levels = [5, 4, 3, 2, 1]", "levels = [5, 4, 3, 2]", "device[1].buttons.levels",
         "level 1 cannot be pressed here, but there must be five"),
        ("levels = [5, 4, 3, 2, 1]", "levels = [5, 4, 3, 2, 1, 1]", "device[1].buttons.levels",
         "one level stands there twice"),
        ("levels = [5, 4, 3, 2, 1]", "levels = [5, 4, 3, 2, 6]", "device[1].buttons.levels[4]",
         "must be at most 5, not 6"),
        (STRIP, STRIP.replace("desk-pad", "lihee"), "device[0].strip.frame", None),
        (STRIP, f'[device.strip]\ndriver = "modbus"\nport = "{PORT}"\naddress = 0\n',
         "device[0].strip.address", "must be at least 1, not 0"),
    ],
)  # fmt: skip
@pytest.mark.req("R256")
def test_a_mistake_on_a_shared_line_is_found(tmp_path: Path, old: str, new: str, key: str, what: str | None) -> None:
    found = only(write(tmp_path, station=spoilt(SERIAL, (old, new))))
    assert found[1] == key
    assert what is None or found[2] == what


def test_two_pads_need_two_addresses(tmp_path: Path) -> None:
    second = SECOND.replace("evaluator-1", "window-2").replace("\n[[device]]", "[[device]]")
    more = second + 'role = "window"\n[device.screen]\ndriver = "pygame"\nwidth_mm = 344\nheight_mm = 194\n' + PAD
    errors = mistakes(write(tmp_path, station=SERIAL + more))
    assert [(error.keys, error.what) for error in errors if error.keys.endswith("address")] == [
        ("device[2].keypad.address", f"address 3 on '{PORT}' is already that of window-1's keypad")
    ]


def test_a_screen_makes_up_for_the_level_a_panel_lacks(tmp_path: Path) -> None:
    screen = '[device.screen]\ndriver = "pygame"\nwidth_mm = 220\nheight_mm = 130\ndisplay = 2\n'
    four = spoilt(SERIAL, ("levels = [5, 4, 3, 2, 1]", "levels = [5, 4, 3, 2]"), (LIGHT, LIGHT + screen))
    assert load(write(tmp_path, station=four)).devices[1].screen is not None


@pytest.mark.parametrize(
    ("buttons", "lamps"),
    [('"pi"', '"pinctrl-rp1"'), ('["pinctrl-bcm2835", "pinctrl-rp1"]', '"pi"'), ('"pi"', '"pi"')],
)
def test_the_header_of_a_pi_is_one_chip_by_whatever_name(tmp_path: Path, buttons: str, lamps: str) -> None:
    panel = GPIO.replace('"pinctrl-bcm2711"', buttons)
    light = GPIO_LAMPS.replace('"pinctrl-bcm2711"', lamps).replace("20", "26")
    path = write(tmp_path, station=spoilt(DESK, (GPIO, panel), (GPIO_LAMPS, light)))
    assert only(path)[1:3] == ("device[1].lamps.lines[2]", "26 is already used by evaluator-1's buttons")


def test_one_config_serves_every_pi(tmp_path: Path) -> None:
    path = write(tmp_path, station=spoilt(DESK, (GPIO, GPIO.replace('"pinctrl-bcm2711"', '"pi"'))))
    buttons = load(path).devices[1].buttons
    assert buttons is not None
    assert buttons.options()["chip"] == "pi"
