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
from drivers.events import PartFailed, PartMended, Printed, PrinterReport, PrintFailed, PrintUnknown
from drivers.printer_port import Port, PortGone
from drivers.printer_talk import PACE, Closed, Pace, Talk
from drivers.protocols import PartMissing, Place, Post

__all__ = ["DEADLINE_SECONDS", "PACE", "Pace", "PortPrinter"]

PASSING: Final = ("overheated", "offline", "silent")  # may be over before the job's deadline
RESYNC: Final = bytes(600)  # NUL, which a printer ignores, ends whatever command a broken job left half said
DEADLINE_SECONDS: Final = 8.0


@dataclass(frozen=True, slots=True)
class _Job:
    name: str
    data: bytes
    until: float


class PortPrinter:
    """Implements drivers.protocols.Printer over any Port. PartMissing (with `mend`) if it cannot be opened now.

    deadline_seconds: a job that is not printed so long after `print` is given up. now: seconds that only rise.
    asb: the model speaks up by itself (GS a). After a job that did not end in Printed a PrinterReport follows in any
    case, so that whoever waits for a mend hears of it.
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
        *,
        asb: bool = False,
    ) -> None:
        self._post, self._part, self._pace, self._now = post, place.part, pace, now
        self._open, self._deadline, self._asb = open_port, deadline_seconds, asb
        self._orders: SimpleQueue[_Job | Literal["ask", "stop"]] = SimpleQueue()
        self._closing = threading.Event()
        self._report: PrinterReport | None = None  # as told
        self._whole = False  # every byte of the job in hand has been taken by the port
        self._stuck = False  # and the port may still hold some of them
        self._stale = False  # part of a job that was given up may be in the printer
        self._fresh = True  # nothing has been sent to it by this process
        self._attempts = 0
        self._failed = ""  # the code of the PartFailed that is not mended yet
        self._next = 0.0
        try:
            self._talk: Talk | None = self._converse(open_port())
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
            except Closed:
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
        if self._talk is not None:
            self._talk.port.close()

    def _converse(self, port: Port) -> Talk:
        return Talk(port, self._pace, self._now, self._closing, asb=self._asb)

    def _refresh(self) -> None:
        """Look at the printer, or for it."""
        if self._talk is None:
            wait = self._pace.reopen[min(self._attempts, len(self._pace.reopen) - 1)]
            self._attempts, self._next = self._attempts + 1, self._now() + wait
            try:
                talk = self._talk = self._converse(self._open())
            except PortGone:
                return
            talk.port.read(self._pace.quiet)  # a port that opens and breaks at once is not mended
            self._failed = ""
            self._post(PartMended(self._part))
        report = self._look(self._now() + self._pace.answer)
        if report.ready:
            self._prepare(self._line(), self._now() + self._deadline)
        calm = report.ready or report.code == "silent"
        self._next = self._now() + (self._pace.poll if calm else self._pace.poll_unready)

    def _lost(self, code: str, detail: str) -> None:
        if self._talk is not None:
            self._talk.port.close()
            if self._talk.answered:
                self._attempts = 0
        self._talk = None
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
            except (PortGone, Closed) as end:
                outcome = (PrintUnknown if self._whole else PrintFailed)(job.name, end.code)
                raise
            if self._stuck:
                talk, self._talk = self._line(), None
                talk.port.close()  # which drops what it holds
                talk.port = self._open()
                self._talk = talk
            elif self._stale and self._line().answered:
                self._line().clear()
        finally:
            if not isinstance(outcome, Printed):
                self._report = None
            self._post(outcome)

    def _attempt(self, job: _Job) -> Printed | PrintFailed | PrintUnknown:
        if (talk := self._talk) is None:
            return PrintFailed(job.name, "unplugged")
        report = self._look(self._now() + self._pace.answer)
        if not report.ready and (report.code != "silent" or talk.answered):
            return PrintFailed(job.name, report.code)
        self._prepare(talk, job.until)
        if self._now() >= job.until:
            return PrintFailed(job.name, "late")
        self._stale = self._stuck = True
        if not talk.give(job.data, job.until):
            return PrintFailed(job.name, "stuck")
        self._whole = True
        if not talk.drain(job.until):
            return PrintUnknown(job.name, "stuck")
        self._stuck = False
        outcome = self._prove(talk, job)
        # A printer that never answered has all of the job, and cannot be asked to forget it.
        self._stale = talk.answered and not isinstance(outcome, Printed)
        return outcome

    def _prove(self, talk: Talk, job: _Job) -> Printed | PrintFailed | PrintUnknown:
        if not talk.answered and self._look(self._now() + self._pace.answer).code == "silent":
            return PrintUnknown(job.name, "silent")
        sent = self._now()
        if talk.fenced:
            talk.fence(job.until)
        while True:
            done = talk.listen(self._pace.look, talk.passed)
            report = self._look(max(job.until, self._now() + self._pace.answer))
            now = self._now()
            if report.ready and (done if talk.fenced else now - sent >= self._pace.watch):
                return Printed(job.name)
            if not report.ready and (report.code not in PASSING or (now >= job.until and report.code != "silent")):
                return PrintFailed(job.name, report.code)
            if now >= job.until:
                return PrintUnknown(job.name, report.code or "busy")

    def _prepare(self, talk: Talk, until: float) -> None:
        """A known state, after a job that was given up and after an earlier process that may have died in one.

        Clean paper too, if it was ours; nobody here knows whether an earlier process left any. And learn whether the
        printer answers GS r.
        """
        if self._stale or (self._fresh and talk.answered):
            self._fresh = False
            talk.give(RESYNC, until)  # first: what follows must not be taken for the parameters of a broken command
            talk.drain(until)
            talk.clear()
        if self._stale:
            self._stale = not (talk.give(LF + gs_v(0), until) and talk.drain(until))
        if talk.fenced is None and talk.answered and not self._stale:
            talk.try_fence(until)

    def _look(self, until: float) -> PrinterReport:
        """Ask the printer how it is; tell it if that has changed."""
        return self._tell(self._line().look(until))

    def _tell(self, report: PrinterReport) -> PrinterReport:
        if report != self._report:
            self._report = report
            self._post(report)
        return report

    def _line(self) -> Talk:
        if self._talk is None:
            raise PortGone("the port is closed")
        return self._talk
