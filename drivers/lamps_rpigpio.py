"""Lamps through the `RPi.GPIO` API."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from drivers.lamps_thread import LampThread
from drivers.lines_rpigpio import Gpio, asking, claim, free, load
from drivers.panel import by_level
from drivers.protocols import Place, Post


class RpigpioLamps:
    """Five lamps. Implements drivers.protocols.Lamps.

    lines: GPIO numbers as the SoC counts (BCM), level 5 first. active_low: a lamp is lit while its pin is low.
    """

    def __init__(self, post: Post, place: Place, *, lines: Sequence[int], active_low: bool = False) -> None:
        pin_of = by_level(lines)
        self._thread = LampThread(post, place, lambda: _Pins(place, load(place), pin_of, active_low))

    def light(self, levels: frozenset[int]) -> None:
        """Exactly these are lit in a moment."""
        self._thread.light(levels)

    def close(self) -> None:
        """All dark, and the pins free."""
        self._thread.close()


class _Pins:
    def __init__(self, place: Place, gpio: Gpio, pin_of: dict[int, int], active_low: bool) -> None:
        self._gpio, self._pin_of = gpio, pin_of
        self._lit, self._dark = (gpio.LOW, gpio.HIGH) if active_low else (gpio.HIGH, gpio.LOW)
        claim(place, gpio, pin_of.values(), gpio.OUT, initial=self._dark)

    def show(self, levels: frozenset[int]) -> None:
        pins = list(self._pin_of.values())
        values = [self._lit if level in levels else self._dark for level in self._pin_of]
        asking(lambda: self._gpio.output(pins, values))

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.show(frozenset())
        with contextlib.suppress(OSError):
            asking(lambda: free(self._gpio, list(self._pin_of.values())))
