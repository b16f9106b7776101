"""What all buttons promise, whatever drives them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from drivers.events import ButtonPressed, ButtonsUnclear, HardwareEvent, PartFailed, PartMended
from drivers.protocols import Buttons
from tests.drivers.panel.rigs import (
    ButtonRig,
    Ear,
    GpiodButtonRig,
    RpigpioButtonRig,
    SimulatedButtonRig,
    eventually,
)


@pytest.fixture(params=["gpiod", "rpigpio", "simulated"])
def rig(request: pytest.FixtureRequest) -> ButtonRig:
    match request.param:
        case "gpiod":
            return GpiodButtonRig(request.getfixturevalue("kernel"))
        case "rpigpio":
            return RpigpioButtonRig(request.getfixturevalue("rpigpio"))
    return SimulatedButtonRig()


@pytest.fixture
def buttons(rig: ButtonRig, ear: Ear) -> Iterator[Buttons]:
    buttons = rig.make(ear)
    yield buttons
    buttons.close()


def press_until_heard(rig: ButtonRig, ear: Ear, level: int) -> HardwareEvent:
    """Press and let go, as often as it takes until anything is heard (an earlier release needs time to settle)."""
    for _ in range(50):
        rig.down(level)
        try:
            return ear.next(within=0.1)
        except AssertionError:
            continue
        finally:
            rig.up(level)
    raise AssertionError("nothing was heard")


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_button_is_heard_once_a_press_as_its_own_level(
    rig: ButtonRig, buttons: Buttons, ear: Ear, level: int
) -> None:
    rig.down(level)
    assert ear.next() == ButtonPressed(level)
    rig.up(level)
    # Anything heard between (of the bouncing of either edge) would come before the other button's press.
    other = level % 5 + 1
    assert press_until_heard(rig, ear, other) == ButtonPressed(other)


@pytest.mark.req("R142")
def test_another_button_is_ignored_while_the_first_is_down(rig: ButtonRig, buttons: Buttons, ear: Ear) -> None:
    rig.down(5)
    assert ear.next() == ButtonPressed(5)
    rig.down(1)
    rig.up(1)
    rig.up(5)
    assert press_until_heard(rig, ear, 2) == ButtonPressed(2)


@pytest.mark.req("R142")
def test_two_buttons_at_once_are_no_press_and_the_next_one_alone_is(rig: ButtonRig, buttons: Buttons, ear: Ear) -> None:
    for _ in range(50):  # on a machine that stalls between the two fingers they are not at once
        rig.down(5)
        rig.down(1)
        heard = ear.next()
        rig.up(1)
        rig.up(5)
        if heard == ButtonsUnclear((5, 1)):
            break
        assert heard == ButtonPressed(5)
        assert press_until_heard(rig, ear, 2) == ButtonPressed(2)  # the release of 5 has settled; sooner is a bounce
    else:
        pytest.fail("never at once")
    assert press_until_heard(rig, ear, 2) == ButtonPressed(2)


def test_a_stuck_button_is_named_lets_others_be_heard_and_is_mended_when_it_comes_up(rig: ButtonRig, ear: Ear) -> None:
    buttons = rig.make(ear, stuck_seconds=0.05)
    rig.down(4)
    assert ear.next() == ButtonPressed(4)
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert (failed.part, failed.code, failed.mender) == ("buttons", "stuck-4", "technician")
    rig.down(3)
    assert ear.next() == ButtonPressed(3)
    rig.up(3)
    rig.up(4)
    told = [ear.next()]
    while not isinstance(told[-1], PartMended):  # level 3, too, may have been down for 50 ms on a busy machine
        told.append(ear.next())
    assert all(isinstance(event, PartFailed | PartMended) for event in told)
    buttons.close()


def test_closing_twice_ends_the_threads_and_frees_the_port(rig: ButtonRig, ear: Ear) -> None:
    before = set(threading.enumerate())
    buttons = rig.make(ear)
    assert set(threading.enumerate()) - before
    buttons.close()
    buttons.close()
    assert set(threading.enumerate()) - before == set()
    assert rig.free()
    assert ear.silent()


def test_buttons_can_be_made_again_after_they_were_closed(rig: ButtonRig, ear: Ear) -> None:
    rig.make(ear).close()
    buttons = rig.make(ear)
    rig.down(5)
    assert ear.next() == ButtonPressed(5)
    buttons.close()
    eventually(rig.free, "the port is free")
