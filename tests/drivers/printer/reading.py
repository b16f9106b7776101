"""Reads the bytes of a job back into what stands on the paper, from the command reference alone.

Written without the pen's code and strict: whatever it does not know is an error, so a wrong byte cannot pass as text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of text as it is printed."""

    text: str
    wide: int
    high: int
    align: int
    bold: bool

    @property
    def columns(self) -> int:
        """Columns of normal width that it takes."""
        return sum(1 if ord(char) < 0x80 else 2 for char in self.text) * self.wide


@dataclass(frozen=True)
class Code:
    """One QR code."""

    text: str
    dots: int
    level: str
    align: int


@dataclass
class Paper:
    """What one job puts on paper."""

    rows: list[Row] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    feeds: list[int] = field(default_factory=list)
    cuts: int = 0

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)


def read(job: bytes) -> Paper:
    """The paper of one job. AssertionError on anything a printer would not take as meant."""
    reader = _Reader(job)
    assert reader.take(2) == b"\x1b@", "a job begins by initialising the printer"
    while reader.left():
        reader.command()
    assert not reader.line, "text without an end of line is not printed"
    return reader.paper


class _Reader:
    def __init__(self, job: bytes) -> None:
        self.paper, self.line = Paper(), bytearray()
        self._job, self._at = job, 0
        self._wide, self._high, self._align, self._bold, self._kanji = 1, 1, 0, False, False
        self._qr: dict[str, Any] = {}

    def left(self) -> bool:
        return self._at < len(self._job)

    def take(self, count: int) -> bytes:
        taken = self._job[self._at : self._at + count]
        assert len(taken) == count, "the job ends within a command"
        self._at += count
        return taken

    def command(self) -> None:
        byte = self.take(1)
        match byte:
            case b"\x1b":
                self._escape()
            case b"\x1c":
                assert self.take(1) == b"&"
                self._kanji = True
            case b"\x1d":
                self._group()
            case b"\n":
                assert self._kanji, "Chinese prints as Chinese only in Kanji mode"
                text = self.line.decode("gb18030")
                self.paper.rows.append(Row(text, self._wide, self._high, self._align, self._bold))
                self.line.clear()
            case _ if byte >= b"\x81":
                second = self.take(1)
                assert second >= b"\x40", "the first half of a four-byte character: the printer has none"
                self.line += byte + second
            case _:
                assert b" " <= byte <= b"~", f"control character {byte!r} in text"
                self.line += byte

    def _escape(self) -> None:
        match self.take(1):
            case b"a":
                assert not self.line, "justification counts only at the beginning of a line"
                self._align = self.take(1)[0]
                assert self._align in (0, 1, 2)
            case b"E":
                self._bold = bool(self.take(1)[0])
            case b"d":
                self.paper.feeds.append(self.take(1)[0])
            case name:
                raise AssertionError(f"ESC {name!r}")

    def _group(self) -> None:
        match self.take(1):
            case b"!":
                size = self.take(1)[0]
                self._wide, self._high = (size >> 4) + 1, (size & 0x0F) + 1
                assert max(self._wide, self._high) <= 8
            case b"V":
                assert not self.line, "a cut counts only at the beginning of a line"
                assert self.take(1) in (b"A", b"B")
                self.take(1)
                self.paper.cuts += 1
            case b"(":
                assert self.take(1) == b"k"
                low, above = self.take(2)
                parameters = self.take(low + 256 * above)
                assert parameters[:1] == b"1"
                self._code(parameters[1], parameters[2:])
            case name:
                raise AssertionError(f"GS {name!r}")

    def _code(self, function: int, rest: bytes) -> None:
        match function:
            case 65:
                assert rest == b"2\x00"
            case 67:
                self._qr["dots"] = rest[0]
            case 69:
                self._qr["level"] = "LMQH"[rest[0] - 48]
            case 80:
                assert rest[:1] == b"0"
                self._qr["text"] = rest[1:].decode()
            case 81:
                assert rest == b"0"
                assert not self.line
                self.paper.codes.append(Code(align=self._align, **self._qr))
            case _:
                raise AssertionError(f"GS ( k function {function}")
