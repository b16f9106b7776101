"""Parts on a serial line that several of a station may share: evaluators, call pads, strip signs, digit displays.

Their frames are known from public code and were not tried on hardware; drivers/README.md has the table. Templates are
in the language of drivers/frame_template.py.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.part import Part

Baud = Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200]
Parity = Literal["none", "even", "odd"]
Address = Annotated[int, Field(ge=0, le=255)]
FrameText = Annotated[str, Field(max_length=400)]


class OnLine(Part):
    """port: under /dev/serial/by-id or by-path. All parts on one port have the same baud and parity."""

    port: Annotated[str, Field(min_length=1)]
    address: Address
    baud: Baud = 9600
    parity: Parity = "none"


class SerialButtons(OnLine):
    """An evaluator that says its presses. levels: which level each key means, from the code `first_code` up.

    frame: `desk-pad`, or `custom` with `template` (the payload's last byte is the key), `answer` (what it is told then)
    and `ask` (what it is asked every second, so that a dead one is known).
    """

    driver: Literal["serial"]
    levels: Annotated[tuple[Annotated[int, Field(ge=1, le=5)], ...], Field(min_length=1, max_length=16)]
    first_code: Annotated[int, Field(ge=0, le=240)] = 0
    frame: Literal["desk-pad", "custom"] = "desk-pad"
    template: FrameText = ""
    answer: FrameText = ""
    ask: FrameText = ""


class SerialLamps(OnLine):
    """The light of such an evaluator. on, off: what it is told, for frame = "custom"."""

    driver: Literal["serial"]
    frame: Literal["desk-pad", "custom"] = "desk-pad"
    on: FrameText = ""
    off: FrameText = ""


PadKey = Literal[
    "call", "recall", "evaluate", "cancel", "confirm", "give-up", "call-back", "hang", "pause", "transfer"
]  # fmt: skip


class CallPad(OnLine):
    """A call pad in a keypad's place. keys: other keys of the window for some of the pad's, separated by spaces."""

    driver: Literal["callpad"]
    keys: dict[PadKey, Annotated[str, Field(max_length=40)]] = {}  # noqa: RUF012  pydantic copies it


class SerialStrip(OnLine):
    """A sign with one line of characters. columns: how many there is room for; a Chinese character takes two."""

    driver: Literal["serial"]
    frame: Literal["desk-pad", "lihe", "lihe-main", "imm9012", "imm9013", "imm9013-main", "imm90061", "custom"]
    columns: Annotated[int, Field(ge=2, le=60)] = 16
    template: FrameText = ""


class ModbusStrip(OnLine):
    """A digit display that speaks Modbus RTU. show: the number's digits as a whole number, or its characters."""

    driver: Literal["modbus"]
    address: Annotated[int, Field(ge=1, le=247)]
    show: Literal["number", "ascii"] = "number"
    columns: Annotated[int, Field(ge=1, le=16)] = 4


class SimulatedStrip(Part):
    """A strip sign without hardware."""

    driver: Literal["simulated"]
    columns: Annotated[int, Field(ge=2, le=60)] = 16


AnyStrip = Annotated[SerialStrip | ModbusStrip | SimulatedStrip, Field(discriminator="driver")]
