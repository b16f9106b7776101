"""The hall of a scenario: its config copied to where it may be changed, with PINs that are known here alone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import tomli_w

from config.load import load
from config.scenario import Scenario
from config.schema import Station
from device.hall.pins import make_pin

COST: Final = 2  # of scrypt: these PINs guard nothing
SALT: Final = b"simulated people"


@dataclass(frozen=True, slots=True)
class Laid:
    """Station -> its config; staff number -> PIN."""

    stations: dict[str, Station]
    pins: dict[str, str]


def lay(scenario: Scenario, named_in: Path, folder: Path) -> Laid:
    """The scenario's hall, in this folder. ConfigErrors, OSError.

    named_in: the scenario's own folder, from which `hall` is a way.
    """
    if scenario.hall:
        return _copied(named_in / scenario.hall, scenario, folder)
    with as_file(files("config") / "examples") as example:
        return _copied(example, scenario, folder)


def _copied(source: Path, scenario: Scenario, folder: Path) -> Laid:
    pins: dict[str, str] = {}
    stations = []
    for file in sorted(source.glob("*.toml")):
        said = tomllib.loads(file.read_text("utf-8"))
        match file.name:
            case "hall.toml":
                said = _merged(said, scenario.set)
            case "staff.toml":
                said = _merged(said, scenario.set_staff)
                for person in said.get("staff", ()):
                    number = str(person["number"])
                    pins[number] = f"pin-of-{number}"
                    person["pin"] = make_pin(pins[number], SALT, COST)
        (folder / file.name).write_text(tomli_w.dumps(said), "utf-8")
        if "device" in said:
            stations.append(file.stem)
    # Without the hash of a config: it counts paths in, and this folder has another name each time.
    return Laid({name: replace(load(folder / f"{name}.toml", {}), hash="") for name in stations}, pins)


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Tables key by key; lists and values whole."""
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
