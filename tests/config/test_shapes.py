"""Config and wire use the same shapes of names, though neither may import the other."""

from __future__ import annotations

import inspect
import tomllib
from dataclasses import MISSING, fields
from importlib.resources import files
from typing import Any, get_args

import pytest

from config import parts, printer_models, shapes
from config.parts_serial import AnyStrip
from config.schema import ROLE_SECTIONS, SECTIONS, Device, RoleName
from device.contract import messages
from drivers import registry
from drivers.printer_profiles import BOUNDS, PROFILES, Profile


@pytest.mark.parametrize(("ours", "wire"), [("NAME", "Name"), ("SERIES", "Series"), ("STAFF", "Staff")])
def test_a_shape_in_a_config_file_is_the_shape_on_the_wire(ours: str, wire: str) -> None:
    (pattern,) = (m for m in get_args(getattr(messages, wire)) if isinstance(m, messages.Pattern))
    assert getattr(shapes, ours) == pattern.regex


def test_every_shape_has_a_sentence_for_people() -> None:
    patterns = {
        shapes.whole(getattr(shapes, name))
        for name in (
            "NAME",
            "SERIES",
            "STAFF",
            "CLOCKFACE",
            "MONTH_DAY",
            "DATE",
            "LOCAL_TIME",
            "PHONE",
            "RATING_URL",
            "PIN",
        )
    }
    assert patterns == set(shapes.SAYS)


def test_every_role_and_every_section_is_known_to_the_table_of_parts() -> None:
    assert set(get_args(RoleName)) == set(ROLE_SECTIONS)
    assert set(SECTIONS) == set(Device.model_fields) - {"name", "role"}
    assert all(must | may <= set(SECTIONS) for must, may in ROLE_SECTIONS.values())


KINDS: dict[str, Any] = {
    "screen": parts.AnyScreen,
    "printer": parts.AnyPrinter,
    "buttons": parts.AnyButtons,
    "lamps": parts.AnyLamps,
    "keypad": parts.AnyKeypad,
    "scanner": parts.AnyScanner,
    "speaker": parts.AnySpeaker,
    "strip": AnyStrip,
    "supply": parts.AnySupply,
}
DRIVEN = {
    (kind, *get_args(model.model_fields["driver"].annotation)): model
    for kind, union in KINDS.items()
    for model in get_args(get_args(union)[0])
}
INTERNAL = {("printer", "pace")}  # how a driver's thread breathes; for tests, not for halls


def test_the_drivers_a_config_may_name_are_those_that_exist() -> None:
    assert set(DRIVEN) == set(registry.DRIVERS)


@pytest.mark.parametrize("key", sorted(registry.DRIVERS))
def test_a_section_has_the_options_of_its_driver_with_the_same_defaults(key: tuple[str, str]) -> None:
    kind, driver = key
    taken = inspect.signature(registry.find(kind, driver)).parameters
    # The device counts paper and decides how large things are drawn, not the driver.
    own = {"driver", *{"printer": ("roll_metres",), "screen": ("distance_m",)}.get(kind, ())}
    fields = {name: field for name, field in DRIVEN[key].model_fields.items() if name not in own}
    assert set(fields) == {name for name in taken if (kind, name) not in INTERNAL} - {"post", "place"}
    for name, field in fields.items():
        wanted = inspect.Parameter.empty if field.is_required() else field.default
        if wanted is not None and (name, wanted) != ("fullscreen", True):  # a hall's screen is a whole screen
            assert taken[name].default == wanted, name


def test_the_models_of_printers_are_those_the_pen_knows() -> None:
    assert set(printer_models.KNOWN) == set(PROFILES)


def test_a_halls_own_model_is_said_in_the_same_keys_with_the_same_bounds_as_hallsides() -> None:
    ours, theirs = printer_models.PrinterModel.model_fields, {field.name: field for field in fields(Profile)}
    assert ours.keys() == theirs.keys()
    for name, field in ours.items():
        assert theirs[name].default == (MISSING if field.is_required() else field.default), name
        bounds = {type(bound).__name__: bound for bound in field.metadata}
        if "Ge" in bounds:
            assert BOUNDS[name] == (bounds["Ge"].ge, bounds["Le"].le), name
    for said in tomllib.loads(files("drivers").joinpath("printers.toml").read_text("utf-8")).values():
        printer_models.PrinterModel.model_validate(said)
