"""The paper odometer: counts, warns before the sensor does, and knows a new roll."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from device.contract.codec import read
from device.contract.messages import DeviceState, FaultBegan, FaultEnded, PaperChanged, PaperLow
from device.effects import Began, Effect, Event, Print
from device.moment import Moment
from device.paper_command import changed
from device.roll import KEPT, Roll
from device.roll_note import leave, note, take
from device.seat import Paper, Parts
from drivers.events import KeyPressed, Printed, PrinterReport
from drivers.journal_memory import MemoryJournal
from screens.document import Cut, Document, Line
from tests.device.stations import DESK, KIOSK, station
from tests.helpers.tiny import JOURNAL, TinyStation, nothing

READY = PrinterReport(ready=True)
LOW = PrinterReport(ready=True, low=True)
OUT = PrinterReport(ready=False, code="paper-out", low=True)
OPEN = PrinterReport(ready=False, code="cover-open", also=("paper-out",))
LOST = PrinterReport(ready=False, code="unplugged")


def roll(metres: float = 1.0) -> Roll:
    return Roll(metres, lambda job: float(len(job)))


def due(counted: Roll) -> list[object]:
    records, counted.due = counted.due, []
    return list(records)


def after(*reports: PrinterReport, printed_mm: float = 0.0) -> Roll:
    counted = roll()
    counted.printed_mm = printed_mm
    for report in reports:
        counted.notice(report)
    return counted


def test_a_tenth_before_the_end_a_new_roll_is_asked_for_once_although_the_printer_feels_nothing() -> None:
    counted = roll()
    counted.notice(READY)
    counted.print(bytes(899))
    assert not counted.low
    counted.print(bytes(1))
    assert due(counted) == [PaperLow(by="count")]
    counted.print(bytes(500))
    counted.notice(LOW)
    assert due(counted) == []
    assert counted.low


def test_what_the_printer_feels_is_told_once_a_roll_however_it_flickers() -> None:
    assert due(after(LOW, READY, LOW, READY, LOW)) == [PaperLow(by="sensor")]


def test_paper_after_there_was_none_is_a_new_roll() -> None:
    counted = after(LOW, OUT, OUT, READY, printed_mm=78_400)
    assert due(counted)[-1] == PaperChanged("sensor", 78)
    assert (counted.printed_mm, counted.low) == (0.0, False)
    counted.notice(LOW)
    assert due(counted) == [PaperLow(by="sensor")]


def test_plenty_after_little_with_the_cover_opened_between_is_a_new_roll() -> None:
    assert due(after(LOW, OPEN, READY)) == [PaperLow(by="sensor"), PaperChanged("sensor", 0)]


@pytest.mark.parametrize(
    "reports",
    [
        (READY, OPEN, READY),  # a jam, mended: the open cover made it feel no paper
        (LOW, OPEN, LOW),
        (READY, LOST, READY),
        (READY, PrinterReport(ready=False, code="silent"), READY),
    ],
)
def test_an_open_cover_or_a_lost_line_is_no_new_roll(reports: tuple[PrinterReport, ...]) -> None:
    counted = after(*reports, printed_mm=500)
    assert not any(isinstance(record, PaperChanged) for record in due(counted))
    assert counted.printed_mm == 500


def test_a_roll_changed_while_the_power_was_off_is_noticed_by_what_was_kept() -> None:
    again = roll()
    again.begin(after(OUT, printed_mm=900).kept())
    again.notice(LOST)
    again.notice(READY)
    assert due(again) == [PaperChanged("sensor", 1)]


# --- in a station ----------------------------------------------------------------------------------------------

DOCUMENT = Document("A012", (Line("A012"), Cut()))


class Silent:
    """A printer that takes everything."""

    def print(self, job: str, data: bytes) -> None:
        pass

    def ask(self) -> None:
        pass

    def close(self) -> None:
        pass


def prints_at_a_key(event: Event, _: Moment) -> list[Effect]:
    return [Print("A012", DOCUMENT)] if isinstance(event, KeyPressed) else []


def with_paper(journal: MemoryJournal | None = None) -> tuple[TinyStation, Roll]:
    counted = roll()
    parts = Parts(paper=Paper(Silent(), lambda _: bytes(300), counted))
    return TinyStation({"kiosk-1": ("kiosk", prints_at_a_key)}, {"kiosk-1": parts}, journal), counted


def records(table: TinyStation) -> list[object]:
    return [read(fact.payload)[1] for fact in table.journal.unsent("kiosk-1")]


def test_the_count_is_committed_with_what_became_of_the_ticket_and_lives_through_a_power_cut() -> None:
    table, _ = with_paper()
    table.happen("kiosk-1", KeyPressed("a"))
    table.happen("kiosk-1", Printed("A012"))
    assert '"mm": 300' in table.journal.kept("kiosk-1")[KEPT]
    again, counted = with_paper(table.journal.reopened())
    assert counted.printed_mm == 300
    (began, *_) = again.roles["kiosk-1"].heard
    assert isinstance(began, Began)
    assert "shell.roll" not in began.kept


@pytest.mark.req("R190")
def test_little_paper_stands_in_the_devices_state_as_soon_and_the_device_is_ready() -> None:
    table, _ = with_paper()
    for _ in range(3):
        table.happen("kiosk-1", KeyPressed("a"))
        table.happen("kiosk-1", Printed("A012"))
    table.happen("kiosk-1", OUT)
    table.happen("kiosk-1", READY)
    states = [body for body in table.links["kiosk-1"].bodies() if isinstance(body, DeviceState)]
    assert [(s.status, [(n.part, n.code, n.urgency) for n in s.faults]) for s in states] == [
        ("ready", [("paper", "paper-low", "soon")]),
        ("fault", [("printer", "paper-out", "now"), ("paper", "paper-low", "soon")]),
        ("ready", []),
    ]
    assert [record for record in records(table) if not isinstance(record, FaultBegan | FaultEnded)] == [
        PaperLow(by="count"),
        PaperChanged("sensor", 1),
    ]


@pytest.mark.req("R187")
def test_several_faults_of_one_printer_are_counted_each_by_itself() -> None:
    table = TinyStation({"kiosk-1": ("kiosk", nothing)})
    for report in (OUT, OPEN, PrinterReport(ready=False, code="cutter", also=("cover-open", "paper-out")), READY):
        table.happen("kiosk-1", report)
    assert records(table) == [
        FaultBegan("printer", "paper-out"),
        FaultBegan("printer", "cover-open"),
        FaultBegan("printer", "cutter"),
        FaultEnded("printer", "cutter"),
        FaultEnded("printer", "cover-open"),
        FaultEnded("printer", "paper-out"),
    ]
    states = [body for body in table.links["kiosk-1"].bodies() if isinstance(body, DeviceState)]
    assert [[note.code for note in state.faults] for state in states] == [
        ["paper-out"], ["cover-open", "paper-out"], ["cutter", "cover-open", "paper-out"], [],
    ]  # fmt: skip


def test_several_faults_that_stood_when_the_power_went_are_all_ended_by_a_good_start() -> None:
    table = TinyStation({"kiosk-1": ("kiosk", nothing)}, journal=MemoryJournal(JOURNAL))
    table.happen("kiosk-1", OPEN)
    again = TinyStation({"kiosk-1": ("kiosk", nothing)}, journal=table.journal.reopened())
    assert records(again)[-2:] == [FaultEnded("printer", "cover-open"), FaultEnded("printer", "paper-out")]


# --- a person says so --------------------------------------------------------------------------------------------


def test_a_note_is_taken_once(tmp_path: Path) -> None:
    assert not take(tmp_path, "kiosk-1")
    leave(tmp_path, "kiosk-1")
    assert take(tmp_path, "kiosk-1")
    assert not take(tmp_path, "kiosk-1")
    assert not take(tmp_path / "nowhere", "kiosk-1")


def test_a_technician_says_that_a_new_roll_is_in_and_hears_that_the_station_knows(tmp_path: Path) -> None:
    config = station(tmp_path, KIOSK)
    (tmp_path / "var").mkdir()
    out = io.StringIO()
    assert changed(config, None, out, lambda _: note(tmp_path / "var", "kiosk-1").unlink()) == 0
    assert out.getvalue() == "kiosk-1: a new roll; its paper is counted from nothing\n"


def test_a_station_that_does_not_run_reads_it_later(tmp_path: Path) -> None:
    config = station(tmp_path, KIOSK)
    (tmp_path / "var").mkdir()
    out = io.StringIO()
    assert changed(config, "kiosk-1", out, lambda _: None) == 0
    assert "will read it" in out.getvalue()
    assert take(tmp_path / "var", "kiosk-1")


@pytest.mark.parametrize(
    ("text", "device", "said"),
    [
        (DESK, None, "none of its devices has one"),
        (KIOSK, "kiosk-9", "in this station: kiosk-1"),
        (KIOSK, None, "No such file or directory"),
        (KIOSK.replace('role = "kiosk"', 'role = "chair"'), None, "chair"),
    ],
)
def test_what_cannot_be_noted_is_refused_with_a_sentence(
    tmp_path: Path, text: str, device: str | None, said: str
) -> None:
    out = io.StringIO()
    assert changed(station(tmp_path, text), device, out, lambda _: None) != 0
    assert said in out.getvalue()
