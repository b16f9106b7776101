"""The demo as a test: every step seen on the wire and in the book, or exit 1 with the step's name."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from paho.mqtt import publish

from device import launch
from device.cli import main
from device.demo_senses import Senses, StepFailed
from device.demo_watch import Watcher
from device.hall_folder import home
from device.processes import Processes
from tests.helpers.broker import Broker
from tests.helpers.nursery import Nursery

STEPS = ["open", "touch", "paper", "signin", "call", "speak", "start", "finish", "rate", "account"]


@pytest.fixture
def forked(nursery: Nursery, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's hall starts quickly; that of `make run` starts as people start it (test_hall_command.py)."""
    monkeypatch.setattr(launch, "Processes", partial(Processes, spawn=nursery.spawn))


@pytest.mark.usefixtures("forked")
@pytest.mark.timeout(60)
def test_one_citizen_goes_all_the_way_and_everything_that_happened_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--once", "--out", str(tmp_path), "--lang", "en"]) == 0
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["ok"]
    assert [step["name"] for step in summary["steps"]] == STEPS
    events = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    assert {"time", "topic", "qos", "retained", "payload"} == set(events[0])
    messages = [event["payload"] for event in events if not event["topic"].endswith("/echo")]
    said = {message["type"] for message in messages}
    assert {
        "ask.number",
        "answer.number",
        "ticket.issued",
        "ticket.printed",
        "hall.call",
        "rating.given",
        "receipt",
    } <= said
    assert [message["pin"] for message in messages if message["type"] == "ask.sign_in"] == ["***"]
    assert b"A001" in (tmp_path / "tickets" / "kiosk-1" / "1.bin").read_bytes()
    assert len((tmp_path / "voice" / "board-1.jsonl").read_text().splitlines()) == 1
    shown = {file.name.split("-", 3)[3] for file in (tmp_path / "screens").glob("*/*.png")}
    assert {"kiosk-home.png", "kiosk-take.png", "board.png", "evaluator-ask.png", "evaluator-thanks.png"} <= shown
    assert capsys.readouterr().out.count("\n") == len(STEPS) + 2
    assert not home().exists()


@pytest.mark.usefixtures("forked")
@pytest.mark.timeout(90)
def test_with_broker_coordinator_and_kiosk_killed_on_the_way_it_still_goes_all_the_way(tmp_path: Path) -> None:
    assert main(["demo", "--once", "--chaos", "--out", str(tmp_path), "--lang", "zh"]) == 0
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["killed"] == ["coordinator", "kiosk-1", "broker"]
    assert len(set(summary["tickets"])) == 2


@pytest.mark.usefixtures("forked")
@pytest.mark.timeout(60)
def test_on_a_broker_that_is_not_ours_nothing_is_killed_or_left_there(
    tmp_path: Path, mosquitto: Broker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nothing_printed(self: Senses, device: str, number: str) -> Path:
        raise StepFailed("paper", f"{number} never came out")

    monkeypatch.setattr(Senses, "paper", nothing_printed)
    words = ["demo", "--once", "--broker", f"127.0.0.1:{mosquitto.port}", "--out", str(tmp_path), "--lang", "en"]
    assert main(words) == 1
    assert "Failed at “paper”: A001 never came out" in capsys.readouterr().out
    assert json.loads((tmp_path / "summary.json").read_text())["failed"]["step"] == "paper"
    assert mosquitto.pid
    assert retained(mosquitto) == []


@pytest.mark.long
@pytest.mark.timeout(60)
def test_a_demo_that_is_stopped_has_not_seen_every_step(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "device", "demo", "--once", "--lang", "en", "--out", str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout
        assert "The hall opens" in demo.stdout.readline()
        demo.send_signal(signal.SIGTERM)
        said = demo.stdout.read()
        assert demo.wait(5) == 1
    assert "it was stopped by hand" in said
    assert "Done" not in said
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert not summary["ok"]
    assert summary["failed"]["why"] == "it was stopped by hand"
    assert not home().exists()


def test_a_broker_that_is_not_there_is_the_first_step_that_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--once", "--broker", "127.0.0.1:1", "--out", str(tmp_path), "--lang", "en"]) == 1
    assert "nobody answers at 127.0.0.1:1" in capsys.readouterr().out
    assert json.loads((tmp_path / "summary.json").read_text())["failed"]["step"] == "open"


def retained(broker: Broker) -> list[str]:
    """What the broker still keeps below hallside/."""
    with Watcher(broker.host, broker.port, "demo", None) as eyes:
        assert eyes.listening(5)
        publish.single("hallside/1/demo/test/end", b"{}", 1, hostname=broker.host, port=broker.port)
        assert eyes.wait(lambda said: said.where == "test/end", 5)  # what is retained comes before it
        return [said.where for said in eyes.said() if said.retained]
