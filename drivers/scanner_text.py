"""What a scanner sends becomes whole codes. Pure: no port, no clock; the time of each piece is handed in.

A code ends with a return, a line feed or a tab, the factory setting of most scanners, or where `ends` is "silence",
with a pause. What is too long, torn, or no text is no code: it is told as such, once, and never passed on.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Final, Literal

Ends = Literal["return", "silence"]
Fault = Literal["", "garbled", "babbling"]

LONGEST: Final = 512  # characters; a version 10 QR code, far above any ticket's or appointment's
QUIET_SECONDS: Final = 0.3  # scanners send a character every 1 to 10 ms, fingers every 100 at best
AGAIN_SECONDS: Final = 1.5  # a scanner that looks all the time reads the same code again and again
BURST: Final = 10  # codes...
BURST_SECONDS: Final = 10.0  # ...in so many seconds; nobody holds up more
WRONG: Final = 3  # unreadable codes one after another: not the paper, the scanner's settings
ENDINGS: Final = re.compile("[\r\n\t]")
SYMBOLOGY: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")  # which kind of code it was, if asked for (ISO/IEC 15424)
FRAME: Final = "\x02\x03 "  # STX and ETX around each code, on some models


@dataclass(slots=True)
class ScannedText:
    """Collects one plugging-in's text. `fault` says what is wrong with the scanner, "" if nothing is known to be."""

    ends: Ends = "return"
    fault: Fault = ""
    _text: str = ""
    _at: float = 0.0
    _last: str = ""
    _last_at: float = float("-inf")
    _wrong: int = 0
    _taken: deque[float] = field(default_factory=deque)

    def feed(self, text: str, now: float) -> list[str]:
        """Codes that are whole now; "" stands for one that could not be read. now: monotonic seconds."""
        found = self.hush(now) if self._text and now - self._at >= QUIET_SECONDS else []
        self._at = now
        *whole, rest = ENDINGS.split(self._text + text)
        self._text = rest[: LONGEST + 1]  # one too many is remembered as too long, and no more of it
        return found + self._codes(whole, now)

    def hush(self, now: float) -> list[str]:
        """Nothing came for QUIET_SECONDS: the code ends here, or was torn."""
        torn, self._text = self._text, ""
        if not torn:
            return []
        return self._codes([torn if self.ends == "silence" else "\0"], now)

    @property
    def waiting(self) -> int:
        """How many characters of a code have come that silence would end."""
        return len(self._text)

    def _codes(self, texts: list[str], now: float) -> list[str]:
        return [code for text in texts if (code := self._code(text, now)) is not None]

    def _code(self, text: str, now: float) -> str | None:
        text = text.strip(FRAME)
        if not text:
            return None
        mark = SYMBOLOGY.match(text)
        text = text[mark.end() :] if mark else text
        readable = 0 < len(text) <= LONGEST and text.isprintable()
        code = text if readable else ""
        if readable and code == self._last and now - self._last_at < AGAIN_SECONDS:
            self._last_at = now  # still held before the scanner
            return None
        self._last, self._last_at = code, now
        return code if self._may(readable, now) else None

    def _may(self, readable: bool, now: float) -> bool:
        """Count it; whether people may be shown anything of it."""
        while self._taken and now - self._taken[0] >= BURST_SECONDS:
            self._taken.popleft()
        if len(self._taken) >= BURST:
            self.fault = "babbling"
            return False
        self._taken.append(now)
        self._wrong = 0 if readable else self._wrong + 1
        self.fault = "" if readable else "garbled" if self._wrong >= WRONG else self.fault
        return True
