"""A real process of one station, the way systemd starts it, and a hand and an eye at its screens."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from device.demo_hall import DemoHall
from device.processes import Child, Spawn, leashed
from drivers.bench import ask_bench

SECONDS = 8.0
READY_SECONDS = 20.0  # a start is the processor's work alone, and others may have it


@dataclass
class Running:
    """One station's process, ready."""

    child: Child
    log: Path

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """End it; its exit status and what it said."""
        self.child.send_signal(number)
        return self.child.wait(5), self.log.read_text()

    def kill(self) -> None:
        self.stop(signal.SIGKILL)


@contextmanager
def station(config: Path, spawn: Spawn = leashed) -> Iterator[Running]:
    """The station of this file, once it has said READY=1. spawn: how it is started."""
    with TemporaryDirectory(dir="/tmp") as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(f"{folder}/notify")
        ear.settimeout(READY_SECONDS)
        words = [sys.executable, "-m", "device", "run", "--config", str(config)]
        log = Path(folder) / "log"
        with log.open("wb") as out:
            child = spawn(words, {**os.environ, "NOTIFY_SOCKET": f"{folder}/notify"}, out.fileno())
        running = Running(child, log)
        try:
            assert heard(ear, log) == b"READY=1"
            yield running
        finally:
            running.kill()


def heard(ear: socket.socket, log: Path) -> bytes:
    try:
        return ear.recv(1000)
    except TimeoutError:
        raise AssertionError(f"not ready: {log.read_text()}") from None


def look(files: DemoHall, device: str, part: str = "screen") -> dict[str, Any]:
    asked = {"device": device, "part": part, "do": "look"}
    return ask_bench(files.benches[device], asked, SECONDS)


def tap(files: DemoHall, device: str, key: str) -> None:
    """A finger, as soon as the key is on the screen."""
    end = time.monotonic() + SECONDS
    while key not in look(files, device)["targets"]:
        assert time.monotonic() < end, f"{device} never showed {key}"
    said = ask_bench(files.benches[device], {"device": device, "part": "screen", "do": "tap", "key": key}, 5)
    assert said["ok"], said
