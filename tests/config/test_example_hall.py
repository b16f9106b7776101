"""The hall in config/examples is whole: it checks, it starts, and a citizen gets a ticket in it."""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.load import load
from config.schema import Station
from device.processes import Processes
from drivers.bench import ask_bench
from provisioning.ca import issue
from provisioning.examples import FOLDER
from tests.config.example_hall import STATIONS, copy, devices
from tests.helpers.nursery import Nursery
from tests.provisioning.hall_broker import Client, HallBroker, hall_broker

READY_SECONDS = 45.0
BELOW = "hallside/1/longjiang"


@pytest.fixture(scope="module")
def stations() -> list[Station]:
    return [load(FOLDER / f"{name}.toml", {}) for name in STATIONS]


def test_the_example_hall_has_a_coordinator_two_kiosks_two_boards_six_windows_and_six_evaluators(
    stations: list[Station],
) -> None:
    roles = [device.role for station in stations for device in station.devices]
    wanted = {"coordinator": 1, "kiosk": 2, "board": 2, "window": 6, "evaluator": 6}
    assert {role: roles.count(role) for role in set(roles)} == wanted


def test_every_device_the_hall_names_stands_in_exactly_one_station(stations: list[Station]) -> None:
    hall = stations[0].hall
    named = {w.device for w in hall.windows} | {w.evaluator for w in hall.windows}
    named |= {kiosk.device for kiosk in hall.kiosks} | {board.device for board in hall.boards} | {"coordinator"}
    placed = [device.name for station in stations for device in station.devices]
    assert sorted(placed) == sorted(filter(None, named))


def test_no_part_of_the_example_hall_is_simulated(stations: list[Station]) -> None:
    drivers = {part.driver for s in stations for device in s.devices for part in device.parts().values()}
    assert drivers == {"pygame", "serial", "usblp", "gpiod", "rpigpio", "evdev", "sdl"}


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="hall-") as path:  # a short path: sockets lie in it
        yield Path(path)


def test_the_copy_that_is_started_differs_in_nothing_but_its_drivers_and_places(folder: Path) -> None:
    for name, path in copy(folder, 8883).items():
        real, tried = load(FOLDER / f"{name}.toml", {}), load(path, {})
        assert [(d.name, d.role, list(d.parts())) for d in tried.devices] == [
            (d.name, d.role, list(d.parts())) for d in real.devices
        ]
        same: Any = {"hall": {"sessions", "always_open"}, "broker": True}
        assert tried.hall.model_dump(exclude=same) == real.hall.model_dump(exclude=same)


@pytest.mark.timeout(90)
def test_the_whole_hall_starts_over_tls_and_a_citizen_gets_a_ticket(folder: Path, nursery: Nursery) -> None:
    """Eleven processes, seventeen devices with a certificate each, over a Mosquitto with the example's own config."""
    conf = (FOLDER / "mosquitto.conf").read_text("utf-8")
    said: list[str] = []
    with hall_broker(folder, conf) as broker:
        _certify(broker)
        stations = copy(folder, broker.port)
        with Client(broker, "observer") as observer, Processes(folder, said.append, nursery.spawn) as hall:
            observer.subscribe(f"{BELOW}/hall/#")
            for name, path in stations.items():
                hall.start(name, [sys.executable, "-m", "device", "run", "--config", str(path)])
            late = hall.wait_ready(list(stations), READY_SECONDS)
            assert not late, {name: (folder / f"{name}.log").read_text() for name in late}
            _hear(observer, {f"window/{n}": '"state": ?"closed"' for n in range(1, 7)})
            tap = {"device": "kiosk-1", "part": "screen", "do": "tap", "key": "service:social"}
            end = time.monotonic() + 5.0
            while not (answer := ask_bench(folder / "kiosk-1.sock", tap, 5.0))["ok"]:
                assert time.monotonic() < end, answer
                time.sleep(0.02)  # until its printer has said that it is ready
            _hear(observer, {"service/social": '"waiting": ?1'})
        assert said == [], "a process died"
        log = (folder / "log").read_text()
        connected = set(re.findall(r"New client connected from \S+ as (\S+) \(.* u'\1'\)", log))
        assert connected == {*devices(), "observer"}, "somebody did not connect under the name on its certificate"
        assert "Denied" not in log, "the access list forbids something that devices do"
    (ticket,) = (folder / "recordings/tickets/kiosk-1").glob("*.bin")
    assert "A001".encode("gb18030") in ticket.read_bytes()


def _certify(broker: HallBroker) -> None:
    for device in devices():
        made = issue(broker.ca, device, "clientAuth")
        (broker.folder / "tls" / f"{device}.crt").write_text(made.cert)
        (broker.folder / "tls" / f"{device}.key").write_text(made.key)


def _hear(observer: Client, wanted: dict[str, str]) -> None:
    """Wait until below each topic something was heard that fits; each is waited for 5 s at most."""
    missing = dict(wanted)
    while missing:
        kind, what = observer.next()
        assert kind == "heard", (kind, what)
        topic, _, payload = what.partition(" ")
        json.loads(payload)
        key = topic.removeprefix(f"{BELOW}/hall/")
        if key in missing and re.search(missing[key], payload):
            del missing[key]
