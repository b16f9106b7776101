"""Lamps on a GPIO chip through libgpiod."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import gpiod
from gpiod.line import Direction, Value

from drivers.lamps_thread import LampThread
from drivers.lines_gpiod import Chips, request
from drivers.panel import by_level
from drivers.protocols import Place, Post


class GpiodLamps:
    """Five lamps. Implements drivers.protocols.Lamps.

    chip: label or path, several labels of which one is there, or "pi". lines: line numbers, level 5 first.
    active_low: a lamp is lit while its line is low.
    """

    def __init__(
        self, post: Post, place: Place, *, chip: Chips, lines: Sequence[int], active_low: bool = False
    ) -> None:
        line_of = by_level(lines)
        settings = gpiod.LineSettings(direction=Direction.OUTPUT, active_low=active_low, output_value=Value.INACTIVE)
        self._thread = LampThread(post, place, lambda: _Lines(request(place, chip, lines, settings), line_of))

    def light(self, levels: frozenset[int]) -> None:
        """Exactly these are lit in a moment."""
        self._thread.light(levels)

    def close(self) -> None:
        """All dark, and the lines free."""
        self._thread.close()


class _Lines:
    """One request; all five lines change in one call."""

    def __init__(self, lines: gpiod.LineRequest, line_of: dict[int, int]) -> None:
        self._lines, self._line_of = lines, line_of

    def show(self, levels: frozenset[int]) -> None:
        self._lines.set_values({line: Value(int(level in levels)) for level, line in self._line_of.items()})

    def close(self) -> None:
        # A released line keeps its last state on most chips: say dark before letting go, as far as the chip hears it.
        with contextlib.suppress(OSError):
            self.show(frozenset())
        self._lines.release()
