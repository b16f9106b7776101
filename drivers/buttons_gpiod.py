"""Buttons on a GPIO chip through libgpiod: the kernel debounces, one thread sleeps in poll."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from threading import Thread

import gpiod
from gpiod.line import Bias, Direction, Edge

from drivers.backoff import reopen
from drivers.debounce import DEBOUNCE_MS, Change, Presses
from drivers.events import HardwareEvent, PartFailed, PartMended
from drivers.lines_gpiod import request
from drivers.panel import by_level
from drivers.protocols import PartMissing, Place, Post


class GpiodButtons:
    """Five buttons. Implements drivers.protocols.Buttons.

    chip: label or path. lines: line numbers, level 5 first. active_low: the button connects its line to ground
    (pulled up here), else to 3.3 V (pulled down here). debounce_ms: how long a contact must be quiet.
    """

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        chip: str,
        lines: Sequence[int],
        active_low: bool = True,
        debounce_ms: int = DEBOUNCE_MS,
    ) -> None:
        self._post, self._place, self._chip = post, place, chip
        self._level_of = {line: level for level, line in by_level(lines).items()}
        # Both edges, though only presses are posted: whether a button is still down decides about the next one.
        self._settings = gpiod.LineSettings(
            direction=Direction.INPUT,
            edge_detection=Edge.BOTH,
            bias=Bias.PULL_UP if active_low else Bias.PULL_DOWN,
            active_low=active_low,
            debounce_period=timedelta(milliseconds=debounce_ms),
        )
        self._lines, self._presses = self._open()
        self._woken, self._wake = socket.socketpair()
        self._thread = Thread(target=self._run, name=f"{place.device} {place.part}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread and free the lines."""
        self._wake.close()
        self._thread.join(timeout=1.0)

    def _open(self) -> tuple[gpiod.LineRequest, Presses]:
        lines = request(self._place, self._chip, self._level_of, self._settings)
        try:
            values = lines.get_values(list(self._level_of))
        except OSError as fault:
            lines.release()
            tried = f"{self._chip} does not tell its lines' state: {fault.strerror}"
            raise PartMissing(self._place.part, tried, "Check the chip and its wiring") from fault
        closed = [level for level, value in zip(self._level_of.values(), values, strict=True) if value]
        return lines, Presses(self._place.part, closed, time.monotonic())

    def _run(self) -> None:
        with self._woken:
            while True:
                try:
                    self._watch()
                    return
                except OSError as fault:
                    self._post(PartFailed(self._place.part, "unplugged", f"{self._chip}: {fault.strerror}"))
                finally:
                    self._lines.release()
                again = reopen(self._open, self._closing)
                if again is None:
                    return
                self._lines, self._presses = again
                self._post(PartMended(self._place.part))

    def _watch(self) -> None:
        """Post presses until the driver is closed; OSError when the chip goes."""
        poll = select.poll()
        poll.register(self._woken, select.POLLIN)
        poll.register(self._lines.fd, select.POLLIN)
        while True:
            due = self._presses.due()
            ready = dict(poll.poll(None if due is None else max(0.0, due - time.monotonic()) * 1000))
            if self._woken.fileno() in ready:
                return
            if ready:
                for event in self._lines.read_edge_events():
                    # libgpiod's edges are logical: with active_low a falling wire is a rising edge. Its clock is
                    # CLOCK_MONOTONIC, which is Python's monotonic on Linux.
                    closed = event.event_type is event.Type.RISING_EDGE
                    change = Change(self._level_of[event.line_offset], closed, event.timestamp_ns / 1e9)
                    self._say(self._presses.change(change))
            self._say(self._presses.tick(time.monotonic()))

    def _closing(self, seconds: float) -> bool:
        return bool(select.select([self._woken], [], [], seconds)[0])

    def _say(self, events: Iterable[HardwareEvent]) -> None:
        for event in events:
            self._post(event)
