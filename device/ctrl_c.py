"""Every way in which a person or the system ends a command, as one KeyboardInterrupt.

Without this SIGTERM, a closed terminal or Ctrl-\\ would leave the folder of a hall behind, and a second Ctrl-C would
break off the tidying up that the first one began.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

ENDS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
TIDYING_SECONDS: Final = 3.0  # how long it may take; afterwards a further word is heard again


@contextmanager
def all_ends_as_one() -> Iterator[None]:
    """Inside, the first of these signals raises KeyboardInterrupt, those of the next seconds do nothing."""
    heard = float("-inf")

    def interrupt(*_: object) -> None:
        nonlocal heard
        if time.monotonic() - heard < TIDYING_SECONDS:
            return
        heard = time.monotonic()
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in ENDS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
