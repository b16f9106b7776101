"""An ESC/POS printer in memory: bytes in, answers and paper out, faults by name. For training, demo and tests.

It does what printers do that is easily forgotten: real-time commands are carried out on arrival, also inside other
commands and with the paper out; everything else waits in the receive buffer while the mechanism stands still, and
comes out as soon as somebody closes the cover.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from drivers.escpos_bytes import QR_MOST, modules
from drivers.escpos_length import LINE_DOTS, line_dots
from drivers.escpos_status import CLEAR, FENCE, SPEAK_UP

STOPPING: Final = frozenset({"paper-out", "cover-open", "cutter", "broken", "overheated", "offline"})
ON_THE_LINE: Final = frozenset({"stuck", "unplugged"})  # takes no byte
FAULTS: Final = STOPPING | ON_THE_LINE | {"paper-low", "silent"}
KEPT: Final = 100  # papers

_DLE: Final = 0x10
_DLE_EOT: Final = b"\x10\x04"
_CLEARED: Final = b"\x37\x25\x00"
_TEXT: Final = re.compile(rb"(?:[\0\n -\x7f]|[\x81-\xfe][\x40-\xfe])+")  # characters of one and two bytes, whole
_ESC, _FS, _GS = 0x1B, 0x1C, 0x1D
_PARAMETERS: Final = {  # bytes after the name
    _ESC: {b"@": 0, b"2": 0, b"$": 2, b"\\": 2},
    _FS: {b"&": 0, b".": 0, b"S": 2},
    _GS: {b"L": 2, b"W": 2},
}  # every other command has one


class Machine:
    """One printer. clears, fences, asks, speaks: whether it knows DLE DC4 8, GS r, DLE EOT and GS a; some do not.

    on_job is given the bytes of each job that reached the port: from ESC @ to the cut, or to where it was broken off.
    Not safe for threads: whoever shares it holds a lock.
    """

    def __init__(
        self,
        on_job: Callable[[bytes], None] = lambda _: None,
        *,
        fences: bool = True,
        clears: bool = True,
        asks: bool = True,
        speaks: bool = False,
    ) -> None:
        self.faults: set[str] = set()
        self.answers = bytearray()  # for whoever reads the port
        self.papers: deque[bytes] = deque(maxlen=KEPT)  # the last pieces cut off, as the commands that made them
        self.cuts = 0
        self.fed_dots = 0  # by lines, pictures and codes; the ways to the knife, which every printer has its own, not
        self._high, self._module, self._code = 1, 1, 0  # size of characters and of a code's modules, its data's bytes
        self._on_job, self._fences, self._clears, self._asks, self._speaks = on_job, fences, clears, asks, speaks
        self._said: bytes | None = None  # the status last sent unasked; None: GS a was not heard yet
        self._realtime = bytearray()  # what may become a real-time command
        self._command = bytearray()  # what may become a whole command
        self._job = bytearray()  # what has reached the port since ESC @
        self._held: list[bytes] = []  # commands that wait for the mechanism
        self._paper = bytearray()
        self._planned: tuple[str, int] | None = None

    @property
    def hanging(self) -> bytes:
        """What is on the paper since the last cut."""
        return bytes(self._paper)

    def fault(self, name: str, after: int = 0) -> None:
        """Begin a fault now, or when so many bytes of the next job have come."""
        _known(name)
        if after > 0:
            self._planned = (name, after)
        else:
            self.faults.add(name)
            self._speak_up()

    def mend(self, name: str | None = None) -> None:
        """End one fault, or all. What was held is printed now."""
        self._planned = None
        if "paper-out" in self.faults and name in (None, "paper-out"):
            self._tear_off()  # what is on the old roll's end is not on the new one
        self.faults -= {_known(name)} if name else FAULTS
        self._speak_up()
        self._work()

    def receive(self, data: bytes) -> int:
        """Take bytes from the port; how many were taken before the line broke or stuck."""
        taken = 0
        while taken < len(data) and not self.faults & ON_THE_LINE:
            if plain := self._plain(data, taken):
                taken += plain
                continue
            byte = data[taken]
            taken += 1
            if byte != _DLE and not self._realtime:
                self._pass(byte)
                continue
            self._realtime.append(byte)
            for passed in self._sieve():
                self._pass(passed)
        return taken

    def hang_up(self) -> None:
        """The far end has let go of the line: what has come of a job is all that comes. The paper stays as it is."""
        self._break_off()

    def _plain(self, data: bytes, start: int) -> int:
        """Print text that nothing stands in the way of, all at once; how many bytes of it there were."""
        if self._command or self._realtime or self._held or self.faults & STOPPING:
            return 0
        end = len(data)
        if self._planned and self._job:
            end = min(end, start + self._planned[1] - 1)
        elif self._planned:
            return 0
        found = _TEXT.match(data, start, end)
        text = found[0] if found else b""
        self._paper += text.replace(b"\0", b"")
        self.fed_dots += text.count(b"\n") * line_dots(self._high)
        if self._job:
            self._job += text
        if self._planned:
            self._planned = (self._planned[0], self._planned[1] - len(text))
        return len(text)

    def _tear_off(self) -> None:
        if self._paper:
            self.papers.append(self.hanging)
            self._paper.clear()

    # --- on arrival ------------------------------------------------------------------------------------------

    def _sieve(self) -> Iterator[int]:
        """Carry out a whole real-time command; pass on what cannot become one."""
        while self._realtime:
            seen = bytes(self._realtime)
            if seen == CLEAR and self._clears:
                self._realtime.clear()
                self._clear()
            elif len(seen) == 3 and seen.startswith(_DLE_EOT):
                self._realtime.clear()
                if self._asks:
                    self._answer(bytes((self._status(seen[2]),)))
            elif (self._clears and CLEAR.startswith(seen)) or _DLE_EOT.startswith(seen) or seen.startswith(_DLE_EOT):
                return
            else:
                yield self._realtime.pop(0)

    def _clear(self) -> None:
        self._break_off()
        self._command.clear()
        self._held.clear()
        self._answer(_CLEARED)

    def _status(self, n: int) -> int:
        bits = {
            1: {"offline": 0x08} | dict.fromkeys(STOPPING, 0x08),
            2: {"cover-open": 0x04, "paper-out": 0x20, "cutter": 0x40, "broken": 0x40, "overheated": 0x40},
            3: {"cutter": 0x08, "broken": 0x20, "overheated": 0x40},
            4: {"paper-low": 0x0C, "paper-out": 0x6C},
        }
        status = 0x12
        for fault in self.faults:
            status |= bits.get(n, {}).get(fault, 0)
        return status

    def _asb(self) -> bytes:
        printer = 0x10 | (0x08 if self.faults & STOPPING else 0) | (0x20 if "cover-open" in self.faults else 0)
        error = sum(bit for name, bit in (("cutter", 8), ("broken", 0x20), ("overheated", 0x40)) if name in self.faults)
        paper = 0x0F if "paper-out" in self.faults else 0x03 if "paper-low" in self.faults else 0
        return bytes((printer, error, paper, 0x0F))

    def _speak_up(self) -> None:
        """Say what has changed, if it was asked to."""
        if self._said is not None and self._said != self._asb():
            self._said = self._asb()
            self._answer(self._said)

    def _answer(self, answer: bytes) -> None:
        if "silent" not in self.faults:
            self.answers += answer

    # --- in turn ---------------------------------------------------------------------------------------------

    def _pass(self, byte: int) -> None:
        self._command.append(byte)
        inside = bool(self._job) or self._command[0] == _ESC
        if len(self._command) == _length(self._command):
            command = bytes(self._command)
            self._command.clear()
            self._file(command)
            self._held.append(command)
            self._work()
        if self._planned and inside:
            name, after = self._planned
            self._planned = (name, after - 1) if after > 1 else None
            if self._planned is None:
                self.fault(name)

    def _file(self, command: bytes) -> None:
        """Keep the job as it came."""
        if command == b"\x1b@":
            self._break_off()
        if self._job or command == b"\x1b@":
            self._job += command if command not in (FENCE, SPEAK_UP) else b""
        if command.startswith(b"\x1dV"):
            self._break_off()

    def _break_off(self) -> None:
        if self._job:
            job = bytes(self._job + self._command)
            self._job.clear()
            self._on_job(job)

    def _work(self) -> None:
        """Carry out what is held, while the mechanism can."""
        while self._held and not self.faults & STOPPING:
            command = self._held.pop(0)
            if command == FENCE:
                if self._fences:
                    self._answer(b"\x03" if "paper-low" in self.faults else b"\x00")
            elif command == SPEAK_UP:
                if self._speaks:
                    self._said = self._asb()
                    self._answer(self._said)
            elif command.startswith(b"\x1dV"):
                self.fed_dots += command[3] if len(command) > 3 else 0
                self.papers.append(self.hanging)
                self._paper.clear()
                self.cuts += 1
            elif len(command) > 1 or command >= b" " or command == b"\n":  # other control characters print nothing
                self._paper += command
                self._move(command)

    def _move(self, command: bytes) -> None:
        match command[:2]:
            case b"\n":
                self.fed_dots += line_dots(self._high)
            case b"\x1b@":
                self._high = 1
            case b"\x1d!":
                self._high = command[2] % 16 + 1
            case b"\x1bd":
                self.fed_dots += command[2] * LINE_DOTS
            case b"\x1dv":
                self.fed_dots += int.from_bytes(command[6:8], "little")
            case b"\x1d(" if command[2:3] == b"k" and len(command) > 7:
                self._draw(command[6], command[7:])

    def _draw(self, function: int, rest: bytes) -> None:
        if function == 67:
            self._module = rest[0]
        elif function == 80:
            self._code = len(rest) - 1
        elif function == 81:
            self.fed_dots += self._module * modules(min(self._code, QR_MOST))


def _known(name: str) -> str:
    if name not in FAULTS:
        raise ValueError(f"no fault {name!r}; known are {', '.join(sorted(FAULTS))}")
    return name


def _length(command: bytes | bytearray) -> int:
    """Bytes of the command that begins like this, as far as can be told; more than there are: not whole yet."""
    lead = command[0]
    if lead not in _PARAMETERS:
        return 2 if lead > 0x80 else 1  # a character; two bytes of GB18030
    if len(command) < 2:
        return 2
    name = bytes(command[1:2])
    if lead == _GS and name == b"(":  # GS ( X pL pH, then as many bytes as p says
        return 5 + command[3] + 256 * command[4] if len(command) >= 5 else 5
    if lead == _GS and name == b"v":  # GS v 0 m xL xH yL yH, then x bytes in each of y rows
        return 8 + (command[4] + 256 * command[5]) * (command[6] + 256 * command[7]) if len(command) >= 8 else 8
    if lead == _GS and name == b"V":  # GS V m, and n for the functions that feed first
        return (4 if command[2] > 64 else 3) if len(command) >= 3 else 3
    return 2 + _PARAMETERS[lead].get(name, 1)
