"""One citizen at one kiosk, one ticket, one fault at one byte of it, and what the paper that lies there says of it.

The real role over the real driver over a printer in memory; only time is not real. It is mended, what is owed comes
out, the next citizen takes a number, and the pieces of paper are held against what the kiosk put on record.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Final

from device.contract.messages import (
    AnswerBlock,
    AnswerNumber,
    AskNumber,
    Block,
    TicketIssued,
    TicketPrinted,
    TicketPrintFailed,
    TicketPrintUnknown,
)
from device.effects import Effect, Print, Publish, Remember, Tapped
from device.roles.kiosk import Kiosk
from drivers.escpos_machine import Machine
from drivers.events import LinkUp, Printed, PrinterReport, PrintFailed, PrintUnknown
from drivers.printer_talk import PACE
from drivers.printer_thread import PortPrinter
from screens.document import Document
from tests.drivers.printer.instant import Clock, InstantPort
from tests.drivers.printer.rigs import PLACE, Heard
from tests.roles.stage import DAY, PLAN, Stage, uid

OUTCOMES: Final = (Printed, PrintFailed, PrintUnknown)
READY: Final = PrinterReport(ready=True)
SHORT: Final = replace(PLAN, complaint_phone="12345")


@dataclass
class Tally:
    """What was tried, and what of it went wrong, in words."""

    tried: int = 0
    late: int = 0  # whole tickets that a printer which cannot forget printed when its cover was closed
    uncut: int = 0  # faults with the whole ticket on the paper and its cut still to come
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


class Printing:
    """A driver in its thread over a machine in memory, on a clock that moves when somebody waits."""

    def __init__(self, *, forgets: bool) -> None:
        self.machine, self.hands, self.heard, self.clock = (
            Machine(fences=forgets, clears=forgets), threading.RLock(), Heard(), Clock(),
        )  # fmt: skip
        self.forgets = forgets
        self.start()
        self.heard.until(lambda event: event == READY)
        self.job("A000", b"\x1b@A000\n\x1dVB\x00")  # it is known by now what the printer can do

    def start(self) -> None:
        """A new process begins with a printer as it is."""
        port = partial(InstantPort, self.machine, self.hands, self.clock)
        self.printer = PortPrinter(self.heard.post, PLACE, port, "", 8.0, PACE, lambda: self.clock.now)

    def job(self, name: str, data: bytes) -> object:
        """What becomes of it."""
        self.printer.print(name, data)
        return self.heard.until(lambda event: isinstance(event, OUTCOMES) and event.job == name)

    def fault(self, name: str, after: int) -> None:
        with self.hands:
            self.machine.fault(name, after)

    def mend(self) -> None:
        with self.hands:
            self.machine.mend()
        self.printer.ask()

    def pieces(self) -> list[bytes]:
        with self.hands:
            return list(self.machine.papers)

    def clean(self) -> None:
        """Nothing lies there."""
        with self.hands:
            self.machine.papers.clear()
        self.heard.rest()
        self.heard.events.clear()

    def close(self) -> None:
        self.printer.close()


@dataclass
class Try:
    """One kiosk, one ticket, one fault at one byte of it. second: at which byte of a reprint another one strikes."""

    printing: Printing
    write: Callable[[Document], bytes]
    lang: str = "zh"
    ahead: int = 4
    jobs: dict[str, bytes] = field(default_factory=dict)
    second: tuple[str, int] | None = None
    settled: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._new_life()
        self.numbers = iter(range(12, 20))
        self.stage.began()
        for event in (READY, LinkUp()):
            self.stage.send(event)
        self.stage.hear(AnswerBlock(uid(1), (Block("A", DAY, 600, 699),)))
        if self.lang != "zh":
            self.stage.send(Tapped(f"lang:{self.lang}"))

    def ticket(self, fault: str = "", after: int = 0) -> None:
        """A citizen takes a number; told is what becomes of the paper."""
        (ask,) = [e for e in self.stage.send(Tapped("service:social")) if isinstance(e, Publish)]
        assert isinstance(ask.body, AskNumber)
        number = f"A{next(self.numbers):03d}"
        effects = self.stage.hear(AnswerNumber(ask.id, "given", number, DAY, self.ahead, 16))
        if fault:
            self.printing.fault(fault, after)
        self._act(effects)

    def mended(self) -> None:
        """Somebody mends it; it lasts until the printer is ready and nothing is owed any more."""
        for _ in range(5):
            self.printing.mend()
            if self.kiosk.report.ready and self.kiosk.owed is None:
                return
            while self._hear() != READY:
                pass
        raise AssertionError("it is mended and mended, and something is owed all the same")

    @property
    def first(self) -> bytes:
        """The ticket that the fault befell."""
        return next(iter(self.jobs.values()))

    def power_cut(self) -> None:
        """Kiosk and driver begin anew, with the card and the printer as they are; without a printer nothing begins."""
        self.printing.close()
        with self.printing.hands:
            self.printing.machine.mend("unplugged")
        kept, effects = self.stage.kept, self.stage.effects
        self._new_life()
        self.stage.kept, self.stage.effects = kept, effects
        self.printing.start()
        self._act(self.stage.began())
        self.stage.send(LinkUp())

    def _new_life(self) -> None:
        self.kiosk = Kiosk("kiosk-1", SHORT)
        self.stage = Stage(self.kiosk)

    def _act(self, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Print):
                self.jobs[effect.job] = data = self.write(effect.document)
                if "again" in effect.job and self.second:
                    self.printing.fault(*self.second)
                    self.second = None
                self.printing.printer.print(effect.job, data)
                while effect.job not in self.settled:
                    self._hear()

    def _hear(self) -> object:
        """One thing that the driver says goes to the role, which acts on it."""
        event = self.printing.heard.until(lambda _: True)
        if isinstance(event, OUTCOMES):
            self.settled.add(event.job)
        self._act(self.stage.send(event))
        return event

    # --- what lies there -------------------------------------------------------------------------------------

    def judge(self, where: str, tally: Tally, *, all_but_cut: bool) -> None:
        """The pieces of paper against the records. all_but_cut: at the fault it was on the paper to the last word."""
        records = [e.record for e in self.stage.effects if isinstance(e, Remember)]
        issued = [r for r in records if isinstance(r, TicketIssued)]
        if len(issued) != 2 or len({r.ticket for r in issued}) != 2:
            tally.doubled.append(f"{where}: two citizens, numbers {[r.number for r in issued]}")
            return
        first, after = issued[0].ticket, issued[1].ticket
        pieces = self.printing.pieces()
        reprints = {data for job, data in self.jobs.items() if job.startswith(f"{first} again")}  # each the same paper
        originals, copies = pieces.count(on_paper(self.jobs[first])), sum(pieces.count(on_paper(d)) for d in reprints)
        said_printed = [r for r in records if isinstance(r, TicketPrinted) and r.ticket == first]
        if any(not r.reprint for r in said_printed):
            tally.failed.append(f"{where}: printed is on record, and the printer had no chance to prove it")
        failed = any(isinstance(r, TicketPrintFailed) and r.ticket == first and not r.reprint for r in records)
        unknown = any(isinstance(r, TicketPrintUnknown) and r.ticket == first for r in records)
        if said_printed and copies < 1:
            tally.failed.append(f"{where}: printed is on record and the paper is not there")
        if failed and not unknown and originals + copies < 1:
            tally.lost.append(f"{where}: no whole ticket for {first}")
        if originals > 1 or (copies > 1 and self.printing.forgets):
            tally.doubled.append(f"{where}: {originals} tickets and {copies} reprints of {first}")
        elif originals + copies > 1:
            if self.printing.forgets and not all_but_cut:
                tally.doubled.append(f"{where}: both the ticket and a reprint of {first}")
            tally.late += not all_but_cut
            tally.uncut += all_but_cut
        number = after[9:].encode()
        if pieces[-1] != on_paper(self.jobs[after]) or any(number in piece for piece in pieces[:-1]):
            tally.failed.append(f"{where}: the next citizen's paper is not their ticket alone")


def all_but_its_cut(data: bytes, after: int) -> bool:
    """A printer that stops there cannot say that the last word was on the paper, and yet it can be read."""
    return on_paper(data[:after]).rstrip(b"\n") == on_paper(data).rstrip(b"\n")


@lru_cache(maxsize=64)
def on_paper(data: bytes) -> bytes:
    """What a printer that nothing befalls makes of the job; it is not told what follows the last cut."""
    machine = Machine()
    machine.receive(data)
    return machine.papers[0] if machine.papers else machine.hanging
