"""Defects of kiosk and printer driver that N5 must find: name -> what is replaced by what."""

from __future__ import annotations

from typing import Any, Final

from device.effects import Effect
from device.roles import kiosk_numbers, kiosk_printing
from device.roles.kiosk import Kiosk
from drivers import printer_talk
from drivers.events import PrinterReport, PrintFailed, PrintUnknown
from drivers.printer_talk import Talk
from drivers.printer_thread import PortPrinter
from tests.faults.paper_tries import READY

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
