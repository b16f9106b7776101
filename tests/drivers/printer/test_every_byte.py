"""Paper = record: a fault at every byte of a ticket, whatever the fault, and never a false word or a stale ticket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drivers.escpos_bytes import EscposPen
from drivers.escpos_machine import Machine
from drivers.events import Printed, PrintFailed, PrintUnknown
from drivers.printer_profiles import PROFILES
from screens.document import write
from screens.ticket import void
from tests.drivers.printer.instant import Instant
from tests.drivers.printer.jobs import paper, ticket

OLD, NEW = ticket("A012", lines=2), ticket("A013", lines=2)
UNSURE = ("unplugged", "stuck", "silent")  # after these, nobody may know


@pytest.fixture(params=[True, False], ids=["forgets when told", "never forgets"])
def instant(request: pytest.FixtureRequest) -> Iterator[Instant]:
    instant = Instant(Machine(fences=request.param, clears=request.param))
    yield instant
    instant.printer.close()


@pytest.mark.parametrize("machine", [Machine(), Machine(fences=False, clears=False)], ids=["clears", "cannot clear"])
def test_a_process_killed_at_any_byte_leaves_nothing_on_the_ticket_after_the_voided_paper(machine: Machine) -> None:
    pen = EscposPen(PROFILES["generic-80"])
    write(void().blocks, pen)
    for after in range(len(OLD)):
        machine.receive(OLD[:after])
        instant = Instant(machine)
        try:
            assert instant.print("void", pen.bytes()) == Printed("void")
            assert instant.print("A013", NEW) == Printed("A013")
        finally:
            instant.printer.close()
        assert "作废".encode("gb18030") in machine.papers[-2], f"byte {after}: the old paper is not voided"
        assert machine.papers[-1] == paper(NEW), f"byte {after}: the next paper is not the next ticket alone"


@pytest.mark.req("R190")
@pytest.mark.parametrize("fault", ["paper-out", "cover-open", "unplugged", "stuck", "silent"])
def test_a_fault_at_any_byte_never_gives_a_false_word_nor_a_stale_ticket(instant: Instant, fault: str) -> None:
    untouched = paper(NEW)
    assert instant.print("A011", ticket("A011")) == Printed("A011")  # it is known by now what the printer can do
    for after in range(1, len(OLD) + 1):
        with instant.hands:
            instant.machine.papers.clear()
            instant.machine.fault(fault, after)
        outcome = instant.print("A012", OLD)
        came_out = paper(OLD) in instant.machine.papers
        if isinstance(outcome, PrintFailed):
            # A printer that stops in the instant after the cut cannot say that it had finished.
            assert not came_out or after == len(OLD), f"byte {after}: failed, and yet it came out whole"
        else:
            assert isinstance(outcome, PrintUnknown), f"byte {after}: the printer had no chance to prove this"
            assert fault in UNSURE, f"byte {after}: the printer said what is wrong"
        instant.recover(fault == "unplugged")
        assert instant.print("A013", NEW) == Printed("A013")
        *before, last = instant.machine.papers
        assert last == untouched, f"byte {after}: the next paper is not the next ticket alone"
        assert not any(b"A013" in piece for piece in before), f"byte {after}: the next ticket came out in pieces"
