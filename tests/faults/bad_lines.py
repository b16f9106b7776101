"""Real processes on bad lines (N4): every way a line can be bad, and a broker that is killed, while people go on.

The broker dies without persistence and with it; with it, what it had acknowledged may be gone as well (kill -9).
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Sequence
from typing import Final

from device.processes import Spawn, leashed
from tests.faults.kinds import tell
from tests.faults.proxy import MODES, Mode, Proxy
from tests.faults.real_hall import STATIONS, real_hall
from tests.helpers.broker import free_port

BAD_SECONDS: Final = (0.2, 1.0, 3.0, 12.0)  # the last is longer than anybody believes in a silent line
GOOD_SECONDS: Final = 2.0
PERSISTENT: Final = "persistence true\npersistence_location {folder}/\nautosave_interval 1\n"


def on_bad_lines(
    modes: Sequence[Mode], seed: int, *, seconds: Sequence[float] = BAD_SECONDS, spawn: Spawn = leashed
) -> Counter[str]:
    """One hall, its lines bad in these ways one after another. Returns the account; raises Lost, Doubled ..."""
    dice, pause = random.Random(seed), threading.Event()
    broker = free_port()
    with Proxy(broker) as proxy, real_hall(proxy.port, at=broker, spawn=spawn) as hall:
        hall.start(*STATIONS)
        with hall.people(seed):
            for mode in modes:
                pause.wait(GOOD_SECONDS * dice.random())
                proxy.mode = mode
                pause.wait(dice.choice(seconds))
                proxy.mode = "pass"
                tell(f"N4: lines that {mode}; hands did {dict(hall.acts)}")
            pause.wait(GOOD_SECONDS)
        hall.settle()
        return hall.account() + Counter(carried=proxy.carried)


def broker_dies(times: int, seed: int, *, persistent: bool) -> Counter[str]:
    """One hall whose broker is killed so often, with whatever it remembers. Returns the account."""
    dice, pause = random.Random(seed), threading.Event()
    with real_hall(more=PERSISTENT if persistent else "") as hall:
        hall.start(*STATIONS)
        with hall.people(seed):
            for _ in range(times):
                pause.wait(GOOD_SECONDS * dice.random())
                hall.broker.kill()
                pause.wait(dice.choice((0.0, 0.5, 3.0)))
                hall.broker.start()
            pause.wait(GOOD_SECONDS)
        tell(f"N4: broker killed {times} times, {'with' if persistent else 'without'} persistence")
        hall.settle()
        return hall.account()


def everything(rounds: int, seed: int) -> tuple[int, Counter[str]]:
    """All of it so often: how many faults there were, and what there was to be lost."""
    tried, account = 0, Counter[str]()
    for n in range(rounds):
        modes = random.Random(seed + n).sample(MODES, len(MODES))
        account += on_bad_lines(modes, seed + n)
        for persistent in (False, True):
            account += broker_dies(4, seed + n, persistent=persistent)
        tried += len(modes) + 8
    return tried, account
