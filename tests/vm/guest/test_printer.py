"""A printer on usblp and one on a USB-serial port: the suite that every printer passes, on cables that are pulled."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from drivers.escpos_machine import Machine
from drivers.events import Printed, PrinterReport, PrintFailed
from tests.drivers.printer.jobs import paper, ticket
from tests.drivers.printer.rigs import LineRig
from tests.drivers.printer.test_contract import *  # noqa: F403  the suite itself
from tests.drivers.printer.test_contract import ENDLESS, READY, Bench
from tests.vm.guest.lines import NOT_ERROR, PAPER_EMPTY, SELECTED, WELL, UsbPrinterLine
from tests.vm.guest.printers import printer_rig

CABLES = ("usblp", "acm")


def rig(request: pytest.FixtureRequest, machine: Machine) -> LineRig:
    return printer_rig(request.getfixturevalue(f"{request.param}_line"), machine)


# What has the suite's own name is here in its place.
# mypy: disable-error-code="no-redef"


@pytest.fixture(params=CABLES)
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    bench = Bench(rig(request, Machine()))
    yield bench
    bench.close()


@pytest.fixture
def lined(bench: Bench) -> Bench:
    return bench


@pytest.fixture(params=CABLES)
def plain(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """A printer that knows neither GS r nor DLE DC4, as many do."""
    bench = Bench(rig(request, Machine(fences=False, clears=False)))
    yield bench
    bench.close()


def test_a_printer_that_stops_taking_bytes_costs_the_deadline_and_no_more(bench: Bench) -> None:
    """The kernel holds 8 to 16 KB more than a pty, which come out when it is mended: that takes longer here."""
    bench.started(deadline_seconds=0.5)
    bench.rig.fault("stuck", after=200)
    began = time.monotonic()
    assert bench.print("A012", ENDLESS) == PrintFailed("A012", "stuck")
    assert time.monotonic() - began < 4.0
    seen = len(bench.heard.rest())
    bench.rig.mend()
    assert bench.printer is not None
    bench.printer.ask()
    bench.heard.until(lambda event: event == READY or READY in bench.heard.events[seen:])
    assert bench.print("A013") == Printed("A013")
    assert bench.rig.papers()[-1] == paper(ticket("A013"))


def test_what_a_printer_without_words_says_through_its_usb_port_is_heard(usblp_line: UsbPrinterLine) -> None:
    bench = Bench(printer_rig(usblp_line, Machine()))
    bench.rig.fault("silent")
    bench.start()
    bench.until(PrinterReport(ready=False, code="silent"))  # a port that is well proves nothing
    usblp_line.port_status(SELECTED | PAPER_EMPTY)
    bench.until(PrinterReport(ready=False, code="paper-out"))
    assert bench.print("A012") == PrintFailed("A012", "paper-out")
    usblp_line.port_status(NOT_ERROR)
    bench.until(PrinterReport(ready=False, code="offline"))
    usblp_line.port_status(WELL)
    bench.rig.mend()
    bench.until(READY)
    bench.close()
    assert bench.rig.papers() == []
