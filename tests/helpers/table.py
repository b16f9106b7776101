"""The demo's hall on a table (device.table), for scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from config.load import load
from config.schema import Station
from device.demo_hall import write_hall
from device.table import Table


@dataclass(frozen=True)
class Laid:
    """A hall's configs, ready for as many tables as are wanted. pins: staff number -> PIN."""

    configs: Mapping[str, Station]
    pins: Mapping[str, str]


def lay(
    folder: Path, *, windows: tuple[int, ...] = (3, 4), kiosks: int = 1, desks: bool = True, apart: tuple[int, ...] = ()
) -> Laid:
    """The files of a hall, written and read. desks: window and evaluator share a station, as on one Pi.

    apart: windows whose evaluator is a station of its own although the others' are not.
    """
    hall = write_hall(folder, windows=windows, kiosks=kiosks, desks=desks)
    configs = {name: load(path, {}) for name, path in hall.stations.items()}
    for number in apart:
        desk = configs.pop(f"desk-{number}")
        configs |= {device.name: replace(desk, devices=(device,)) for device in desk.devices}
    return Laid(configs, hall.pins)


class HallOnATable(Table):
    """The hall of `lay`, begun at `start`."""

    def __init__(
        self,
        folder: Path,
        start: datetime,
        *,
        windows: tuple[int, ...] = (3, 4),
        kiosks: int = 1,
        desks: bool = True,
        apart: tuple[int, ...] = (),
        seed: int = 1,
    ) -> None:
        laid = lay(folder, windows=windows, kiosks=kiosks, desks=desks, apart=apart)
        super().__init__(laid.configs, start, pins=laid.pins, seed=seed)
