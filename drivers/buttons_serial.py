"""An evaluator on a serial line: it debounces by itself and says each press as a frame. Not tried on hardware."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from drivers.bus import Member
from drivers.bus_line import LineSettings, Parity
from drivers.bus_member import joined, template_or_missing
from drivers.bus_turns import Speech
from drivers.events import ButtonPressed
from drivers.frame_template import Frame
from drivers.frames import PRESS, TAKEN
from drivers.protocols import Place, Post

ASK_SECONDS: Final = 1.0


class SerialButtons:
    """Implements drivers.protocols.Buttons. Which level was pressed stands in no log.

    levels: which level each key means, from the key with the code `first_code` up. frame: `desk-pad`, or `custom` with
    its `template`, whose payload's last byte is the key's code; `answer`: what it is told then ("" nothing, but a
    desk-pad is always told); `ask`: what it is asked every second ("" it speaks by itself, and nobody can know that it
    is dead). All three are in the language of drivers.frame_template.
    """

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        port: str,
        address: int,
        levels: Sequence[int],
        first_code: int = 0,
        baud: int = 9600,
        parity: Parity = "none",
        frame: Literal["desk-pad", "custom"] = "desk-pad",
        template: str = "",
        answer: str = "",
        ask: str = "",
    ) -> None:
        self._post = post
        self._level_of = dict(enumerate(levels, first_code))
        self._frame, self._address = frame, address
        self._template = template_or_missing(place.part, "template", frame, template)
        self._answer = template_or_missing(place.part, "answer", "custom", answer) if answer else None
        asking = template_or_missing(place.part, "ask", "custom", ask) if ask else None
        routine = (Speech(asking.encode(addr=address), asks=True),) if asking else ()
        self._desk = joined(
            place,
            LineSettings(port, baud, parity),
            Member.speaking(self._template, place.part, post, address, self._heard, routine, ASK_SECONDS),
        )

    def close(self) -> None:
        """Leave the line."""
        self._desk.leave()

    def _heard(self, frame: Frame) -> list[bytes]:
        pressed = bool(frame.data) and (self._frame == "custom" or frame.func == PRESS)
        if not pressed:
            return []
        level = self._level_of.get(frame.data[-1])
        if level is not None:
            self._post(ButtonPressed(level))
        if self._frame == "desk-pad":
            return [self._template.encode(self._address, TAKEN, data=frame.data)]
        return [self._answer.encode(self._address, frame.func, frame.seq, b"")] if self._answer else []
