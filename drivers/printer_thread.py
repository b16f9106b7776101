"""Printing and status, once for every kind of port: one thread owns the line and does both.

A job goes like this:

    ask (DLE EOT)  --not ready-->  PrintFailed, no byte sent
    send           --port breaks, printer stops taking-->  PrintFailed
    prove          --says it is not well-->  PrintFailed       --silent, or not done by the deadline-->  PrintUnknown
    Printed

Proof. DLE EOT is answered on arrival, perhaps long before the paper is out, so its "all is well" alone proves
little. A printer that answers GS r is asked that first: the answer comes when everything before it has been done.
Others are watched for `Pace.watch` seconds, about as long as a ticket takes.

Silence. Some printers cannot answer at all. Until a printer has answered once since it was plugged in, jobs are sent
to it and end in PrintUnknown("silent"). Once it has answered, silence means that it is off or hangs: PrintFailed.

Given up is given up. A job that did not end in Printed is cleared from the printer (DLE DC4 8) and, by closing it,
from the port. Before the next job the printer is brought to a known state and whatever a printer that cannot clear
may have put on paper is cut off, so that nothing of an old ticket is on a new one. A process that is killed in a job
cannot do that; the next one ends the half-said command, and whoever knows of the job has the paper voided and cut.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Final, Literal

from drivers.escpos_bytes import LF, gs_v
from drivers.escpos_status import CLEAR, FENCE, QUESTIONS, Ear, decode_status, dle_eot
from drivers.events import PartFailed, PartMended, Printed, PrinterReport, PrintFailed, PrintUnknown
from drivers.printer_port import Port, PortGone
from drivers.protocols import PartMissing, Place, Post

SLICE: Final = 0.2  # seconds; no wait in the port is longer, so that close() is not either
CHUNK: Final = 4096  # bytes given to the port at a time
DRAIN: Final = 0.01  # seconds between two looks at what has not left yet
PASSING: Final = ("overheated", "offline", "silent")  # may be over before the job's deadline
RESYNC: Final = bytes(600)  # NUL, which a printer ignores, ends whatever command a broken job left half said


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
DEADLINE_SECONDS: Final = 8.0


class _Closed(Exception):  # noqa: N818
    """This driver is being closed."""

    code = "closed"


@dataclass(frozen=True, slots=True)
class _Job:
    name: str
    data: bytes
    until: float


class PortPrinter:
    """Implements drivers.protocols.Printer over any Port. PartMissing (with `mend`) if it cannot be opened now.

    deadline_seconds: a job that is not printed so long after `print` is given up. now: seconds that only rise.
    """

    def __init__(
        self,
        post: Post,
        place: Place,
        open_port: Callable[[], Port],
        mend: str,
        deadline_seconds: float,
        pace: Pace,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._post, self._part, self._pace, self._now = post, place.part, pace, now
        self._open, self._deadline = open_port, deadline_seconds
        self._orders: SimpleQueue[_Job | Literal["ask", "stop"]] = SimpleQueue()
        self._closing = threading.Event()
        self._report: PrinterReport | None = None
        self._ear = Ear()
        self._heard = False  # it has answered since it was plugged in
        self._fences: bool | None = None  # it answers GS r; None: not tried yet
        self._whole = False  # every byte of the job in hand has been taken by the port
        self._stuck = False  # and the port may still hold some of them
        self._stale = False  # part of a job that was given up may be in the printer
        self._fresh = True  # nothing has been sent to it by this process
        self._attempts = 0
        self._failed = ""  # the code of the PartFailed that is not mended yet
        self._next = 0.0
        try:
            self._port: Port | None = open_port()
        except PortGone as gone:
            raise PartMissing(place.part, str(gone), mend) from gone
        self._thread = threading.Thread(target=self._run, name=f"{place.device} {place.part}", daemon=True)
        self._thread.start()

    def print(self, job: str, data: bytes) -> None:
        if self._closing.is_set():
            self._post(PrintFailed(job, "closed"))
        else:
            self._orders.put(_Job(job, data, self._now() + self._deadline))

    def ask(self) -> None:
        self._orders.put("ask")

    def close(self) -> None:
        self._closing.set()
        self._orders.put("stop")
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout=1.0)

    # --- the thread ------------------------------------------------------------------------------------------

    def _run(self) -> None:
        order: _Job | Literal["ask", "stop"] = "ask"
        while order != "stop":
            try:
                if isinstance(order, _Job):
                    self._do(order)
                self._refresh()
            except PortGone as gone:
                self._lost(gone.code, str(gone))
            except _Closed:
                pass  # the order to stop is on its way
            except Exception as fault:  # noqa: BLE001  a mistake of ours must not end in a printer that says nothing
                self._lost("driver-fault", f"{type(fault).__name__}: {fault}")
            try:
                order = self._orders.get(timeout=max(0.0, self._next - self._now()))
            except Empty:
                order = "ask"
        while not self._orders.empty():
            if isinstance(left := self._orders.get(), _Job):
                self._post(PrintFailed(left.name, "closed"))
        if self._port is not None:
            self._port.close()

    def _refresh(self) -> None:
        """Look at the printer, or for it."""
        if self._port is None:
            wait = self._pace.reopen[min(self._attempts, len(self._pace.reopen) - 1)]
            self._attempts, self._next = self._attempts + 1, self._now() + wait
            try:
                self._port = self._open()
            except PortGone:
                return
            self._ear.hear(self._line().read(self._pace.quiet))  # a port that opens and breaks at once is not mended
            self._failed = ""
            self._post(PartMended(self._part))
        report = self._look(self._now() + self._pace.answer)
        if report.ready:
            self._prepare(self._now() + self._deadline)
        calm = report.ready or report.code == "silent"
        self._next = self._now() + (self._pace.poll if calm else self._pace.poll_unready)

    def _lost(self, code: str, detail: str) -> None:
        if self._port is not None:
            self._port.close()
        if self._heard:
            self._attempts = 0
        self._port, self._heard, self._fences = None, False, None
        self._next = self._now() + self._pace.reopen[min(self._attempts, len(self._pace.reopen) - 1)]
        if code != self._failed:
            self._failed = code
            self._post(PartFailed(self._part, code, detail, mender="staff" if code == "unplugged" else "technician"))
        self._tell(PrinterReport(ready=False, code=code))

    # --- a job -----------------------------------------------------------------------------------------------

    def _do(self, job: _Job) -> None:
        """Print, see to it that nothing of a job that failed is left, and post the job's one outcome."""
        self._whole = self._stuck = False
        outcome: Printed | PrintFailed | PrintUnknown = PrintUnknown(job.name, "driver-fault")
        try:
            try:
                outcome = self._attempt(job)
            except (PortGone, _Closed) as end:
                outcome = (PrintUnknown if self._whole else PrintFailed)(job.name, end.code)
                raise
            if self._stuck:
                port, self._port = self._line(), None
                port.close()  # which drops what it holds
                self._port = self._open()
            elif self._stale and self._heard:
                self._clear()
        finally:
            self._post(outcome)

    def _attempt(self, job: _Job) -> Printed | PrintFailed | PrintUnknown:
        if self._port is None:
            return PrintFailed(job.name, "unplugged")
        report = self._look(self._now() + self._pace.answer)
        if not report.ready and (report.code != "silent" or self._heard):
            return PrintFailed(job.name, report.code)
        self._prepare(job.until)
        if self._now() >= job.until:
            return PrintFailed(job.name, "late")
        self._stale = self._stuck = True
        if not self._give(job.data, job.until):
            return PrintFailed(job.name, "stuck")
        self._whole = True
        if not self._drain(job.until):
            return PrintUnknown(job.name, "stuck")
        self._stuck = False
        outcome = self._prove(job)
        # A printer that never answered has all of the job, and cannot be asked to forget it.
        self._stale = self._heard and not isinstance(outcome, Printed)
        return outcome

    def _prove(self, job: _Job) -> Printed | PrintFailed | PrintUnknown:
        if not self._heard and self._look(self._now() + self._pace.answer).code == "silent":
            return PrintUnknown(job.name, "silent")
        sent = self._now()
        self._ear.fences = 0
        if self._fences:
            self._give(FENCE, job.until)
        while True:
            done = self._listen(self._pace.look, lambda: self._ear.fences > 0)
            report = self._look(max(job.until, self._now() + self._pace.answer))
            now = self._now()
            if report.ready and (done if self._fences else now - sent >= self._pace.watch):
                return Printed(job.name)
            if not report.ready and (report.code not in PASSING or (now >= job.until and report.code != "silent")):
                return PrintFailed(job.name, report.code)
            if now >= job.until:
                return PrintUnknown(job.name, report.code or "busy")

    def _clear(self) -> None:
        """Have the printer throw away what it holds, and wait for its word on that, if it has one."""
        self._ear.cleared = False
        self._give(CLEAR, self._now() + self._pace.answer)
        self._listen(self._pace.quiet, lambda: self._ear.cleared)

    def _prepare(self, until: float) -> None:
        """A known state, after a job that was given up and after an earlier process that may have died in one.

        Clean paper too, if it was ours; nobody here knows whether an earlier process left any. And learn whether the
        printer answers GS r.
        """
        if self._stale or (self._fresh and self._heard):
            self._fresh = False
            self._give(RESYNC, until)  # first: what follows must not be taken for the parameters of a broken command
            self._drain(until)
            self._clear()
        if self._stale:
            self._stale = not (self._give(LF + gs_v(0), until) and self._drain(until))
        if self._fences is None and self._heard and not self._stale:
            self._ear.fences = 0
            self._give(FENCE, until)
            self._fences = self._listen(self._pace.answer, lambda: self._ear.fences > 0)

    # --- asking ----------------------------------------------------------------------------------------------

    def _look(self, until: float) -> PrinterReport:
        """Ask all questions; tell the report if it has changed."""
        if self._report is not None and self._report.code == "silent":
            self._listen(self._pace.quiet)  # a late answer must not be taken for the answer to the next question
        answers: list[int] = []
        for n in QUESTIONS:
            self._ear.hear(self._line().read(0))
            self._ear.forget()
            asked = self._give(dle_eot(n), until)
            if not asked or not self._listen(until - self._now(), lambda: bool(self._ear.status)):
                return self._tell(PrinterReport(ready=False, code="silent"))
            answers.append(self._ear.status[0])
        self._heard = True
        return self._tell(decode_status(*answers))

    def _tell(self, report: PrinterReport) -> PrinterReport:
        if report != self._report:
            self._report = report
            self._post(report)
        return report

    # --- the line --------------------------------------------------------------------------------------------

    def _give(self, data: bytes, until: float) -> bool:
        """Hand the bytes to the port; whether it had taken all of them by then."""
        left = memoryview(data)
        while left and (wait := self._wait(until)):
            left = left[self._line().write(bytes(left[:CHUNK]), wait) :]
        return not left

    def _drain(self, until: float) -> bool:
        """Wait for the bytes to leave this machine; whether they had by then. Hears what comes meanwhile."""
        while self._line().pending():
            if not (wait := self._wait(until)):
                return False
            self._ear.hear(self._line().read(min(wait, DRAIN)))
        return True

    def _listen(self, seconds: float, enough: Callable[[], bool] = lambda: False) -> bool:
        """Hear the printer until that is enough, at most so long; whether it was."""
        until = self._now() + seconds
        while not enough():
            if not (wait := self._wait(until)):
                return False
            self._ear.hear(self._line().read(wait))
        return True

    def _line(self) -> Port:
        if self._port is None:
            raise PortGone("the port is closed")
        return self._port

    def _wait(self, until: float) -> float:
        """How long the port may wait now; 0 if it is over."""
        if self._closing.is_set():
            raise _Closed
        return min(max(0.0, until - self._now()), SLICE)
