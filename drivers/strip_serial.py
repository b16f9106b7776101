"""A strip sign on a serial line: one line of text above a window or in the hall. Not tried on hardware."""

from __future__ import annotations

from itertools import count
from typing import Final, Literal

from drivers.bus import Member
from drivers.bus_line import LineSettings, Parity
from drivers.bus_member import joined, template_or_missing
from drivers.bus_turns import Speech
from drivers.frames import DIGITS, FRAMES, How, gb2312, pad_digits
from drivers.protocols import Place, Post

AGAIN_SECONDS: Final = 60.0  # a sign that was switched off and on again shows the truth after this at the latest
StripFrame = Literal["desk-pad", "lihe", "lihe-main", "imm9012", "imm9013", "imm9013-main", "imm90061", "custom"]


class SerialStrip:
    """Implements drivers.protocols.Strip. Such signs never answer: nobody can know from here what they show.

    columns: how many there is room for; a Chinese character takes two. frame: which sign it is, `desk-pad` for the
    digits on a call pad, or `custom` with a `template` whose payload is the text.
    """

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        port: str,
        address: int,
        frame: StripFrame,
        columns: int = 16,
        baud: int = 9600,
        parity: Parity = "none",
        template: str = "",
    ) -> None:
        self._address, self._frame, self._columns = address, frame, columns
        self._template = template_or_missing(place.part, "template", frame, template)
        row = FRAMES.get(frame)
        self._first = template_or_missing(place.part, "first", "custom", row.first) if row and row.first else None
        self._how: How = row.text if row else "plain"
        self._seq = count(1)
        member = Member.speaking(self._template, place.part, post, address, lambda _: ())
        self._desk = joined(place, LineSettings(port, baud, parity), member)

    def show(self, text: str, number: str) -> None:
        """Never blocks. What is on its way and not said yet is not said any more."""
        data = pad_digits(number) if self._frame == "desk-pad" else gb2312(text, self._columns, self._how)
        speeches = [Speech(self._first.encode(self._address, data=bytes([len(data)])))] if self._first else []
        seq = next(self._seq) & 0xFF
        speeches.append(Speech(self._template.encode(self._address, DIGITS, seq, data)))
        self._desk.wish(speeches, AGAIN_SECONDS)

    def close(self) -> None:
        """Leave the line; the sign goes on showing what it was told last."""
        self._desk.leave()
