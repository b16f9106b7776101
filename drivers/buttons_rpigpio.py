"""Buttons through the `RPi.GPIO` API: every edge comes as a callback, the debouncing is ours.

The API's own `bouncetime` is not used: RPi.GPIO ignores edges for that long *after* the first, so a spark counts as a
press and the bouncing of the release as another; rpi-lgpio waits for quiet. One program must not feel different.
"""

from __future__ import annotations

from collections.abc import Sequence

from drivers.buttons_watch import EdgeWatch
from drivers.debounce import DEBOUNCE_MS, STUCK_SECONDS
from drivers.lines_rpigpio import asking, claim, free, load
from drivers.panel import by_level
from drivers.protocols import PartMissing, Place, Post


class RpigpioButtons:
    """Five buttons. Implements drivers.protocols.Buttons.

    lines: GPIO numbers as the SoC counts (BCM), level 5 first. active_low: the button connects its pin to ground
    (pulled up here), else to 3.3 V (pulled down here). debounce_ms: how long a contact must be quiet.
    stuck_seconds: a button down for longer is a fault.
    """

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        lines: Sequence[int],
        active_low: bool = True,
        debounce_ms: int = DEBOUNCE_MS,
        stuck_seconds: float = STUCK_SECONDS,
    ) -> None:
        self._pin_of = by_level(lines)
        self._level_of = {pin: level for level, pin in self._pin_of.items()}
        self._gpio = gpio = load(place)
        self._closed_at = gpio.LOW if active_low else gpio.HIGH
        self._done = False
        pull = gpio.PUD_UP if active_low else gpio.PUD_DOWN
        claim(place, gpio, self._level_of, gpio.IN, pull_up_down=pull)
        try:
            self._watch = EdgeWatch(post, place, self._read, debounce_ms, stuck_seconds)
        except OSError as fault:
            free(gpio, list(self._level_of))
            raise PartMissing(place.part, f"the pins cannot be read: {fault}", "Check the Pi") from fault
        try:
            for pin in self._level_of:
                gpio.add_event_detect(pin, gpio.BOTH, callback=self._moved)
        except Exception as fault:
            self.close()
            # RPi.GPIO 0.7.1 on kernel 6.6 and later says "Failed to add edge detection" (raspberrypi/linux#6037).
            mend = "Install rpi-lgpio in RPi.GPIO's place, or use the driver `gpiod`"
            raise PartMissing(place.part, f"no edges from GPIO {pin}: {fault}", mend) from fault

    def close(self) -> None:
        """End the thread and free the pins."""
        if self._done:
            return
        self._done = True
        for pin in self._level_of:
            self._gpio.remove_event_detect(pin)
        self._watch.close()
        free(self._gpio, list(self._level_of))

    def _moved(self, pin: int) -> None:
        if not self._done:  # a callback may still be on its way while the pins are freed
            self._watch.moved(self._level_of[pin])

    def _read(self, level: int) -> bool:
        return bool(asking(lambda: self._gpio.input(self._pin_of[level])) == self._closed_at)
