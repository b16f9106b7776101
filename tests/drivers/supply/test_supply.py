"""A power supply that is too weak is told as the kernel tells it; the real driver and its twin say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from device.contract.messages import FaultBegan, FaultEnded, Record
from device.presence import Presence
from drivers import supply_rpi
from drivers.events import HardwareEvent, PartFailed, PartMended
from drivers.protocols import PartMissing, Place
from drivers.supply_rpi import RpiSupply
from drivers.supply_simulated import SimulatedSupply

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
Worked = tuple[SimpleQueue[HardwareEvent], Callable[[bool], None]]


def sensor(folder: Path, name: str = "rpi_volt") -> Path:
    """The kernel's folder of hwmon devices, the voltage's second."""
    for n, (called, alarm) in enumerate((("cpu_thermal", ""), (name, "0\n"))):
        (folder / f"hwmon{n}").mkdir(parents=True)
        (folder / f"hwmon{n}" / "name").write_text(f"{called}\n")
        if alarm:
            (folder / f"hwmon{n}" / "in0_lcrit_alarm").write_text(alarm)
    return folder / "hwmon1" / "in0_lcrit_alarm"


def write(alarm: Path, *, low: bool) -> None:
    alarm.write_text("1\n" if low else "0\n")


@pytest.fixture(params=["rpi", "simulated"])
def supply(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worked]:
    """What it says, and a way to let its voltage drop and rise."""
    heard: SimpleQueue[HardwareEvent] = SimpleQueue()
    if request.param == "rpi":
        monkeypatch.setattr(supply_rpi, "AGAIN_SECONDS", 0.01)  # a file notifies nobody
        alarm = sensor(tmp_path)
        made: RpiSupply | SimulatedSupply = RpiSupply(
            heard.put, Place("kiosk-1", "supply"), watts=18, path=str(tmp_path)
        )
        yield heard, lambda low: write(alarm, low=low)
    else:
        bench = Bench()
        made = SimulatedSupply(heard.put, Place("kiosk-1", "supply", bench), watts=18)
        yield heard, lambda low: bench.drop(low=low)
    assert made.watts == 18
    made.close()
    made.close()


class Bench:
    act: Callable[[Mapping[str, object]], Mapping[str, object]]

    def drop(self, *, low: bool) -> None:
        self.act({"do": "fault", "name": "undervoltage"} if low else {"do": "mend"})

    def offer(self, device: str, part: str, act: Callable[[Mapping[str, object]], Mapping[str, object]]) -> None:
        self.act = act


@pytest.mark.req("R155")
def test_low_voltage_is_a_fault_once_and_over_when_it_is_over(supply: Worked) -> None:
    heard, drop = supply
    for _ in range(2):
        drop(True)
        low = heard.get(timeout=5)
        assert isinstance(low, PartFailed)
        assert (low.part, low.code, low.mender) == ("supply", "undervoltage", "technician")
        drop(False)
        assert heard.get(timeout=5) == PartMended("supply")
    with pytest.raises(Empty):
        heard.get_nowait()


@pytest.mark.req("R155")
def test_it_is_on_record_and_told_but_the_device_goes_on_working() -> None:
    presence = Presence("kiosk", "1", "", "")
    began: list[Record] = presence.notice(PartFailed("supply", "undervoltage", ""), AT)
    assert began == [FaultBegan("supply", "undervoltage")]
    state = presence.state()
    assert (state.status, [(n.part, n.code, n.urgency) for n in state.faults]) == (
        "ready",
        [("supply", "undervoltage", "soon")],
    )
    assert presence.notice(PartFailed("supply", "undervoltage", ""), AT) == []
    again = Presence("kiosk", "1", "", "")
    assert again.begin({"shell.faults": presence.kept() or ""}) == [FaultEnded("supply", "undervoltage")]
    assert presence.notice(PartMended("supply"), AT) == [FaultEnded("supply", "undervoltage")]
    assert presence.state().faults == ()


def test_without_the_sensor_it_does_not_start_and_says_what_to_do(tmp_path: Path) -> None:
    sensor(tmp_path, "another")
    with pytest.raises(PartMissing, match="no sensor called rpi_volt"):
        RpiSupply(lambda _: None, Place("kiosk-1", "supply"), watts=18, path=str(tmp_path))


def test_a_device_of_that_name_without_an_alarm_is_passed_over(tmp_path: Path) -> None:
    heard: SimpleQueue[HardwareEvent] = SimpleQueue()
    sensor(tmp_path).rename(tmp_path / "in0_lcrit_alarm")
    with pytest.raises(PartMissing):
        RpiSupply(heard.put, Place("kiosk-1", "supply"), watts=18, path=str(tmp_path))
    assert heard.empty()
