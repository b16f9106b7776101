"""What systemd does for one station (Type=notify, WatchdogSec, Restart=always), without systemd: for N11.

systemd.service(5): after READY=1 it waits WatchdogSec for each WATCHDOG=1; then SIGABRT, after TimeoutAbortSec SIGKILL,
and RestartSec later it starts it again, however it ended.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

ABORT_SECONDS = 3.0


@dataclass
class Life:
    """From one start to its end. fed: how often the watchdog was. ended_by: why it was ended, "" if by itself."""

    pid: int
    ready: bool = False
    fed: int = 0
    status: int | None = None
    ended_by: str = ""


@dataclass
class Supervisor:
    """Use as a context manager: on leaving, nothing is left behind. log: what the station says."""

    command: Sequence[str]
    log: Path
    watchdog: float
    again: float
    lives: list[Life] = field(default_factory=list)

    def __enter__(self) -> Supervisor:
        self._over = threading.Event()
        self._changed = threading.Condition()
        self._woken, self._wake = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._wake.close()
        self._thread.join(5.0)
        self._woken.close()

    def ready(self, life: int, seconds: float) -> bool:
        """Wait until life number `life` (from 0) is ready."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.lives) > life and self.lives[life].ready, seconds)

    def fed(self, life: int, seconds: float) -> bool:
        """Wait until this life has fed the watchdog once more."""
        with self._changed:
            before = self.lives[life].fed
            return self._changed.wait_for(lambda: self.lives[life].fed > before, seconds)

    # --- the thread ------------------------------------------------------------------------------------------

    def _run(self) -> None:
        with tempfile.TemporaryDirectory(prefix="n11-", dir="/tmp") as folder, self.log.open("ab") as log:
            while not self._over.is_set():
                with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
                    path = f"{folder}/{len(self.lives)}"
                    ear.bind(path)
                    self._live(ear, path, log.fileno())
                self._over.wait(self.again)

    def _live(self, ear: socket.socket, path: str, log: int) -> None:
        environ = {**os.environ, "NOTIFY_SOCKET": path, "WATCHDOG_USEC": str(round(self.watchdog * 1e6))}
        with subprocess.Popen(self.command, env=environ, stdout=log, stderr=log) as popen:
            life = Life(popen.pid)
            with self._changed:
                self.lives.append(life)
            try:
                self._mind(life, popen, ear)
            finally:
                popen.kill()
        with self._changed:
            life.status = popen.returncode
            self._changed.notify_all()

    def _mind(self, life: Life, popen: subprocess.Popen[bytes], ear: socket.socket) -> None:
        """Until it has ended, or we are told to."""
        due: float | None = None
        with contextlib.closing(_PidFd(popen.pid)) as end, selectors.DefaultSelector() as selector:
            for source in (ear, end, self._woken):
                selector.register(source, selectors.EVENT_READ)
            while True:
                heard = {
                    key.fileobj for key, _ in selector.select(None if due is None else max(0.0, due - time.monotonic()))
                }
                if end in heard or self._woken in heard:
                    return
                if ear in heard and not life.ended_by:
                    due = self._hear(life, ear.recv(4096).split(b"\n"), due)
                elif due is not None and time.monotonic() >= due:
                    popen.send_signal(signal.SIGKILL if life.ended_by else signal.SIGABRT)
                    life.ended_by = "it did not even abort" if life.ended_by else "watchdog"
                    due = time.monotonic() + ABORT_SECONDS

    def _hear(self, life: Life, said: Sequence[bytes], due: float | None) -> float | None:
        if b"READY=1" in said or b"WATCHDOG=1" in said:
            with self._changed:
                life.ready = life.ready or b"READY=1" in said
                life.fed += b"WATCHDOG=1" in said
                self._changed.notify_all()
            return time.monotonic() + self.watchdog if life.ready else None
        return due


class _PidFd:
    """Readable once the process has ended (pidfd_open(2))."""

    def __init__(self, pid: int) -> None:
        self._fd = os.pidfd_open(pid)

    def fileno(self) -> int:
        return self._fd

    def close(self) -> None:
        os.close(self._fd)
