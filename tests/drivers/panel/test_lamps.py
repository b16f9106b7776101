"""What all lamps promise, whatever drives them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from drivers.protocols import Lamps
from tests.drivers.panel.rigs import Ear, GpiodLampRig, LampRig, RpigpioLampRig, SimulatedLampRig, eventually


@pytest.fixture(params=["gpiod", "rpigpio", "simulated"])
def rig(request: pytest.FixtureRequest) -> LampRig:
    match request.param:
        case "gpiod":
            return GpiodLampRig(request.getfixturevalue("kernel"))
        case "rpigpio":
            return RpigpioLampRig(request.getfixturevalue("rpigpio"))
    return SimulatedLampRig()


@pytest.fixture
def lamps(rig: LampRig, ear: Ear) -> Iterator[Lamps]:
    lamps = rig.make(ear)
    yield lamps
    lamps.close()


def test_lamps_are_dark_at_the_start(rig: LampRig, lamps: Lamps) -> None:
    assert rig.lit() == set()


def test_exactly_the_levels_asked_for_last_are_lit(rig: LampRig, lamps: Lamps, ear: Ear) -> None:
    def ask_and_look(levels: set[int]) -> None:
        lamps.light(frozenset(levels))
        eventually(lambda: rig.lit() == levels, f"exactly {levels} are lit")

    for levels in [{5}, {1, 2, 3, 4, 5}, {2, 3}, set[int](), {1}]:
        ask_and_look(levels)
    assert ear.silent()


@pytest.mark.parametrize("level", [0, 6, -1])
def test_a_level_there_is_not_is_refused_and_nothing_changes(rig: LampRig, lamps: Lamps, level: int) -> None:
    lamps.light(frozenset({4}))
    with pytest.raises(ValueError, match="levels are 1 to 5"):
        lamps.light(frozenset({4, level}))
    eventually(lambda: rig.lit() == {4}, "only level 4 is lit")


def test_closing_twice_leaves_all_dark_and_the_port_free(rig: LampRig, ear: Ear) -> None:
    before = set(threading.enumerate())
    lamps = rig.make(ear)
    lamps.light(frozenset({1, 5}))
    lamps.close()
    lamps.close()
    assert rig.lit() == set()
    assert rig.free()
    assert set(threading.enumerate()) - before == set()
    assert ear.silent()
