"""Which driver a name in the config means. A driver's file, and its hardware package, is imported when it is chosen.

A new driver is one row here and one section in `config/parts.py` with the same option names.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Final, Literal, cast, overload

from drivers.protocols import Buttons, Display, Keypad, Lamps, Place, Post, Printer, Scanner, Speaker

DRIVERS: Final[dict[tuple[str, str], str]] = {
    ("printer", "serial"): "drivers.printer_serial:SerialPrinter",
    ("printer", "usblp"): "drivers.printer_usblp:UsblpPrinter",
    ("printer", "tcp"): "drivers.printer_tcp:TcpPrinter",
    ("printer", "simulated"): "drivers.printer_simulated:SimulatedPrinter",
    ("screen", "pygame"): "drivers.display_pygame:PygameDisplay",
    ("screen", "simulated"): "drivers.display_simulated:SimulatedDisplay",
    ("buttons", "gpiod"): "drivers.buttons_gpiod:GpiodButtons",
    ("buttons", "rpigpio"): "drivers.buttons_rpigpio:RpigpioButtons",
    ("buttons", "serial"): "drivers.buttons_serial:SerialButtons",
    ("buttons", "simulated"): "drivers.buttons_simulated:SimulatedButtons",
    ("lamps", "gpiod"): "drivers.lamps_gpiod:GpiodLamps",
    ("lamps", "rpigpio"): "drivers.lamps_rpigpio:RpigpioLamps",
    ("lamps", "serial"): "drivers.lamps_serial:SerialLamps",
    ("lamps", "simulated"): "drivers.lamps_simulated:SimulatedLamps",
    ("keypad", "evdev"): "drivers.keypad_evdev:EvdevKeypad",
    ("keypad", "callpad"): "drivers.keypad_callpad:CallPad",
    ("keypad", "simulated"): "drivers.keypad_simulated:SimulatedKeypad",
    ("scanner", "evdev"): "drivers.scanner_evdev:EvdevScanner",
    ("scanner", "serial"): "drivers.scanner_serial:SerialScanner",
    ("scanner", "simulated"): "drivers.scanner_simulated:SimulatedScanner",
    ("speaker", "sdl"): "drivers.speaker_sdl:SdlSpeaker",
    ("speaker", "simulated"): "drivers.speaker_simulated:SimulatedSpeaker",
    ("strip", "serial"): "drivers.strip_serial:SerialStrip",
    ("strip", "modbus"): "drivers.strip_modbus:ModbusStrip",
    ("strip", "simulated"): "drivers.strip_simulated:SimulatedStrip",
    ("supply", "rpi"): "drivers.supply_rpi:RpiSupply",
    ("supply", "simulated"): "drivers.supply_simulated:SimulatedSupply",
}


class UnknownDriver(Exception):
    """No such kind of part, or no such driver for it; the message lists what is known."""


def drivers_of(kind: str) -> list[str]:
    """The names of the drivers for this kind, in the table's order; empty for an unknown kind."""
    return [name for known, name in DRIVERS if known == kind]


def find(kind: str, driver: str) -> Callable[..., object]:
    """The class behind a row. UnknownDriver if there is none; ImportError if its package is not installed."""
    row = DRIVERS.get((kind, driver))
    if row is None:
        raise UnknownDriver(_unknown(kind, driver))
    module, _, name = row.partition(":")
    return cast("Callable[..., object]", getattr(import_module(module), name))


def options(kind: str, driver: str) -> set[str]:
    """The option names its constructor takes after `post` and `place`: the fields of its config section."""
    return set(inspect.signature(find(kind, driver)).parameters) - {"post", "place"}


@overload
def make(kind: Literal["printer"], driver: str, post: Post, place: Place, **options: Any) -> Printer: ...
@overload
def make(kind: Literal["screen"], driver: str, post: Post, place: Place, **options: Any) -> Display: ...
@overload
def make(kind: Literal["buttons"], driver: str, post: Post, place: Place, **options: Any) -> Buttons: ...
@overload
def make(kind: Literal["lamps"], driver: str, post: Post, place: Place, **options: Any) -> Lamps: ...
@overload
def make(kind: Literal["keypad"], driver: str, post: Post, place: Place, **options: Any) -> Keypad: ...
@overload
def make(kind: Literal["scanner"], driver: str, post: Post, place: Place, **options: Any) -> Scanner: ...
@overload
def make(kind: Literal["speaker"], driver: str, post: Post, place: Place, **options: Any) -> Speaker: ...
@overload
def make(kind: str, driver: str, post: Post, place: Place, **options: Any) -> object: ...


def make(kind: str, driver: str, post: Post, place: Place, **options: Any) -> object:
    """One driver, running. UnknownDriver, or PartMissing from the driver itself; nothing else is tried instead."""
    return find(kind, driver)(post, place, **options)


def _unknown(kind: str, driver: str) -> str:
    known = drivers_of(kind)
    if not known:
        kinds = list(dict.fromkeys(kind for kind, _ in DRIVERS))
        return f"there is no part called {kind!r}; known are {', '.join(kinds)}{_did_you_mean(kind, kinds)}"
    return f"there is no {kind} driver {driver!r}; known are {', '.join(known)}{_did_you_mean(driver, known)}"


def _did_you_mean(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f". Did you mean {near[0]!r}?" if near else ""
