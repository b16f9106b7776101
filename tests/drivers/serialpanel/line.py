"""A serial line without wires: a pty whose other end tests hold, by a name that stays the same when it is unplugged."""

from __future__ import annotations

import os
import select
import time
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drivers.bus import Buses
from drivers.protocols import Place
from tests.drivers.ear import DEADLINE
from tests.drivers.ear import Ear as Ear


class Wire:
    """port: what drivers open. Everything said on it is heard here, and the other way round."""

    def __init__(self, folder: Path) -> None:
        self.port = str(folder / "ttyRS485")
        self._master = -1
        self.plug()

    def plug(self) -> None:
        self._master, slave = os.openpty()
        tty.setraw(slave)
        Path(self.port).unlink(missing_ok=True)
        Path(self.port).symlink_to(os.ttyname(slave))
        self._slave = slave  # kept open, so that the master is not hung up on before a driver comes

    def unplug(self) -> None:
        """The adapter is pulled out: the name is gone, and whoever has it open hears so."""
        Path(self.port).unlink()
        os.close(self._slave)
        os.close(self._master)
        self._master = -1

    def say(self, data: bytes) -> None:
        os.write(self._master, data)

    def heard(self, many: int, within: float = DEADLINE) -> bytes:
        """The next so many bytes. AssertionError with what came instead when they do not come in time."""
        until, said = time.monotonic() + within, b""
        while len(said) < many:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._master], [], [], left)[0]:
                raise AssertionError(f"only {said.hex(' ')!r} was said on the line within {within:g} s")
            said += os.read(self._master, many - len(said))
        return said

    def quiet(self) -> bool:
        """Nothing lies there unread."""
        return not select.select([self._master], [], [], 0)[0]

    def close(self) -> None:
        if self._master >= 0:
            os.close(self._slave)
            os.close(self._master)
            self._master = -1


class Hand:
    """The bench of a test."""

    def __init__(self) -> None:
        self._acts: dict[tuple[str, str], Callable[[Any], Any]] = {}

    def offer(self, device: str, part: str, act: Callable[[Any], Any]) -> None:
        self._acts[device, part] = act

    def do(self, device: str, part: str, do: str, **what: object) -> Any:
        return self._acts[device, part]({"device": device, "part": part, "do": do, **what})


def place(part: str, buses: Buses | None = None, device: str = "evaluator-3") -> Place:
    return Place(device, part, buses=buses)
