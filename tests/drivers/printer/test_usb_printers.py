"""Finding the printer that a config means among those that are plugged in now."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.escpos_machine import Machine
from drivers.events import PartMended, Printed, PrinterReport
from drivers.printer_port import PortGone
from drivers.printer_usblp import UsblpPrinter
from drivers.usb_printers import usb_path, usb_printers
from tests.drivers.printer.jobs import paper, ticket
from tests.drivers.printer.rigs import FAST, PLACE, Heard, LineRig, PtyLine

POS = {"idVendor": "0416", "idProduct": "5011", "manufacturer": "STMicroelectronics", "product": "POS80"}
EPSON = {"idVendor": "04b8", "idProduct": "0e15", "serial": "A7"}


def plug(root: Path, name: str, port: str, said: dict[str, str]) -> None:
    """As sysfs has it: the class's entry names the interface, whose parent is the device."""
    device = root / "devices" / port
    (device / f"{port}:1.0").mkdir(parents=True)
    for attribute, text in said.items():
        (device / attribute).write_text(f"{text}\n")
    entry = root / "class" / name
    entry.mkdir(parents=True)
    (entry / "device").symlink_to(device / f"{port}:1.0")


def find(root: Path, wanted: str) -> Path:
    return usb_path(wanted, root / "class", Path("/dev"))


def test_the_only_one_is_found_wherever_it_is(tmp_path: Path) -> None:
    plug(tmp_path, "lp3", "1-1.2", POS)
    assert find(tmp_path, "auto") == Path("/dev/usb/lp3")
    assert find(tmp_path, "usb:0416:5011") == Path("/dev/usb/lp3")


def test_of_several_the_one_with_these_identities_is_found(tmp_path: Path) -> None:
    plug(tmp_path, "lp0", "1-1.1", POS)
    plug(tmp_path, "lp1", "1-1.2", EPSON)
    plug(tmp_path, "lp2", "1-1.3", {**EPSON, "serial": "A71"})
    assert find(tmp_path, "usb:0416:5011") == Path("/dev/usb/lp0")
    assert find(tmp_path, "usb:04b8:0e15:A7") == Path("/dev/usb/lp1")
    told = r"usb:04b8:0e15: several fit; there is /dev/usb/lp0 \(usb:0416:5011, STM.* POS80\), "
    with pytest.raises(PortGone, match=told):
        find(tmp_path, "usb:04b8:0e15")
    with pytest.raises(PortGone, match=r"auto: several fit; .*/dev/usb/lp2 \(usb:04b8:0e15:A71\)"):
        find(tmp_path, "auto")


def test_when_none_fits_it_is_said_what_there_is(tmp_path: Path) -> None:
    for wanted in ("auto", "usb:0416:5011"):
        with pytest.raises(PortGone, match=f"{wanted}: no printer fits; there is no USB printer"):
            find(tmp_path, wanted)
    plug(tmp_path, "lp1", "1-1.2", EPSON)
    with pytest.raises(PortGone, match=r"/dev/usb/lp9: No such file or directory; there is /dev/usb/lp1"):
        find(tmp_path, "/dev/usb/lp9")


def test_a_printer_that_goes_while_it_is_looked_at_is_left_out(tmp_path: Path) -> None:
    plug(tmp_path, "lp1", "1-1.2", POS)
    (tmp_path / "class" / "lp0").mkdir()
    assert [str(one.path) for one in usb_printers(tmp_path / "class")] == ["/dev/usb/lp1"]


def test_a_printer_that_comes_back_under_another_number_is_opened_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lp0").mkdir()
    (tmp_path / "lp1").mkdir()
    lines = [PtyLine(tmp_path / name / "lp") for name in ("lp0", "lp1")]
    now = [lines[0]]
    monkeypatch.setattr("drivers.printer_usblp.usb_path", lambda _: now[0].name)
    heard, ready = Heard(), PrinterReport(ready=True)

    def make(post: object, deadline: float) -> UsblpPrinter:
        return UsblpPrinter(heard.post, PLACE, path="auto", deadline_seconds=deadline, pace=FAST)

    first = LineRig(lines[0], make, Machine())
    printer = first.make(heard.post, 2.0)
    second: LineRig | None = None
    try:
        heard.until(lambda event: event == ready)
        first.fault("unplugged")
        heard.until(lambda event: event == PrinterReport(ready=False, code="unplugged"))
        second = LineRig(lines[1], make, Machine())
        now[0] = lines[1]
        heard.next(PartMended)
        heard.until(lambda event: event == ready)
        printer.print("A012", ticket("A012"))
        assert heard.next(Printed) == Printed("A012")
        assert second.papers() == [paper(ticket("A012"))]
    finally:
        printer.close()
        first.close()
        if second is not None:
            second.close()
