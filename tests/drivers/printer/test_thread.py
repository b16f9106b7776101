"""How a job is judged: what proves it, how long that is waited for, and what a mistake of ours comes to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

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
