"""Keeps a hall's processes running on one machine, the way systemd would: start, wait for READY, start again, stop.

One thread owns all of them, from the first to the last, because the kernel ties a child's leash to the thread that
started it. Everything else talks to that thread through a queue. Nothing is polled.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final, Protocol

LEASH: Final = Path(__file__).with_name("leash.py")
AGAIN_SECONDS: Final = 0.2  # before a process that died is started again
PATIENCE: Final = 5  # deaths before READY in a row, after which it is not started again
STOP_SECONDS: Final = 1.2  # between asking to end and ending
FINAL: Final = frozenset({0, 64, 69, 78})  # ended by a person, or for a reason that starting again does not mend

Tell = Callable[[str], None]


class Child(Protocol):
    """As much of subprocess.Popen as a keeper needs."""

    pid: int

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, negative for a signal. Raises subprocess.TimeoutExpired."""

    def send_signal(self, sig: int) -> None:
        """Nothing happens if it has ended."""


Spawn = Callable[[Sequence[str], Mapping[str, str], int], Child]  # words, environment, the log's file descriptor


def leashed(words: Sequence[str], environ: Mapping[str, str], log: int) -> subprocess.Popen[bytes]:
    """The usual start: a new programme, in a process group of its own, that dies with the thread that started it."""
    leash = [sys.executable, "-I", "-S", str(LEASH), str(os.getpid())]
    return subprocess.Popen(
        [*leash, *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environ, process_group=0
    )


@dataclass(slots=True)
class Process:
    """One programme. first: stopped last and started first (the broker)."""

    name: str
    command: Sequence[str]
    log: Path
    first: bool = False
    popen: Child | None = None
    pidfd: int = -1
    notify: socket.socket | None = None
    ready: bool = False
    over: bool = False  # it will not be started again
    deaths: int = 0
    held: bool = False  # stays down until released


class Processes:
    """Use as a context manager: on leaving, nothing is left behind. spawn: how a programme is started."""

    def __init__(self, folder: Path, tell: Tell, spawn: Spawn = leashed) -> None:
        self._folder = folder
        self._tell = tell
        self._spawn = spawn
        self._all: dict[str, Process] = {}
        self._due: dict[str, float] = {}
        self._orders: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._woken, self._wake = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        self._stopping = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="processes", daemon=True)

    def __enter__(self) -> Processes:
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- from any thread -------------------------------------------------------------------------------------

    def start(self, name: str, command: Sequence[str], *, first: bool = False) -> Process:
        """Start a programme of this name, now and whenever it dies."""
        process = Process(name, command, self._folder / f"{name}.log", first)
        self._all[name] = process
        self._order(lambda: self._launch(process))
        return process

    def kill(self, name: str, *, hold: bool = False) -> None:
        """kill -9; it is started again like after any death. hold: not before `release`."""
        process = self._all[name]
        process.ready, process.held = False, hold
        self._order(lambda: self._signal(process, signal.SIGKILL))

    def release(self, name: str) -> None:
        """Start what was held down."""
        process = self._all[name]

        def again() -> None:
            process.held = False
            if process.popen is None and not process.over:
                self._due[name] = time.monotonic()

        self._order(again)

    def wait_ready(self, names: Sequence[str], seconds: float) -> list[str]:
        """Wait until all have said READY=1; returns those that have not in time, or never will."""
        with self._changed:
            self._changed.wait_for(lambda: all(self._all[n].ready or self._all[n].over for n in names), seconds)
            return [name for name in names if not self._all[name].ready]

    def pid(self, name: str) -> int:
        """Its process id now, 0 while it is down."""
        popen = self._all[name].popen
        return popen.pid if popen else 0

    def last_line(self, name: str) -> str:
        """What it said last, for people."""
        with contextlib.suppress(OSError):
            lines = self._all[name].log.read_text("utf-8", "replace").strip().splitlines()
            return lines[-1] if lines else ""
        return ""

    def stop(self) -> None:
        """Stop everything, the first ones last; returns when nothing is left."""
        if not self._thread.is_alive():
            return
        self._order(self._begin_stop)
        self._thread.join(STOP_SECONDS * 3)

    # --- the one thread --------------------------------------------------------------------------------------

    def _order(self, order: Callable[[], None]) -> None:
        self._orders.put(order)
        self._wake.send(b".")

    def _run(self) -> None:
        try:
            while not (self._stopping and not any(p.popen for p in self._all.values())):
                for key, _ in self._selector.select(self._wait()):
                    act: Callable[[], None] = key.data or self._obey
                    act()
                self._relaunch()
        finally:
            for process in self._all.values():
                self._signal(process, signal.SIGKILL)
                if process.notify:
                    process.notify.close()
            self._selector.close()
            self._woken.close()
            self._wake.close()

    def _wait(self) -> float | None:
        return max(0.0, min(self._due.values()) - time.monotonic()) if self._due else None

    def _obey(self) -> None:
        self._woken.recv(4096)
        with contextlib.suppress(Empty):
            while True:
                self._orders.get_nowait()()

    def _launch(self, process: Process) -> None:
        path = self._folder / f"{process.name}.notify"
        if process.notify is None:
            process.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            process.notify.bind(str(path))
            self._selector.register(process.notify, selectors.EVENT_READ, lambda: self._heard(process))
        environ = {**os.environ, "NOTIFY_SOCKET": str(path), "PYTHONUNBUFFERED": "1"}
        with process.log.open("ab") as log:
            process.popen = self._spawn(process.command, environ, log.fileno())
        process.pidfd = os.pidfd_open(process.popen.pid)
        self._selector.register(process.pidfd, selectors.EVENT_READ, lambda: self._died(process))

    def _heard(self, process: Process) -> None:
        said = process.notify.recv(4096) if process.notify else b""
        if b"READY=1" in said.split(b"\n"):
            process.deaths = 0
            self._tell_ready(process, ready=True)

    def _died(self, process: Process) -> None:
        if process.popen is None:
            return
        status = process.popen.wait()
        self._selector.unregister(process.pidfd)
        os.close(process.pidfd)
        process.popen = None
        process.deaths += 1
        process.over = self._stopping or status in FINAL or process.deaths > PATIENCE
        self._tell_ready(process, ready=False)
        if self._stopping:
            self._stop_first_ones()
            return
        why = f"killed by signal {-status}" if status < 0 else f"exit {status}"
        again = "it stays down" if process.over else "held down" if process.held else "starting it again"
        self._tell(
            f"{process.name} ended ({why}), {again}. {self.last_line(process.name) if status > 0 else ''}".rstrip()
        )
        if not process.over and not process.held:
            self._due[process.name] = time.monotonic() + AGAIN_SECONDS * process.deaths

    def _tell_ready(self, process: Process, *, ready: bool) -> None:
        with self._changed:
            process.ready = ready
            self._changed.notify_all()

    def _relaunch(self) -> None:
        for name in [name for name, due in self._due.items() if due <= time.monotonic()]:
            del self._due[name]
            if name:
                self._launch(self._all[name])
            else:
                self._end_all()

    def _signal(self, process: Process, number: signal.Signals) -> None:
        if process.popen is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.popen.pid, number)

    def _begin_stop(self) -> None:
        self._stopping = True
        self._due = {"": time.monotonic() + STOP_SECONDS}
        for process in self._all.values():
            if not process.first:
                self._signal(process, signal.SIGTERM)
        self._stop_first_ones()

    def _stop_first_ones(self) -> None:
        """The broker hears the last words of all others."""
        if not any(p.popen for p in self._all.values() if not p.first):
            for process in self._all.values():
                self._signal(process, signal.SIGTERM)

    def _end_all(self) -> None:
        for process in self._all.values():
            self._signal(process, signal.SIGKILL)
