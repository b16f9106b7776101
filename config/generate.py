"""Writes schema.json and scenario.schema.json, which help editors to help: `python -m config.generate`.

What defaults.toml fills in need not be written, so it is not required there.
"""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from config.hall import HallConfig
from config.scenario import Scenario
from config.schema import OVERRIDES, StationFile
from config.staff import StaffFile

FILE: Final = Path(__file__).with_name("schema.json")
SCENARIO: Final = Path(__file__).with_name("scenario.schema.json")
FIELD_OF_TABLE: Final = {"hall": "Hall", "broker": "Broker", "numbers": "Numbers", "calls": "Calls",
                         "rating": "Rating", "kiosk_rules": "KioskRules", "calendar": "Calendar", "queue": "Queue",
                         "leave": "Leave", "closing": "Closing", "people": "People", "load": "Load",
                         "voice": "Voice", "cases": "Cases", "power": "Power"}  # fmt: skip


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12: a document is a station's file, a hall's file or a staff list."""
    _, said = models_json_schema([(m, "validation") for m in (StationFile, HallConfig, StaffFile)], by_alias=True)
    defs: dict[str, Any] = said["$defs"]
    given = tomllib.loads(files("config").joinpath("defaults.toml").read_text("utf-8"))
    tables = {key: value for key, value in given.items() if isinstance(value, dict)}
    _spare(defs["StationFile"], set(given) - set(tables))
    _spare(defs["HallConfig"], {t for t in tables if set(defs[FIELD_OF_TABLE[t]]["required"]) <= set(tables[t])})
    for table, name in FIELD_OF_TABLE.items():
        _spare(defs[name], set(tables.get(table, {})))
    for table in OVERRIDES:
        name = FIELD_OF_TABLE[table]
        defs[f"Own{name}"] = {key: value for key, value in defs[name].items() if key != "required"}
        defs["StationFile"]["properties"][table] = {"$ref": f"#/$defs/Own{name}"}
    del defs["Tls"]["properties"]["key_password"]  # a secret stands in no file
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hallside config files",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in ("StationFile", "HallConfig", "StaffFile")],
        "$defs": defs,
    }


def _spare(definition: dict[str, Any], given: set[str]) -> None:
    definition["required"] = [key for key in definition["required"] if key not in given]


def text() -> str:
    """The file as it must be."""
    return json.dumps(schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def scenario_text() -> str:
    """The same for scenario.schema.json. What a scenario takes from another (`like`) need not be written either."""
    said = Scenario.model_json_schema(by_alias=True)
    said["required"] = ["title"]
    said = {"$schema": "https://json-schema.org/draft/2020-12/schema", **said}
    return json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
    SCENARIO.write_text(scenario_text(), "utf-8")
