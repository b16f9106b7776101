"""A thing that only speaks, on a thread of its own: keypad and scanners. Unplugged it is told once, and taken again."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable
from errno import ENODEV
from os import strerror
from threading import Thread
from typing import Protocol

from drivers.backoff import reopen
from drivers.events import PartFailed, PartMended
from drivers.mistake import CODE, PAUSE_SECONDS, where
from drivers.protocols import Place, Post


class Line(Protocol):
    """An open device. Its methods raise OSError once it is gone."""

    def fileno(self) -> int: ...
    def read(self) -> bytes:
        """What has come; BlockingIOError if nothing did after all, b"" if the device is gone."""
        ...

    def close(self) -> None: ...


class Ear(Protocol):
    """Makes sense of what one plugging-in of the device says. patience: seconds of silence it wants to hear of."""

    @property
    def patience(self) -> float | None: ...
    def hear(self, data: bytes) -> None: ...
    def silence(self) -> None: ...


class LineThread:
    """Owns the line. `opened` raises PartMissing if the device is not there: at the start it comes out of here."""

    def __init__(self, post: Post, place: Place, path: str, opened: Callable[[], Line], ear: Callable[[], Ear]) -> None:
        self._post, self._place, self._path, self._opened, self._ear = post, place, path, opened, ear
        self._line = opened()
        self._woken, self._wake = socket.socketpair()
        self._thread = Thread(target=self._run, name=f"{place.device} {place.part}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread and free the device."""
        self._wake.close()
        self._thread.join(timeout=1.0)

    def _run(self) -> None:
        with self._woken:
            while True:
                try:
                    self._listen(self._ear())
                    return
                except OSError as fault:
                    detail = f"{self._path}: {fault.strerror or fault}"
                    self._post(PartFailed(self._place.part, "unplugged", detail, mender="staff"))
                except Exception as mistake:  # noqa: BLE001  a thread that dies hears nothing for ever
                    self._post(PartFailed(self._place.part, CODE, f"{self._path}: {where(mistake)}"))
                    if self._closing(PAUSE_SECONDS):
                        return
                finally:
                    self._line.close()
                line = reopen(self._opened, self._closing)
                if line is None:
                    return
                self._line = line
                self._post(PartMended(self._place.part))

    def _listen(self, ear: Ear) -> None:
        """Hear until the driver is closed; OSError when the device goes."""
        poll = select.poll()
        poll.register(self._woken, select.POLLIN)
        poll.register(self._line.fileno(), select.POLLIN)
        while True:
            patience = ear.patience
            ready = dict(poll.poll(None if patience is None else patience * 1000))
            if self._woken.fileno() in ready:
                return
            if not ready:
                ear.silence()
                continue
            try:
                data = self._line.read()
            except BlockingIOError:
                continue
            if not data:
                raise OSError(ENODEV, strerror(ENODEV))
            ear.hear(data)

    def _closing(self, seconds: float) -> bool:
        return bool(select.select([self._woken], [], [], seconds)[0])
