"""What a device listens to: its own part of a large hall, and everything that is said to all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from config.load import load
from config.schema import Station
from device.contract.channels import CHANNELS
from device.ears import ears
from drivers.link_memory import matches

EXAMPLE = Path(__file__).parents[2] / "config" / "examples"
BELOW = "hallside/1/longjiang"


def hears(station: Station, device: str, words: str) -> bool:
    found = next(d for d in station.devices if d.name == device)
    return any(matches(topic, f"{BELOW}/{words}") for topic in ears(station, found))


@pytest.fixture(scope="module")
def desk() -> Station:
    return load(EXAMPLE / "desk-1.toml", {})


@pytest.mark.parametrize("device", ["window-1", "evaluator-1"])
def test_a_desk_hears_its_answers_the_notices_its_window_and_whether_the_coordinator_is_there(
    desk: Station, device: str
) -> None:
    for words in (f"{device}/receipt", f"{device}/answer", "hall/notices", "hall/window/1", "coordinator/state"):
        assert hears(desk, device, words), words


def test_a_window_hears_those_beside_it_and_its_own_services_alone(desk: Station) -> None:
    heard = [n for n in range(1, 7) if hears(desk, "window-1", f"hall/window/{n}")]
    assert heard == [1, 2, 3]  # 2 and 3 serve medical as well
    services = ("social", "medical", "business", "tax", "estate")
    assert [s for s in services if hears(desk, "window-1", f"hall/service/{s}")] == ["social", "medical"]
    assert hears(desk, "window-1", "hall/alarms")  # somebody in charge may sit there
    assert not hears(desk, "window-1", "hall/call")


def test_windows_of_one_counter_hear_of_each_other(desk: Station) -> None:
    hall = desk.hall
    counter = [w.model_copy(update={"counter": "east"}) if w.number in (1, 6) else w for w in hall.windows]
    station = replace(desk, hall=hall.model_copy(update={"windows": tuple(counter)}))
    assert hears(station, "window-1", "hall/window/6")


def test_an_evaluator_hears_of_its_own_window_alone(desk: Station) -> None:
    assert [n for n in range(1, 7) if hears(desk, "evaluator-1", f"hall/window/{n}")] == [1]
    assert not any(hears(desk, "evaluator-1", words) for words in ("hall/call", "hall/service/social", "hall/alarms"))


def test_boards_and_kiosks_hear_all_of_the_hall() -> None:
    for file, device in (("board-1.toml", "board-1"), ("kiosk-1.toml", "kiosk-1")):
        station = load(EXAMPLE / file, {})
        for channel in CHANNELS:
            if channel.of_hall:
                assert hears(station, device, channel.name + "/1" * bool(channel.key)), channel.name
