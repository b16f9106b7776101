"""Real brokers for tests, each a process of its own on a free loopback port: Mosquitto, and the embedded one.

Fixtures `mosquitto` and `embedded_broker` give a fresh broker to one test; `run_mosquitto` and `run_embedded` are the
same as context managers, for other scopes.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import pytest

HOST = "127.0.0.1"
READY_SECONDS = 5.0

# Mosquitto started by root becomes nobody and could not read a test's folder; TCP_NODELAY: 0.5 instead of 44 ms.
MOSQUITTO = """
listener {port} {host}
allow_anonymous true
set_tcp_nodelay true
max_queued_messages 20000
persistence false
user root
log_dest stderr
"""


def free_port() -> int:
    """A TCP port of the loopback that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(slots=True)
class Broker:
    """A running broker. It may be killed and started again on the same port, with nothing remembered."""

    command: Sequence[str]
    port: int
    log: Path
    host: str = HOST
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it and return when it takes connections."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = monotonic() + READY_SECONDS
        while not self._answers():
            if self._process.poll() is not None or monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"{self.command[0]} did not start: {self.log.read_text()}")
            sleep(0.005)  # a port cannot be waited for, only tried

    def kill(self) -> None:
        """kill -9: no goodbye to anybody."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> int:
        """SIGTERM, then wait. Returns the exit status; 0 if it was not running."""
        if not self._process:
            return 0
        self._process.terminate()
        status = self._process.wait(5)
        self._process = None
        return status

    @property
    def pid(self) -> int:
        """Of the running process; 0 if there is none."""
        return self._process.pid if self._process else 0

    def _answers(self) -> bool:
        try:
            with socket.create_connection((self.host, self.port), 0.5):
                return True
        except OSError:
            return False


@contextmanager
def run_mosquitto(folder: Path, more: str = "", *, port: int = 0) -> Iterator[Broker]:
    """Mosquitto with `more` lines in its configuration. folder: for configuration and log. port: 0 for any."""
    program = shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/sbin")
    if program is None:
        pytest.fail("mosquitto is not installed: apt-get install mosquitto")
    port = port or free_port()
    (folder / "mosquitto.conf").write_text(MOSQUITTO.format(port=port, host=HOST) + more)
    with _running([program, "-c", str(folder / "mosquitto.conf")], port, folder) as broker:
        yield broker


@contextmanager
def run_embedded(folder: Path) -> Iterator[Broker]:
    """The broker hallside brings along (drivers.broker_embedded). folder: for its log."""
    port = free_port()
    command = [sys.executable, "-m", "drivers.broker_embedded", "--host", HOST, "--port", str(port)]
    with _running(command, port, folder) as broker:
        yield broker


@contextmanager
def _running(command: Sequence[str], port: int, folder: Path) -> Iterator[Broker]:
    broker = Broker(command, port, folder / "broker.log")
    broker.start()
    try:
        yield broker
    finally:
        broker.kill()


@pytest.fixture
def mosquitto(tmp_path: Path) -> Iterator[Broker]:
    """A Mosquitto of this test's own."""
    with run_mosquitto(tmp_path) as broker:
        yield broker


@pytest.fixture
def embedded_broker(tmp_path: Path) -> Iterator[Broker]:
    """An embedded broker of this test's own."""
    with run_embedded(tmp_path) as broker:
        yield broker
