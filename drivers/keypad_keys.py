"""Keys of a Linux input device as names: records of `struct input_event` in, `7`, `a`, `enter`, `f1` out. Pure.

Names are those of a keyboard on a window (drivers/display_keys.py); characters follow shift as on the US layout, which
is China's (GB/T 14715) and a scanner's factory setting. Caps lock says nothing: while we hold the device nobody lights
its lamp. The block of digits gives digits whatever Num Lock says.
"""

from __future__ import annotations

import struct
from typing import Final

EVENT: Final = struct.Struct("@llHHi")  # linux/input.h: seconds, microseconds, type, code, value; 24 bytes on 64 bit

# linux/input-event-codes.h
EV_SYN: Final = 0
EV_KEY: Final = 1
SYN_REPORT: Final = 0
SYN_DROPPED: Final = 3
PRESSED: Final = 1  # 0 let go, 2 repeated by the keyboard
SHIFTS: Final = frozenset({42, 54})
COMMANDS: Final = frozenset({29, 97, 56, 100, 125, 126})  # ctrl, alt, meta, left and right
NAMED: Final = {
    1: "escape", 14: "backspace", 15: "tab", 28: "enter", 96: "enter",
    **{59 + number: f"f{number + 1}" for number in range(10)}, 87: "f11", 88: "f12",
    102: "home", 103: "up", 104: "pageup", 105: "left", 106: "right", 107: "end", 108: "down", 109: "pagedown",
    110: "insert", 111: "delete",
}  # fmt: skip
BLOCK: Final = dict(zip((*range(71, 84), 55, 98, 117), "789-456+1230.*/=", strict=True))
ROWS: Final = ((2, "1234567890-="), (16, "qwertyuiop[]"), (30, "asdfghjkl;'`"), (43, "\\zxcvbnm,./"), (57, " "))
PLAIN: Final = {first + place: character for first, row in ROWS for place, character in enumerate(row)}
SHIFTED: Final = str.maketrans("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?')
KEYS: Final = frozenset({*NAMED.values(), *PLAIN.values(), *BLOCK.values()}).union(
    character.upper().translate(SHIFTED) for character in PLAIN.values()
)


class Keyboard:
    """One opened device: what it sent so far decides what the next record means."""

    def __init__(self) -> None:
        self._rest = b""
        self._down: set[int] = set()  # shift, ctrl, alt, meta
        self._lost = False

    def read(self, data: bytes) -> list[str]:
        """The keys pressed in these bytes, which may end in the middle of a record."""
        data = self._rest + data
        whole = len(data) - len(data) % EVENT.size
        self._rest = data[whole:]
        return [name for record in EVENT.iter_unpack(data[:whole]) if (name := self._name(*record[2:]))]

    def _name(self, kind: int, code: int, value: int) -> str:
        if kind == EV_SYN and code == SYN_DROPPED:
            # The kernel's buffer ran over: what follows up to the next report is torn (kernel: event-codes.rst).
            self._lost = True
            self._down.clear()
        elif self._lost:
            self._lost = not (kind == EV_SYN and code == SYN_REPORT)
        elif kind == EV_KEY and code in SHIFTS | COMMANDS:
            (self._down.add if value else self._down.discard)(code)
        elif kind == EV_KEY and value == PRESSED:
            return self._pressed(code)
        return ""

    def _pressed(self, code: int) -> str:
        named = NAMED.get(code) or BLOCK.get(code)
        if named is not None:
            return named
        if self._down & COMMANDS:
            return ""
        character = PLAIN.get(code, "")
        return character.upper().translate(SHIFTED) if self._down & SHIFTS else character
