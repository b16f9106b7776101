"""schema.json is fresh, and says yes and no to the same files as the loader."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from config.generate import FILE, SCENARIO, scenario_text, text
from tests.config.site import COORDINATOR, DESK, HALL, KIOSK, STAFF, spoilt

VALIDATOR = jsonschema.Draft202012Validator(json.loads(FILE.read_text("utf-8")))


def test_the_generated_schema_is_fresh() -> None:
    assert FILE.read_text("utf-8") == text(), "run `python -m config.generate`"


@pytest.mark.parametrize("document", [HALL, KIOSK, DESK, COORDINATOR, STAFF, KIOSK + "[rating]\nseconds = 60\n"])
def test_a_sound_file_fits_the_schema(document: str) -> None:
    assert VALIDATOR.is_valid(tomllib.loads(document))


@pytest.mark.parametrize(
    "document",
    [
        spoilt(HALL, ("series = ", "serie = ")),
        spoilt(KIOSK, ('driver = "simulated"', 'driver = "imagined"')),
        spoilt(KIOSK, ("width_mm = 344", "width_mm = 3")),
        spoilt(STAFF, ("stars = 4", "stars = 40")),
        KIOSK + "[rating]\nsecond = 60\n",
    ],
)
def test_a_spoilt_file_does_not_fit_the_schema(document: str) -> None:
    assert not VALIDATOR.is_valid(tomllib.loads(document))


def test_the_schema_of_scenarios_is_fresh_and_takes_the_shipped_ones() -> None:
    assert SCENARIO.read_text("utf-8") == scenario_text(), "run: python -m config.generate"
    check = jsonschema.Draft202012Validator(json.loads(scenario_text()))
    for file in sorted((Path(__file__).parents[2] / "device" / "simulate" / "scenarios").glob("*.toml")):
        assert list(check.iter_errors(tomllib.loads(file.read_text("utf-8")))) == [], file.name
