"""`hallside check` says what is there and what is not, and changes nothing."""

from __future__ import annotations

import io
import json
import socket
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from device.check import check, printer_verdict
from drivers.events import PrinterReport
from tests.config.site import HALL, spoilt, write
from tests.device.stations import DESK, KIOSK, station


def checked(path: Path) -> tuple[int, str]:
    out = io.StringIO()
    return check(path, out), out.getvalue()


def rows(path: Path) -> dict[str, dict[str, str]]:
    """part -> its row in the JSON answer; `link-<device>` where a station has several."""
    out = io.StringIO()
    check(path, out, json=True)
    return {row["part"]: row for row in json.loads(out.getvalue())["parts"]}


def test_a_sound_station_is_said_to_be_sound_part_by_part(tmp_path: Path) -> None:
    code, said = checked(station(tmp_path, DESK))
    assert code == 0
    for device, part in [
        ("window-1", "screen"),
        ("window-1", "sign"),
        ("window-1", "keypad"),
        ("evaluator-1", "lamps"),
    ]:
        (line,) = (line for line in said.splitlines() if line.split()[:2] == [device, part])
        assert line.split()[2] == "OK"


def test_it_changes_nothing(tmp_path: Path) -> None:
    path = station(tmp_path, KIOSK)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
    assert checked(path)[0] == 0
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == before


def test_a_config_with_four_mistakes_tells_all_four_and_exits_78(tmp_path: Path) -> None:
    hall = spoilt(HALL, ('services = ["social"]', 'services = ["socail"]'), ("minutes = 8", 'minutes = "8"'))
    path = write(tmp_path, hall=hall, station=spoilt(KIOSK, ('"simulated"\n[', '"simulatd"\n['), ("data", "dta")))
    code, said = checked(path)
    assert code == 78
    assert said.splitlines()[0] == "4 mistakes in the config; nothing was started"
    assert (
        f"{tmp_path}/hall.toml:25: window[0].services[0]: no service is called 'socail'. Did you mean 'social'?" in said
    )
    assert f"{tmp_path}/hall.toml:14: service[0].minutes: must be a whole number, not '8'. Correct it." in said
    assert f"{path}:2: dta: is not known here. Did you mean 'data'?" in said
    assert "device[0].printer.driver: 'simulatd' is not a driver for this part. Did you mean 'simulated'?" in said


def test_mistakes_come_as_json_too(tmp_path: Path) -> None:
    out = io.StringIO()
    assert check(write(tmp_path, station=spoilt(KIOSK, ("data", "dta"))), out, json=True) == 78
    (mistake,) = json.loads(out.getvalue())["mistakes"]
    assert (mistake["line"], mistake["keys"], mistake["mend"]) == (2, "dta", "Did you mean 'data'?")


def test_missing_hardware_is_named_with_the_path_tried_and_who_mends_it_and_exits_69(tmp_path: Path) -> None:
    port = str(tmp_path / "ttyUSB7")
    change = ('[device.printer]\ndriver = "simulated"', f'[device.printer]\ndriver = "serial"\nport = "{port}"')
    path = station(tmp_path, KIOSK, change)
    code, said = checked(path)
    assert code == 69
    (line,) = (line for line in said.splitlines() if line.startswith("kiosk-1  printer"))
    assert line.split()[2] == "NOW"
    assert port in line
    assert "(technician)" in said
    assert rows(path)["screen"]["word"] == "OK", "the other parts are looked at all the same"


def test_a_driver_whose_package_is_not_installed_is_a_missing_part(tmp_path: Path, mocker: MockerFixture) -> None:
    mocker.patch("device.check.make", side_effect=ImportError("no", name="gpiod"))
    row = rows(station(tmp_path, KIOSK))["printer"]
    assert (row["word"], row["code"]) == ("NOW", "missing")
    assert "the simulated driver needs the Python package gpiod" in row["what"]


def test_a_folder_that_cannot_hold_the_journal_is_missing_and_not_made(tmp_path: Path) -> None:
    path = station(tmp_path, KIOSK, ('data = "var"', 'data = "hall.toml/var"'))
    assert checked(path)[0] == 69
    assert rows(path)["disk"]["what"] == f"{tmp_path}/hall.toml cannot be written"


@pytest.mark.parametrize(("free", "word"), [(2**33, "OK"), (100 * 2**20, "SOON"), (2**20, "NOW")])
def test_a_disk_that_fills_up_is_said_before_it_is_full(
    free: int, word: str, tmp_path: Path, mocker: MockerFixture
) -> None:
    mocker.patch("device.check.shutil.disk_usage").return_value.free = free
    path = station(tmp_path, KIOSK)
    assert rows(path)["disk"]["word"] == word
    assert checked(path)[0] == (69 if word == "NOW" else 0)


def test_a_journal_that_is_none_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    path = station(tmp_path, KIOSK)
    journal = tmp_path / "var" / "journal.db"
    journal.parent.mkdir()
    journal.touch()
    assert rows(path)["disk"]["word"] == "OK", "one that was made and never written"
    journal.write_bytes(b"garbage" * 100)
    row = rows(path)["disk"]
    assert (row["word"], row["code"], row["what"]) == ("NOW", "damaged", f"{journal} is no database")
    assert journal.read_bytes() == b"garbage" * 100


def test_a_broker_that_is_away_is_said_but_is_no_reason_not_to_start(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        path = station(tmp_path, KIOSK, port=port)
        assert (rows(path)["link"]["word"], rows(path)["link"]["code"]) == ("SOON", "refused")
        assert checked(path)[0] == 0
        free.listen()
        assert rows(path)["link"]["word"] == "OK"


def test_a_certificate_that_is_not_there_is_missing(tmp_path: Path) -> None:
    tls = '[broker.tls]\nca = "ca.crt"\ncert = "{device}.crt"\nkey = "{device}.key"'
    path = station(tmp_path, KIOSK, broker=tls)
    assert checked(path)[0] == 69
    assert str(tmp_path / "kiosk-1.crt") in rows(path)["link"]["what"]


def test_of_several_faults_of_a_printer_all_are_told_and_the_first_says_who_mends_it() -> None:
    verdict = printer_verdict("kiosk-1", "serial", PrinterReport(ready=False, code="cutter", also=("paper-out",)))
    assert (verdict.code, verdict.mender) == ("cutter", "technician")
    assert "cutter, paper-out" in verdict.what


@pytest.mark.parametrize(
    ("report", "word", "code", "mender"),
    [
        (PrinterReport(ready=True), "OK", "", ""),
        (PrinterReport(ready=True, low=True), "SOON", "paper-low", "staff"),
        (PrinterReport(ready=False, code="paper-out"), "SOON", "paper-out", "staff"),
        (PrinterReport(ready=False, code="cutter"), "SOON", "cutter", "technician"),
        (PrinterReport(ready=False, code="silent"), "SOON", "silent", "technician"),
        (None, "SOON", "silent", "technician"),
    ],
)
def test_what_a_printer_says_of_itself_goes_to_the_one_who_can_mend_it(
    report: PrinterReport | None, word: str, code: str, mender: str
) -> None:
    verdict = printer_verdict("kiosk-1", "serial", report)
    assert (verdict.word, verdict.code, verdict.mender) == (word, code, mender)
