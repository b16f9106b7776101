"""Stations that start quickly: a nursery has loaded the product once, and each `python -m device …` is a fork of it.

Such a process is as real as any: its own memory, files, sockets and process group, killed and waited for like others.
What it leaves out is the second that Python needs to load the product anew, and what each process then reads of the
product's own files into its caches. Tests of that start, `make bench`, and `make faults` except for N2 start their
processes afresh.

A fork costs nothing only while the nursery is alone with one thread; it holds that of itself before it takes orders.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Final, TypedDict

from config.source import defaults
from device import cli
from device.contract import codec
from device.contract.messages import Envelope
from device.leash import PR_SET_PDEATHSIG
from device.processes import Child, leashed
from screens.phrases import languages, letters

ROOT: Final = Path(__file__).parents[2]
ROOM: Final = ("-m", "device")  # what of a command's words after Python's own a nursery can do
LOADED: Final = (
    "device.app",
    "device.painted",
    "device.press",
    "device.roles.board",
    "device.roles.coordinator",
    "device.roles.evaluator",
    "device.roles.info",
    "device.roles.kiosk",
    "device.roles.window",
    "drivers.buttons_simulated",
    "drivers.display_simulated",
    "drivers.lamps_simulated",
    "drivers.printer_simulated",
    "drivers.scanner_simulated",
    "drivers.speaker_simulated",
    "encodings.gb18030",
    "encodings.idna",
    "screens.paper_lines",
    "screens.raster",
)
MOST_BYTES: Final = 131_072  # of an order: words and environment
PATIENCE_SECONDS: Final = 30.0  # for the nursery itself


class Order(TypedDict):
    """What a child shall be. words: after `hallside`. folder: where it works."""

    words: list[str]
    environ: dict[str, str]
    folder: str


class Born:
    """A station that was forked, with as much of subprocess.Popen as its keepers need. Thread by thread as that."""

    def __init__(self, pid: int, said: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._said = said
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """Its status once it has ended, negative for a signal."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """The same, waiting for its end. Raises subprocess.TimeoutExpired."""
        status = self._ended(timeout)
        if status is None:
            raise subprocess.TimeoutExpired(f"station {self.pid}", timeout or 0.0)
        return status

    def send_signal(self, sig: int) -> None:
        """Nothing happens if it has ended."""
        if self.poll() is None:
            os.kill(self.pid, sig)

    def _ended(self, seconds: float | None) -> int | None:
        with self._lock:
            if self.returncode is None and select.select([self._said], [], [], seconds)[0]:
                status = self._said.recv(32)
                self._said.close()
                if not status:
                    raise RuntimeError("the nursery ended before its station")
                self.returncode = int(status)
            return self.returncode


class Nursery:
    """Use as a context manager: whatever still runs of it is killed on leaving."""

    def __enter__(self) -> Nursery:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            words = [sys.executable, "-m", "tests.helpers.nursery", str(theirs.fileno())]
            self._process = subprocess.Popen(words, pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL, cwd=ROOT)
        self._line.settimeout(PATIENCE_SECONDS)
        if self._line.recv(16) != b"loaded":
            raise RuntimeError("the nursery could not load the product: it says why above")
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()  # it ends with that, and its children with it
        self._process.wait(PATIENCE_SECONDS)

    def spawn(self, words: Sequence[str], environ: Mapping[str, str], log: int) -> Child:
        """As `device.processes.Spawn` says. What is no `python -m device …` is started as everything else is."""
        if tuple(words[:3]) != (sys.executable, *ROOM):
            return leashed(words, environ, log)
        return self.fork(words[3:], environ, log)

    def fork(self, words: Sequence[str], environ: Mapping[str, str], log: int) -> Born:
        """A station of these words after `hallside`, its output in `log`, in a process group of its own."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            order = Order(words=list(words), environ=dict(environ), folder=str(Path.cwd()))
            socket.send_fds(self._line, [json.dumps(order).encode()], [log, theirs.fileno()])
        ours.settimeout(PATIENCE_SECONDS)
        pid = int(ours.recv(32))
        ours.settimeout(None)
        return Born(pid, ours)


# --- the nursery's own process ----------------------------------------------------------------------------------------


def main(line: socket.socket) -> int:
    """Fork for whoever orders it, and say how each ended, until the line closes. A child returns its exit status."""
    for name in LOADED:
        import_module(name)
    if len(os.listdir("/proc/self/task")) != 1:  # noqa: PTH208
        raise RuntimeError("something that was loaded started a thread: a fork would lose it")
    _read_what_never_changes()
    gc.collect()
    gc.freeze()  # what is loaded stays in memory that all share
    woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a person's Ctrl-C: whoever ordered stops us
    signal.set_wakeup_fd(wake)
    line.send(b"loaded")
    children: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([line.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _bury(children)
        if line.fileno() in ready:
            order, fds, _, _ = socket.recv_fds(line, MOST_BYTES, 2)
            if not order:
                return 0
            log, report = fds
            nursery = os.getpid()
            pid = os.fork()
            if not pid:
                signal.set_wakeup_fd(-1)
                for fd in (woken, wake, report):
                    os.close(fd)
                for said in (line, *children.values()):
                    said.close()
                return _live(json.loads(order), log, nursery)
            os.setpgid(pid, pid)
            os.close(log)
            children[pid] = socket.socket(fileno=report)
            children[pid].send(str(pid).encode())


def _read_what_never_changes() -> None:
    """Into the product's own caches, which each process fills with the same: its words, and the shapes of messages.

    No font is opened: a file's place in it would be shared by all children.
    """
    defaults()
    for lang in languages():
        letters(lang)
    for kind in (Envelope, *codec.BODIES.values()):
        with suppress(codec.Malformed):
            codec.shaped(kind, {})


def _bury(children: dict[int, socket.socket]) -> None:
    for pid in list(children):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            with children.pop(pid) as report:
                try:
                    report.send(str(os.waitstatus_to_exitcode(status)).encode())
                except OSError:  # nobody wants to know any more
                    continue


def _live(order: Order, log: int, nursery: int) -> int:
    """The child's own life, as `python -m device` would live it."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != nursery:
        return 1
    for fd in (1, 2):
        os.dup2(log, fd)
    os.close(log)
    for number, usual in ((signal.SIGCHLD, signal.SIG_DFL), (signal.SIGINT, signal.default_int_handler)):
        signal.signal(number, usual)
    os.environ.clear()
    os.environ.update(order["environ"])
    os.chdir(order["folder"])
    sys.argv = [str(Path(cli.__file__).with_name("__main__.py")), *order["words"]]
    return cli.main()


if __name__ == "__main__":
    sys.exit(main(socket.socket(fileno=int(sys.argv[1]))))
