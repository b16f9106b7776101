"""`hallside selftest`: every part shows itself to a person, who here works the bench of simulated parts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.load import load
from device.contract.codec import read
from device.contract.messages import SelftestDone
from device.selftest import selftest
from drivers.journal_sqlite import SqliteJournal
from tests.config.site import spoilt, write
from tests.device.attentive import LEVEL, Person, tried
from tests.device.stations import DESK, KIOSK, station
from tests.provisioning.hall_broker import HallBroker, hall_broker

WAITED = 0.2  # seconds for a press that will not come


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallBroker]:
    with hall_broker(tmp_path_factory.mktemp("broker")) as running:
        yield running


def certified(broker: HallBroker, *devices: str) -> str:
    """The [broker.tls] of a station whose devices have certificates of this broker's authority."""
    from provisioning.ca import issue

    for device in devices:
        made = issue(broker.ca, device, "clientAuth")
        (broker.folder / f"{device}.crt").write_text(made.cert)
        (broker.folder / f"{device}.key").write_text(made.key)
    folder = broker.folder
    return f'[broker.tls]\nca = "{broker.ca}/ca.crt"\ncert = "{folder}/{{device}}.crt"\nkey = "{folder}/{{device}}.key"'


def test_a_desk_whose_person_does_as_told_is_ok_in_every_part_and_on_the_line(
    tmp_path: Path, broker: HallBroker
) -> None:
    tls = certified(broker, "window-1", "evaluator-1")
    path = station(tmp_path, DESK, port=broker.port, broker=tls)
    code, rows = tried(path, Person(tmp_path / "b.sock"))
    assert {key: row["word"] for key, row in rows.items()} == dict.fromkeys(
        [
            ("", "disk"),
            ("window-1", "screen"),
            ("window-1", "sign"),
            ("window-1", "keypad"),
            ("window-1", "link"),
            ("evaluator-1", "buttons"),
            ("evaluator-1", "lamps"),
            ("evaluator-1", "link"),
        ],
        "OK",
    )
    assert code == 0
    assert "each found by its light" in rows["evaluator-1", "lamps"]["what"]


@pytest.mark.req("R002")
def test_a_kiosk_prints_speaks_shows_and_is_touched(tmp_path: Path) -> None:
    code, rows = tried(station(tmp_path, KIOSK), Person(tmp_path / "b.sock"))
    shown = {part: rows["kiosk-1", part]["word"] for part in ("printer", "speaker", "screen", "scanner")}
    assert shown == {"printer": "OK", "speaker": "OK", "screen": "OK", "scanner": "OK"}
    assert (rows["kiosk-1", "link"]["code"], code) == ("refused", 1)
    page = (tmp_path / "recordings/tickets/kiosk-1/1.bin").read_bytes()
    assert "自检".encode("gb18030") in page
    assert list((tmp_path / "recordings/screens/kiosk-1").glob("*SelfTest.png"))


def test_the_result_can_be_read_as_lines(tmp_path: Path) -> None:
    out = io.StringIO()
    assert selftest(station(tmp_path, KIOSK), out, say=Person(tmp_path / "b.sock")) == 1
    lines = out.getvalue().splitlines()
    assert lines[-1] == "The whole: NOW"
    (printer,) = (line for line in lines if line.startswith("kiosk-1  printer"))
    assert printer.split()[2] == "OK"


def idle(text: str) -> dict[str, Any] | None:
    """Nobody is there."""
    return None


def test_a_scanner_before_which_nobody_holds_anything_is_now(tmp_path: Path) -> None:
    _, rows = tried(station(tmp_path, KIOSK), Person(tmp_path / "b.sock", idle), seconds=WAITED)
    assert rows["kiosk-1", "scanner"]["code"] == "not-scanned"


def test_when_nobody_presses_or_touches_the_part_is_now_and_it_ends_in_time(tmp_path: Path) -> None:
    _, rows = tried(station(tmp_path, DESK), Person(tmp_path / "b.sock", idle), seconds=WAITED)
    assert rows["evaluator-1", "buttons"]["code"] == "not-pressed"
    assert rows["window-1", "keypad"]["code"] == "not-pressed"
    assert rows["evaluator-1", "lamps"]["word"] == "OK", "nobody said that they were dark"


@pytest.mark.req("R014", "R226")
def test_the_result_is_in_the_journal_of_every_device_and_travels_later(tmp_path: Path) -> None:
    path = station(tmp_path, DESK)
    tried(path, Person(tmp_path / "b.sock"))
    journal = SqliteJournal(load(path).data / "journal.db")
    facts = [fact for device in ("window-1", "evaluator-1") for fact in journal.unsent(device)]
    journal.close()
    done = [read(fact.payload)[1] for fact in facts]
    assert [body.verdict for body in done if isinstance(body, SelftestDone)] == ["NOW", "NOW"]  # there is no broker
    assert all("disk OK" in body.parts for body in done if isinstance(body, SelftestDone))


def test_a_station_that_runs_keeps_its_journal_and_the_self_test_says_so(tmp_path: Path) -> None:
    path, person = station(tmp_path, DESK), Person(tmp_path / "b.sock")
    load(path).data.mkdir(parents=True, exist_ok=True)
    running = SqliteJournal(load(path).data / "journal.db")
    tried(path, person)
    assert "not in the journal" in person.getvalue()
    assert running.unsent("window-1") == []
    running.close()


def test_crossed_wires_are_found(tmp_path: Path) -> None:
    bench = tmp_path / "b.sock"

    def crossed(text: str) -> dict[str, Any] | None:
        found = LEVEL.search(text)
        level = {"5": 4, "4": 5}.get(found[1], int(found[1])) if found else 0
        return {"device": "evaluator-1", "part": "buttons", "do": "press", "level": level} if found else None

    code, rows = tried(station(tmp_path, DESK), Person(bench, crossed), seconds=WAITED)
    row = rows["evaluator-1", "buttons"]
    assert (row["word"], row["code"], code) == ("NOW", "another", 1)
    assert row["what"] == "button 5 非常满意 was asked for, 4 answered"


@pytest.mark.long
def test_a_touch_beside_the_square_is_told_with_where_it_came(tmp_path: Path) -> None:
    bench = tmp_path / "b.sock"

    def beside(text: str) -> dict[str, Any] | None:
        touch = {"device": "kiosk-1", "part": "screen", "do": "touch", "x": 320, "y": 5}
        return touch if "touch the square" in text else None

    _, rows = tried(station(tmp_path, KIOSK), Person(bench, beside))
    assert rows["kiosk-1", "screen"]["code"] == "beside"
    assert rows["kiosk-1", "screen"]["what"] == "a touch on top-left came at 320, 5"


@pytest.mark.parametrize(
    ("fault", "word", "code", "mender"),
    [
        ("paper-out", "NOW", "paper-out", "staff"),
        ("cover-open", "NOW", "cover-open", "staff"),
        ("paper-low", "SOON", "paper-low", "staff"),
    ],
)
def test_a_printer_that_is_not_well_says_why_and_who_mends_it(
    tmp_path: Path, fault: str, word: str, code: str, mender: str
) -> None:
    bench = tmp_path / "b.sock"

    def breaks(text: str) -> dict[str, Any] | None:
        broken = {"device": "kiosk-1", "part": "printer", "do": "fault", "name": fault}
        return broken if "prints a test page" in text else None

    _, rows = tried(station(tmp_path, KIOSK), Person(bench, breaks), seconds=WAITED)
    row = rows["kiosk-1", "printer"]
    assert (row["word"], row["code"], row["mender"]) == (word, code, mender)


def test_what_a_person_did_not_see_or_hear_is_now_whatever_the_part_says(tmp_path: Path) -> None:
    asked: list[str] = []

    def no(question: str) -> bool:
        asked.append(question)
        return False

    bench = tmp_path / "b.sock"
    _, rows = tried(station(tmp_path, KIOSK), Person(bench), confirm=no)
    assert {rows["kiosk-1", part]["code"] for part in ("printer", "speaker", "screen")} == {"not-seen"}
    assert len(asked) == 3
    buttons = '[device.buttons]\ndriver = "simulated"\n'
    only_lamps = spoilt(DESK, (buttons, f"[device.screen]\n{DESK.split('[device.screen]')[1].split('[')[0]}"))
    _, rows = tried(station(tmp_path, only_lamps), Person(bench), confirm=no)
    assert rows["evaluator-1", "lamps"]["code"] == "not-seen"


def test_a_part_that_is_not_there_is_now_and_the_others_are_tested(tmp_path: Path) -> None:
    change = ('[device.printer]\ndriver = "simulated"', '[device.printer]\ndriver = "usblp"\npath = "/dev/usb/lp99"')
    code, rows = tried(station(tmp_path, KIOSK, change), Person(tmp_path / "b.sock"))
    assert (rows["kiosk-1", "printer"]["code"], code) == ("missing", 1)
    assert "/dev/usb/lp99" in rows["kiosk-1", "printer"]["what"]
    assert rows["kiosk-1", "speaker"]["word"] == "OK"


def test_a_running_stations_bench_is_not_taken_away(tmp_path: Path) -> None:
    (tmp_path / "b.sock").write_text("not ours")
    code, rows = tried(station(tmp_path, KIOSK), Person(tmp_path / "b.sock", idle))
    assert (code, rows["", "bench"]["code"]) == (1, "missing")
    assert (tmp_path / "b.sock").read_text() == "not ours"


def test_a_config_with_mistakes_exits_78_before_anything_moves(tmp_path: Path) -> None:
    out = io.StringIO()
    assert selftest(write(tmp_path, station=spoilt(KIOSK, ("data", "dta"))), out) == 78
    assert "Did you mean 'data'?" in out.getvalue()
    assert not (tmp_path / "recordings").exists()
