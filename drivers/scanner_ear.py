"""From a scanner's bytes to `Scanned`, once for every kind of scanner. What was read stands in no log and no fault."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

from drivers.events import PartFailed, PartMended, Scanned
from drivers.keypad_keys import Keyboard
from drivers.protocols import Post
from drivers.scanner_text import QUIET_SECONDS, Ends, Fault, ScannedText

WHY: Final[dict[Fault, str]] = {
    "garbled": "three codes in a row were no text: set its speed, or its keyboard to US, as its manual's codes say",
    "babbling": "more codes than anybody can hold up; is it set to read all the time, or its trigger stuck?",
}


class CodeEar:
    """Text in pieces, codes out. now: monotonic seconds."""

    def __init__(self, post: Post, part: str, ends: Ends, now: Callable[[], float] = monotonic) -> None:
        self._post, self._part, self._now = post, part, now
        self._text = ScannedText(ends)

    @property
    def patience(self) -> float | None:
        return QUIET_SECONDS if self._text.waiting else None

    def take(self, text: str) -> None:
        """More of what the scanner said."""
        self._tell(lambda: self._text.feed(text, self._now()))

    def silence(self) -> None:
        self._tell(lambda: self._text.hush(self._now()))

    def _tell(self, read: Callable[[], list[str]]) -> None:
        before = self._text.fault
        codes = read()
        if (fault := self._text.fault) != before:
            mended = PartMended(self._part)
            self._post(PartFailed(self._part, fault, WHY[fault], "technician") if fault else mended)
        for code in codes:
            self._post(Scanned(code))


class SerialEar(CodeEar):
    """Bytes of a serial scanner: UTF-8, or GB18030 as Chinese ones are set at the factory."""

    def __init__(self, post: Post, part: str, ends: Ends, now: Callable[[], float] = monotonic) -> None:
        super().__init__(post, part, ends, now)
        self._rest = b""

    def hear(self, data: bytes) -> None:
        """Whole lines are read as text; of the last, what is whole characters."""
        data = self._rest + data
        end = 1 + max(data.rfind(b"\r"), data.rfind(b"\n"), data.rfind(b"\t"))
        self._rest = data[end:][:4096]
        lines = data[:end].replace(b"\r", b"\n").replace(b"\t", b"\n").split(b"\n")[:-1]
        self.take("".join(f"{_read(line)}\n" for line in lines))

    @property
    def patience(self) -> float | None:
        return QUIET_SECONDS if self._rest else None

    def silence(self) -> None:
        rest, self._rest = self._rest, b""
        self.take(_read(rest))
        super().silence()


class WedgeEar(CodeEar):
    """Keys of a scanner that types. A key that is no character spoils its code."""

    def __init__(self, post: Post, part: str, ends: Ends, now: Callable[[], float] = monotonic) -> None:
        super().__init__(post, part, ends, now)
        self._keyboard = Keyboard()

    def hear(self, data: bytes) -> None:
        self.take("".join(_typed(key) for key in self._keyboard.read(data)))


def _read(line: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return "\0"


def _typed(key: str) -> str:
    return key if len(key) == 1 else "\n" if key in ("enter", "tab") else "\0"
