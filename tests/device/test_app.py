"""`hallside run`: real processes, the way systemd starts them."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from device.app import run
from device.demo_hall import write_hall
from device.demo_watch import Said, Watcher
from drivers.bench import ask_bench
from drivers.book_sqlite import read_book
from tests.device.running import SECONDS, look, station, tap
from tests.helpers.broker import Broker
from tests.helpers.nursery import Nursery

pytestmark = pytest.mark.timeout(30)  # real processes on a machine that others use too
BROKEN = """
import sys
from pathlib import Path
from device.app import run
from device.roles.evaluator import Evaluator
from drivers.events import ButtonPressed

sound = Evaluator.handle

def handle(self, event, moment):
    if isinstance(event, ButtonPressed):
        raise LookupError("no such thing")
    return sound(self, event, moment)

Evaluator.handle = handle
sys.exit(run(Path("{config}")))
"""


def test_kiosk_and_coordinator_as_two_processes_over_a_real_mosquitto(
    mosquitto: Broker, hall: Path, nursery: Nursery
) -> None:
    files = write_hall(hall, port=mosquitto.port)
    with (
        Watcher("127.0.0.1", mosquitto.port, files.id, None) as eyes,
        station(files.stations["coordinator"], nursery.spawn) as coordinator,
        station(files.stations["kiosk-1"], nursery.spawn) as kiosk,
    ):
        assert eyes.listening(SECONDS)
        assert eyes.wait(lambda s: s.where == "kiosk-1/answer" and s.type == "answer.block", SECONDS)
        tap(files, "kiosk-1", "service:social")
        assert eyes.wait(lambda s: s.type == "answer.number" and s.payload["outcome"] == "given", SECONDS)
        printed = eyes.wait(lambda s: s.type == "ticket.printed", SECONDS)
        assert printed
        assert eyes.wait(lambda s: covers(s, printed), SECONDS)
        assert kiosk.stop()[0] == 0
        assert eyes.wait(lambda s: s.where == "kiosk-1/state" and s.payload["status"] == "offline", SECONDS)
        assert coordinator.stop()[0] == 0
    types = [json.loads(row.payload)["type"] for row in read_book(hall / "data-coordinator" / "book.db")]
    assert [t for t in types if t != "block.reserved"] == ["number.allotted", "ticket.issued", "ticket.printed"]


def test_killed_coordinator_and_kiosk_lose_and_double_nothing(mosquitto: Broker, hall: Path, nursery: Nursery) -> None:
    spawn = nursery.spawn
    files = write_hall(hall, port=mosquitto.port)
    with Watcher("127.0.0.1", mosquitto.port, files.id, None) as eyes:
        with (
            station(files.stations["coordinator"], spawn) as coordinator,
            station(files.stations["kiosk-1"], spawn) as kiosk,
        ):
            assert eyes.wait(lambda s: s.type == "answer.block", SECONDS)
            coordinator.kill()
            tap(files, "kiosk-1", "service:social")
            assert eyes.wait(lambda s: s.type == "ticket.issued" and s.payload["source"] == "block", SECONDS)
            tap(files, "kiosk-1", "done")
            kiosk.kill()
        with station(files.stations["kiosk-1"], spawn), station(files.stations["coordinator"], spawn):
            assert eyes.wait(lambda s: s.where == "kiosk-1/receipt" and s.payload["upto"] >= 2, SECONDS)
            tap(files, "kiosk-1", "service:social")
            second = eyes.wait(lambda s: s.type == "ticket.printed" and s.payload["seq"] > 2, SECONDS)
            assert second
            assert eyes.wait(lambda s: covers(s, second), SECONDS)
    rows = [json.loads(row.payload) for row in read_book(hall / "data-coordinator" / "book.db")]
    issued = [row["number"] for row in rows if row["type"] == "ticket.issued"]
    assert issued[0] == "A600"
    assert len(issued) == len(set(issued)) == 2


def covers(said: Said, record: Said) -> bool:
    """Whether this is the receipt of that record."""
    return said.where == f"{record.payload['device']}/receipt" and bool(said.payload["upto"] >= record.payload["seq"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_is_gone_within_two_seconds_broker_or_no_broker(hall: Path, number: signal.Signals) -> None:
    files = write_hall(hall, port=1)  # nobody listens there
    with station(files.stations["evaluator-3"]) as evaluator:
        assert look(files, "evaluator-3")["view"] == "evaluator-unknown"
        begun = time.monotonic()
        status, said = evaluator.stop(number)
    assert time.monotonic() - begun < 2.0
    assert (status, said) == (0, "INFO ready: evaluator-3 (evaluator)\n")
    assert not (hall / "evaluator-3.sock").exists()


def test_a_broker_that_hangs_holds_up_nobodys_stop(hall: Path, nursery: Nursery) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections and says nothing
        files = write_hall(hall, port=silent.getsockname()[1], desks=True)
        with station(files.stations["desk-3"], nursery.spawn) as desk:
            begun = time.monotonic()
            assert desk.stop()[0] == 0
    assert time.monotonic() - begun < 2.0


def test_a_config_with_mistakes_starts_nothing_and_is_said_whole(
    hall: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = write_hall(hall)
    config = files.stations["kiosk-1"]
    config.write_text(config.read_text().replace("simulated", "simulted").replace("width_mm", "width_cm"))
    assert run(config) == 78
    said = capsys.readouterr().err
    assert "Did you mean 'simulated'?" in said
    assert "width_cm" in said
    assert not (hall / "data-kiosk-1").exists()


def test_missing_hardware_is_one_line_with_part_path_and_mender(hall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = write_hall(hall)
    config = files.stations["kiosk-1"]
    paper = '[device.printer]\ndriver = "serial"\nport = "/dev/serial/by-id/nothing"'
    config.write_text(config.read_text().replace('[device.printer]\ndriver = "simulated"', paper))
    assert run(config) == 69
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert all(word in said for word in ("printer", "/dev/serial/by-id/nothing", "(technician)"))
    assert not (hall / "kiosk-1.sock").exists()


def test_a_journal_that_is_in_use_is_said_and_not_shared(
    hall: Path, nursery: Nursery, capsys: pytest.CaptureFixture[str]
) -> None:
    files = write_hall(hall, port=1)
    with station(files.stations["evaluator-3"], nursery.spawn):
        other = hall / "other.toml"
        other.write_text(files.stations["evaluator-3"].read_text().replace("evaluator-3.sock", "other.sock"))
        assert run(other) == 74
    assert "journal" in capsys.readouterr().err


def test_a_data_folder_that_cannot_be_made_is_one_line_with_the_mend(
    hall: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = write_hall(hall, port=1)
    (hall / "data-kiosk-1").write_text("a file")
    assert run(files.stations["kiosk-1"]) == 74
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"{hall / 'data-kiosk-1'}: File exists" in said


def test_a_mistake_in_a_role_ends_the_process_without_a_goodbye(hall: Path, mosquitto: Broker) -> None:
    """systemd starts it again before the broker says its will; a goodbye would send people away for nothing."""
    files = write_hall(hall, port=mosquitto.port)
    code = BROKEN.format(config=files.stations["evaluator-3"])
    with Watcher("127.0.0.1", mosquitto.port, files.id, None) as eyes:
        assert eyes.listening(SECONDS)
        with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) as process:
            assert eyes.wait(lambda s: s.where == "evaluator-3/state" and s.payload["status"] == "ready", SECONDS)
            ask_bench(
                hall / "evaluator-3.sock", {"device": "evaluator-3", "part": "buttons", "do": "press", "level": 5}, 5
            )
            _, said = process.communicate(timeout=SECONDS)
        assert process.returncode == 70
        assert "LookupError: no such thing" in said
        assert not any(s.where == "evaluator-3/state" and s.payload["status"] == "offline" for s in eyes.said())
