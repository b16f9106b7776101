"""The parts of a device as its config names them: one section a part, `driver` chooses what drives it.

The other fields of a section are the driver's own options, by the same names (`options()`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from config.part import Part as Part
from config.part import Strict as Strict
from config.parts_serial import CallPad, SerialButtons, SerialLamps
from config.parts_speaker import SdlSpeaker, SimulatedSpeaker
from config.shapes import Located, Name

FiveLines = Annotated[tuple[Annotated[int, Field(ge=0, le=1023)], ...], Field(min_length=5, max_length=5)]
# "pi": the header's chip on a Pi 3, 4 or 5, whichever this is; or a label, a path, or the labels of which one is there
Chips = (
    Annotated[str, Field(min_length=1)]
    | Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1, max_length=8)]
)
FivePins = Annotated[tuple[Annotated[int, Field(ge=0, le=63)], ...], Field(min_length=5, max_length=5)]


class ButtonPanel(Part):
    """Five buttons. active_low: a press connects the line to ground; debounce_ms: how long a contact must be quiet.

    stuck_seconds: a button that is down for longer is a fault and no finger.
    """

    active_low: bool = True
    debounce_ms: Annotated[int, Field(ge=1, le=200)] = 20
    stuck_seconds: Annotated[float, Field(ge=1, le=600)] = 10.0


class LampPanel(Part):
    """Five lamps. active_low: a lamp is lit while its line is low."""

    active_low: bool = False


class Simulated(Part):
    """A part without hardware, worked by the bench."""

    driver: Literal["simulated"]


class Paper(Part):
    """A printer. model: its width and what it can do; deadline_seconds: a ticket not out by then is given up whole.

    profiles: a TOML file with models that hallside does not know. roll_metres: on a new roll; left out, what the
    model's usual roll has. When a tenth is left, staff are warned.
    """

    model: Name = "generic-80"
    profiles: Located | None = None
    deadline_seconds: Annotated[float, Field(ge=1, le=60)] = 8.0
    roll_metres: Annotated[float, Field(ge=1, le=1000)] | None = None

    def options(self) -> dict[str, Any]:
        """As for any part, without what is no business of the driver's: paper is counted by the device."""
        return self.model_dump(exclude={"driver", "roll_metres"}, exclude_none=True)


class SerialPrinter(Paper):
    """A printer on a serial port or a USB-serial adapter."""

    driver: Literal["serial"]
    port: Annotated[str, Field(min_length=1)]
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 19200


class UsbPrinter(Paper):
    """A printer the kernel's usblp drives.

    path: a device (/dev/usb/lp0); "auto": the one printer that is there; "usb:0416:5011", or with a serial number
    "usb:0416:5011:A7": the one with these identities, wherever it is plugged in.
    """

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
    """A screen. Its real size in millimetres, as people see it, decides how large they see and touch things.

    width, height: pixels; left out, what the machine offers. distance_m: from how far it is to be read, in metres; left
    out, what is usual for such a screen: 6 for a board, 3 for a sign, an arm's length for what is touched.
    """

    width_mm: Annotated[int, Field(ge=20, le=5000)]
    height_mm: Annotated[int, Field(ge=20, le=5000)]
    width: Annotated[int, Field(ge=160, le=8192)] | None = None
    height: Annotated[int, Field(ge=120, le=8192)] | None = None
    distance_m: Annotated[float, Field(ge=0.2, le=30)] | None = None

    def options(self) -> dict[str, Any]:
        """As for any part, without what is no business of the driver's: how large things are drawn."""
        return self.model_dump(exclude={"driver", "distance_m"}, exclude_none=True)


class PygameScreen(Screen):
    """A screen of this machine, drawn with SDL. rotation: degrees clockwise by which the picture is turned.

    x, y: a window's upper left corner on the desktop; left out, the desktop's choice. A full screen has none.
    """

    driver: Literal["pygame"]
    fullscreen: bool = True
    x: Annotated[int, Field(ge=0, le=32767)] | None = None
    y: Annotated[int, Field(ge=0, le=32767)] | None = None
    display: Annotated[int, Field(ge=0, le=7)] = 0
    rotation: Literal[0, 90, 180, 270] = 0
    title: Annotated[str, Field(max_length=80)] = ""
    video: Literal["auto", "x11", "wayland", "kmsdrm", "dummy"] = "auto"


class SimulatedScreen(Screen):
    """A screen without hardware."""

    driver: Literal["simulated"]


class GpiodButtons(ButtonPanel):
    """Through libgpiod. chip: "pi" or by label, never by number; lines: level 5 (very satisfied) first."""

    driver: Literal["gpiod"]
    chip: Chips
    lines: FiveLines


class RpigpioButtons(ButtonPanel):
    """Through the `RPi.GPIO` API. lines: GPIO numbers (BCM), level 5 first."""

    driver: Literal["rpigpio"]
    lines: FivePins


class SimulatedButtons(Part):
    """Buttons without hardware. stuck_seconds: as of real ones."""

    driver: Literal["simulated"]
    stuck_seconds: Annotated[float, Field(ge=1, le=600)] = 10.0


class GpiodLamps(LampPanel):
    """Through libgpiod. chip: "pi" or by label; lines: level 5 first."""

    driver: Literal["gpiod"]
    chip: Chips
    lines: FiveLines


class RpigpioLamps(LampPanel):
    """Through the `RPi.GPIO` API. lines: GPIO numbers (BCM), level 5 first."""

    driver: Literal["rpigpio"]
    lines: FivePins


class EvdevKeypad(Part):
    """A keyboard or keypad read without a window; use the stable name under /dev/input/by-id.

    grab: nobody else hears its keys, the console behind the screen neither; staff type their PIN here.
    """

    driver: Literal["evdev"]
    path: Annotated[str, Field(min_length=1)]
    grab: bool = True


Ends = Literal["return", "silence"]  # what a scanned code ends with: Enter, Tab or a line feed; or a pause


class EvdevScanner(Part):
    """A scanner that types like a keyboard; use the stable name under /dev/input/by-id. This section makes it one."""

    driver: Literal["evdev"]
    path: Annotated[str, Field(min_length=1)]
    grab: bool = True
    ends: Ends = "return"


class SerialScanner(Part):
    """A scanner on a serial port, or one that is a serial port over USB; its name under /dev/serial/by-id."""

    driver: Literal["serial"]
    port: Annotated[str, Field(min_length=1)]
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 9600
    ends: Ends = "return"


Watts = Annotated[int, Field(ge=1, le=500)]  # what the whole device draws at most, by its data sheet (R155)


class RpiSupply(Part):
    """The Raspberry Pi's own watch over its 5 V: low voltage is a fault for a technician."""

    driver: Literal["rpi"]
    watts: Watts
    path: Annotated[str, Field(min_length=1)] = "/sys/class/hwmon"


class SimulatedSupply(Part):
    """A supply without hardware, worked by the bench."""

    driver: Literal["simulated"]
    watts: Watts = 10


AnySupply = Annotated[RpiSupply | SimulatedSupply, Field(discriminator="driver")]
AnyScreen = Annotated[PygameScreen | SimulatedScreen, Field(discriminator="driver")]
AnyPrinter = Annotated[SerialPrinter | UsbPrinter | TcpPrinter | SimulatedPrinter, Field(discriminator="driver")]
AnyButtons = Annotated[GpiodButtons | RpigpioButtons | SerialButtons | SimulatedButtons, Field(discriminator="driver")]
AnyLamps = Annotated[GpiodLamps | RpigpioLamps | SerialLamps | Simulated, Field(discriminator="driver")]
AnyKeypad = Annotated[EvdevKeypad | CallPad | Simulated, Field(discriminator="driver")]
AnyScanner = Annotated[EvdevScanner | SerialScanner | Simulated, Field(discriminator="driver")]
AnySpeaker = Annotated[SdlSpeaker | SimulatedSpeaker, Field(discriminator="driver")]
