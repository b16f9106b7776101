"""S1 from a finger on a real window: what lies between the glass and the kiosk's inbox is in it too.

The kiosk draws through SDL on an X server, which is told of the press as of a touch screen's. The kiosk runs with
marks in it (tests.bench.marked), to know when a page can be touched; that costs it about 0.05 ms.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from contextlib import ExitStack, closing
from typing import Final

from tests.bench.figures import Rounds
from tests.bench.finger import Finger
from tests.bench.marks import Marks
from tests.bench.paper import PtyPrinter
from tests.bench.rig import rig, screen
from tests.bench.touch_injected import KIOSK, SERVICES, WARM, last_byte, with_printer
from tests.bench.wire import Wire
from tests.bench.yardsticks import BareAsk, BareCommit

SPREAD: Final = 0.1  # seconds within which a finger comes at any time, so that no beat of the kiosk's own is met


def from_a_window(samples: int, targets: Mapping[str, tuple[int, int]]) -> Rounds | None:
    """One round of so many tickets. targets: the middle of each key. None where there is no finger."""
    rounds, dice = Rounds(), random.Random(1)
    rounds.begin()
    with ExitStack() as stack:
        hall, paper = stack.enter_context(rig(glass=True)), stack.enter_context(PtyPrinter())
        try:
            finger = stack.enter_context(closing(Finger(hall.display)))
        except OSError:
            return None
        marks = stack.enter_context(Marks(hall.folder))
        with_printer(hall, paper)
        hall.set_part(KIOSK, "screen", screen(hall.display, (344, 194), (1920, 1080)))
        hall.start("coordinator")
        hall.start(KIOSK, module="tests.bench.marked")
        wire = stack.enter_context(closing(Wire(hall.broker.port, speaks=False)))
        commit = stack.enter_context(closing(BareCommit(hall.folder)))
        ask = stack.enter_context(closing(BareAsk(hall.broker.port)))
        marks.shown(KIOSK, "KioskHome", waiting=0)  # the coordinator has been heard
        for n in range(-WARM, samples):
            time.sleep(dice.uniform(0, SPREAD))  # people touch at any moment between two of the screen's
            touched = finger.touch(*targets[f"service:{SERVICES[n % len(SERVICES)]}"])
            printed = last_byte(hall, paper)
            marks.shown(KIOSK, "KioskTake")
            wire.receipted(KIOSK, wire.upto(KIOSK) + 2)
            finger.touch(*targets["done"])
            marks.shown(KIOSK, "KioskHome")
            yardstick = commit.once() + commit.once() + ask.once()
            if n >= 0:
                rounds.add((printed - touched) / 1e6, yardstick)
    return rounds
