"""`hallside check` and `hallside selftest` on a kiosk and a desk whose parts are all real but for the screens.

Run in both starts of the machine. Before the second, other devices of every kind were plugged in, so that each number
the kernel gives is another one: the same config must find the same parts.
"""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from device import selftest_parts
from device.check import check
from drivers import voice_command
from drivers.escpos_machine import Machine
from drivers.printer_port import PortGone
from drivers.usb_printers import usb_path
from tests.device.attentive import LEVEL, Person, tried
from tests.device.stations import DESK, KIOSK, station
from tests.drivers.panel.rigs import LINES, eventually
from tests.vm.guest.card import CARD
from tests.vm.guest.chip import Chip
from tests.vm.guest.keys import Keys
from tests.vm.guest.lines import AcmLine, UsbPrinterLine
from tests.vm.guest.printers import printer_rig
from tests.vm.guest.where import CROWDED

LAMPS = (16, 17, 20, 21, 22)  # with LINES as in config/examples/desk-3.toml, level 5 first
CHIP = 'driver = "gpiod"\nchip = "pi"\nlines = '
FINGER_SECONDS = 0.06  # how long a finger stays, and how long it takes to the next button


class Technician(Person):
    """Does what is said, with fingers on wires and keys; touches simulated screens through the bench."""

    def __init__(self, bench: Path, chip: Chip, keys: Keys) -> None:
        super().__init__(bench)
        self._chip, self._keys = chip, keys

    def obeys(self, text: str) -> dict[str, Any] | None:
        if LEVEL.search(text):
            self._press_what_is_lit()
            return None
        if "press Enter" in text:
            self._keys.type("enter")
            return None
        return super().obeys(text)

    def _press_what_is_lit(self) -> None:
        eventually(lambda: sum(map(self._chip.high, LAMPS)) == 1, "one lamp is lit")
        (lit,) = (button for button, lamp in zip(LINES, LAMPS, strict=True) if self._chip.high(lamp))
        self._chip.drive(lit, high=False)
        time.sleep(FINGER_SECONDS)  # as long as a finger stays
        self._chip.drive(lit, high=True)
        time.sleep(FINGER_SECONDS)  # and takes to come again


def real(text: str, **sections: str) -> str:
    """The station with these parts in the place of simulated ones."""
    for section, part in sections.items():
        text, changed = re.subn(rf'(?<=\[device\.{section}\]\n)driver = "simulated"', part, text)
        assert changed == 1
    return text


@pytest.fixture
def desk(chip: Chip, keys: Keys, tmp_path: Path) -> Path:
    for line in LAMPS:
        chip.drive(line, high=False)
    buttons, lamps = (f"{CHIP}{list(lines)}" for lines in (LINES, LAMPS))
    keypad = f'driver = "evdev"\npath = "{keys.name}"'
    return station(tmp_path, real(DESK, buttons=buttons, lamps=lamps, keypad=keypad))


@pytest.fixture(params=["usblp", "acm"])
def kiosk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    line: UsbPrinterLine | AcmLine = request.getfixturevalue(f"{request.param}_line")
    rig = printer_rig(line, Machine())
    if isinstance(line, UsbPrinterLine):
        printer = f'driver = "usblp"\npath = "{line.identity}"'
    else:
        printer = f'driver = "serial"\nport = "{line.name}"'
    yield station(tmp_path, real(KIOSK, printer=printer))
    rig.close()


@pytest.fixture
def talking_kiosk(card: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(voice_command, "COMMAND_SECONDS", 30.0)  # this machine is many times slower than a Pi
    monkeypatch.setattr(selftest_parts, "VOICE_SECONDS", 80.0)
    return station(tmp_path, real(KIOSK, speaker=f'driver = "sdl"\ndevice = "{CARD}"\nclips = "{tmp_path}/clips"'))


def looked(path: Path) -> dict[str, tuple[str, str]]:
    """part -> verdict and what was found, of `hallside check`."""
    out = io.StringIO()
    assert check(path, out, json=True) == 0
    return {row["part"]: (row["word"], row["what"]) for row in json.loads(out.getvalue())["parts"]}


def test_check_finds_all_parts_of_the_desk(desk: Path) -> None:
    found = looked(desk)
    assert {part: found[part] for part in ("buttons", "lamps", "keypad")} == {
        "buttons": ("OK", "gpiod"),
        "lamps": ("OK", "gpiod"),
        "keypad": ("OK", "evdev"),
    }


def test_at_the_desk_each_button_is_found_by_its_light_and_enter_is_heard(desk: Path, chip: Chip, keys: Keys) -> None:
    shown(desk, chip, keys, "buttons", "lamps", "keypad")


def test_the_kiosk_prints_its_test_page(kiosk: Path, chip: Chip, keys: Keys) -> None:
    assert looked(kiosk)["printer"][0] == "OK"
    shown(kiosk, chip, keys, "printer")


def test_a_printer_is_found_without_a_number_unless_there_are_several(usblp_line: UsbPrinterLine) -> None:
    usblp_line.plug()
    assert usb_path(usblp_line.identity) == usblp_line.name
    if CROWDED:
        with pytest.raises(
            PortGone, match=r"auto: several fit; there is .*L7, Laser Office\), .*T1, HALLSIDE Ticket Printer\)"
        ):
            usb_path("auto")
    else:
        assert usb_path("auto") == usblp_line.name


def test_the_kiosk_chimes_and_speaks(talking_kiosk: Path, chip: Chip, keys: Keys) -> None:
    assert looked(talking_kiosk)["speaker"] == ("OK", "sdl")
    shown(talking_kiosk, chip, keys, "speaker")


def shown(path: Path, chip: Chip, keys: Keys, *parts: str) -> None:
    """The self test found nothing wrong with these."""
    _, rows = tried(path, Technician(path.parent / "b.sock", chip, keys))
    found = {part: row for (_, part), row in rows.items() if part in parts}
    assert {part: row["word"] for part, row in found.items()} == dict.fromkeys(parts, "OK"), found
