"""Config and wire use the same shapes of names, though neither may import the other."""

from __future__ import annotations

import inspect
from typing import Any, get_args

import pytest

from config import parts, shapes
from config.parts import Paper
from config.parts_serial import AnyStrip
from config.schema import ROLE_SECTIONS, SECTIONS, Device, RoleName
from device.contract import messages
from drivers import registry
from drivers.escpos_bytes import PROFILES


@pytest.mark.parametrize(("ours", "wire"), [("NAME", "Name"), ("SERIES", "Series"), ("STAFF", "Staff")])
def test_a_shape_in_a_config_file_is_the_shape_on_the_wire(ours: str, wire: str) -> None:
    (pattern,) = (m for m in get_args(getattr(messages, wire)) if isinstance(m, messages.Pattern))
    assert getattr(shapes, ours) == pattern.regex


def test_every_shape_has_a_sentence_for_people() -> None:
    patterns = {
        shapes.whole(getattr(shapes, name))
        for name in ("NAME", "SERIES", "STAFF", "CLOCKFACE", "MONTH_DAY", "DATE", "LOCAL_TIME", "PHONE", "PIN")
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
    own = {"driver", "roll_metres"} if kind == "printer" else {"driver"}  # the device counts paper, not the driver
    fields = {name: field for name, field in DRIVEN[key].model_fields.items() if name not in own}
    assert set(fields) == {name for name in taken if (kind, name) not in INTERNAL} - {"post", "place"}
    for name, field in fields.items():
        wanted = inspect.Parameter.empty if field.is_required() else field.default
        if wanted is not None and (name, wanted) != ("fullscreen", True):  # a hall's screen is a whole screen
            assert taken[name].default == wanted, name


def test_the_models_of_printers_are_those_the_pen_knows() -> None:
    assert set(get_args(Paper.model_fields["model"].annotation)) == set(PROFILES)
