"""Every way to end a command is the same one, and ending it twice does not break off the tidying up."""

from __future__ import annotations

import os
import signal

import pytest

from device.ctrl_c import ENDS, TIDYING_SECONDS, all_ends_as_one


@pytest.mark.parametrize("number", ENDS)
def test_every_end_is_a_keyboard_interrupt_and_handlers_are_put_back(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt), all_ends_as_one():
        os.kill(os.getpid(), number)
    assert signal.getsignal(number) == before


def test_a_second_one_is_not_heard_while_the_first_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("device.ctrl_c.time.monotonic", lambda: now)
    with all_ends_as_one():
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
        now += TIDYING_SECONDS
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
