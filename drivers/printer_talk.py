"""Talking with one printer, from plugging in to unplugging: sending, asking how it is, hearing what it says.

How it is. DLE EOT is asked first: answered on arrival, whatever the printer does. A model that has ASB and no DLE EOT
(its profile says `asb`) is asked with GS a, and from then on speaks up by itself whenever something changes; being
offline it may not come to that question, so what it said of a fault stands until it says something else. Where nothing
answers, usblp is asked what the USB chip knows: that may say that paper is out, and never that a ticket was printed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from drivers.escpos_status import (
    CLEAR,
    FENCE,
    QUESTIONS,
    SPEAK_UP,
    Ear,
    decode_asb,
    decode_port_status,
    decode_status,
    dle_eot,
)
from drivers.events import PrinterReport
from drivers.printer_port import Port

SLICE: Final = 0.2  # seconds; no wait in the port is longer, so that closing is not either
CHUNK: Final = 4096  # bytes given to the port at a time
DRAIN: Final = 0.01  # seconds between two looks at what has not left yet
SILENT: Final = PrinterReport(ready=False, code="silent")


class Closed(Exception):
    """The driver is being closed."""

    code = "closed"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: how long things are waited for."""

    answer: float = 0.5  # a printer's answer, when it has nothing else to do
    quiet: float = 0.1  # nothing heard for so long: no late answer is on its way
    look: float = 0.25  # between two looks while a job is being printed
    watch: float = 1.5  # a printer without GS r must be well for so long after the last byte
    poll: float = 5.0  # between two looks at an idle printer
    poll_unready: float = 1.0  # and at one that somebody is about to mend
    reopen: tuple[float, ...] = (0.5, 1.0, 2.0, 5.0)  # between attempts at a port that is gone; the last repeats


PACE: Final = Pace()


class Talk:
    """One printer on one open port. Every method raises PortGone when the line breaks, Closed once `closing` is set.

    asb: its model speaks up when asked with GS a. now: seconds that only rise.
    """

    def __init__(
        self, port: Port, pace: Pace, now: Callable[[], float], closing: threading.Event, *, asb: bool
    ) -> None:
        self.port = port
        self.answered = False  # it has answered since it was plugged in
        self.fenced: bool | None = None  # it answers GS r; None: not tried yet
        self._pace, self._now, self._closing, self._asb = pace, now, closing, asb
        self._ear = Ear()
        self._silent = False  # when it was last asked
        self._deaf = False  # to DLE EOT, as ASB has shown
        self._port_well = False  # usblp's status has said once that all is well, so its bits mean something

    # --- asking ----------------------------------------------------------------------------------------------

    def look(self, until: float) -> PrinterReport:
        """Ask everything there is to ask."""
        if self._silent:
            self.listen(self._pace.quiet)  # a late answer must not be taken for the answer to the next question
        report = (None if self._deaf else self._by_questions(until)) or self._by_asb(until) or self._by_port()
        self._silent = report is None
        return report or SILENT

    def fence(self, until: float) -> None:
        """Ask for an answer when everything before this has been done; `passed` says whether it came."""
        self._ear.fences = 0
        self.give(FENCE, until)

    def passed(self) -> bool:
        return self._ear.fences > 0

    def try_fence(self, until: float) -> None:
        """Find out whether it answers GS r."""
        self.fence(until)
        self.fenced = self.listen(self._pace.answer, self.passed)

    def clear(self) -> None:
        """Have the printer throw away what it holds, and wait for its word on that, if it has one."""
        self._ear.cleared = False
        self.give(CLEAR, self._now() + self._pace.answer)
        self.listen(self._pace.quiet, lambda: self._ear.cleared)

    def _by_questions(self, until: float) -> PrinterReport | None:
        answers: list[int] = []
        for n in QUESTIONS:
            self._ear.hear(self.port.read(0))
            self._ear.forget()
            asked = self.give(dle_eot(n), until)
            if not asked or not self.listen(until - self._now(), lambda: bool(self._ear.status)):
                return None
            answers.append(self._ear.status[0])
        self.answered = True
        return decode_status(*answers)

    def _by_asb(self, until: float) -> PrinterReport | None:
        if not self._asb:
            return None
        before, self._ear.unasked = self._ear.unasked, None
        until = max(until, self._now() + self._pace.answer)
        self.give(SPEAK_UP, until)
        if self.listen(until - self._now(), lambda: self._ear.unasked is not None):
            self.answered = self._deaf = True
        elif before is not None and not decode_asb(*before).ready:
            self._ear.unasked = before
        return decode_asb(*self._ear.unasked) if self._ear.unasked else None

    def _by_port(self) -> PrinterReport | None:
        status = None if self.answered else self.port.status()
        report = decode_port_status(status) if status is not None else None
        if report is None:
            return None
        self._port_well = self._port_well or report.ready
        believed = not report.ready and (self._port_well or report.code == "paper-out")
        return report if believed else None

    # --- the line --------------------------------------------------------------------------------------------

    def give(self, data: bytes, until: float) -> bool:
        """Hand the bytes to the port; whether it had taken all of them by then."""
        left = memoryview(data)
        while left and (wait := self._wait(until)):
            left = left[self.port.write(bytes(left[:CHUNK]), wait) :]
        return not left

    def drain(self, until: float) -> bool:
        """Wait for the bytes to leave this machine; whether they had by then. Hears what comes meanwhile."""
        while self.port.pending():
            if not (wait := self._wait(until)):
                return False
            self._ear.hear(self.port.read(min(wait, DRAIN)))
        return True

    def listen(self, seconds: float, enough: Callable[[], bool] = lambda: False) -> bool:
        """Hear the printer until that is enough, at most so long; whether it was."""
        until = self._now() + seconds
        while not enough():
            if not (wait := self._wait(until)):
                return False
            self._ear.hear(self.port.read(wait))
        return True

    def _wait(self, until: float) -> float:
        """How long the port may wait now; 0 if it is over."""
        if self._closing.is_set():
            raise Closed
        return min(max(0.0, until - self._now()), SLICE)
