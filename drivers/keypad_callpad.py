"""A call pad on a serial line in a keypad's place: its keys become the keys the window knows. Not tried on hardware.

Digits come with the key they were typed for: `01 02 0C` is 1, 2, call. What staff type stands in no log.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from drivers.bus import Member
from drivers.bus_line import LineSettings, Parity
from drivers.bus_member import joined, template_or_missing
from drivers.events import KeyPressed
from drivers.frame_template import Frame
from drivers.frames import CALL, CANCEL, CONFIRM, EVALUATE, PAUSE, PRESS, RECALL, TRANSFER
from drivers.protocols import Place, Post

NAMES: Final = {
    CALL: "call", RECALL: "recall", EVALUATE: "evaluate", CANCEL: "cancel", CONFIRM: "confirm", PAUSE: "pause",
    TRANSFER: "transfer",
}  # fmt: skip
CODES: Final = {0: "hang", 3: "call-back", 6: "give-up"}  # one digit and confirm
# As on the window's own keyboard. A window takes only the keys that make sense now: so "f s" finishes a service, or
# begins it where it has not, and "p u" pauses, or ends the pause.
KEYS: Final[Mapping[str, str]] = {
    "call": "n", "recall": "r", "evaluate": "f s", "cancel": "escape", "confirm": "enter", "give-up": "m",
    "call-back": "j", "hang": "", "pause": "p u", "transfer": "t",
}  # fmt: skip


class CallPad:
    """Implements drivers.protocols.Keypad. keys: other keys for some of the pad's, as in KEYS."""

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        port: str,
        address: int,
        baud: int = 9600,
        parity: Parity = "none",
        keys: Mapping[str, str] = {},
    ) -> None:
        self._post, self._keys = post, {**KEYS, **keys}
        template = template_or_missing(place.part, "frame", "desk-pad", "")
        member = Member.speaking(template, place.part, post, address, self._heard)
        self._desk = joined(place, LineSettings(port, baud, parity), member)

    def close(self) -> None:
        """Leave the line."""
        self._desk.leave()

    def _heard(self, frame: Frame) -> list[bytes]:
        if frame.func == PRESS or not frame.data or frame.data[-1] not in NAMES:
            return []
        for key in pressed(frame.data, self._keys):
            self._post(KeyPressed(key))
        return [frame.raw]  # the pad waits to hear its own words again


def pressed(data: bytes, keys: Mapping[str, str] = KEYS) -> list[str]:
    """The window's keys for one frame's payload: digits, if any, and the key they were typed for. Pure."""
    digits, name = data[:-1], NAMES[data[-1]]
    if not all(digit <= 9 for digit in digits):
        return []
    if name == "confirm" and len(digits) == 1 and digits[0] in CODES:
        return keys[CODES[digits[0]]].split()
    typed = [str(digit) for digit in digits]
    if name == "call" and typed:  # that number, out of its order
        return ["h", *typed, "enter"]
    return [*typed, *keys[name].split()]
