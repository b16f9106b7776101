"""A digit display that speaks Modbus RTU (LED-485-0xx): frames by pymodbus, the line is ours. Not tried on hardware.

Registers, from public code: 0x00 a whole number, 0x04 where its point stands, 0x70 ASCII, 0x80 segments, 0x90 a float.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final, Literal

from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU
from pymodbus.pdu.register_message import WriteMultipleRegistersRequest, WriteSingleRegisterRequest

from drivers.bus import Member
from drivers.bus_line import LineSettings, Parity
from drivers.bus_member import joined
from drivers.bus_turns import Speech
from drivers.events import PartFailed, PartMended
from drivers.frame_template import Frame
from drivers.protocols import Place, Post

NUMBER, POINT, ASCII = 0x00, 0x04, 0x70
AGAIN_SECONDS: Final = 30.0
REFUSED: Final = 0x80  # added to the function by a device that does not do it
ANSWER_BYTES, REFUSAL_BYTES = 8, 5  # of a write, whole: Modbus application protocol 1.1b3, 6.6 and 6.12

_FRAMER: Final = FramerRTU(DecodePDU(is_server=False))


class ModbusStrip:
    """Implements drivers.protocols.Strip: shows the number alone. It answers, so a dead one is known.

    show: `number`, its digits as a whole number (A012 is 12), or `ascii`, its characters. columns: digits it has.
    An adapter that hears its own voice cannot be used with `number`: the answer would be the question.
    """

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        port: str,
        address: int,
        show: Literal["number", "ascii"] = "number",
        columns: int = 4,
        baud: int = 9600,
        parity: Parity = "none",
    ) -> None:
        self._post, self._place, self._address = post, place, address
        self._show, self._columns = show, columns
        self._refused = False
        member = Member(place.part, post, address, "modbus", ModbusAnswers(), self._heard, repeats=True)
        self._desk = joined(place, LineSettings(port, baud, parity), member)

    def show(self, _text: str, number: str) -> None:
        """The number alone: digits cannot say the text. Never blocks."""
        if self._show == "ascii":
            said = [ascii_text(self._address, number, self._columns)]
        else:
            digits = "".join(character for character in number if character in "0123456789")[-self._columns :]
            said = [write(self._address, POINT, 0), write(self._address, NUMBER, int(digits or 0) & 0x7FFF)]
        self._desk.wish([Speech(data, asks=True) for data in said], AGAIN_SECONDS)

    def close(self) -> None:
        """Leave the line."""
        self._desk.leave()

    def _heard(self, frame: Frame) -> Sequence[bytes]:
        refused = bool(frame.func & REFUSED)
        if refused and not self._refused:
            detail = f"address {self._address} refuses function {frame.func & 0x7F}: exception {frame.data[0]}"
            self._post(PartFailed(self._place.part, "refuses", detail))
        elif self._refused and not refused:
            self._post(PartMended(self._place.part))
        self._refused = refused
        return ()


class ModbusAnswers:
    """Answers to writes, and refusals of them, as a kind of frame."""

    most: Final = ANSWER_BYTES

    def match(self, heard: bytes) -> Frame | int:
        """Implements drivers.frame_splitter.Kind."""
        for size in (ANSWER_BYTES, REFUSAL_BYTES):
            if found := _answer(heard[:size], size):
                return found
        return 0 if len(heard) < ANSWER_BYTES else -1


def write(address: int, register: int, value: int) -> bytes:
    """Function 06: one register, 0 to 65535."""
    return _framed(WriteSingleRegisterRequest(address=register, registers=[value], dev_id=address))


def write_many(address: int, register: int, data: bytes) -> bytes:
    """Function 10: registers from this one on, two bytes each, high byte first; an odd byte is followed by a zero."""
    data += b"\0" * (len(data) % 2)
    values = list(struct.unpack(f">{len(data) // 2}H", data))
    return _framed(WriteMultipleRegistersRequest(address=register, registers=values, count=len(values), dev_id=address))


def ascii_text(address: int, text: str, columns: int) -> bytes:
    """These characters, ASCII, filled with blanks on the left."""
    said = text.encode("ascii", errors="replace")[-columns:]
    return write_many(address, ASCII, said.rjust(columns))


def _framed(request: WriteSingleRegisterRequest | WriteMultipleRegistersRequest) -> bytes:
    return bytes(_FRAMER.buildFrame(request))


def _answer(raw: bytes, size: int) -> Frame | None:
    """An answer to a write, or a refusal of one, if that is what these bytes are."""
    if len(raw) != size or raw[1] not in ((6, 16) if size == ANSWER_BYTES else (6 + REFUSED, 16 + REFUSED)):
        return None
    if not FramerRTU.check_CRC(raw[:-2], int.from_bytes(raw[-2:], "big")):
        return None
    return Frame(raw, addr=raw[0], func=raw[1], data=raw[2:-2])
