"""The thread behind lamps: it alone touches the lines, so a slow or broken chip never holds up the main thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol

from drivers.backoff import reopen
from drivers.events import PartFailed, PartMended
from drivers.lines import telling
from drivers.mistake import CODE, PAUSE_SECONDS, where
from drivers.panel import check_levels
from drivers.protocols import PartMissing, Place, Post


class LampPort(Protocol):
    """Five lines that light lamps. `close` leaves them dark and free, and never raises."""

    def show(self, levels: frozenset[int]) -> None:
        """Exactly these are lit. OSError if the hardware does not take it."""
        ...

    def close(self) -> None: ...


class LampThread:
    """Lights what was asked for last, and lights it again when a lost port comes back.

    attempt: open the port; PartMissing is raised on in the constructor, and later tried again and again.
    """

    def __init__(self, post: Post, place: Place, attempt: Callable[[], LampPort]) -> None:
        self._post, self._place, self._attempt = post, place, attempt
        self._asked: SimpleQueue[frozenset[int] | None] = SimpleQueue()
        self._wanted: frozenset[int] = frozenset()
        self._port = self._open()
        self._thread = Thread(target=self._run, name=f"{place.device} {place.part}", daemon=True)
        self._thread.start()

    def light(self, levels: frozenset[int]) -> None:
        """Never blocks. ValueError for a level there is not."""
        check_levels(levels)
        self._asked.put(levels)

    def close(self) -> None:
        """All dark, the lines free, the thread ended."""
        self._asked.put(None)
        self._thread.join(timeout=1.0)

    def _run(self) -> None:
        while (levels := self._asked.get()) is not None:
            self._wanted = levels
            try:
                self._port.show(levels)
            except Exception as fault:  # noqa: BLE001  a thread that dies lights nothing any more
                known = isinstance(fault, OSError)
                code, detail = ("unplugged", str(fault)) if known else (CODE, where(fault))
                self._post(PartFailed(self._place.part, code, detail))
                self._port.close()
                if not known and self._closing(PAUSE_SECONDS):
                    return
                again = reopen(telling(self._post, self._place, self._open), self._closing)
                if again is None:
                    return
                self._port = again
                self._post(PartMended(self._place.part))
        self._port.close()

    def _open(self) -> LampPort:
        port = self._attempt()
        try:
            port.show(self._wanted)
        except OSError as fault:
            port.close()
            tried = f"the lines cannot be set: {fault}"
            raise PartMissing(self._place.part, tried, "Check the chip and its wiring") from fault
        return port

    def _closing(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                levels = self._asked.get(timeout=left)
            except Empty:
                return False
            if levels is None:
                return True
            self._wanted = levels
        return False
