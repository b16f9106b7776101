"""What a serial scanner sends byte by byte, what is missing, and the simulated one's bench."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from drivers import scanner_serial
from drivers.events import PartFailed, Scanned
from drivers.protocols import PartMissing, Place
from drivers.scanner_evdev import EvdevScanner
from drivers.scanner_serial import SerialScanner
from drivers.scanner_simulated import SimulatedScanner
from tests.drivers.display.screens import FakeBench
from tests.drivers.keypad.ports import CODE, bytewise, stroke
from tests.drivers.scanner.scanners import PLACE, Ear, SerialHand, WedgeHand, typed


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "scanner"


@pytest.fixture
def line(path: Path, ear: Ear) -> Iterator[SerialHand]:
    hand = SerialHand(path)
    with closing(SerialScanner(ear.post, PLACE, port=str(path))):
        yield hand


def test_bytes_that_come_one_by_one_are_the_same_code(line: SerialHand, ear: Ear) -> None:
    for byte in bytewise("预约A012\r".encode()):
        line.send(byte)
    assert ear.codes(1) == ["预约A012"]


def test_a_scanner_set_to_chinese_as_at_the_factory_is_understood(line: SerialHand, ear: Ear) -> None:
    line.send("号A012\r".encode("gb18030"))
    assert ear.codes(1) == ["号A012"]


def test_a_torn_code_is_told_after_a_pause_and_does_not_spoil_the_next(line: SerialHand, ear: Ear) -> None:
    line.send(b"hallside:lon")
    assert ear.codes(1) == [""]
    line.send(b"A012\r")
    assert ear.codes(1) == ["A012"]


def test_a_serial_scanner_without_an_ending_ends_with_a_pause(path: Path, ear: Ear) -> None:
    hand = SerialHand(path)
    with closing(SerialScanner(ear.post, PLACE, port=str(path), ends="silence")):
        hand.send("预约A012".encode())
        assert ear.codes(1) == ["预约A012"]


def test_a_wedge_without_an_ending_ends_with_a_pause(path: Path, ear: Ear) -> None:
    hand = WedgeHand(path)
    with closing(EvdevScanner(ear.post, PLACE, path=str(path), grab=False, ends="silence")):
        hand.send(typed("A012"))
        assert ear.codes(1) == ["A012"]


def test_a_line_without_end_fills_no_memory_and_is_one_unreadable_code(line: SerialHand, ear: Ear) -> None:
    for _ in range(20):
        line.send(b"7" * 1000)
    line.send(b"\rA012\r")
    assert ear.codes(2) == ["", "A012"]


def test_a_key_that_is_no_character_spoils_its_code_alone(path: Path, ear: Ear) -> None:
    hand = WedgeHand(path)
    with closing(EvdevScanner(ear.post, PLACE, path=str(path), grab=False)):
        hand.send(typed("a") + stroke(59) + stroke(CODE["enter"]))
        hand.scan("A012")
        assert ear.codes(2) == ["", "A012"]


def test_a_scanner_that_is_not_there_is_missing_with_those_that_are(
    path: Path, ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner_serial, "BY_ID", tmp_path / "by-id")
    with pytest.raises(PartMissing, match="No such file or directory; no serial device is plugged in") as missing:
        SerialScanner(ear.post, PLACE, port=str(path))
    assert missing.value.mender == "staff"
    (tmp_path / "by-id").mkdir()
    (tmp_path / "by-id" / "usb-Newland_NLS-EM20").touch()
    with pytest.raises(PartMissing, match=r"there is \S+/usb-Newland_NLS-EM20\. Plug it in"):
        SerialScanner(ear.post, PLACE, port=str(path))
    with pytest.raises(PartMissing, match=r"scanner: .*no keyboard is plugged in"):
        EvdevScanner(ear.post, PLACE, path=str(path))


def test_a_port_another_program_holds_is_missing(path: Path, ear: Ear, mocker: MockerFixture) -> None:
    busy = OSError(errno.EBUSY, "Device or resource busy")
    mocker.patch("serial.Serial", side_effect=busy)
    with pytest.raises(PartMissing, match="Device or resource busy"):
        SerialScanner(ear.post, PLACE, port=str(path))


# --- simulated -----------------------------------------------------------------------------------------------


def test_the_bench_sees_how_many_codes_were_read_and_never_which(ear: Ear) -> None:
    bench = FakeBench()
    SimulatedScanner(ear.post, Place("kiosk-1", "scanner", bench))
    bench.do("kiosk-1", "scanner", do="scan", text="110101199003077715")
    assert ear.next() == Scanned("110101199003077715")
    assert bench.do("kiosk-1", "scanner", do="look") == {"faults": [], "scans": 1}


def test_nothing_is_read_while_it_is_unplugged_and_pulling_twice_is_one_fault(ear: Ear) -> None:
    bench = FakeBench()
    SimulatedScanner(ear.post, Place("kiosk-1", "scanner", bench))
    for _ in range(2):
        bench.do("kiosk-1", "scanner", do="fault", name="unplugged")
    with pytest.raises(ValueError, match="unplugged; mend it first"):
        bench.do("kiosk-1", "scanner", do="scan", text="A012")
    assert isinstance(ear.next(), PartFailed)
    assert ear.silent()


@pytest.mark.parametrize(
    ("request_", "refusal"),
    [
        (
            {"do": "fault", "name": "paper-out"},
            "a scanner has no fault 'paper-out'; it has babbling, garbage, unplugged",
        ),
        ({"do": "fault", "name": "unpluged"}, "Did you mean 'unplugged'"),
        ({"do": "fault"}, r"which fault\? A scanner has babbling, garbage, unplugged"),
        ({"do": "scan", "text": ""}, "understands `scan`"),
        ({"do": "press"}, "understands `scan`"),
    ],
)
def test_what_cannot_be_done_to_it_is_refused_with_what_can(
    ear: Ear, request_: dict[str, object], refusal: str
) -> None:
    bench = FakeBench()
    SimulatedScanner(ear.post, Place("kiosk-1", "scanner", bench))
    with pytest.raises(ValueError, match=refusal):
        bench.do("kiosk-1", "scanner", **request_)
