"""The demo's hall on a table (device.table), for scenarios."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from unittest.mock import patch

from config.load import load
from config.schema import Station
from device.demo_hall import write_hall
from device.hall import pins
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


@cache
def laid(
    *, windows: tuple[int, ...] = (3, 4), kiosks: int = 1, desks: bool = True, apart: tuple[int, ...] = ()
) -> Laid:
    """The same for tables, which read no file: laid once for all who want this hall. Its PINs take no time."""
    with tempfile.TemporaryDirectory() as folder, patch.object(pins, "N", 2), patch.object(pins, "R", 1):
        return lay(Path(folder), windows=windows, kiosks=kiosks, desks=desks, apart=apart)


class HallOnATable(Table):
    """The hall of `laid`, begun at `start`."""

    def __init__(
        self,
        start: datetime,
        *,
        windows: tuple[int, ...] = (3, 4),
        kiosks: int = 1,
        desks: bool = True,
        apart: tuple[int, ...] = (),
        seed: int = 1,
    ) -> None:
        hall = laid(windows=windows, kiosks=kiosks, desks=desks, apart=apart)
        super().__init__(hall.configs, start, pins=hall.pins, seed=seed)
