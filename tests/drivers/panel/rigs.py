"""Each implementation of buttons and lamps with hands on its wires, so that one suite can try them all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from drivers.buttons_gpiod import GpiodButtons
from drivers.buttons_rpigpio import RpigpioButtons
from drivers.buttons_simulated import SimulatedButtons
from drivers.debounce import STUCK_SECONDS
from drivers.lamps_gpiod import GpiodLamps
from drivers.lamps_rpigpio import RpigpioLamps
from drivers.lamps_simulated import SimulatedLamps
from drivers.protocols import Buttons, Lamps, Place
from tests.drivers.ear import DEADLINE
from tests.drivers.ear import Ear as Ear
from tests.drivers.panel.fake_rpigpio import FakeGpio
from tests.drivers.panel.gpio_kernel import LABEL, Kernel

LINES = (5, 6, 13, 19, 26)  # level 5 first
LINE_OF = dict(zip((5, 4, 3, 2, 1), LINES, strict=True))


def eventually(fact: Callable[[], bool], what: str) -> None:
    """Wait until it is so. AssertionError when it is not within the deadline."""
    until = time.monotonic() + DEADLINE
    while not fact():
        assert time.monotonic() < until, f"not within {DEADLINE:g} s: {what}"
        time.sleep(0.001)  # a wire cannot be waited for, only looked at


class Hand:
    """The bench of a test: what a part offers can be done at once. lasting: where what outlives the process is."""

    def __init__(self, lasting: Path = Path("/nonexistent")) -> None:
        self.lasting = lasting
        self._acts: dict[tuple[str, str], Callable[[Mapping[str, object]], Mapping[str, object]]] = {}

    def offer(self, device: str, part: str, act: Callable[[Mapping[str, object]], Mapping[str, object]]) -> None:
        self._acts[device, part] = act

    def do(self, part: str, do: str, **what: object) -> Mapping[str, object]:
        return self._acts["evaluator-3", part]({"device": "evaluator-3", "part": part, "do": do, **what})


class ButtonRig(Protocol):
    """Buttons, and fingers whose contacts bounce."""

    def make(self, ear: Ear, stuck_seconds: float = STUCK_SECONDS) -> Buttons: ...
    def down(self, level: int) -> None: ...
    def up(self, level: int) -> None: ...
    def free(self) -> bool:
        """Nobody holds the port any more."""
        ...


class LampRig(Protocol):
    """Lamps, and eyes on them."""

    def make(self, ear: Ear) -> Lamps: ...
    def lit(self) -> set[int]: ...
    def free(self) -> bool: ...


BUTTONS = Place("evaluator-3", "buttons")
LAMPS = Place("evaluator-3", "lamps")


class GpiodRig:
    """On a chip with the wires of both kinds: buttons to ground, lamps lit by a high line."""

    def __init__(self, kernel: Kernel) -> None:
        self.kernel, self.device = kernel, kernel.plug()

    def down(self, level: int) -> None:
        self.kernel.drive(self.device, LINE_OF[level], high=False)

    def up(self, level: int) -> None:
        self.kernel.let_go(self.device, LINE_OF[level])

    def lit(self) -> set[int]:
        return {level for level, line in LINE_OF.items() if self.device.lines[line].high}

    def free(self) -> bool:
        return not any(line.used for line in self.device.lines)


class GpiodButtonRig(GpiodRig):
    def make(self, ear: Ear, stuck_seconds: float = STUCK_SECONDS) -> Buttons:
        return GpiodButtons(ear.post, BUTTONS, chip=LABEL, lines=LINES, stuck_seconds=stuck_seconds)


class GpiodLampRig(GpiodRig):
    def make(self, ear: Ear) -> Lamps:
        return GpiodLamps(ear.post, LAMPS, chip=LABEL, lines=LINES)


class RpigpioRig:
    def __init__(self, gpio: FakeGpio) -> None:
        self.gpio = gpio

    def down(self, level: int) -> None:
        self.gpio.drive(LINE_OF[level], high=False)

    def up(self, level: int) -> None:
        self.gpio.let_go(LINE_OF[level])

    def lit(self) -> set[int]:
        return {level for level, pin in LINE_OF.items() if self.gpio.high.get(pin)}

    def free(self) -> bool:
        return not self.gpio.direction and not self.gpio.callbacks


class RpigpioButtonRig(RpigpioRig):
    def make(self, ear: Ear, stuck_seconds: float = STUCK_SECONDS) -> Buttons:
        return RpigpioButtons(ear.post, BUTTONS, lines=LINES, stuck_seconds=stuck_seconds)


class RpigpioLampRig(RpigpioRig):
    def make(self, ear: Ear) -> Lamps:
        return RpigpioLamps(ear.post, LAMPS, lines=LINES)


class SimulatedButtonRig:
    def __init__(self) -> None:
        self.hand = Hand()

    def make(self, ear: Ear, stuck_seconds: float = STUCK_SECONDS) -> Buttons:
        return SimulatedButtons(ear.post, Place("evaluator-3", "buttons", self.hand), stuck_seconds=stuck_seconds)

    def down(self, level: int) -> None:
        self.hand.do("buttons", "hold", level=level)

    def up(self, level: int) -> None:
        self.hand.do("buttons", "release", level=level)

    def free(self) -> bool:
        return True


class SimulatedLampRig:
    def __init__(self) -> None:
        self.hand = Hand()

    def make(self, ear: Ear) -> Lamps:
        return SimulatedLamps(ear.post, Place("evaluator-3", "lamps", self.hand))

    def lit(self) -> set[int]:
        lit = self.hand.do("lamps", "look")["lit"]
        assert isinstance(lit, list)
        return set(lit)

    def free(self) -> bool:
        return True
