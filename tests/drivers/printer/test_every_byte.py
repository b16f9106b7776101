"""A process that dies at any byte of a ticket. What a fault at any byte comes to: tests/faults/paper_faults.py (N5)."""

from __future__ import annotations

import pytest

from drivers.escpos_bytes import EscposPen
from drivers.escpos_machine import Machine
from drivers.events import Printed
from drivers.printer_profiles import PROFILES
from screens.document import write
from screens.ticket import void
from tests.drivers.printer.instant import Instant
from tests.drivers.printer.jobs import paper, ticket

OLD, NEW = ticket("A012", lines=2), ticket("A013", lines=2)


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
