"""The paper runs out under a citizen's ticket, in a whole hall."""

from __future__ import annotations

import pytest

from device.contract.messages import TicketIssued, TicketPrinted, TicketPrintFailed
from device.moment import HALL_TIME
from device.table_parts import TablePrinter
from screens.document import Document, Line
from screens.views import KioskHome, KioskNoPaper, KioskSorry, KioskTake
from tests.helpers.table import HallOnATable
from tests.roles.stage import MORNING


def marked(sheet: Document) -> bool:
    return any(isinstance(block, Line) and "重印" in block.text for block in sheet.blocks)


def out_of_paper(hall: HallOnATable) -> TablePrinter:
    """Somebody takes a number at the first kiosk, and its printer is out of paper."""
    hall.pass_time(2)
    printer = hall.parts("kiosk-1").printer
    assert printer is not None
    hall.tap("kiosk-1", "service:social")
    printer.set_fault("paper-out")
    hall.pass_time(1)
    return printer


@pytest.mark.req("R150", "R190")
def test_the_number_is_told_at_once_the_other_kiosk_works_on_and_one_marked_ticket_follows() -> None:
    hall = HallOnATable(MORNING.astimezone(HALL_TIME), kiosks=2)
    printer = out_of_paper(hall)
    told = hall.view("kiosk-1")
    assert isinstance(told, KioskNoPaper)
    assert (told.number, told.sure) == ("A001", True)
    hall.pass_time(40)
    sorry = hall.view("kiosk-1")
    assert isinstance(sorry, KioskSorry)
    assert (sorry.why, len(sorry.others)) == ("paper", 1)
    assert isinstance(hall.view("kiosk-2"), KioskHome)
    hall.tap("kiosk-2", "service:social")
    hall.pass_time(60)
    printer.set_fault("")
    hall.pass_time(1)
    take = hall.view("kiosk-1")
    assert isinstance(take, KioskTake)
    assert take.number == "A001"
    assert [marked(sheet) for sheet in printer.sheets] == [True]
    kinds = TicketIssued | TicketPrinted | TicketPrintFailed
    records = [record for record in hall.records() if isinstance(record, kinds)]
    first = [type(record) for record in records if record.ticket[9:] == "A001"]
    assert first == [TicketIssued, TicketPrintFailed, TicketPrinted]
    assert [record.number for record in records if isinstance(record, TicketIssued)] == ["A001", "A002"]
    hall.pass_time(60)
    assert isinstance(hall.view("kiosk-1"), KioskHome)


def test_the_power_goes_while_paper_is_out_and_the_ticket_is_owed_all_the_same() -> None:
    hall = HallOnATable(MORNING, kiosks=1)
    out_of_paper(hall)
    hall.cut_power("kiosk-1")
    hall.pass_time(60)
    hall.boot("kiosk-1")  # with a new roll in
    hall.pass_time(3)
    printer = hall.parts("kiosk-1").printer
    assert printer is not None
    assert [sheet.name for sheet in printer.sheets] == ["void", "A001"]
    assert marked(printer.sheets[1])
