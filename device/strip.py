"""A strip sign as a screen: of a page it shows the one line that matters."""

from __future__ import annotations

from device.seat import Screen
from drivers.protocols import Strip
from screens.strip import strip_line
from screens.views import View


class StripScreen:
    """Implements device.seat.Screen. Nobody touches it, and it needs no pump. mute: a page without a line for it."""

    pump_seconds: float | None = None

    def __init__(self, strip: Strip) -> None:
        self._strip = strip
        self._shown: tuple[str, str] | None = None

    def show(self, view: View) -> None:
        line = strip_line(view)
        if line is not None and line != self._shown:
            self._shown = line
            self._strip.show(*line)

    def key_at(self, _x: int, _y: int) -> str | None:
        return None

    def pump(self) -> None:
        """Nothing is to be fetched."""

    def close(self) -> None:
        self._strip.close()


class Together:
    """Implements device.seat.Screen: two that show the same page, a screen and the strip sign beside it."""

    def __init__(self, screen: Screen, strip: StripScreen) -> None:
        self._screen, self._strip = screen, strip

    @property
    def pump_seconds(self) -> float | None:
        return self._screen.pump_seconds

    def show(self, view: View) -> None:
        self._strip.show(view)
        self._screen.show(view)

    def key_at(self, x: int, y: int) -> str | None:
        return self._screen.key_at(x, y)

    def pump(self) -> None:
        self._screen.pump()

    def close(self) -> None:
        self._strip.close()
        self._screen.close()
