"""N5: paper and record say the same. A fault at every byte of a ticket, and what came of it, told by the paper itself.

One try: a citizen takes a number at a kiosk (the real role over the real driver over a printer in memory; only time is
not real). At one byte of the ticket one thing goes wrong. It is mended, what is owed comes out, and the next citizen
takes a number. Then the paper that lies there, piece by piece, is held against what the kiosk put on record.

Tried on a printer that throws away what it holds when told to and one that cannot. The second prints the rest of a
ticket when its cover is closed, and nothing in the world prevents it: the marked reprint follows, that is all.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import product
from typing import Any, Final

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
from device.press import paper_of
from device.roles import kiosk_numbers, kiosk_printing
from device.roles.kiosk import Kiosk
from drivers import printer_talk
from drivers.escpos_machine import Machine
from drivers.events import LinkUp, Printed, PrinterReport, PrintFailed, PrintUnknown
from drivers.printer_profiles import PROFILES
from drivers.printer_talk import PACE, Talk
from drivers.printer_thread import PortPrinter
from screens.document import Document
from screens.slips.samples import papers
from tests.drivers.printer.instant import Clock, InstantPort
from tests.drivers.printer.rigs import PLACE, Heard
from tests.faults.kinds import Outcome, tell
from tests.roles.stage import DAY, PLAN, Stage, uid

FAULTS: Final = ("paper-out", "cover-open", "unplugged", "stuck", "silent")
OUTCOMES: Final = (Printed, PrintFailed, PrintUnknown)
READY: Final = PrinterReport(ready=True)
SEED: Final = 5
PICTURE_BYTES, PICTURE_STEP = 5_000, 101  # a longer paper is mostly picture, one byte of it as good as another
# Without a knife paper comes in no pieces that could be told apart; their jobs differ in nothing but the cut.
CUTTING: Final = tuple(name for name, profile in PROFILES.items() if profile.cutter)
USUAL: Final = "generic-80"
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
        originals, copies = pieces.count(_paper(self.jobs[first])), sum(pieces.count(_paper(d)) for d in reprints)
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
        if pieces[-1] != _paper(self.jobs[after]) or any(number in piece for piece in pieces[:-1]):
            tally.failed.append(f"{where}: the next citizen's paper is not their ticket alone")


def _all_but_cut(data: bytes, after: int) -> bool:
    """A printer that stops there cannot say that the last word was on the paper, and yet it can be read."""
    return _paper(data[:after]).rstrip(b"\n") == _paper(data).rstrip(b"\n")


@lru_cache(maxsize=64)
def _paper(data: bytes) -> bytes:
    """What a printer that nothing befalls makes of the job; it is not told what follows the last cut."""
    machine = Machine()
    machine.receive(data)
    return machine.papers[0] if machine.papers else bytes(machine._paper)


def one(
    printing: Printing, write: Callable[[Document], bytes], fault: str, after: int, tally: Tally, **how: Any
) -> int:
    """One try. how: lang, ahead, second, power (whether it is cut before the mend). Returns the ticket's bytes."""
    power = how.pop("power", False)
    printing.clean()
    tried = Try(printing, write, **how)
    tried.ticket(fault, after)
    length = len(tried.first)
    if power:
        tried.power_cut()
    tried.mended()
    tried.stage.send(Tapped("done"))
    tried.ticket()
    tried.judge(f"{fault} at byte {after} of {length}, {how}", tally, all_but_cut=_all_but_cut(tried.first, after))
    tally.tried += 1
    return length


def every_byte(
    forgets: Mapping[int, bool] | bool, write: Callable[[Document], bytes], tally: Tally, step: int = 1, **how: Any
) -> None:
    """All faults at each byte of one ticket (each `step`-th)."""
    printers = {
        kind: Printing(forgets=kind) for kind in ((True, False) if isinstance(forgets, Mapping) else (forgets,))
    }
    try:
        for number, fault in enumerate(FAULTS):
            after, length = 1, 1
            while after <= length:
                kind = forgets[(after + number) % 2] if isinstance(forgets, Mapping) else forgets
                length = one(printers[kind], write, fault, after, tally, **how)
                after += step
    except AssertionError as stuck:
        tally.failed.append(f"it does not go on: {stuck}")
    finally:
        for printing in printers.values():
            printing.close()


def slips(tally: Tally, model: str, dice: random.Random) -> None:
    """Every template as a bare job: what was said of it is true, and the paper after it is its own."""
    write = paper_of(model)
    following = b"\x1b@" + b"NEXT\n" * 3 + b"\x1dVB\x00"
    for name, document in papers().items():
        data = write(document)
        step = 1 if len(data) <= PICTURE_BYTES else PICTURE_STEP
        tell(f"N5: {name} on {model}, {len(data):,} bytes, each {step}.")
        printing = Printing(forgets=True)
        try:
            for after in range(1, _first_piece(data) + 1, step):
                fault = dice.choice(FAULTS)
                printing.clean()
                printing.fault(fault, after)
                outcome = printing.job(name, data)
                pieces, where = printing.pieces(), f"{fault} at byte {after} of {name} on {model}"
                if isinstance(outcome, Printed):
                    tally.failed.append(f"{where}: said to be printed")
                if isinstance(outcome, PrintFailed) and _paper(data) in pieces and not _all_but_cut(data, after):
                    tally.failed.append(f"{where}: said to have failed, and it lies there")
                printing.heard.events.clear()
                printing.mend()
                printing.heard.until(lambda event: event == READY)
                if not isinstance(printing.job("next", following), Printed):
                    tally.failed.append(f"{where}: nothing more is printed")
                elif printing.pieces()[-1] != _paper(following):
                    tally.failed.append(f"{where}: it is on the paper after it")
                tally.tried += 1
        finally:
            printing.close()


def _first_piece(data: bytes) -> int:
    """Bytes up to the first cut: a paper in two copies is the same twice."""
    pieces: list[bytes] = []
    Machine(pieces.append).receive(data)
    return len(pieces[0])


def run(full: bool, seed: int | None) -> Outcome:
    """Quick: every byte of one ticket, the two kinds of printer by turns. Full: everything there is, on every model."""
    tally, chosen = Tally(), SEED if seed is None else seed
    if full:
        for how in _all(random.Random(chosen)):
            found = len(tally.lost) + len(tally.doubled) + len(tally.failed)
            tell(f"N5: {tally.tried:,} tried, {found} wrong; now {how}")
            model = how.pop("model")
            every_byte(how.pop("forgets"), lru_cache(paper_of(model)), tally, **how)
        for model in CUTTING:
            slips(tally, model, random.Random(chosen))
    else:
        every_byte({0: True, 1: False}, lru_cache(paper_of(USUAL)), tally)
    wrong = [*tally.lost, *tally.doubled, *tally.failed]
    why = (
        f"{tally.tried:,} tickets broken off by {', '.join(FAULTS)}. {tally.late} came out late, beside their marked "
        f"reprint, on printers that cannot forget; {tally.uncut} lacked nothing but the cut."
    )
    why += "".join(f" {line}." for line in wrong[:5])
    command = f"python -m tests.faults N5{' --full' if full else ''} --seed {chosen}"
    return Outcome(tally.tried, len(tally.lost), len(tally.doubled), len(tally.failed), chosen, command, why)


def _all(dice: random.Random) -> Iterator[dict[str, Any]]:
    """On the usual model everything with everything; on each of the others the usual ticket."""
    for model, forgets, lang, power in product(CUTTING, (True, False), PLAN.languages, (False, True)):
        if model == USUAL or (forgets and lang == PLAN.languages[0] and not power):
            second = (dice.choice(FAULTS), dice.randint(1, 300))
            yield {
                "model": model, "forgets": forgets, "lang": lang, "power": power, "second": second,
                "ahead": dice.choice((0, 4, 120)),
                "step": PICTURE_STEP if PROFILES[model].charset == "none" else 1,
            }  # fmt: skip


# --- deliberate defects: name -> what is replaced by what; the suite must find each -----------------------------

_out, _look = kiosk_printing.out, Talk.look


def _whole_byte(printer: int, offline: int, error: int, paper: int) -> PrinterReport:
    """As the kiosk did it that compared whole bytes."""
    known = {0x12: "", 0x16: "cover-open", 0x72: "paper-out"}
    code = known.get(paper, "") or known.get(offline, "")
    return PrinterReport(not code, code=code)


def _silence_is_consent(self: Talk, until: float) -> PrinterReport:
    report = _look(self, until)
    return READY if report.code == "silent" else report


def _anything_is_owed(kiosk: Kiosk, outcome: Any, moment: Any) -> list[Effect]:
    failed = PrintFailed(outcome.job, outcome.code) if isinstance(outcome, PrintUnknown) else outcome
    return _out(kiosk, failed, moment)


def _a_number_anew(kiosk: Kiosk, moment: Any) -> list[Effect]:
    kiosk.errand, kiosk.owed = kiosk.owed, None
    return kiosk_numbers.from_block(kiosk, moment)


DEFECTS: Final[dict[str, tuple[object, str, object]]] = {
    "paper: a status byte compared as a whole": (printer_talk, "decode_status", _whole_byte),
    "paper: silence taken for well": (Talk, "look", _silence_is_consent),
    "paper: the next ticket on what is left of the last": (PortPrinter, "_prepare", lambda *_: None),
    "paper: what was given up is not cleared": (Talk, "clear", lambda _: None),
    "paper: a reprint where nobody knows": (kiosk_printing, "out", _anything_is_owed),
    "paper: no reprint": (kiosk_printing, "owe", lambda *_: []),
    "paper: a number anew instead of a reprint": (kiosk_printing, "_print_owed", _a_number_anew),
}
