"""Frames on a serial line as one line of text each. Pure: text -> bytes out, bytes in -> frames. No bytes raise.

    FF 68 len(addr..data) len(addr..data) 68 addr func data sum8(addr..data) 16

Parts, separated by spaces:

    FF                    that byte
    addr func seq         one byte each: whose, what kind, counted up
    data  data:6          the payload, of any length (to 128 bytes) or of 6 bytes
    len(A..B) len2(A..B)  how many bytes stand from A to B, in one byte or in two, high byte first
    sum8 xor8             of the bytes (A..B): their sum, or all of them exclusive-or, in one byte
    ccitt16               of (A..B): CRC-16, polynomial 0x1021, begun with 0, high byte first
    modbus16              of (A..B): Modbus' CRC-16, low byte first

A is a field's name or the number of a byte, counted from 0, before the payload; B is a field's name, `here` (up to this
part) or `end` (of the frame). The payload's end is known by a length, or is the first byte that equals the fixed byte
behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from drivers.frame_checks import CHECKS

DATA_MOST: Final = 128
FRAME_MOST: Final = 250  # so that a length of one byte can always be said
FIELDS: Final = ("addr", "func", "seq")
_PART: Final = re.compile(r"(?P<hex>[0-9A-Fa-f]{2})|(?P<data>data)(:(?P<size>\d{1,2}))?|(?P<field>addr|func|seq)"
                          r"|(?P<count>[a-z]+\d*)\((?P<first>\w+)\.\.(?P<last>\w+)\)")  # fmt: skip


class BadTemplate(ValueError):
    """A template nobody can follow; the message is for who wrote it."""


_LENGTHS: Final = {"len": 1, "len2": 2}


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole frame. Fields that its template does not have are 0."""

    raw: bytes
    addr: int = 0
    func: int = 0
    seq: int = 0
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class _Part:
    """size: bytes; -1 for a payload of any length. first, last: from where to where it counts."""

    kind: str  # "byte", a field, "data", a length or a checksum
    size: int
    value: int = 0
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Template:
    """A parsed template. BadTemplate from `parse` if it cannot be followed."""

    text: str
    parts: tuple[_Part, ...]

    @classmethod
    def parse(cls, text: str) -> Template:
        """Of the module's language."""
        template = cls(" ".join(text.split()), tuple(_parts(text)))
        kinds = [part.kind for part in template.parts]
        for kind in ("data", *FIELDS):
            if kinds.count(kind) > 1:
                raise BadTemplate(f"{kind!r} stands there twice")
        if not template.parts:
            raise BadTemplate("an empty frame says nothing")
        if template.most > FRAME_MOST:
            raise BadTemplate(f"a frame has at most {FRAME_MOST} bytes; this one could have {template.most}")
        for part in template.parts:
            if part.first:
                template._span(part, 0)
        if template._loose is not None and not template._counted and not template._stop:
            raise BadTemplate("where `data` ends cannot be known: write a length, a size (data:6) or a byte behind it")
        return template

    def encode(self, addr: int = 0, func: int = 0, seq: int = 0, data: bytes = b"") -> bytes:
        """ValueError for a value that does not fit."""
        size = self._size_of_data
        if len(data) > DATA_MOST or (size is not None and len(data) != size):
            raise ValueError(f"the payload has {len(data)} bytes, not {size if size is not None else DATA_MOST}")
        given = {"addr": addr, "func": func, "seq": seq}
        out = bytearray()
        for part in self.parts:
            if part.kind in given:
                out += given[part.kind].to_bytes(1, "big")
            elif part.kind == "data":
                out += data
            elif part.kind in _LENGTHS:
                start, end = self._span(part, len(data))
                out += (end - start).to_bytes(part.size, "big")
            else:
                out += part.value.to_bytes(part.size, "big")  # a checksum's place is kept by zeros
        for place, part in self._checks:
            at = self._at(place, len(data))
            check, size, order = CHECKS[part.kind]
            start, end = self._span(part, len(data))
            out[at : at + size] = check(bytes(out[start:end])).to_bytes(size, "big" if order == "big" else "little")
        return bytes(out)

    def match(self, heard: bytes) -> Frame | int:
        """What begins here: a frame, or -1: no frame of this kind; 0: too little has come to know."""
        prefix = heard[: self._before]
        at = 0
        for part in self.parts:
            if part.kind == "data" or at >= len(prefix):
                break
            if part.kind == "byte" and prefix[at] != part.value:
                return -1
            at += part.size
        if len(heard) < self._before:
            return 0
        data = self._length_of_data(heard)
        if data < 0:
            return data if data == -1 else 0
        total = self._at(len(self.parts), data)
        if len(heard) < total:
            return 0
        return self._whole(heard[:total], data)

    @cached_property
    def most(self) -> int:
        """The longest frame in bytes."""
        return self._at(len(self.parts), DATA_MOST)

    # --- what stands where -----------------------------------------------------------------------------------

    def _whole(self, raw: bytes, data: int) -> Frame | int:
        fields: dict[str, int] = {}
        payload = b""
        for place, part in enumerate(self.parts):
            at = self._at(place, data)
            said = raw[at : self._at(place + 1, data)]
            if part.kind == "data":
                payload = said
            elif part.kind in FIELDS:
                fields[part.kind] = said[0]
            elif part.kind == "byte":
                if said[0] != part.value:
                    return -1
            else:
                start, end = self._span(part, data)
                if part.kind in _LENGTHS:
                    wanted = (end - start).to_bytes(part.size, "big", signed=False)
                else:
                    check, size, order = CHECKS[part.kind]
                    span = bytearray(raw)
                    span[at : at + size] = bytes(size)  # as it was when it was reckoned, if it lies in its own span
                    wanted = check(bytes(span[start:end])).to_bytes(size, "big" if order == "big" else "little")
                if said != wanted:
                    return -1
        return Frame(raw, data=payload, **fields)

    def _length_of_data(self, heard: bytes) -> int:
        """-1: impossible; -2: not known yet."""
        size = self._size_of_data
        if size is not None:
            return size
        if self._counted:
            place, part = self._counted[0]
            at = self._at(place, 0)
            start, end = self._span(part, 0)
            data = int.from_bytes(heard[at : at + part.size], "big") - (end - start)
            return data if 0 <= data <= DATA_MOST else -1
        found = heard.find(self._stop, self._before, self._before + DATA_MOST + 1)
        if found >= 0:
            return found - self._before
        return -1 if len(heard) > self._before + DATA_MOST else -2

    @cached_property
    def _loose(self) -> int | None:
        """The place of a payload of any length."""
        return next((place for place, part in enumerate(self.parts) if part.size < 0), None)

    @cached_property
    def _fixed(self) -> list[int]:
        """Where each part begins, and the whole ends, when a payload of any length is empty."""
        return list(accumulate((max(part.size, 0) for part in self.parts), initial=0))

    @cached_property
    def _size_of_data(self) -> int | None:
        """How long the payload is, if that is fixed."""
        return next((p.size for p in self.parts if p.kind == "data"), 0) if self._loose is None else None

    @cached_property
    def _before(self) -> int:
        """Bytes before a payload of any length; all of them if there is none."""
        return sum(part.size for part in self.parts[: self._loose])

    @cached_property
    def _counted(self) -> list[tuple[int, _Part]]:
        """The lengths that say how long the payload is; they must come before it."""
        return [
            (place, part)
            for place, part in enumerate(self.parts[: self._loose])
            if part.kind in _LENGTHS and self._span(part, 1)[1] - self._span(part, 1)[0]
            != self._span(part, 0)[1] - self._span(part, 0)[0]
        ]  # fmt: skip

    @cached_property
    def _stop(self) -> bytes:
        """The fixed byte right behind the payload, or none."""
        behind = None if self._loose is None else self.parts[self._loose + 1 : self._loose + 2]
        return bytes([behind[0].value]) if behind and behind[0].kind == "byte" else b""

    @cached_property
    def _checks(self) -> list[tuple[int, _Part]]:
        return [(place, part) for place, part in enumerate(self.parts) if part.kind in CHECKS]

    def _at(self, place: int, data: int) -> int:
        """The byte at which a part begins when the payload has so many bytes."""
        return self._fixed[place] + (data if self._loose is not None and place > self._loose else 0)

    def _span(self, part: _Part, data: int) -> tuple[int, int]:
        """The bytes a length or a checksum is about: from, up to."""
        names = [p.kind for p in self.parts]
        if part.first.isdecimal():
            start = int(part.first)
            if start > self._before:
                raise BadTemplate(f"byte {start} is not before the payload")
        elif part.first in names:
            start = self._at(names.index(part.first), data)
        else:
            raise BadTemplate(f"there is no {part.first!r} to begin at")
        if part.last == "end":
            end = self._at(len(self.parts), data)
        elif part.last == "here":
            end = self._at(self.parts.index(part), data)
        elif part.last in names:
            end = self._at(names.index(part.last) + 1, data)
        else:
            raise BadTemplate(f"there is no {part.last!r} to end at")
        if end < start:
            raise BadTemplate(f"{part.kind}({part.first}..{part.last}) ends before it begins")
        return start, end


def _parts(text: str) -> Iterator[_Part]:
    for word in text.split():
        found = _PART.fullmatch(word)
        if found is None:
            raise BadTemplate(f"{word!r} is no byte, field, length or checksum")
        if found["hex"]:
            yield _Part("byte", 1, int(found["hex"], 16))
        elif found["field"]:
            yield _Part(found["field"], 1)
        elif found["data"]:
            size = int(found["size"]) if found["size"] else -1
            if size > DATA_MOST:
                raise BadTemplate(f"a payload has at most {DATA_MOST} bytes")
            yield _Part("data", size)
        elif found["count"] in _LENGTHS:
            yield _Part(found["count"], _LENGTHS[found["count"]], 0, found["first"], found["last"])
        elif found["count"] in CHECKS:
            yield _Part(found["count"], CHECKS[found["count"]][1], 0, found["first"], found["last"])
        else:
            raise BadTemplate(f"{found['count']!r} is no length and no checksum")
