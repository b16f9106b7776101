"""The small hall's files are sound config like any other's."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import load
from device.demo_hall import fresh_pin, write_hall
from device.hall.pins import pin_ok, weak


@pytest.mark.parametrize("desks", [False, True])
@pytest.mark.parametrize("desktop", [None, (1920, 1080), (800, 600)])
def test_every_station_loads_and_each_device_stands_in_one_of_them(
    tmp_path: Path, desks: bool, desktop: tuple[int, int] | None
) -> None:
    files = write_hall(tmp_path, desks=desks, desktop=desktop, windows=(1, 2, 3), kiosks=2, recordings=tmp_path / "out")
    stations = [load(path, {}) for path in files.stations.values()]
    names = [device.name for station in stations for device in station.devices]
    assert len(names) == len(set(names)) == 1 + 2 + 1 + 2 * 3
    benches = {device.name for station in stations if station.bench for device in station.devices}
    assert set(files.benches) <= benches


def test_without_a_desktop_nothing_is_drawn_and_with_one_the_screens_are(tmp_path: Path) -> None:
    for desktop, driver in ((None, "simulated"), ((1920, 1080), "pygame")):
        files = write_hall(tmp_path, desktop=desktop)
        screens = [p.driver for p in load(files.stations["window-3"], {}).devices[0].parts().values()]
        assert screens == [driver, driver]


def test_pins_are_fresh_strong_enough_kept_as_verifiers_and_for_the_owners_eyes(tmp_path: Path) -> None:
    first, second = write_hall(tmp_path / "a"), write_hall(tmp_path / "b")
    assert first.pins.keys() == second.pins.keys()
    assert first.pins != second.pins
    staff = tmp_path / "a" / "staff.toml"
    assert staff.stat().st_mode & 0o077 == 0
    assert not any(pin in staff.read_text() for pin in first.pins.values())
    roster = {person.number: person.pin for person in load(first.stations["coordinator"], {}).staff}
    assert all(pin_ok(pin, roster[number]) for number, pin in first.pins.items())


def test_a_weak_pin_is_thrown_again(monkeypatch: pytest.MonkeyPatch) -> None:
    thrown = iter([111111, 123456, 824193])
    monkeypatch.setattr("device.demo_hall.secrets.randbelow", lambda _: next(thrown))
    assert fresh_pin() == "824193"
    assert weak("111111")
