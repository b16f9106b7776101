"""The `RPi.GPIO` API, whoever provides it (rpi-lgpio on today's kernels), with its faults as our errors.

The module is one for the whole process: its numbering is set once, and every driver frees only its own pins.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from drivers.protocols import PartMissing, Place


class Gpio(Protocol):
    """What we use of the module (RPi.GPIO 0.7.1; rpi-lgpio 0.6 has the same)."""

    BCM: int
    IN: int
    OUT: int
    LOW: int
    HIGH: int
    PUD_UP: int
    PUD_DOWN: int
    BOTH: int

    def setmode(self, mode: int) -> None: ...
    def setwarnings(self, value: bool) -> None: ...
    def setup(self, channel: int, direction: int, **settings: int) -> None: ...
    def input(self, channel: int) -> int: ...
    def output(self, channel: Any, value: Any) -> None: ...
    def add_event_detect(self, channel: int, edge: int, callback: Callable[[int], None]) -> None: ...
    def remove_event_detect(self, channel: int) -> None: ...
    def cleanup(self, chanlist: Any) -> None: ...


def load(place: Place) -> Gpio:
    """The module, counting pins as the SoC does (BCM). PartMissing: not installed, not a Pi, no access."""
    try:
        gpio = _import()
        gpio.setwarnings(False)
        gpio.setmode(gpio.BCM)
    except ImportError as fault:
        mend = "Install hallside with the extra `rpigpio`, or use the driver `gpiod`"
        raise PartMissing(place.part, f"RPi.GPIO cannot be imported: {fault}", mend) from fault
    except Exception as fault:  # its providers raise RuntimeError, ValueError, OSError or lgpio's own error
        mend = "It runs on a Raspberry Pi only, for users of the group `gpio`"
        raise PartMissing(place.part, f"RPi.GPIO does not start: {_said(fault)}", mend) from fault
    return gpio


def claim(place: Place, gpio: Gpio, pins: Iterable[int], direction: int, **settings: int) -> None:
    """Set every pin up; PartMissing names the pin that is not to be had, and leaves none claimed."""
    pins = list(pins)
    for pin in pins:
        try:
            gpio.setup(pin, direction, **settings)
        except Exception as fault:  # see load
            free(gpio, pins[: pins.index(pin)])
            mend = "End the other program that uses it, or correct `lines` in the config"
            raise PartMissing(place.part, f"GPIO {pin}: {_said(fault)}", mend) from fault


def asking(call: Callable[[], Any]) -> Any:
    """Its answer; whatever its provider raises becomes OSError."""
    try:
        return call()
    except Exception as fault:  # see load
        raise OSError(_said(fault)) from fault


def free(gpio: Gpio, pins: list[int]) -> None:
    """Back to inputs. An empty list is not passed on: the module would take it for a mistake."""
    if pins:
        gpio.cleanup(pins)


def _import() -> Gpio:
    """lgpio, below rpi-lgpio, makes a pipe in the working directory, which a service may not write to, and leaves
    the file behind (joan2937/lg#22). It takes another directory from LG_WD, and moves the whole process there:
    so it gets a directory that is gone again when it has opened the pipe, and the process goes back."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="hallside-") as elsewhere:
        os.environ["LG_WD"] = elsewhere
        try:
            return cast("Gpio", import_module("RPi.GPIO"))
        finally:
            del os.environ["LG_WD"]
            os.chdir(before)


def _said(fault: Exception) -> str:
    return str(fault).strip("'") or type(fault).__name__
