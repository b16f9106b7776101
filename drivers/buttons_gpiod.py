"""Buttons on a GPIO chip through libgpiod: one thread sleeps in poll; the kernel stamps the edges, we debounce them.

The kernel's own debouncing is not used: it tells each line only after its quiet time, rounded up to its ticks, and then
nobody can know any more which buttons moved at once without waiting that time again. Its stamps are all that is
needed: however late this thread runs, contacts are judged by when they moved.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterable, Sequence
from threading import Thread

import gpiod
from gpiod.line import Bias, Direction, Edge

from drivers.backoff import reopen
from drivers.debounce import DEBOUNCE_MS, STUCK_SECONDS, Panel
from drivers.events import HardwareEvent, PartFailed, PartMended
from drivers.lines import telling
from drivers.lines_gpiod import Chips, request, shown
from drivers.mistake import CODE, PAUSE_SECONDS, where
from drivers.panel import by_level
from drivers.protocols import PartMissing, Place, Post


class GpiodButtons:
    """Five buttons. Implements drivers.protocols.Buttons.

    chip: label or path, several labels of which one is there, or "pi". lines: line numbers, level 5 first.
    active_low: the button connects its line to ground (pulled up here), else to 3.3 V (pulled down here).
    debounce_ms: how long a contact must be quiet. stuck_seconds: a button down for longer is a fault.
    """

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        chip: Chips,
        lines: Sequence[int],
        active_low: bool = True,
        debounce_ms: int = DEBOUNCE_MS,
        stuck_seconds: float = STUCK_SECONDS,
    ) -> None:
        self._post, self._place, self._chip = post, place, chip
        self._level_of = {line: level for level, line in by_level(lines).items()}
        self._times = debounce_ms / 1000, stuck_seconds
        # Both edges, though only presses are posted: whether a button is still down decides about the next one.
        self._settings = gpiod.LineSettings(
            direction=Direction.INPUT,
            edge_detection=Edge.BOTH,
            bias=Bias.PULL_UP if active_low else Bias.PULL_DOWN,
            active_low=active_low,
        )
        self._lines, self._panel = self._open()
        self._woken, self._wake = socket.socketpair()
        self._thread = Thread(target=self._run, name=f"{place.device} {place.part}", daemon=True)
        self._thread.start()

    @property
    def panel(self) -> Panel:
        """What is made of the contacts; only to be looked at."""
        return self._panel

    def close(self) -> None:
        """End the thread and free the lines."""
        self._wake.close()
        self._thread.join(timeout=1.0)

    def _open(self) -> tuple[gpiod.LineRequest, Panel]:
        lines = request(self._place, self._chip, self._level_of, self._settings)
        try:
            closed = [level for level, down in self._look(lines).items() if down]
        except OSError as fault:
            lines.release()
            tried = f"{shown(self._chip)} does not tell its lines' state: {fault.strerror}"
            raise PartMissing(self._place.part, tried, "Check the chip and its wiring") from fault
        return lines, Panel(self._place.part, closed, time.monotonic(), *self._times)

    def _look(self, lines: gpiod.LineRequest) -> dict[int, bool]:
        values = lines.get_values(list(self._level_of))
        return {level: bool(value.value) for level, value in zip(self._level_of.values(), values, strict=True)}

    def _run(self) -> None:
        with self._woken:
            while True:
                try:
                    self._watch()
                    return
                except OSError as fault:
                    detail = f"{shown(self._chip)}: {fault.strerror}"
                    self._post(PartFailed(self._place.part, "unplugged", detail))
                except Exception as mistake:  # noqa: BLE001  a thread that dies hears nothing for ever
                    self._post(PartFailed(self._place.part, CODE, f"{shown(self._chip)}: {where(mistake)}"))
                    if self._closing(PAUSE_SECONDS):
                        return
                finally:
                    self._lines.release()
                again = reopen(telling(self._post, self._place, self._open), self._closing)
                if again is None:
                    return
                self._lines, self._panel = again
                self._post(PartMended(self._place.part))

    def _watch(self) -> None:
        """Post presses until the driver is closed; OSError when the chip goes."""
        poll = select.poll()
        poll.register(self._woken, select.POLLIN)
        poll.register(self._lines.fd, select.POLLIN)
        while True:
            due = self._panel.due()
            ready = dict(poll.poll(None if due is None else max(0.0, due - time.monotonic()) * 1000))
            if self._woken.fileno() in ready:
                return
            if ready:
                for event in self._lines.read_edge_events():
                    # libgpiod's edges are logical: with active_low a falling wire is a rising edge. Its clock is
                    # CLOCK_MONOTONIC, which is Python's monotonic on Linux.
                    closed = event.event_type is event.Type.RISING_EDGE
                    self._say(self._panel.edge(self._level_of[event.line_offset], closed, event.timestamp_ns / 1e9))
            else:
                self._look_again()
                self._say(self._panel.tick(time.monotonic()))

    def _look_again(self) -> None:
        """The kernel keeps 16 edges a line and drops the oldest: what is believed next is what the line says itself."""
        now = time.monotonic()
        for level, closed in self._look(self._lines).items():
            self._panel.amend(level, closed, now)

    def _closing(self, seconds: float) -> bool:
        return bool(select.select([self._woken], [], [], seconds)[0])

    def _say(self, events: Iterable[HardwareEvent]) -> None:
        for event in events:
            self._post(event)
