"""A USB keypad, and a USB scanner that types like one, through usbhid and evdev, by the names udev gives them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing
from fcntl import ioctl

import pytest

from drivers import backoff
from drivers.events import HardwareEvent, KeyPressed, PartFailed, PartMended, Scanned
from drivers.input_device import EVIOCGRAB
from drivers.keypad_evdev import EvdevKeypad
from drivers.protocols import PartMissing, Place
from drivers.scanner_evdev import EvdevScanner
from tests.drivers.panel.rigs import Ear
from tests.vm.guest.keys import Keys

KEYPAD = Place("window-3", "keypad")
EXAMPLE = "/dev/input/by-id/usb-SIGMACHIP_USB_Keyboard-event-kbd"  # in config/examples/desk-3.toml


@pytest.fixture
def keypad(keys: Keys, ear: Ear) -> Iterator[EvdevKeypad]:
    with closing(EvdevKeypad(ear.post, KEYPAD, path=EXAMPLE)) as keypad:
        yield keypad


def heard(ear: Ear, count: int) -> list[HardwareEvent]:
    return [ear.next() for _ in range(count)]


def test_keys_are_heard_by_the_name_the_example_config_has(keypad: EvdevKeypad, keys: Keys, ear: Ear) -> None:
    keys.type("A", "0", "1", "2", "enter")
    assert heard(ear, 5) == [KeyPressed("A"), KeyPressed("0"), KeyPressed("1"), KeyPressed("2"), KeyPressed("enter")]


def test_nobody_else_hears_the_keys(keypad: EvdevKeypad, keys: Keys, ear: Ear) -> None:
    console = os.open(EXAMPLE, os.O_RDONLY | os.O_NONBLOCK)
    keys.type("7")
    assert ear.next() == KeyPressed("7")
    with pytest.raises(BlockingIOError):
        os.read(console, 4096)
    os.close(console)


def test_a_keypad_another_program_holds_is_missing(keys: Keys, ear: Ear) -> None:
    other = os.open(EXAMPLE, os.O_RDONLY | os.O_NONBLOCK)
    ioctl(other, EVIOCGRAB, 1)
    with pytest.raises(PartMissing, match="cannot be had alone: Device or resource busy"):
        EvdevKeypad(ear.post, KEYPAD, path=EXAMPLE)
    os.close(other)


def test_pulled_out_it_is_a_fault_for_staff_and_put_back_it_works_again(
    keypad: EvdevKeypad, keys: Keys, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoff, "STEPS", (0.05,))
    keys.plug.pull()
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert (failed.part, failed.code, failed.mender) == ("keypad", "unplugged", "staff")
    keys.plug.put()
    assert ear.next() == PartMended("keypad")
    keys.type("1", "enter")
    assert heard(ear, 2) == [KeyPressed("1"), KeyPressed("enter")]


def test_a_scanner_that_types_is_heard_as_one_code(keys: Keys, ear: Ear) -> None:
    with closing(EvdevScanner(ear.post, Place("kiosk-1", "scanner"), path=EXAMPLE)):
        began = time.monotonic()
        keys.type(*"20261121-A012", "enter")
        assert ear.next() == Scanned("20261121-A012"), f"{time.monotonic() - began:.2f} s for 14 keys"
