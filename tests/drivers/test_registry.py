"""The table of drivers: every row is real, and every constructor has the one shape the composition root relies on."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from drivers import registry
from drivers.events import HardwareEvent
from drivers.protocols import Place

ROWS = sorted(registry.DRIVERS)
PROMISES = {
    "printer": ["print", "ask", "close"],
    "screen": ["canvas", "flip", "pump", "close", "size", "pump_seconds"],
    "buttons": ["close"],
    "lamps": ["light", "close"],
    "keypad": ["close"],
    "scanner": ["close"],
    "speaker": ["say", "close"],
    "strip": ["show", "close"],
    "supply": ["close"],
}


def nobody(event: HardwareEvent) -> None:
    raise AssertionError(f"nothing was made, yet {event} was posted")


@pytest.mark.parametrize(("kind", "driver"), ROWS)
def test_every_row_imports_and_has_what_its_kind_promises(kind: str, driver: str) -> None:
    made = registry.find(kind, driver)
    assert inspect.isclass(made)
    assert [name for name in PROMISES[kind] if not hasattr(made, name)] == []


@pytest.mark.parametrize(("kind", "driver"), ROWS)
def test_every_constructor_takes_post_and_place_and_then_only_named_options(kind: str, driver: str) -> None:
    post, place, *rest = inspect.signature(registry.find(kind, driver)).parameters.values()
    assert (post.name, place.name) == ("post", "place")
    assert {option.kind for option in rest} <= {inspect.Parameter.KEYWORD_ONLY}
    assert registry.options(kind, driver) == {option.name for option in rest}


@pytest.mark.parametrize("kind", sorted(PROMISES))
def test_every_kind_of_part_can_be_had_simulated(kind: str) -> None:
    assert "simulated" in registry.drivers_of(kind)


def test_an_unknown_driver_is_refused_with_what_is_known_and_what_was_meant() -> None:
    with pytest.raises(registry.UnknownDriver) as refusal:
        registry.make("printer", "seriel", nobody, Place("kiosk-1", "printer"))
    assert str(refusal.value) == (
        "there is no printer driver 'seriel'; known are serial, usblp, tcp, simulated. Did you mean 'serial'?"
    )


def test_an_unknown_kind_is_refused_with_what_is_known() -> None:
    with pytest.raises(registry.UnknownDriver, match=r"no part called 'buttens'.*Did you mean 'buttons'\?"):
        registry.make("buttens", "gpiod", nobody, Place("kiosk-1", "buttens"))


def test_no_guess_is_offered_where_nothing_is_near() -> None:
    with pytest.raises(registry.UnknownDriver) as refusal:
        registry.find("speaker", "xyzzy")
    assert str(refusal.value) == "there is no speaker driver 'xyzzy'; known are sdl, simulated"


def test_the_table_alone_imports_no_hardware_package() -> None:
    code = (
        "import sys, drivers.registry\n"
        "hardware = {'gpiod', 'serial', 'escpos', 'pygame', 'RPi', 'lgpio', 'paho', 'pymodbus'} & set(sys.modules)\n"
        "raise SystemExit(f'imported {hardware}' if hardware else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
