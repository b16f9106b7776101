"""The independent pair of eyes: hears everything, writes it down masked, and comes back."""

from __future__ import annotations

import json
from pathlib import Path

from paho.mqtt import publish

from device.contract.codec import encode
from device.contract.messages import AskSignIn, DeviceState, Envelope
from device.demo_watch import Watcher
from tests.helpers.broker import Broker

HALL = "longjiang"
ID = "01940000-0000-7000-8000-000000000001"


def say(broker: Broker, where: str, payload: bytes, *, retain: bool = False) -> None:
    publish.single(f"hallside/1/{HALL}/{where}", payload, 1, retain, broker.host, broker.port)


def sealed(device: str, body: AskSignIn | DeviceState) -> bytes:
    return encode(Envelope(ID, "2026-11-21T09:00:00.000+08:00", "synced", device), body)


def test_a_pin_is_masked_before_it_is_kept_or_written(tmp_path: Path, mosquitto: Broker) -> None:
    with Watcher(mosquitto.host, mosquitto.port, HALL, tmp_path / "events.jsonl") as eyes:
        assert eyes.listening(5)
        say(mosquitto, "window-3/ask", sealed("window-3", AskSignIn("1001", "824193")))
        assert eyes.wait(lambda s: s.type == "ask.sign_in", 5)
        assert "824193" not in str(eyes.heard)
    written = (tmp_path / "events.jsonl").read_text()
    assert "824193" not in written
    assert json.loads(written)["payload"]["pin"] == "***"


def test_what_is_no_message_is_noted_by_its_kind_and_size_alone(tmp_path: Path, mosquitto: Broker) -> None:
    with Watcher(mosquitto.host, mosquitto.port, HALL, tmp_path / "events.jsonl") as eyes:
        assert eyes.listening(5)
        say(mosquitto, "kiosk-1/record", b"Zhang San, 110101199003071234")
        said = eyes.wait(lambda s: s.where == "kiosk-1/record", 5)
    assert said
    assert said.payload == {"malformed": "not-json", "bytes": 29}


def test_a_heartbeat_is_written_as_it_is_and_what_is_not_the_hall_s_by_its_size(
    tmp_path: Path, mosquitto: Broker
) -> None:
    with Watcher(mosquitto.host, mosquitto.port, HALL, tmp_path / "events.jsonl") as eyes:
        assert eyes.listening(5)
        publish.single("other/topic", b"somebody's", 1, False, mosquitto.host, mosquitto.port)
        say(mosquitto, "kiosk-1/state", b"")
        say(mosquitto, "kiosk-1/echo", b'{"type":"echo","n":7}')
        assert eyes.wait(lambda s: s.where == "kiosk-1/echo", 5)
    written = [json.loads(line)["payload"] for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    assert written == [{"not-ours": 10}, "", '{"type":"echo","n":7}']


def test_it_tells_what_the_broker_had_kept_and_can_take_it_away(mosquitto: Broker) -> None:
    state = DeviceState("kiosk", "1", "", "offline")
    say(mosquitto, "kiosk-1/state", sealed("kiosk-1", state), retain=True)
    with Watcher(mosquitto.host, mosquitto.port, HALL, None) as eyes:
        kept = eyes.wait(lambda s: s.where == "kiosk-1/state", 5)
        assert kept
        assert kept.retained
        eyes.forget_retained(5)
    with Watcher(mosquitto.host, mosquitto.port, HALL, None) as eyes:
        assert eyes.listening(5)
        say(mosquitto, "test/end", b"{}")
        assert eyes.wait(lambda s: s.where == "test/end", 5)
        assert [s.where for s in eyes.said()] == ["test/end"]


def test_it_comes_back_when_the_broker_does(mosquitto: Broker) -> None:
    with Watcher(mosquitto.host, mosquitto.port, HALL, None) as eyes:
        assert eyes.listening(5)
        mosquitto.kill()
        mosquitto.start()
        state = sealed("kiosk-1", DeviceState("kiosk", "1", "", "ready"))
        say(mosquitto, "kiosk-1/state", state, retain=True)  # kept, so that it is heard whenever it comes back
        assert eyes.wait(lambda s: s.where == "kiosk-1/state", 5)


def test_waiting_ends_when_nothing_comes_and_begins_where_it_is_told(mosquitto: Broker) -> None:
    with Watcher(mosquitto.host, mosquitto.port, HALL, None) as eyes:
        assert eyes.listening(5)
        say(mosquitto, "a/echo", b"{}")
        assert eyes.wait(lambda s: s.where == "a/echo", 5)
        assert eyes.wait(lambda s: s.where == "a/echo", 0.0, since=1) is None
