"""The lamps of an evaluator on a serial line: it lights them itself when told to ask. Not tried on hardware."""

from __future__ import annotations

from typing import Literal

from drivers.bus import Member
from drivers.bus_line import LineSettings, Parity
from drivers.bus_member import joined, template_or_missing
from drivers.bus_turns import Speech
from drivers.frames import BEGIN, TAKEN
from drivers.panel import check_levels
from drivers.protocols import Place, Post


class SerialLamps:
    """Implements drivers.protocols.Lamps. There is one light for all: lit when any level is.

    frame: `desk-pad` is told to begin asking and goes dark by itself; `custom` is told `on` or `off` ("" nothing).
    """

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        port: str,
        address: int,
        baud: int = 9600,
        parity: Parity = "none",
        frame: Literal["desk-pad", "custom"] = "desk-pad",
        on: str = "",
        off: str = "",
    ) -> None:
        template = template_or_missing(place.part, "on", frame, on)
        if frame == "desk-pad":
            self._on = template.encode(address, TAKEN, data=bytes([BEGIN]))
            self._off = b""
        else:
            self._on = template.encode(address)
            self._off = template_or_missing(place.part, "off", "custom", off).encode(address) if off else b""
        self._lit = False
        member = Member.speaking(template, place.part, post, address, lambda _: ())
        self._desk = joined(place, LineSettings(port, baud, parity), member)

    def light(self, levels: frozenset[int]) -> None:
        """Never blocks. ValueError for a level there is not."""
        check_levels(levels)
        if bool(levels) != self._lit:
            self._lit = bool(levels)
            said = self._on if levels else self._off
            self._desk.wish((Speech(said),) if said else ())

    def close(self) -> None:
        """Leave the line."""
        self._desk.leave()
