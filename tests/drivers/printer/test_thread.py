"""How a job is judged: what proves it, how long that is waited for, and what a mistake of ours comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from operator import eq

import pytest

from drivers.escpos_machine import Machine
from drivers.events import PartFailed, PartMended, Printed, PrinterReport, PrintFailed, PrintUnknown
from drivers.printer_thread import PACE, PortPrinter
from tests.drivers.printer.instant import OUTCOMES, READY, Clock, Instant, InstantPort
from tests.drivers.printer.jobs import paper, ticket
from tests.drivers.printer.rigs import PLACE, Heard

JOB = ticket("A012")


class SlowMachine(Machine):
    """While not `printing` it takes everything and prints nothing: its answers to DLE EOT prove nothing."""

    printing = True

    def _work(self) -> None:
        if self.printing:
            super()._work()


@pytest.fixture
def instants() -> Iterator[list[Instant]]:
    made: list[Instant] = []
    yield made
    for instant in made:
        instant.printer.close()


def start(instants: list[Instant], machine: Machine) -> Instant:
    instants.append(Instant(machine))
    return instants[-1]


def slow(instants: list[Instant]) -> tuple[Instant, SlowMachine]:
    """A printer that has shown that it answers GS r, and from now on only takes what it is given."""
    machine = SlowMachine()
    instant = start(instants, machine)
    assert instant.print("A001", ticket("A001")) == Printed("A001")
    machine.papers.clear()
    machine.printing = False
    return instant, machine


def test_well_received_is_not_printed_when_the_printer_can_say_more(instants: list[Instant]) -> None:
    instant, machine = slow(instants)
    began = instant.clock.now

    def print_now() -> None:
        machine.printing = True
        machine._work()

    instant.clock.planned.append((began + 5.0, print_now))
    assert instant.print("A012", JOB) == Printed("A012")
    assert instant.clock.now >= began + 5.0
    assert list(machine.papers) == [paper(JOB)]


def test_paper_that_runs_out_after_all_bytes_were_well_received_is_noticed(instants: list[Instant]) -> None:
    instant, _ = slow(instants)
    instant.clock.planned.append((instant.clock.now + 3.0, lambda: instant.machine.fault("paper-out")))
    assert instant.print("A012", JOB) == PrintFailed("A012", "paper-out")


def test_a_printer_that_cannot_say_more_is_watched_for_as_long_as_a_ticket_takes(instants: list[Instant]) -> None:
    instant = start(instants, Machine(fences=False))
    began = instant.clock.now
    assert instant.print("A012", JOB) == Printed("A012")
    assert PACE.watch <= instant.clock.now - began < PACE.watch + 1.0
    instant.clock.planned.append((instant.clock.now + PACE.watch * 0.6, lambda: instant.machine.fault("paper-out")))
    assert instant.print("A013", JOB) == PrintFailed("A013", "paper-out")


def test_a_printer_that_is_well_and_does_not_finish_is_given_up_at_the_deadline(instants: list[Instant]) -> None:
    instant, _ = slow(instants)
    began = instant.clock.now
    assert instant.print("A012", JOB) == PrintUnknown("A012", "busy")
    assert 8.0 <= instant.clock.now - began < 9.0


def test_what_passes_by_itself_is_waited_for(instants: list[Instant]) -> None:
    instant = start(instants, Machine())
    instant.machine.fault("overheated", after=100)
    instant.clock.planned.append((instant.clock.now + 4.0, instant.machine.mend))
    assert instant.print("A012", JOB) == Printed("A012")
    assert list(instant.machine.papers) == [paper(JOB)]


def test_what_does_not_pass_by_the_deadline_fails_the_job(instants: list[Instant]) -> None:
    instant = start(instants, Machine())
    instant.machine.fault("overheated", after=100)
    assert instant.print("A012", JOB) == PrintFailed("A012", "overheated")


def test_a_job_that_waited_past_its_deadline_is_not_begun(instants: list[Instant]) -> None:
    instant, _ = slow(instants)
    instant.printer.print("A012", JOB)
    instant.printer.print("A013", JOB)
    outcomes = [instant.heard.next(*OUTCOMES), instant.heard.next(*OUTCOMES)]
    assert outcomes == [PrintUnknown("A012", "busy"), PrintFailed("A013", "late")]


class TardyMachine(Machine):
    """From the moment it has a clock, each answer takes 20 ms."""

    clock: Clock | None = None

    def _answer(self, answer: bytes) -> None:
        if self.clock is None or "silent" in self.faults:
            super()._answer(answer)
        else:
            self.later(0.02, answer)

    def later(self, seconds: float, answer: bytes) -> None:
        assert self.clock is not None
        self.clock.planned.append((self.clock.now + seconds, partial(self.answers.extend, answer)))


def test_a_late_answer_is_not_taken_for_the_answer_to_a_new_question(instants: list[Instant]) -> None:
    machine = TardyMachine()
    instant = start(instants, machine)
    machine.fault("silent")
    instant.printer.ask()
    assert instant.heard.next(PrinterReport) == PrinterReport(ready=False, code="silent")
    with instant.hands:
        machine.mend()
        machine.clock = instant.clock
        machine.later(0.05, b"\x72")  # to a question long given up; as an answer to DLE EOT 3 it would be dreadful
    instant.printer.ask()
    assert instant.heard.next(PrinterReport) == READY


def test_a_mistake_of_ours_is_told_and_the_printer_comes_back() -> None:
    machine, heard = Machine(), Heard()
    instant = Instant(machine)

    class Faulty(InstantPort):
        broken = False

        def pending(self) -> bool:
            if Faulty.broken:
                raise ZeroDivisionError("of ours")
            return False

    printer = PortPrinter(
        heard.post, PLACE, lambda: Faulty(machine, instant.hands, instant.clock), "", 8.0, PACE, lambda: 0.0
    )
    try:
        heard.until(lambda event: event == READY)
        Faulty.broken = True
        printer.print("A012", JOB)
        assert heard.next(*OUTCOMES) == PrintUnknown("A012", "driver-fault")
        assert heard.next(PartFailed) == PartFailed(
            "printer", "driver-fault", "ZeroDivisionError: of ours", "technician"
        )
        Faulty.broken = False
        printer.ask()
        assert heard.next(PartMended) == PartMended("printer")
        assert heard.next(PrinterReport) == READY
    finally:
        printer.close()
        instant.printer.close()


def test_after_a_job_that_failed_the_printers_state_is_told_even_if_it_has_not_changed(instants: list[Instant]) -> None:
    instant, _ = slow(instants)
    instant.heard.rest()
    assert instant.print("A012", JOB) == PrintUnknown("A012", "busy")
    assert instant.heard.next(PrinterReport) == READY


# --- printers that do not answer DLE EOT ------------------------------------------------------------------------

SILENT = PrinterReport(ready=False, code="silent")


def test_a_model_that_only_speaks_up_by_itself_is_asked_to_and_proves_its_tickets(instants: list[Instant]) -> None:
    machine = Machine(asks=False, speaks=True)
    instants.append(instant := Instant(machine, asb=True))
    assert instant.print("A012", JOB) == Printed("A012")
    assert list(machine.papers) == [paper(JOB)]


@pytest.mark.parametrize("fault", ["paper-out", "cover-open", "cutter", "overheated", "broken", "offline"])
def test_what_it_says_by_itself_of_a_fault_stands_although_it_comes_to_no_more_questions(
    instants: list[Instant], fault: str
) -> None:
    instants.append(instant := Instant(Machine(asks=False, speaks=True), asb=True))
    instant.machine.fault(fault, after=100)
    assert instant.print("A012", JOB) == PrintFailed("A012", fault)
    instant.printer.ask()
    report = instant.heard.next(PrinterReport)
    assert isinstance(report, PrinterReport)
    assert report.code == fault
    instant.recover(unplugged=False)
    assert instant.print("A013", ticket("A013")) == Printed("A013")


def test_a_model_that_speaks_up_and_says_nothing_any_more_is_silent(instants: list[Instant]) -> None:
    instants.append(instant := Instant(Machine(asks=False, speaks=True), asb=True))
    with instant.hands:
        instant.machine.fault("silent")
    instant.printer.ask()
    assert instant.heard.next(PrinterReport) == SILENT
    assert instant.print("A012", JOB) == PrintFailed("A012", "silent")


@pytest.fixture
def usb(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets what the USB chip says."""
    return lambda status: monkeypatch.setattr(InstantPort, "usb_status", status)


def test_where_nothing_answers_the_usb_chip_may_say_that_paper_is_out_but_never_that_it_printed(
    instants: list[Instant], usb: Callable[[int], None]
) -> None:
    usb(0x18)
    instants.append(instant := Instant(Machine(asks=False, fences=False), first=SILENT))
    assert instant.print("A012", JOB) == PrintUnknown("A012", "silent")
    usb(0x38)
    instant.printer.ask()
    instant.heard.until(lambda event: event == PrinterReport(ready=False, code="paper-out"))
    assert instant.print("A013", JOB) == PrintFailed("A013", "paper-out")
    assert len(instant.machine.papers) == 1
    usb(0x18)
    instant.printer.ask()
    instant.heard.until(lambda event: event == SILENT)


def test_paper_that_ends_under_a_job_fails_it_by_the_usb_chips_word(
    instants: list[Instant], usb: Callable[[int], None]
) -> None:
    usb(0x18)
    instants.append(instant := Instant(Machine(asks=False, fences=False), first=SILENT))
    instant.clock.planned.append((instant.clock.now + 0.7, lambda: usb(0x38)))
    assert instant.print("A012", JOB) == PrintFailed("A012", "paper-out")


@pytest.mark.parametrize("status", [0x00, 0x08, 0x10, 0xFF, 0xC0])
def test_a_usb_chip_that_never_said_that_all_is_well_is_not_believed_when_it_says_something_is_wrong(
    instants: list[Instant], usb: Callable[[int], None], status: int
) -> None:
    usb(status)
    instants.append(instant := Instant(Machine(asks=False, fences=False), first=SILENT))
    assert instant.print("A012", JOB) == PrintUnknown("A012", "silent")


def test_an_error_without_a_name_and_being_switched_off_line_are_believed_of_a_chip_that_was_well_before(
    instants: list[Instant], usb: Callable[[int], None]
) -> None:
    usb(0x18)
    instants.append(instant := Instant(Machine(asks=False, fences=False), first=SILENT))
    for status, code in ((0x10, "broken"), (0x08, "offline")):
        usb(status)
        instant.printer.ask()
        instant.heard.until(partial(eq, PrinterReport(ready=False, code=code)))
