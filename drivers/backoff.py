"""How a driver that lost its port gets it back: again and again, soon at first, then every few seconds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, repeat
from typing import TypeVar

from drivers.protocols import PartMissing

Port = TypeVar("Port")
STEPS = (0.2, 0.5, 1.0, 2.0, 5.0)  # seconds; the last for ever


def reopen(attempt: Callable[[], Port], pause: Callable[[float], bool]) -> Port | None:
    """The port once `attempt` stops raising PartMissing or OSError; None once `pause` says the driver is closing.

    pause(seconds): wait so long; True at once if the driver is being closed meanwhile.
    """
    waits = chain(STEPS, repeat(STEPS[-1]))
    while not pause(next(waits)):
        try:
            return attempt()
        except (PartMissing, OSError):
            continue
    return None
