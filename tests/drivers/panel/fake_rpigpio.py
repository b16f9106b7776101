"""The module `RPi.GPIO` as rpi-lgpio 0.6 provides it, on pins that tests hold in their hands.

Kept from it: numbering must be set first and only once; pins must be set up before use, as inputs for edges; a second
detection on a pin is refused; callbacks get the pin only, one after another, in one thread of the module's own, some
time after the edge; a callback's exception is printed, not raised; errors of lgpio are of a class of its own.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from types import ModuleType
from typing import Any

BCM, BOARD = 11, 10
IN, OUT, LOW, HIGH = 1, 0, 0, 1
PUD_OFF, PUD_DOWN, PUD_UP = 20, 21, 22
RISING, FALLING, BOTH = 31, 32, 33
BOUNCES = 3


class LgpioError(Exception):
    """lgpio.error: no OSError, and its text is quoted."""

    def __init__(self, value: str) -> None:
        self.value = value

    def __str__(self) -> str:
        return repr(self.value)


class FakeGpio(ModuleType):
    """The module. `high`: the wires. `busy`: pins another program has. `edgeless`: as RPi.GPIO on a new kernel."""

    BCM, BOARD, IN, OUT, LOW, HIGH = BCM, BOARD, IN, OUT, LOW, HIGH
    PUD_OFF, PUD_DOWN, PUD_UP, RISING, FALLING, BOTH = PUD_OFF, PUD_DOWN, PUD_UP, RISING, FALLING, BOTH

    def __init__(self) -> None:
        super().__init__("RPi.GPIO")
        self.mode: int | None = None
        self.high: dict[int, bool] = {}
        self.direction: dict[int, int] = {}
        self.pull: dict[int, int] = {}
        self.callbacks: dict[int, Callable[[int], None]] = {}
        self.busy: set[int] = set()
        self.driven: set[int] = set()
        self.broken = False
        self.edgeless = False
        self.complaints: list[Exception] = []
        self._edges: SimpleQueue[int | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="lgpio callbacks", daemon=True)
        self._thread.start()

    # --- the API -----------------------------------------------------------------------------------------------

    def setmode(self, new_mode: int) -> None:
        if self.mode not in (None, new_mode):
            raise ValueError("A different mode has already been set!")
        self.mode = new_mode

    def setwarnings(self, value: bool) -> None: ...

    def setup(self, chanlist: Any, direction: int, pull_up_down: int = PUD_OFF, initial: int | None = None) -> None:
        for pin in self._pins(chanlist):
            if pin in self.busy:
                raise LgpioError("GPIO busy")
            if direction == OUT and pull_up_down != PUD_OFF:
                raise ValueError("pull_up_down parameter is not valid for outputs")
            if direction == IN and initial is not None:
                raise ValueError("initial parameter is not valid for inputs")
            self.direction[pin], self.pull[pin] = direction, pull_up_down
            if direction == OUT:
                self.high[pin] = bool(initial)
            elif pin not in self.driven:
                self.high[pin] = pull_up_down == PUD_UP

    def input(self, channel: int) -> int:
        [pin] = self._pins(channel)
        self._check_lgpio()
        if pin not in self.direction:
            raise RuntimeError("You must setup() the GPIO channel first")
        return int(self.high[pin])

    def output(self, channel: Any, value: Any) -> None:
        pins = self._pins(channel)
        values = list(value) if isinstance(value, Iterable) else [value] * len(pins)
        if len(pins) != len(values):
            raise RuntimeError("Number of channels != number of values")
        self._check_lgpio()
        for pin, high in zip(pins, values, strict=True):
            if self.direction.get(pin) != OUT:
                raise RuntimeError("The GPIO channel has not been set up as an OUTPUT")
            self.high[pin] = bool(high)

    def add_event_detect(
        self, channel: int, edge: int, callback: Callable[[int], None] | None = None, bouncetime: int | None = None
    ) -> None:
        [pin] = self._pins(channel)
        if self.edgeless:
            raise RuntimeError("Failed to add edge detection")
        if self.direction.get(pin) != IN:
            raise RuntimeError("You must setup() the GPIO channel as an input first")
        if pin in self.callbacks:
            raise RuntimeError("Conflicting edge detection already enabled for this GPIO channel")
        assert edge == BOTH, "this module knows only what the drivers ask for"
        assert bouncetime is None
        assert callback is not None
        self.callbacks[pin] = callback

    def remove_event_detect(self, channel: int) -> None:
        [pin] = self._pins(channel)
        self.callbacks.pop(pin, None)

    def cleanup(self, chanlist: Any = None) -> None:
        assert chanlist is not None, "a driver must free its own pins only"
        for pin in self._pins(chanlist):
            self.callbacks.pop(pin, None)
            self.direction.pop(pin, None)

    # --- the hands on the wires --------------------------------------------------------------------------------

    def drive(self, pin: int, high: bool) -> None:
        """Somebody connects the pin to 3.3 V or ground, and the contact bounces."""
        self.driven.add(pin)
        self._wave(pin, high)

    def let_go(self, pin: int) -> None:
        self.driven.discard(pin)
        self._wave(pin, self.pull[pin] == PUD_UP)

    def tell(self, pin: int) -> None:
        """An edge is told, whatever the wire is."""
        self._edges.put(pin)

    def end(self) -> None:
        self._edges.put(None)
        self._thread.join(timeout=1.0)

    def _wave(self, pin: int, high: bool) -> None:
        for state in [high, not high] * BOUNCES + [high]:
            self.high[pin] = state
            self.tell(pin)

    def _run(self) -> None:
        while (pin := self._edges.get()) is not None:
            try:
                if pin in self.callbacks:
                    self.callbacks[pin](pin)
            except Exception as fault:  # noqa: BLE001  so does the real one
                self.complaints.append(fault)

    def _pins(self, channels: Any) -> list[int]:
        if self.mode is None:
            raise RuntimeError("Please set pin numbering mode using GPIO.setmode(GPIO.BOARD) or GPIO.setmode(GPIO.BCM)")
        pins = [channels] if isinstance(channels, int) else list(channels)
        if not all(0 <= pin < 54 for pin in pins):
            raise ValueError("The channel sent is invalid on a Raspberry Pi")
        return pins

    def _check_lgpio(self) -> None:
        if self.broken:
            raise LgpioError("unknown handle")


def install(gpio: FakeGpio, monkeypatch: Any) -> None:
    """Make `import RPi.GPIO` find this one."""
    package = ModuleType("RPi")
    monkeypatch.setattr(package, "GPIO", gpio, raising=False)
    monkeypatch.setitem(sys.modules, "RPi", package)
    monkeypatch.setitem(sys.modules, "RPi.GPIO", gpio)
