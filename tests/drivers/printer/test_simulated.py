"""The simulated printer: what its bench can do, and what it leaves in the recordings folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.events import PartFailed, Printed, PrinterReport, PrintFailed, PrintUnknown
from drivers.printer_simulated import SimulatedPrinter
from drivers.protocols import Place
from tests.drivers.printer.jobs import ticket
from tests.drivers.printer.rigs import FAST, HandBench, Heard


class Kiosk:
    """A simulated printer with a bench and a recordings folder, which may live several lives."""

    def __init__(self, folder: Path) -> None:
        self.heard, self.bench, self.folder = Heard(), HandBench(), folder
        self.start()

    def start(self) -> None:
        place = Place("kiosk-1", "printer", self.bench, self.folder)
        self.printer = SimulatedPrinter(self.heard.post, place, deadline_seconds=2.0, pace=FAST)
        self.heard.until(lambda event: event == PrinterReport(ready=True))

    def print(self, name: str) -> object:
        self.printer.print(name, ticket(name))
        return self.heard.next(Printed, PrintFailed, PrintUnknown)

    def tickets(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in (self.folder / "tickets" / "kiosk-1").iterdir()}


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path)
    yield kiosk
    kiosk.printer.close()


def test_each_job_is_kept_as_the_bytes_that_reached_the_port(kiosk: Kiosk) -> None:
    for name in ("A001", "A002"):
        assert kiosk.print(name) == Printed(name)
    assert kiosk.tickets() == {"1.bin": ticket("A001"), "2.bin": ticket("A002")}


def test_numbering_goes_on_after_a_restart(kiosk: Kiosk) -> None:
    kiosk.print("A001")
    kiosk.printer.close()
    kiosk.start()
    kiosk.print("A002")
    assert kiosk.tickets() == {"1.bin": ticket("A001"), "2.bin": ticket("A002")}


def test_of_a_job_that_broke_off_what_came_is_kept(kiosk: Kiosk) -> None:
    kiosk.bench.act({"do": "fault", "name": "unplugged", "after": 100})
    assert kiosk.print("A001") == PrintFailed("A001", "unplugged")
    kiosk.bench.act({"do": "mend"})
    kiosk.heard.until(lambda event: event == PrinterReport(ready=True))
    assert kiosk.print("A002") == Printed("A002")
    assert kiosk.tickets() == {"1.bin": ticket("A001")[:100], "2.bin": ticket("A002")}


def test_nothing_is_kept_of_a_job_that_was_never_sent(kiosk: Kiosk) -> None:
    kiosk.bench.act({"do": "fault", "name": "paper-out"})
    assert kiosk.print("A001") == PrintFailed("A001", "paper-out")
    assert not (kiosk.folder / "tickets").exists()


def test_somebody_looking_sees_faults_and_papers(kiosk: Kiosk) -> None:
    kiosk.print("A001")
    assert kiosk.bench.act({"do": "fault", "name": "paper-low"}) == {"faults": ["paper-low"], "papers": 1, "jobs": 1}
    assert kiosk.bench.act({"do": "fault", "name": "cover-open"})["faults"] == ["cover-open", "paper-low"]
    assert kiosk.bench.act({"do": "mend", "name": "cover-open"})["faults"] == ["paper-low"]
    assert kiosk.bench.act({"do": "look"}) == {"faults": ["paper-low"], "papers": 1, "jobs": 1}
    assert kiosk.bench.act({"do": "mend"})["faults"] == []


@pytest.mark.parametrize(
    ("request_", "refusal"),
    [
        ({"do": "kick"}, "a printer can: fault name"),
        (
            {"do": "fault"},
            "Its faults: broken, cover-open, cutter, offline, overheated, paper-low, paper-out",
        ),
        ({"do": "fault", "name": "fire"}, "no fault 'fire'"),
        ({"do": "fault", "name": "paper-out", "after": "soon"}, "a printer can: fault name"),
        ({"do": "mend", "name": 7}, "a printer can: fault name"),
    ],
)
def test_what_cannot_be_done_to_a_printer_is_refused_with_a_sentence(
    kiosk: Kiosk, request_: dict[str, object], refusal: str
) -> None:
    with pytest.raises(ValueError, match=refusal):
        kiosk.bench.act(request_)


def test_a_recordings_folder_that_cannot_be_written_is_told_with_its_path(kiosk: Kiosk) -> None:
    (kiosk.folder / "tickets").write_text("a file where a folder should be")
    assert isinstance(kiosk.print("A001"), PrintUnknown)
    failed = kiosk.heard.next(PartFailed)
    assert isinstance(failed, PartFailed)
    assert failed.code == "driver-fault"
    assert "tickets" in failed.detail


def test_without_a_recordings_folder_it_prints_and_keeps_nothing() -> None:
    heard = Heard()
    printer = SimulatedPrinter(heard.post, Place("kiosk-1", "printer"), pace=FAST)
    try:
        printer.print("A001", ticket("A001"))
        assert heard.next(Printed) == Printed("A001")
    finally:
        printer.close()


@pytest.mark.parametrize("fault", ["broken", "cover-open", "cutter", "offline", "overheated", "paper-out", "unplugged"])
def test_every_fault_can_be_made_by_its_name_and_is_told_by_that_name(kiosk: Kiosk, fault: str) -> None:
    kiosk.bench.act({"do": "fault", "name": fault})
    report = kiosk.heard.next(PrinterReport)
    assert isinstance(report, PrinterReport)
    assert report.code == fault
    kiosk.bench.act({"do": "mend", "name": fault})
    kiosk.heard.until(lambda event: event == PrinterReport(ready=True))


def test_several_faults_at_once_are_told_at_once(kiosk: Kiosk) -> None:
    for fault in ("paper-low", "paper-out", "cover-open", "cutter"):
        kiosk.bench.act({"do": "fault", "name": fault})
    kiosk.heard.until(
        lambda event: (
            isinstance(event, PrinterReport) and event.conditions == {"paper-low", "paper-out", "cover-open", "cutter"}
        )
    )
