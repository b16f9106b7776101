"""The parts of a device as its config names them: one section a part, `driver` chooses what drives it.

The other fields of a section are the driver's own options, by the same names (`options()`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """Frozen, no unknown keys, no guessing between types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Part(Strict):
    """One part of a device."""

    driver: str

    def options(self) -> dict[str, Any]:
        """What the driver's constructor is given: every field but `driver`; a field left out is not in it."""
        return self.model_dump(exclude={"driver"}, exclude_none=True)


class Lines(Part):
    """Five lines of one GPIO chip: level 5 (very satisfied) first, level 1 last. Chip by label, never by number."""

    chip: Annotated[str, Field(min_length=1)]
    lines: Annotated[tuple[Annotated[int, Field(ge=0, le=1023)], ...], Field(min_length=5, max_length=5)]


class Pins(Part):
    """Five GPIO numbers (BCM), level 5 first, driven through the `RPi.GPIO` API."""

    lines: Annotated[tuple[Annotated[int, Field(ge=0, le=63)], ...], Field(min_length=5, max_length=5)]


class Simulated(Part):
    """A part without hardware, worked by the bench."""

    driver: Literal["simulated"]


class Paper(Part):
    """A printer; `model` names its width and what it can do."""

    model: Annotated[str, Field(min_length=1, max_length=40)] = "generic-80"


class SerialPrinter(Paper):
    """A printer on a serial port or a USB-serial adapter."""

    driver: Literal["serial"]
    port: Annotated[str, Field(min_length=1)]
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 19200


class UsbPrinter(Paper):
    """A printer the kernel's usblp drives."""

    driver: Literal["usblp"]
    path: Annotated[str, Field(min_length=1)]


class TcpPrinter(Paper):
    """A printer on the network, raw port."""

    driver: Literal["tcp"]
    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(ge=1, le=65535)] = 9100


class SimulatedPrinter(Paper):
    """A printer without hardware."""

    driver: Literal["simulated"]


class Screen(Part):
    """A screen; its real size in millimetres decides how large people see and touch things."""

    width_mm: Annotated[int, Field(ge=20, le=5000)]
    height_mm: Annotated[int, Field(ge=20, le=5000)]
    width: Annotated[int, Field(ge=160, le=8192)] | None = None
    height: Annotated[int, Field(ge=120, le=8192)] | None = None


class PygameScreen(Screen):
    """A screen of this machine, drawn with SDL."""

    driver: Literal["pygame"]
    fullscreen: bool = True
    display: Annotated[int, Field(ge=0, le=7)] = 0
    rotation: Literal[0, 90, 180, 270] = 0


class SimulatedScreen(Screen):
    """A screen without hardware."""

    driver: Literal["simulated"]


class GpiodButtons(Lines):
    """Five buttons through libgpiod."""

    driver: Literal["gpiod"]


class RpigpioButtons(Pins):
    """Five buttons through the `RPi.GPIO` API."""

    driver: Literal["rpigpio"]


class GpiodLamps(Lines):
    """Five lamps through libgpiod."""

    driver: Literal["gpiod"]


class RpigpioLamps(Pins):
    """Five lamps through the `RPi.GPIO` API."""

    driver: Literal["rpigpio"]


class EvdevKeypad(Part):
    """A keyboard or keypad read without a window; use the stable name under /dev/input/by-id."""

    driver: Literal["evdev"]
    path: Annotated[str, Field(min_length=1)]


class SdlSpeaker(Part):
    """A loudspeaker through SDL's mixer; `device` is its name, "" the machine's own choice."""

    driver: Literal["sdl"]
    device: str = ""


AnyScreen = Annotated[PygameScreen | SimulatedScreen, Field(discriminator="driver")]
AnyPrinter = Annotated[SerialPrinter | UsbPrinter | TcpPrinter | SimulatedPrinter, Field(discriminator="driver")]
AnyButtons = Annotated[GpiodButtons | RpigpioButtons | Simulated, Field(discriminator="driver")]
AnyLamps = Annotated[GpiodLamps | RpigpioLamps | Simulated, Field(discriminator="driver")]
AnyKeypad = Annotated[EvdevKeypad | Simulated, Field(discriminator="driver")]
AnySpeaker = Annotated[SdlSpeaker | Simulated, Field(discriminator="driver")]
