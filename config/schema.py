"""What may stand in a station's config file; `Station` is all of it with the hall's and the staff's (hall, staff).

Attribute names are the keys. Nothing in these three reads a file or looks from one into another: `load` does the first,
`cross` the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from config.hall import HallConfig
from config.parts import (
    AnyButtons,
    AnyKeypad,
    AnyLamps,
    AnyPrinter,
    AnyScanner,
    AnyScreen,
    AnySpeaker,
    AnySupply,
    Part,
    Strict,
)
from config.parts_serial import AnyStrip
from config.shapes import Located, Name
from config.staff import Absence, Roster, Staff

RoleName = Literal["kiosk", "board", "window", "evaluator", "coordinator"]

SECTIONS: Final = ("screen", "sign", "printer", "buttons", "lamps", "keypad", "scanner", "speaker", "strip", "supply")

# role -> sections it must have, sections it may have. An evaluator is pressed: on buttons or on its screen.
ROLE_SECTIONS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "kiosk": (frozenset({"screen", "printer"}), frozenset({"scanner", "speaker", "supply"})),
    "board": (frozenset({"screen"}), frozenset({"speaker", "strip", "supply"})),
    "window": (frozenset({"screen"}), frozenset({"sign", "keypad", "scanner", "speaker", "strip", "supply"})),
    "evaluator": (frozenset(), frozenset({"screen", "buttons", "lamps", "speaker", "supply"})),
    "coordinator": (frozenset(), frozenset({"supply"})),
}


class Device(Strict):
    """One device: its name on the wire, its role, and its parts."""

    name: Name
    role: RoleName
    screen: AnyScreen | None = None
    sign: AnyScreen | None = None
    printer: AnyPrinter | None = None
    buttons: AnyButtons | None = None
    lamps: AnyLamps | None = None
    keypad: AnyKeypad | None = None
    scanner: AnyScanner | None = None
    speaker: AnySpeaker | None = None
    strip: AnyStrip | None = None
    supply: AnySupply | None = None

    def parts(self) -> dict[str, Part]:
        """The sections this device has, in the order of `SECTIONS`."""
        found = ((section, getattr(self, section)) for section in SECTIONS)
        return {section: part for section, part in found if part is not None}


OVERRIDES: Final = ("broker", "rating", "kiosk_rules")  # tables of the hall that a station may set for itself


class StationFile(Strict):
    """A station's own file, without the tables that override the hall's."""

    ALSO_KNOWN: ClassVar = OVERRIDES

    hall: Located
    staff: Located | None = None
    data: Located
    bench: Located | None = None
    recordings: Located | None = None
    clock: Literal["kernel", "trusted"]
    devices: Annotated[tuple[Device, ...], Field(alias="device", min_length=1, max_length=8)]


@dataclass(frozen=True, slots=True)
class Station:
    """One process's whole config, sound and complete. hash: SHA-256 of all that decides its behaviour, in hex."""

    path: Path
    hall: HallConfig
    staff: tuple[Staff, ...]
    data: Path
    bench: Path | None
    recordings: Path | None
    clock: Literal["kernel", "trusted"]
    devices: tuple[Device, ...]
    hash: str
    roster: tuple[Roster, ...] = ()
    absences: tuple[Absence, ...] = ()
