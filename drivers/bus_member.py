"""What every driver on a shared serial line does alike: parse its frame, take its place on the line."""

from __future__ import annotations

from drivers.bus import Buses, Desk, Member
from drivers.bus_line import LineSettings
from drivers.frame_template import BadTemplate, Template
from drivers.frames import template_of
from drivers.protocols import PartMissing, Place


def template_or_missing(part: str, option: str, frame: str, custom: str) -> Template:
    """The frame's template; PartMissing with what is wrong with one that a config wrote."""
    try:
        return template_of(frame, custom)
    except BadTemplate as fault:
        raise PartMissing(part, f"`{option}`: {fault}", "Correct it in its config") from fault


def joined(place: Place, settings: LineSettings, member: Member) -> Desk:
    """A place on the station's line, or on one of its own where there is no station."""
    buses = place.buses if place.buses is not None else Buses()
    return buses.join(settings, member)
