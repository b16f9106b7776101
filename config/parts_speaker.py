"""Loudspeakers as a device's config names them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.part import Part
from config.shapes import Clockface, Located

Level = Annotated[int, Field(ge=0, le=100)]


class Speaker(Part):
    """A loudspeaker. volume: 0 to 100; quiet: times of day with another, as ["12:00", "13:30", 40]."""

    volume: Level = 80
    quiet: Annotated[tuple[tuple[Clockface, Clockface, Level], ...], Field(max_length=12)] = ()


class SdlSpeaker(Speaker):
    """A loudspeaker through SDL's mixer. device: the sound card by the kernel's name (`cat /proc/asound/cards`), or
    words of its maker's; "" the machine's own choice.

    clips: where spoken phrases are kept; recorded: the folder of recordings, a folder for each language in it, beside
    this file if no path from the root; voice: espeak-ng, or another synthesizer's command with {lang}, {rate} and
    {slow} in it; rate: characters a minute (R143).
    """

    driver: Literal["sdl"]
    device: str = ""
    clips: Located | None = None
    recorded: Located | None = None
    voice: Annotated[str, Field(min_length=1)] = "espeak-ng"
    rate: Annotated[int, Field(ge=100, le=300)] = 120
    audio: Literal["auto", "alsa", "pulseaudio", "pipewire", "dummy", "disk"] = "auto"


class SimulatedSpeaker(Speaker):
    """A loudspeaker without hardware. pace: characters a minute at which it speaks; 0: each is said at once."""

    driver: Literal["simulated"]
    pace: Annotated[float, Field(ge=0, le=10_000)] = 0.0
