"""A lost port is tried again and again, soon at first, until it opens or the driver is closed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drivers.backoff import STEPS, reopen
from drivers.protocols import PartMissing


def failing(times: int, fault: Exception) -> Callable[[], str]:
    """Opens at last."""
    left = [fault] * times

    def attempt() -> str:
        if left:
            raise left.pop()
        return "port"

    return attempt


@pytest.mark.parametrize("fault", [PartMissing("keypad", "nothing there", "Plug it in"), OSError("No such device")])
def test_a_lost_port_is_tried_until_it_opens_with_longer_and_longer_waits(fault: Exception) -> None:
    waits: list[float] = []

    def pause(seconds: float) -> bool:
        waits.append(seconds)
        return False

    assert reopen(failing(7, fault), pause) == "port"
    assert waits == [*STEPS, STEPS[-1], STEPS[-1], STEPS[-1]]


def test_a_driver_being_closed_is_not_opened_again() -> None:
    attempts: list[int] = []
    assert reopen(lambda: attempts.append(1), lambda _: True) is None
    assert attempts == []


def test_a_mistake_in_the_program_is_not_tried_again() -> None:
    with pytest.raises(ZeroDivisionError):
        reopen(failing(1, ZeroDivisionError()), lambda _: False)
