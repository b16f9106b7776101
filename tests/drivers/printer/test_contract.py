"""What every printer promises, shown on every implementation: over a pty, a pty as usblp's file, TCP, and simulated."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.escpos_machine import Machine
from drivers.events import PartFailed, PartMended, Printed, PrinterReport, PrintFailed, PrintUnknown
from drivers.printer_simulated import SimulatedPrinter
from drivers.protocols import PartMissing, Printer
from tests.drivers.printer.jobs import paper, ticket
from tests.drivers.printer.rigs import LINES, PATIENCE, PLACE, Heard, Rig, SimulatedRig

OUTCOMES = (Printed, PrintFailed, PrintUnknown)
READY = PrinterReport(ready=True)


ENDLESS = ticket("A012") + b"A012\n" * 2_000_000  # more than all buffers on the way hold


class Bench:
    """A driver under test, its rig, and every job it was given."""

    def __init__(self, rig: Rig) -> None:
        self.rig, self.heard, self.jobs = rig, Heard(), list[str]()
        self.printer: Printer | None = None

    def start(self, deadline_seconds: float = 3.0) -> Bench:
        self.printer = self.rig.make(self.heard.post, deadline_seconds)
        return self

    def started(self, deadline_seconds: float = 3.0) -> Bench:
        self.start(deadline_seconds)
        self.until(READY)
        return self

    def give(self, name: str, job: bytes | None = None) -> None:
        assert self.printer is not None
        self.jobs.append(name)
        self.printer.print(name, ticket(name) if job is None else job)

    def print(self, name: str, job: bytes | None = None) -> object:
        """Give the job and wait for what becomes of it."""
        self.give(name, job)
        return self.heard.next(*OUTCOMES)

    def until(self, report: PrinterReport) -> None:
        if [event for event in self.heard.events if isinstance(event, PrinterReport)][-1:] != [report]:
            self.heard.until(lambda event: event == report)

    def close(self) -> None:
        if self.printer is not None:
            self.printer.close()
        self.rig.close()
        outcomes = [event.job for event in self.heard.rest() if isinstance(event, OUTCOMES)]
        assert sorted(outcomes) == sorted(self.jobs), "each job ends in exactly one outcome"


@pytest.fixture(params=["serial", "usblp", "tcp", "simulated"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    rig: Rig = SimulatedRig(tmp_path) if request.param == "simulated" else LINES[request.param](tmp_path, Machine())
    bench = Bench(rig)
    yield bench
    bench.close()


@pytest.fixture(params=["serial", "usblp", "tcp"])
def lined(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """The real drivers only: their machine can be given a fault before the driver starts."""
    bench = Bench(LINES[request.param](tmp_path, Machine()))
    yield bench
    bench.close()


@pytest.fixture(params=["serial", "usblp", "tcp"])
def plain(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """A printer that knows neither GS r nor DLE DC4, as many do, and takes its bytes one at a time."""
    bench = Bench(LINES[request.param](tmp_path, Machine(fences=False, clears=False), chunk=1))
    yield bench
    bench.close()


def test_a_job_comes_out_whole_and_once(bench: Bench) -> None:
    bench.started()
    assert bench.print("A012") == Printed("A012")
    assert bench.rig.papers() == [paper(ticket("A012"))]


def test_jobs_come_out_in_the_order_they_were_given(bench: Bench) -> None:
    bench.started()
    for name in ("A001", "A002", "A003"):
        bench.give(name)
    assert [bench.heard.next(*OUTCOMES) for _ in range(3)] == [Printed("A001"), Printed("A002"), Printed("A003")]
    assert bench.rig.papers() == [paper(ticket(name)) for name in ("A001", "A002", "A003")]


def test_a_printer_that_reads_byte_by_byte_and_knows_little_prints_all_the_same(plain: Bench) -> None:
    plain.started()
    assert plain.print("A012") == Printed("A012")
    assert plain.rig.papers() == [paper(ticket("A012"))]


def test_its_state_is_told_at_the_start_and_then_only_when_it_changes(bench: Bench) -> None:
    bench.started()
    bench.rig.fault("paper-low")
    bench.until(PrinterReport(ready=True, low=True))
    assert bench.printer is not None
    for _ in range(3):
        bench.printer.ask()
    assert bench.print("A012") == Printed("A012")
    bench.rig.mend()
    bench.until(READY)
    reports = [event for event in bench.heard.rest() if isinstance(event, PrinterReport)]
    assert reports == [READY, PrinterReport(ready=True, low=True), READY]


@pytest.mark.req("R002", "R190")
def test_everything_that_is_wrong_is_told_at_once_and_what_to_mend_first_leads(bench: Bench) -> None:
    bench.started()
    for fault in ("paper-low", "paper-out", "cover-open", "cutter"):
        bench.rig.fault(fault)
    bench.until(PrinterReport(ready=False, low=True, code="cutter", also=("cover-open", "paper-out")))
    bench.rig.mend("cutter")
    bench.until(PrinterReport(ready=False, low=True, code="cover-open", also=("paper-out",)))


def test_after_a_ticket_that_failed_it_is_told_how_the_printer_is_although_nothing_changed(bench: Bench) -> None:
    bench.started()
    bench.rig.fault("offline")
    bench.until(PrinterReport(ready=False, code="offline"))
    for name in ("A012", "A013"):
        assert bench.print(name) == PrintFailed(name, "offline")
        assert bench.heard.next(PrinterReport) == PrinterReport(ready=False, code="offline")


@pytest.mark.parametrize("fault", ["paper-out", "offline"])
def test_nothing_is_sent_to_a_printer_that_says_it_is_not_ready(bench: Bench, fault: str) -> None:
    bench.started()
    bench.rig.fault(fault)
    assert bench.print("A012") == PrintFailed("A012", fault)
    bench.rig.mend()
    bench.until(READY)
    assert bench.rig.papers() == []


@pytest.mark.req("R190")
@pytest.mark.parametrize("fault", ["paper-out", "cover-open", "cutter"])
def test_a_fault_in_the_middle_fails_the_job_and_nothing_of_it_comes_out_later(bench: Bench, fault: str) -> None:
    bench.started()
    bench.rig.fault(fault, after=150)
    assert bench.print("A012") == PrintFailed("A012", fault)
    bench.until(PrinterReport(ready=False, code=fault, low=fault == "paper-out"))
    bench.rig.mend()
    bench.until(READY)
    assert bench.print("A013") == Printed("A013")
    *spoiled, last = bench.rig.papers()
    assert last == paper(ticket("A013"))
    assert paper(ticket("A012")) not in spoiled


def test_a_printer_that_cannot_forget_has_its_old_paper_cut_off_before_the_next(plain: Bench) -> None:
    plain.started()
    plain.rig.fault("paper-out", after=150)
    assert plain.print("A012") == PrintFailed("A012", "paper-out")
    plain.rig.mend()
    plain.until(READY)
    assert plain.print("A013") == Printed("A013")
    assert plain.rig.papers()[-1] == paper(ticket("A013"))


def test_a_silent_printer_that_never_answered_gets_the_job_and_nobody_knows_what_became_of_it(lined: Bench) -> None:
    lined.rig.fault("silent")
    lined.start()
    lined.until(PrinterReport(ready=False, code="silent"))
    assert lined.print("A012") == PrintUnknown("A012", "silent")
    assert lined.rig.papers() == [paper(ticket("A012"))]


def test_a_printer_that_goes_silent_in_the_middle_is_never_taken_for_done(bench: Bench) -> None:
    bench.started(deadline_seconds=0.3)
    bench.rig.fault("silent", after=100)
    assert bench.print("A012") == PrintUnknown("A012", "silent")
    bench.rig.mend()
    bench.until(READY)
    assert bench.print("A013") == Printed("A013")
    assert bench.rig.papers()[-1] == paper(ticket("A013"))


def test_nothing_is_sent_to_a_printer_that_used_to_answer_and_is_silent(bench: Bench) -> None:
    bench.started()
    bench.rig.fault("silent")
    assert bench.print("A012") == PrintFailed("A012", "silent")
    assert bench.rig.papers() == []


def test_a_printer_that_stops_taking_bytes_costs_the_deadline_and_no_more(bench: Bench) -> None:
    bench.started(deadline_seconds=0.3)
    bench.rig.fault("stuck", after=200)
    began = time.monotonic()
    assert bench.print("A012", ENDLESS) == PrintFailed("A012", "stuck")
    assert time.monotonic() - began < 2.0
    bench.rig.mend()
    bench.until(READY)
    assert bench.print("A013") == Printed("A013")
    assert bench.rig.papers()[-1] == paper(ticket("A013"))


def test_a_printer_unplugged_in_the_middle_and_plugged_in_again_begins_anew(bench: Bench) -> None:
    bench.started(deadline_seconds=1.0)
    bench.rig.fault("unplugged", after=200)
    outcome = bench.print("A012")
    assert isinstance(outcome, PrintFailed | PrintUnknown)
    assert outcome.code == "unplugged"
    failed = bench.heard.next(PartFailed)
    assert isinstance(failed, PartFailed)
    assert (failed.part, failed.code, failed.mender) == ("printer", "unplugged", "staff")
    bench.until(PrinterReport(ready=False, code="unplugged"))
    assert bench.print("A013") == PrintFailed("A013", "unplugged")
    bench.rig.mend()
    assert bench.heard.next(PartMended) == PartMended("printer")
    bench.until(READY)
    assert bench.print("A014") == Printed("A014")
    pieces = bench.rig.papers()
    assert pieces[-1] == paper(ticket("A014"))
    assert not any(b"A013" in piece for piece in pieces)
    assert paper(ticket("A012")) not in pieces


def test_an_idle_printer_that_is_unplugged_is_noticed_and_comes_back_by_itself(bench: Bench) -> None:
    bench.started()
    bench.rig.fault("unplugged")
    bench.heard.next(PartFailed)
    bench.until(PrinterReport(ready=False, code="unplugged"))
    bench.rig.mend()
    bench.heard.next(PartMended)
    bench.until(READY)


def test_closing_frees_the_port_ends_the_thread_and_may_be_done_twice(bench: Bench) -> None:
    bench.started()
    assert bench.printer is not None
    bench.printer.close()
    bench.printer.close()
    assert [thread for thread in threading.enumerate() if thread.name == "kiosk-1 printer"] == []
    bench.started()
    assert bench.print("A012") == Printed("A012")


def test_closing_gives_up_what_is_in_hand_and_what_waits(bench: Bench) -> None:
    bench.started(deadline_seconds=PATIENCE)
    bench.rig.fault("stuck", after=200)
    bench.give("A012", ENDLESS)
    bench.give("A013")
    assert bench.printer is not None
    began = time.monotonic()
    bench.printer.close()
    assert time.monotonic() - began < 1.0
    bench.give("A014")
    outcomes = [event for event in bench.heard.rest() if isinstance(event, OUTCOMES)]
    assert outcomes == [PrintFailed(name, "closed") for name in ("A012", "A013", "A014")]


@pytest.mark.parametrize("kind", ["serial", "usblp", "tcp"])
def test_a_printer_that_is_not_there_at_the_start_is_refused_with_its_name_and_the_mend(
    kind: str, tmp_path: Path
) -> None:
    rig = LINES[kind](tmp_path, Machine())
    rig.close()
    with pytest.raises(PartMissing, match=r"^printer: .*(by-id|lp0|127\.0\.0\.1:\d+).*[Pp]lug"):
        rig.make(Heard().post, 1.0)


def test_an_unknown_model_is_refused_with_what_is_known() -> None:
    with pytest.raises(PartMissing, match=r"no model 'generic-8'.*generic-80.*Did you mean 'generic-80'\?"):
        SimulatedPrinter(Heard().post, PLACE, model="generic-8")
